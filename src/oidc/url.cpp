#include "oidc/url.h"

#include <algorithm>
#include <charconv>

#include "base/percent_encoding.h"

namespace oidc {

namespace {

constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::size_t kQueryBytesMax = 8 * 1024;
constexpr std::size_t kParametersMax = 32;

bool is_plain(char c) {
  return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>' && c != '#';
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  if (host.front() == '[') return host == "[::1]";
  return std::ranges::all_of(host,
                             [](char c) {
                               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                      c == '-' || c == '.';
                             }) &&
         host.front() != '.' && host.front() != '-' && host.find("..") == std::string_view::npos;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool Url::is_loopback() const {
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

std::optional<Url> parse_url(std::string_view text) {
  if (text.size() > kUrlBytesMax || !std::ranges::all_of(text, is_plain)) return std::nullopt;
  Url url;
  if (text.starts_with("https://")) {
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
    url.tls = false;
    url.port = 80;
  } else {
    return std::nullopt;
  }
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  std::string_view authority = text.substr(0, end);
  url.rest = std::string{text.substr(end)};
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc{} || stop != digits.data() + digits.size() || url.port == 0) {
      return std::nullopt;
    }
    authority = authority.substr(0, colon);
  }
  if (!is_host(authority)) return std::nullopt;
  url.host = std::string{authority};
  return url;
}

bool is_provider_url(std::string_view text) {
  const auto url = parse_url(text);
  return url.has_value() && (url->tls || url->is_loopback());
}

bool is_local_path(std::string_view text) {
  return !text.empty() && text.size() <= 512 && text.front() == '/' && !text.starts_with("//") &&
         std::ranges::all_of(text, is_plain);
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string form_text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (!text.empty()) text += '&';
    text += base::percent_encode(name) + "=" + base::percent_encode(value);
  }
  return text;
}

std::optional<Parameters> parse_query(std::string_view query, PlusSign plus) {
  if (query.size() > kQueryBytesMax) return std::nullopt;
  Parameters parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string pair{query.substr(0, end)};
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    if (parameters.size() == kParametersMax) return std::nullopt;
    if (plus == PlusSign::blank) std::ranges::replace(pair, '+', ' ');
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(std::string_view{pair}.substr(0, equals));
    auto value = percent_decode(std::string_view{pair}.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

std::size_t count_of(const Parameters& parameters, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(parameters, [&](const auto& one) { return one.first == name; }));
}

std::optional<std::string> only_one(const Parameters& parameters, std::string_view name) {
  if (count_of(parameters, name) != 1) return std::nullopt;
  return std::ranges::find_if(parameters, [&](const auto& one) { return one.first == name; })
      ->second;
}

}  // namespace oidc
