// authority_fault.cpp - the names of what can be wrong with a record, and what is only told.
#include <algorithm>
#include <array>

#include "party/authority_check.h"

namespace party {

namespace {

using Fault = AuthorityFault;

constexpr std::array<std::string_view, 38> kFaultNames{"giver_missing",
                                                       "receiver_missing",
                                                       "receiver_twice",
                                                       "agency_missing",
                                                       "role_missing",
                                                       "scope_empty",
                                                       "unknown_procedure",
                                                       "unknown_field",
                                                       "level_not_below",
                                                       "act_missing",
                                                       "act_later",
                                                       "end_missing",
                                                       "end_before_start",
                                                       "not_to_the_minute",
                                                       "over_already",
                                                       "starts_in_past",
                                                       "unknown_agency",
                                                       "agency_not_then",
                                                       "unknown_officer",
                                                       "officer_not_then",
                                                       "officer_leaves",
                                                       "to_self",
                                                       "role_not_delegable",
                                                       "not_held",
                                                       "not_delegable_further",
                                                       "wider_than_held",
                                                       "longer_than_held",
                                                       "overlap",
                                                       "cycle",
                                                       "deputy_absent",
                                                       "receiver_absent",
                                                       "stands_in",
                                                       "stays_behind",
                                                       "no_deputy",
                                                       "already_holds",
                                                       "already_revoked",
                                                       "already_over",
                                                       "ends_others"};
static_assert(kFaultNames.size() == static_cast<std::size_t>(Fault::ends_others) + 1);

}  // namespace

std::string_view name(AuthorityFault fault) {
  return kFaultNames.at(static_cast<std::size_t>(fault));
}

bool is_note(AuthorityFault fault) {
  switch (fault) {
    case Fault::over_already:
    case Fault::starts_in_past:
    case Fault::officer_leaves:
    case Fault::receiver_absent:
    case Fault::stands_in:
    case Fault::stays_behind:
    case Fault::no_deputy:
    case Fault::already_holds:
    case Fault::ends_others:
      return true;
    default:
      return false;
  }
}

bool has_errors(const AuthorityProblems& problems) {
  return std::ranges::any_of(problems,
                             [](const AuthorityProblem& one) { return !is_note(one.fault); });
}

}  // namespace party
