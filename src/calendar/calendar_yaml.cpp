// years-file  := format: motcua-national-days/1, years: [year]
// year        := year, days_off: [day-off], make_up_days: [make-up]?
// day-off     := on | (from, to), name: {vi, en}, act, kind?, provisional?
// make-up     := on, instead_of, act
// office-file := format: motcua-office-hours/1, hours: [hours], closures: [closure]?
// hours       := valid_from, processing: week, reception: week?, source?, provisional?
// week        := { mon | tue | ... | mon-fri: ["07:30-11:30", ...] }
// closure     := from, to?, hours?, reason: {vi, en}, act?
#include "calendar/calendar_yaml.h"

#include <array>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "base/text.h"

namespace calendar {
namespace {

using std::chrono::days;

constexpr std::size_t kBytesMax = 256 * 1024;
constexpr std::size_t kEntriesMax = 5000;

// Refuses what a calendar never needs and an attacker might: aliases, depth.
class Inspection final : public YAML::EventHandler {
 public:
  [[nodiscard]] const char* problem() const { return problem_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override { see(anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { problem_ = "aliases are not allowed"; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                const std::string&) override {
    see(anchor);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    see(anchor);
    deepen();
  }
  void OnSequenceEnd() override { --depth_; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    see(anchor);
    deepen();
  }
  void OnMapEnd() override { --depth_; }

 private:
  void see(YAML::anchor_t anchor) {
    if (anchor != 0) problem_ = "anchors are not allowed";
  }
  void deepen() {
    if (++depth_ > 16) problem_ = "nested too deeply";
  }
  const char* problem_ = nullptr;
  int depth_ = 0;
};

// How this file's readers say that the text is wrong; turned into a Fault at the public functions.
struct Problem {
  std::string message;
};

[[noreturn]] void refuse(const YAML::Node& node, const std::string& what) {
  const YAML::Mark mark = node.Mark();
  std::string place;
  if (!mark.is_null()) place = "line " + std::to_string(mark.line + 1) + ": ";
  throw Problem{place + what};
}

YAML::Node member(const YAML::Node& map, const char* key) {
  if (!map.IsMap()) refuse(map, "expected a map");
  const YAML::Node found = map[key];
  if (!found) refuse(map, std::string(key) + " is missing");
  return found;
}

void allow_only(const YAML::Node& map, const std::set<std::string>& keys) {
  if (!map.IsMap()) refuse(map, "expected a map");
  for (const auto& entry : map) {
    if (!entry.first.IsScalar() || !keys.contains(entry.first.Scalar())) {
      refuse(entry.first, "unknown key");
    }
  }
}

std::string scalar(const YAML::Node& node, const char* what) {
  if (!node.IsScalar()) refuse(node, std::string(what) + " must be a single value");
  if (node.Scalar().size() > 1000) refuse(node, std::string(what) + " is too long");
  return base::to_one_line(node.Scalar());
}

std::string text_or_empty(const YAML::Node& map, const char* key) {
  const YAML::Node found = map[key];
  return found ? scalar(found, key) : std::string{};
}

bool flag(const YAML::Node& map, const char* key, bool otherwise) {
  const YAML::Node found = map[key];
  if (!found) return otherwise;
  const std::string text = scalar(found, key);
  if (text == "true") return true;
  if (text != "false") refuse(found, std::string(key) + " must be true or false");
  return false;
}

Date date(const YAML::Node& node, const char* what) {
  const auto read = parse_date(scalar(node, what));
  if (!read) refuse(node, std::string(what) + " is not a date like 2026-01-31");
  return *read;
}

Bilingual bilingual(const YAML::Node& node) {
  allow_only(node, {"vi", "en"});
  Bilingual text{scalar(member(node, "vi"), "vi"), text_or_empty(node, "en")};
  if (text.vi.empty()) refuse(node, "vi is empty");
  return text;
}

const YAML::Node entries(const YAML::Node& node) {
  if (node && !node.IsNull()) {
    if (!node.IsSequence()) refuse(node, "expected a list");
    if (node.size() > kEntriesMax) refuse(node, "too many entries");
  }
  return node;
}

Interval interval(const YAML::Node& node) {
  const std::string text = scalar(node, "hours");
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) refuse(node, "hours are written 07:30-11:30");
  const auto from = parse_time_of_day(std::string_view(text).substr(0, dash));
  const auto to = parse_time_of_day(std::string_view(text).substr(dash + 1));
  if (!from || !to || *from >= *to) refuse(node, "hours are written 07:30-11:30");
  return {*from, *to};
}

WeeklyIntervals week(const YAML::Node& node) {
  constexpr std::array<std::string_view, 7> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  if (!node.IsMap()) refuse(node, "expected days of the week");
  WeeklyIntervals result;
  for (const auto& entry : node) {
    const std::string name = scalar(entry.first, "weekday");
    std::vector<Interval> intervals;
    for (const auto& item : entries(entry.second)) intervals.push_back(interval(item));
    bool known = false;
    for (std::size_t day = 0; day < 7; ++day) {
      if (name != kNames[day] && !(name == "mon-fri" && day < 5)) continue;
      known = true;
      result[day] = intervals;
    }
    if (!known) refuse(entry.first, "weekdays are mon, tue, wed, thu, fri, sat, sun or mon-fri");
  }
  return result;
}

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
  return schedule;
}

// Loads, checks the format line and hands the root to `read`; the one place where exceptions end.
template <class Value, class Read>
base::Outcome<Value> load(std::string_view yaml, const std::string& format,
                          const std::set<std::string>& keys, Read read) {
  const auto invalid = [](std::string why) {
    return base::fault(base::FaultCode::invalid, std::move(why));
  };
  if (yaml.size() > kBytesMax) return invalid("the text is longer than 256 KiB");
  if (!base::is_utf8(yaml)) return invalid("the text is not UTF-8");
  try {
    std::istringstream stream{std::string(yaml)};
    YAML::Parser parser(stream);
    Inspection inspection;
    if (!parser.HandleNextDocument(inspection)) return invalid("the text is empty");
    if (inspection.problem() != nullptr) return invalid(inspection.problem());
    const YAML::Node root = YAML::Load(std::string(yaml));
    allow_only(root, keys);
    if (scalar(member(root, "format"), "format") != format) {
      return invalid("format must be " + format);
    }
    return read(root);
  } catch (const Problem& problem) {
    return invalid(problem.message);
  } catch (const YAML::Exception& error) {
    return invalid(error.what());
  }
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
  return load<OfficeSchedule>(yaml, "motcua-office-hours/1", {"format", "hours", "closures"},
                              office_schedule);
}

}  // namespace calendar
