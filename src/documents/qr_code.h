#pragma once
// qr_code.h - text as a QR symbol: for the printed page and for the web page.
//
// Error correction M (a folded, stamped paper still reads), and always a quiet zone of four
// modules, without which cheap scanners fail.
//
// Source: ISO/IEC 18004, 5.3.8 (quiet zone of 4X).
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"

struct _cairo;  // cairo_t

namespace documents {

class QrCode {
 public:
  static constexpr int kQuietZone = 4;  // modules of white on every side

  // Fault `invalid`: empty, or more than 1,000 bytes (a symbol that dense does not read on paper).
  [[nodiscard]] static base::Outcome<QrCode> of(std::string_view text);

  // Modules along a side, without the quiet zone: 21, 25, 29 ...
  [[nodiscard]] int size() const { return size_; }
  // Outside of the symbol everything is light.
  [[nodiscard]] bool is_dark(int x, int y) const;

  // A self-contained <svg> element with a view box in modules, quiet zone included.  `title` is its
  // accessible name; it is escaped.
  [[nodiscard]] std::string svg(std::string_view title) const;

  // Black on white, `side` units wide with the quiet zone, upper left corner at (x, y).
  void draw(struct _cairo* context, double x, double y, double side) const;

 private:
  int size_ = 0;
  std::vector<bool> dark_;
};

}  // namespace documents
