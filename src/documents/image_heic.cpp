#include <cstdio>

#include <libheif/heif.h>
// libjpeg's header uses FILE without including it.
#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

#include "documents/image_conversion.h"
#include "documents/media_heic.h"
#include "documents/media_type.h"

namespace documents {
namespace {

using base::FaultCode;

struct Pixels {
  const std::uint8_t* data = nullptr;
  int width = 0, height = 0, stride = 0;
};

struct ErrorExit {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};

void leave(j_common_ptr info) {
  auto* const exit = reinterpret_cast<ErrorExit*>(info->err);
  std::longjmp(exit->back, 1);
}
void say_nothing(j_common_ptr) {}

// Plain C inside: nothing with a destructor lives across the jump.  `out` is for free().
bool compress(const Pixels& pixels, int quality, unsigned char** out, unsigned long* size) {
  jpeg_compress_struct info;
  ErrorExit exit;
  info.err = jpeg_std_error(&exit.manager);
  exit.manager.error_exit = leave;
  exit.manager.output_message = say_nothing;
  if (setjmp(exit.back) != 0) {
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, out, size);
  info.image_width = static_cast<JDIMENSION>(pixels.width);
  info.image_height = static_cast<JDIMENSION>(pixels.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const std::uint8_t* const line =
        pixels.data + static_cast<std::ptrdiff_t>(info.next_scanline) * pixels.stride;
    JSAMPROW row = const_cast<JSAMPROW>(line);  // the library's interface, it only reads
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

}  // namespace

base::Outcome<std::string> heic_to_jpeg(std::string_view heic, int quality) {
  if (kind_of_content(heic) != ContentKind::heic || !internal::inspect_heic(heic)) {
    return base::fault(FaultCode::invalid, "not a HEIC picture within the limits");
  }
  const std::unique_ptr<heif_context, decltype(&heif_context_free)> context(heif_context_alloc(),
                                                                            &heif_context_free);
  heif_context_set_max_decoding_threads(context.get(), 0);
  heif_error problem =
      heif_context_read_from_memory_without_copy(context.get(), heic.data(), heic.size(), nullptr);
  if (problem.code != heif_error_Ok) return base::fault(FaultCode::invalid, "HEIC: not readable");
  heif_image_handle* raw_handle = nullptr;
  problem = heif_context_get_primary_image_handle(context.get(), &raw_handle);
  if (problem.code != heif_error_Ok) return base::fault(FaultCode::invalid, "HEIC: no picture");
  const std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)> handle(
      raw_handle, &heif_image_handle_release);
  heif_image* raw_image = nullptr;
  // Without options the transformations of the file (rotation, mirroring, crop) are applied.
  problem = heif_decode_image(handle.get(), &raw_image, heif_colorspace_RGB,
                              heif_chroma_interleaved_RGB, nullptr);
  if (problem.code != heif_error_Ok) {
    return base::fault(FaultCode::invalid, std::string("HEIC: ") + problem.message);
  }
  const std::unique_ptr<heif_image, decltype(&heif_image_release)> image(raw_image,
                                                                         &heif_image_release);
  Pixels pixels;
  pixels.data =
      heif_image_get_plane_readonly(image.get(), heif_channel_interleaved, &pixels.stride);
  pixels.width = heif_image_get_width(image.get(), heif_channel_interleaved);
  pixels.height = heif_image_get_height(image.get(), heif_channel_interleaved);
  if (pixels.data == nullptr || pixels.width <= 0 || pixels.height <= 0) {
    return base::fault(FaultCode::invalid, "HEIC: an empty picture");
  }
  unsigned char* out = nullptr;
  unsigned long size = 0;
  const bool done = compress(pixels, std::clamp(quality, 1, 100), &out, &size);
  const std::unique_ptr<unsigned char, decltype(&std::free)> bytes(out, &std::free);
  if (!done) return base::fault(FaultCode::internal, "JPEG: not written");
  return std::string(reinterpret_cast<const char*>(bytes.get()), size);
}

}  // namespace documents
