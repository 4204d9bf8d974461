#pragma once
// email.h - a plain sanity check of e-mail addresses; whether one works only a message can tell.
#include <optional>
#include <string>
#include <string_view>

namespace party {

// The address trimmed, its domain in lower case, or nullopt: exactly one @, a local part of at most
// 64 printable ASCII characters without blanks, quotes or brackets, a domain of at least two
// labels.
[[nodiscard]] std::optional<std::string> parse_email(std::string_view text);

}  // namespace party
