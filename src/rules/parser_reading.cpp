// parser_reading.cpp - the lowest of the parser: spaces, comments, symbols, words and names, and
// where the text was wrong.
#include <algorithm>

#include "rules/parser.h"

namespace rules {

namespace {

bool is_boundary(std::string_view text, std::size_t position) {
  return position >= text.size() || !is_word_character(character_at(text, position).code);
}

}  // namespace

void Parser::skip() {
  for (;;) {
    position_ = skip_spaces(text_, position_);
    const std::string_view rest = std::string_view{text_}.substr(position_);
    if (rest.starts_with("//")) {
      position_ = std::min(text_.find('\n', position_), text_.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text_.find("*/", position_ + 2);
      if (end == std::string::npos) {
        fail_at(position_, "'*/'");
        position_ = text_.size();
        return;
      }
      position_ = end + 2;
    } else {
      return;
    }
  }
}

bool Parser::at(std::string_view symbol) {
  skip();
  return std::string_view{text_}.substr(position_).starts_with(symbol);
}

bool Parser::take(std::string_view symbol) {
  if (failed_ || !at(symbol)) return false;
  position_ += symbol.size();
  return true;
}

bool Parser::at_word(std::string_view word) {
  return at(word) && is_boundary(text_, position_ + word.size());
}

bool Parser::take_word(std::string_view word) {
  if (failed_ || !at_word(word)) return false;
  position_ += word.size();
  return true;
}

void Parser::expect(std::string_view symbol) {
  if (!failed_ && !take(symbol)) fail("'" + std::string{symbol} + "'");
}

void Parser::expect_word(std::string_view word) {
  if (!failed_ && !take_word(word)) fail("'" + std::string{word} + "'");
}

NodeId Parser::fail(std::string_view expected) {
  if (failed_) return 0;
  if (position_ < text_.size()) skip();
  fail_at(position_, expected);
  return 0;
}

void Parser::fail_at(std::size_t position, std::string_view expected) {
  if (failed_) return;
  failed_ = true;
  error_position_ = position;
  error_.expected = std::string{expected};
  if (position >= text_.size()) {
    error_.message = "expected " + error_.expected + ", but the text ends";
    return;
  }
  std::size_t end = end_of_word(text_, position);
  if (end == position) end += character_at(text_, position).length;
  end = std::min(end, position + 40);
  error_.message =
      "expected " + error_.expected + " before '" + text_.substr(position, end - position) + "'";
}

bool Parser::at_end() {
  skip();
  return position_ >= text_.size();
}

// Words up to the next keyword or symbol: two words side by side are one name, as nothing else is
// legal.
std::optional<Parser::Name> Parser::peek_plain_name(std::string_view stop_symbols) {
  skip();
  Name name;
  std::size_t at_position = position_;
  while (at_position < text_.size()) {
    const std::size_t end = end_of_word(text_, at_position);
    if (end == at_position) {
      // Only where the caller knows what ends the name may it hold symbols.
      const char c = text_[at_position];
      if (stop_symbols.empty() || name.text.empty() ||
          std::string_view{"+-*/'."}.find(c) == std::string_view::npos) {
        break;
      }
      name.text += c;
      name.end = at_position + 1;
    } else {
      const std::string_view word = std::string_view{text_}.substr(at_position, end - at_position);
      const bool digit_first = word.front() >= '0' && word.front() <= '9';
      if (name.text.empty() && digit_first) return std::nullopt;
      if (stop_symbols.empty() && is_keyword(word)) break;
      if (!name.text.empty() && name.end != at_position) name.text += ' ';
      name.text += word;
      name.end = end;
    }
    at_position = skip_spaces(text_, name.end);
    ++work_;
  }
  if (name.text.empty()) return std::nullopt;
  return name;
}

std::optional<Parser::Name> Parser::peek_name() {
  skip();
  ++work_;
  std::optional<Name> plain = peek_plain_name("");
  const std::optional<NameTable::Match> known = names_.match(text_, position_);
  // A known name must end where a word ends, and wins where both end together.
  if (known && (!plain || known->end >= plain->end)) plain = Name{known->name, known->end};
  return filters_ > 0 ? or_member(std::move(plain)) : plain;
}

std::optional<Parser::Name> Parser::peek_member() {
  return or_member(peek_name());
}

// The longer of the name and of a member that begins here.
std::optional<Parser::Name> Parser::or_member(std::optional<Name> name) const {
  const std::optional<NameTable::Match> member = members_.match(text_, position_);
  if (member && (!name || member->end > name->end)) return Name{member->name, member->end};
  return name;
}

void Parser::add_member(std::string_view name) {
  if (!NameTable::is_plain(name)) members_.add(name);
}

Parser::State Parser::save() const {
  return {position_, failed_, error_, uses_.size()};
}

void Parser::restore(const State& state) {
  position_ = state.position;
  failed_ = state.failed;
  error_ = state.error;
  uses_.resize(state.uses);
}

}  // namespace rules
