#pragma once
// phrase.h - the words of the language: English and Vietnamese, and a line read word by word.
// Internal to rehearsal.
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rehearsal {

struct Token {
  enum class Kind { word, quoted, comma, semicolon, equals, pipe };
  Kind kind = Kind::word;
  std::string text{};    // of a quoted one what is inside
  std::string folded{};  // of a word, for comparing with keywords
};

// Nothing where a quotation mark is not closed.
[[nodiscard]] std::optional<std::vector<Token>> tokens_of(std::string_view line);

// Walks over the tokens of a line.  Keywords are asked for by their English spelling; every
// spelling that means the same is taken.
class Words {
 public:
  explicit Words(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  [[nodiscard]] bool at_end() const { return next_ >= tokens_.size(); }
  // The token after `ahead` more; nullptr behind the end.
  [[nodiscard]] const Token* peek(std::size_t ahead = 0) const {
    return next_ + ahead < tokens_.size() ? &tokens_[next_ + ahead] : nullptr;
  }
  // What comes next, for messages: "`proposed`", or "the end of the line".
  [[nodiscard]] std::string next_text() const;

  // How many tokens the longest spelling of the keyword takes here; 0: it is not here.
  [[nodiscard]] std::size_t here(std::string_view keyword) const;
  bool take(std::string_view keyword);
  // The keyword whose spelling here is the longest.
  [[nodiscard]] std::optional<std::string_view> take_longest(
      std::initializer_list<std::string_view> keywords);
  [[nodiscard]] std::optional<std::string_view> take_longest(
      const std::vector<std::string_view>& keywords);

  bool take_comma() { return take_kind(Token::Kind::comma); }
  bool take_equals() { return take_kind(Token::Kind::equals); }
  [[nodiscard]] std::optional<std::string> take_word();
  [[nodiscard]] std::optional<std::string> take_quoted();

 private:
  bool take_kind(Token::Kind kind);

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

}  // namespace rehearsal
