#include "documents/test_images.h"

#include <cstdio>

#include <libheif/heif.h>
#include <png.h>
#include <zlib.h>
// libjpeg's header uses FILE without including it.
#include <cstdlib>
#include <memory>
#include <vector>

#include <jpeglib.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace documents::test_images {
namespace {

std::vector<std::uint8_t> pixels(std::uint32_t width, std::uint32_t height,
                                 std::uint32_t channels) {
  std::vector<std::uint8_t> result(std::size_t{width} * height * channels, 0);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::size_t at = (std::size_t{y} * width + x) * channels;
      result[at + (x < width / 2 ? 0 : 2)] = 250;
      if (channels == 4) result[at + 3] = 128;
    }
  }
  return result;
}

std::string u32(std::uint32_t value) {
  std::string result;
  for (int shift = 24; shift >= 0; shift -= 8) {
    result += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU);
  }
  return result;
}

heif_error append(heif_context*, const void* data, std::size_t size, void* out) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(data), size);
  return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

}  // namespace

std::string png(std::uint32_t width, std::uint32_t height, bool with_alpha) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = with_alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  const auto data = pixels(width, height, with_alpha ? 4 : 3);
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, data.data(), 0, nullptr);
  std::string result(size, '\0');
  png_image_write_to_memory(&image, result.data(), &size, 0, data.data(), 0, nullptr);
  result.resize(size);
  return result;
}

std::string jpeg(std::uint32_t width, std::uint32_t height, int orientation) {
  jpeg_compress_struct info;
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_start_compress(&info, TRUE);
  if (orientation != 1) {
    const std::uint8_t exif[] = {
        'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, 42, 0, 0, 0,
        8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,  1, 0, static_cast<std::uint8_t>(orientation),
        0,   0,   0,   0,   0,    0};
    jpeg_write_marker(&info, JPEG_APP0 + 1, exif, sizeof exif);
  }
  auto data = pixels(width, height, 3);
  while (info.next_scanline < height) {
    JSAMPROW row = data.data() + std::size_t{info.next_scanline} * width * 3;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string result(reinterpret_cast<const char*>(out), size);
  std::free(out);
  return result;
}

std::string heic(int width, int height) {
  const std::unique_ptr<heif_context, decltype(&heif_context_free)> context(heif_context_alloc(),
                                                                            &heif_context_free);
  heif_encoder* encoder = nullptr;
  if (heif_context_get_encoder_for_format(context.get(), heif_compression_HEVC, &encoder).code !=
      heif_error_Ok) {
    return "";
  }
  const std::unique_ptr<heif_encoder, decltype(&heif_encoder_release)> encoder_guard(
      encoder, &heif_encoder_release);
  heif_image* image = nullptr;
  heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image);
  const std::unique_ptr<heif_image, decltype(&heif_image_release)> image_guard(image,
                                                                               &heif_image_release);
  heif_image_add_plane(image, heif_channel_interleaved, width, height, 24);
  int stride = 0;
  std::uint8_t* const plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
  const auto data =
      pixels(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 3);
  for (int y = 0; y < height; ++y) {
    std::copy_n(data.data() + std::ptrdiff_t{y} * width * 3, width * 3,
                plane + std::ptrdiff_t{y} * stride);
  }
  if (heif_context_encode_image(context.get(), image, encoder, nullptr, nullptr).code !=
      heif_error_Ok) {
    return "";
  }
  std::string result;
  heif_writer writer{1, append};
  heif_context_write(context.get(), &writer, &result);
  return result;
}

std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  std::string result = png(4, 4);
  const std::string header = "IHDR" + u32(width) + u32(height) + result.substr(24, 5);
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(header.data()), static_cast<uInt>(header.size()));
  result.replace(12, 17, header);
  result.replace(29, 4, u32(static_cast<std::uint32_t>(sum)));
  return result;
}

std::string jpeg_claiming(std::uint16_t width, std::uint16_t height) {
  std::string result = jpeg(16, 16);
  const std::size_t frame = result.find("\xff\xc0");
  result.replace(frame + 5, 4, u32((std::uint32_t{height} << 16U) | width));
  return result;
}

std::string pdf(int pages, const std::string& catalog) {
  QPDF file;
  file.emptyPDF();
  for (int i = 0; i < pages; ++i) {
    file.addPage(file.makeIndirectObject(
                     QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 200 200] >>")),
                 false);
  }
  if (!catalog.empty()) {
    QPDFObjectHandle more = QPDFObjectHandle::parse("<<" + catalog + ">>");
    for (const auto& key : more.getKeys()) file.getRoot().replaceKey(key, more.getKey(key));
  }
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string encrypted_pdf() {
  const std::string plain = pdf(1);
  QPDF file;
  file.processMemoryFile("plain", plain.data(), plain.size());
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setR6EncryptionParameters("secret", "owner", true, true, true, true, true, true,
                                   qpdf_r3p_full, true);
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace documents::test_images
