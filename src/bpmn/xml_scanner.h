#pragma once
// xml_scanner.h - is a text well-formed XML, and where does each element lie?  Internal to the
// module.
//
// The tree is made by a lenient library that recurses; whether a file is XML at all is decided
// here, by expat, which is strict, does not recurse and knows the line.  Nothing outside the text
// is ever looked at.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/model_xml.h"

namespace bpmn {

// Offsets into the text: <name ...>content</name>.  Of <name .../> content and content_end are end.
struct XmlRange {
  std::uint32_t begin = 0;
  std::uint32_t content = 0;
  std::uint32_t content_end = 0;
  std::uint32_t end = 0;
};

class XmlScanner {
 public:
  static constexpr std::size_t kDepthMax = 1'000;
  static constexpr std::size_t kPartsMax = 2'000'000;                  // elements and attributes
  static constexpr std::size_t kExpansionMax = std::size_t{1} << 20U;  // bytes out of entities

  // Requires: UTF-8, and that the text outlives the scanner.
  explicit XmlScanner(std::string_view text) : text_(text) {}

  // The first thing that is not well-formed, or what is too large to be made a tree of.
  [[nodiscard]] std::optional<ReadError> scan();
  // Looks at the beginning only, up to the end of the root's start tag; nullopt when there is none.
  [[nodiscard]] std::optional<XmlRange> scan_root();

  // The line of the first prefix that nobody declares: XML 1.0 allows it, namespaces do not.
  [[nodiscard]] std::optional<int> undeclared_prefix() const { return undeclared_prefix_; }

  // Of all elements, in document order.
  [[nodiscard]] const std::vector<XmlRange>& ranges() const { return ranges_; }
  // References to entities of the document type, in order, and what stands for them.
  struct Replacement {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
  };
  [[nodiscard]] const std::vector<Replacement>& replacements() const { return replacements_; }

 private:
  friend struct XmlEvents;
  struct Entity {
    std::string name;
    std::string text;
  };

  [[nodiscard]] std::optional<ReadError> judge(bool with_namespaces);
  void begin_element(std::size_t at, std::size_t size, std::size_t attributes);
  void end_element(std::size_t at, std::size_t size);
  void set_aside(std::string message);
  void find_replacements();
  [[nodiscard]] bool is_in_tag(std::size_t at) const;
  [[nodiscard]] const Entity* find_entity(std::string_view name) const;
  // Appends the text with its entities put in.
  void expand(std::string_view text, std::size_t depth, std::string& out);

  std::string_view text_;
  std::vector<XmlRange> ranges_;
  std::vector<std::size_t> open_;  // places in ranges_
  std::vector<Replacement> replacements_;
  std::vector<Entity> entities_;
  std::size_t root_begin_ = 0;
  std::size_t depth_ = 0;
  std::size_t parts_ = 0;
  bool root_only_ = false;
  std::optional<std::string> too_large_;
  std::optional<int> undeclared_prefix_;
};

// The line of an offset, counted as editors do.
[[nodiscard]] int line_of(std::string_view text, std::size_t offset);

}  // namespace bpmn
