#include "casework/office_calendars.h"

#include <algorithm>
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

// The last one that was there at that moment; the first for all time before it.
template <class Version, class Moment>
const Version* last_at(const std::vector<Version>& versions, Instant at, Moment moment) {
  const Version* found = nullptr;
  for (const Version& one : versions) {
    if (moment(one) <= at) found = &one;
  }
  return found;
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
    offices_[row.office].push_back({.version = row.version,
                                    .at = row.at,
                                    .actor = row.actor,
                                    .reason = row.reason,
                                    .act = row.act,
                                    .schedule = TRY(schedule_from(row.content))});
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

calendar::OfficeCalendar OfficeCalendars::resolved(const std::string& office,
                                                   Instant recorded) const {
  const National* national = last_at(national_, recorded, [](const auto& v) { return v.from; });
  const Hours* hours = last_at(hours_, recorded, [](const auto& v) { return v.from; });
  if (national == nullptr) national = &national_.front();
  if (hours == nullptr) hours = &hours_.front();
  std::string key =
      std::to_string(national - national_.data()) + "/" + std::to_string(hours - hours_.data());
  std::vector<const CalendarVersion*> own;
  for (const std::string& code : line_of(office)) {
    const auto versions = offices_.find(code);
    if (versions == offices_.end()) continue;
    const auto* version = last_at(versions->second, recorded, [](const auto& v) { return v.at; });
    if (version == nullptr) continue;
    own.push_back(version);
    key += "/" + code + "@" + std::to_string(version->version);
  }
  auto found = built_.find(key);
  if (found == built_.end()) {
    if (built_.size() >= kBuiltMax) built_.clear();
    calendar::OfficeSchedule schedule = hours->schedule;
    for (const CalendarVersion* version : own) {
      schedule = calendar::inherit(schedule, version->schedule);
    }
    auto built = calendar::OfficeCalendar::build(national->days, std::move(schedule));
    // remember() and open() have built it before.
    ENSURE(built.has_value(), "a calendar that was accepted cannot be built");
    found = built_.emplace(key, std::move(built).value()).first;
  }
  return found->second;
}

calendar::OfficeCalendar OfficeCalendars::of(const std::string& office) const {
  if (everywhere_.has_value()) return *everywhere_;
  {
    const std::shared_lock lock(mutex_);
    const auto found = current_.find(office);
    if (found != current_.end()) return found->second;
  }
  const std::unique_lock lock(mutex_);
  calendar::OfficeCalendar calendar = resolved(office, Instant::max());
  current_.insert_or_assign(office, calendar);
  return calendar;
}

calendar::OfficeCalendar OfficeCalendars::of(const std::string& office, Instant recorded) const {
  if (everywhere_.has_value()) return *everywhere_;
  const std::unique_lock lock(mutex_);
  return resolved(office, recorded);
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
