#include "party/mandate.h"

#include <array>

namespace party {

namespace {

constexpr std::array<std::string_view, 4> kNames{"grant", "delegation", "deputy", "duty"};

}  // namespace

std::string_view name(MandateKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<MandateKind> parse_mandate_kind(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<MandateKind>(i);
  }
  return std::nullopt;
}

}  // namespace party
