#pragma once
// diagram_svg_text.h - text in a picture: escaped, and broken into lines.  Internal to the module.
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// For element content and attributes; characters XML cannot hold become U+FFFD.
[[nodiscard]] std::string svg_escaped(std::string_view text);
// Shortest form with at most one decimal.
[[nodiscard]] std::string svg_number(double value);
// Width in pixels at `size`, by rule of thumb; combining marks take none.
[[nodiscard]] double text_width(std::string_view text, double size);
// Lines of at most `width` pixels; the last of at most `lines_max` ends in … where more is left.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double width, double size,
                                               std::size_t lines_max);
// <text> with a <tspan> for each line, centred on x (or from it), the middle of the lines at y.
[[nodiscard]] std::string svg_text(const std::vector<std::string>& lines, double x, double y,
                                   double size, std::string_view classes);

}  // namespace bpmn
