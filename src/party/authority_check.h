#pragma once
// authority_check.h - may this grant, delegation, absence or revocation be recorded?  All problems
// at once, in words that say what to do.
//
// Pure: what it needs of the world comes as functions.  Who may record it is another question
// (casework/authority_gate.h); here it is about the authority itself.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/language.h"
#include "party/authority_register.h"

namespace party {

enum class AuthorityFault {
  giver_missing,      // nobody whose authority it could be: name one
  receiver_missing,   // nobody gets it: name an officer or an agency
  receiver_twice,     // an officer and an agency: choose one
  agency_missing,     // no agency where it is exercised
  role_missing,       // the absent officer holds no role that could pass
  scope_empty,        // neither all procedures, nor fields, nor codes
  unknown_procedure,  // no procedure of that code is known
  unknown_field,      // no procedure of that field is known
  level_not_below,    // phân cấp goes down: to a level below the giver
  act_missing,        // number, issuer or day of the decision is missing
  act_later,          // the decision is dated after its effect
  end_missing,        // a delegation and an absence have an end
  end_before_start,
  not_to_the_minute,      // start and end are whole minutes
  over_already,           // note: for the record only, it never counts
  starts_in_past,         // note: it counts from now
  unknown_agency,         // no such agency
  agency_not_then,        // the agency does not exist on the day it begins
  unknown_officer,        // no such officer
  officer_not_then,       // the officer is not in service on the day it begins
  officer_leaves,         // note: the officer's service ends before it does
  to_self,                // to himself
  role_not_delegable,     // administration is granted, never delegated
  not_held,               // the giver does not have this authority
  not_delegable_further,  // he has it by delegation, which does not allow to pass it on
  wider_than_held,        // more procedures than he has himself
  longer_than_held,       // beyond the time for which he has it himself
  overlap,                // the same authority is given twice for the same time
  cycle,                  // it would come back to whom it started from
  deputy_absent,          // the deputy is away himself
  receiver_absent,        // note: who gets it is away for some of the time
  stands_in,              // note: he himself stands in for somebody in that time
  stays_behind,           // note: what the absent officer holds elsewhere does not pass
  no_deputy,              // note: nobody stands in
  already_holds,          // note: he has it by his post
  already_revoked,
  already_over,  // its end has come: there is nothing to revoke
  ends_others,   // note: what rests on it ends with it
};
[[nodiscard]] std::string_view name(AuthorityFault fault);
// Is told, and does not stop it.
[[nodiscard]] bool is_note(AuthorityFault fault);

struct AuthorityProblem {
  AuthorityFault fault{};
  std::string field{};  // "to_officer": the member of the record that is concerned
  calendar::Bilingual message{};
  std::vector<std::string> entries{};  // other records that it is about
};
using AuthorityProblems = std::vector<AuthorityProblem>;
[[nodiscard]] bool has_errors(const AuthorityProblems& problems);

struct AuthorityWorld {
  std::function<const Officer*(const OfficerId&)> officer{};  // as he is today; nullptr: nobody
  std::function<const Agency*(const AgencyId&)> agency{};
  // The field of a procedure; nothing: no such procedure is known.
  std::function<std::optional<std::string>(std::string_view code)> field_of{};
  // How the field is written of which somebody says this; nothing: no procedure is of it.
  std::function<std::optional<std::string>(std::string_view said)> known_field{};
  calendar::Instant now{};
};

// What an officer or agency could pass on.
struct Holding {
  std::string id{};  // of the entry it comes from; empty: the post, or the agency's own
  Role role = Role::specialist;
  AgencyId agency;
  ProcedureScope procedures{};
  Period period{};
  bool may_pass_on = true;
};
[[nodiscard]] std::vector<Holding> holdings_of(const Officer& officer,
                                               const AuthorityRegister& in_register);
[[nodiscard]] std::vector<Holding> holdings_of(const AgencyId& agency,
                                               const AuthorityRegister& in_register);

struct CheckedEntry {
  AuthorityEntry entry{};  // with names, roles and what it rests on filled in
  AuthorityProblems problems{};
};
// `draft` needs no id, names, roles or rests_on; recorded_at is taken as world.now.
[[nodiscard]] CheckedEntry check(AuthorityEntry draft, const AuthorityRegister& in_register,
                                 const AuthorityWorld& world);
// Of an entry of the register.  A moment that has passed means: now.
[[nodiscard]] AuthorityProblems check_revocation(const AuthorityEntry& entry,
                                                 const Revocation& revocation,
                                                 const AuthorityRegister& in_register);

}  // namespace party
