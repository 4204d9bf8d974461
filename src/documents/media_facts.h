#pragma once
// media_facts.h - what the readers of single formats report to media_type.cpp.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "documents/media_type.h"

namespace documents::internal {

struct ImageFacts {
  std::uint32_t width = 0, height = 0;
  std::size_t end = 0;  // where the image ends in the file; other bytes may follow
};
struct PdfFacts {
  int pages = 0;
  bool has_active_content = false;
  std::size_t end = 0;
};

[[nodiscard]] constexpr bool is_too_large(std::uint64_t width, std::uint64_t height) {
  return width > 30'000 || height > 30'000 || width * height > kPixelsMax;
}

// Big-endian numbers; 0 beyond the end.
[[nodiscard]] constexpr std::uint32_t u16_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() < 2 || at > bytes.size() - 2) return 0;
  return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]) << 8U) |
         static_cast<unsigned char>(bytes[at + 1]);
}
[[nodiscard]] constexpr std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return (u16_at(bytes, at) << 16U) | u16_at(bytes, at + 2);
}

}  // namespace documents::internal
