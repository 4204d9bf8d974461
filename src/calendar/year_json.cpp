#include "calendar/year_json.h"

#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/ensure.h"
#include "calendar/deadline.h"

namespace calendar {

namespace json = base::json;

namespace {

// Why a day is not an ordinary working day.
struct Why {
  std::string_view kind = "work";
  std::optional<Bilingual> text;
  std::string act;
};

Bilingual prefixed(const char* vi, const char* en, const Bilingual& text) {
  return {vi + text.vi, en + text.in(Language::english)};
}

Why off_day(const WhyOff& why) {
  switch (why.reason) {
    case OffReason::weekly_rest:
      return {name(why.reason), Bilingual{"Nghỉ hằng tuần", "Weekly rest"}, why.act};
    case OffReason::holiday:
      return {name(why.reason), why.name, why.act};
    case OffReason::swapped:
      return {name(why.reason), prefixed("Nghỉ ", "Off, ", why.name), why.act};
    case OffReason::compensation:
      return {name(why.reason), prefixed("Nghỉ bù: ", "In compensation: ", why.name), why.act};
    case OffReason::closure:
      return {name(why.reason), prefixed("Cơ quan nghỉ: ", "Closed: ", why.name), why.act};
  }
  return {};
}

Why working_day(Date on, const OfficeCalendar& office, const Closure* partly) {
  if (partly != nullptr) {
    const std::string hours = to_text(*partly->hours);
    return {"partly_closed",
            prefixed(("Nghỉ " + hours + ": ").c_str(), ("Closed " + hours + ": ").c_str(),
                     partly->reason),
            partly->act};
  }
  if (const auto extra = office.extra_day(on)) return {"extra", extra->reason, extra->act};
  if (const auto make_up = office.make_up_day(on)) {
    return {"make_up",
            Bilingual{"Làm bù cho " + day_in_words(make_up->instead_of, Language::vietnamese),
                      "In place of " + day_in_words(make_up->instead_of, Language::english)},
            make_up->act};
  }
  return {};
}

json::array written(std::span<const Interval> intervals) {
  json::array array;
  array.reserve(intervals.size());
  for (const Interval& interval : intervals) array.emplace_back(to_text(interval));
  return array;
}

}  // namespace

json::array year_json(int year, const OfficeCalendar& office) {
  ENSURE(year >= NationalDays::kFirstYear && year <= NationalDays::kLastYear,
         "only years of the calendar are shown");
  const Date first = *make_date(year, 1, 1);
  const Date last = *make_date(year, 12, 31);
  // The last closure of part of a day says why; by day of the year.
  std::vector<const Closure*> partly(366, nullptr);
  for (const Closure& closure : office.schedule().closures) {
    if (!closure.hours) continue;
    const Date until = std::min(closure.last, last);
    for (Date on = std::max(closure.first, first); on <= until; on += std::chrono::days{1}) {
      partly[static_cast<std::size_t>((on - first).count())] = &closure;
    }
  }
  json::array days;
  days.reserve(366);
  for (Date on = first; on <= last; on += std::chrono::days{1}) {
    const WhyOff* off = office.find_why_off(on);
    const Why why =
        off != nullptr
            ? off_day(*off)
            : working_day(on, office, partly[static_cast<std::size_t>((on - first).count())]);
    json::value text = nullptr;
    if (why.text) text = {{"vi", why.text->vi}, {"en", why.text->in(Language::english)}};
    days.push_back(json::object{{"on", to_iso(on)},
                                {"works", off == nullptr},
                                {"kind", why.kind},
                                {"intervals", written(office.working_intervals(on))},
                                {"reception", written(office.reception_intervals(on))},
                                {"why", std::move(text)},
                                {"act", why.act},
                                {"provisional", office.is_provisional(on)}});
  }
  return days;
}

}  // namespace calendar
