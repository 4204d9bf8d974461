#include "documents/media_jpeg.h"

namespace documents::internal {
namespace {

bool is_frame(unsigned marker) {  // SOF0..SOF15 without DHT, JPG, DAC
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

// Calls visit(marker, payload) for each segment; returns the refusal or where the image ends.
template <class Visit>
base::Result<std::size_t, FileRefusal> walk(std::string_view bytes, const Visit& visit) {
  std::size_t at = 2;
  while (true) {
    if (at >= bytes.size()) return base::Failure{FileRefusal::truncated};
    if (byte_at(bytes, at) != 0xff) return base::Failure{FileRefusal::damaged};
    while (byte_at(bytes, at) == 0xff && at < bytes.size()) ++at;
    if (at >= bytes.size()) return base::Failure{FileRefusal::truncated};
    const unsigned marker = byte_at(bytes, at++);
    if (marker == 0xd9) return at;  // EOI
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (marker == 0x00 || marker == 0xd8) return base::Failure{FileRefusal::damaged};
    const std::size_t length = u16_at(bytes, at);
    if (at + 2 > bytes.size() || at + length > bytes.size()) {
      return base::Failure{FileRefusal::truncated};
    }
    if (length < 2) return base::Failure{FileRefusal::damaged};
    visit(marker, bytes.substr(at + 2, length - 2));
    at += length;
    if (marker != 0xda) continue;
    // After the start of a scan come coded bytes, in which FF is followed by 00 or a restart.
    while (true) {
      at = bytes.find('\xff', at);
      if (at == std::string_view::npos || at + 1 >= bytes.size()) {
        return base::Failure{FileRefusal::truncated};
      }
      const unsigned next = byte_at(bytes, at + 1);
      if (next == 0x00 || (next >= 0xd0 && next <= 0xd7)) {
        at += 2;
      } else if (next == 0xff) {
        ++at;
      } else {
        break;
      }
    }
  }
}

// The orientation of an APP1 segment with EXIF data, 0 where it has none.
int exif_orientation(std::string_view payload) {
  using namespace std::string_view_literals;
  if (!payload.starts_with("Exif\0\0"sv)) return 0;
  const std::string_view tiff = payload.substr(6);
  const bool little = tiff.starts_with("II");
  const auto two = [&](std::size_t at) -> std::uint32_t {
    const std::uint32_t value = u16_at(tiff, at);
    return little ? ((value & 0xffU) << 8U) | (value >> 8U) : value;
  };
  const auto four = [&](std::size_t at) -> std::uint32_t {
    return little ? two(at) | (two(at + 2) << 16U) : (two(at) << 16U) | two(at + 2);
  };
  if (!little && !tiff.starts_with("MM")) return 0;
  const std::size_t directory = four(4);
  const std::size_t entries = two(directory);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.size()) return 0;
    if (two(entry) == 0x0112) {
      const std::uint32_t value = two(entry + 8);
      return value >= 1 && value <= 8 ? static_cast<int>(value) : 0;
    }
  }
  return 0;
}

}  // namespace

base::Result<ImageFacts, FileRefusal> inspect_jpeg(std::string_view bytes) {
  ImageFacts facts;
  bool has_scan = false, late_frame = false;
  int frames = 0;
  const auto end = walk(bytes, [&](unsigned marker, std::string_view payload) {
    if (marker == 0xda) {
      has_scan = true;
      late_frame = late_frame || frames == 0;
    }
    if (!is_frame(marker)) return;
    ++frames;
    facts.height = u16_at(payload, 1);
    facts.width = u16_at(payload, 3);
  });
  // Dimensions first: a huge picture is told so even when it is cut off too.
  if (is_too_large(facts.width, facts.height)) return base::Failure{FileRefusal::too_many_pixels};
  if (!end) return base::Failure{end.error()};
  if (!has_scan || late_frame || frames != 1 || facts.width == 0 || facts.height == 0) {
    return base::Failure{FileRefusal::damaged};
  }
  facts.end = *end;
  return facts;
}

JpegShape shape_of_jpeg(std::string_view bytes) {
  JpegShape shape;
  const auto end = walk(bytes, [&](unsigned marker, std::string_view payload) {
    if (is_frame(marker)) {
      shape.bits = static_cast<int>(byte_at(payload, 0));
      shape.components = static_cast<int>(byte_at(payload, 5));
      shape.is_lossless = marker > 0xc2;
    } else if (marker == 0xee && payload.starts_with("Adobe")) {
      shape.is_adobe = true;
    } else if (marker == 0xe1) {
      if (const int orientation = exif_orientation(payload); orientation != 0) {
        shape.orientation = orientation;
      }
    }
  });
  static_cast<void>(end);
  return shape;
}

}  // namespace documents::internal
