#pragma once
// page_cursor.h - "a|b|c": where a page ended, as text that callers hand back; hostile like any.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// At most four; at least one, which may be empty.
[[nodiscard]] std::vector<std::string> parts_of(const std::string& cursor);
[[nodiscard]] std::int64_t to_number(std::string_view text, std::int64_t otherwise);

}  // namespace storage
