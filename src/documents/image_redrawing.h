#pragma once
// image_redrawing.h - pictures from outside decoded and drawn anew: what everybody sees is made by
// us, not by a stranger.
//
// Nothing of the upload is left but what the eye sees: no position, device, time, preview, comment,
// no colour profile (pixels are taken as sRGB), nothing behind the end.  The picture stands
// upright. Rows are decoded one by one where they can be, so that the memory stays below
// RedrawLimits::bytes.
#include <string>
#include <string_view>

#include "base/result.h"
#include "documents/media_type.h"

namespace documents {

struct RedrawLimits {
  std::size_t bytes = 96'000'000;          // of pixels or coefficients held at once
  int scans = 64;                          // of a progressive JPEG
  std::uint64_t heic_pixels = 25'000'000;  // 4.5 bytes each while they are decoded
  int quality = 90;
};

struct RedrawnImage {
  std::string bytes;
  MediaType type = MediaType::jpeg;  // jpeg of JPEG and HEIC, png of PNG
  std::uint32_t width = 0, height = 0;
};

// Requires: inspect_file() took `bytes` as that type.  Refusal `damaged`, `truncated` or
// `too_many_pixels`: larger than can be turned within the limits.
[[nodiscard]] base::Result<RedrawnImage, FileRefusal> redraw_image(std::string_view bytes,
                                                                   MediaType type,
                                                                   const RedrawLimits& limits = {});

namespace internal {
[[nodiscard]] base::Result<RedrawnImage, FileRefusal> redraw_jpeg(std::string_view bytes,
                                                                  const RedrawLimits& limits);
[[nodiscard]] base::Result<RedrawnImage, FileRefusal> redraw_png(std::string_view bytes,
                                                                 const RedrawLimits& limits);
[[nodiscard]] base::Result<RedrawnImage, FileRefusal> redraw_heic(std::string_view bytes,
                                                                  const RedrawLimits& limits);
}  // namespace internal

}  // namespace documents
