#include "calendar/office_calendar.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ensure.h"

namespace calendar {
namespace {

using std::chrono::days;

constexpr int kSearchDaysMax = 3653;

std::vector<Interval> without(const std::vector<Interval>& intervals, const Interval& hole) {
  std::vector<Interval> left;
  for (const Interval& interval : intervals) {
    if (interval.to <= hole.from || interval.from >= hole.to) {
      left.push_back(interval);
      continue;
    }
    if (interval.from < hole.from) left.push_back({interval.from, hole.from});
    if (hole.to < interval.to) left.push_back({hole.to, interval.to});
  }
  return left;
}

int minutes_of(const std::vector<Interval>& intervals) {
  int sum = 0;
  for (const Interval& interval : intervals) sum += interval.to.minutes - interval.from.minutes;
  return sum;
}

OffReason reason_of(DayOffKind kind) {
  switch (kind) {
    case DayOffKind::holiday:
      return OffReason::holiday;
    case DayOffKind::swapped:
      return OffReason::swapped;
    case DayOffKind::compensation:
      return OffReason::compensation;
  }
  return OffReason::holiday;
}

WhyOff reason_of(const Closure& closure) {
  return {OffReason::closure, closure.reason, closure.act, false};
}

std::size_t weekday_index(Date on) {
  return static_cast<std::size_t>(iso_weekday(on) - 1);
}

}  // namespace

// One entry per day of the span points to a pattern of hours, so that a look-up is one load.
struct OfficeCalendar::Table {
  struct Pattern {
    std::vector<Interval> processing;
    std::vector<Interval> reception;
  };

  std::shared_ptr<const NationalDays> national;
  OfficeSchedule schedule;
  std::vector<Pattern> patterns;  // [0] is a day off
  std::vector<int> minutes_of_pattern;
  std::vector<std::uint16_t> pattern_of_day;
  std::vector<WhyOff> reasons;  // [0] is weekly rest; neighbouring days of one holiday share one
  std::vector<std::uint16_t> reason_of_day;
  std::vector<const ExtraDay*> extra_days;  // those that make a rest day a working day, by date

  [[nodiscard]] const WeeklyHours& hours_on(Date on) const {
    const WeeklyHours* found = &schedule.hours.front();
    for (const WeeklyHours& hours : schedule.hours) {
      if (hours.valid_from <= on) found = &hours;
    }
    return *found;
  }

  [[nodiscard]] const Pattern& pattern(Date on) const {
    const auto offset = (on - kFirstDay).count();
    if (offset < 0 || offset >= static_cast<std::int64_t>(pattern_of_day.size())) {
      return patterns.front();
    }
    return patterns[pattern_of_day[static_cast<std::size_t>(offset)]];
  }

  [[nodiscard]] const WhyOff& reason(Date on) const {
    const auto offset = (on - kFirstDay).count();
    if (offset < 0 || offset >= static_cast<std::int64_t>(reason_of_day.size())) {
      return reasons.front();
    }
    return reasons[reason_of_day[static_cast<std::size_t>(offset)]];
  }

  void fill();
};

void OfficeCalendar::Table::fill() {
  std::map<std::pair<std::vector<std::pair<int, int>>, std::vector<std::pair<int, int>>>,
           std::uint16_t>
      known;
  const auto key_of = [](const std::vector<Interval>& intervals) {
    std::vector<std::pair<int, int>> key;
    key.reserve(intervals.size());
    for (const Interval& i : intervals) key.emplace_back(i.from.minutes, i.to.minutes);
    return key;
  };
  const auto intern = [&](const std::vector<Interval>& processing,
                          const std::vector<Interval>& reception) -> std::uint16_t {
    const auto [place, is_new] = known.try_emplace({key_of(processing), key_of(reception)},
                                                   static_cast<std::uint16_t>(patterns.size()));
    if (is_new) {
      patterns.push_back({processing, reception});
      minutes_of_pattern.push_back(minutes_of(processing));
    }
    return place->second;
  };
  intern({}, {});

  pattern_of_day.assign(static_cast<std::size_t>((kEndDay - kFirstDay).count()), 0);
  const auto slot = [&](Date on) -> std::uint16_t& {
    return pattern_of_day[static_cast<std::size_t>((on - kFirstDay).count())];
  };
  const auto inside = [&](Date on) { return on >= kFirstDay && on < kEndDay; };
  reasons.assign(1, WhyOff{});
  reason_of_day.assign(pattern_of_day.size(), 0);
  const auto explain_off = [&](Date on, const WhyOff& why) {
    if (reasons.back() != why) reasons.push_back(why);
    reason_of_day[static_cast<std::size_t>((on - kFirstDay).count())] =
        static_cast<std::uint16_t>(reasons.size() - 1);
  };

  // 1. The weekly hours of each period.
  for (std::size_t i = 0; i < schedule.hours.size(); ++i) {
    const WeeklyHours& hours = schedule.hours[i];
    std::array<std::uint16_t, 7> of_weekday{};
    for (std::size_t d = 0; d < 7; ++d) {
      of_weekday[d] = intern(hours.processing[d], hours.reception[d]);
    }
    const Date from = i == 0 ? kFirstDay : std::max(kFirstDay, hours.valid_from);
    const Date until = i + 1 < schedule.hours.size()
                           ? std::min(kEndDay, schedule.hours[i + 1].valid_from)
                           : kEndDay;
    for (Date on = from; on < until; on += days{1}) slot(on) = of_weekday[weekday_index(on)];
  }
  // 2. Rest days that are worked, with the hours of the day they replace.
  for (const MakeUpDay& day : national->make_up_days()) {
    if (!inside(day.on)) continue;
    const WeeklyHours& hours = hours_on(day.on);
    const std::size_t as = weekday_index(day.instead_of);
    slot(day.on) = intern(hours.processing[as], hours.reception[as]);
  }
  // 3. National days off.
  for (const DayOff& day : national->days_off()) {
    if (!inside(day.on)) continue;
    slot(day.on) = 0;
    explain_off(day.on, {reason_of(day.kind), day.name, day.act, day.provisional});
  }
  // 4. Rest days on which the office works.
  for (const ExtraDay& day : schedule.extra_days) {
    if (!inside(day.on)) continue;
    const Pattern before = patterns[slot(day.on)];
    const bool rests = before.processing.empty();
    slot(day.on) = intern(rests ? day.processing : before.processing,
                          day.reception.empty() ? before.reception : day.reception);
    if (rests && !day.processing.empty()) extra_days.push_back(&day);
  }
  std::ranges::sort(extra_days, {}, &ExtraDay::on);
  // 5. The office's own closures, of whole days first.
  std::vector<std::pair<Date, const Closure*>> parts;
  for (const Closure& closure : schedule.closures) {
    const Date last = std::min(closure.last, kEndDay - days{1});
    for (Date on = std::max(closure.first, kFirstDay); on <= last; on += days{1}) {
      if (closure.hours) {
        parts.emplace_back(on, &closure);
        continue;
      }
      const bool worked = minutes_of_pattern[slot(on)] != 0;
      slot(on) = 0;
      if (worked) explain_off(on, reason_of(closure));
    }
  }
  // 6. Closures of parts of days, day by day: only what is left of a day becomes a pattern, so that
  // there are never more patterns than days.
  std::ranges::stable_sort(parts, {}, &std::pair<Date, const Closure*>::first);
  for (auto part = parts.begin(); part != parts.end();) {
    const Date on = part->first;
    Pattern left = patterns[slot(on)];
    for (; part != parts.end() && part->first == on; ++part) {
      const bool worked = !left.processing.empty();
      left.processing = without(left.processing, *part->second->hours);
      left.reception = without(left.reception, *part->second->hours);
      if (worked && left.processing.empty()) explain_off(on, reason_of(*part->second));
    }
    slot(on) = intern(left.processing, left.reception);
  }
}

base::Outcome<OfficeCalendar> OfficeCalendar::build(std::shared_ptr<const NationalDays> national,
                                                    OfficeSchedule schedule) {
  ENSURE(national != nullptr, "an office calendar rests on the national days");
  TRY(check(schedule));
  auto table = std::make_shared<Table>();
  table->national = std::move(national);
  table->schedule = std::move(schedule);
  table->fill();
  return OfficeCalendar(std::move(table));
}

std::span<const Interval> OfficeCalendar::working_intervals(Date on) const {
  return table_->pattern(on).processing;
}

std::span<const Interval> OfficeCalendar::reception_intervals(Date on) const {
  return table_->pattern(on).reception;
}

OfficeCalendar::OfficeCalendar(std::shared_ptr<const Table> table)
    : table_(std::move(table)),
      pattern_of_day_(table_->pattern_of_day.data()),
      minutes_of_pattern_(table_->minutes_of_pattern.data()) {}

const WhyOff* OfficeCalendar::find_why_off(Date on) const {
  return is_working_day(on) ? nullptr : &table_->reason(on);
}

std::shared_ptr<const WhyOff> OfficeCalendar::why_off(Date on) const {
  const WhyOff* why = find_why_off(on);
  return why == nullptr ? nullptr : std::shared_ptr<const WhyOff>(table_, why);
}

std::shared_ptr<const MakeUpDay> OfficeCalendar::make_up_day(Date on) const {
  if (iso_weekday(on) < 6 || !is_working_day(on)) return nullptr;
  const MakeUpDay* day = table_->national->find_make_up_day(on);
  return day == nullptr ? nullptr : std::shared_ptr<const MakeUpDay>(table_, day);
}

std::shared_ptr<const ExtraDay> OfficeCalendar::extra_day(Date on) const {
  if (table_->extra_days.empty() || !is_working_day(on)) return nullptr;
  const auto found = std::ranges::lower_bound(table_->extra_days, on, {}, &ExtraDay::on);
  if (found == table_->extra_days.end() || (*found)->on != on) return nullptr;
  return std::shared_ptr<const ExtraDay>(table_, *found);
}

Instant OfficeCalendar::start_of_first_interval(Date on) const {
  const auto intervals = working_intervals(on);
  ENSURE(!intervals.empty(), "only a working day begins");
  return at_local(on, intervals.front().from);
}

Instant OfficeCalendar::end_of_last_interval(Date on) const {
  const auto intervals = working_intervals(on);
  ENSURE(!intervals.empty(), "only a working day ends");
  return at_local(on, intervals.back().to);
}

std::optional<Date> OfficeCalendar::next_working_day(Date on) const {
  for (int i = 1; i <= kSearchDaysMax; ++i) {
    if (is_working_day(on + days{i})) return on + days{i};
  }
  return std::nullopt;
}

const WeeklyHours& OfficeCalendar::weekly_hours(Date on) const {
  return table_->hours_on(on);
}

bool OfficeCalendar::is_provisional(Date on) const {
  if (!table_->national->is_published(year_of(on))) return true;
  const WhyOff* why = find_why_off(on);
  return why != nullptr && why->provisional;
}

const NationalDays& OfficeCalendar::national_days() const {
  return *table_->national;
}
const OfficeSchedule& OfficeCalendar::schedule() const {
  return table_->schedule;
}

}  // namespace calendar
