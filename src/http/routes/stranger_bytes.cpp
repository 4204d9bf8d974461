#include "http/routes/stranger_bytes.h"

#include <algorithm>
#include <array>

namespace http::routes {

namespace {

constexpr std::array<std::string_view, 8> kHarmless{
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/heic",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text"};

}  // namespace

Response stranger_bytes(std::string body, std::string_view media_type, std::string_view file_name) {
  const bool is_harmless = std::ranges::find(kHarmless, media_type) != kHarmless.end();
  Response response = bytes(std::move(body),
                            is_harmless ? media_type : std::string_view{"application/octet-stream"},
                            file_name, Disposition::save);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Content-Security-Policy",
                       "sandbox; default-src 'none'; frame-ancestors 'none'");
  return response;
}

}  // namespace http::routes
