#pragma once
// target.h - the request target (path and query) taken apart, decoded and checked.
//
// A path that tries to leave its folder ("..", an encoded slash, a NUL) or that is not UTF-8 has no
// parse, so nothing behind this header ever sees one.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

struct Target {
  std::string path;                   // decoded, begins with '/'
  std::vector<std::string> segments;  // of the path, decoded; "/a/" has "a" and ""
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order; '+' is a space
};

// nullopt: malformed, or a path traversal.  Accepts "/path?query" and "http://host/path?query".
[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

// nullopt: a '%' without two hexadecimal digits.
enum class Plus { literal, is_space };
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text,
                                                        Plus plus = Plus::literal);

}  // namespace http
