#include "rules/name_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/builtin.h"

namespace rules {

namespace {

std::string token_at(std::string_view text, std::size_t position, std::size_t& end) {
  end = end_of_word(text, position);
  if (end == position) {
    end = position + character_at(text, position).length;
    return std::string{text.substr(position, end - position)};
  }
  const std::string_view word = text.substr(position, end - position);
  const bool ascii =
      std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? std::string{word} : base::to_nfc(word);
}

std::vector<std::string> tokens_of(std::string_view name) {
  std::vector<std::string> tokens;
  for (std::size_t i = skip_spaces(name, 0); i < name.size(); i = skip_spaces(name, i)) {
    std::size_t end = 0;
    tokens.push_back(token_at(name, i, end));
    i = end;
  }
  return tokens;
}

}  // namespace

Character character_at(std::string_view text, std::size_t position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(position);
  const std::size_t length = first < 0x80    ? 1
                             : first >= 0xF0 ? 4
                             : first >= 0xE0 ? 3
                             : first >= 0xC0 ? 2
                                             : 1;
  if (length == 1 || position + length > text.size()) return {first, 1};
  char32_t code = length == 4 ? first & 0x07U : length == 3 ? first & 0x0FU : first & 0x1FU;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(position + i) & 0xC0U) != 0x80U) return {first, 1};
    code = (code << 6U) | (byte(position + i) & 0x3FU);
  }
  return {code, length};
}

bool is_space(char32_t code) {
  return (code >= 9 && code <= 13) || code == ' ' || code == 0x85 || code == 0xA0 ||
         code == 0x1680 || code == 0x180E || (code >= 0x2000 && code <= 0x200B) || code == 0x2028 ||
         code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

bool is_word_character(char32_t code) {
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') || code == '_' || code == '?';
  }
  return !is_space(code) && code != 0xD7 && code != 0xF7;
}

std::size_t end_of_word(std::string_view text, std::size_t position) {
  while (position < text.size()) {
    const Character c = character_at(text, position);
    if (!is_word_character(c.code)) break;
    position += c.length;
  }
  return position;
}

std::size_t skip_spaces(std::string_view text, std::size_t position) {
  while (position < text.size()) {
    const Character c = character_at(text, position);
    if (!is_space(c.code)) break;
    position += c.length;
  }
  return position;
}

bool is_keyword(std::string_view word) {
  static constexpr std::array<std::string_view, 17> kWords{
      "and",  "or",    "in",     "between",   "instance", "if",   "then", "else", "for",
      "some", "every", "return", "satisfies", "function", "null", "true", "false"};
  return std::ranges::find(kWords, word) != kWords.end();
}

NameTable NameTable::with_builtins() {
  static const NameTable kTable = [] {
    NameTable table;
    for (const Builtin& builtin : builtins()) {
      if (builtin.name.find(' ') != std::string_view::npos) table.add(builtin.name);
    }
    return table;
  }();
  NameTable table;
  table.common_ = &kTable;
  return table;
}

bool NameTable::is_plain(std::string_view name) {
  return std::ranges::all_of(tokens_of(name), [](const std::string& token) {
    return end_of_word(token, 0) == token.size() && !is_keyword(token);
  });
}

void NameTable::add(std::string_view name) {
  std::vector<std::string> tokens = tokens_of(name);
  if (tokens.empty()) return;
  std::vector<Entry>& same_start = entries_[tokens.front()];
  for (Entry& entry : same_start) {
    if (entry.tokens == tokens) {
      ++entry.uses;
      return;
    }
  }
  same_start.push_back({std::move(tokens), base::to_nfc(name), 1});
}

void NameTable::remove(std::string_view name) {
  const std::vector<std::string> tokens = tokens_of(name);
  if (tokens.empty()) return;
  std::vector<Entry>& same_start = entries_[tokens.front()];
  std::erase_if(same_start,
                [&](Entry& entry) { return entry.tokens == tokens && --entry.uses == 0; });
}

std::optional<NameTable::Match> NameTable::match(std::string_view text,
                                                 std::size_t position) const {
  std::optional<Match> best;
  if (position >= text.size()) return best;
  if (common_ != nullptr) common_->match_into(best, text, position);
  match_into(best, text, position);
  return best;
}

void NameTable::match_into(std::optional<Match>& best, std::string_view text,
                           std::size_t position) const {
  std::size_t first_end = 0;
  const auto found = entries_.find(token_at(text, position, first_end));
  if (found == entries_.end()) return;
  for (const Entry& entry : found->second) {
    std::size_t end = first_end;
    bool same = true;
    for (std::size_t i = 1; i < entry.tokens.size() && same; ++i) {
      const std::size_t start = skip_spaces(text, end);
      same = start < text.size() && token_at(text, start, end) == entry.tokens[i];
    }
    if (same && (!best || end > best->end)) best = Match{entry.name, end};
  }
}

}  // namespace rules
