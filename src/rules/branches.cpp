#include "rules/branches.h"

#include <algorithm>

#include "rules/dmn_compiled.h"

namespace rules {
namespace {

// Whether one cell takes whatever another one takes.  False where that cannot be seen.
class Cover {
 public:
  explicit Cover(const Program& program) : program_(program) {}

  [[nodiscard]] bool takes(NodeId wide, NodeId narrow) const {
    const Node& cell = program_.nodes[wide];
    if (cell.op == Op::any_value) return true;
    // An empty cell has no text.
    if (program_.nodes[narrow].op == Op::any_value) return false;
    if (text_of(cell) == text_of(program_.nodes[narrow])) return true;
    std::vector<Value> more;
    std::vector<Value> fewer;
    if (!listed(wide, more) || !listed(narrow, fewer)) return false;
    return std::ranges::all_of(
        fewer, [&](const Value& one) { return std::ranges::find(more, one) != more.end(); });
  }

 private:
  // A cell has a source of its own.
  [[nodiscard]] std::string_view text_of(const Node& node) const {
    return program_.sources[node.source];
  }

  // The values of a cell that lists them, as `"poor", "disabled"` does.
  bool listed(NodeId id, std::vector<Value>& values) const {
    const Node& node = program_.nodes[id];
    if (node.op == Op::tests) {
      if (node.flag != 0) return false;
      for (std::uint32_t i = 0; i < node.c; ++i) {
        if (!listed(program_.links[node.b + i], values)) return false;
      }
      return true;
    }
    if (node.op != Op::test || node.flag != 0) return false;
    const Node& value = program_.nodes[node.a];
    if (value.op != Op::constant) return false;
    const Value& constant = program_.constants[value.a];
    // Of a list or a range, the cell takes what is in it.
    if (constant.if_string() == nullptr && constant.if_number() == nullptr &&
        constant.if_boolean() == nullptr) {
      return false;
    }
    values.push_back(constant);
    return true;
  }

  const Program& program_;
};

}  // namespace

const std::vector<RuleBranch>& branches_of(const Model& model) {
  return model.compiled().branches;
}

std::vector<std::size_t> dead_branches(const Model& model) {
  const Program& program = model.compiled().program;
  const Cover cover{program};
  std::vector<std::size_t> dead;
  for (const DecisionTable& table : program.tables) {
    if (table.hit_policy != HitPolicy::first) continue;
    for (std::size_t late = 1; late < table.rules.size(); ++late) {
      const DecisionTable::Rule& rule = table.rules[late];
      const bool shadowed =
          std::any_of(table.rules.begin(), table.rules.begin() + static_cast<std::ptrdiff_t>(late),
                      [&](const DecisionTable::Rule& early) {
                        if (early.tests.size() != rule.tests.size()) return false;
                        for (std::size_t i = 0; i < rule.tests.size(); ++i) {
                          if (!cover.takes(early.tests[i], rule.tests[i])) return false;
                        }
                        return true;
                      });
      if (shadowed && rule.branch != kNoNode) dead.push_back(rule.branch);
    }
  }
  for (const Node& node : program.nodes) {
    if (node.op != Op::choice || node.d == 0) continue;
    const Node& condition = program.nodes[node.a];
    if (condition.op != Op::constant) continue;
    dead.push_back(program.constants[condition.a].is_true() ? node.d : node.d - 1);
  }
  std::ranges::sort(dead);
  return dead;
}

}  // namespace rules
