#pragma once
// strict_json.h - a JSON object from a stranger: bounded in size, depth and members, and no member
// twice.
//
// Two readers that take different ones of two members of the same name can be told different things
// by one signed text; so such a text is no JSON here (RFC 7515 section 4 and RFC 7519 section 4
// allow that).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace oidc {

struct JsonLimits {
  std::size_t bytes = 16 * 1024;
  std::size_t depth = 8;
  std::size_t values = 1000;
};

// Fault `invalid`: too large, too deep, too much, a member twice, no object, no UTF-8, no JSON.
[[nodiscard]] base::Outcome<base::json::object> read_object(std::string_view text,
                                                            const JsonLimits& limits = {});

// A whole number, written as one or as a decimal that is one; nullopt otherwise, and where its
// size is beyond 2^53.
[[nodiscard]] std::optional<std::int64_t> whole_number(const base::json::value& value);
// The text, or the texts of a list of nothing but texts; nullopt otherwise.
[[nodiscard]] std::optional<std::vector<std::string>> one_or_more_texts(
    const base::json::value& value);

}  // namespace oidc
