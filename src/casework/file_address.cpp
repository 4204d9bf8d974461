#include "casework/file_address.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/file_store.h"

namespace casework {

namespace {

constexpr std::string_view kMark = ";sha256=";

void add(std::string_view address, std::vector<std::string>& addresses) {
  if (!is_file_address(address)) return;
  if (std::ranges::find(addresses, address) == addresses.end()) addresses.emplace_back(address);
}

}  // namespace

void add_addresses_in(const base::json::value& payload, std::vector<std::string>& addresses) {
  if (payload.is_array()) {
    for (const base::json::value& one : payload.get_array()) add_addresses_in(one, addresses);
  }
  if (!payload.is_object()) return;
  for (const auto& member : payload.get_object()) {
    const base::json::value& value = member.value();
    if (!value.is_string()) {
      add_addresses_in(value, addresses);
      continue;
    }
    const std::string_view text{value.get_string().data(), value.get_string().size()};
    if (member.key() == "sha256") add(text, addresses);
    if (member.key() == "converted_from") add(original_in(text), addresses);
  }
}

std::string converted_from_original(std::string_view media_type, const std::string& address) {
  return std::string{media_type} + std::string{kMark} + address;
}

std::string original_in(std::string_view converted_from) {
  const std::size_t at = converted_from.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view address = converted_from.substr(at + kMark.size());
  return is_file_address(address) ? std::string{address} : std::string{};
}

}  // namespace casework
