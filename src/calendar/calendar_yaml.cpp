// years-file  := format: motcua-national-days/1, years: [year]
// year        := year, days_off: [day-off], make_up_days: [make-up]?
// day-off     := on | (from, to), name: {vi, en}, act, kind?, provisional?
// make-up     := on, instead_of, act
// office-file := format: motcua-office-hours/1, hours: [hours], closures: [closure]?, extra_days:
// [extra]? hours       := valid_from, processing: week, reception: week?, source?, provisional?
// week        := { mon | tue | ... | mon-fri: ["07:30-11:30", ...] }
// closure     := from, to?, hours?, reason: {vi, en}, act?
// extra       := on, processing: ["07:30-11:30", ...], reception?, reason: {vi, en}, act?
// rules-file  := format: motcua-time-rules/1, rules: [rules]
// rules       := effective_from, source, and any of the numbers of TimeRules
#include "calendar/calendar_yaml.h"

#include "calendar/yaml_reader.h"

namespace calendar {
namespace {

using namespace internal;  // the readers
using std::chrono::days;

DayOffKind day_off_kind(const YAML::Node& map) {
  const YAML::Node found = map["kind"];
  if (!found) return DayOffKind::holiday;
  const std::string text = scalar(found, "kind");
  if (text == "holiday") return DayOffKind::holiday;
  if (text == "swapped") return DayOffKind::swapped;
  if (text == "compensation") return DayOffKind::compensation;
  refuse(found, "kind must be holiday, swapped or compensation");
}

NationalYear national_year(const YAML::Node& node) {
  allow_only(node, {"year", "days_off", "make_up_days"});
  NationalYear year;
  const std::string number = scalar(member(node, "year"), "year");
  const auto first = parse_date(number + "-01-01");
  if (!first) refuse(node, "year must have four digits");
  year.year = year_of(*first);
  for (const auto& item : entries(member(node, "days_off"))) {
    allow_only(item, {"on", "from", "to", "name", "act", "kind", "provisional"});
    DayOff day;
    day.kind = day_off_kind(item);
    day.name = bilingual(member(item, "name"));
    day.act = scalar(member(item, "act"), "act");
    day.provisional = flag(item, "provisional", false);
    const bool single = static_cast<bool>(item["on"]);
    const Date from = date(member(item, single ? "on" : "from"), "on");
    const Date to = single ? from : date(member(item, "to"), "to");
    if (to < from || (to - from).count() > 31)
      refuse(item, "a block of one to 32 days is expected");
    for (Date on = from; on <= to; on += days{1}) {
      day.on = on;
      year.days_off.push_back(day);
    }
  }
  for (const auto& item : entries(node["make_up_days"])) {
    allow_only(item, {"on", "instead_of", "act"});
    const MakeUpDay day{date(member(item, "on"), "on"),
                        date(member(item, "instead_of"), "instead_of"),
                        scalar(member(item, "act"), "act")};
    year.make_up_days.push_back(day);
  }
  return year;
}

OfficeSchedule office_schedule(const YAML::Node& root) {
  OfficeSchedule schedule;
  for (const auto& item : entries(member(root, "hours"))) {
    allow_only(item, {"valid_from", "processing", "reception", "source", "provisional"});
    WeeklyHours hours;
    hours.valid_from = date(member(item, "valid_from"), "valid_from");
    hours.processing = week(member(item, "processing"));
    hours.reception = item["reception"] ? week(item["reception"]) : hours.processing;
    hours.source = text_or_empty(item, "source");
    hours.provisional = flag(item, "provisional", true);
    schedule.hours.push_back(std::move(hours));
  }
  for (const auto& item : entries(root["closures"])) {
    allow_only(item, {"from", "to", "hours", "reason", "act"});
    Closure closure;
    closure.first = date(member(item, "from"), "from");
    closure.last = item["to"] ? date(item["to"], "to") : closure.first;
    if (item["hours"]) closure.hours = interval(item["hours"]);
    closure.reason = bilingual(member(item, "reason"));
    closure.act = text_or_empty(item, "act");
    schedule.closures.push_back(std::move(closure));
  }
  for (const auto& item : entries(root["extra_days"])) {
    allow_only(item, {"on", "processing", "reception", "reason", "act"});
    ExtraDay day;
    day.on = date(member(item, "on"), "on");
    day.processing = intervals(member(item, "processing"));
    day.reception = item["reception"] ? intervals(item["reception"]) : day.processing;
    day.reason = bilingual(member(item, "reason"));
    day.act = text_or_empty(item, "act");
    schedule.extra_days.push_back(std::move(day));
  }
  return schedule;
}

TimeRules time_rules(const YAML::Node& node) {
  allow_only(
      node, {"effective_from", "source", "warning_minutes", "apology_days", "apology_draft_minutes",
             "extensions_max", "supplement_reminder_days", "transfer_cutoff"});
  constexpr int kMinutesMax = 100 * 24 * 60;
  constexpr int kDaysMax = 3650;
  TimeRules rules;
  rules.effective_from = date(member(node, "effective_from"), "effective_from");
  rules.source = scalar(member(node, "source"), "source");
  rules.warning_minutes = number(node, "warning_minutes", rules.warning_minutes, kMinutesMax);
  rules.apology_days = number(node, "apology_days", rules.apology_days, kDaysMax);
  rules.apology_draft_minutes =
      number(node, "apology_draft_minutes", rules.apology_draft_minutes, kMinutesMax);
  rules.extensions_max = number(node, "extensions_max", rules.extensions_max, 100);
  rules.supplement_reminder_days =
      number(node, "supplement_reminder_days", rules.supplement_reminder_days, kDaysMax);
  if (node["transfer_cutoff"]) {
    const auto cutoff = parse_time_of_day(scalar(node["transfer_cutoff"], "transfer_cutoff"));
    if (!cutoff) refuse(node["transfer_cutoff"], "transfer_cutoff is a time like 15:00");
    rules.transfer_cutoff = *cutoff;
  }
  return rules;
}

}  // namespace

base::Outcome<NationalDays> parse_national_days(std::string_view yaml) {
  auto years = TRY(load<std::vector<NationalYear>>(
      yaml, "motcua-national-days/1", {"format", "years"}, [](const YAML::Node& root) {
        std::vector<NationalYear> read;
        for (const auto& item : entries(member(root, "years"))) read.push_back(national_year(item));
        return read;
      }));
  return NationalDays::from(std::move(years));
}

base::Outcome<OfficeSchedule> parse_office_schedule(std::string_view yaml) {
  return load<OfficeSchedule>(yaml, "motcua-office-hours/1",
                              {"format", "hours", "closures", "extra_days"}, office_schedule);
}

base::Outcome<TimeRulebook> parse_time_rules(std::string_view yaml) {
  auto sets = TRY(load<std::vector<TimeRules>>(
      yaml, "motcua-time-rules/1", {"format", "rules"}, [](const YAML::Node& root) {
        std::vector<TimeRules> read;
        for (const auto& item : entries(member(root, "rules"))) read.push_back(time_rules(item));
        return read;
      }));
  return TimeRulebook::build(std::move(sets));
}

}  // namespace calendar
