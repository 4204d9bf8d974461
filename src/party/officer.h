#pragma once
// officer.h - a person who works on dossiers, and in which roles.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"

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

struct Officer {
  OfficerId id;
  std::string name{};
  AgencyId agency;
  calendar::Bilingual position{};  // "Chủ tịch Ủy ban nhân dân xã"
  std::vector<Role> roles{};
  std::optional<calendar::Date> active_from{};
  std::optional<calendar::Date> active_to{};  // last day
  std::string email{};
  std::string phone{};

  [[nodiscard]] bool has_role(Role role) const;
  [[nodiscard]] bool is_active_on(calendar::Date on) const;
};

}  // namespace party

template <>
struct std::hash<party::OfficerId> {
  std::size_t operator()(const party::OfficerId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
