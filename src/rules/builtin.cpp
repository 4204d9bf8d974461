#include "rules/builtin.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace rules {

namespace {

std::vector<Builtin> all_builtins() {
  std::vector<Builtin> all;
  for (const std::span<const Builtin> part :
       {number_builtins(), string_builtins(), list_builtins(), context_builtins(),
        temporal_builtins(), conversion_builtins(), range_builtins()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::span<const Builtin> builtins() {
  static const std::vector<Builtin> kAll = all_builtins();
  return kAll;
}

std::optional<std::uint32_t> find_builtin(std::string_view name) {
  static const std::unordered_map<std::string_view, std::uint32_t> kByName = [] {
    std::unordered_map<std::string_view, std::uint32_t> by_name;
    const std::span<const Builtin> all = builtins();
    for (std::uint32_t i = 0; i < all.size(); ++i) by_name.emplace(all[i].name, i);
    return by_name;
  }();
  const auto found = kByName.find(name);
  if (found == kByName.end()) return std::nullopt;
  return found->second;
}

}  // namespace rules
