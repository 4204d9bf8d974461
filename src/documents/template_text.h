#pragma once
// template_text.h - text of a template with fields in it: "Số: {number}, **{person.name|upper}**".
//
//   text    = *( literal / "{" path [ "|" filter ] "}" / "**" / "__" / "{{" / "}}" )
//   path    = name *( "." name )          "index" is the place in a list, "item" its entry itself
//   name    = 1*( a-z / A-Z / 0-9 / "_" )
//
// ** switches bold, __ italic.  What fields hold is never read as markup.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/json.h"
#include "documents/text_block.h"
#include "documents/value_text.h"

namespace documents::internal {

using Path = std::vector<std::string>;
[[nodiscard]] base::Outcome<Path> parse_path(std::string_view text);

struct Piece {
  std::string literal;
  Path path;  // empty: a literal
  Filter filter = Filter::plain;
  bool bold = false, italic = false;
};
using TemplateText = std::vector<Piece>;
[[nodiscard]] base::Outcome<TemplateText> parse_template_text(std::string_view text);

// Where names are looked up: the entry of the innermost list first, the whole context last.
struct Scope {
  const base::json::value* value = nullptr;
  const Scope* outer = nullptr;
  std::size_t index = 0;  // from 1; 0 outside of lists

  [[nodiscard]] const base::json::value* find(const Path& path) const;
};
// Present, and not "", [], {}, false or null.
[[nodiscard]] bool is_filled(const base::json::value* value);

enum class Missing { dots, omit };

struct WrittenText {
  std::vector<Run> runs;
  int fields = 0;  // bindings seen
  int filled = 0;  // bindings that had a value
  [[nodiscard]] bool is_missing() const { return fields > 0 && filled == 0; }
  [[nodiscard]] std::string plain() const;
};
// `missing` says what stands for a field without value: a short dotted line, or nothing.
[[nodiscard]] WrittenText write_text(const TemplateText& text, const Scope& scope, Missing missing);

}  // namespace documents::internal
