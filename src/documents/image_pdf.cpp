#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <png.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include "documents/image_conversion.h"
#include "documents/media_jpeg.h"
#include "documents/media_png.h"

namespace documents {
namespace {

using base::FaultCode;
using base::Outcome;

constexpr double kShort = 595.28, kLong = 841.89;  // A4 in points
constexpr double kMargin = 18;

QPDFObjectHandle name(const char* text) {
  return QPDFObjectHandle::newName(text);
}
QPDFObjectHandle number(long long value) {
  return QPDFObjectHandle::newInteger(value);
}

// A picture as an object of the PDF, and how it has to be turned.
struct Picture {
  QPDFObjectHandle object;
  double width = 0, height = 0;  // as stored
  int orientation = 1;           // EXIF
};

QPDFObjectHandle image_object(QPDF& pdf, const std::string& data, const InspectedFile& facts,
                              int bits) {
  QPDFObjectHandle object = QPDFObjectHandle::newStream(&pdf, data);
  QPDFObjectHandle dictionary = object.getDict();
  dictionary.replaceKey("/Type", name("/XObject"));
  dictionary.replaceKey("/Subtype", name("/Image"));
  dictionary.replaceKey("/Width", number(facts.width));
  dictionary.replaceKey("/Height", number(facts.height));
  dictionary.replaceKey("/BitsPerComponent", number(bits));
  return object;
}

Picture picture_of_jpeg(QPDF& pdf, std::string_view bytes, const InspectedFile& facts) {
  const internal::JpegShape shape = internal::shape_of_jpeg(bytes);
  if (shape.is_lossless || shape.bits != 8) {
    throw std::invalid_argument("a JPEG coding that PDF does not hold");
  }
  QPDFObjectHandle object = image_object(pdf, std::string(bytes), facts, 8);
  QPDFObjectHandle dictionary = object.getDict();
  dictionary.replaceKey("/Filter", name("/DCTDecode"));
  dictionary.replaceKey("/ColorSpace", name(shape.components == 1   ? "/DeviceGray"
                                            : shape.components == 4 ? "/DeviceCMYK"
                                                                    : "/DeviceRGB"));
  if (shape.components == 4 && shape.is_adobe) {
    dictionary.replaceKey("/Decode", QPDFObjectHandle::parse("[1 0 1 0 1 0 1 0]"));
  }
  return {object, double(facts.width), double(facts.height), shape.orientation};
}

// PDF reads the compressed rows of a plain PNG as they are.
//
// Source: ISO 32000-1, 7.4.4.4 (predictor 15 is PNG's).
Picture picture_of_plain_png(QPDF& pdf, const internal::PngParts& parts,
                             const InspectedFile& facts) {
  QPDFObjectHandle object = image_object(pdf, parts.data, facts, parts.bits);
  QPDFObjectHandle dictionary = object.getDict();
  const int colors = parts.color_type == 2 ? 3 : 1;
  if (parts.color_type == 3) {
    QPDFObjectHandle space = QPDFObjectHandle::newArray();
    space.appendItem(name("/Indexed"));
    space.appendItem(name("/DeviceRGB"));
    space.appendItem(number(static_cast<long long>(parts.palette.size() / 3) - 1));
    space.appendItem(QPDFObjectHandle::newString(std::string(parts.palette)));
    dictionary.replaceKey("/ColorSpace", space);
  } else {
    dictionary.replaceKey("/ColorSpace", name(colors == 3 ? "/DeviceRGB" : "/DeviceGray"));
  }
  dictionary.replaceKey("/Filter", name("/FlateDecode"));
  QPDFObjectHandle decoding = QPDFObjectHandle::newDictionary();
  decoding.replaceKey("/Predictor", number(15));
  decoding.replaceKey("/Colors", number(colors));
  decoding.replaceKey("/BitsPerComponent", number(parts.bits));
  decoding.replaceKey("/Columns", number(facts.width));
  dictionary.replaceKey("/DecodeParms", decoding);
  return {object, double(facts.width), double(facts.height), 1};
}

// Transparent, interlaced and 16-bit pictures are decoded on white paper.
Picture picture_of_decoded_png(QPDF& pdf, std::string_view bytes, const InspectedFile& facts) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, decltype(&png_image_free)> guard(&image, &png_image_free);
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
    throw std::invalid_argument(image.message);
  }
  image.format = PNG_FORMAT_RGB;
  std::string pixels(std::size_t{3} * facts.width * facts.height, '\0');
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, pixels.data(), 0, nullptr) == 0) {
    throw std::invalid_argument(image.message);
  }
  QPDFObjectHandle object = image_object(pdf, pixels, facts, 8);
  object.getDict().replaceKey("/ColorSpace", name("/DeviceRGB"));
  return {object, double(facts.width), double(facts.height), 1};
}

Picture picture_of_png(QPDF& pdf, std::string_view bytes, const InspectedFile& facts) {
  const internal::PngParts parts = internal::parts_of_png(bytes);
  const bool plain_color = parts.color_type == 0 || parts.color_type == 2 ||
                           (parts.color_type == 3 && parts.palette.size() >= 3);
  if (plain_color && parts.bits <= 8 && !parts.is_interlaced && !parts.has_transparency) {
    return picture_of_plain_png(pdf, parts, facts);
  }
  return picture_of_decoded_png(pdf, bytes, facts);
}

// The matrix that puts the unit square of the picture upright into a box at (x, y).
//
// Source: EXIF 2.32, tag 0112: what the first row and the first column of the stored picture are.
std::array<double, 6> matrix_of(int orientation, double x, double y, double w, double h) {
  switch (orientation) {
    case 2:
      return {-w, 0, 0, h, x + w, y};
    case 3:
      return {-w, 0, 0, -h, x + w, y + h};
    case 4:
      return {w, 0, 0, -h, x, y + h};
    case 5:
      return {0, -h, -w, 0, x + w, y + h};
    case 6:
      return {0, -h, w, 0, x, y + h};
    case 7:
      return {0, h, w, 0, x, y};
    case 8:
      return {0, h, -w, 0, x + w, y};
    default:
      return {w, 0, 0, h, x, y};
  }
}

void add_page(QPDF& pdf, const Picture& picture) {
  const bool is_turned = picture.orientation >= 5;
  const double shown_width = is_turned ? picture.height : picture.width;
  const double shown_height = is_turned ? picture.width : picture.height;
  const bool landscape = shown_width > shown_height;
  const double page_width = landscape ? kLong : kShort, page_height = landscape ? kShort : kLong;
  const double scale = std::min({(page_width - 2 * kMargin) / shown_width,
                                 (page_height - 2 * kMargin) / shown_height, 72.0 / 100.0});
  const double w = shown_width * scale, h = shown_height * scale;
  const auto m = matrix_of(picture.orientation, (page_width - w) / 2, (page_height - h) / 2, w, h);
  std::array<char, 200> content{};
  std::snprintf(content.data(), content.size(), "q %.4f %.4f %.4f %.4f %.4f %.4f cm /Im0 Do Q\n",
                m[0], m[1], m[2], m[3], m[4], m[5]);
  QPDFObjectHandle page = QPDFObjectHandle::newDictionary();
  page.replaceKey("/Type", name("/Page"));
  page.replaceKey("/MediaBox", QPDFObjectHandle::parse(landscape ? "[0 0 841.89 595.28]"
                                                                 : "[0 0 595.28 841.89]"));
  page.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, std::string(content.data())));
  QPDFObjectHandle images = QPDFObjectHandle::newDictionary();
  images.replaceKey("/Im0", picture.object);
  QPDFObjectHandle resources = QPDFObjectHandle::newDictionary();
  resources.replaceKey("/XObject", images);
  page.replaceKey("/Resources", resources);
  pdf.addPage(pdf.makeIndirectObject(page), /*first=*/false);
}

}  // namespace

Outcome<std::string> images_to_pdf(std::span<const std::string_view> images) {
  if (images.empty()) return base::fault(FaultCode::invalid, "no picture");
  try {
    QPDF pdf;
    pdf.emptyPDF();
    for (std::string_view bytes : images) {
      auto facts = inspect_file(bytes);
      std::string converted;
      if (facts && facts->type == MediaType::heic) {
        converted = TRY(heic_to_jpeg(bytes));
        bytes = converted;
        facts = inspect_file(bytes);
      }
      if (!facts || facts->type == MediaType::pdf) {
        return base::fault(FaultCode::invalid, "not a picture that is taken");
      }
      add_page(pdf, facts->type == MediaType::jpeg ? picture_of_jpeg(pdf, bytes, *facts)
                                                   : picture_of_png(pdf, bytes, *facts));
    }
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.5");
    writer.setDeterministicID(true);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  } catch (const std::exception& problem) {
    return base::fault(FaultCode::invalid, std::string("picture: ") + problem.what());
  }
}

Outcome<std::string> image_to_pdf(std::string_view image) {
  return images_to_pdf(std::span(&image, 1));
}

}  // namespace documents
