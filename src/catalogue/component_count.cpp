// component_count.cpp - which numbers before "bản chính" are the counts of the table.
#include <charconv>

#include <re2/re2.h>

#include "catalogue/component_text.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr int kCountMax = 100;

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

int number_of(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
}

// The portal's own counts carry no leading zero; those that people write in sentences mostly do.
bool leads_with_zero(std::string_view digits) {
  return digits.size() > 1 && digits.front() == '0';
}

// Whether what follows a count is the beginning of something new.
bool something_new(std::string_view text, std::size_t at) {
  const Character next = character_at(text, at);
  if (next.size == 0) return true;
  if (is_space(next.value)) {
    std::size_t after = at;
    while (after < text.size() && is_space(static_cast<unsigned char>(text[after]))) ++after;
    const Character then = character_at(text, after);
    return then.size == 0 || is_upper(then.value) || then.value == '-' || then.value == '+' ||
           then.value == '*';
  }
  if (next.value == ';' || next.value == '.' || next.value == ',') {
    const Character then = character_at(text, at + next.size);
    return then.size != 0 && !is_space(then.value) && !is_digit(then.value) && then.value != ')';
  }
  return next.value != ')' && next.value != ':' && next.value != '/' && next.value != '"';
}

}  // namespace

std::vector<Count> counts_in(std::string_view group) {
  static const RE2 pattern(R"((\d+) bản chính(?:,(\d{1,3}) bản sao)?)");
  static const RE2 copies_only(R"((\d+) bản sao)");
  static const RE2 next_is_count(R"(^(?:0|[1-9]\d{0,2}) bản chính)");
  std::vector<Count> found;
  re2::StringPiece rest = piece(group);
  re2::StringPiece digits_piece;
  re2::StringPiece copies_piece;
  while (RE2::FindAndConsume(&rest, pattern, &digits_piece, &copies_piece)) {
    const std::string_view digits{digits_piece.data(), digits_piece.size()};
    const std::size_t at = static_cast<std::size_t>(digits_piece.data() - group.data());
    const std::size_t end = static_cast<std::size_t>(rest.data() - group.data());
    const bool with_copies = copies_piece.data() != nullptr && !copies_piece.empty();
    const Character before = character_before(group, at);
    // "… : 01 bản chính" followed by the table's own "1 bản chính".
    if (RE2::PartialMatch(rest, next_is_count)) continue;
    if (!with_copies && !something_new(group, end)) continue;
    if (before.value == '(' && !with_copies) continue;
    Count count{.at = at, .end = end};
    // How many of the digits are the count: all of them behind a word, the last one behind a
    // number.
    const bool behind_a_number = before.size == 0 || is_space(before.value) ||
                                 is_upper(before.value) || before.value == '/' ||
                                 before.value == '.' || before.value == '-' || before.value == ',';
    if (digits.size() == 1) {
      count.originals = digits.front() - '0';
      // A sentence's own "1 bản chính" stands behind a space and goes on in lower case.
      const Character next = character_at(group, end);
      if (!with_copies && is_space(before.value) && is_lower(next.value)) continue;
    } else if (leads_with_zero(digits) && !with_copies && digits.size() == 2 &&
               (before.size == 0 || is_space(before.value))) {
      // "nộp 01 bản chính" at the end of a name that lost its count, or form 0 and one original:
      // the former is how people write.
      const Character next = character_at(group, end);
      if (next.size != 0 && !is_upper(next.value)) continue;
      count.originals = number_of(digits);
    } else if (behind_a_number || digits.size() > 2 || leads_with_zero(digits)) {
      count.at = at + digits.size() - 1;
      count.originals = digits.back() - '0';
    } else {
      count.originals = number_of(digits);
    }
    count.copies = with_copies ? number_of({copies_piece.data(), copies_piece.size()}) : 0;
    if (count.originals < 0 || count.originals > kCountMax || count.copies < 0 ||
        count.copies > kCountMax * 10) {
      continue;
    }
    found.push_back(count);
  }
  return found;
}

}  // namespace catalogue
