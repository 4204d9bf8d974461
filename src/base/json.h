#pragma once
// json.h - the one JSON type of the tree (Boost.JSON) and the few readers every codec needs.
//
// Parsing is bounded: depth 32, so that hostile input cannot exhaust the stack.  The caller bounds
// the size.  Duplicate keys: the last one wins.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>
#include <boost/json/value.hpp>

#include "base/fault.h"

namespace base {

namespace json = boost::json;

// Fault `invalid` with the position where `text` stops being JSON, or is not UTF-8.
[[nodiscard]] Outcome<json::value> parse_json(std::string_view text);

// Compact, keys in insertion order.
[[nodiscard]] std::string to_text(const json::value& value);

// Readers that never throw: nullopt / fallback where the key is absent or of another type.
[[nodiscard]] const json::value* find(const json::value& object, std::string_view key);
[[nodiscard]] std::optional<std::string> find_string(const json::value& object,
                                                     std::string_view key);
[[nodiscard]] std::string string_or(const json::value& object, std::string_view key,
                                    std::string_view otherwise = "");
[[nodiscard]] std::optional<std::int64_t> find_int(const json::value& object, std::string_view key);
[[nodiscard]] std::int64_t int_or(const json::value& object, std::string_view key,
                                  std::int64_t otherwise = 0);
[[nodiscard]] bool bool_or(const json::value& object, std::string_view key, bool otherwise = false);

}  // namespace base
