#include "documents/qr_code.h"

#include <cstdint>
#include <stdexcept>

#include <cairo.h>
#include <qrcodegen/qrcodegen.hpp>

namespace documents {
namespace {

constexpr std::size_t kBytesMax = 1000;

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) result += c;
    }
  }
  return result;
}

}  // namespace

base::Outcome<QrCode> QrCode::of(std::string_view text) {
  if (text.empty() || text.size() > kBytesMax) {
    return base::fault(base::FaultCode::invalid, "a QR code holds 1 to 1,000 bytes");
  }
  try {
    using Generator = qrcodegen::QrCode;
    // Bytes, or the denser alphanumeric mode where the text allows it.
    const std::string owned(text);
    const auto segments = owned.find('\0') == std::string::npos
                              ? qrcodegen::QrSegment::makeSegments(owned.c_str())
                              : std::vector{qrcodegen::QrSegment::makeBytes(
                                    std::vector<std::uint8_t>(owned.begin(), owned.end()))};
    const Generator symbol =
        Generator::encodeSegments(segments, Generator::Ecc::MEDIUM, Generator::MIN_VERSION,
                                  Generator::MAX_VERSION, -1, /*boostEcl=*/false);
    QrCode code;
    code.size_ = symbol.getSize();
    code.dark_.reserve(static_cast<std::size_t>(code.size_) * static_cast<std::size_t>(code.size_));
    for (int y = 0; y < code.size_; ++y) {
      for (int x = 0; x < code.size_; ++x) code.dark_.push_back(symbol.getModule(x, y));
    }
    return code;
  } catch (const std::exception& problem) {
    return base::fault(base::FaultCode::invalid, std::string("QR code: ") + problem.what());
  }
}

bool QrCode::is_dark(int x, int y) const {
  if (x < 0 || y < 0 || x >= size_ || y >= size_) return false;
  return dark_[static_cast<std::size_t>(y * size_ + x)];
}

std::string QrCode::svg(std::string_view title) const {
  const std::string side = std::to_string(size_ + 2 * kQuietZone);
  std::string result = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " +
                       side + "\" role=\"img\" shape-rendering=\"crispEdges\"><title>" +
                       escaped(title) + "</title><path fill=\"#fff\" d=\"M0 0h" + side + "v" +
                       side + "H0z\"/><path d=\"";
  for (int y = 0; y < size_; ++y) {
    for (int x = 0; x < size_; ++x) {
      if (!is_dark(x, y)) continue;
      int length = 1;
      while (is_dark(x + length, y)) ++length;
      result += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h" +
                std::to_string(length) + "v1h-" + std::to_string(length) + "z";
      x += length;
    }
  }
  return result + "\"/></svg>";
}

void QrCode::draw(struct _cairo* context, double x, double y, double side) const {
  const double module = side / (size_ + 2 * kQuietZone);
  cairo_save(context);
  cairo_set_source_rgb(context, 1, 1, 1);
  cairo_rectangle(context, x, y, side, side);
  cairo_fill(context);
  cairo_set_source_rgb(context, 0, 0, 0);
  cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE);
  for (int row = 0; row < size_; ++row) {
    for (int column = 0; column < size_; ++column) {
      if (!is_dark(column, row)) continue;
      int length = 1;
      while (is_dark(column + length, row)) ++length;
      cairo_rectangle(context, x + (column + kQuietZone) * module, y + (row + kQuietZone) * module,
                      length * module, module);
      column += length;
    }
  }
  cairo_fill(context);  // one path: no hairlines between the rows of modules
  cairo_restore(context);
}

}  // namespace documents
