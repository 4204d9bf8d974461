#include "party/agency_id.h"

namespace party {
namespace {

constexpr std::size_t kLengthMax = 35;
constexpr std::size_t kGroupMax = 6;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<AgencyId> AgencyId::parse(std::string_view text) {
  if (text.size() < 3 || text.size() > kLengthMax) return std::nullopt;
  std::string code;
  for (const char c : text) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (!is_digit(upper) && !(upper >= 'A' && upper <= 'Z') && upper != '.') return std::nullopt;
    code += upper;
  }
  if (code[0] < 'A' || code[0] > 'Y' || !is_digit(code[1]) || !is_digit(code[2])) {
    return std::nullopt;
  }
  if (code.size() > 3 && code[3] != '.') return std::nullopt;
  std::size_t group = 0;
  for (std::size_t i = 4; i < code.size(); ++i) {
    group = code[i] == '.' ? 0 : group + 1;
    const bool empty_group = code[i] == '.' && code[i - 1] == '.';
    if (empty_group || group > kGroupMax) return std::nullopt;
  }
  if (code.back() == '.') return std::nullopt;
  return AgencyId(std::move(code));
}

bool AgencyId::is_within(const AgencyId& other) const {
  if (!text_.starts_with(other.text_)) return false;
  return text_.size() == other.text_.size() || text_[other.text_.size()] == '.';
}

}  // namespace party
