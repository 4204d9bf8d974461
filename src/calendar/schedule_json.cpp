#include "calendar/schedule_json.h"

#include <algorithm>
#include <initializer_list>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/text.h"
#include "calendar/national_days.h"

namespace calendar {

namespace json = base::json;

namespace {

constexpr std::size_t kHoursMax = 100;
constexpr std::size_t kEntriesMax = 500;
constexpr std::size_t kIntervalsMax = 10;
constexpr std::size_t kTextMax = 500;
constexpr std::size_t kProblemsMax = 100;
constexpr int kClosureDaysMax = 731;

json::array written(const std::vector<Interval>& intervals) {
  json::array array;
  array.reserve(intervals.size());
  for (const Interval& interval : intervals) array.emplace_back(to_text(interval));
  return array;
}

json::object written(const WeeklyIntervals& week) {
  json::object object;
  for (std::size_t day = 0; day < week.size(); ++day) {
    object.emplace(kWeekdays[day], written(week[day]));
  }
  return object;
}

json::object written(const Bilingual& text) {
  return {{"vi", text.vi}, {"en", text.en}};
}

// Collects what is wrong while it reads; what it returns is only used if nothing was.
class Reader {
 public:
  OfficeSchedule schedule(const json::value& root);
  [[nodiscard]] std::vector<ScheduleProblem> take_problems() { return std::move(problems_); }

 private:
  void note(const std::string& path, const char* code, std::string vi, std::string en) {
    if (problems_.size() >= kProblemsMax) return;
    problems_.push_back({path, code, {std::move(vi), std::move(en)}});
  }
  const json::object* object(const json::value& value, const std::string& path,
                             std::initializer_list<std::string_view> keys);
  // Null if the key is absent or null, and then `missing` is noted where it is required.
  enum class Need { required, optional };
  const json::value* at(const json::object& object, std::string_view key, const std::string& path,
                        Need need);
  const json::array* list(const json::value& value, const std::string& path, std::size_t most);
  std::string text(const json::object& object, std::string_view key, const std::string& path);
  Date date(const json::object& object, std::string_view key, const std::string& path);
  std::optional<Interval> interval(const json::value& value, const std::string& path);
  std::vector<Interval> intervals(const json::value& value, const std::string& path);
  WeeklyIntervals week(const json::value& value, const std::string& path);
  Bilingual reason(const json::object& object, const std::string& path);
  void hours(const json::value& value, const std::string& path, OfficeSchedule& into);
  void closure(const json::value& value, const std::string& path, OfficeSchedule& into);
  void extra_day(const json::value& value, const std::string& path, OfficeSchedule& into);
  void order(OfficeSchedule& schedule);

  std::vector<ScheduleProblem> problems_;
};

std::string below(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "/" + std::string(key);
}
std::string below(const std::string& path, std::size_t index) {
  return below(path, std::to_string(index));
}

const json::object* Reader::object(const json::value& value, const std::string& path,
                                   std::initializer_list<std::string_view> keys) {
  if (!value.is_object()) {
    note(path, "not_an_object", "Ở đây cần một nhóm giá trị có tên.",
         "A group of named values belongs here.");
    return nullptr;
  }
  for (const auto& member : value.get_object()) {
    const std::string_view key{member.key().data(), member.key().size()};
    if (std::ranges::find(keys, key) != keys.end()) continue;
    std::string known;
    for (const std::string_view one : keys) {
      known += (known.empty() ? "" : ", ") + std::string(one);
    }
    const std::string shown = base::to_one_line(key.substr(0, 40));
    note(path, "unknown_key", "Không có mục “" + shown + "”; chỉ dùng: " + known + ".",
         "There is no \"" + shown + "\"; use only: " + known + ".");
  }
  return &value.get_object();
}

const json::value* Reader::at(const json::object& object, std::string_view key,
                              const std::string& path, Need need) {
  const json::value* found = object.if_contains(key);
  if (found != nullptr && !found->is_null()) return found;
  if (need == Need::required) {
    note(below(path, key), "missing", "Còn thiếu mục này: hãy điền vào.",
         "This is missing: fill it in.");
  }
  return nullptr;
}

const json::array* Reader::list(const json::value& value, const std::string& path,
                                std::size_t most) {
  if (!value.is_array()) {
    note(path, "not_a_list", "Ở đây cần một danh sách.", "A list belongs here.");
    return nullptr;
  }
  if (value.get_array().size() > most) {
    const std::string number = std::to_string(most);
    note(path, "too_many", "Không được quá " + number + " mục: hãy bỏ bớt.",
         "No more than " + number + " entries: remove some.");
    return nullptr;
  }
  return &value.get_array();
}

std::string Reader::text(const json::object& object, std::string_view key,
                         const std::string& path) {
  const json::value* found = at(object, key, path, Need::optional);
  if (found == nullptr) return {};
  if (!found->is_string()) {
    note(below(path, key), "not_text", "Ở đây cần chữ.", "Text belongs here.");
    return {};
  }
  const std::string_view raw{found->get_string().data(), found->get_string().size()};
  if (raw.size() > kTextMax) {
    note(below(path, key), "too_long", "Dài quá: hãy viết ngắn lại.", "Too long: shorten it.");
    return {};
  }
  return base::to_one_line(raw);
}

Date Reader::date(const json::object& object, std::string_view key, const std::string& path) {
  const json::value* found = at(object, key, path, Need::required);
  if (found == nullptr) return {};
  std::optional<Date> read;
  if (found->is_string() && found->get_string().size() <= 10) {
    const std::string_view raw{found->get_string().data(), found->get_string().size()};
    read = parse_date(raw);
    if (!read) read = parse_vietnamese_date(raw);
  }
  if (!read) {
    note(below(path, key), "not_a_date",
         "Không phải là một ngày có thật: hãy viết như 2026-01-31 hoặc 31/01/2026.",
         "Not a date that exists: write it like 2026-01-31 or 31/01/2026.");
    return {};
  }
  const int year = year_of(*read);
  if (year < NationalDays::kFirstYear || year > NationalDays::kLastYear) {
    note(below(path, key), "year_out_of_range", "Năm phải từ 2000 đến 2099: hãy kiểm tra lại.",
         "The year must lie between 2000 and 2099: check it.");
    return {};
  }
  return *read;
}

std::optional<Interval> Reader::interval(const json::value& value, const std::string& path) {
  std::optional<Interval> read;
  if (value.is_string() && value.get_string().size() <= 40) {
    read = parse_interval({value.get_string().data(), value.get_string().size()});
  }
  if (!read) {
    note(path, "not_hours",
         "Giờ phải viết như 07:30-11:30, giờ đầu trước giờ cuối, không quá 24:00.",
         "Hours are written like 07:30-11:30, the first before the last, up to 24:00.");
  }
  return read;
}

std::vector<Interval> Reader::intervals(const json::value& value, const std::string& path) {
  const json::array* items = list(value, path, kIntervalsMax);
  if (items == nullptr) return {};
  std::vector<Interval> read;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto one = interval((*items)[i], below(path, i));
    if (!one) continue;
    if (!read.empty() && one->from <= read.back().to) {
      const bool apart = one->to < read.back().from;
      const std::string pair = to_text(read.back()) + " và " + to_text(*one);
      const std::string pair_en = to_text(read.back()) + " and " + to_text(*one);
      if (apart) {
        note(below(path, i), "not_in_order", pair + " chưa đúng thứ tự: hãy đổi chỗ.",
             pair_en + " are not in order: swap them.");
      } else {
        note(below(path, i), "overlap",
             pair + " chồng lên nhau hoặc liền nhau: hãy sửa giờ hoặc gộp thành một khoảng.",
             pair_en + " overlap or touch: correct the hours or make them one.");
      }
      continue;
    }
    read.push_back(*one);
  }
  return read;
}

WeeklyIntervals Reader::week(const json::value& value, const std::string& path) {
  WeeklyIntervals read;
  const json::object* days = object(value, path, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
  if (days == nullptr) return read;
  for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
    const json::value* found = at(*days, kWeekdays[day], path, Need::optional);
    if (found != nullptr) read[day] = intervals(*found, below(path, kWeekdays[day]));
  }
  return read;
}

Bilingual Reader::reason(const json::object& parent, const std::string& path) {
  const std::string place = below(path, "reason");
  const json::value* found = at(parent, "reason", path, Need::optional);
  Bilingual read;
  if (found != nullptr) {
    const json::object* texts = object(*found, place, {"vi", "en"});
    if (texts == nullptr) return read;
    const std::size_t before = problems_.size();
    read.vi = text(*texts, "vi", place);
    read.en = text(*texts, "en", place);
    if (problems_.size() != before) return read;
  }
  if (read.vi.empty()) {
    note(below(place, "vi"), "no_reason",
         "Chưa có lý do: hãy viết bằng tiếng Việt để người dân và cán bộ hiểu.",
         "There is no reason: write it in Vietnamese, for citizens and officers to understand.");
  }
  return read;
}

void Reader::hours(const json::value& value, const std::string& path, OfficeSchedule& into) {
  const json::object* set =
      object(value, path, {"valid_from", "source", "provisional", "processing", "reception"});
  if (set == nullptr) return;
  const std::size_t before = problems_.size();
  WeeklyHours read;
  read.valid_from = date(*set, "valid_from", path);
  read.source = text(*set, "source", path);
  if (const json::value* flag = at(*set, "provisional", path, Need::optional)) {
    if (flag->is_bool()) {
      read.provisional = flag->get_bool();
    } else {
      note(below(path, "provisional"), "not_yes_or_no", "Chỉ được là true hoặc false.",
           "Only true or false.");
    }
  }
  if (const json::value* week_of = at(*set, "processing", path, Need::required)) {
    read.processing = week(*week_of, below(path, "processing"));
  }
  const json::value* counter = at(*set, "reception", path, Need::optional);
  read.reception = counter == nullptr ? read.processing : week(*counter, below(path, "reception"));
  if (problems_.size() == before &&
      std::ranges::all_of(read.processing, [](const auto& day) { return day.empty(); })) {
    note(below(path, "processing"), "no_hours",
         "Cả tuần không có giờ làm việc nào thì không tính được thời hạn: hãy khai báo ít nhất một "
         "khoảng, hoặc khai báo nghỉ ở mục đóng cửa.",
         "Without any working time in the week no limit could end: give at least one interval, or "
         "use a closure.");
  }
  into.hours.push_back(std::move(read));
}

void Reader::closure(const json::value& value, const std::string& path, OfficeSchedule& into) {
  const json::object* map = object(value, path, {"first", "last", "hours", "reason", "act"});
  if (map == nullptr) return;
  const std::size_t before = problems_.size();
  Closure read;
  read.first = date(*map, "first", path);
  const bool one_day = at(*map, "last", path, Need::optional) == nullptr;
  read.last = one_day ? read.first : date(*map, "last", path);
  if (problems_.size() == before && read.last < read.first) {
    note(below(path, "last"), "ends_before_it_begins",
         "Ngày cuối (" + to_vietnamese(read.last) + ") ở trước ngày đầu (" +
             to_vietnamese(read.first) + "): hãy đổi lại.",
         "The last day (" + to_vietnamese(read.last) + ") lies before the first (" +
             to_vietnamese(read.first) + "): swap them.");
  } else if (problems_.size() == before && (read.last - read.first).count() >= kClosureDaysMax) {
    note(below(path, "last"), "closed_too_long",
         "Một lần đóng cửa không được dài quá hai năm: hãy kiểm tra ngày cuối.",
         "One closure may not last longer than two years: check the last day.");
  }
  if (const json::value* part = at(*map, "hours", path, Need::optional)) {
    read.hours = interval(*part, below(path, "hours"));
  }
  read.reason = reason(*map, path);
  read.act = text(*map, "act", path);
  into.closures.push_back(std::move(read));
}

void Reader::extra_day(const json::value& value, const std::string& path, OfficeSchedule& into) {
  const json::object* map = object(value, path, {"on", "processing", "reception", "reason", "act"});
  if (map == nullptr) return;
  const std::size_t before = problems_.size();
  ExtraDay read;
  read.on = date(*map, "on", path);
  if (const json::value* work = at(*map, "processing", path, Need::required)) {
    read.processing = intervals(*work, below(path, "processing"));
  }
  const json::value* counter = at(*map, "reception", path, Need::optional);
  read.reception =
      counter == nullptr ? read.processing : intervals(*counter, below(path, "reception"));
  if (problems_.size() == before && read.processing.empty() && read.reception.empty()) {
    note(below(path, "processing"), "no_hours",
         "Ngày làm thêm chưa có giờ nào: hãy khai báo, ví dụ 07:30-11:30.",
         "The extra day has no hours: give them, such as 07:30-11:30.");
  }
  read.reason = reason(*map, path);
  read.act = text(*map, "act", path);
  into.extra_days.push_back(std::move(read));
}

// What only shows once all entries are read: two of the same day.
void Reader::order(OfficeSchedule& schedule) {
  std::ranges::stable_sort(schedule.hours, {}, &WeeklyHours::valid_from);
  for (std::size_t i = 1; i < schedule.hours.size(); ++i) {
    const Date from = schedule.hours[i].valid_from;
    if (from != schedule.hours[i - 1].valid_from) continue;
    note("hours", "twice",
         "Có hai bộ giờ làm việc cùng bắt đầu từ " + to_vietnamese(from) + ": hãy bỏ một bộ.",
         "Two sets of hours begin on " + to_vietnamese(from) + ": remove one.");
  }
  for (std::size_t i = 0; i < schedule.extra_days.size(); ++i) {
    const Date on = schedule.extra_days[i].on;
    const std::string path = below(below("extra_days", i), "on");
    const auto same = [&](const ExtraDay& other) { return other.on == on; };
    const auto upto = schedule.extra_days.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(schedule.extra_days.begin(), upto, same)) {
      note(path, "twice", "Ngày " + to_vietnamese(on) + " được khai báo hai lần: hãy bỏ một lần.",
           to_vietnamese(on) + " is given twice: remove one.");
    }
    const bool closed = std::ranges::any_of(schedule.closures, [&](const Closure& closure) {
      return !closure.hours && closure.first <= on && on <= closure.last;
    });
    if (closed) {
      note(path, "closed_as_well",
           "Ngày " + to_vietnamese(on) + " vừa làm thêm vừa đóng cửa: hãy bỏ một trong hai.",
           to_vietnamese(on) + " is both an extra day and closed: remove one of them.");
    }
  }
}

OfficeSchedule Reader::schedule(const json::value& root) {
  OfficeSchedule read;
  const json::object* map = object(root, "", {"hours", "closures", "extra_days"});
  if (map == nullptr) return read;
  const auto each = [&](std::string_view key, std::size_t most,
                        void (Reader::*one)(const json::value&, const std::string&,
                                            OfficeSchedule&)) {
    const json::value* found = at(*map, key, "", Need::optional);
    const json::array* items = found == nullptr ? nullptr : list(*found, std::string(key), most);
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) {
      (this->*one)((*items)[i], below(std::string(key), i), read);
    }
  };
  each("hours", kHoursMax, &Reader::hours);
  each("closures", kEntriesMax, &Reader::closure);
  each("extra_days", kEntriesMax, &Reader::extra_day);
  if (problems_.empty()) order(read);
  return read;
}

}  // namespace

json::object to_json(const OfficeSchedule& schedule) {
  json::array hours;
  for (const WeeklyHours& set : schedule.hours) {
    hours.push_back(json::object{{"valid_from", to_iso(set.valid_from)},
                                 {"source", set.source},
                                 {"provisional", set.provisional},
                                 {"processing", written(set.processing)},
                                 {"reception", written(set.reception)}});
  }
  json::array closures;
  for (const Closure& closure : schedule.closures) {
    closures.push_back(json::object{
        {"first", to_iso(closure.first)},
        {"last", to_iso(closure.last)},
        {"hours", closure.hours ? json::value(to_text(*closure.hours)) : json::value(nullptr)},
        {"reason", written(closure.reason)},
        {"act", closure.act}});
  }
  json::array extra_days;
  for (const ExtraDay& day : schedule.extra_days) {
    extra_days.push_back(json::object{{"on", to_iso(day.on)},
                                      {"processing", written(day.processing)},
                                      {"reception", written(day.reception)},
                                      {"reason", written(day.reason)},
                                      {"act", day.act}});
  }
  return {{"hours", std::move(hours)},
          {"closures", std::move(closures)},
          {"extra_days", std::move(extra_days)}};
}

base::Result<OfficeSchedule, std::vector<ScheduleProblem>> read_schedule(const json::value& value) {
  Reader reader;
  OfficeSchedule schedule = reader.schedule(value);
  auto problems = reader.take_problems();
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return schedule;
}

}  // namespace calendar
