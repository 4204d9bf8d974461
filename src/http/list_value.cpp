#include "http/list_value.h"

#include <algorithm>
#include <cstddef>

#include "http/message_headers.h"

namespace http {
namespace {

constexpr std::size_t kItemsMax = 32;

// "0.8" -> 800; three decimals at most.
int parse_weight(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 1000;
  int weight = (text[0] - '0') * 1000;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9' || unit == 0) break;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(weight, 1000);
}

}  // namespace

std::string_view trim_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<WeightedItem> parse_weighted_list(std::string_view text) {
  std::vector<WeightedItem> items;
  while (!text.empty() && items.size() < kItemsMax) {
    const auto comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);

    WeightedItem item;
    const auto semicolon = part.find(';');
    item.name = trim_spaces(part.substr(0, semicolon));
    if (item.name.empty()) continue;
    if (semicolon != std::string_view::npos) {
      const std::string_view parameter = trim_spaces(part.substr(semicolon + 1));
      if (parameter.size() > 2 && equal_ignoring_case(parameter.substr(0, 2), "q=")) {
        item.weight = parse_weight(parameter.substr(2));
      }
    }
    items.push_back(item);
  }
  return items;
}

}  // namespace http
