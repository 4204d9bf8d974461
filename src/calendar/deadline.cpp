// Sources of the rules: Bộ luật Dân sự 2015, điều 147 (when a limit begins) and 148 (when it ends);
// Nghị định 118/2025/NĐ-CP, điều 18 (what comes in after 15:00 moves on the next working morning).
#include "calendar/deadline.h"

#include <algorithm>

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::size_t kPausesMax = 1000;
constexpr int kIdleDaysMax = 3653;

using Refusal = DeadlineRefusal;

// The pauses in order, and where the walk over days stands among them.
class Pauses {
 public:
  explicit Pauses(std::vector<Pause> pauses) : pauses_(std::move(pauses)) {}

  [[nodiscard]] bool empty() const { return pauses_.empty(); }

  // The first pause that shares a moment with [from, to).  Calls come in order of time.
  [[nodiscard]] const Pause* touching(Instant from, Instant to) {
    while (next_ < pauses_.size() && pauses_[next_].to && *pauses_[next_].to <= from) ++next_;
    if (next_ == pauses_.size() || pauses_[next_].from >= to) return nullptr;
    return &pauses_[next_];
  }

  static base::Result<Pauses, Refusal> from(const DeadlineRequest& request, Instant begins) {
    if (request.pauses.size() > kPausesMax) return base::Failure{Refusal::too_many_pauses};
    std::vector<Pause> sorted = request.pauses;
    std::sort(sorted.begin(), sorted.end(),
              [](const Pause& a, const Pause& b) { return a.from < b.from; });
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i].to && *sorted[i].to < sorted[i].from) {
        return base::Failure{Refusal::pause_ends_before_it_begins};
      }
      if (i > 0 && (!sorted[i - 1].to || *sorted[i - 1].to > sorted[i].from)) {
        return base::Failure{Refusal::pauses_overlap};
      }
    }
    // What ended before the term began cannot stop it; a pause of no length stops nothing.
    std::erase_if(sorted, [&](const Pause& pause) {
      return pause.to && (*pause.to <= begins || *pause.to == pause.from);
    });
    return Pauses(std::move(sorted));
  }

 private:
  std::vector<Pause> pauses_;
  std::size_t next_ = 0;
};

// Writes the derivation, one step for each run of like days.
class Trail {
 public:
  explicit Trail(const OfficeCalendar& office, LimitUnit unit) : office_(office), unit_(unit) {
    steps_.reserve(16);
  }

  void add(DerivationStep step) {
    flush();
    step.unit = unit_;
    steps_.push_back(std::move(step));
  }

  void count(Date on, std::int64_t halves, std::int64_t working_minutes) {
    auto make_up = unit_ == LimitUnit::working_days || unit_ == LimitUnit::working_hours ||
                           unit_ == LimitUnit::same_day
                       ? office_.make_up_day(on)
                       : nullptr;
    if (open_ && run_.kind == StepKind::counted && !run_.make_up && !make_up) {
      extend(on);
    } else {
      begin(StepKind::counted, on);
      run_.make_up = std::move(make_up);
      if (unit_ == LimitUnit::working_days) run_.article = Article::civil_code_148_1;
      if (unit_ == LimitUnit::working_hours) run_.article = Article::civil_code_147_1;
    }
    run_.halves += halves;
    run_.minutes += working_minutes;
  }

  void skip_off(Date on) {
    const WhyOff* why = office_.find_why_off(on);
    if (open_ && run_.kind == StepKind::skipped_off && run_.day_off.get() == why) return extend(on);
    begin(StepKind::skipped_off, on);
    run_.day_off = office_.why_off(on);
    run_.off = why->reason;
    run_.article =
        why->reason == OffReason::weekly_rest ? Article::weekly_rest : Article::day_off_act;
  }

  void skip_paused(Date on, const Pause& pause, std::int64_t lost_minutes) {
    if (open_ && run_.kind == StepKind::skipped_paused && run_.from == pause.from) {
      extend(on);
    } else {
      begin(StepKind::skipped_paused, on);
      run_.pause = pause.reason;
      run_.article = Article::pause_excluded;
      run_.from = pause.from;
      run_.to = pause.to.value_or(Instant{});
    }
    run_.minutes += lost_minutes;
  }

  std::vector<DerivationStep> take() {
    flush();
    return std::move(steps_);
  }

 private:
  void begin(StepKind kind, Date on) {
    flush();
    open_ = true;
    run_ = DerivationStep{};
    run_.kind = kind;
    run_.unit = unit_;
    run_.first = run_.last = on;
  }
  void extend(Date on) { run_.last = on; }
  void flush() {
    if (open_) steps_.push_back(std::move(run_));
    open_ = false;
  }

  const OfficeCalendar& office_;
  LimitUnit unit_;
  std::vector<DerivationStep> steps_;
  DerivationStep run_;
  bool open_ = false;
};

class Computation {
 public:
  Computation(const DeadlineRequest& request, const OfficeCalendar& office)
      : request_(request), office_(office), trail_(office, request.limit.unit()) {}

  base::Result<Deadline, Refusal> run();

 private:
  [[nodiscard]] static bool is_known(Date on) {
    const int year = year_of(on);
    return year >= NationalDays::kFirstYear && year <= NationalDays::kLastYear;
  }

  base::Result<Instant, Refusal> begin();
  base::Result<Instant, Refusal> roll_over(Instant at);
  base::Result<base::Done, Refusal> hours(Instant from);
  base::Result<base::Done, Refusal> working_days(Date first, std::int64_t halves);
  base::Result<base::Done, Refusal> wall_calendar(Date event);
  base::Result<base::Done, Refusal> end_on(Date last);
  base::Result<base::Done, Refusal> guard(Date on, int idle) const;

  [[nodiscard]] const Pause* pause_in_working_time(Date on);
  [[nodiscard]] Instant half_way(Date on) const;
  void finish(Instant due);
  void stand_still(std::int64_t halves, std::int64_t left_minutes);

  const DeadlineRequest& request_;
  const OfficeCalendar& office_;
  Trail trail_;
  Pauses pauses_{{}};
  Deadline result_;
};

base::Result<base::Done, Refusal> Computation::guard(Date on, int idle) const {
  if (idle > kIdleDaysMax) return base::Failure{Refusal::no_working_time};
  if (!is_known(on)) return base::Failure{Refusal::outside_calendar};
  return base::Done{};
}

// Received after the cut-off or on a day off: counts as received when the next working day begins.
base::Result<Instant, Refusal> Computation::roll_over(Instant at) {
  std::optional<TimeOfDay> cutoff = request_.cutoff;
  if (!cutoff && request_.limit.unit() == LimitUnit::same_day) cutoff = kUsualCutoff;
  const Date on = local_date(at);
  if (!cutoff || (office_.is_working_day(on) && at <= at_local(on, *cutoff))) return at;
  const auto next = office_.next_working_day(on);
  if (!next) return base::Failure{Refusal::no_working_time};
  const Instant rolled = office_.start_of_first_interval(*next);
  DerivationStep step;
  step.kind = StepKind::rolled_over;
  step.article = Article::transfer_cutoff;
  step.from = at;
  step.to = rolled;
  trail_.add(std::move(step));
  return rolled;
}

base::Result<Instant, Refusal> Computation::begin() {
  if (!is_known(local_date(request_.start))) return base::Failure{Refusal::outside_calendar};
  DerivationStep received;
  received.kind = StepKind::received;
  received.from = request_.start;
  trail_.add(std::move(received));
  if (!request_.restart) return roll_over(request_.start);

  if (*request_.restart < request_.start) return base::Failure{Refusal::restart_before_start};
  if (!is_known(local_date(*request_.restart))) return base::Failure{Refusal::outside_calendar};
  DerivationStep restarted;
  restarted.kind = StepKind::restarted;
  restarted.article = Article::term_restarts;
  restarted.from = *request_.restart;
  trail_.add(std::move(restarted));
  return roll_over(*request_.restart);
}

const Pause* Computation::pause_in_working_time(Date on) {
  if (pauses_.empty()) return nullptr;
  for (const Interval& interval : office_.working_intervals(on)) {
    const Pause* pause = pauses_.touching(at_local(on, interval.from), at_local(on, interval.to));
    if (pause != nullptr) return pause;
  }
  return nullptr;
}

void Computation::finish(Instant due) {
  result_.due = due;
  DerivationStep step;
  step.kind = StepKind::due;
  step.to = due;
  trail_.add(std::move(step));
}

void Computation::stand_still(std::int64_t halves, std::int64_t left_minutes) {
  result_.remaining_halves = halves;
  result_.remaining_minutes = left_minutes;
  DerivationStep step;
  step.kind = StepKind::remaining;
  step.halves = halves;
  step.minutes = left_minutes;
  trail_.add(std::move(step));
}

// Source: Bộ luật Dân sự 2015, điều 147 khoản 1 (a limit in hours runs from the moment).
base::Result<base::Done, Refusal> Computation::hours(Instant from) {
  milliseconds left = minutes{request_.limit.working_minutes()};
  const Instant begins = std::chrono::floor<minutes>(from);
  int idle = 0;
  for (Date on = local_date(begins);; on += days{1}) {
    TRY(guard(on, idle));
    const auto intervals = office_.working_intervals(on);
    if (intervals.empty()) {
      ++idle;
      trail_.skip_off(on);
      continue;
    }
    idle = 0;
    for (const Interval& interval : intervals) {
      Instant at = std::max(begins, at_local(on, interval.from));
      const Instant end = at_local(on, interval.to);
      while (at < end) {
        const Pause* pause = pauses_.touching(at, end);
        const Instant stop = pause == nullptr ? end : std::max(at, pause->from);
        const milliseconds run = std::min(left, stop - at);
        if (run > milliseconds{0}) {
          left -= run;
          trail_.count(on, 0, std::chrono::ceil<minutes>(run).count());
          if (left == milliseconds{0}) {
            finish(at + run);
            return base::Done{};
          }
        }
        if (pause == nullptr) break;
        if (!pause->to) {
          trail_.skip_paused(on, *pause, 0);
          stand_still(0, std::chrono::ceil<minutes>(left).count());
          return base::Done{};
        }
        const Instant resumes = std::min(end, *pause->to);
        trail_.skip_paused(on, *pause, std::chrono::floor<minutes>(resumes - stop).count());
        at = resumes;
      }
    }
  }
}

// Half of the day's working time, rounded up to the minute: 11:30 of an ordinary day.
Instant Computation::half_way(Date on) const {
  int left = (office_.working_minutes(on) + 1) / 2;
  for (const Interval& interval : office_.working_intervals(on)) {
    const int length = interval.to.minutes - interval.from.minutes;
    if (left <= length) return at_local(on, TimeOfDay{interval.from.minutes + left});
    left -= length;
  }
  return office_.end_of_last_interval(on);
}

// Source: Bộ luật Dân sự 2015, điều 148 khoản 1.  Our reading: with half a day left, the last day
// ends when half of its working time is done.
base::Result<base::Done, Refusal> Computation::working_days(Date first, std::int64_t halves) {
  int idle = 0;
  for (Date on = first;; on += days{1}) {
    TRY(guard(on, idle));
    if (!office_.is_working_day(on)) {
      ++idle;
      trail_.skip_off(on);
      continue;
    }
    idle = 0;
    if (const Pause* pause = pause_in_working_time(on)) {
      trail_.skip_paused(on, *pause, 0);
      if (pause->to) continue;
      stand_still(halves, 0);
      return base::Done{};
    }
    const std::int64_t counted = std::min<std::int64_t>(2, halves);
    halves -= counted;
    trail_.count(on, counted, 0);
    if (halves > 0) continue;
    finish(counted == 2 ? office_.end_of_last_interval(on) : half_way(on));
    return base::Done{};
  }
}

// The corresponding day `months` later, or the last day of a month that has none.
// Source: Bộ luật Dân sự 2015, điều 148 khoản 3 and 4.
Date corresponding_day(Date event, int months) {
  const std::chrono::year_month_day from{event};
  const std::chrono::year_month target =
      std::chrono::year_month{from.year(), from.month()} + std::chrono::months{months};
  const std::chrono::year_month_day wanted = target / from.day();
  if (wanted.ok()) return Date{wanted};
  return Date{target / std::chrono::last};
}

// Days, months and years of the wall calendar: every day counts, but for days of a pause.
base::Result<base::Done, Refusal> Computation::wall_calendar(Date event) {
  const LimitUnit unit = request_.limit.unit();
  const int amount = request_.limit.halves() / 2;
  Date last = event + days{amount};
  if (unit != LimitUnit::calendar_days) {
    last = corresponding_day(event, unit == LimitUnit::years ? amount * 12 : amount);
    DerivationStep step;
    step.kind = StepKind::calendar_end;
    step.article = unit == LimitUnit::years ? Article::civil_code_148_4 : Article::civil_code_148_3;
    step.first = event;
    step.last = last;
    step.halves = request_.limit.halves();
    trail_.add(std::move(step));
  }
  if (pauses_.empty()) {
    if (unit == LimitUnit::calendar_days) {
      DerivationStep step;
      step.kind = StepKind::counted;
      step.article = Article::civil_code_148_1;
      step.first = event + days{1};
      step.last = last;
      step.halves = 2LL * amount;
      trail_.add(std::move(step));
    }
    return end_on(last);
  }
  std::int64_t left = (last - event).count();
  for (Date on = event + days{1};; on += days{1}) {
    TRY(guard(on, 0));
    if (const Pause* pause = pauses_.touching(at_local(on, {0}), at_local(on, {1440}))) {
      trail_.skip_paused(on, *pause, 0);
      if (pause->to) continue;
      stand_still(2 * left, 0);
      return base::Done{};
    }
    trail_.count(on, 2, 0);
    if (--left == 0) return end_on(on);
  }
}

// Source: Bộ luật Dân sự 2015, điều 148 khoản 5 (a last day off moves to the end of the next
// working day).
base::Result<base::Done, Refusal> Computation::end_on(Date last) {
  TRY(guard(last, 0));
  if (office_.is_working_day(last)) {
    finish(office_.end_of_last_interval(last));
    return base::Done{};
  }
  DerivationStep step;
  step.kind = StepKind::moved;
  step.article = Article::civil_code_148_5;
  step.first = last;
  step.day_off = office_.why_off(last);
  step.off = step.day_off->reason;
  Date on = last;
  while (true) {
    const auto next = office_.next_working_day(on);
    if (!next) return base::Failure{Refusal::no_working_time};
    on = *next;
    const Pause* pause = pause_in_working_time(on);
    if (pause == nullptr) break;
    if (!pause->to) {
      trail_.skip_paused(on, *pause, 0);
      stand_still(0, 0);
      return base::Done{};
    }
  }
  TRY(guard(on, 0));
  step.last = on;
  trail_.add(std::move(step));
  finish(office_.end_of_last_interval(on));
  return base::Done{};
}

base::Result<Deadline, Refusal> Computation::run() {
  const Instant begins = TRY(begin());
  if (!request_.pauses.empty()) {
    pauses_ = TRY(Pauses::from(request_, request_.restart.value_or(request_.start)));
  }
  const Date event = local_date(begins);
  const LimitUnit unit = request_.limit.unit();
  if (unit == LimitUnit::working_hours) {
    TRY(hours(begins));
  } else if (unit == LimitUnit::same_day) {
    TRY(working_days(event, 2));
  } else {
    // Source: Bộ luật Dân sự 2015, điều 147 khoản 2 (the first day is not counted).
    DerivationStep step;
    step.kind = StepKind::event_day;
    step.article = Article::civil_code_147_2;
    step.first = step.last = event;
    trail_.add(std::move(step));
    if (unit == LimitUnit::working_days) {
      TRY(working_days(event + days{1}, request_.limit.halves()));
    } else {
      TRY(wall_calendar(event));
    }
  }
  result_.steps = trail_.take();
  const int last_year = year_of(result_.due ? local_date(*result_.due) : event);
  for (int year = year_of(event); year <= last_year; ++year) {
    if (!office_.national_days().is_published(year)) result_.provisional = true;
  }
  for (const DerivationStep& step : result_.steps) {
    if (step.day_off && step.day_off->provisional) result_.provisional = true;
  }
  return std::move(result_);
}

}  // namespace

base::Result<Deadline, DeadlineRefusal> deadline(const DeadlineRequest& request,
                                                 const OfficeCalendar& office) {
  return Computation(request, office).run();
}

}  // namespace calendar
