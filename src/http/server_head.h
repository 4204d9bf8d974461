#pragma once
// server_head.h - the status line and headers of an answer as bytes.  Private to the server.
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "http/response.h"

namespace http {

struct HeadFacts {
  int version = 11;  // of the request
  bool keep_alive = true;
  std::optional<std::uint64_t> content_length;  // nullopt: 204 and 304 have none
  std::string_view trace_id;
  std::string_view date;
};

// Line breaks inside a value become spaces: nobody can add headers of their own.
[[nodiscard]] std::string response_head(const Response& response, const HeadFacts& facts);

// "Sun, 06 Nov 1994 08:49:37 GMT", whatever the locale.
[[nodiscard]] std::string http_date(std::time_t time);

}  // namespace http
