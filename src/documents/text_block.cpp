#include "documents/text_block.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "documents/fonts.h"

namespace documents::internal {
namespace {

constexpr double kUnit = PANGO_SCALE;

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

// Direction overrides and isolates can make a printed name read differently from the stored one;
// zero-width characters hide in it.
bool is_dropped(gunichar c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x200e ||
         c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
         c == 0x200b || c == 0xfeff || c == 0xfffc;
}

// Numbers of documents (512/TTr-SNNMT), dates and codes are not broken at their signs, where a line
// has room for them.
void keep_codes_whole(PangoAttrList* list, const std::string& text, double size, double width) {
  constexpr std::size_t kBytesMax = 40;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view token = std::string_view(text).substr(begin, end - begin);
    const double estimate = static_cast<double>(token.size()) * size * 0.6;
    if (token.size() <= kBytesMax && (width <= 0 || estimate < width) &&
        token.find_first_of("/-") != std::string_view::npos) {
      add(list, pango_attr_allow_breaks_new(FALSE), begin, end);
    }
    begin = end + 1;
  }
}

// Whether `text` is such that nothing has to be done to it: printable ASCII, line breaks, composed
// Latin letters (below U+0300 and U+1E80 to U+1EFF) and common punctuation, which are in NFC
// whatever follows them.  Nearly every Vietnamese text is; the general way costs ten times as much.
bool is_plain(std::string_view text) {
  const auto follows = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if ((c >= 0x20 && c < 0x7f) || c == '\n') {
      i += 1;
    } else if (follows(i + 1) && ((c >= 0xc3 && c <= 0xcb) || (c == 0xc2 && next >= 0xa0))) {
      i += 2;
    } else if (c == 0xe1 && (next == 0xba || next == 0xbb) && follows(i + 2)) {
      i += 3;
    } else if (c == 0xe2 && next == 0x80 && follows(i + 2) &&
               static_cast<unsigned char>(text[i + 2]) >= 0x90 &&
               static_cast<unsigned char>(text[i + 2]) <= 0xa6) {
      i += 3;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

TextBlock::TextBlock(const std::vector<Run>& runs, const TextStyle& style, double width)
    : layout_(pango_layout_new(pango_context_of_thread())), width_(width) {
  PangoLayout* const layout = layout_.get();
  PangoFontDescription* const font = pango_font_description_new();
  pango_font_description_set_family_static(font, document_font_family());
  pango_font_description_set_size(font, static_cast<int>(style.size * kUnit));
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);

  std::string text;
  PangoAttrList* const attributes = pango_attr_list_new();
  for (const Run& run : runs) {
    const std::size_t begin = text.size();
    text += run.text;
    if (run.bold || style.bold) {
      add(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, text.size());
    }
    if (run.italic || style.italic) {
      add(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC), begin, text.size());
    }
  }
  // Ligatures would come back from the PDF as other characters than were printed.
  add(attributes, pango_attr_font_features_new("liga=0, clig=0, dlig=0"), 0, text.size());
  keep_codes_whole(attributes, text, style.size, width);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  if (width > 0) pango_layout_set_width(layout, static_cast<int>(width * kUnit));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_line_spacing(layout, static_cast<float>(style.line_spacing));
  pango_layout_set_indent(layout, static_cast<int>(style.first_indent * kUnit));
  pango_layout_set_justify(layout, style.align == Align::justify ? TRUE : FALSE);
  pango_layout_set_alignment(layout, style.align == Align::center  ? PANGO_ALIGN_CENTER
                                     : style.align == Align::right ? PANGO_ALIGN_RIGHT
                                                                   : PANGO_ALIGN_LEFT);

  PangoLayoutIter* const at = pango_layout_get_iter(layout);
  do {
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(at, nullptr, &logical);
    lines_.push_back({pango_layout_iter_get_line_readonly(at), logical.x / kUnit, logical.y / kUnit,
                      logical.height / kUnit, pango_layout_iter_get_baseline(at) / kUnit});
    ink_width_ = std::max(ink_width_, logical.width / kUnit);
    end_of_last_line_ = (logical.x + logical.width) / kUnit;
    height_ = std::max(height_, (logical.y + logical.height) / kUnit);
  } while (pango_layout_iter_next_line(at) != 0);
  pango_layout_iter_free(at);
}

TextBlock balanced(const std::vector<Run>& runs, const TextStyle& style, double width) {
  const std::size_t lines = TextBlock(runs, style, width).lines().size();
  double least = width / 2, most = width;
  while (lines > 1 && lines < 6 && most - least > 2) {
    const double middle = (least + most) / 2;
    (TextBlock(runs, style, middle).lines().size() > lines ? least : most) = middle;
  }
  return {runs, style, most};
}

double width_of(const std::string& text, const TextStyle& style) {
  return TextBlock({{text}}, style, 0).ink_width();
}

std::string printable(std::string_view text, std::size_t characters_max) {
  if (text.size() <= characters_max && is_plain(text)) return std::string(text);
  std::string whole;
  if (base::is_utf8(text)) {
    whole = text;
  } else {
    gchar* const valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    whole = valid;
    g_free(valid);
  }
  // A string of four bytes a character is cut before the costly normalisation.
  const bool cut_early = whole.size() > characters_max * 8;
  if (cut_early) {
    std::size_t end = characters_max * 8;
    while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xc0U) == 0x80U) --end;
    whole.resize(end);
  }
  whole = base::to_nfc(whole);
  std::string result;
  result.reserve(whole.size());
  std::size_t characters = 0;
  const char* const end = whole.data() + whole.size();
  for (const char* p = whole.data(); p < end; p = g_utf8_next_char(p)) {
    const gunichar c = g_utf8_get_char(p);
    if (is_dropped(c)) continue;
    if (++characters > characters_max) return result + " […]";
    if (c == '\t' || c == 0x2028 || c == 0x2029 || c == 0x85) {
      result += ' ';
    } else {
      result.append(p, static_cast<std::size_t>(g_utf8_next_char(p) - p));
    }
  }
  return cut_early ? result + " […]" : result;
}

}  // namespace documents::internal
