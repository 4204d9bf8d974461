#pragma once
// parser.h - FEEL text to nodes of a Program.  Internal to the module.
//
// Recursive descent over the text itself, without a token list: what a name is depends on the names
// in scope.  Nesting, the height of the tree and the work are bounded.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/expression.h"
#include "rules/name_table.h"
#include "rules/program.h"

namespace rules {

class Parser {
 public:
  // Finds the type of a name the model defines; nothing where it defines none.
  using FindType = std::function<std::optional<Type>(std::string_view)>;

  Parser(Program& program, NameTable& names, FindType find_type = {});

  // On failure the program may hold nodes that nothing refers to.
  [[nodiscard]] base::Result<NodeId, SyntaxError> expression(std::string_view text);
  [[nodiscard]] base::Result<NodeId, SyntaxError> unary_tests(std::string_view text);
  // A type as `instance of` writes it.
  [[nodiscard]] base::Result<Type, SyntaxError> type(std::string_view text);

  // Names read by what was parsed last, free ones and the expression's own, each once.
  [[nodiscard]] const std::vector<std::string>& free_names() const { return free_names_; }

  // A name of an entry or component that may stand behind a '.' or in a filter; one with symbols
  // can only be read when it is known.
  void add_member(std::string_view name);

  // For those who compose trees of parts: the height is that of the parts plus one.
  NodeId add(Node node);
  std::uint32_t name_index(std::string_view name);
  std::uint32_t add_links(const std::vector<std::uint32_t>& links);
  NodeId constant(Value value);

 private:
  static constexpr int kNestingMax = 200;

  struct State {
    std::size_t position;
    bool failed;
    SyntaxError error;
    std::size_t uses;
  };
  struct Name {
    std::string text;
    std::size_t end = 0;
  };

  void begin(std::string_view text);
  base::Result<NodeId, SyntaxError> finish(NodeId root);

  // Reading.
  void skip();
  [[nodiscard]] bool at(std::string_view symbol);
  bool take(std::string_view symbol);
  [[nodiscard]] bool at_word(std::string_view word);
  bool take_word(std::string_view word);
  void expect(std::string_view symbol);
  void expect_word(std::string_view word);
  NodeId fail(std::string_view expected);
  void fail_at(std::size_t position, std::string_view expected);
  [[nodiscard]] bool at_end();
  [[nodiscard]] std::optional<Name> peek_name();
  [[nodiscard]] std::optional<Name> peek_member();
  [[nodiscard]] std::optional<Name> or_member(std::optional<Name> name) const;
  [[nodiscard]] std::optional<Name> peek_plain_name(std::string_view stop_symbols);
  [[nodiscard]] State save() const;
  void restore(const State& state);

  // The grammar, loosest binding first.
  NodeId parse_expression();
  NodeId parse_if();
  NodeId parse_iteration(Op op);
  NodeId parse_function();
  NodeId parse_disjunction();
  NodeId parse_conjunction();
  NodeId parse_comparison();
  NodeId parse_in(NodeId left);
  NodeId parse_addition();
  NodeId parse_multiplication();
  NodeId parse_power();
  NodeId parse_negation();
  [[nodiscard]] bool ends_here(std::size_t position) const;
  NodeId parse_postfix();
  NodeId parse_primary();
  NodeId parse_name();
  NodeId parse_number();
  NodeId parse_string();
  std::string read_string();
  NodeId parse_at_literal();
  NodeId parse_parenthesis();
  NodeId parse_bracket();
  NodeId parse_range_end(NodeId low, bool low_closed, std::size_t start);
  NodeId parse_comparison_range(std::size_t start);
  NodeId parse_context();
  NodeId parse_call(NodeId callee, std::size_t start);
  NodeId parse_test();
  NodeId parse_tests(std::string_view closing);
  Type parse_type();
  Type parse_simple_type();
  std::optional<Op> take_comparison();

  // Made once here, where it would be made anew at each evaluation.
  std::uint32_t range_of_constants(const Node& range);
  NodeId node(Op op, std::size_t start, std::uint32_t a = 0, std::uint32_t b = 0,
              std::uint32_t c = 0, std::uint32_t d = 0, std::uint8_t flag = 0);
  std::uint32_t add_type(Type type);

  Program& program_;
  NameTable& names_;
  NameTable members_;
  NodeId first_operand_ = kNoNode;  // read already, by parse_in
  int filters_ = 0;                 // around the place that is read
  FindType find_type_;
  std::string text_;
  std::uint32_t source_ = 0;
  std::size_t position_ = 0;
  bool failed_ = false;
  SyntaxError error_;
  std::size_t error_position_ = 0;
  int depth_ = 0;
  std::uint64_t work_ = 0;
  bool range_endpoint_ = false;
  std::vector<std::string> uses_;  // names read so far, in order
  std::vector<std::string> free_names_;
};

}  // namespace rules
