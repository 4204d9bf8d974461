#pragma once
// request.h - one request, whole, as a handler sees it: a plain value that tests can fill by hand.
//
// Handlers run on a thread of the pool, one at a time for a connection; nothing here is shared.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/language.h"
#include "http/message_headers.h"

namespace http {

enum class Method { get, head, post, put, patch, del, options, other };
[[nodiscard]] std::string_view to_text(Method method);  // "GET", ...; "OTHER"

// A body that was written to a temporary file because of its size.  The server removes the file
// after the handler has returned; a handler that wants to keep it renames it.
struct BodyFile {
  std::filesystem::path path;
  std::uint64_t size = 0;
};

struct Request {
  Method method = Method::get;
  std::string target;                                      // as sent
  std::string path;                                        // decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::vector<std::pair<std::string, std::string>> path_parameters;
  MessageHeaders headers;
  std::vector<std::pair<std::string, std::string>> cookies;
  std::string body;                   // empty where body_file is set
  std::optional<BodyFile> body_file;  // only on routes with streamed_body
  std::string remote_address;  // of the client, without port; behind a trusted proxy its word
  std::string trace_id;        // 32 hexadecimal digits, in logs and problem bodies

  // The value of `{name}` in the route's pattern.  Requires: the pattern has it.
  [[nodiscard]] const std::string& path_parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> find_query(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all_query(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> find_cookie(std::string_view name) const;
  [[nodiscard]] Language language() const;
  // Of the body, wherever it is.
  [[nodiscard]] std::uint64_t body_size() const;
  // Lower case, without parameters: "application/json".
  [[nodiscard]] std::string media_type() const;
  // The X-File-Name header of an upload: percent-encoded UTF-8, or RFC 5987 (UTF-8''...).  NFC, the
  // last path component only, without control characters, at most 255 bytes.  nullopt where it is
  // absent or nothing is left of it.
  [[nodiscard]] std::optional<std::string> file_name() const;
};

// "a=1; b=2" of a Cookie header; a value loses its double quotes.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_cookies(std::string_view text);

}  // namespace http
