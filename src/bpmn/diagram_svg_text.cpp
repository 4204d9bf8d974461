#include "bpmn/diagram_svg_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace bpmn {
namespace {

// One character of UTF-8 at `at`; bytes that are none count as one U+FFFD each.
struct Character {
  char32_t code = 0xFFFD;
  std::size_t bytes = 1;
};

Character character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return {};
  char32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0U) != 0x80U) return {};
    code = code << 6U | (next & 0x3FU);
  }
  const bool shortest = bytes == 2 || (bytes == 3 ? code >= 0x800 : code >= 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (!shortest || surrogate || code > 0x10FFFF) return {};
  return {code, bytes};
}

bool is_combining(char32_t code) {
  return (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x202A && code <= 0x202E);
}

double width_of(char32_t code) {
  if (is_combining(code)) return 0;
  if (code == ' ' || code == 'i' || code == 'l' || code == '.' || code == ',' || code == 'j' ||
      code == 't' || code == 'f' || code == 'I' || code == '\'') {
    return 0.33;
  }
  if (code == 'm' || code == 'w' || code == 'M' || code == 'W') return 0.88;
  if (code >= 'A' && code <= 'Z') return 0.7;
  return code >= 0x2E80 ? 1.0 : 0.58;
}

// Text that is broken only where it must be: whole words, and words too long for a line in pieces.
std::vector<std::string> words_of(std::string_view text, double width, double size) {
  std::vector<std::string> words;
  std::string word;
  double used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    const bool space = character.code <= ' ' || character.code == 0xA0;
    if (!space) {
      const double more = width_of(character.code) * size;
      if (used + more > width && !word.empty() && more > 0) {
        words.push_back(std::move(word));
        word.clear();
        used = 0;
      }
      word += text.substr(at, character.bytes);
      used += more;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
      used = 0;
    }
    at += character.bytes;
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

std::string svg_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    const char32_t code = character.code;
    const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    // Marks that turn the direction of text could make a name look like another.
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (code == '&') {
      out += "&amp;";
    } else if (code == '<') {
      out += "&lt;";
    } else if (code == '>') {
      out += "&gt;";
    } else if (code == '"') {
      out += "&quot;";
    } else if (code == '\'') {
      out += "&#39;";
    } else if (control || turns || code == 0x7F || code == 0xFFFD || (code & 0xFFFEU) == 0xFFFEU) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  return out;
}

std::string svg_number(double value) {
  const double rounded = std::round(value * 10) / 10;
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                 rounded == 0 ? 0.0 : rounded, std::chars_format::fixed, 1);
  std::string text{buffer.data(), end.ptr};
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

double text_width(std::string_view text, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    width += width_of(character.code) * size;
    at += character.bytes;
  }
  return width;
}

std::vector<std::string> wrapped(std::string_view text, double width, double size,
                                 std::size_t lines_max) {
  std::vector<std::string> lines;
  std::string line;
  double used = 0;
  for (const std::string& word : words_of(text.substr(0, 4'000), width, size)) {
    const double more = text_width(word, size);
    const double space = line.empty() ? 0 : text_width(" ", size);
    if (!line.empty() && used + space + more > width) {
      if (lines.size() + 1 >= lines_max) {
        lines.push_back(line + "…");
        return lines;
      }
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    if (!line.empty()) {
      line += ' ';
      used += space;
    }
    line += word;
    used += more;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string svg_text(const std::vector<std::string>& lines, double x, double y, double size,
                     std::string_view classes) {
  if (lines.empty()) return {};
  const double step = size * 1.25;
  double at = y - step * (static_cast<double>(lines.size()) - 1) / 2 + size * 0.35;
  std::string out =
      "<text class=\"" + std::string{classes} + "\" font-size=\"" + svg_number(size) + "\">";
  for (const std::string& line : lines) {
    out += "<tspan x=\"" + svg_number(x) + "\" y=\"" + svg_number(at) + "\">" + svg_escaped(line) +
           "</tspan>";
    at += step;
  }
  return out + "</text>";
}

}  // namespace bpmn
