#pragma once
// xml_scanner.h - is a text well-formed XML, and where does each element lie?  Internal to the
// module.
//
// The tree is made by the XML library, which is lenient; whether a file is XML at all is decided
// here, with the line.  Nothing outside the text is ever looked at.
//
// Source: Extensible Markup Language (XML) 1.0, fifth edition, W3C 2008.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  static constexpr std::size_t kPartsMax = 2'000'000;  // elements, attributes, runs of text
  static constexpr std::size_t kExpansionMax = std::size_t{1} << 20U;  // bytes out of entities

  // Requires: UTF-8.
  explicit XmlScanner(std::string_view text) : text_(text) {}

  // The first thing that is not well-formed, or what is too large to be made a tree of.
  [[nodiscard]] std::optional<ReadError> scan();
  // Looks at the beginning only, up to the end of the root's start tag; nullopt when there is none.
  [[nodiscard]] std::optional<XmlRange> scan_root();

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
  struct Open {
    std::size_t name_begin;
    std::size_t name_size;
    std::size_t range;  // place in ranges_
  };

  bool scan_document();
  bool scan_prolog();
  bool scan_declaration();
  bool scan_misc();  // comments, instructions and space
  bool scan_comment();
  bool scan_instruction();
  bool scan_doctype();
  bool scan_entity_declaration();
  bool skip_declaration();
  bool scan_elements();
  bool scan_start_tag();
  bool scan_end_tag();
  bool scan_attribute(std::vector<std::string_view>& names);
  bool scan_text();
  bool scan_cdata();
  // `quote` 0: in the content of an element.
  bool scan_reference(char quote);
  bool expand(const std::string& name, char quote, std::size_t depth, std::string& out);
  bool scan_name();
  bool scan_quoted(std::string_view& value);
  bool skip_space();
  bool scan_character();  // one character that XML allows
  bool fail(std::string message) { return fail_at(at_, std::move(message)); }
  bool fail_at(std::size_t at, std::string message);
  void count_part();
  [[nodiscard]] bool is(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }
  [[nodiscard]] bool ended() const { return at_ >= text_.size(); }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<XmlRange> ranges_;
  std::vector<Replacement> replacements_;
  std::unordered_map<std::string, std::string> entities_;
  bool has_outside_ = false;  // entities may be declared where nobody looks
  std::size_t expanded_ = 0;
  std::size_t parts_ = 0;
  bool root_only_ = false;
  std::optional<ReadError> error_;
  std::optional<ReadError> too_large_;
};

// The line of an offset, counted as editors do.
[[nodiscard]] int line_of(std::string_view text, std::size_t offset);

}  // namespace bpmn
