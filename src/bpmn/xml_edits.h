#pragma once
// xml_edits.h - changes of single elements in an XML text; every other byte stays.  Internal to the
// module.
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/xml_source.h"

namespace bpmn {

// Names are given as they shall stand there, prefix and all; values and text unescaped.  An element
// that is removed takes the changes inside it with it.
class XmlEdits {
 public:
  explicit XmlEdits(const XmlSource& source) : source_(source), text_(source.text()) {}

  void rename(const pugi::xml_node& element, const std::string& name);
  void set_attribute(const pugi::xml_node& element, const std::string& name,
                     std::string_view value);
  void remove_attribute(const pugi::xml_node& element, const std::string& name);
  // All text and children give way to the text.
  void set_text(const pugi::xml_node& element, std::string_view text);
  void remove(const pugi::xml_node& element);
  // `child` as the next one after `sibling`; as the first one when there is no sibling.  Several in
  // the same place keep their order.
  void insert(const pugi::xml_node& parent, const pugi::xml_node& sibling,
              const pugi::xml_node& child);

  [[nodiscard]] std::string apply();

 private:
  struct Edit {
    std::size_t begin;
    std::size_t end;  // begin: an insertion
    std::string text;
  };
  struct Attribute {
    std::size_t space = 0;  // where the space before it begins
    std::size_t value = 0;  // between the quotes
    std::size_t value_end = 0;
  };

  [[nodiscard]] bool is_empty_tag(const XmlRange& range) const;
  [[nodiscard]] std::size_t name_end(std::size_t at) const;
  // False when the start tag has no such attribute.
  bool find_attribute(const XmlRange& range, std::string_view name, Attribute& found) const;
  // The space before `at` on its line, when there is nothing else on it.
  [[nodiscard]] bool indent_before(std::size_t at, std::string& indent) const;

  const XmlSource& source_;
  const std::string& text_;
  std::vector<Edit> edits_;
  // What is put into elements of the form <name/>, by their place.
  struct Filled {
    pugi::xml_node element;
    std::string content;
  };
  std::map<std::size_t, Filled> filled_;
  std::map<std::size_t, std::string> renamed_;
};

}  // namespace bpmn
