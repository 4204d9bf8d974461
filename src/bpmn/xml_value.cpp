#include "bpmn/xml_value.h"

namespace bpmn {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(kSpace) - first + 1)};
}

std::string text_of(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return trimmed(text);
}

std::string reference(std::string_view text) {
  const std::string trim = trimmed(text);
  return trim.substr(trim.rfind(':') + 1);
}

std::string attribute(const pugi::xml_node& element, const char* name) {
  return element.attribute(name).value();
}

bool flag(const pugi::xml_node& element, const char* name, bool otherwise) {
  const std::string value = trimmed(element.attribute(name).value());
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  return otherwise;
}

}  // namespace bpmn
