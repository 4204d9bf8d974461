#pragma once
// xml_source.h - the XML library as the BPMN reader wants it: names with their namespace, lines and
// places in the text.
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
#include "bpmn/xml_scanner.h"

namespace bpmn {

inline constexpr std::string_view kXsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";

struct XmlName {
  std::string_view uri;
  std::string_view local;
};

class XmlSource {
 public:
  // Parses `xml`; the error when it is not well-formed, too large or not text.  What is too large
  // and does not even begin as BPMN is reported as that.
  [[nodiscard]] std::optional<ReadError> load(std::string_view xml,
                                              std::size_t bytes_max = ReadLimits{}.bytes);

  [[nodiscard]] const pugi::xml_document& document() const { return document_; }
  // In UTF-8, entities expanded.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] int line_of(const pugi::xml_node& node) const;
  // The line of a prefix that nobody declares; what bears it belongs to no namespace.
  [[nodiscard]] std::optional<int> undeclared_prefix() const { return undeclared_prefix_; }
  // Of an element.
  [[nodiscard]] XmlRange range_of(const pugi::xml_node& element) const;

  // Puts the element's namespace declarations in force; leave() takes them back.
  void enter(const pugi::xml_node& element);
  void leave(const pugi::xml_node& element);
  [[nodiscard]] XmlName name_of(const pugi::xml_node& element) const;
  // An attribute without prefix has no namespace.
  [[nodiscard]] XmlName name_of(const pugi::xml_attribute& attribute) const;
  // Is the prefix (empty: none) declared here?
  [[nodiscard]] std::string_view uri_of(std::string_view prefix) const;
  // Prefix and namespace of every declaration in force, but the default one.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> prefixes() const;

 private:
  [[nodiscard]] std::optional<ReadError> scan();
  // The root's own error, if it is none of BPMN; otherwise `error`.
  [[nodiscard]] static ReadError unless_foreign(std::string_view text, ReadError error);
  void expand(const std::vector<XmlScanner::Replacement>& replacements);
  void find_lines();
  [[nodiscard]] int line_at(std::size_t offset) const;

  std::string text_;
  std::optional<int> undeclared_prefix_;
  pugi::xml_document document_;
  struct LineStart {
    std::size_t offset;
    int line;
  };
  std::vector<LineStart> line_starts_;
  std::vector<XmlRange> ranges_;
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

// "a:b" -> "a" and "b"; no prefix: "" and the name.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_name(std::string_view name);

// Why a root element of that name is not the one of BPMN 2.0; empty when it is.
[[nodiscard]] std::string foreign_root(const XmlName& root);

}  // namespace bpmn
