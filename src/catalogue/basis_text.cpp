#include "catalogue/basis_text.h"

#include <optional>

#include <re2/re2.h>

#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kHeader = "Tên văn bản pháp lýMã văn bản";
constexpr std::size_t kActsMax = 300;
constexpr std::size_t kTitleMax = 4000;  // bytes

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

struct Number {
  std::size_t at = 0;
  std::size_t end = 0;
};

// The end of "123/2015/NĐ-CP" whose letters may run into a title's first one ("NĐ-CPNghị định").
std::size_t cut_letters(std::string_view text, std::size_t start, std::size_t end) {
  static const RE2 prime_minister(R"((?:QĐ|CT|QD)-TTg$)");
  if (end < text.size()) {
    const Character next = character_at(text, end);
    const Character last = character_before(text, end);
    const bool took_an_initial =
        is_upper(last.value) &&
        (is_lower(next.value) || (next.value >= 0x80 && is_upper(next.value)));
    if (took_an_initial &&
        !RE2::PartialMatch(piece(text.substr(start, end - start)), prime_minister)) {
      end -= last.size;
    }
    // "NĐ-CPLUẬT", "NĐ-CPVề", "QH14BỘ": what is left of a word in capitals.
    static const RE2 government(R"(^(.*-(?:CP|TTg))[A-ZĐ]+$)");
    re2::StringPiece whole;
    if (is_upper(next.value) &&
        RE2::FullMatch(piece(text.substr(start, end - start)), government, &whole)) {
      end = start + whole.size();
    }
  }
  return end;
}

std::optional<Number> next_number(std::string_view text, std::size_t from) {
  static const RE2 pattern(
      R"((\d{1,5}(?:\.\d{1,2})?/(?:\d{4}/(?:QH\d{2}|(?:PL-)?UBTVQH\d{1,2}|[A-ZĐ]{1,8}(?:-[A-ZĐ]{1,12}){0,3}g?)|(?:VBHN|QĐ|NQ|CT|TB|L|LCT|TTg|QD|CV|KH|HD)(?:-[A-ZĐ]{1,12}){0,2}g?)))");
  re2::StringPiece rest = piece(text.substr(from));
  re2::StringPiece number;
  if (!RE2::FindAndConsume(&rest, pattern, &number)) return std::nullopt;
  const std::size_t at = static_cast<std::size_t>(number.data() - text.data());
  return Number{at, cut_letters(text, at, at + number.size())};
}

std::string title_of(std::string_view text) {
  return shortened(one_line(without_bullet(text)), kTitleMax);
}

}  // namespace

std::vector<StatedBasis> read_basis(std::string_view text) {
  std::vector<StatedBasis> acts;
  if (!text.starts_with(kHeader)) {
    if (!says_nothing(text)) acts.push_back({.title = title_of(text), .number = {}});
    return acts;
  }
  text.remove_prefix(kHeader.size());
  std::size_t title_at = 0;
  std::size_t from = 0;
  while (acts.size() < kActsMax) {
    const auto number = next_number(text, from);
    if (!number) break;
    from = number->end;
    const Character next = character_at(text, number->end);
    // A number inside a title is followed by a space or a mark; the column's by the next title.
    const bool in_title =
        next.size != 0 && (next.value == ',' || next.value == ')' || next.value == ';' ||
                           next.value == '/' || next.value == '-' || next.value == '"');
    bool before_space = false;
    if (is_space(next.value)) {
      // Numbers are published with a space behind them, too: then the next word begins a title.
      const Character then = character_at(text, number->end + next.size);
      const Character before = character_before(text, number->at);
      before_space = is_space(before.value) || !is_upper(then.value);
      if (then.size == 0) before_space = false;
    }
    const bool end_of_sentence = next.value == '.' && number->end + 1 < text.size() &&
                                 is_space(static_cast<unsigned char>(text[number->end + 1]));
    if (in_title || before_space || end_of_sentence) continue;
    StatedBasis act;
    act.title = title_of(text.substr(title_at, number->at - title_at));
    act.number = std::string{text.substr(number->at, number->end - number->at)};
    title_at = number->end;
    if (act.title.empty() && !acts.empty() && acts.back().number == act.number) continue;
    // "Nghị định số" before the number is its kind, not a title of its own.
    acts.push_back(std::move(act));
  }
  const std::string left = title_of(text.substr(title_at));
  if (!left.empty() && left != "." && acts.size() < kActsMax)
    acts.push_back({.title = left, .number = {}});
  return acts;
}

}  // namespace catalogue
