#pragma once
// test_offices.h - small offices, written down, and random ones, for the tests of this module.
#include <random>
#include <string>
#include <vector>

#include "insight/coverage.h"
#include "insight/entitlement.h"

namespace insight::testing {

using party::AgencyId;
using party::Role;
using procedure::AgencyPart;
using procedure::StepAction;

inline AgencyId agency(const std::string& code) {
  return *AgencyId::parse(code);
}
inline Instant at(int year, unsigned month, unsigned day, int hour = 8) {
  return calendar::at_local(
      std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day),
      calendar::TimeOfDay{hour * 60});
}

inline StaffMemberPtr member(const std::string& id, const std::string& where,
                             std::vector<Role> roles) {
  return std::make_shared<const StaffMember>(StaffMember{.officer = {.id = party::OfficerId{id},
                                                                     .name = id,
                                                                     .agency = agency(where),
                                                                     .roles = std::move(roles)}});
}
template <class Change>
StaffMemberPtr changed(const StaffMemberPtr& member, Change change) {
  StaffMember copy = *member;
  change(copy);
  return std::make_shared<const StaffMember>(std::move(copy));
}

inline party::Mandate mandate(Role role, const std::string& where, Instant from, Instant until,
                              party::ProcedureScope procedures = {}) {
  return {.id = "m",
          .kind = party::MandateKind::delegation,
          .role = role,
          .agency = agency(where),
          .procedures = std::move(procedures),
          .from = from,
          .until = until};
}

inline StepDemand step(const std::string& id, StepAction action, Role role,
                       AgencyPart part = AgencyPart::competent) {
  return {.id = id, .title = {id, id}, .ask = {action, role}, .part = part};
}

// Of every place all parts lie at `agencies`' first but for the receiving one, at its second.
inline Places places(const AgencyTable& table,
                     const std::vector<std::pair<std::string, std::string>>& agencies) {
  std::vector<Place> made;
  for (const auto& [competent, receiving] : agencies) {
    Place place{.agency = table.index_of(competent)};
    place.parts.fill(place.agency);
    place.parts[static_cast<std::size_t>(AgencyPart::receiving)] = table.index_of(receiving);
    made.push_back(place);
  }
  return std::make_shared<const std::vector<Place>>(std::move(made));
}

inline std::vector<StepDemand> usual_steps() {
  return {step("receive", StepAction::receive, Role::reception, AgencyPart::receiving),
          step("examine", StepAction::process, Role::specialist),
          step("sign", StepAction::approve, Role::leader),
          step("number", StepAction::issue, Role::clerk),
          step("return", StepAction::return_result, Role::reception, AgencyPart::receiving)};
}

}  // namespace insight::testing
