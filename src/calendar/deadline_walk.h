#pragma once
// deadline_walk.h - the walk over days that both deadline() and due_of() take, so that they cannot
// disagree.  Internal to this module.
//
// What is met on the way is told to a Trail; SilentTrail forgets it, and costs nothing.
// Sources of the rules: Bộ luật Dân sự 2015, điều 147 (when a limit begins) and 148 (when it ends);
// Nghị định 118/2025/NĐ-CP, điều 18 (what comes in after 15:00 moves on the next working morning).
#include <algorithm>
#include <vector>

#include "calendar/deadline.h"

namespace calendar::internal {

// The pauses in order, and where the walk over days stands among them.
class Pauses {
 public:
  Pauses() = default;

  [[nodiscard]] bool empty() const { return pauses_.empty(); }

  // The first pause that shares a moment with [from, to).  Calls come in order of time.
  [[nodiscard]] const Pause* touching(Instant from, Instant to) {
    while (next_ < pauses_.size() && pauses_[next_].to && *pauses_[next_].to <= from) ++next_;
    if (next_ == pauses_.size() || pauses_[next_].from >= to) return nullptr;
    return &pauses_[next_];
  }

  static base::Result<Pauses, DeadlineRefusal> from(std::vector<Pause> pauses, Instant begins);

 private:
  std::vector<Pause> pauses_;
  std::size_t next_ = 0;
};

struct SilentTrail {
  void received(Instant) {}
  void restarted(Instant) {}
  void rolled_over(Instant, Instant) {}
  void event_day(Date) {}
  void count(Date, std::int64_t, std::int64_t) {}
  void count_all(Date, Date) {}
  void skip_off(Date) {}
  void skip_paused(Date, const Pause&, std::int64_t) {}
  void corresponding_day(Date, Date) {}
  void moved(Date, Date) {}
  void due(Instant) {}
  void stand_still(std::int64_t, std::int64_t) {}
};

// The corresponding day `months` later, or the last day of a month that has none.
// Source: Bộ luật Dân sự 2015, điều 148 khoản 3 and 4.
[[nodiscard]] Date corresponding_day(Date event, int months);
// Half of the day's working time, rounded up to the minute: 11:30 of an ordinary day.
[[nodiscard]] Instant half_way(Date on, const OfficeCalendar& office);

// Requires: request, office and trail outlive it.  One use.
template <class Trail>
class Walk {
 public:
  // nullopt: an open pause; the trail was told what is left.
  using Due = base::Result<std::optional<Instant>, DeadlineRefusal>;

  Walk(const DeadlineRequest& request, const OfficeCalendar& office, Trail& trail)
      : request_(request), office_(office), trail_(trail) {}

  [[nodiscard]] Due run();
  // The day of the event: of receipt, of the restart, or to which it was rolled over.
  [[nodiscard]] Date event() const { return event_; }

 private:
  using Days = std::chrono::days;

  [[nodiscard]] static bool is_known(Date on) {
    return on >= OfficeCalendar::kFirstDay && on < OfficeCalendar::kEndDay;
  }
  // Why the walk ends at the day off `on`, after so many of them in a row, or nothing.  Outside the
  // calendar no day is a working day.
  [[nodiscard]] static std::optional<DeadlineRefusal> stop(Date on, int idle) {
    if (idle > kSearchDays) [[unlikely]]
      return DeadlineRefusal::no_working_time;
    if (!is_known(on)) [[unlikely]]
      return DeadlineRefusal::outside_calendar;
    return std::nullopt;
  }

  // Before any roll-over.
  [[nodiscard]] Instant term_begins() const { return request_.restart.value_or(request_.start); }
  base::Result<Instant, DeadlineRefusal> begin();
  base::Result<Instant, DeadlineRefusal> roll_over(Instant at);
  Due hours(Instant from);
  Due working_days(Date first, std::int64_t halves);
  Due wall_calendar(Date event);
  Due end_on(Date last);

  [[nodiscard]] const Pause* pause_in_working_time(Date on) {
    if (pauses_.empty()) return nullptr;
    for (const Interval& interval : office_.working_intervals(on)) {
      const Pause* pause = pauses_.touching(at_local(on, interval.from), at_local(on, interval.to));
      if (pause != nullptr) return pause;
    }
    return nullptr;
  }
  Due finish(Instant due) {
    trail_.due(due);
    return std::optional<Instant>{due};
  }
  Due stand_still(std::int64_t halves, std::int64_t left_minutes) {
    trail_.stand_still(halves, left_minutes);
    return std::optional<Instant>{};
  }

  const DeadlineRequest& request_;
  const OfficeCalendar& office_;
  Trail& trail_;
  Pauses pauses_;
  Date event_{};
};

// Received after the cut-off or on a day off: counts as received when the next working day begins.
// So does, for the same day, what comes in when that day's work is over.
template <class Trail>
base::Result<Instant, DeadlineRefusal> Walk<Trail>::roll_over(Instant at) {
  const bool same_day = request_.limit.unit() == LimitUnit::same_day;
  std::optional<TimeOfDay> cutoff = request_.cutoff;
  if (!cutoff && same_day) cutoff = kUsualCutoff;
  const Date on = local_date(at);
  if (!cutoff) return at;
  if (office_.is_working_day(on) && at <= at_local(on, *cutoff) &&
      (!same_day || at < office_.end_of_last_interval(on))) {
    return at;
  }
  const auto next = office_.next_working_day(on);
  if (!next) return base::Failure{DeadlineRefusal::no_working_time};
  const Instant rolled = office_.start_of_first_interval(*next);
  trail_.rolled_over(at, rolled);
  return rolled;
}

template <class Trail>
base::Result<Instant, DeadlineRefusal> Walk<Trail>::begin() {
  if (!is_known(local_date(request_.start))) {
    return base::Failure{DeadlineRefusal::outside_calendar};
  }
  trail_.received(request_.start);
  if (!request_.restart) return roll_over(request_.start);

  if (*request_.restart < request_.start) {
    return base::Failure{DeadlineRefusal::restart_before_start};
  }
  if (!is_known(local_date(*request_.restart))) {
    return base::Failure{DeadlineRefusal::outside_calendar};
  }
  trail_.restarted(*request_.restart);
  return roll_over(*request_.restart);
}

// Source: Bộ luật Dân sự 2015, điều 147 khoản 1 (a limit in hours runs from the moment).
template <class Trail>
typename Walk<Trail>::Due Walk<Trail>::hours(Instant from) {
  using std::chrono::milliseconds;
  using std::chrono::minutes;
  milliseconds left = minutes{request_.limit.working_minutes()};
  const Instant begins = std::chrono::floor<minutes>(from);
  const Date first = local_date(begins);
  int idle = 0;
  for (Date on = first;; on += Days{1}) {
    const int whole = office_.working_minutes(on);
    if (whole == 0) {
      if (const auto why = stop(on, idle++)) return base::Failure{*why};
      trail_.skip_off(on);
      continue;
    }
    idle = 0;
    if (on > first && pauses_.empty() && left > minutes{whole}) {
      left -= minutes{whole};
      trail_.count(on, 0, whole);
      continue;
    }
    for (const Interval& interval : office_.working_intervals(on)) {
      Instant at = std::max(begins, at_local(on, interval.from));
      const Instant end = at_local(on, interval.to);
      while (at < end) {
        const Pause* pause = pauses_.touching(at, end);
        const Instant halt = pause == nullptr ? end : std::max(at, pause->from);
        const milliseconds run = std::min(left, halt - at);
        if (run > milliseconds{0}) {
          left -= run;
          trail_.count(on, 0, std::chrono::ceil<minutes>(run).count());
          if (left == milliseconds{0}) return finish(at + run);
        }
        if (pause == nullptr) break;
        if (!pause->to) {
          trail_.skip_paused(on, *pause, 0);
          return stand_still(0, std::chrono::ceil<minutes>(left).count());
        }
        const Instant resumes = std::min(end, *pause->to);
        trail_.skip_paused(on, *pause, std::chrono::floor<minutes>(resumes - halt).count());
        at = resumes;
      }
    }
  }
}

// Source: Bộ luật Dân sự 2015, điều 148 khoản 1.  Our reading: with half a day left, the last day
// ends when half of its working time is done.
template <class Trail>
typename Walk<Trail>::Due Walk<Trail>::working_days(Date first, std::int64_t halves) {
  int idle = 0;
  for (Date on = first;; on += Days{1}) {
    if (!office_.is_working_day(on)) {
      if (const auto why = stop(on, idle++)) return base::Failure{*why};
      trail_.skip_off(on);
      continue;
    }
    idle = 0;
    if (const Pause* pause = pause_in_working_time(on)) {
      trail_.skip_paused(on, *pause, 0);
      if (pause->to) continue;
      return stand_still(halves, 0);
    }
    const std::int64_t counted = std::min<std::int64_t>(2, halves);
    halves -= counted;
    trail_.count(on, counted, 0);
    if (halves > 0) continue;
    return finish(counted == 2 ? office_.end_of_last_interval(on) : half_way(on, office_));
  }
}

// Days, months and years of the wall calendar: every day counts, but for days of a pause.
template <class Trail>
typename Walk<Trail>::Due Walk<Trail>::wall_calendar(Date event) {
  const LimitUnit unit = request_.limit.unit();
  const int amount = request_.limit.halves() / 2;
  Date last = event + Days{amount};
  if (unit != LimitUnit::calendar_days) {
    last = corresponding_day(event, unit == LimitUnit::years ? amount * 12 : amount);
    trail_.corresponding_day(event, last);
  }
  if (pauses_.empty()) {
    if (unit == LimitUnit::calendar_days) trail_.count_all(event + Days{1}, last);
    return end_on(last);
  }
  std::int64_t left = (last - event).count();
  // Months and years give two neighbouring days the same last day.  So that roll-over to a later
  // day never brings the end forward, what was lost to pauses before that day is made up for as
  // well.
  Date on = unit == LimitUnit::calendar_days ? event : local_date(term_begins());
  for (on += Days{1};; on += Days{1}) {
    if (const auto why = stop(on, 0)) return base::Failure{*why};
    const bool runs = on > event;
    if (const Pause* pause = pauses_.touching(at_local(on, {0}), at_local(on, {1440}))) {
      trail_.skip_paused(on, *pause, 0);
      if (!pause->to) return stand_still(2 * left, 0);
      if (!runs) ++left;
      continue;
    }
    if (!runs) continue;
    trail_.count(on, 2, 0);
    if (--left == 0) return end_on(on);
  }
}

// Source: Bộ luật Dân sự 2015, điều 148 khoản 5 (a last day off moves to the end of the next
// working day).
template <class Trail>
typename Walk<Trail>::Due Walk<Trail>::end_on(Date last) {
  if (const auto why = stop(last, 0)) return base::Failure{*why};
  if (office_.is_working_day(last)) return finish(office_.end_of_last_interval(last));
  Date on = last;
  while (true) {
    const auto next = office_.next_working_day(on);
    if (!next) return base::Failure{DeadlineRefusal::no_working_time};
    on = *next;
    const Pause* pause = pause_in_working_time(on);
    if (pause == nullptr) break;
    trail_.skip_paused(on, *pause, 0);
    if (!pause->to) return stand_still(0, 0);
  }
  trail_.moved(last, on);
  return finish(office_.end_of_last_interval(on));
}

template <class Trail>
typename Walk<Trail>::Due Walk<Trail>::run() {
  const Instant begins = TRY(begin());
  if (!request_.pauses.empty()) {
    pauses_ = TRY(Pauses::from(request_.pauses, term_begins()));
  }
  event_ = local_date(begins);
  const LimitUnit unit = request_.limit.unit();
  if (unit == LimitUnit::working_hours) return hours(begins);
  if (unit == LimitUnit::same_day) return working_days(event_, 2);
  // Source: Bộ luật Dân sự 2015, điều 147 khoản 2 (the first day is not counted).
  trail_.event_day(event_);
  if (unit == LimitUnit::working_days) {
    return working_days(event_ + Days{1}, request_.limit.halves());
  }
  return wall_calendar(event_);
}

}  // namespace calendar::internal
