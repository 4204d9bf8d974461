#pragma once
// name_table.h - which names a FEEL text may use, and where the longest of them ends.
//
// FEEL names may hold spaces, operators and keywords ("values in a list", "Date-Time"), so a text
// can only be read with the names in hand.  Words are compared in NFC, spaces between them do not
// matter. Internal to the module.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rules {

// The next character of UTF-8 text; a broken byte counts as a character of its own.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};
[[nodiscard]] Character character_at(std::string_view text, std::size_t position);
[[nodiscard]] bool is_space(char32_t code);
// May stand in a word of a name; digits too, which may not begin the first one.
[[nodiscard]] bool is_word_character(char32_t code);
// The end of the word that begins at `position`; `position` itself where none does.
[[nodiscard]] std::size_t end_of_word(std::string_view text, std::size_t position);
[[nodiscard]] std::size_t skip_spaces(std::string_view text, std::size_t position);
[[nodiscard]] bool is_keyword(std::string_view word);

class NameTable {
 public:
  struct Match {
    std::string name;  // as it was added
    std::size_t end = 0;
  };

  // Knows the built-in functions whose names hold a space.
  [[nodiscard]] static NameTable with_builtins();

  // Whether the name can be read without knowing it: words that are no keywords.
  [[nodiscard]] static bool is_plain(std::string_view name);

  void add(std::string_view name);
  void remove(std::string_view name);
  // The longest known name that begins at `position`.
  [[nodiscard]] std::optional<Match> match(std::string_view text, std::size_t position) const;

 private:
  struct Entry {
    std::vector<std::string> tokens;
    std::string name;
    int uses = 1;
  };
  void match_into(std::optional<Match>& best, std::string_view text, std::size_t position) const;

  // By the first token.
  std::unordered_map<std::string, std::vector<Entry>> entries_;
  // The names every table knows, which are not copied for each text that is parsed.
  const NameTable* common_ = nullptr;
};

}  // namespace rules
