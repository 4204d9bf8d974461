#include <cstdio>
// libjpeg's header uses FILE without including it.
#include <array>
#include <cstdlib>

#include <jpeglib.h>
#include <zlib.h>

#include "documents/test_hostile_files.h"
#include "documents/test_images.h"
#include "documents/test_zip.h"

namespace documents::test_hostile {
namespace {

using test_images::jpeg;
using test_images::png;
using namespace std::string_literals;

std::string big(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) {
    text += static_cast<char>((value >> static_cast<unsigned>(8 * i)) & 0xffU);
  }
  return text;
}

// A segment in front of everything else.
std::string with_segment(std::string bytes, char marker, const std::string& payload) {
  return bytes.insert(
      2, "\xff"s + marker + big(static_cast<std::uint32_t>(payload.size() + 2), 2) + payload);
}

// EXIF with a position: 18°40' N, 105°41' E, and the name of a device.
std::string exif_with_position(int orientation) {
  const auto entry = [](std::uint32_t tag, std::uint32_t type, std::uint32_t count,
                        const std::string& value) {
    return big(tag, 2) + big(type, 2) + big(count, 4) + value;
  };
  const std::string device = "MotCuaPhone 7"s + '\0';
  // Directory at 8 with 3 entries, device after it, then that of the position.
  const std::uint32_t device_at = 8 + 2 + 3 * 12 + 4;
  const std::uint32_t position_at = device_at + static_cast<std::uint32_t>(device.size());
  const std::uint32_t degrees_at = position_at + 2 + 4 * 12 + 4;
  const std::string main =
      big(3, 2) + entry(0x0110, 2, static_cast<std::uint32_t>(device.size()), big(device_at, 4)) +
      entry(0x0112, 3, 1, big(static_cast<std::uint32_t>(orientation), 2) + "\0\0"s) +
      entry(0x8825, 4, 1, big(position_at, 4)) + big(0, 4);
  const std::string position = big(4, 2) + entry(1, 2, 2, "N\0\0\0"s) +
                               entry(2, 5, 3, big(degrees_at, 4)) + entry(3, 2, 2, "E\0\0\0"s) +
                               entry(4, 5, 3, big(degrees_at + 24, 4)) + big(0, 4);
  std::string degrees;
  for (const std::uint32_t number : {18U, 40U, 35U, 105U, 41U, 29U}) {
    degrees += big(number, 4) + big(1, 4);
  }
  return "Exif\0\0MM\0*"s + big(8, 4) + main + device + position + degrees;
}

std::string png_chunk(const std::string& type, const std::string& payload) {
  const std::string body = type + payload;
  const auto sum = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
  return big(static_cast<std::uint32_t>(payload.size()), 4) + body + big(sum, 4);
}
// After the header.
std::string with_chunk(std::string bytes, const std::string& type, const std::string& payload) {
  return bytes.insert(33, png_chunk(type, payload));
}

std::string png_by_hand(std::uint32_t width, std::uint32_t height, char color_type,
                        const std::string& rows, char interlaced = 0) {
  return "\x89PNG\r\n\x1a\n"s +
         png_chunk("IHDR",
                   big(width, 4) + big(height, 4) + '\x08' + color_type + "\0\0"s + interlaced) +
         png_chunk("IDAT", test_zip::deflated(rows, false)) + png_chunk("IEND", "");
}

// Every coefficient in a scan of its own: work without end for a few kilobytes.
std::string many_scans() {
  constexpr int kSide = 64;
  std::array<jpeg_scan_info, 1 + 3 * 63> scans{};
  int count = 0;
  scans[0] = {3, {0, 1, 2, 0}, 0, 0, 0, 0};
  for (int component = 0; component < 3; ++component) {
    for (int k = 1; k < 64; ++k) {
      scans[static_cast<std::size_t>(++count)] = {1, {component, 0, 0, 0}, k, k, 0, 0};
    }
  }
  jpeg_compress_struct info;
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = kSide;
  info.image_height = kSide;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  info.scan_info = scans.data();
  info.num_scans = count + 1;
  jpeg_start_compress(&info, TRUE);
  std::string row(kSide * 3, 'x');
  while (info.next_scanline < info.image_height) {
    JSAMPROW line = reinterpret_cast<JSAMPROW>(row.data());
    jpeg_write_scanlines(&info, &line, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  std::free(out);
  return bytes;
}

HostileFile refused(const char* id, const char* name, const char* code, std::string bytes) {
  return {.id = id, .name = name, .bytes = std::move(bytes), .code = code};
}
HostileFile redrawn(const char* id, const char* name, const char* type, std::string bytes,
                    const char* gone = "") {
  return {.id = id,
          .name = name,
          .bytes = std::move(bytes),
          .code = "",
          .media_type = type,
          .must_not_hold = gone};
}

}  // namespace

std::vector<HostileFile> hostile_pictures() {
  constexpr const char* kHidden = "file-hidden-content";
  constexpr const char* kPixels = "file-too-many-pixels";
  constexpr const char* kJpeg = "image/jpeg";
  constexpr const char* kPng = "image/png";
  const std::string picture = jpeg(64, 48);
  const std::string drawing = png(64, 48);
  std::string wrong_sum = drawing;
  wrong_sum[wrong_sum.size() - 20] ^= 0x55;
  std::string preview = jpeg(16, 16);
  return {
      redrawn("jpeg-with-position", "anh.jpg", kJpeg,
              with_segment(picture, '\xe1', exif_with_position(1)), "Exif"),
      redrawn("jpeg-with-device", "anh.jpg", kJpeg,
              with_segment(picture, '\xe1', exif_with_position(6)), "MotCuaPhone"),
      redrawn("jpeg-with-preview", "anh.jpg", kJpeg,
              with_segment(picture, '\xe1', "Exif\0\0"s + preview + "PREVIEW"), "PREVIEW"),
      redrawn("jpeg-with-php", "anh.jpg", kJpeg,
              with_segment(picture, '\xfe', "<?php system($_GET['c']); ?>"), "<?php"),
      redrawn("jpeg-with-script", "anh.jpg", kJpeg,
              with_segment(picture, '\xfe', "<script>alert(1)</script>"), "<script"),
      redrawn("jpeg-with-profile", "anh.jpg", kJpeg,
              with_segment(picture, '\xe2', "ICC_PROFILE\0\1\1"s + std::string(200, 'p')),
              "ICC_PROFILE"),
      redrawn("jpeg-with-xmp", "anh.jpg", kJpeg,
              with_segment(picture, '\xe1', "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"s),
              "xmpmeta"),
      redrawn("jpeg-with-a-clip-behind", "anh.jpg", kJpeg,
              picture + "\0\0\0\x18"s + "ftypmp42\0\0\0\0mp42isom"s + std::string(500, 'v'),
              "ftypmp42"),
      refused("jpeg-and-zip", "anh.jpg", kHidden,
              picture + test_zip::zip({{.name = "a.exe", .bytes = "MZ"}})),
      refused("jpeg-and-web-page", "anh.jpg", kHidden, picture + "<html><script>alert(1)"),
      refused("jpeg-and-program", "anh.jpg", kHidden, picture + "MZ\x90"s + std::string(80, '\0')),
      refused("jpeg-and-pdf", "anh.jpg", kHidden, picture + test_images::pdf(1)),
      refused("jpeg-and-rar", "anh.jpg", kHidden, picture + "Rar!\x1a\7\1\0"s),
      refused("jpeg-cut-off", "anh.jpg", "file-truncated", picture.substr(0, picture.size() / 2)),
      refused("jpeg-claims-four-billion-pixels", "anh.jpg", kPixels,
              test_images::jpeg_claiming(65'500, 65'500)),
      refused("jpeg-of-many-scans", "anh.jpg", "file-damaged", many_scans()),
      refused("jpeg-only-a-head", "anh.jpg", "file-truncated", "\xff\xd8\xff\xe0\0\x10JFIF"s),
      refused("jpeg-noise", "anh.jpg", "file-truncated",
              "\xff\xd8\xff"s + std::string(400, '\x41')),
      redrawn("png-with-text", "anh.png", kPng,
              with_chunk(drawing, "tEXt", "Comment\0<script>alert(1)</script>"s), "<script"),
      redrawn("png-with-a-text-bomb", "anh.png", kPng,
              with_chunk(drawing, "zTXt",
                         "a\0\0"s + test_zip::deflated(std::string(50'000'000, 'a'), false)),
              "zTXt"),
      redrawn("png-with-a-profile-bomb", "anh.png", kPng,
              with_chunk(drawing, "iCCP",
                         "p\0\0"s + test_zip::deflated(std::string(50'000'000, 'a'), false)),
              "iCCP"),
      redrawn("png-with-position", "anh.png", kPng,
              with_chunk(drawing, "eXIf", exif_with_position(1).substr(6)), "MotCuaPhone"),
      redrawn("png-of-49-million-zeros", "anh.png", kPng,
              png_by_hand(7'000, 7'000, 0, std::string(7'001UL * 7'000, '\0'))),
      refused("png-interlaced-and-huge", "anh.png", kPixels,
              png_by_hand(7'000, 7'000, 2, std::string(1'000, '\0'), 1)),
      refused("png-claims-900-million-pixels", "anh.png", kPixels,
              test_images::png_claiming(30'000, 30'000)),
      refused("png-claims-four-billion-wide", "anh.png", kPixels,
              test_images::png_claiming(0xffffffff, 1)),
      refused("png-wrong-sum", "anh.png", "file-damaged", wrong_sum),
      refused("png-noise-inside", "anh.png", "file-damaged",
              "\x89PNG\r\n\x1a\n"s + png_chunk("IHDR", big(64, 4) + big(64, 4) + "\x08\2\0\0\0"s) +
                  png_chunk("IDAT", std::string(900, '\x93')) + png_chunk("IEND", "")),
      refused("png-cut-off", "anh.png", "file-truncated", drawing.substr(0, drawing.size() - 9)),
      refused("png-without-data", "anh.png", "file-damaged",
              "\x89PNG\r\n\x1a\n"s + png_chunk("IHDR", big(4, 4) + big(4, 4) + "\x08\2\0\0\0"s) +
                  png_chunk("IEND", "")),
      refused("png-and-program", "anh.png", kHidden,
              drawing + "\x7f\x45LF"s + std::string(80, '\0')),
      refused("png-and-javascript", "anh.png", kHidden, drawing + "<script>alert(1)</script>"),
      refused("heic-noise", "anh.heic", "file-damaged",
              "\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s + big(40, 4) + "meta"s +
                  std::string(32, '\x93')),
      refused("heic-cut-off", "anh.heic", "file-truncated",
              "\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s + big(4'000, 4) + "meta"s),
  };
}

}  // namespace documents::test_hostile
