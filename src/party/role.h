#pragma once
// role.h - what somebody is to an agency, and who he is.
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/language.h"

namespace party {

enum class Role {
  reception,      // receives and returns at the counter of a one-stop centre
  specialist,     // examines dossiers
  head,           // head of a unit: assigns, checks, approves drafts
  leader,         // signs for the agency (chairman, director and their deputies)
  clerk,          // văn thư: numbers, stamps and issues the result
  cashier,        // takes and refunds fees
  supervisor,     // watches deadlines and exceptions of an agency and what is below it
  administrator,  // officers, calendars, procedures; decides no dossier
};
inline constexpr int kRoleCount = 8;
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);
[[nodiscard]] const calendar::Bilingual& title(Role role);

struct OfficerId {
  std::string text;

  friend bool operator==(const OfficerId&, const OfficerId&) = default;
  friend auto operator<=>(const OfficerId&, const OfficerId&) = default;
};

}  // namespace party

template <>
struct std::hash<party::OfficerId> {
  std::size_t operator()(const party::OfficerId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
