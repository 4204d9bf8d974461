#include "rules/parser.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.h"

namespace rules {

namespace {

constexpr std::size_t kTextLengthMax = 64U << 10U;

}  // namespace

Parser::Parser(Program& program, NameTable& names, FindType find_type)
    : program_(program), names_(names), find_type_(std::move(find_type)) {}

void Parser::begin(std::string_view text) {
  text_ = std::string{text};
  source_ = static_cast<std::uint32_t>(program_.sources.size());
  program_.sources.push_back(text_);
  position_ = 0;
  failed_ = false;
  depth_ = 0;
  work_ = 0;
  range_endpoint_ = false;
  filters_ = 0;
  first_operand_ = kNoNode;
  uses_.clear();
  free_names_.clear();
  if (text.size() > kTextLengthMax) fail("a text of at most 64 KiB");
}

base::Result<NodeId, SyntaxError> Parser::finish(NodeId root) {
  if (!failed_ && !at_end()) fail("the end or an operator");
  if (failed_) {
    error_.line = 1;
    error_.column = 1;
    for (std::size_t i = 0; i < error_position_ && i < text_.size();) {
      const Character c = character_at(text_, i);
      if (c.code == '\n') {
        ++error_.line;
        error_.column = 1;
      } else {
        ++error_.column;
      }
      i += c.length;
    }
    return base::Failure{error_};
  }
  std::unordered_set<std::string> seen;
  for (const std::string& name : uses_) {
    if (seen.insert(name).second) free_names_.push_back(name);
  }
  return root;
}

base::Result<NodeId, SyntaxError> Parser::expression(std::string_view text) {
  begin(text);
  const NodeId root = failed_ ? 0 : parse_expression();
  return finish(root);
}

base::Result<NodeId, SyntaxError> Parser::unary_tests(std::string_view text) {
  begin(text);
  skip();
  if (take("-")) {
    if (at_end()) return finish(node(Op::any_value, 0));
    position_ = 0;
  }
  if (take_word("not") && take("(")) {
    const NodeId tests = parse_tests(")");
    expect(")");
    if (!failed_ && at_end()) {
      program_.nodes[tests].flag = 1;
      return finish(tests);
    }
  }
  // `not(a) and b` is an expression; what was read of it is read again.
  position_ = 0;
  failed_ = false;
  uses_.clear();
  const NodeId tests = parse_tests("");
  return finish(tests);
}

base::Result<Type, SyntaxError> Parser::type(std::string_view text) {
  begin(text);
  Type result = parse_type();
  const base::Result<NodeId, SyntaxError> end = finish(0);
  if (!end) return base::Failure{end.error()};
  return result;
}

// The grammar

NodeId Parser::parse_expression() {
  if (failed_) return 0;
  if (++depth_ > kNestingMax) fail("less nesting (200 levels at most)");
  const bool outer_endpoint = std::exchange(range_endpoint_, false);
  NodeId result = 0;
  if (!failed_) {
    // A name in scope may begin with a keyword; then it is the name.
    const std::optional<NameTable::Match> known = (skip(), names_.match(text_, position_));
    const bool is_name = known && known->name.find(' ') != std::string::npos;
    if (!is_name && at_word("if")) {
      result = parse_if();
    } else if (!is_name && at_word("for")) {
      result = parse_iteration(Op::loop);
    } else if (!is_name && at_word("some")) {
      result = parse_iteration(Op::some);
    } else if (!is_name && at_word("every")) {
      result = parse_iteration(Op::every);
    } else if (!is_name && at_word("function")) {
      result = parse_function();
    } else {
      result = parse_disjunction();
    }
  }
  range_endpoint_ = outer_endpoint;
  --depth_;
  return result;
}

NodeId Parser::parse_if() {
  const std::size_t start = position_;
  take_word("if");
  const NodeId condition = parse_expression();
  expect_word("then");
  const NodeId then = parse_expression();
  expect_word("else");
  const NodeId otherwise = parse_expression();
  return node(Op::choice, start, condition, then, otherwise);
}

NodeId Parser::parse_iteration(Op op) {
  const std::size_t start = position_;
  position_ += op == Op::loop ? 3 : op == Op::some ? 4 : 5;
  std::vector<std::uint32_t> iterators;
  std::vector<std::string> variables;
  // Where uses of the iteration's own variables can begin: behind the first domain.
  std::ptrdiff_t uses_of_variables = 0;
  do {
    const std::optional<Name> variable = peek_plain_name("");
    if (!variable) {
      fail("the name of a variable");
      break;
    }
    position_ = variable->end;
    expect_word("in");
    const NodeId domain = parse_expression();
    NodeId end = kNoNode;
    if (take("..")) end = parse_expression();
    if (variables.empty()) uses_of_variables = static_cast<std::ptrdiff_t>(uses_.size());
    variables.push_back(base::to_nfc(variable->text));
    iterators.insert(iterators.end(), {name_index(variables.back()), domain, end});
    names_.add(variables.back());
  } while (!failed_ && take(","));
  expect_word(op == Op::loop ? "return" : "satisfies");
  if (op == Op::loop) {
    names_.add("partial");
    variables.emplace_back("partial");
  }
  const auto uses_before = static_cast<std::ptrdiff_t>(uses_.size());
  const NodeId body = parse_expression();
  for (const std::string& variable : variables) names_.remove(variable);
  const auto count = static_cast<std::uint32_t>(iterators.size());
  // The list of results so far is only made where it is read.
  const bool reads_partial =
      !failed_ && std::find(uses_.begin() + uses_before, uses_.end(), "partial") != uses_.end();
  // They are bound here and free nowhere outside.
  if (!failed_) {
    uses_.erase(std::remove_if(uses_.begin() + uses_of_variables, uses_.end(),
                               [&](const auto& name) {
                                 return std::find(variables.begin(), variables.end(), name) !=
                                        variables.end();
                               }),
                uses_.end());
  }
  return node(op, start, body, add_links(iterators), count, 0, reads_partial ? 1 : 0);
}

NodeId Parser::parse_function() {
  const std::size_t start = position_;
  take_word("function");
  expect("(");
  std::vector<std::uint32_t> links;
  std::vector<std::string> parameters;
  if (!failed_ && !at(")")) {
    do {
      const std::optional<Name> parameter = peek_plain_name(",:)");
      if (!parameter) {
        fail("the name of a parameter");
        break;
      }
      position_ = parameter->end;
      Type type;
      if (take(":")) type = parse_type();
      parameters.push_back(base::to_nfc(parameter->text));
      links.insert(links.end(), {name_index(parameters.back()), add_type(std::move(type))});
    } while (!failed_ && take(","));
  }
  expect(")");
  const bool external = take_word("external");
  for (const std::string& parameter : parameters) names_.add(parameter);
  const std::size_t uses_before = uses_.size();
  NodeId body = parse_expression();
  for (const std::string& parameter : parameters) names_.remove(parameter);
  if (external) {
    body = node(Op::null_with, start, name_index("external functions are not supported"));
  }
  std::vector<std::uint32_t> captured{0};
  std::unordered_set<std::string> seen;
  for (std::size_t i = uses_before; i < uses_.size(); ++i) {
    if (seen.insert(uses_[i]).second) captured.push_back(name_index(uses_[i]));
  }
  captured[0] = static_cast<std::uint32_t>(captured.size() - 1);
  const auto count = static_cast<std::uint32_t>(links.size());
  return node(Op::function, start, body, add_links(links), count, add_links(captured));
}

NodeId Parser::parse_disjunction() {
  NodeId left = parse_conjunction();
  while (!failed_ && at_word("or")) {
    const std::size_t start = position_;
    take_word("or");
    const NodeId right = parse_conjunction();
    left = node(Op::disjunction, start, left, right);
  }
  return left;
}

NodeId Parser::parse_conjunction() {
  NodeId left = parse_comparison();
  while (!failed_ && at_word("and")) {
    const std::size_t start = position_;
    take_word("and");
    const NodeId right = parse_comparison();
    left = node(Op::conjunction, start, left, right);
  }
  return left;
}

std::optional<Op> Parser::take_comparison() {
  if (take("!=")) return Op::not_equal;
  if (take("<=")) return Op::less_equal;
  if (take(">=")) return Op::greater_equal;
  if (take("<")) return Op::less;
  if (take(">")) return Op::greater;
  if (at("==")) {
    fail("'='");
    return Op::equal;
  }
  if (take("=")) return Op::equal;
  return std::nullopt;
}

NodeId Parser::parse_comparison() {
  NodeId left = parse_addition();
  while (!failed_) {
    skip();
    const std::size_t start = position_;
    if (const std::optional<Op> op = take_comparison()) {
      const NodeId right = parse_addition();
      left = node(*op, start, left, right);
    } else if (take_word("between")) {
      const NodeId low = parse_addition();
      expect_word("and");
      const NodeId high = parse_addition();
      left = node(Op::between, start, left, low, high);
    } else if (take_word("instance")) {
      expect_word("of");
      const std::uint32_t type = add_type(parse_type());
      left = node(Op::instance_of, start, left, type);
    } else if (take_word("in")) {
      left = parse_in(left);
    } else {
      break;
    }
  }
  return left;
}

NodeId Parser::parse_in(NodeId left) {
  skip();
  const std::size_t start = position_;
  std::vector<std::uint32_t> tests;
  if (take("(")) {
    do {
      tests.push_back(parse_test());
    } while (!failed_ && take(","));
    if (failed_) return 0;
    const bool single = tests.size() == 1 && program_.nodes[tests.front()].op == Op::test;
    // `(2..4)` is a range and `(a + b) * 2` an expression: both begin like a list of tests, so what
    // was read is the first operand of what follows.
    if (single && take("..")) {
      first_operand_ = parse_range_end(program_.nodes[tests.front()].a, false, start);
    } else {
      expect(")");
      if (!failed_ && !single) {
        const auto count = static_cast<std::uint32_t>(tests.size());
        return node(Op::in, start, left, add_links(tests), count);
      }
      first_operand_ = failed_ ? kNoNode : program_.nodes[tests.front()].a;
    }
    if (failed_) return 0;
    const NodeId operand = parse_addition();
    return node(Op::in, start, left, add_links({node(Op::test, start, operand)}), 1);
  }
  if (const std::optional<Op> op = take_comparison()) {
    const NodeId operand = parse_addition();
    tests.push_back(
        node(Op::compare_input, start, operand, 0, 0, 0, static_cast<std::uint8_t>(*op)));
  } else {
    const NodeId operand = parse_addition();
    tests.push_back(node(Op::test, start, operand));
  }
  return node(Op::in, start, left, add_links(tests), 1);
}

NodeId Parser::parse_addition() {
  NodeId left = parse_multiplication();
  while (!failed_) {
    skip();
    const std::size_t start = position_;
    Op op = Op::add;
    if (take("+")) {
      op = Op::add;
    } else if (take("-") || take("\xE2\x88\x92")) {  // also the typographic minus
      op = Op::subtract;
    } else {
      break;
    }
    const NodeId right = parse_multiplication();
    left = node(op, start, left, right);
  }
  return left;
}

NodeId Parser::parse_multiplication() {
  NodeId left = parse_power();
  while (!failed_ && !at("**")) {
    const std::size_t start = position_;
    Op op = Op::multiply;
    if (take("*")) {
      op = Op::multiply;
    } else if (take("/")) {
      op = Op::divide;
    } else {
      break;
    }
    const NodeId right = parse_power();
    left = node(op, start, left, right);
  }
  return left;
}

NodeId Parser::parse_power() {
  NodeId left = parse_negation();
  while (!failed_ && at("**")) {
    const std::size_t start = position_;
    take("**");
    const NodeId right = parse_negation();
    left = node(Op::power, start, left, right);
  }
  return left;
}

NodeId Parser::parse_negation() {
  if (first_operand_ != kNoNode) return parse_postfix();
  skip();
  const std::size_t start = position_;
  if (!take("-") && !take("\xE2\x88\x92")) return parse_postfix();
  if (++depth_ > kNestingMax) fail("less nesting (200 levels at most)");
  const NodeId operand = parse_negation();
  --depth_;
  return node(Op::negate, start, operand);
}

NodeId Parser::parse_test() {
  skip();
  const std::size_t start = position_;
  if (const std::optional<Op> op = take_comparison()) {
    const NodeId operand = parse_addition();
    return node(Op::compare_input, start, operand, 0, 0, 0, static_cast<std::uint8_t>(*op));
  }
  const std::size_t uses_before = uses_.size();
  const NodeId operand = parse_expression();
  const bool reads_input =
      std::find(uses_.begin() + static_cast<std::ptrdiff_t>(std::min(uses_before, uses_.size())),
                uses_.end(), "?") != uses_.end();
  return node(Op::test, start, operand, 0, 0, 0, reads_input ? 1 : 0);
}

NodeId Parser::parse_tests(std::string_view closing) {
  const std::size_t start = position_;
  std::vector<std::uint32_t> tests;
  do {
    tests.push_back(parse_test());
  } while (!failed_ && take(",") && (closing.empty() || !at(closing)));
  return node(Op::tests, start, 0, add_links(tests), static_cast<std::uint32_t>(tests.size()));
}

}  // namespace rules
