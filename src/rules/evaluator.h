#pragma once
// evaluator.h - walks the nodes of a program for one evaluation.  Internal to the module.
//
// One object per evaluation, on the stack of the caller.  It counts what the evaluation costs; once
// a bound is reached everything is null and the loops end.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/bounds.h"
#include "rules/builtin.h"
#include "rules/function.h"
#include "rules/pattern.h"
#include "rules/program.h"

namespace rules {

// The variables an expression sees: one name, or all entries of a context; then those around it.
struct Scope {
  const Scope* parent = nullptr;
  const Context* context = nullptr;
  std::string_view name;
  const Value* value = nullptr;

  [[nodiscard]] const Value* find(std::string_view wanted) const;
};

class Evaluator {
 public:
  explicit Evaluator(const Bounds& bounds) : bounds_(bounds) {}

  // Evaluates a node of `program`, which functions made on the way keep alive.
  Value run(const std::shared_ptr<const Program>& program, NodeId root, const Scope* scope);
  // Calls a function value with positional arguments.
  Value call(const Value& function, const List& arguments);
  // As call(), with the arguments by name.
  Value call_named(const Value& function, const Context& arguments);

  // From now on branches of `program` that are taken are noted in `taken`.
  void note_branches(const Program& program, std::vector<bool>& taken) {
    noted_program_ = &program;
    taken_ = &taken;
  }

  [[nodiscard]] const Bounds& bounds() const { return bounds_; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] std::vector<Problem> take_problems() { return std::move(problems_); }

  // Says why a null comes about, and is that null.
  Value null_because(ProblemCode code, std::string message);
  // Pays for work and for memory; false once a bound is reached.
  bool spend(std::uint64_t steps) {
    if (stopped_) return false;
    steps_ += steps;
    return steps_ <= bounds_.steps_max || stop_at_steps();
  }
  bool spend_memory(std::uint64_t bytes);
  // Pays for walking through all of the value; nothing for a plain one.
  bool spend_on(const Value& value) {
    const Kind kind = value.kind();
    const bool plain = kind < Kind::list && kind != Kind::string;
    return plain ? !stopped_ : spend(value.weight() / kBytesPerStep);
  }

  // The value as the type admits it; null with a problem where it does not.
  Value conform(const Value& value, const Type& type);

  // The pattern, made once in an evaluation; null with a problem where it is none.
  const Pattern* pattern(const std::string& text, const std::string& flags);

  // Whether `input` passes the tests in node `tests`; nothing where that cannot be said.
  std::optional<bool> passes_tests(NodeId tests, const Value& input, const Scope* scope);

 private:
  static constexpr std::uint64_t kBytesPerStep = 256;

  void note(std::uint32_t branch) {
    if (taken_ != nullptr && branch < taken_->size() && program_->get() == noted_program_) {
      (*taken_)[branch] = true;
    }
  }
  bool stop_at_steps();
  bool satisfies(const Constraint& constraint, const Value& value);
  Value eval(NodeId id, const Scope* scope);
  Value dispatch(const Node& node, const Scope* scope);
  Value eval_name(const Node& node, const Scope* scope);
  Value eval_arithmetic(const Node& node, const Scope* scope);
  Value eval_comparison(const Node& node, const Scope* scope);
  Value eval_logic(const Node& node, const Scope* scope);
  Value eval_choice(const Node& node, const Scope* scope);
  Value eval_between(const Node& node, const Scope* scope);
  Value eval_in(const Node& node, const Scope* scope);
  Value eval_range(const Node& node, const Scope* scope);
  Value eval_list(const Node& node, const Scope* scope);
  Value eval_context(const Node& node, const Scope* scope);
  Value eval_path(const Node& node, const Scope* scope);
  Value path_of(const Value& value, const std::string& name);
  Value eval_filter(const Node& node, const Scope* scope);
  Value eval_call(const Node& node, const Scope* scope);
  Value eval_function(const Node& node, const Scope* scope);
  Value eval_iteration(const Node& node, const Scope* scope);
  Value eval_table(const DecisionTable& table, const Scope* scope);

  struct Loop;
  // False when the iteration is to end.
  bool iterate(Loop& loop, std::uint32_t index, const Scope* scope);
  bool iterate_item(Loop& loop, std::uint32_t index, const Scope* scope, const Value& item);
  // What is written out in the program and need be neither evaluated nor copied; else nothing.
  [[nodiscard]] const Value* constant_at(NodeId id) const;
  std::optional<bool> passes_test(const Node& test, const Value& input, const Scope* scope);
  Value call_builtin(const Builtin& first, const List& arguments);
  Value call_builtin_named(const Builtin& first, const Context& arguments);
  Value call_body(const Function& function, const Value& self, const List& arguments);
  [[nodiscard]] Value bounded(Value value);

  struct Match;
  Value collect(const DecisionTable& table, std::vector<Value> results);
  Value aggregated(Aggregation aggregation, const std::vector<Value>& values);
  Value outputs_of(const DecisionTable& table, const DecisionTable::Rule& rule, const Scope* scope);
  Value defaults_of(const DecisionTable& table, const Scope* scope);
  void order_by_priority(const DecisionTable& table, std::vector<Value>& results,
                         const Scope* scope);

  const Bounds& bounds_;
  const std::shared_ptr<const Program>* program_ = nullptr;
  const Node* current_ = nullptr;
  std::uint64_t steps_ = 0;
  std::uint64_t memory_ = 0;
  std::uint32_t depth_ = 0;
  bool stopped_ = false;
  const Program* noted_program_ = nullptr;
  std::vector<bool>* taken_ = nullptr;
  std::vector<Problem> problems_;
  std::map<std::pair<std::string, std::string>, std::optional<Pattern>> patterns_;
};

}  // namespace rules
