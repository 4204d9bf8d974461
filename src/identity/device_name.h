#pragma once
// device_name.h - what a browser says it is, short enough for its owner to know it again.
#include <string>
#include <string_view>

namespace identity {

// "Chrome · Windows" of a User-Agent header; "" where it says nothing we know.
[[nodiscard]] std::string device_name(std::string_view user_agent);

}  // namespace identity
