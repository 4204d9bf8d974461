#pragma once
// url.h - the few URLs a relying party handles: where a provider is, where people come back to.
//
// Read strictly: no user, no fragment, no blanks, no backslash, ASCII only, the host in lower case.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidc {

struct Url {
  bool tls = true;
  std::string host;  // "[::1]" in brackets
  std::uint16_t port = 443;
  std::string rest;  // path and query; begins with '/', or is empty

  [[nodiscard]] bool is_loopback() const;
};

[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

// A provider is asked over TLS; plain HTTP only on this machine, for trying things out.
[[nodiscard]] bool is_provider_url(std::string_view text);

// Where somebody is sent after signing in: a path of this server, never another place.  A path that
// begins with "//" or holds a backslash or a control character would be one to some browsers.
[[nodiscard]] bool is_local_path(std::string_view text);

// A '+' stays one: see ReadQuery.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

using Parameters = std::vector<std::pair<std::string, std::string>>;
// "a=1&b=2", percent-encoded.
[[nodiscard]] std::string form_text(const Parameters& parameters);

// What a '+' in a query means.  Forms write a blank so; one national provider writes base64 there
// without encoding it.
enum class PlusSign { blank, literal };
// nullopt: over 8 KiB, over 32 parameters, bad encoding.
[[nodiscard]] std::optional<Parameters> parse_query(std::string_view query, PlusSign plus);
// nullopt where it is not there exactly once.
[[nodiscard]] std::optional<std::string> only_one(const Parameters& parameters,
                                                  std::string_view name);
[[nodiscard]] std::size_t count_of(const Parameters& parameters, std::string_view name);

}  // namespace oidc
