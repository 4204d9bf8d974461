#include "party/role.h"

#include <array>

namespace party {
namespace {

struct RoleText {
  Role role;
  std::string_view name;
  calendar::Bilingual title;
};

const std::array<RoleText, kRoleCount>& roles() {
  static const std::array<RoleText, kRoleCount> kRoles{{
      {Role::reception, "reception", {"Tiếp nhận và trả kết quả", "Reception"}},
      {Role::specialist, "specialist", {"Chuyên viên", "Specialist"}},
      {Role::head, "head", {"Trưởng đơn vị", "Head of unit"}},
      {Role::leader, "leader", {"Lãnh đạo ký duyệt", "Signing leader"}},
      {Role::clerk, "clerk", {"Văn thư", "Clerk"}},
      {Role::cashier, "cashier", {"Thu phí, lệ phí", "Cashier"}},
      {Role::supervisor, "supervisor", {"Giám sát", "Supervisor"}},
      {Role::administrator, "administrator", {"Quản trị", "Administrator"}},
  }};
  return kRoles;
}

}  // namespace

std::string_view name(Role role) {
  return roles()[static_cast<std::size_t>(role)].name;
}

const calendar::Bilingual& title(Role role) {
  return roles()[static_cast<std::size_t>(role)].title;
}

std::optional<Role> parse_role(std::string_view text) {
  for (const RoleText& role : roles()) {
    if (role.name == text) return role.role;
  }
  return std::nullopt;
}

}  // namespace party
