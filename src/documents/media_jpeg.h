#pragma once
// media_jpeg.h - the frame of a JPEG file: walks its segments to the end without decoding.
#include "documents/media_facts.h"

namespace documents::internal {

// Source: ITU-T T.81, annex B.
[[nodiscard]] base::Result<ImageFacts, FileRefusal> inspect_jpeg(std::string_view bytes);

struct JpegShape {
  int components = 0;        // 1 grey, 3 colour, 4 CMYK
  int bits = 8;              // of a sample
  bool is_adobe = false;     // Adobe's marker: CMYK is stored inverted
  bool is_lossless = false;  // a coding that viewers of PDF do not read
  int orientation = 1;       // EXIF, 1 to 8
};
// Requires: inspect_jpeg() took the file.
[[nodiscard]] JpegShape shape_of_jpeg(std::string_view bytes);

}  // namespace documents::internal
