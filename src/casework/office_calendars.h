#pragma once
// office_calendars.h - which calendar counts for an office, today and at any earlier moment.
//
// An office's own schedule is stored version by version and never rewritten.  An office without its
// own follows those above it by code, and these the shipped hours.  The national days are versions
// as well, kept whenever the program ships others, so that a date that was worked out by an older
// list is explained by that list for ever.
//
// Thread-safe.  Calendars are cheap values that share their tables.
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/fault.h"
#include "calendar/office_calendar.h"
#include "casework/store.h"

namespace casework {

struct CalendarTexts {
  std::string national;  // YAML of the national days
  std::string hours;     // YAML of the hours of offices without their own
};

// One saved change of an office's own schedule.
struct CalendarVersion {
  std::int64_t version = 0;
  Instant at{};
  dossier::Actor actor;
  std::string reason;
  std::string act;
  calendar::OfficeSchedule schedule;
  // False: a version of another program that this one cannot read.  It stays in the store, counts
  // for nothing here, and the history says so.
  bool readable = true;
};

// A calendar and the versions that it is made of: "1/2/H41@3/H41.101@1".
struct ResolvedCalendar {
  calendar::OfficeCalendar calendar;
  std::string versions;
};

class OfficeCalendars {
 public:
  // Reads what is stored, and stores the shipped texts as new versions where they have changed.
  // Fault `invalid` names the text or version that cannot be read.
  [[nodiscard]] static base::Outcome<std::unique_ptr<OfficeCalendars>> open(
      Store& store, const CalendarTexts& shipped, Instant now);
  // One calendar for everybody, for tests and tools without a store.
  explicit OfficeCalendars(calendar::OfficeCalendar everywhere);

  // By the versions of now.
  [[nodiscard]] calendar::OfficeCalendar of(const std::string& office) const;
  // By the versions that were recorded at that moment.
  [[nodiscard]] calendar::OfficeCalendar of(const std::string& office, Instant recorded) const;
  // By the versions of now, and which they are: what a due date is worked out by, and explained by
  // for ever.
  [[nodiscard]] ResolvedCalendar resolve(const std::string& office) const;
  // The calendar of exactly those versions; nothing where one is not known.
  [[nodiscard]] std::optional<calendar::OfficeCalendar> by_versions(
      const std::string& versions) const;
  // As it would be if `office` had `schedule`; nothing is kept.  `whose` is that office or one
  // below it.
  [[nodiscard]] base::Outcome<calendar::OfficeCalendar> with(
      const std::string& office, const calendar::OfficeSchedule& schedule,
      const std::string& whose) const;

  // The program shipped other days or hours than the last time: moments that were worked out by the
  // old ones are to be looked at again.
  [[nodiscard]] bool shipped_changed() const { return shipped_changed_; }

  // Offices with a schedule of their own, by code.
  [[nodiscard]] std::vector<std::string> offices() const;
  // Oldest first; empty without its own.
  [[nodiscard]] std::vector<CalendarVersion> versions(const std::string& office) const;
  // After it was saved.  Fault `invalid`: no calendar can be built from it.
  [[nodiscard]] base::Outcome<base::Done> remember(const std::string& office,
                                                   CalendarVersion version);

 private:
  struct National {
    Instant from{};
    std::shared_ptr<const calendar::NationalDays> days;
  };
  struct Hours {
    Instant from{};
    calendar::OfficeSchedule schedule;
  };
  OfficeCalendars() = default;
  // Indices of the texts and pointers into offices_, under the lock.
  struct Parts {
    std::size_t national = 0;
    std::size_t hours = 0;
    std::vector<std::pair<std::string, const CalendarVersion*>> own;
  };
  [[nodiscard]] Parts parts_of(const std::string& office, Instant recorded) const;
  [[nodiscard]] static std::string name_of(const Parts& parts);
  [[nodiscard]] calendar::OfficeCalendar built(const Parts& parts) const;
  base::Outcome<base::Done> read(const CalendarVersionRow& row);

  mutable std::shared_mutex mutex_;
  std::vector<National> national_;
  std::vector<Hours> hours_;
  std::map<std::string, std::vector<CalendarVersion>> offices_;
  // By the versions they are made of; emptied when it grows too large.
  mutable std::map<std::string, calendar::OfficeCalendar> built_;
  // Those of now, by office; emptied by every change.
  mutable std::unordered_map<std::string, ResolvedCalendar> current_;
  std::optional<calendar::OfficeCalendar> everywhere_;
  bool shipped_changed_ = false;
};

}  // namespace casework
