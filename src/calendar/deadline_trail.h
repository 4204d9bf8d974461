#pragma once
// deadline_trail.h - writes the derivation of a deadline while it is walked.  Internal to this
// module.
#include <vector>

#include "calendar/deadline.h"

namespace calendar::internal {

// One step for each run of like days.
class WrittenTrail {
 public:
  WrittenTrail(const OfficeCalendar& office, const Limit& limit);

  void received(Instant at);
  void restarted(Instant at);
  void rolled_over(Instant from, Instant to);
  void event_day(Date on);
  void count(Date on, std::int64_t halves, std::int64_t working_minutes);
  void count_all(Date first, Date last);
  void skip_off(Date on);
  void skip_paused(Date on, const Pause& pause, std::int64_t lost_minutes);
  void corresponding_day(Date event, Date last);
  void moved(Date last, Date to);
  void due(Instant at);
  void stand_still(std::int64_t halves, std::int64_t left_minutes);

  // The steps, and what was left when the clock stood still; one use.
  [[nodiscard]] Deadline take();

 private:
  DerivationStep& add(StepKind kind, Article article = Article::none);
  DerivationStep& begin_run(StepKind kind, Article article, Date on);
  [[nodiscard]] bool goes_on(StepKind kind) const { return running_ && steps_.back().kind == kind; }

  const OfficeCalendar& office_;
  LimitUnit unit_;
  int limit_halves_;
  Instant restarted_at_{};
  std::vector<DerivationStep> steps_;
  bool running_ = false;  // the last step is a run of days that may grow
  std::int64_t remaining_halves_ = 0;
  std::int64_t remaining_minutes_ = 0;
};

}  // namespace calendar::internal
