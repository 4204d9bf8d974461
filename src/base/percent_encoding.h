#pragma once
// percent_encoding.h - text as it stands in an address.
#include <string>
#include <string_view>

namespace base {

// Every byte that is not unreserved as %XX.
// Source: RFC 3986, 2.1 and 2.3
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace base
