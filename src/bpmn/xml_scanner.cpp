#include "bpmn/xml_scanner.h"

#include <algorithm>

namespace bpmn {
namespace {

constexpr std::size_t kEntityDepthMax = 16;
constexpr std::size_t kEntityNameMax = 256;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

struct Decoded {
  std::uint32_t value = 0;
  std::size_t size = 0;
};

// Requires: UTF-8 and at < text.size().
Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) & 0x3FU : 0U;
  };
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {((first & 0x1FU) << 6U) | byte(1), 2};
  if (first < 0xF0) return {((first & 0x0FU) << 12U) | (byte(1) << 6U) | byte(2), 3};
  return {((first & 0x07U) << 18U) | (byte(1) << 12U) | (byte(2) << 6U) | byte(3), 4};
}

// [2] Char
bool is_character(std::uint32_t c) {
  return c >= 0x20 ? c < 0xD800 || (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c < 0x110000)
                   : c == '\t' || c == '\n' || c == '\r';
}

// [4] NameStartChar
bool starts_name(std::uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) ||
         (c >= 0x370 && c <= 0x1FFF && c != 0x37E) || c == 0x200C || c == 0x200D ||
         (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
         (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
}

// [4a] NameChar
bool continues_name(std::uint32_t c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

bool is_predefined(std::string_view name) {
  return name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos";
}

void append(std::string& out, std::string_view text, char quote) {
  for (const char c : text) {
    if (quote != 0 && c == '"') {
      out += "&quot;";
    } else if (quote != 0 && c == '\'') {
      out += "&apos;";
    } else {
      out += c;
    }
  }
}

// "#65;" or "#x41;" at the beginning: the character, 0 when it is none, and how long it is.
Decoded character_reference(std::string_view text) {
  const bool hex = text.starts_with("#x");
  std::size_t at = hex ? 2 : 1;
  std::uint32_t value = 0;
  const std::size_t first = at;
  for (; at < text.size() && text[at] != ';'; ++at) {
    const char c = text[at];
    std::uint32_t digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
    if (hex && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
    if (hex && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
    if (digit == 99) return {};
    value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (at == first || at >= text.size() || !is_character(value)) return {};
  return {value, at + 1};
}

}  // namespace

int line_of(std::string_view text, std::size_t offset) {
  int line = 1;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++line;
    }
  }
  return line;
}

bool XmlScanner::fail_at(std::size_t at, std::string message) {
  if (!error_) error_ = ReadError{line_of(text_, at), std::move(message)};
  return false;
}

void XmlScanner::count_part() {
  if (++parts_ > kPartsMax && !too_large_) {
    too_large_ =
        ReadError{line_of(text_, at_), "more than 2,000,000 parts", ReadFailure::too_large};
  }
}

std::optional<ReadError> XmlScanner::scan() {
  scan_document();
  return error_ ? error_ : too_large_;
}

std::optional<XmlRange> XmlScanner::scan_root() {
  root_only_ = true;
  scan_document();
  if (ranges_.empty() || error_) return std::nullopt;
  return ranges_.front();
}

bool XmlScanner::scan_document() {
  if (!scan_prolog() || !scan_elements()) return false;
  if (root_only_) return true;
  if (!scan_misc()) return false;
  if (ended()) return true;
  return fail(is("<") ? "more than one root element" : "text after the root element");
}

bool XmlScanner::scan_prolog() {
  if (is("<?xml") && text_.size() > 5 && is_space(text_[5]) && !scan_declaration()) return false;
  if (!scan_misc()) return false;
  if (is("<!DOCTYPE") && (!scan_doctype() || !scan_misc())) return false;
  if (ended()) return fail("no root element");
  return is("<") || fail("text before the root element");
}

// [23] XMLDecl: version, then encoding, then standalone.
bool XmlScanner::scan_declaration() {
  at_ += 5;
  bool first = true;
  for (;;) {
    const bool space = skip_space();
    if (is("?>")) break;
    const std::size_t begin = at_;
    if (!space || !scan_name()) return fail("the XML declaration is broken");
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (first && name != "version") return fail_at(begin, "the XML declaration names no version");
    if (name != "version" && name != "encoding" && name != "standalone") {
      return fail_at(begin, "the XML declaration is broken");
    }
    first = false;
    skip_space();
    std::string_view value;
    if (!is("=")) return fail("the XML declaration is broken");
    ++at_;
    skip_space();
    if (!scan_quoted(value)) return false;
  }
  if (first) return fail("the XML declaration names no version");
  at_ += 2;
  return true;
}

bool XmlScanner::scan_misc() {
  for (;;) {
    skip_space();
    if (is("<!--")) {
      if (!scan_comment()) return false;
    } else if (is("<?")) {
      if (!scan_instruction()) return false;
    } else {
      return true;
    }
  }
}

bool XmlScanner::skip_space() {
  const std::size_t begin = at_;
  while (!ended() && is_space(text_[at_])) ++at_;
  return at_ > begin;
}

bool XmlScanner::scan_character() {
  const auto c = static_cast<unsigned char>(text_[at_]);
  if (c >= 0x20 && c < 0x80) {
    ++at_;
    return true;
  }
  const Decoded decoded = decode(text_, at_);
  if (!is_character(decoded.value)) return fail("a character that XML does not allow");
  at_ += decoded.size;
  return true;
}

bool XmlScanner::scan_name() {
  const std::size_t begin = at_;
  while (!ended()) {
    const Decoded decoded = decode(text_, at_);
    if (at_ == begin ? !starts_name(decoded.value) : !continues_name(decoded.value)) break;
    at_ += decoded.size;
  }
  return at_ > begin;
}

bool XmlScanner::scan_quoted(std::string_view& value) {
  if (!is("\"") && !is("'")) return fail("a value without quotes");
  const char quote = text_[at_++];
  const std::size_t begin = at_;
  while (!ended() && text_[at_] != quote) {
    if (!scan_character()) return false;
  }
  if (ended()) return fail_at(begin, "a value that is not closed");
  value = text_.substr(begin, at_ - begin);
  ++at_;
  return true;
}

bool XmlScanner::scan_comment() {
  const std::size_t begin = at_;
  at_ += 4;
  for (; !ended() && !is("--");) {
    if (!scan_character()) return false;
  }
  if (ended()) return fail_at(begin, "a comment that is not closed");
  if (!is("-->")) return fail("-- inside a comment");
  at_ += 3;
  return true;
}

bool XmlScanner::scan_instruction() {
  const std::size_t begin = at_;
  at_ += 2;
  const std::size_t name = at_;
  if (!scan_name()) return fail("a processing instruction without a name");
  std::string lower{text_.substr(name, at_ - name)};
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower == "xml") {
    return fail_at(begin, "an XML declaration that is not at the very beginning");
  }
  if (!is("?>") && !skip_space()) return fail("a broken processing instruction");
  while (!ended() && !is("?>")) {
    if (!scan_character()) return false;
  }
  if (ended()) return fail_at(begin, "a processing instruction that is not closed");
  at_ += 2;
  return true;
}

// [28] doctypedecl.  What lies outside is named and never fetched.
bool XmlScanner::scan_doctype() {
  const std::size_t begin = at_;
  at_ += 9;
  std::string_view value;
  if (!skip_space() || !scan_name()) return fail("a broken document type");
  skip_space();
  if (is("SYSTEM") || is("PUBLIC")) {
    const bool is_public = is("PUBLIC");
    has_outside_ = true;
    at_ += 6;
    if (!skip_space() || !scan_quoted(value)) return fail("a broken document type");
    if (is_public && (!skip_space() || !scan_quoted(value))) return fail("a broken document type");
    skip_space();
  }
  if (is("[")) {
    ++at_;
    for (;;) {
      skip_space();
      if (ended()) return fail_at(begin, "a document type that is not closed");
      if (is("]")) break;
      if (is("%")) {
        ++at_;
        has_outside_ = true;
        if (!scan_name() || !is(";")) return fail("a broken document type");
        ++at_;
        continue;
      }
      const bool fine = is("<!--")       ? scan_comment()
                        : is("<?")       ? scan_instruction()
                        : is("<!ENTITY") ? scan_entity_declaration()
                                         : skip_declaration();
      if (!fine) return false;
    }
    ++at_;
    skip_space();
  }
  if (!is(">"))
    return fail(ended() ? "a document type that is not closed" : "a broken document type");
  ++at_;
  return true;
}

bool XmlScanner::skip_declaration() {
  const std::size_t begin = at_;
  if (!is("<!ELEMENT") && !is("<!ATTLIST") && !is("<!NOTATION")) {
    return fail("a broken document type");
  }
  std::string_view value;
  while (!ended() && !is(">")) {
    if (is("\"") || is("'")) {
      if (!scan_quoted(value)) return false;
    } else if (is("<")) {
      return fail("a broken document type");
    } else if (!scan_character()) {
      return false;
    }
  }
  if (ended()) return fail_at(begin, "a document type that is not closed");
  ++at_;
  return true;
}

bool XmlScanner::scan_entity_declaration() {
  at_ += 8;
  if (!skip_space()) return fail("a broken entity declaration");
  const bool parameter = is("%");
  if (parameter) ++at_;
  if (parameter && !skip_space()) return fail("a broken entity declaration");
  const std::size_t begin = at_;
  if (!scan_name()) return fail("a broken entity declaration");
  const std::string name{text_.substr(begin, at_ - begin)};
  if (!skip_space()) return fail("a broken entity declaration");
  std::string_view value;
  if (is("SYSTEM") || is("PUBLIC")) {
    const bool is_public = is("PUBLIC");
    at_ += 6;
    if (!skip_space() || !scan_quoted(value)) return fail("a broken entity declaration");
    if (is_public && (!skip_space() || !scan_quoted(value))) {
      return fail("a broken entity declaration");
    }
    skip_space();
    if (is("NDATA")) {
      at_ += 5;
      if (!skip_space() || !scan_name()) return fail("a broken entity declaration");
    }
    if (!parameter) has_outside_ = true;
  } else {
    if (!scan_quoted(value)) return false;
    // Character references are resolved where an entity is declared, others where it is used.
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const Decoded character =
          value.substr(i).starts_with("&#") ? character_reference(value.substr(i + 1)) : Decoded{};
      if (character.size == 0 || character.value >= 0x80) {
        text += value[i];
        continue;
      }
      text += static_cast<char>(character.value);
      i += character.size;
    }
    if (!parameter) entities_.emplace(name, std::move(text));
  }
  skip_space();
  if (!is(">")) return fail("a broken entity declaration");
  ++at_;
  return true;
}

bool XmlScanner::scan_elements() {
  do {
    if (ended()) {
      const std::string_view name = text_.substr(open_.back().name_begin, open_.back().name_size);
      return fail("the file ends inside <" + std::string{name.substr(0, 60)} + ">");
    }
    const bool fine = !is("<")          ? scan_text()
                      : is("</")        ? scan_end_tag()
                      : is("<!--")      ? scan_comment()
                      : is("<![CDATA[") ? scan_cdata()
                      : is("<?")        ? scan_instruction()
                                        : scan_start_tag();
    if (!fine) return false;
    if (root_only_) return true;
  } while (!open_.empty());
  return true;
}

bool XmlScanner::scan_start_tag() {
  count_part();
  const std::size_t begin = at_++;
  const std::size_t name_begin = at_;
  if (!scan_name()) return fail("a < that begins no tag");
  const Open open{name_begin, at_ - name_begin, ranges_.size()};
  std::vector<std::string_view> names;
  for (;;) {
    const bool space = skip_space();
    if (ended()) return fail("the file ends inside a tag");
    if (is(">") || is("/>")) break;
    if (!space) return fail("a broken tag");
    if (!scan_attribute(names)) return false;
  }
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end()) {
    return fail_at(begin, "the attribute " + std::string{twice->substr(0, 60)} + " stands twice");
  }
  const bool empty = is("/>");
  at_ += empty ? 2 : 1;
  const auto end = static_cast<std::uint32_t>(at_);
  if (!too_large_) ranges_.push_back({static_cast<std::uint32_t>(begin), end, end, end});
  if (empty) return true;
  open_.push_back(open);
  if (open_.size() > kDepthMax && !too_large_) {
    too_large_ =
        ReadError{line_of(text_, begin), "nested deeper than 1,000 levels", ReadFailure::too_large};
  }
  return true;
}

bool XmlScanner::scan_attribute(std::vector<std::string_view>& names) {
  count_part();
  const std::size_t begin = at_;
  if (!scan_name()) return fail("a broken tag");
  names.push_back(text_.substr(begin, at_ - begin));
  skip_space();
  if (!is("=")) return fail("an attribute without a value");
  ++at_;
  skip_space();
  if (!is("\"") && !is("'")) return fail("an attribute's value without quotes");
  const char quote = text_[at_++];
  const std::size_t value = at_;
  while (!ended() && text_[at_] != quote) {
    if (text_[at_] == '<') return fail("a < inside an attribute's value");
    if (!(text_[at_] == '&' ? scan_reference(quote) : scan_character())) return false;
  }
  if (ended()) return fail_at(value, "an attribute's value that is not closed");
  ++at_;
  return true;
}

bool XmlScanner::scan_end_tag() {
  const std::size_t begin = at_;
  at_ += 2;
  const std::size_t name_begin = at_;
  if (!scan_name()) return fail("a broken end tag");
  const std::string_view name = text_.substr(name_begin, at_ - name_begin);
  skip_space();
  if (!is(">")) return fail(ended() ? "the file ends inside a tag" : "a broken end tag");
  ++at_;
  if (open_.empty()) return fail_at(begin, "an end tag before the root element");
  const Open open = open_.back();
  const std::string_view opened = text_.substr(open.name_begin, open.name_size);
  if (name != opened) {
    return fail_at(begin, "</" + std::string{name.substr(0, 60)} + "> ends <" +
                              std::string{opened.substr(0, 60)} + "> of line " +
                              std::to_string(line_of(text_, open.name_begin)));
  }
  open_.pop_back();
  if (open.range < ranges_.size()) {
    ranges_[open.range].content_end = static_cast<std::uint32_t>(begin);
    ranges_[open.range].end = static_cast<std::uint32_t>(at_);
  }
  return true;
}

bool XmlScanner::scan_text() {
  count_part();
  while (!ended() && text_[at_] != '<') {
    if (text_[at_] == '&') {
      if (!scan_reference(0)) return false;
    } else if (text_[at_] == ']' && is("]]>")) {
      return fail("]]> outside a CDATA section");
    } else if (!scan_character()) {
      return false;
    }
  }
  return true;
}

bool XmlScanner::scan_cdata() {
  count_part();
  const std::size_t begin = at_;
  if (open_.empty()) return fail("text before the root element");
  at_ += 9;
  while (!ended() && !is("]]>")) {
    if (!scan_character()) return false;
  }
  if (ended()) return fail_at(begin, "a CDATA section that is not closed");
  at_ += 3;
  return true;
}

bool XmlScanner::scan_reference(char quote) {
  const std::size_t begin = at_++;
  if (is("#")) {
    const Decoded character = character_reference(text_.substr(at_, 64));
    if (character.size == 0) return fail_at(begin, "a reference to a character that is none");
    at_ += character.size;
    return true;
  }
  const std::size_t name_begin = at_;
  if (!scan_name() || !is(";")) return fail_at(begin, "an & that begins no reference");
  const std::string name{text_.substr(name_begin, at_ - name_begin)};
  ++at_;
  if (is_predefined(name)) return true;
  if (!entities_.contains(name)) {
    // Declared outside, perhaps: it stays as it is written.
    return has_outside_ || fail_at(begin, "the entity " + name.substr(0, 60) + " is not declared");
  }
  std::string text;
  if (too_large_) return true;
  if (!expand(name, quote, 0, text)) return false;
  replacements_.push_back({begin, at_, std::move(text)});
  return true;
}

bool XmlScanner::expand(const std::string& name, char quote, std::size_t depth, std::string& out) {
  if (depth > kEntityDepthMax) return fail("entities that contain each other");
  const std::string& text = entities_.at(name);
  expanded_ += text.size() + 1;
  if (expanded_ > kExpansionMax) {
    if (!too_large_) {
      too_large_ = ReadError{line_of(text_, at_), "entities that stand for more than 1 MiB",
                             ReadFailure::too_large};
    }
    return true;
  }
  std::size_t from = 0;
  for (std::size_t i = text.find('&'); i != std::string::npos; i = text.find('&', i + 1)) {
    const std::string_view head = std::string_view{text}.substr(i + 1, kEntityNameMax);
    const std::size_t size = head.find(';');
    if (size == std::string_view::npos) continue;
    const std::string inner{head.substr(0, size)};
    if (!entities_.contains(inner)) continue;
    append(out, std::string_view{text}.substr(from, i - from), quote);
    if (!expand(inner, quote, depth + 1, out)) return false;
    if (too_large_) return true;
    from = i + size + 2;
  }
  append(out, std::string_view{text}.substr(from), quote);
  return true;
}

}  // namespace bpmn
