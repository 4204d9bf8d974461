#include "bpmn/xml_source.h"

#include <algorithm>

#include "base/text.h"

namespace bpmn {
namespace {

constexpr std::size_t kBytesMax = std::size_t{8} << 20U;

std::string_view without_byte_order_mark(std::string_view xml) {
  if (xml.starts_with("\xEF\xBB\xBF")) xml.remove_prefix(3);
  return xml;
}

bool declares_latin(std::string_view xml) {
  std::string head{xml.substr(0, 200)};
  head.resize(std::min(head.size(), head.find("?>")));
  std::ranges::transform(head, head.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return head.find("8859-1") != std::string::npos || head.find("windows-125") != std::string::npos;
}

std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {std::string_view{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

}  // namespace

std::optional<ReadError> XmlSource::load(std::string_view xml) {
  if (xml.size() > kBytesMax) return ReadError{1, "larger than 8 MiB"};
  xml = without_byte_order_mark(xml);
  line_starts_.assign(1, 0);
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '\n') line_starts_.push_back(i + 1);
  }
  auto encoding = pugi::encoding_auto;
  const bool wide = xml.substr(0, 4).find('\0') != std::string_view::npos ||
                    xml.starts_with("\xFE\xFF") || xml.starts_with("\xFF\xFE");
  if (!wide) {
    encoding = pugi::encoding_utf8;
    if (xml.find('\0') != std::string_view::npos) return ReadError{1, "contains a zero byte"};
    if (!base::is_utf8(xml)) {
      if (!declares_latin(xml)) return ReadError{1, "not UTF-8 text"};
      encoding = pugi::encoding_latin1;
    }
  }
  const pugi::xml_parse_result parsed =
      document_.load_buffer(xml.data(), xml.size(), pugi::parse_default, encoding);
  if (!parsed) {
    const auto offset =
        parsed.offset < 0 ? std::size_t{0} : static_cast<std::size_t>(parsed.offset);
    return ReadError{line_at(offset), parsed.description()};
  }
  int roots = 0;
  for (const pugi::xml_node& child : document_.children()) {
    if (child.type() == pugi::node_element && ++roots > 1) {
      return ReadError{line_of(child), "more than one root element"};
    }
  }
  return std::nullopt;
}

int XmlSource::line_at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  return static_cast<int>(after - line_starts_.begin());
}

int XmlSource::line_of(const pugi::xml_node& node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  return offset < 0 ? 0 : line_at(static_cast<std::size_t>(offset));
}

void XmlSource::enter(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const auto [prefix, local] = split(attribute.name());
    if (prefix == "xmlns") {
      prefixes_[local].push_back(attribute.value());
    } else if (prefix.empty() && local == "xmlns") {
      prefixes_[std::string_view{}].push_back(attribute.value());
    }
  }
}

void XmlSource::leave(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const auto [prefix, local] = split(attribute.name());
    if (prefix == "xmlns") {
      prefixes_[local].pop_back();
    } else if (prefix.empty() && local == "xmlns") {
      prefixes_[std::string_view{}].pop_back();
    }
  }
}

std::string_view XmlSource::uri_of(std::string_view prefix) const {
  if (prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  if (prefix == "xmlns") return "http://www.w3.org/2000/xmlns/";
  const auto found = prefixes_.find(prefix);
  if (found == prefixes_.end() || found->second.empty()) return {};
  return found->second.back();
}

XmlName XmlSource::name_of(const pugi::xml_node& element) const {
  const auto [prefix, local] = split(element.name());
  return {uri_of(prefix), local};
}

XmlName XmlSource::name_of(const pugi::xml_attribute& attribute) const {
  const auto [prefix, local] = split(attribute.name());
  if (prefix.empty() && local == "xmlns") return {uri_of("xmlns"), local};
  if (prefix.empty()) return {{}, local};
  return {uri_of(prefix), local};
}

}  // namespace bpmn
