#pragma once
// staff_roster.h - who holds which post on which day, checked against the history of the agencies.
//
// A post ends with its agency at the latest: the chairman of a commune that was merged is chairman
// of nothing.  (That he goes on working is another matter: casework/officers.h.)  Immutable.
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "party/organisation_history.h"
#include "party/organisation_staff.h"

namespace party {

// Somebody in a post; the pointers live as long as the roster.
struct Post {
  const Appointment* appointment = nullptr;
  const StaffMember* person = nullptr;
  const Position* position = nullptr;
  std::optional<calendar::Date> until{};  // last day, with that of the agency
};

class StaffRoster {
 public:
  StaffRoster() = default;
  // Everything that is wrong is told at once.
  [[nodiscard]] static base::Result<StaffRoster, OrganisationProblems> build(
      const OrganisationHistory& history, OrganisationStaff staff);

  [[nodiscard]] const OrganisationStaff& all() const { return staff_; }
  [[nodiscard]] const Position* find_position(std::string_view code) const;
  [[nodiscard]] const StaffMember* find_person(std::string_view identity) const;
  [[nodiscard]] const StaffMember* person_of(std::string_view username) const;

  // The highest first.
  [[nodiscard]] std::vector<Post> holders(std::string_view agency, calendar::Date on) const;
  // Who heads it that day.
  [[nodiscard]] std::optional<Post> head(std::string_view agency, calendar::Date on) const;
  // All that there ever were at that agency, or of that person; oldest first.
  [[nodiscard]] std::vector<Post> posts_at(std::string_view agency) const;
  [[nodiscard]] std::vector<Post> posts_of(std::string_view identity) const;
  // By number.
  [[nodiscard]] std::vector<const ServiceCounter*> counters(std::string_view centre,
                                                            calendar::Date on) const;

 private:
  friend class RosterBuilder;
  [[nodiscard]] Post post(std::size_t i) const;

  OrganisationStaff staff_;
  std::vector<std::optional<calendar::Date>> until_;  // by appointment
  std::unordered_map<std::string, std::size_t> positions_;
  std::unordered_map<std::string, std::size_t> people_;
  std::unordered_map<std::string, std::size_t> accounts_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_agency_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_person_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_centre_;
};

}  // namespace party
