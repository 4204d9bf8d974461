#include "storage/page_cursor.h"

#include <charconv>

namespace storage {

std::vector<std::string> parts_of(const std::string& cursor) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= cursor.size() && parts.size() < 4) {
    const std::size_t bar = cursor.find('|', from);
    parts.push_back(cursor.substr(from, bar == std::string::npos ? bar : bar - from));
    if (bar == std::string::npos) break;
    from = bar + 1;
  }
  return parts;
}

std::int64_t to_number(std::string_view text, std::int64_t otherwise) {
  std::int64_t number = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : otherwise;
}

}  // namespace storage
