#include "bpmn/analysis_condition.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bpmn {
namespace {

struct Word {
  enum class Kind : std::uint8_t { name, number, text, sign };
  Kind kind = Kind::sign;
  std::string text;  // of `text`: without its quotes, as written
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?' || is_digit(c) ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (is_space(c)) {
      ++at;
    } else if (c == '"') {
      std::size_t end = at + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
      end = std::min(end, text.size());
      words.push_back({Word::Kind::text, std::string{text.substr(at + 1, end - at - 1)}});
      at = end + 1;
    } else if (is_digit(c)) {
      std::size_t end = at;
      while (end < text.size() &&
             (is_digit(text[end]) ||
              (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1])))) {
        ++end;
      }
      words.push_back({Word::Kind::number, std::string{text.substr(at, end - at)}});
      at = end;
    } else if (is_name_byte(c)) {
      std::size_t end = at;
      while (end < text.size() && is_name_byte(text[end])) ++end;
      words.push_back({Word::Kind::name, std::string{text.substr(at, end - at)}});
      at = end;
    } else {
      const std::string_view two = text.substr(at, 2);
      const bool pair = two == "!=" || two == "<=" || two == ">=" || two == "..";
      words.push_back({Word::Kind::sign, std::string{text.substr(at, pair ? 2 : 1)}});
      at += pair ? 2 : 1;
    }
  }
  return words;
}

bool is_sign(const Word& word, std::string_view text) {
  return word.kind == Word::Kind::sign && word.text == text;
}
bool is_name(const Word& word, std::string_view text) {
  return word.kind == Word::Kind::name && word.text == text;
}

using Words = std::vector<Word>;

std::string joined(const Words& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) {
    if (!out.empty()) out += ' ';
    out += words[i].kind == Word::Kind::text ? '"' + words[i].text + '"' : words[i].text;
  }
  return out;
}

// Reads the words [from, to).
class ConditionReader {
 public:
  explicit ConditionReader(const Words& words) : words_(words) {}

  Condition read(std::size_t from, std::size_t to, int depth) {
    if (from >= to || depth > 40) return unknown(from, to);
    constexpr std::array<std::string_view, 5> kBinding{"if", "for", "some", "every", "function"};
    for (std::size_t i = from; i < to; ++i) {
      if (std::ranges::any_of(kBinding,
                              [&](std::string_view w) { return is_name(words_[i], w); })) {
        return unknown(from, to);
      }
    }
    if (const auto parts = split(from, to, "or"); parts.size() > 1) {
      return combined(Condition::Kind::any, parts, depth);
    }
    if (const auto parts = split(from, to, "and"); parts.size() > 1) {
      return combined(Condition::Kind::all, parts, depth);
    }
    if (is_sign(words_[from], "(") && closing(from, to) == to - 1) {
      return read(from + 1, to - 1, depth + 1);
    }
    if (is_name(words_[from], "not") && from + 1 < to && is_sign(words_[from + 1], "(") &&
        closing(from + 1, to) == to - 1) {
      Condition out;
      out.kind = Condition::Kind::negation;
      out.parts.push_back(read(from + 2, to - 1, depth + 1));
      return out;
    }
    return comparison(from, to);
  }

 private:
  using Part = std::pair<std::size_t, std::size_t>;

  [[nodiscard]] Condition unknown(std::size_t from, std::size_t to) const {
    Condition out;
    out.kind = Condition::Kind::unknown;
    out.text = joined(words_, from, to);
    return out;
  }

  // The place of the sign that closes the one at `from`, or `to`.
  [[nodiscard]] std::size_t closing(std::size_t from, std::size_t to) const {
    int depth = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (opens(i)) ++depth;
      if (closes(i) && --depth == 0) return i;
    }
    return to;
  }
  [[nodiscard]] bool opens(std::size_t i) const {
    return is_sign(words_[i], "(") || is_sign(words_[i], "[") || is_sign(words_[i], "{");
  }
  [[nodiscard]] bool closes(std::size_t i) const {
    return is_sign(words_[i], ")") || is_sign(words_[i], "]") || is_sign(words_[i], "}");
  }

  // By the word at the outermost level; the `and` of `between` does not count.
  [[nodiscard]] std::vector<Part> split(std::size_t from, std::size_t to,
                                        std::string_view word) const {
    std::vector<Part> parts;
    int depth = 0;
    int between = 0;
    std::size_t begin = from;
    for (std::size_t i = from; i < to; ++i) {
      if (opens(i)) ++depth;
      if (closes(i)) --depth;
      if (depth != 0) continue;
      if (is_name(words_[i], "between")) ++between;
      if (!is_name(words_[i], word)) continue;
      if (word == "and" && between > 0) {
        --between;
        continue;
      }
      parts.emplace_back(begin, i);
      begin = i + 1;
    }
    parts.emplace_back(begin, to);
    return parts;
  }

  Condition combined(Condition::Kind kind, const std::vector<Part>& parts, int depth) {
    Condition out;
    out.kind = kind;
    for (const auto& [from, to] : parts) out.parts.push_back(read(from, to, depth + 1));
    return out;
  }

  [[nodiscard]] ConditionOperand operand(std::size_t from, std::size_t to) const {
    ConditionOperand out;
    const bool negative =
        to - from == 2 && is_sign(words_[from], "-") && words_[from + 1].kind == Word::Kind::number;
    const Word& last = words_[to - 1];
    if (negative || (to - from == 1 && last.kind == Word::Kind::number)) {
      out.literal.kind = ConditionLiteral::Kind::number;
      out.literal.text = (negative ? "-" : "") + last.text;
      double value = 0;
      std::from_chars(last.text.data(), last.text.data() + last.text.size(), value);
      out.literal.number = negative ? -value : value;
      return out;
    }
    if (to - from == 1 && last.kind == Word::Kind::text) {
      out.literal = {ConditionLiteral::Kind::text, last.text, 0};
      return out;
    }
    if (to - from == 1 && (is_name(last, "true") || is_name(last, "false"))) {
      out.literal = {ConditionLiteral::Kind::boolean, last.text, 0};
      return out;
    }
    if (to - from == 1 && is_name(last, "null")) return out;
    out.unknown = joined(words_, from, to);
    return out;
  }

  [[nodiscard]] static Condition compare(const ConditionOperand& left, ConditionOperator op,
                                         const ConditionOperand& right) {
    Condition out;
    out.kind = Condition::Kind::comparison;
    out.left = left;
    out.op = op;
    out.right = right;
    return out;
  }

  Condition comparison(std::size_t from, std::size_t to) {
    int depth = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (opens(i)) ++depth;
      if (closes(i)) --depth;
      if (depth != 0 || i == from || i + 1 >= to) continue;
      if (is_name(words_[i], "between")) return between(from, i, to);
      if (is_name(words_[i], "in")) return in(from, i, to);
      if (const auto op = operator_at(i)) {
        return compare(operand(from, i), *op, operand(i + 1, to));
      }
    }
    if (to - from == 1 && (is_name(words_[from], "true") || is_name(words_[from], "false"))) {
      Condition out;
      out.value = words_[from].text == "true";
      return out;
    }
    // A truth value by itself is the same unknown as in `b = true`.
    ConditionOperand yes;
    yes.literal = {ConditionLiteral::Kind::boolean, "true", 0};
    const ConditionOperand alone = operand(from, to);
    if (alone.unknown.empty()) return unknown(from, to);
    return compare(alone, ConditionOperator::equal, yes);
  }

  [[nodiscard]] std::optional<ConditionOperator> operator_at(std::size_t i) const {
    constexpr std::array<std::pair<std::string_view, ConditionOperator>, 6> kOperators{
        {{"=", ConditionOperator::equal},
         {"!=", ConditionOperator::unequal},
         {"<", ConditionOperator::less},
         {"<=", ConditionOperator::at_most},
         {">", ConditionOperator::greater},
         {">=", ConditionOperator::at_least}}};
    for (const auto& [text, op] : kOperators) {
      if (is_sign(words_[i], text)) return op;
    }
    return std::nullopt;
  }

  Condition between(std::size_t from, std::size_t at, std::size_t to) {
    const auto parts = split(at + 1, to, "and");
    if (parts.size() != 2 || parts[0].first >= parts[0].second || parts[1].first >= to) {
      return unknown(from, to);
    }
    return within(operand(from, at), operand(parts[0].first, parts[0].second), true,
                  operand(parts[1].first, parts[1].second), true);
  }

  [[nodiscard]] static Condition within(const ConditionOperand& value, const ConditionOperand& low,
                                        bool low_closed, const ConditionOperand& high,
                                        bool high_closed) {
    Condition out;
    out.kind = Condition::Kind::all;
    out.parts.push_back(
        compare(value, low_closed ? ConditionOperator::at_least : ConditionOperator::greater, low));
    out.parts.push_back(
        compare(value, high_closed ? ConditionOperator::at_most : ConditionOperator::less, high));
    return out;
  }

  // x in ("a", "b"), x in ["a", "b"], x in [1..5)
  Condition in(std::size_t from, std::size_t at, std::size_t to) {
    const std::size_t open = at + 1;
    const bool bracketed = open < to && (is_sign(words_[open], "(") || is_sign(words_[open], "[") ||
                                         is_sign(words_[open], "]"));
    if (!bracketed || to - open < 3) return unknown(from, to);
    std::size_t dots = to;
    std::vector<std::size_t> commas;
    int depth = 0;
    for (std::size_t i = open + 1; i + 1 < to; ++i) {
      if (opens(i)) ++depth;
      if (closes(i)) --depth;
      if (depth < 0) return unknown(from, to);
      if (depth == 0 && is_sign(words_[i], "..")) dots = i;
      if (depth == 0 && is_sign(words_[i], ",")) commas.push_back(i);
    }
    const ConditionOperand value = operand(from, at);
    if (dots != to) {
      if (dots == open + 1 || dots + 2 >= to) return unknown(from, to);
      return within(value, operand(open + 1, dots), is_sign(words_[open], "["),
                    operand(dots + 1, to - 1), is_sign(words_[to - 1], "]"));
    }
    Condition out;
    out.kind = Condition::Kind::any;
    commas.push_back(to - 1);
    std::size_t begin = open + 1;
    for (const std::size_t end : commas) {
      if (begin >= end) return unknown(from, to);
      const ConditionOperand item = operand(begin, end);
      // A test such as `> 5` is no value.
      if (!item.unknown.empty()) return unknown(from, to);
      out.parts.push_back(compare(value, ConditionOperator::equal, item));
      begin = end + 1;
    }
    return out;
  }

  const Words& words_;
};

}  // namespace

Condition read_condition(std::string_view text) {
  const Words words = words_of(text);
  if (words.size() > 2'000) {
    Condition out;
    out.kind = Condition::Kind::unknown;
    out.text = std::string{text};
    return out;
  }
  return ConditionReader(words).read(0, words.size(), 0);
}

}  // namespace bpmn
