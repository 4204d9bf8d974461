#pragma once
// media_png.h - the chunks of a PNG file, with their check sums, without decoding.
#include <string>

#include "documents/media_facts.h"

namespace documents::internal {

// Source: ISO/IEC 15948 (PNG), 5 and 11.
[[nodiscard]] base::Result<ImageFacts, FileRefusal> inspect_png(std::string_view bytes);

struct PngParts {
  int bits = 8;
  int color_type = 0;
  bool is_interlaced = false;
  bool has_transparency = false;
  std::string_view palette;
  std::string data;  // the IDAT chunks in one
};
// Requires: inspect_png() took the file.
[[nodiscard]] PngParts parts_of_png(std::string_view bytes);

}  // namespace documents::internal
