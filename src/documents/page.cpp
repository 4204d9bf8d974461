#include "documents/page.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace documents::internal {
namespace {

constexpr double kMillimetre = 72.0 / 25.4;

PageFormat format_of(double width, double height, double top, double right, double bottom,
                     double left) {
  return {width * kMillimetre, height * kMillimetre, top * kMillimetre,
          right * kMillimetre, bottom * kMillimetre, left * kMillimetre};
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PageFormat a4_format() {
  return format_of(210, 297, 20, 17, 20, 30);
}
PageFormat a5_format() {
  return format_of(148, 210, 11, 12, 12, 16);
}

PageFormat landscape(const PageFormat& format) {
  constexpr double kNarrowed = 0.85;  // tables need the room
  return {format.height,
          format.width,
          format.top * kNarrowed,
          format.right * kNarrowed,
          format.bottom * kNarrowed,
          format.top * kNarrowed};
}

Page::Page(const PageFormat& format, const DocumentFacts& facts, Furniture furniture)
    : format_(format),
      furniture_(std::move(furniture)),
      bytes_(std::make_unique<std::string>()),
      left_(format.left),
      width_(format.width - format.left - format.right),
      y_(format.top),
      bottom_(format.height - format.bottom) {
  surface_.reset(
      cairo_pdf_surface_create_for_stream(append, bytes_.get(), format.width, format.height));
  cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_5);
  const auto describe = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface_.get(), key, value.c_str());
  };
  describe(CAIRO_PDF_METADATA_TITLE, facts.title);
  describe(CAIRO_PDF_METADATA_SUBJECT, facts.subject);
  // Not the clock of this machine: the same input gives the same bytes.
  describe(CAIRO_PDF_METADATA_CREATE_DATE, facts.created_at);
  cairo_.reset(cairo_create(surface_.get()));
  put_furniture();
}

Page Page::measuring(const Page& other) {
  Page page;
  page.format_ = other.format_;
  page.left_ = other.left_;
  page.width_ = other.width_;
  page.bottom_ = std::numeric_limits<double>::infinity();
  return page;
}

Page Page::counting(const PageFormat& format) {
  Page page;
  page.format_ = format;
  page.left_ = format.left;
  page.width_ = format.width - format.left - format.right;
  page.y_ = format.top;
  page.bottom_ = format.height - format.bottom;
  return page;
}

void Page::narrow(double left_by, double right_by) {
  left_ += left_by;
  width_ -= left_by + right_by;
}

void Page::need(double height) {
  if (height > remaining() && height <= full_height()) break_page();
}

void Page::break_page() {
  y_ = format_.top;
  if (++page_ > kPagesMax) overflowed_ = true;
  if (cairo_ == nullptr || overflowed_) return;
  cairo_show_page(cairo_.get());
  put_furniture();
}

void Page::put_watermark() {
  constexpr double kSizeOfWidth = 0.17;
  const TextBlock text({{furniture_.watermark}},
                       {.size = format_.width * kSizeOfWidth, .bold = true}, 0);
  cairo_save(cairo_.get());
  cairo_set_source_rgb(cairo_.get(), 0.9, 0.9, 0.9);
  cairo_translate(cairo_.get(), format_.width / 2, format_.height / 2);
  cairo_rotate(cairo_.get(), -std::atan2(format_.height, format_.width));
  put(text, -text.ink_width() / 2, -text.height() / 2);
  cairo_restore(cairo_.get());
}

void Page::put_furniture() {
  TextStyle style{.size = 8.5, .align = Align::center};
  const double width = format_.width - format_.left - format_.right;
  if (!furniture_.watermark.empty()) put_watermark();
  if (page_ > 1 && furniture_.numbers_on_top) {
    const TextBlock number({{std::to_string(page_)}}, {.size = 10, .align = Align::center}, width);
    put(number, format_.left, format_.top - number.height() - 6);
  }
  const std::string text = furniture_.footer ? furniture_.footer(page_) : std::string{};
  if (!text.empty()) {
    const TextBlock footer({{text}}, style, width);
    put(footer, format_.left, format_.height - format_.bottom + 8);
  }
}

void Page::put_line(const Line& line, double x, double y) {
  if (cairo_ == nullptr || overflowed_) return;
  cairo_move_to(cairo_.get(), x + line.x, y);
  pango_cairo_show_layout_line(cairo_.get(), line.line);
}

void Page::put(const TextBlock& text, double x, double y) {
  for (const Line& line : text.lines()) put_line(line, x, y + line.baseline);
}

void Page::put_rule(double x, double y, double length, double thickness) {
  if (cairo_ == nullptr || overflowed_) return;
  cairo_set_line_width(cairo_.get(), thickness);
  cairo_move_to(cairo_.get(), x, y);
  cairo_line_to(cairo_.get(), x + length, y);
  cairo_stroke(cairo_.get());
}

void Page::put_frame(double x, double y, double width, double height) {
  if (cairo_ == nullptr || overflowed_) return;
  cairo_set_line_width(cairo_.get(), 0.6);
  cairo_rectangle(cairo_.get(), x, y, width, height);
  cairo_stroke(cairo_.get());
}

void Page::put_qr(const QrCode& code, double x, double y, double side) {
  if (cairo_ == nullptr || overflowed_) return;
  code.draw(cairo_.get(), x, y, side);
}

void Page::flow(const TextBlock& text, double x) {
  // Up to three lines stay together: a lone line at the head or foot of a page reads badly.
  if (text.lines().size() <= 3) need(text.height());
  double shift = 0;  // how much of the block stands on earlier pages
  for (const Line& line : text.lines()) {
    const double below = y_ + line.top - shift + line.height;
    if (below > bottom_ && line.top > shift) {
      shift = line.top;
      break_page();
    } else if (below > bottom_ && y_ > format_.top) {
      break_page();
    }
    put_line(line, left_ + x, y_ + line.baseline - shift);
  }
  y_ += text.height() - shift;
}

base::Outcome<std::string> Page::finish() {
  cairo_show_page(cairo_.get());
  const cairo_status_t drawn = cairo_status(cairo_.get());
  cairo_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t written = cairo_surface_status(surface_.get());
  surface_.reset();
  if (overflowed_) {
    return base::fault(base::FaultCode::exhausted, "the document is longer than 1,000 pages");
  }
  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
    return base::fault(base::FaultCode::internal,
                       std::string("cairo: ") +
                           cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  }
  return std::move(*bytes_);
}

}  // namespace documents::internal
