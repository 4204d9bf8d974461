// parser_primary.cpp - the innermost of the grammar: names, calls, paths, filters, ranges and
// contexts.
#include <utility>

#include "base/text.h"
#include "rules/builtin.h"
#include "rules/parser.h"

namespace rules {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

NodeId Parser::parse_postfix() {
  NodeId left = parse_primary();
  while (!failed_) {
    skip();
    const std::size_t start = position_;
    if (at(".") && !at("..")) {
      take(".");
      std::optional<Name> name = peek_member();
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
      ++filters_;
      const NodeId condition = parse_expression();
      --filters_;
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

// Whether what follows cannot begin an expression.
bool Parser::ends_here(std::size_t position) const {
  const std::size_t next = skip_spaces(text_, position);
  return next >= text_.size() ||
         std::string_view{",)]}.+*/<>=:"}.find(text_[next]) != std::string_view::npos;
}

NodeId Parser::parse_primary() {
  if (failed_) return 0;
  if (first_operand_ != kNoNode) return std::exchange(first_operand_, kNoNode);
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
    case ']':
      // It begins a range that is open at its start, unless it ends what is around it.
      if (ends_here(position_ + 1)) return fail("an expression");
      return parse_bracket();
    case '[':
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
        key = base::to_nfc(read_string());
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
      add_member(key);
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

}  // namespace rules
