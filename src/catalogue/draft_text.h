#pragma once
// draft_text.h - the words of a page as the files of a package take them.
//
// Internal to the drafts.
#include <set>
#include <string>
#include <string_view>

#include "form/bilingual.h"

namespace catalogue {

using form::Bilingual;

// At most `characters_max`, cut at a word, with an ellipsis.  One line, NFC, nothing invisible.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t characters_max);

// A double-quoted YAML scalar.
[[nodiscard]] std::string yaml_quoted(std::string_view text);
// {vi: "...", en: "..."}.
[[nodiscard]] std::string yaml_bilingual(const Bilingual& text);
// Both languages say the same: no translation exists.
[[nodiscard]] Bilingual untranslated(std::string text);

// A FEEL string literal.
[[nodiscard]] std::string feel_quoted(std::string_view text);

// Ids out of Vietnamese names: folded words joined by _, at most 40 letters cut at a word, never
// one that was given before.  The same names in the same order give the same ids.
class IdMaker {
 public:
  // `stem` is taken where the name has no letter to begin with: "giay_to", "giay_to_2".
  [[nodiscard]] std::string make(std::string_view name, std::string_view stem);
  // Names that conditions have for something else.
  void reserve(std::string_view id) { taken_.insert(std::string{id}); }

 private:
  std::set<std::string, std::less<>> taken_;
};

// "1.250.000".
[[nodiscard]] std::string grouped(std::int64_t amount);

}  // namespace catalogue
