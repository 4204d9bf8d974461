#include "http/target.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "http/message_headers.h"

namespace http {
namespace {

constexpr std::size_t kQueryParametersMax = 128;
constexpr std::size_t kSegmentsMax = 32;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

// A segment that could mean another place in a folder, or fool a log.
bool is_unsafe_segment(std::string_view segment) {
  return segment == "." || segment == ".." ||
         std::ranges::any_of(segment,
                             [](char c) { return c == '/' || c == '\\' || is_control(c); }) ||
         !base::is_utf8(segment);
}

bool parse_query(std::string_view text, Target& target) {
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (pair.empty()) continue;
    if (target.query.size() == kQueryParametersMax) return false;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), Plus::is_space);
    auto value = equals == std::string_view::npos
                     ? std::optional<std::string>{std::string{}}
                     : percent_decode(pair.substr(equals + 1), Plus::is_space);
    if (!name || !value || !base::is_utf8(*name) || !base::is_utf8(*value)) return false;
    if (value->find('\0') != std::string::npos || name->find('\0') != std::string::npos) {
      return false;
    }
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else if (text[i] == '+' && plus == Plus::is_space) {
      out.push_back(' ');
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::optional<Target> parse_target(std::string_view text) {
  // The absolute form is meant for proxies, but every server must accept it.
  // Source: RFC 9112, section 3.2.2.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.size() > scheme.size() && equal_ignoring_case(text.substr(0, scheme.size()), scheme)) {
      const auto slash = text.find_first_of("/?", scheme.size());
      if (slash == std::string_view::npos || text[slash] == '?') return std::nullopt;
      text = text.substr(slash);
      break;
    }
  }
  if (text.empty() || text.front() != '/') return std::nullopt;
  if (std::ranges::any_of(text, is_control)) return std::nullopt;
  if (text.find('#') != std::string_view::npos) return std::nullopt;

  Target target;
  const auto question = text.find('?');
  std::string_view path =
      text.substr(1, question == std::string_view::npos ? question : question - 1);
  for (;;) {
    const auto slash = path.find('/');
    auto segment = percent_decode(path.substr(0, slash));
    if (!segment || is_unsafe_segment(*segment)) return std::nullopt;
    if (target.segments.size() == kSegmentsMax) return std::nullopt;
    target.path += '/';
    target.path += *segment;
    target.segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) break;
    path = path.substr(slash + 1);
  }
  if (question != std::string_view::npos && !parse_query(text.substr(question + 1), target)) {
    return std::nullopt;
  }
  return target;
}

}  // namespace http
