#pragma once
// page.h - a pile of pages of one size on which blocks are put from top to bottom.
//
// Measures are points.  A page made for measuring has no surface and no bottom: the same code that
// prints a block tells how tall it will be.
//
// Source: Decree 30/2020/NĐ-CP, annex I (margins, the number centred in the upper margin from the
// second page on).
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <cairo.h>

#include "base/fault.h"
#include "documents/qr_code.h"
#include "documents/text_block.h"

namespace documents::internal {

struct PageFormat {
  double width = 0, height = 0;
  double top = 0, right = 0, bottom = 0, left = 0;  // margins
};
[[nodiscard]] PageFormat a4_format();
[[nodiscard]] PageFormat a5_format();
// The same sheet turned, with margins for a wide table.
[[nodiscard]] PageFormat landscape(const PageFormat& format);

struct DocumentFacts {
  std::string title;
  std::string subject;
  std::string created_at;  // ISO 8601; may be empty
};

// What stands on every page besides its content.
struct Furniture {
  std::function<std::string(int page)> footer;  // may be empty
  // The number in the upper margin from the second page on, where the footer does not count.
  bool numbers_on_top = true;
  std::string watermark;  // large and pale across the page; may be empty
};

class Page {
 public:
  static constexpr int kPagesMax = 1000;

  Page(const PageFormat& format, const DocumentFacts& facts, Furniture furniture);
  // For measuring: as wide as `other`, endless, prints nothing.
  [[nodiscard]] static Page measuring(const Page& other);
  // For counting pages: breaks them as a real one does, prints nothing.
  [[nodiscard]] static Page counting(const PageFormat& format);

  [[nodiscard]] int pages() const { return page_; }

  [[nodiscard]] double y() const { return y_; }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double remaining() const { return bottom_ - y_; }
  [[nodiscard]] double full_height() const { return bottom_ - format_.top; }

  void advance(double height) { y_ += height; }
  // The column that blocks fill, until narrowed again.
  void narrow(double left_by, double right_by);
  // Starts a new page unless `height` still fits here, or would fit on no page.
  void need(double height);
  void break_page();

  // At (x, y), without page breaks; the cursor stays.
  void put(const TextBlock& text, double x, double y);
  void put_line(const Line& line, double x, double y);
  void put_rule(double x, double y, double length, double thickness = 0.6);
  void put_frame(double x, double y, double width, double height);
  void put_qr(const QrCode& code, double x, double y, double side);
  // At the cursor, x from the left of the column, broken over pages; the cursor moves below.
  void flow(const TextBlock& text, double x = 0);

  // The PDF.  Requires: called once, last.
  [[nodiscard]] base::Outcome<std::string> finish();

 private:
  Page() = default;
  void put_furniture();
  void put_watermark();

  struct Free {
    void operator()(cairo_t* p) const { cairo_destroy(p); }
    void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  };
  PageFormat format_;
  Furniture furniture_;
  std::unique_ptr<std::string> bytes_;
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> cairo_;  // null while measuring or counting
  double left_ = 0, width_ = 0, y_ = 0, bottom_ = 0;
  int page_ = 1;
  bool overflowed_ = false;
};

}  // namespace documents::internal
