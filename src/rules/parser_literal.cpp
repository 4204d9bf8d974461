// parser_literal.cpp - numbers, texts and @"..." as they are written.
#include "rules/parser.h"

namespace rules {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_utf8(std::string& text, char32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    text += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

std::optional<char32_t> hexadecimal(std::string_view digits) {
  char32_t code = 0;
  for (const char c : digits) {
    const int digit = is_digit(c)              ? c - '0'
                      : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                      : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                               : -1;
    if (digit < 0) return std::nullopt;
    code = code * 16 + static_cast<char32_t>(digit);
  }
  return code;
}

}  // namespace

NodeId Parser::parse_number() {
  const std::size_t start = position_;
  std::size_t end = position_;
  while (end < text_.size() && is_digit(text_[end])) ++end;
  // "1..5" is a range of 1, not "1." followed by ".5".
  if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
    ++end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
  }
  if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
    std::size_t exponent = end + 1;
    if (exponent < text_.size() && (text_[exponent] == '-' || text_[exponent] == '+')) ++exponent;
    if (exponent < text_.size() && is_digit(text_[exponent])) {
      end = exponent;
      while (end < text_.size() && is_digit(text_[end])) ++end;
    }
  }
  const std::optional<Decimal> number =
      Decimal::parse(std::string_view{text_}.substr(start, end - start));
  position_ = end;
  if (!number) return constant(Value{});  // beyond what a number can hold
  return constant(*number);
}

std::string Parser::read_string() {
  std::string result;
  ++position_;
  while (position_ < text_.size() && text_[position_] != '"') {
    if (text_[position_] != '\\' || position_ + 1 >= text_.size()) {
      result += text_[position_++];
      continue;
    }
    const char escaped = text_[position_ + 1];
    const std::size_t digits = escaped == 'u' ? 4 : escaped == 'U' ? 6 : 0;
    if (digits == 0) {
      switch (escaped) {
        case 'n':
          result += '\n';
          break;
        case 't':
          result += '\t';
          break;
        case 'r':
          result += '\r';
          break;
        case '"':
        case '\'':
        case '\\':
          result += escaped;
          break;
        default:
          // Not an escape of FEEL: both characters stand for themselves ("\d" in a pattern).
          result += '\\';
          result += escaped;
      }
      position_ += 2;
      continue;
    }
    const std::optional<char32_t> code =
        position_ + 2 + digits <= text_.size()
            ? hexadecimal(std::string_view{text_}.substr(position_ + 2, digits))
            : std::nullopt;
    if (!code) {
      result += '\\';
      ++position_;
      continue;
    }
    position_ += 2 + digits;
    char32_t full = *code;
    // Two surrogates written one after the other are one character.
    if (full >= 0xD800 && full < 0xDC00 && position_ + 6 <= text_.size() &&
        text_[position_] == '\\' && text_[position_ + 1] == 'u') {
      const std::optional<char32_t> low =
          hexadecimal(std::string_view{text_}.substr(position_ + 2, 4));
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        full = 0x10000 + ((full - 0xD800) << 10U) + (*low - 0xDC00);
        position_ += 6;
      }
    }
    if (full > 0x10FFFF || (full >= 0xD800 && full < 0xE000)) full = 0xFFFD;
    append_utf8(result, full);
  }
  if (position_ >= text_.size()) {
    fail("'\"'");
  } else {
    ++position_;
  }
  return result;
}

NodeId Parser::parse_string() {
  std::string text = read_string();
  return constant(std::move(text));
}

NodeId Parser::parse_at_literal() {
  const std::size_t start = position_;
  ++position_;
  if (position_ >= text_.size() || text_[position_] != '"') return fail("'\"' after '@'");
  const std::string text = read_string();
  if (const auto date = Date::parse(text)) return constant(*date);
  if (const auto moment = DateTime::parse(text)) return constant(*moment);
  if (const auto time = Time::parse(text)) return constant(*time);
  if (const auto duration = parse_years_months(text)) return constant(*duration);
  if (const auto duration = parse_days_time(text)) return constant(*duration);
  return node(Op::null_with, start, name_index("not a date, time or duration: " + text));
}

}  // namespace rules
