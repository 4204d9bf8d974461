#pragma once
// image_conversion.h - photographs of papers turned into what an office can keep: JPEG and PDF.
//
// Every function checks the size limits of media_type.h before it decodes.  Pure, any thread.
#include <span>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace documents {

// The primary image of a HEIC file, turned upright (rotation and mirroring of the file are
// applied). Metadata (place, device) is not carried over.  Fault `invalid`: not HEIC, damaged or
// too large.
[[nodiscard]] base::Outcome<std::string> heic_to_jpeg(std::string_view heic, int quality = 88);

// One A4 page an image, portrait or landscape as the image is (its EXIF orientation counts),
// centred, never enlarged beyond 100 dpi.  JPEG data is embedded as it is, not encoded again.
// Images are JPEG, PNG or HEIC.  Fault `invalid`: none, or one that is not such an image.
[[nodiscard]] base::Outcome<std::string> images_to_pdf(std::span<const std::string_view> images);
[[nodiscard]] base::Outcome<std::string> image_to_pdf(std::string_view image);

}  // namespace documents
