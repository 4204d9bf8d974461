#include "casework/office_calendars.h"

#include <algorithm>
#include <charconv>
#include <mutex>

#include <boost/json.hpp>

#include "base/ensure.h"
#include "base/json.h"
#include "calendar/calendar_yaml.h"
#include "calendar/schedule_json.h"

namespace casework {

namespace {

constexpr std::size_t kBuiltMax = 64;      // about 150 KiB each
constexpr const char* kNational = "";      // the office of the national days' versions
constexpr const char* kEveryOffice = "*";  // and of the hours of offices without their own

// The code itself and those above it, from the top down: "H41", "H41.99", "H41.99.01".
std::vector<std::string> line_of(const std::string& office) {
  std::vector<std::string> line;
  for (std::size_t dot = office.find('.'); dot != std::string::npos;
       dot = office.find('.', dot + 1)) {
    line.push_back(office.substr(0, dot));
  }
  line.push_back(office);
  return line;
}

base::Outcome<calendar::OfficeSchedule> schedule_from(const std::string& json) {
  const base::json::value value = TRY(base::parse_json(json));
  auto read = calendar::read_schedule(value);
  if (!read) {
    return base::fault(base::FaultCode::corrupt,
                       "a stored calendar cannot be read at " + read.error().front().path);
  }
  return std::move(read).value();
}

// Saves a shipped text as a new version unless the last one says the same.  True: it replaces one.
base::Outcome<bool> keep_text(Store& store, const std::vector<CalendarVersionRow>& rows,
                              const char* office, const char* kind, const std::string& text,
                              Instant now) {
  const CalendarVersionRow* last = nullptr;
  for (const CalendarVersionRow& row : rows) {
    if (row.office == office) last = &row;
  }
  if (last != nullptr && last->content == text) return false;
  CalendarVersionRow row;
  row.office = office;
  row.at = now;
  row.kind = kind;
  row.content = text;
  row.reason = "Theo bản phát hành của phần mềm";
  TRY(store.save_calendar(row, last == nullptr ? 0 : last->version, std::nullopt));
  return last != nullptr;
}

}  // namespace

OfficeCalendars::OfficeCalendars(calendar::OfficeCalendar everywhere)
    : everywhere_(std::move(everywhere)) {}

base::Outcome<base::Done> OfficeCalendars::read(const CalendarVersionRow& row) {
  if (row.office == kNational) {
    national_.push_back({row.at, std::make_shared<const calendar::NationalDays>(
                                     TRY(calendar::parse_national_days(row.content)))});
  } else if (row.office == kEveryOffice) {
    hours_.push_back({row.at, TRY(calendar::parse_office_schedule(row.content))});
  } else {
    const auto schedule = schedule_from(row.content);
    const bool readable = schedule.has_value();
    offices_[row.office].push_back({.version = row.version,
                                    .at = row.at,
                                    .actor = row.actor,
                                    .reason = row.reason,
                                    .act = row.act,
                                    .schedule = readable ? *schedule : calendar::OfficeSchedule{},
                                    .readable = readable});
  }
  return base::Done{};
}

base::Outcome<std::unique_ptr<OfficeCalendars>> OfficeCalendars::open(Store& store,
                                                                      const CalendarTexts& shipped,
                                                                      Instant now) {
  // A text that cannot be read must not get into the store.
  [[maybe_unused]] const auto days = TRY(calendar::parse_national_days(shipped.national));
  [[maybe_unused]] const auto hours = TRY(calendar::parse_office_schedule(shipped.hours));
  const auto before = TRY(store.calendars());
  const bool days_changed =
      TRY(keep_text(store, before, kNational, "national", shipped.national, now));
  const bool hours_changed =
      TRY(keep_text(store, before, kEveryOffice, "hours", shipped.hours, now));
  std::unique_ptr<OfficeCalendars> calendars(new OfficeCalendars());
  calendars->shipped_changed_ = days_changed || hours_changed;
  const auto rows = TRY(store.calendars());
  for (const CalendarVersionRow& row : rows) TRY(calendars->read(row));
  return calendars;
}

OfficeCalendars::Parts OfficeCalendars::parts_of(const std::string& office,
                                                 Instant recorded) const {
  Parts parts;
  for (std::size_t i = 0; i < national_.size(); ++i) {
    if (national_[i].from <= recorded) parts.national = i;
  }
  for (std::size_t i = 0; i < hours_.size(); ++i) {
    if (hours_[i].from <= recorded) parts.hours = i;
  }
  for (const std::string& code : line_of(office)) {
    const auto versions = offices_.find(code);
    if (versions == offices_.end()) continue;
    const CalendarVersion* last = nullptr;
    for (const CalendarVersion& one : versions->second) {
      if (one.at <= recorded) last = &one;
    }
    if (last != nullptr) parts.own.emplace_back(code, last);
  }
  return parts;
}

std::string OfficeCalendars::name_of(const Parts& parts) {
  std::string name = std::to_string(parts.national + 1) + "/" + std::to_string(parts.hours + 1);
  for (const auto& [code, version] : parts.own) {
    name += "/" + code + "@" + std::to_string(version->version);
  }
  return name;
}

calendar::OfficeCalendar OfficeCalendars::built(const Parts& parts) const {
  const std::string name = name_of(parts);
  auto found = built_.find(name);
  if (found == built_.end()) {
    if (built_.size() >= kBuiltMax) built_.clear();
    calendar::OfficeSchedule schedule = hours_[parts.hours].schedule;
    for (const auto& [code, version] : parts.own) {
      schedule = calendar::inherit(schedule, version->schedule);
    }
    auto calendar =
        calendar::OfficeCalendar::build(national_[parts.national].days, std::move(schedule));
    // remember() and open() have built it before.
    ENSURE(calendar.has_value(), "a calendar that was accepted cannot be built");
    found = built_.emplace(name, std::move(calendar).value()).first;
  }
  return found->second;
}

ResolvedCalendar OfficeCalendars::resolve(const std::string& office) const {
  if (everywhere_.has_value()) return {*everywhere_, {}};
  {
    const std::shared_lock lock(mutex_);
    const auto found = current_.find(office);
    if (found != current_.end()) return found->second;
  }
  const std::unique_lock lock(mutex_);
  const Parts parts = parts_of(office, Instant::max());
  ResolvedCalendar resolved{built(parts), name_of(parts)};
  current_.insert_or_assign(office, resolved);
  return resolved;
}

calendar::OfficeCalendar OfficeCalendars::of(const std::string& office) const {
  return resolve(office).calendar;
}

calendar::OfficeCalendar OfficeCalendars::of(const std::string& office, Instant recorded) const {
  if (everywhere_.has_value()) return *everywhere_;
  const std::unique_lock lock(mutex_);
  return built(parts_of(office, recorded));
}

std::optional<calendar::OfficeCalendar> OfficeCalendars::by_versions(
    const std::string& versions) const {
  if (everywhere_.has_value()) return everywhere_;
  const std::unique_lock lock(mutex_);
  Parts parts;
  std::size_t field = 0;
  std::string_view rest = versions;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    const std::size_t at = part.find('@');
    std::int64_t number = 0;
    const std::string_view digits = field < 2 ? part : part.substr(std::min(at, part.size()));
    const char* begin = digits.data() + (field < 2 || digits.empty() ? 0 : 1);
    const auto [end, error] = std::from_chars(begin, digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (field == 0) {
      if (number < 1 || static_cast<std::size_t>(number) > national_.size()) return std::nullopt;
      parts.national = static_cast<std::size_t>(number - 1);
    } else if (field == 1) {
      if (number < 1 || static_cast<std::size_t>(number) > hours_.size()) return std::nullopt;
      parts.hours = static_cast<std::size_t>(number - 1);
    } else {
      const auto office = offices_.find(std::string{part.substr(0, at)});
      if (office == offices_.end()) return std::nullopt;
      const auto version = std::ranges::find(office->second, number, &CalendarVersion::version);
      if (version == office->second.end()) return std::nullopt;
      parts.own.emplace_back(office->first, &*version);
    }
    ++field;
  }
  if (field < 2) return std::nullopt;
  return built(parts);
}

base::Outcome<calendar::OfficeCalendar> OfficeCalendars::with(
    const std::string& office, const calendar::OfficeSchedule& schedule,
    const std::string& whose) const {
  if (everywhere_.has_value()) {
    const auto days = std::make_shared<const calendar::NationalDays>(everywhere_->national_days());
    return calendar::OfficeCalendar::build(days,
                                           calendar::inherit(everywhere_->schedule(), schedule));
  }
  const std::shared_lock lock(mutex_);
  calendar::OfficeSchedule whole = hours_.back().schedule;
  for (const std::string& code : line_of(whose)) {
    const auto found = offices_.find(code);
    if (code == office) {
      whole = calendar::inherit(whole, schedule);
    } else if (found != offices_.end() && !found->second.empty()) {
      whole = calendar::inherit(whole, found->second.back().schedule);
    }
  }
  return calendar::OfficeCalendar::build(national_.back().days, std::move(whole));
}

std::vector<std::string> OfficeCalendars::offices() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> all;
  for (const auto& [office, versions] : offices_) all.push_back(office);
  return all;
}

std::vector<CalendarVersion> OfficeCalendars::versions(const std::string& office) const {
  const std::shared_lock lock(mutex_);
  const auto found = offices_.find(office);
  return found == offices_.end() ? std::vector<CalendarVersion>{} : found->second;
}

base::Outcome<base::Done> OfficeCalendars::remember(const std::string& office,
                                                    CalendarVersion version) {
  [[maybe_unused]] const auto builds = TRY(with(office, version.schedule, office));
  const std::unique_lock lock(mutex_);
  auto& versions = offices_[office];
  // Two savers may remember in the other order than they saved.
  for (const CalendarVersion& one : versions) {
    if (one.version == version.version) return base::Done{};
  }
  versions.push_back(std::move(version));
  std::ranges::sort(versions, {}, &CalendarVersion::version);
  current_.clear();
  return base::Done{};
}

}  // namespace casework
