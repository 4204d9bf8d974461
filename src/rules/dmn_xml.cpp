#include "rules/dmn_xml.h"

#include <algorithm>

#include <pugixml.hpp>

#include "rules/dmn_compiler.h"

namespace rules {

namespace {

constexpr std::size_t kTextLengthMax = 16U << 20U;
constexpr int kXmlDepthMax = 200;

// The library reads to any depth, and so would every walk over the tree.
bool is_too_deep(std::string_view xml) {
  int depth = 0;
  for (std::size_t i = 0; i + 1 < xml.size(); ++i) {
    if (xml[i] != '<') continue;
    if (xml[i + 1] == '/') {
      --depth;
    } else if (xml[i + 1] != '!' && xml[i + 1] != '?') {
      const std::size_t end = xml.find('>', i);
      if (end == std::string_view::npos) return false;
      if (xml[end - 1] != '/' && ++depth > kXmlDepthMax) return true;
    }
  }
  return false;
}

}  // namespace

base::Result<Model, DmnError> read_dmn(std::string_view xml, const std::vector<Model>& imports) {
  if (xml.size() > kTextLengthMax) return base::Failure{DmnError{1, "more than 16 MiB"}};
  if (is_too_deep(xml)) return base::Failure{DmnError{1, "elements nested too deeply"}};
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    const int line =
        1 + static_cast<int>(std::ranges::count(xml.substr(0, std::min(offset, xml.size())), '\n'));
    return base::Failure{DmnError{line, parsed.description()}};
  }
  const pugi::xml_node root = document.document_element();
  if (local_name(root) != "definitions") {
    return base::Failure{DmnError{1, "the root element is not 'definitions'"}};
  }
  DmnCompiler compiler{xml, imports};
  return Model{compiler.compile(root)};
}

}  // namespace rules
