#pragma once
// text_block.h - runs of text broken into lines of one width, ready to be put on a page.
#include <memory>
#include <string>
#include <vector>

#include <pango/pango.h>

namespace documents::internal {

struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
};

enum class Align { left, center, right, justify };

struct TextStyle {
  double size = 12;  // points
  bool bold = false;
  bool italic = false;
  Align align = Align::left;
  double first_indent = 0;  // of the first line; negative: of all others (hanging)
  double line_spacing = 1.12;
};

// One line; measures in points, relative to the block's upper left corner.
struct Line {
  PangoLayoutLine* line = nullptr;
  double x = 0, top = 0, height = 0, baseline = 0;
};

class TextBlock {
 public:
  TextBlock(const std::vector<Run>& runs, const TextStyle& style, double width);

  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  [[nodiscard]] double height() const { return height_; }
  // What the lines were broken to; 0 for a single line.
  [[nodiscard]] double width() const { return width_; }
  // Of the widest line.
  [[nodiscard]] double ink_width() const { return ink_width_; }
  // Where the last line ends, from the left.
  [[nodiscard]] double end_of_last_line() const { return end_of_last_line_; }

 private:
  struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  std::unique_ptr<PangoLayout, Unref> layout_;
  std::vector<Line> lines_;
  double width_ = 0, height_ = 0, ink_width_ = 0, end_of_last_line_ = 0;
};

// The same lines, as even as they can be without adding one: for centred headings.
[[nodiscard]] TextBlock balanced(const std::vector<Run>& runs, const TextStyle& style,
                                 double width);

// Width of `text` on one line.
[[nodiscard]] double width_of(const std::string& text, const TextStyle& style);

// NFC; control and direction-changing characters dropped, line breaks kept; invalid UTF-8 becomes
// U+FFFD.  Cut, with a mark, after `characters_max`.
[[nodiscard]] std::string printable(std::string_view text, std::size_t characters_max);

}  // namespace documents::internal
