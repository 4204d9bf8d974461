#include "calendar/working_time.h"

#include <algorithm>

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

constexpr milliseconds kMinute = std::chrono::minutes{1};

}  // namespace

std::int64_t working_minutes_between(Instant from, Instant to, const OfficeCalendar& office) {
  if (to <= from) return 0;
  const Date first = local_date(from);
  const Date last = local_date(to);
  const auto of_part = [&](Date on, int begin, int end) {
    std::int64_t sum = 0;
    for (const Interval& interval : office.working_intervals(on)) {
      const int a = std::max(begin, interval.from.minutes);
      const int b = std::min(end, interval.to.minutes);
      if (b > a) sum += b - a;
    }
    return sum;
  };
  const int begin = local_time(from).minutes;
  const int end = local_time(to).minutes;
  if (first == last) return of_part(first, begin, end);
  std::int64_t sum = of_part(first, begin, 1440) + of_part(last, 0, end);
  const Date known_last = std::min(last, OfficeCalendar::kEndDay);
  for (Date on = std::max(first + days{1}, OfficeCalendar::kFirstDay); on < known_last;
       on += days{1}) {
    sum += office.working_minutes(on);
  }
  return sum;
}

std::optional<Instant> add_working_minutes(Instant from, std::int64_t minutes,
                                           const OfficeCalendar& office) {
  if (minutes <= 0) return from;
  int begin = local_time(from).minutes;
  int idle = 0;
  for (Date on = local_date(from); idle <= kSearchDays && on < OfficeCalendar::kEndDay;
       on += days{1}, begin = 0) {
    const int whole = office.working_minutes(on);
    idle = whole == 0 ? idle + 1 : 0;
    if (begin == 0 && whole < minutes) {
      minutes -= whole;
      continue;
    }
    for (const Interval& interval : office.working_intervals(on)) {
      const int open = std::max(begin, interval.from.minutes);
      const int length = interval.to.minutes - open;
      if (length <= 0) continue;
      if (minutes <= length) return at_local(on, TimeOfDay{open + static_cast<int>(minutes)});
      minutes -= length;
    }
  }
  return std::nullopt;
}

Instant working_minutes_before(Instant due, std::int64_t minutes, const OfficeCalendar& office) {
  if (minutes <= 0) return due;
  const Date last = local_date(due);
  const Instant earliest = due - days{kSearchDays};
  // No ten years hold more than this; it keeps the product below in range.
  milliseconds left = kMinute * std::min<std::int64_t>(minutes, 1440LL * (kSearchDays + 1));
  for (Date on = last; on >= local_date(earliest); on -= days{1}) {
    if (on != last && kMinute * office.working_minutes(on) < left) {
      left -= kMinute * office.working_minutes(on);
      continue;
    }
    const auto intervals = office.working_intervals(on);
    for (auto interval = intervals.rbegin(); interval != intervals.rend(); ++interval) {
      const Instant open = at_local(on, interval->from);
      const Instant close = std::min(due, at_local(on, interval->to));
      if (close <= open) continue;
      if (left <= close - open) return std::max(earliest, close - left);
      left -= close - open;
    }
  }
  return earliest;
}

Instant notice_due(Instant due, int days_before, const OfficeCalendar& office) {
  const Instant latest = due - days{days_before};
  Date on = local_date(latest);
  for (int i = 0; i <= kSearchDays; ++i, on -= days{1}) {
    const auto intervals = office.working_intervals(on);
    for (auto interval = intervals.rbegin(); interval != intervals.rend(); ++interval) {
      if (at_local(on, interval->from) <= latest) {
        return std::min(latest, at_local(on, interval->to));
      }
    }
  }
  return latest;
}

Instant transfer_due(Instant received, TimeOfDay cutoff, const OfficeCalendar& office) {
  const Date on = local_date(received);
  if (received <= at_local(on, cutoff) && office.is_working_day(on) &&
      received < office.end_of_last_interval(on)) {
    return office.end_of_last_interval(on);
  }
  const auto next = office.next_working_day(on);
  return next ? office.start_of_first_interval(*next) : received;
}

}  // namespace calendar
