#pragma once
// base64url.h - base64url without padding (RFC 7515 section 2), and plain base64, read strictly.
//
// One text for one value: padding, blanks, line ends, the other alphabet's letters and bits that
// are left over are refused, so that a signed text cannot be spelt in two ways.
#include <optional>
#include <string>
#include <string_view>

namespace oidc {

[[nodiscard]] std::string to_base64url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// With padding, as RFC 4648 section 4 has it; line ends and blanks at its end are left out, for
// some encoders write them.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace oidc
