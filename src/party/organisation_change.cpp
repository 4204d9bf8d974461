#include "party/organisation_change.h"

#include <array>

namespace party {
namespace {

struct Kind {
  ChangeKind kind;
  std::string_view name;
  calendar::Bilingual title;
};
const std::array<Kind, 7>& kinds() {
  static const std::array<Kind, 7> kKinds{{
      {ChangeKind::establish, "establish", {"Thành lập", "Established"}},
      {ChangeKind::rename, "rename", {"Đổi tên", "Renamed"}},
      {ChangeKind::move, "move", {"Chuyển cơ quan cấp trên", "Moved"}},
      {ChangeKind::amend, "amend", {"Sửa địa chỉ, mã đơn vị", "Amended"}},
      {ChangeKind::merge, "merge", {"Hợp nhất, sáp nhập", "Merged"}},
      {ChangeKind::split, "split", {"Chia, tách", "Split"}},
      {ChangeKind::dissolve, "dissolve", {"Giải thể", "Dissolved"}},
  }};
  return kKinds;
}

}  // namespace

std::string_view name(ChangeKind kind) {
  return kinds()[static_cast<std::size_t>(kind)].name;
}

std::optional<ChangeKind> parse_change_kind(std::string_view text) {
  for (const Kind& one : kinds()) {
    if (one.name == text) return one.kind;
  }
  return std::nullopt;
}

const calendar::Bilingual& title(ChangeKind kind) {
  return kinds()[static_cast<std::size_t>(kind)].title;
}

}  // namespace party
