#include "calendar/deadline_trail.h"

namespace calendar::internal {

WrittenTrail::WrittenTrail(const OfficeCalendar& office, const Limit& limit)
    : office_(office), unit_(limit.unit()), limit_halves_(limit.halves()) {
  steps_.reserve(24);  // five weeks with a holiday
}

DerivationStep& WrittenTrail::add(StepKind kind, Article article) {
  running_ = false;
  DerivationStep& step = steps_.emplace_back();
  step.kind = kind;
  step.article = article;
  step.unit = unit_;
  return step;
}

DerivationStep& WrittenTrail::begin_run(StepKind kind, Article article, Date on) {
  DerivationStep& step = add(kind, article);
  step.first = step.last = on;
  running_ = true;
  return step;
}

void WrittenTrail::received(Instant at) {
  add(StepKind::received).from = at;
}

void WrittenTrail::restarted(Instant at) {
  add(StepKind::restarted, Article::term_restarts).from = restarted_at_ = at;
}

void WrittenTrail::rolled_over(Instant from, Instant to) {
  DerivationStep& step = add(StepKind::rolled_over, Article::transfer_cutoff);
  step.from = from;
  step.to = to;
}

void WrittenTrail::event_day(Date on) {
  DerivationStep& step = add(StepKind::event_day, Article::civil_code_147_2);
  step.first = step.last = on;
  step.from = restarted_at_;
}

void WrittenTrail::count(Date on, std::int64_t halves, std::int64_t working_minutes) {
  std::shared_ptr<const MakeUpDay> make_up;
  std::shared_ptr<const ExtraDay> extra;
  Article article = Article::none;
  if (unit_ == LimitUnit::working_days || unit_ == LimitUnit::working_hours ||
      unit_ == LimitUnit::same_day) {
    extra = office_.extra_day(on);
    if (!extra) make_up = office_.make_up_day(on);
    if (unit_ == LimitUnit::working_days) article = Article::civil_code_148_1;
    if (unit_ == LimitUnit::working_hours) article = Article::civil_code_147_1;
  }
  const bool like = goes_on(StepKind::counted) && steps_.back().make_up == make_up &&
                    steps_.back().extra_day == extra;
  DerivationStep& step = like ? steps_.back() : begin_run(StepKind::counted, article, on);
  step.last = on;
  step.make_up = std::move(make_up);
  step.extra_day = std::move(extra);
  step.halves += halves;
  step.minutes += working_minutes;
}

void WrittenTrail::count_all(Date first, Date last) {
  DerivationStep& step = add(StepKind::counted, Article::civil_code_148_1);
  step.first = first;
  step.last = last;
  step.halves = limit_halves_;
}

void WrittenTrail::skip_off(Date on) {
  const WhyOff* why = office_.find_why_off(on);
  if (goes_on(StepKind::skipped_off) && steps_.back().day_off.get() == why) {
    steps_.back().last = on;
    return;
  }
  DerivationStep& step = begin_run(
      StepKind::skipped_off,
      why->reason == OffReason::weekly_rest ? Article::weekly_rest : Article::day_off_act, on);
  step.day_off = office_.why_off(on);
  step.off = why->reason;
}

void WrittenTrail::skip_paused(Date on, const Pause& pause, std::int64_t lost_minutes) {
  const bool same = goes_on(StepKind::skipped_paused) && steps_.back().from == pause.from;
  DerivationStep& step =
      same ? steps_.back() : begin_run(StepKind::skipped_paused, Article::pause_excluded, on);
  step.last = on;
  step.pause = pause.reason;
  step.from = pause.from;
  step.to = pause.to.value_or(Instant{});
  step.minutes += lost_minutes;
}

void WrittenTrail::corresponding_day(Date event, Date last) {
  DerivationStep& step =
      add(StepKind::calendar_end,
          unit_ == LimitUnit::years ? Article::civil_code_148_4 : Article::civil_code_148_3);
  step.first = event;
  step.last = last;
  step.halves = limit_halves_;
}

void WrittenTrail::moved(Date last, Date to) {
  DerivationStep& step = add(StepKind::moved, Article::civil_code_148_5);
  step.first = last;
  step.last = to;
  step.day_off = office_.why_off(last);
  step.off = step.day_off->reason;
}

void WrittenTrail::due(Instant at) {
  add(StepKind::due).to = at;
}

void WrittenTrail::stand_still(std::int64_t halves, std::int64_t left_minutes) {
  DerivationStep& step = add(StepKind::remaining);
  step.halves = remaining_halves_ = halves;
  step.minutes = remaining_minutes_ = left_minutes;
}

Deadline WrittenTrail::take() {
  Deadline deadline;
  deadline.remaining_halves = remaining_halves_;
  deadline.remaining_minutes = remaining_minutes_;
  deadline.steps = std::move(steps_);
  return deadline;
}

}  // namespace calendar::internal
