#include "documents/media_png.h"

#include <zlib.h>

namespace documents::internal {
namespace {

constexpr std::size_t kSignature = 8;

// Calls visit(type, payload) until IEND; returns the refusal or where the image ends.
template <class Visit>
base::Result<std::size_t, FileRefusal> walk(std::string_view bytes, const Visit& visit) {
  std::size_t at = kSignature;
  while (true) {
    if (bytes.size() - at < 12) return base::Failure{FileRefusal::truncated};
    const std::size_t length = u32_at(bytes, at);
    if (length > 0x7fffffff) return base::Failure{FileRefusal::damaged};
    if (length > bytes.size() - at - 12) return base::Failure{FileRefusal::truncated};
    const std::string_view body = bytes.substr(at + 4, length + 4);
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    if (sum != u32_at(bytes, at + 8 + length)) return base::Failure{FileRefusal::damaged};
    const std::string_view type = body.substr(0, 4);
    visit(type, body.substr(4));
    at += length + 12;
    if (type == "IEND") return at;
  }
}

}  // namespace

base::Result<ImageFacts, FileRefusal> inspect_png(std::string_view bytes) {
  ImageFacts facts;
  int chunks = 0;
  bool has_data = false, header_first = false;
  const auto end = walk(bytes, [&](std::string_view type, std::string_view payload) {
    if (chunks++ == 0 && type == "IHDR" && payload.size() == 13) {
      header_first = true;
      facts.width = u32_at(payload, 0);
      facts.height = u32_at(payload, 4);
    }
    if (type == "IDAT") has_data = true;
  });
  if (is_too_large(facts.width, facts.height)) return base::Failure{FileRefusal::too_many_pixels};
  if (!end) return base::Failure{end.error()};
  if (!header_first || !has_data || facts.width == 0 || facts.height == 0) {
    return base::Failure{FileRefusal::damaged};
  }
  facts.end = *end;
  return facts;
}

PngParts parts_of_png(std::string_view bytes) {
  PngParts parts;
  const auto end = walk(bytes, [&](std::string_view type, std::string_view payload) {
    if (type == "IHDR" && payload.size() == 13) {
      parts.bits = static_cast<unsigned char>(payload[8]);
      parts.color_type = static_cast<unsigned char>(payload[9]);
      parts.is_interlaced = payload[12] != 0;
    } else if (type == "PLTE") {
      parts.palette = payload;
    } else if (type == "tRNS") {
      parts.has_transparency = true;
    } else if (type == "IDAT") {
      parts.data += payload;
    }
  });
  static_cast<void>(end);
  return parts;
}

}  // namespace documents::internal
