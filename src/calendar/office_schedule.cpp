#include "calendar/office_schedule.h"

#include <algorithm>

#include "calendar/national_days.h"

namespace calendar {
namespace {

using std::chrono::days;

constexpr int kClosureDaysMax = 731;

base::Outcome<base::Done> check_intervals(const std::vector<Interval>& intervals) {
  TimeOfDay last{0};
  bool first = true;
  for (const Interval& interval : intervals) {
    if (interval.from.minutes < 0 || interval.to.minutes > 1440 || interval.from >= interval.to) {
      return base::fault(base::FaultCode::invalid,
                         "interval " + to_text(interval.from) + "-" + to_text(interval.to));
    }
    if (!first && interval.from <= last) {
      return base::fault(base::FaultCode::invalid, "interval from " + to_text(interval.from) +
                                                       " is not after the one before");
    }
    last = interval.to;
    first = false;
  }
  return base::Done{};
}

// Days, both included.
struct Days {
  Date first;
  Date last;
};

// The days about which a schedule says something of its own, in order and apart.
std::vector<Days> own_days(const OfficeSchedule& schedule) {
  std::vector<Days> spans;
  for (const Closure& closure : schedule.closures) spans.push_back({closure.first, closure.last});
  for (const ExtraDay& day : schedule.extra_days) spans.push_back({day.on, day.on});
  std::ranges::sort(spans, {}, &Days::first);
  std::vector<Days> merged;
  for (const Days& span : spans) {
    if (merged.empty() || span.first > merged.back().last + days{1}) {
      merged.push_back(span);
    } else {
      merged.back().last = std::max(merged.back().last, span.last);
    }
  }
  return merged;
}

}  // namespace

std::optional<Interval> parse_interval(std::string_view text) {
  constexpr std::string_view kEnDash = "\u2013";
  const auto trimmed = [](std::string_view part) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    return part;
  };
  const std::size_t at = std::min(text.find('-'), text.find(kEnDash));
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t width = text[at] == '-' ? 1 : kEnDash.size();
  const auto from = parse_time_of_day(trimmed(text.substr(0, at)));
  const auto to = parse_time_of_day(trimmed(text.substr(at + width)));
  if (!from || !to || *from >= *to) return std::nullopt;
  return Interval{*from, *to};
}

std::string to_text(const Interval& interval) {
  return to_text(interval.from) + "-" + to_text(interval.to);
}

OfficeSchedule default_schedule() {
  const std::vector<Interval> day{{hour_minute(7, 30), hour_minute(11, 30)},
                                  {hour_minute(13, 30), hour_minute(17, 30)}};
  WeeklyHours hours;
  hours.valid_from = *make_date(NationalDays::kFirstYear, 1, 1);
  for (std::size_t weekday = 0; weekday < 5; ++weekday) {
    hours.processing[weekday] = day;
    hours.reception[weekday] = day;
  }
  hours.source = "Chưa được cơ quan xác nhận";
  hours.provisional = true;
  return {.hours = {hours}};
}

OfficeSchedule inherit(const OfficeSchedule& upper, const OfficeSchedule& own) {
  const std::vector<Days> taken = own_days(own);
  // The first span that does not end before `on`.
  const auto next_taken = [&](Date on) {
    return std::ranges::lower_bound(taken, on, {}, &Days::last);
  };
  OfficeSchedule joined{.hours = own.hours.empty() ? upper.hours : own.hours};
  for (const Closure& closure : upper.closures) {
    Closure left = closure;
    for (auto span = next_taken(left.first); span != taken.end() && span->first <= closure.last;
         ++span) {
      if (left.first < span->first) {
        left.last = span->first - days{1};
        joined.closures.push_back(left);
      }
      left.first = span->last + days{1};
    }
    left.last = closure.last;
    if (left.first <= left.last) joined.closures.push_back(std::move(left));
  }
  for (const ExtraDay& day : upper.extra_days) {
    const auto span = next_taken(day.on);
    if (span == taken.end() || span->first > day.on) joined.extra_days.push_back(day);
  }
  joined.closures.insert(joined.closures.end(), own.closures.begin(), own.closures.end());
  joined.extra_days.insert(joined.extra_days.end(), own.extra_days.begin(), own.extra_days.end());
  return joined;
}

base::Outcome<base::Done> check(const OfficeSchedule& schedule) {
  const auto refuse = [](const std::string& why) {
    return base::fault(base::FaultCode::invalid, why);
  };
  if (schedule.hours.empty()) {
    return refuse("the office has no weekly hours: give it its own, or let it inherit them");
  }
  if (schedule.hours.size() > 100) return refuse("more than 100 sets of weekly hours");
  for (std::size_t i = 0; i < schedule.hours.size(); ++i) {
    const WeeklyHours& hours = schedule.hours[i];
    if (i > 0 && hours.valid_from <= schedule.hours[i - 1].valid_from) {
      return refuse("weekly hours are not in order of valid_from");
    }
    for (const WeeklyIntervals* week : {&hours.processing, &hours.reception}) {
      for (const auto& intervals : *week) TRY(check_intervals(intervals));
    }
  }
  std::vector<Days> closed;
  for (const Closure& closure : schedule.closures) {
    if (closure.last < closure.first) {
      return refuse("closure of " + to_iso(closure.first) + " ends before it begins");
    }
    if ((closure.last - closure.first).count() >= kClosureDaysMax) {
      return refuse("closure of " + to_iso(closure.first) + " is longer than two years");
    }
    if (closure.hours) {
      TRY(check_intervals({*closure.hours}));
    } else {
      closed.push_back({closure.first, closure.last});
    }
  }
  std::vector<Date> extra;
  for (const ExtraDay& day : schedule.extra_days) {
    TRY(check_intervals(day.processing));
    TRY(check_intervals(day.reception));
    if (day.processing.empty() && day.reception.empty()) {
      return refuse("extra day " + to_iso(day.on) + " has no hours");
    }
    extra.push_back(day.on);
  }
  std::ranges::sort(extra);
  if (const auto twice = std::ranges::adjacent_find(extra); twice != extra.end()) {
    return refuse("extra day " + to_iso(*twice) + " is given twice");
  }
  for (const Days& span : closed) {
    const auto day = std::ranges::lower_bound(extra, span.first);
    if (day != extra.end() && *day <= span.last) {
      return refuse("extra day " + to_iso(*day) + " is closed as well");
    }
  }
  return base::Done{};
}

}  // namespace calendar
