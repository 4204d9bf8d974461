#pragma once
// xml_source.h - the XML library as the BPMN reader wants it: names with their namespace, and
// lines.
//
// Internal to the module.  pugixml knows prefixes but not namespaces; this keeps the declarations
// in force while the reader descends.
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "bpmn/model_xml.h"

namespace bpmn {

struct XmlName {
  std::string_view uri;
  std::string_view local;
};

class XmlSource {
 public:
  // Parses `xml`; the error when it is not well-formed, too large or not text.
  [[nodiscard]] std::optional<ReadError> load(std::string_view xml);

  [[nodiscard]] const pugi::xml_document& document() const { return document_; }
  [[nodiscard]] int line_of(const pugi::xml_node& node) const;

  // Puts the element's namespace declarations in force; leave() takes them back.
  void enter(const pugi::xml_node& element);
  void leave(const pugi::xml_node& element);
  [[nodiscard]] XmlName name_of(const pugi::xml_node& element) const;
  // An attribute without prefix has no namespace.
  [[nodiscard]] XmlName name_of(const pugi::xml_attribute& attribute) const;

 private:
  [[nodiscard]] int line_at(std::size_t offset) const;
  [[nodiscard]] std::string_view uri_of(std::string_view prefix) const;

  pugi::xml_document document_;
  std::vector<std::size_t> line_starts_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> prefixes_;
};

// An element and the namespaces it declares, for as long as it is looked at.
class XmlScope {
 public:
  XmlScope(XmlSource& source, const pugi::xml_node& element) : source_(source), element_(element) {
    source_.enter(element_);
  }
  ~XmlScope() { source_.leave(element_); }
  XmlScope(const XmlScope&) = delete;
  XmlScope& operator=(const XmlScope&) = delete;

 private:
  XmlSource& source_;
  pugi::xml_node element_;
};

}  // namespace bpmn
