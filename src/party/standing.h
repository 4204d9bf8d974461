#pragma once
// standing.h - on what an officer's authority stands: his post, a second one, and what he was
// given; and whether what he gave to others still stands on it.
#include <string_view>
#include <vector>

#include "party/authority_register.h"
#include "party/officer.h"

namespace party {

// A post beside the main one, as a mandate: it comes from an appointment, not from the register of
// grants and delegations, and whoever has it has it as his own.
inline constexpr std::string_view kSecondPost = "post/";  // how the ids of such mandates begin
[[nodiscard]] bool is_second_post(const Mandate& mandate);
// By his main post, or by a second one that he has at that moment.
[[nodiscard]] bool holds_by_post(const Officer& officer, Role role, const AgencyId& agency,
                                 calendar::Instant at);

// Of the roles that the delegation or absence is about, those that its giver still has to give.
// Whether he is in service is not asked.
[[nodiscard]] std::vector<Role> roles_left(const AuthorityEntry& given, const Officer& giver,
                                           const AuthorityRegister& entries, calendar::Instant at);

}  // namespace party
