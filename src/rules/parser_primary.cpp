// parser_primary.cpp - the innermost of the grammar: literals, names, calls, paths, filters,
// ranges, contexts and types.
#include <utility>

#include "base/text.h"
#include "rules/builtin.h"
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

NodeId Parser::parse_postfix() {
  NodeId left = parse_primary();
  while (!failed_) {
    skip();
    const std::size_t start = position_;
    if (at(".") && !at("..")) {
      take(".");
      std::optional<Name> name = peek_name();
      if (!name) {
        // Nothing else can stand here, so a keyword is the name of an entry.
        const std::size_t end = end_of_word(text_, position_);
        if (end == position_ || is_digit(text_[position_])) return fail("a name after '.'");
        name = Name{text_.substr(position_, end - position_), end};
      }
      position_ = name->end;
      left = node(Op::path, start, left, name_index(base::to_nfc(name->text)));
    } else if (at("[")) {
      // In `[1..5[` the bracket closes the range.
      const State before = save();
      const bool endpoint = range_endpoint_;
      take("[");
      names_.add("item");
      const NodeId condition = parse_expression();
      names_.remove("item");
      expect("]");
      if (failed_ && endpoint && work_ < 100'000) {
        restore(before);
        return left;
      }
      left = node(Op::filter, start, left, condition);
    } else if (at("(")) {
      left = parse_call(left, start);
    } else {
      break;
    }
  }
  return left;
}

NodeId Parser::parse_call(NodeId callee, std::size_t start) {
  expect("(");
  std::vector<std::uint32_t> arguments;
  std::uint32_t named = 0;
  if (!take(")")) {
    const State before = save();
    const std::optional<Name> first = peek_plain_name(":");
    if (first) {
      position_ = first->end;
      named = at(":") ? 1 : 0;
      restore(before);
    }
    do {
      if (named != 0) {
        const std::optional<Name> name = peek_plain_name(":");
        if (!name) return fail("the name of a parameter");
        position_ = name->end;
        expect(":");
        arguments.push_back(name_index(base::to_nfc(name->text)));
      }
      arguments.push_back(parse_expression());
    } while (!failed_ && take(","));
    expect(")");
  }
  return node(Op::call, start, callee, add_links(arguments),
              static_cast<std::uint32_t>(arguments.size()), named);
}

NodeId Parser::parse_primary() {
  if (failed_) return 0;
  skip();
  if (position_ >= text_.size()) return fail("an expression");
  const char c = text_[position_];
  const char next = position_ + 1 < text_.size() ? text_[position_ + 1] : '\0';
  if (is_digit(c) || (c == '.' && is_digit(next))) return parse_number();
  switch (c) {
    case '"':
      return parse_string();
    case '@':
      return parse_at_literal();
    case '(':
      return parse_parenthesis();
    case '[':
    case ']':
      return parse_bracket();
    case '{':
      return parse_context();
    default:
      break;
  }
  // `1 + if …`: as an operand these take everything that follows.
  const std::optional<NameTable::Match> known = names_.match(text_, position_);
  if (!known || known->name.find(' ') == std::string::npos) {
    for (const std::string_view word : {"if", "for", "some", "every", "function"}) {
      if (at_word(word)) return parse_expression();
    }
  }
  return parse_name();
}

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

// After '(': a comparison that is a range of its own, such as (< 10).
NodeId Parser::parse_comparison_range(std::size_t start) {
  const std::optional<Op> op = take_comparison();
  const NodeId operand = parse_addition();
  expect(")");
  switch (op.value_or(Op::equal)) {
    case Op::less:
      return node(Op::range, start, kNoNode, operand, 0, 0, 4);
    case Op::less_equal:
      return node(Op::range, start, kNoNode, operand, 0, 0, 6);
    case Op::greater:
      return node(Op::range, start, operand, kNoNode, 0, 0, 4);
    case Op::greater_equal:
      return node(Op::range, start, operand, kNoNode, 0, 0, 5);
    case Op::equal:
      return node(Op::range, start, operand, operand, 0, 0, 7);
    default:
      return node(Op::null_with, start, name_index("(!=) is no range"));
  }
}

NodeId Parser::parse_range_end(NodeId low, bool low_closed, std::size_t start) {
  const bool outer = std::exchange(range_endpoint_, true);
  // Not parse_expression(), which would forget that an endpoint is being read.
  if (++depth_ > kNestingMax) fail("less nesting (200 levels at most)");
  const NodeId high = parse_addition();
  --depth_;
  range_endpoint_ = outer;
  std::uint8_t flag = low_closed ? 1 : 0;
  if (take("]")) {
    flag |= 2U;
  } else if (!take(")") && !take("[")) {
    return fail("']', ')' or '[' at the end of the range");
  }
  return node(Op::range, start, low, high, 0, 0, flag);
}

NodeId Parser::parse_parenthesis() {
  const std::size_t start = position_;
  expect("(");
  if (at("<") || at(">") || at("=") || at("!=")) return parse_comparison_range(start);
  const NodeId inner = parse_expression();
  if (take("..")) return parse_range_end(inner, false, start);
  expect(")");
  return inner;
}

NodeId Parser::parse_bracket() {
  const std::size_t start = position_;
  const bool closed = text_[position_] == '[';
  ++position_;
  std::vector<std::uint32_t> items;
  if (closed && take("]")) return node(Op::list, start, 0, 0, 0);
  items.push_back(parse_expression());
  if (take("..")) return parse_range_end(items.front(), closed, start);
  if (!closed) return fail("'..' of a range that is open at its start");
  while (!failed_ && take(",")) items.push_back(parse_expression());
  expect("]");
  return node(Op::list, start, 0, add_links(items), static_cast<std::uint32_t>(items.size()));
}

NodeId Parser::parse_context() {
  const std::size_t start = position_;
  expect("{");
  std::vector<std::uint32_t> entries;
  std::vector<std::string> keys;
  if (!at("}")) {
    do {
      std::string key;
      skip();
      if (position_ < text_.size() && text_[position_] == '"') {
        key = read_string();
      } else if (const std::optional<Name> name = peek_plain_name(":")) {
        key = base::to_nfc(name->text);
        position_ = name->end;
      } else {
        fail("the name of an entry");
      }
      expect(":");
      entries.push_back(name_index(key));
      entries.push_back(parse_expression());
      names_.add(key);
      keys.push_back(std::move(key));
    } while (!failed_ && take(","));
  }
  expect("}");
  for (const std::string& key : keys) names_.remove(key);
  return node(Op::context, start, 0, add_links(entries),
              static_cast<std::uint32_t>(entries.size()));
}

NodeId Parser::parse_name() {
  const std::size_t start = position_;
  // A name in scope may begin with a keyword ("null value"); alone the keyword is meant.
  for (const std::string_view word : {"null", "true", "false"}) {
    if (!at_word(word)) continue;
    const std::optional<NameTable::Match> known = names_.match(text_, position_);
    if (known && known->end > position_ + word.size()) break;
    position_ += word.size();
    return constant(word == "null" ? Value{} : Value{word == "true"});
  }
  const std::optional<Name> name = peek_name();
  if (!name) return fail("an expression");
  const std::string text = base::to_nfc(name->text);
  position_ = name->end;
  uses_.push_back(text);
  const std::optional<std::uint32_t> builtin = find_builtin(text);
  return node(Op::name, start, name_index(text), builtin ? *builtin + 1 : 0);
}

// Types

Type Parser::parse_type() {
  if (failed_) return {};
  if (++depth_ > kNestingMax) fail("less nesting (200 levels at most)");
  Type type = failed_ ? Type{} : parse_simple_type();
  --depth_;
  return type;
}

Type Parser::parse_simple_type() {
  for (const std::string_view name :
       {"date and time", "years and months duration", "days and time duration"}) {
    const State before = save();
    bool all = true;
    std::size_t from = 0;
    while (all && from < name.size()) {
      const std::size_t space = std::min(name.find(' ', from), name.size());
      all = take_word(name.substr(from, space - from));
      from = space + 1;
    }
    if (all) return *Type::named(name);
    restore(before);
  }
  for (const auto& [word, kind] :
       {std::pair{"list", Type::Kind::list}, std::pair{"range", Type::Kind::range}}) {
    const State before = save();
    if (take_word(word) && take("<")) {
      Type type = Type::simple(kind);
      type.of.push_back(parse_type());
      expect(">");
      return type;
    }
    restore(before);
  }
  const State before = save();
  if (take_word("context") && take("<")) {
    Type type = Type::simple(Type::Kind::context);
    if (!at(">")) {
      do {
        const std::optional<Name> name = peek_plain_name(":");
        if (!name) {
          fail("the name of an entry");
          break;
        }
        position_ = name->end;
        expect(":");
        type.fields.emplace_back(base::to_nfc(name->text), parse_type());
      } while (!failed_ && take(","));
    }
    expect(">");
    return type;
  }
  restore(before);
  if (take_word("function") && take("<")) {
    Type type = Type::simple(Type::Kind::function);
    if (!at(">")) {
      do {
        type.of.push_back(parse_type());
      } while (!failed_ && take(","));
    }
    expect(">");
    expect("->");
    type.of.push_back(parse_type());
    return type;
  }
  restore(before);
  std::optional<Name> name = peek_name();
  if (!name && take_word("null")) return Type::simple(Type::Kind::null);
  if (!name) {
    fail("a type");
    return {};
  }
  position_ = name->end;
  std::string full = base::to_nfc(name->text);
  while (at(".") && !at("..")) {
    take(".");
    name = peek_name();
    if (!name) break;
    position_ = name->end;
    full += "." + base::to_nfc(name->text);
  }
  if (find_type_) {
    if (std::optional<Type> defined = find_type_(full)) return *std::move(defined);
  }
  return Type::named(full).value_or(Type::simple(Type::Kind::unknown));
}

}  // namespace rules
