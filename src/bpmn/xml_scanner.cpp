#include "bpmn/xml_scanner.h"

#include <algorithm>
#include <limits>
#include <memory>

#include <expat.h>

namespace bpmn {

namespace {

constexpr std::size_t kEntitiesMax = 1'000;
constexpr std::size_t kEntityDepthMax = 16;

// The text is UTF-8, whatever it says of itself.
using Expat = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;

std::size_t count_of(const XML_Char** attributes) {
  std::size_t count = 0;
  while (attributes[2 * count] != nullptr) ++count;
  return count;
}

// So that they do not end the attribute in which they come to stand.
void escape_quotes(std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\'') {
      escaped += "&apos;";
    } else {
      escaped += c;
    }
  }
  text = std::move(escaped);
}

}  // namespace

// What expat calls, with the scanner as its user.
struct XmlEvents {
  XML_Parser parser;
  XmlScanner& scanner;

  [[nodiscard]] std::size_t at() const {
    return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser), 0));
  }
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(XML_GetCurrentByteCount(parser));
  }
  static void begin(void* user, const XML_Char*, const XML_Char** attributes) {
    const auto& events = *static_cast<XmlEvents*>(user);
    events.scanner.begin_element(events.at(), events.size(), count_of(attributes));
    if (events.scanner.root_only_) XML_StopParser(events.parser, XML_FALSE);
  }
  static void end(void* user, const XML_Char*) {
    const auto& events = *static_cast<XmlEvents*>(user);
    events.scanner.end_element(events.at(), events.size());
  }
  // Of the document type: <!ENTITY name "value">.  Those that lie elsewhere have no value.
  static void entity(void* user, const XML_Char* name, int is_parameter, const XML_Char* value,
                     int length, const XML_Char*, const XML_Char*, const XML_Char*,
                     const XML_Char*) {
    XmlScanner& scanner = static_cast<XmlEvents*>(user)->scanner;
    if (is_parameter != 0 || value == nullptr) return;
    if (scanner.entities_.size() >= kEntitiesMax)
      return scanner.set_aside("more than 1,000 entities");
    scanner.entities_.push_back({name, std::string(value, static_cast<std::size_t>(length))});
  }
};

std::optional<ReadError> XmlScanner::scan() {
  std::optional<ReadError> error = judge(true);
  if (!undeclared_prefix_) return error;
  // Once more by the grammar of XML alone.
  ranges_.clear();
  open_.clear();
  entities_.clear();
  depth_ = 0;
  parts_ = 0;
  too_large_.reset();
  return judge(false);
}

std::optional<ReadError> XmlScanner::judge(bool with_namespaces) {
  if (text_.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return ReadError{1, "larger than 2 GiB", ReadFailure::too_large};
  }
  const Expat expat{with_namespaces ? XML_ParserCreateNS("UTF-8", ' ') : XML_ParserCreate("UTF-8"),
                    &XML_ParserFree};
  if (expat == nullptr) return ReadError{1, "no memory", ReadFailure::too_large};
  XmlEvents events{expat.get(), *this};
  XML_SetUserData(expat.get(), &events);
  XML_SetElementHandler(expat.get(), &XmlEvents::begin, &XmlEvents::end);
  XML_SetEntityDeclHandler(expat.get(), &XmlEvents::entity);
  const XML_Status status =
      XML_Parse(expat.get(), text_.data(), static_cast<int>(text_.size()), XML_TRUE);
  if (status != XML_STATUS_OK && !root_only_ &&
      XML_GetErrorCode(expat.get()) == XML_ERROR_AMPLIFICATION_LIMIT_BREACH) {
    return ReadError{1, "its entities stand for far more than is written", ReadFailure::too_large};
  }
  const int line = static_cast<int>(XML_GetCurrentLineNumber(expat.get()));
  if (status != XML_STATUS_OK && XML_GetErrorCode(expat.get()) == XML_ERROR_UNBOUND_PREFIX) {
    undeclared_prefix_ = line;
  }
  if (status != XML_STATUS_OK && !root_only_) {
    return ReadError{line, XML_ErrorString(XML_GetErrorCode(expat.get()))};
  }
  if (!too_large_) find_replacements();
  if (too_large_) return ReadError{1, *too_large_, ReadFailure::too_large};
  return std::nullopt;
}

std::optional<XmlRange> XmlScanner::scan_root() {
  root_only_ = true;
  static_cast<void>(scan());
  return ranges_.empty() ? std::nullopt : std::optional{ranges_.front()};
}

void XmlScanner::set_aside(std::string message) {
  if (!too_large_) too_large_ = std::move(message);
}

void XmlScanner::begin_element(std::size_t at, std::size_t size, std::size_t attributes) {
  parts_ += 1 + attributes;
  if (++depth_ > kDepthMax) set_aside("nested deeper than 1,000 levels");
  if (parts_ > kPartsMax) set_aside("more than 2,000,000 parts");
  if (too_large_) return;  // judged to its end, but not kept
  const auto begin = static_cast<std::uint32_t>(at);
  const auto content = static_cast<std::uint32_t>(at + size);
  open_.push_back(ranges_.size());
  ranges_.push_back({begin, content, content, content});
}

void XmlScanner::end_element(std::size_t at, std::size_t size) {
  --depth_;
  if (too_large_ || open_.empty()) return;
  XmlRange& range = ranges_[open_.back()];
  open_.pop_back();
  // An empty-element tag ends where it began; its second event has no text of its own.
  if (text_.substr(range.begin, range.content - range.begin).ends_with("/>")) return;
  range.content_end = static_cast<std::uint32_t>(at);
  range.end = static_cast<std::uint32_t>(at + size);
}

const XmlScanner::Entity* XmlScanner::find_entity(std::string_view name) const {
  const auto found = std::ranges::find(entities_, name, &Entity::name);
  return found == entities_.end() ? nullptr : &*found;
}

bool XmlScanner::is_in_tag(std::size_t at) const {
  const auto after = std::ranges::upper_bound(ranges_, at, {}, &XmlRange::begin);
  return after != ranges_.begin() && at < std::prev(after)->content;
}

// Of the whole text behind the document type: what stands in a comment or a CDATA section is put in
// as well, where it does no harm.
void XmlScanner::find_replacements() {
  if (entities_.empty() || ranges_.empty()) return;
  std::size_t expanded = 0;
  for (std::size_t at = text_.find('&', ranges_.front().begin); at != std::string_view::npos;
       at = text_.find('&', at + 1)) {
    const std::size_t end = text_.find(';', at);
    if (end == std::string_view::npos) return;
    const Entity* entity = find_entity(text_.substr(at + 1, end - at - 1));
    if (entity == nullptr) continue;
    Replacement replacement{at, end + 1, {}};
    expand(entity->text, 0, replacement.text);
    if (is_in_tag(at)) escape_quotes(replacement.text);
    expanded += replacement.text.size();
    if (expanded > kExpansionMax) set_aside("its entities stand for more than 1 MiB");
    if (too_large_) return;
    replacements_.push_back(std::move(replacement));
  }
}

void XmlScanner::expand(std::string_view text, std::size_t depth, std::string& out) {
  if (depth > kEntityDepthMax || out.size() > kExpansionMax) {
    return set_aside("its entities stand for more than 1 MiB");
  }
  while (!text.empty() && !too_large_) {
    const std::size_t at = std::min(text.find('&'), text.size());
    out += text.substr(0, at);
    text.remove_prefix(at);
    const std::size_t end = text.find(';');
    if (text.empty() || end == std::string_view::npos) break;
    const Entity* entity = find_entity(text.substr(1, end - 1));
    if (entity != nullptr) {
      expand(entity->text, depth + 1, out);
    } else {
      out += text.substr(0, end + 1);
    }
    text.remove_prefix(end + 1);
  }
}

int line_of(std::string_view text, std::size_t offset) {
  int line = 1;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++line;
    }
  }
  return line;
}

}  // namespace bpmn
