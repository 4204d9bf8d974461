// dmn_boxed.cpp - the boxed expressions of DMN, compiled to the same nodes as FEEL text.
#include <algorithm>

#include "base/text.h"
#include "rules/dmn_compiler.h"

namespace rules {

namespace {

constexpr int kNestingMax = 100;

bool is_blank(const std::string& text) {
  return skip_spaces(text, 0) >= text.size();
}

HitPolicy hit_policy_of(std::string_view text) {
  if (text == "ANY") return HitPolicy::any;
  if (text == "PRIORITY") return HitPolicy::priority;
  if (text == "FIRST") return HitPolicy::first;
  if (text == "RULE ORDER") return HitPolicy::rule_order;
  if (text == "OUTPUT ORDER") return HitPolicy::output_order;
  if (text == "COLLECT") return HitPolicy::collect;
  return HitPolicy::unique;
}

Aggregation aggregation_of(std::string_view text) {
  if (text == "SUM") return Aggregation::sum;
  if (text == "MIN") return Aggregation::min;
  if (text == "MAX") return Aggregation::max;
  if (text == "COUNT") return Aggregation::count;
  return Aggregation::none;
}

}  // namespace

NodeId DmnCompiler::make(Op op, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                         std::uint32_t d) {
  Node node;
  node.op = op;
  node.a = a;
  node.b = b;
  node.c = c;
  node.d = d;
  return parser_.add(node);
}

NodeId DmnCompiler::null_because(const std::string& reason) {
  return make(Op::null_with, parser_.name_index(reason));
}

NodeId DmnCompiler::feel(const std::string& text, const pugi::xml_node& at) {
  if (is_blank(text)) return null_because("the expression is empty");
  const std::size_t before = model_->program.nodes.size();
  const base::Result<NodeId, SyntaxError> parsed = parser_.expression(text);
  if (!parsed) {
    const std::string message = parsed.error().message;
    finding(at, message);
    return null_because("not FEEL: " + message);
  }
  note_choices(before, line_of(child(at, "text").first_child()));
  uses_.insert(uses_.end(), parser_.free_names().begin(), parser_.free_names().end());
  return *parsed;
}

NodeId DmnCompiler::tests(const std::string& text, const pugi::xml_node& at) {
  if (is_blank(text)) return make(Op::any_value, 0);
  const std::size_t before = model_->program.nodes.size();
  const base::Result<NodeId, SyntaxError> parsed = parser_.unary_tests(text);
  if (!parsed) {
    finding(at, parsed.error().message);
    return make(Op::test, null_because("not a test: " + parsed.error().message));
  }
  note_choices(before, line_of(child(at, "text").first_child()));
  uses_.insert(uses_.end(), parser_.free_names().begin(), parser_.free_names().end());
  return *parsed;
}

std::uint32_t DmnCompiler::note_branch(RuleBranch::Kind kind, int number, int line) {
  model_->branches.push_back({kind, element_, number, line});
  return static_cast<std::uint32_t>(model_->branches.size() - 1);
}

void DmnCompiler::note_choices(std::size_t first, int line) {
  if (element_.empty()) return;  // of a type: what it admits is no branch of a decision
  for (std::size_t id = first; id < model_->program.nodes.size(); ++id) {
    Node& node = model_->program.nodes[id];
    if (node.op != Op::choice || node.d != 0) continue;
    const std::string& text =
        model_->program.sources.empty() ? model_->name : model_->program.sources[node.source];
    const auto end = text.begin() +
                     static_cast<std::ptrdiff_t>(std::min<std::size_t>(node.position, text.size()));
    const int below = static_cast<int>(std::count(text.begin(), end, '\n'));
    node.d = note_branch(RuleBranch::Kind::then_side, ++choices_, line + below) + 1;
    note_branch(RuleBranch::Kind::else_side, choices_, line + below);
  }
}

NodeId DmnCompiler::expression_in(const pugi::xml_node& parent) {
  for (const pugi::xml_node& node : parent.children()) {
    if (const NodeId found = boxed(node); found != kNoNode) return found;
  }
  return kNoNode;
}

NodeId DmnCompiler::boxed(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  if (++depth_ > kNestingMax) {
    --depth_;
    return null_because("boxed expressions nested too deeply");
  }
  NodeId result = kNoNode;
  if (name == "literalExpression") {
    result = literal(node);
  } else if (name == "context") {
    result = boxed_context(node);
  } else if (name == "decisionTable") {
    result = table(node);
  } else if (name == "invocation") {
    result = invocation(node);
  } else if (name == "functionDefinition") {
    result = function(node);
  } else if (name == "relation") {
    result = relation(node);
  } else if (name == "list") {
    result = list(node);
  } else if (name == "conditional") {
    const NodeId condition = expression_in(child(node, "if"));
    const NodeId then = expression_in(child(node, "then"));
    const NodeId otherwise = expression_in(child(node, "else"));
    if (condition == kNoNode || then == kNoNode || otherwise == kNoNode) {
      result = null_because("a conditional needs if, then and else");
    } else {
      result = make(Op::choice, condition, then, otherwise);
      note_choices(result, line_of(node));
    }
  } else if (name == "for") {
    result = iteration(node, Op::loop);
  } else if (name == "some") {
    result = iteration(node, Op::some);
  } else if (name == "every") {
    result = iteration(node, Op::every);
  } else if (name == "filter") {
    const NodeId source = expression_in(child(node, "in"));
    const NodeId match = expression_in(child(node, "match"));
    result = source == kNoNode || match == kNoNode ? null_because("a filter needs in and match")
                                                   : make(Op::filter, source, match);
  }
  --depth_;
  if (result == kNoNode) return kNoNode;
  const std::uint32_t type = name == "functionDefinition" ? kNoNode : type_index(node);
  return type == kNoNode ? result : make(Op::typed, result, type);
}

NodeId DmnCompiler::literal(const pugi::xml_node& node) {
  const std::string_view language = node.attribute("expressionLanguage").value();
  if (!language.empty() && language.find("FEEL") == std::string_view::npos &&
      language.find("feel") == std::string_view::npos) {
    finding(node, "the language '" + std::string{language} + "' is not supported");
    return null_because("an expression that is not FEEL");
  }
  return feel(text_of(node), node);
}

NodeId DmnCompiler::boxed_context(const pugi::xml_node& node) {
  std::vector<std::uint32_t> entries;
  std::vector<std::string> names;
  for (const pugi::xml_node& entry : node.children()) {
    if (local_name(entry) != "contextEntry") continue;
    const pugi::xml_node variable = child(entry, "variable");
    NodeId value = expression_in(entry);
    if (value == kNoNode) value = null_because("the entry has no expression");
    if (!variable) {
      entries.insert(entries.end(), {kNoNode, value});
      break;
    }
    if (const std::uint32_t type = type_index(variable); type != kNoNode) {
      // Older models give the variable of a function the type of its result.
      Node& made = model_->program.nodes[value];
      if (made.op == Op::function && model_->program.types[type].kind != Type::Kind::function) {
        const NodeId body = make(Op::typed, made.a, type);
        model_->program.nodes[value].a = body;
      } else {
        value = make(Op::typed, value, type);
      }
    }
    names.push_back(base::to_one_line(variable.attribute("name").value()));
    names_.add(names.back());
    parser_.add_member(names.back());
    entries.insert(entries.end(), {parser_.name_index(names.back()), value});
  }
  for (const std::string& name : names) names_.remove(name);
  const auto count = static_cast<std::uint32_t>(entries.size());
  return make(Op::context, 0, parser_.add_links(entries), count);
}

NodeId DmnCompiler::invocation(const pugi::xml_node& node) {
  const NodeId callee = expression_in(node);
  if (callee == kNoNode) return null_because("an invocation of nothing");
  std::vector<std::uint32_t> arguments;
  for (const pugi::xml_node& binding : node.children()) {
    if (local_name(binding) != "binding") continue;
    NodeId value = expression_in(binding);
    if (value == kNoNode) value = null_because("the binding has no expression");
    const std::string name =
        base::to_one_line(child(binding, "parameter").attribute("name").value());
    arguments.insert(arguments.end(), {parser_.name_index(name), value});
  }
  const auto count = static_cast<std::uint32_t>(arguments.size());
  return make(Op::call, callee, parser_.add_links(arguments), count, count == 0 ? 0 : 1);
}

NodeId DmnCompiler::function(const pugi::xml_node& node) {
  if (!node) return null_because("no function is defined");
  std::vector<std::uint32_t> links;
  std::vector<std::string> names;
  for (const pugi::xml_node& parameter : node.children()) {
    if (local_name(parameter) != "formalParameter") continue;
    names.push_back(base::to_one_line(parameter.attribute("name").value()));
    names_.add(names.back());
    std::uint32_t type = type_index(parameter);
    if (type == kNoNode) {
      model_->program.types.emplace_back();
      type = static_cast<std::uint32_t>(model_->program.types.size() - 1);
    }
    links.insert(links.end(), {parser_.name_index(names.back()), type});
  }
  const std::size_t uses_before = uses_.size();
  const std::string_view kind = node.attribute("kind").value();
  NodeId body = kNoNode;
  if (kind.empty() || kind == "FEEL" || kind == "F") {
    body = expression_in(node);
  } else {
    finding(node, "functions of kind " + std::string{kind} + " are not supported");
  }
  if (body == kNoNode) body = null_because("the function cannot be evaluated here");
  if (const std::uint32_t type = type_index(node); type != kNoNode) {
    body = make(Op::typed, body, type);
  }
  for (const std::string& name : names) names_.remove(name);
  std::vector<std::string> captured{uses_.begin() + static_cast<std::ptrdiff_t>(uses_before),
                                    uses_.end()};
  std::ranges::sort(captured);
  captured.erase(std::ranges::unique(captured).begin(), captured.end());
  std::vector<std::uint32_t> captured_links{static_cast<std::uint32_t>(captured.size())};
  for (const std::string& name : captured) captured_links.push_back(parser_.name_index(name));
  const auto count = static_cast<std::uint32_t>(links.size());
  return make(Op::function, body, parser_.add_links(links), count,
              parser_.add_links(captured_links));
}

NodeId DmnCompiler::relation(const pugi::xml_node& node) {
  std::vector<std::string> columns;
  std::vector<std::uint32_t> types;
  std::vector<std::uint32_t> rows;
  for (const pugi::xml_node& part : node.children()) {
    if (local_name(part) == "column") {
      columns.push_back(base::to_one_line(part.attribute("name").value()));
      parser_.add_member(columns.back());
      types.push_back(type_index(part));
    }
    if (local_name(part) != "row") continue;
    std::vector<std::uint32_t> entries;
    std::size_t column = 0;
    for (const pugi::xml_node& cell : part.children()) {
      NodeId value = column < columns.size() ? boxed(cell) : kNoNode;
      if (value == kNoNode) continue;
      if (types[column] != kNoNode) value = make(Op::typed, value, types[column]);
      entries.insert(entries.end(), {parser_.name_index(columns[column]), value});
      ++column;
    }
    const auto count = static_cast<std::uint32_t>(entries.size());
    rows.push_back(make(Op::context, 0, parser_.add_links(entries), count));
  }
  const auto count = static_cast<std::uint32_t>(rows.size());
  return make(Op::list, 0, parser_.add_links(rows), count);
}

NodeId DmnCompiler::list(const pugi::xml_node& node) {
  std::vector<std::uint32_t> items;
  for (const pugi::xml_node& item : node.children()) {
    if (const NodeId value = boxed(item); value != kNoNode) items.push_back(value);
  }
  const auto count = static_cast<std::uint32_t>(items.size());
  return make(Op::list, 0, parser_.add_links(items), count);
}

NodeId DmnCompiler::iteration(const pugi::xml_node& node, Op op) {
  const std::string name = base::to_one_line(node.attribute("iteratorVariable").value());
  const NodeId domain = expression_in(child(node, "in"));
  names_.add(name);
  if (op == Op::loop) names_.add("partial");
  const std::size_t uses_before = uses_.size();
  const NodeId body = expression_in(child(node, op == Op::loop ? "return" : "satisfies"));
  if (op == Op::loop) names_.remove("partial");
  names_.remove(name);
  if (domain == kNoNode || body == kNoNode || name.empty()) {
    return null_because("an iteration needs a variable, what to walk through, and an expression");
  }
  Node made;
  made.op = op;
  made.flag = std::find(uses_.begin() + static_cast<std::ptrdiff_t>(uses_before), uses_.end(),
                        "partial") != uses_.end()
                  ? 1
                  : 0;
  made.a = body;
  made.b = parser_.add_links({parser_.name_index(name), domain, kNoNode});
  made.c = 3;
  return parser_.add(made);
}

NodeId DmnCompiler::table(const pugi::xml_node& node) {
  DecisionTable table;
  table.hit_policy = hit_policy_of(node.attribute("hitPolicy").value());
  table.aggregation = aggregation_of(node.attribute("aggregation").value());
  const std::string_view policy = node.attribute("hitPolicy").value();
  if (!policy.empty() && policy != "UNIQUE" && table.hit_policy == HitPolicy::unique) {
    finding(node, "the hit policy '" + std::string{policy} + "' is not known; UNIQUE is taken");
  }
  const std::string_view aggregation = node.attribute("aggregation").value();
  if (!aggregation.empty() && table.aggregation == Aggregation::none) {
    finding(node, "the aggregation '" + std::string{aggregation} + "' is not known");
  }
  for (const pugi::xml_node& part : node.children()) {
    const std::string_view name = local_name(part);
    if (name == "input") {
      const pugi::xml_node expression = child(part, "inputExpression");
      DecisionTable::Input input;
      input.expression = feel(text_of(expression), expression);
      input.type = type_index(expression);
      const pugi::xml_node allowed = child(part, "inputValues");
      if (!is_blank(text_of(allowed))) input.allowed = tests(text_of(allowed), allowed);
      table.inputs.push_back(input);
    } else if (name == "output") {
      DecisionTable::Output output;
      output.name = base::to_one_line(part.attribute("name").value());
      parser_.add_member(output.name);
      output.type = type_index(part);
      const pugi::xml_node allowed = child(part, "outputValues");
      if (!is_blank(text_of(allowed))) {
        output.allowed = tests(text_of(allowed), allowed);
      } else if (output.type != kNoNode && model_->program.types[output.type].constraint) {
        // The order of the allowed values of the type is the priority, too.
        const Constraint& constraint = *model_->program.types[output.type].constraint;
        if (constraint.program == &model_->program) output.allowed = constraint.tests;
      }
      const pugi::xml_node otherwise = child(part, "defaultOutputEntry");
      if (otherwise) output.otherwise = feel(text_of(otherwise), otherwise);
      table.outputs.push_back(std::move(output));
    } else if (name == "rule") {
      DecisionTable::Rule rule;
      for (const pugi::xml_node& cell : part.children()) {
        if (local_name(cell) == "inputEntry") rule.tests.push_back(tests(text_of(cell), cell));
        if (local_name(cell) == "outputEntry") rule.outputs.push_back(feel(text_of(cell), cell));
      }
      if (rule.tests.size() != table.inputs.size() || rule.outputs.size() != table.outputs.size()) {
        finding(part, "the rule has not as many cells as the table has columns");
      }
      if (!element_.empty()) {
        rule.branch = note_branch(RuleBranch::Kind::rule, ++rules_, line_of(part));
      }
      table.rules.push_back(std::move(rule));
    }
  }
  if (table.outputs.empty()) return null_because("a decision table without output");
  model_->program.tables.push_back(std::move(table));
  return make(Op::table, static_cast<std::uint32_t>(model_->program.tables.size() - 1));
}

}  // namespace rules
