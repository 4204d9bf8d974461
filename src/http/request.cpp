#include "http/request.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/text.h"
#include "http/list_value.h"
#include "http/target.h"

namespace http {
namespace {

constexpr std::size_t kFileNameBytesMax = 255;
constexpr std::size_t kCookiesMax = 64;

// Cuts at a character's edge.
void shorten(std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
}

}  // namespace

std::string_view to_text(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "OTHER";
}

const std::string& Request::path_parameter(std::string_view name) const {
  const auto found = std::ranges::find(path_parameters, name,
                                       [](const auto& p) { return std::string_view{p.first}; });
  ENSURE(found != path_parameters.end(), "a handler asks only for parameters of its own pattern");
  return found->second;
}

std::optional<std::string_view> Request::find_query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string_view> Request::all_query(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : query) {
    if (key == name) values.emplace_back(value);
  }
  return values;
}

std::optional<std::string_view> Request::find_cookie(std::string_view name) const {
  for (const auto& [key, value] : cookies) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Language Request::language() const {
  return preferred_language(headers.value_or("Accept-Language"));
}

std::uint64_t Request::body_size() const {
  return body_file ? body_file->size : body.size();
}

std::string Request::media_type() const {
  const std::string_view value = headers.value_or("Content-Type");
  std::string type{trim_spaces(value.substr(0, value.find(';')))};
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type;
}

std::optional<std::string> Request::file_name() const {
  const auto header = headers.find("X-File-Name");
  if (!header) return std::nullopt;
  std::string_view encoded = *header;
  // RFC 5987: charset'language'value.
  constexpr std::string_view kCharset = "utf-8'";
  if (encoded.size() > kCharset.size() &&
      equal_ignoring_case(encoded.substr(0, kCharset.size()), kCharset)) {
    const auto quote = encoded.find('\'', kCharset.size());
    if (quote == std::string_view::npos) return std::nullopt;
    encoded = encoded.substr(quote + 1);
  }
  const auto decoded = percent_decode(encoded);
  if (!decoded || !base::is_utf8(*decoded)) return std::nullopt;
  std::string name = *decoded;
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) {
    name.erase(0, slash + 1);
  }
  name = base::to_one_line(name);
  if (name.empty() || name == "." || name == "..") return std::nullopt;
  if (name.size() > kFileNameBytesMax) {
    // The ending says what the file is: it stays, the stem is cut.
    const auto dot = name.rfind('.');
    const std::string ending =
        dot != std::string::npos && name.size() - dot <= 16 ? name.substr(dot) : std::string{};
    shorten(name, kFileNameBytesMax - ending.size());
    name += ending;
  }
  return name;
}

std::vector<std::pair<std::string, std::string>> parse_cookies(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> cookies;
  while (!text.empty() && cookies.size() < kCookiesMax) {
    const auto end = text.find(';');
    const std::string_view pair = trim_spaces(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    std::string_view value = trim_spaces(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    cookies.emplace_back(trim_spaces(pair.substr(0, equals)), value);
  }
  return cookies;
}

}  // namespace http
