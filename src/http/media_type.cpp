#include "http/media_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace http {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array kTypes = {
    Pair{".html", "text/html; charset=utf-8"},
    Pair{".js", "text/javascript; charset=utf-8"},
    Pair{".mjs", "text/javascript; charset=utf-8"},
    Pair{".css", "text/css; charset=utf-8"},
    Pair{".json", "application/json"},
    Pair{".map", "application/json"},
    Pair{".webmanifest", "application/manifest+json"},
    Pair{".svg", "image/svg+xml"},
    Pair{".png", "image/png"},
    Pair{".jpg", "image/jpeg"},
    Pair{".webp", "image/webp"},
    Pair{".ico", "image/x-icon"},
    Pair{".woff2", "font/woff2"},
    Pair{".wasm", "application/wasm"},
    Pair{".pdf", "application/pdf"},
    Pair{".txt", "text/plain; charset=utf-8"},
    Pair{".xml", "application/xml"},
    Pair{".yaml", "application/yaml"},
    Pair{".csv", "text/csv; charset=utf-8"},
};

}  // namespace

std::string_view media_type_of(std::string_view file_name) {
  const auto* found = std::ranges::find_if(
      kTypes, [&](const Pair& pair) { return file_name.ends_with(pair.first); });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

}  // namespace http
