#include "bpmn/xml_source.h"

#include <algorithm>

#include "bpmn/xml_encoding.h"

namespace bpmn {
namespace {

constexpr std::size_t kHead = std::size_t{1} << 20U;

// The prefix that an attribute declares; nullopt when it declares none.
std::optional<std::string_view> declared_prefix(const pugi::xml_attribute& attribute) {
  const std::string_view name = attribute.name();
  if (name == "xmlns") return std::string_view{};
  if (name.starts_with("xmlns:")) return name.substr(6);
  return std::nullopt;
}

}  // namespace

std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {std::string_view{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

std::string foreign_root(const XmlName& root) {
  if (root.local != "definitions") {
    return "the root is <" + std::string{root.local.substr(0, 60)} +
           ">, not definitions of BPMN 2.0";
  }
  if (root.uri == kBpmnNamespace) return {};
  if (root.uri.empty()) return "the root definitions is of no namespace, not of BPMN 2.0";
  return "the root definitions is of the namespace " + std::string{root.uri.substr(0, 120)} +
         ", not of BPMN 2.0";
}

std::optional<ReadError> XmlSource::load(std::string_view xml, std::size_t bytes_max) {
  if (xml.size() > bytes_max) {
    ReadError large{1, "larger than " + std::to_string(bytes_max >> 20U) + " MiB",
                    ReadFailure::too_large};
    // Cut where it is cut, the last character may be broken.
    for (std::size_t cut = 0; cut < 4; ++cut) {
      const auto head = to_utf8_xml(xml.substr(0, std::min(kHead, bytes_max) - cut));
      if (head) return unless_foreign(*head, std::move(large));
    }
    return large;
  }
  base::Result<std::string, ReadError> text = to_utf8_xml(xml);
  if (!text) return std::move(text).error();
  text_ = std::move(text).value();
  if (std::optional<ReadError> error = scan()) {
    if (error->failure == ReadFailure::too_large) return unless_foreign(text_, std::move(*error));
    return error;
  }
  // The root alone: what stands around it is of no interest, and a document type less so.
  const XmlRange root = ranges_.front();
  const pugi::xml_parse_result parsed = document_.load_buffer(
      text_.data() + root.begin, root.end - root.begin, pugi::parse_default, pugi::encoding_utf8);
  if (parsed) return std::nullopt;
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
  return ReadError{line_at(root.begin + offset), parsed.description()};
}

std::optional<ReadError> XmlSource::scan() {
  XmlScanner scanner(text_);
  if (std::optional<ReadError> error = scanner.scan()) return error;
  undeclared_prefix_ = scanner.undeclared_prefix();
  if (scanner.replacements().empty()) {
    find_lines();
    ranges_ = scanner.ranges();
    return std::nullopt;
  }
  expand(scanner.replacements());
  XmlScanner expanded(text_);
  if (std::optional<ReadError> error = expanded.scan()) {
    return ReadError{1, "after its entities are put in: " + error->message, error->failure};
  }
  ranges_ = expanded.ranges();
  return std::nullopt;
}

ReadError XmlSource::unless_foreign(std::string_view text, ReadError error) {
  const std::optional<XmlRange> root = XmlScanner(text).scan_root();
  if (!root) return error;
  // The start tag alone, closed.
  std::string tag{text.substr(root->begin, root->content - root->begin)};
  if (!tag.ends_with("/>")) tag.insert(tag.size() - 1, "/");
  XmlSource alone;
  if (!alone.document_.load_buffer(tag.data(), tag.size(), pugi::parse_default,
                                   pugi::encoding_utf8)) {
    return error;
  }
  const pugi::xml_node element = alone.document_.document_element();
  const XmlScope scope(alone, element);
  std::string foreign = foreign_root(alone.name_of(element));
  if (foreign.empty()) return error;
  return ReadError{bpmn::line_of(text, root->begin), std::move(foreign), ReadFailure::not_bpmn};
}

// Lines stay those of the file: what an entity stands for is where its name was.
void XmlSource::expand(const std::vector<XmlScanner::Replacement>& replacements) {
  std::string out;
  std::size_t from = 0;
  int line = 1;
  line_starts_.assign(1, {0, 1});
  const auto copy = [&](std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      out += text_[i];
      if (text_[i] == '\n') line_starts_.push_back({out.size(), ++line});
    }
  };
  for (const XmlScanner::Replacement& replacement : replacements) {
    copy(replacement.begin);
    out += replacement.text;
    from = replacement.end;
  }
  copy(text_.size());
  text_ = std::move(out);
}

void XmlSource::find_lines() {
  line_starts_.assign(1, {0, 1});
  int line = 1;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const bool ends =
        text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'));
    if (ends) line_starts_.push_back({i + 1, ++line});
  }
}

int XmlSource::line_at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts_, offset, {}, &LineStart::offset);
  return after == line_starts_.begin() ? 1 : std::prev(after)->line;
}

int XmlSource::line_of(const pugi::xml_node& node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0 || ranges_.empty()) return 0;
  return line_at(ranges_.front().begin + static_cast<std::size_t>(offset));
}

XmlRange XmlSource::range_of(const pugi::xml_node& element) const {
  const std::ptrdiff_t name = element.offset_debug();
  if (name <= 0 || ranges_.empty()) return {};
  const auto begin = ranges_.front().begin + static_cast<std::uint32_t>(name - 1);
  const auto found = std::ranges::lower_bound(ranges_, begin, {}, &XmlRange::begin);
  return found != ranges_.end() && found->begin == begin ? *found : XmlRange{};
}

void XmlSource::enter(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (const auto prefix = declared_prefix(attribute)) {
      prefixes_[*prefix].push_back(attribute.value());
    }
  }
}

void XmlSource::leave(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (const auto prefix = declared_prefix(attribute)) prefixes_[*prefix].pop_back();
  }
}

std::string_view XmlSource::uri_of(std::string_view prefix) const {
  if (prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  if (prefix == "xmlns") return "http://www.w3.org/2000/xmlns/";
  const auto found = prefixes_.find(prefix);
  if (found == prefixes_.end() || found->second.empty()) return {};
  return found->second.back();
}

std::vector<std::pair<std::string_view, std::string_view>> XmlSource::prefixes() const {
  std::vector<std::pair<std::string_view, std::string_view>> all;
  for (const auto& [prefix, uris] : prefixes_) {
    if (!prefix.empty() && !uris.empty()) all.emplace_back(prefix, uris.back());
  }
  std::ranges::sort(all);
  return all;
}

XmlName XmlSource::name_of(const pugi::xml_node& element) const {
  const auto [prefix, local] = split_name(element.name());
  return {uri_of(prefix), local};
}

XmlName XmlSource::name_of(const pugi::xml_attribute& attribute) const {
  const auto [prefix, local] = split_name(attribute.name());
  if (prefix.empty() && local == "xmlns") return {uri_of("xmlns"), local};
  if (prefix.empty()) return {{}, local};
  return {uri_of(prefix), local};
}

}  // namespace bpmn
