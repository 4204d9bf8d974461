// evaluator_call.cpp - functions: making them, and calling them with positional or named arguments.
#include <algorithm>
#include <utility>

#include "rules/evaluator.h"

namespace rules {

namespace {

struct Parameter {
  std::string_view name;
  bool optional = false;
  bool variadic = false;
};

// Of the text in a Builtin, such as "string,start position,length?".
std::vector<Parameter> parameters_of(std::string_view text) {
  std::vector<Parameter> parameters;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    Parameter parameter{text.substr(0, comma), false, false};
    if (parameter.name.ends_with("...")) {
      parameter.variadic = true;
      parameter.name.remove_suffix(3);
    } else if (parameter.name.ends_with("?")) {
      parameter.optional = true;
      parameter.name.remove_suffix(1);
    }
    parameters.push_back(parameter);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parameters;
}

bool accepts(const std::vector<Parameter>& parameters, std::size_t count) {
  std::size_t least = 0;
  bool variadic = false;
  for (const Parameter& parameter : parameters) {
    if (!parameter.optional) ++least;
    variadic = variadic || parameter.variadic;
  }
  return count >= least && (variadic || count <= parameters.size());
}

}  // namespace

Value Evaluator::eval_call(const Node& node, const Scope* scope) {
  const Value callee = eval(node.a, scope);
  if (stopped_) return {};
  const std::uint32_t step = node.d != 0 ? 2 : 1;
  if (!spend_memory(node.c * sizeof(Value))) return {};
  if (node.d != 0) {
    Context arguments;
    for (std::uint32_t i = 0; i < node.c; i += step) {
      const std::string& name = (*program_)->names[(*program_)->links[node.b + i]];
      if (arguments.find(name) != nullptr) {
        return null_because(ProblemCode::wrong_arguments, "'" + name + "' is given twice");
      }
      arguments.set(name, eval((*program_)->links[node.b + i + 1], scope));
    }
    return call_named(callee, arguments);
  }
  List arguments;
  arguments.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) {
    arguments.push_back(eval((*program_)->links[node.b + i], scope));
  }
  return call(callee, arguments);
}

Value Evaluator::call(const Value& function, const List& arguments) {
  const Function* callee = function.if_function();
  if (callee == nullptr) {
    return null_because(ProblemCode::unknown_function,
                        function.is_null() ? "no function of this name" : "this is no function");
  }
  if (!spend(1)) return {};
  for (const Value& argument : arguments) {
    if (callee->builtin != nullptr && !spend_on(argument)) return {};
  }
  if (callee->builtin != nullptr) return bounded(call_builtin(*callee->builtin, arguments));
  if (arguments.size() != callee->parameters.size()) {
    return null_because(ProblemCode::wrong_arguments,
                        "expected " + std::to_string(callee->parameters.size()) +
                            " arguments, got " + std::to_string(arguments.size()));
  }
  return bounded(call_body(*callee, function, arguments));
}

Value Evaluator::call_named(const Value& function, const Context& arguments) {
  const Function* callee = function.if_function();
  if (callee == nullptr) {
    return null_because(ProblemCode::unknown_function,
                        function.is_null() ? "no function of this name" : "this is no function");
  }
  if (!spend(1)) return {};
  for (const Context::Entry& argument : arguments.entries()) {
    if (callee->builtin != nullptr && !spend_on(argument.value)) return {};
  }
  if (callee->builtin != nullptr) return bounded(call_builtin_named(*callee->builtin, arguments));
  List positional;
  for (const std::string& parameter : callee->parameters) {
    const Value* given = arguments.find(parameter);
    if (given == nullptr) {
      return null_because(ProblemCode::wrong_arguments, "'" + parameter + "' is not given");
    }
    positional.push_back(*given);
  }
  if (arguments.size() != positional.size()) {
    return null_because(ProblemCode::wrong_arguments, "an argument that is no parameter");
  }
  return bounded(call_body(*callee, function, positional));
}

Value Evaluator::call_body(const Function& function, const Value& self, const List& arguments) {
  List admitted;
  admitted.reserve(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Value value = i < function.parameter_types.size()
                      ? conform(arguments[i], function.parameter_types[i])
                      : arguments[i];
    if (value.is_null() && !arguments[i].is_null()) return {};
    admitted.push_back(std::move(value));
  }
  if (function.native) return conform(function.native(*this, admitted), function.result);
  // The function's own name comes last, so that it can call itself.
  const Scope own{nullptr, nullptr, function.name, &self};
  const Scope* scope = function.name.empty() ? nullptr : &own;
  const Scope captured{scope, function.captured.if_context(), {}, nullptr};
  if (function.captured.if_context() != nullptr) scope = &captured;
  Context parameters;
  for (std::size_t i = 0; i < admitted.size(); ++i) {
    parameters.set(function.parameters[i], admitted[i]);
  }
  const Scope inner{scope, &parameters, {}, nullptr};
  return conform(run(function.program, function.body, &inner), function.result);
}

Value Evaluator::eval_function(const Node& node, const Scope* scope) {
  const Program& program = **program_;
  auto function = std::make_shared<Function>();
  for (std::uint32_t i = 0; i + 1 < node.c; i += 2) {
    function->parameters.push_back(program.names[program.links[node.b + i]]);
    function->parameter_types.push_back(program.types[program.links[node.b + i + 1]]);
  }
  function->program = *program_;
  function->body = node.a;
  Context captured;
  const std::uint32_t count = program.links[node.d];
  if (!spend_memory(sizeof(Function) + count * sizeof(Context::Entry)) || !spend(count)) return {};
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string& name = program.names[program.links[node.d + 1 + i]];
    const Value* found = scope == nullptr ? nullptr : scope->find(name);
    if (found != nullptr) captured.set(name, *found);
  }
  function->captured = std::move(captured);
  return bounded(std::shared_ptr<const Function>{std::move(function)});
}

Value Evaluator::call_builtin(const Builtin& first, const List& arguments) {
  const std::span<const Builtin> all = builtins();
  for (const Builtin* builtin = &first;
       builtin != all.data() + all.size() && builtin->name == first.name; ++builtin) {
    const std::vector<Parameter> parameters = parameters_of(builtin->parameters);
    if (!accepts(parameters, arguments.size())) continue;
    List values = arguments;
    if (values.size() < parameters.size()) values.resize(parameters.size());
    const std::uint64_t given =
        arguments.size() >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << arguments.size()) - 1;
    return builtin->run(*this, Arguments{values, given});
  }
  return null_because(ProblemCode::wrong_arguments,
                      "'" + std::string{first.name} + "' does not take " +
                          std::to_string(arguments.size()) + " arguments");
}

Value Evaluator::call_builtin_named(const Builtin& first, const Context& arguments) {
  const std::span<const Builtin> all = builtins();
  // `before(point: 1, range: [2..3])` and `before(range: …, point: …)` have the same names: the
  // signature whose order is that of the call is meant.
  for (const bool in_order : {true, false}) {
    for (const Builtin* builtin = &first;
         builtin != all.data() + all.size() && builtin->name == first.name; ++builtin) {
      const std::vector<Parameter> parameters = parameters_of(builtin->parameters);
      List values(parameters.size());
      std::uint64_t given = 0;
      std::size_t used = 0;
      bool fits = true;
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (const Value* value = arguments.find(parameters[i].name)) {
          if (in_order && arguments.entries()[used].name != parameters[i].name) fits = false;
          values[i] = *value;
          given |= std::uint64_t{1} << i;
          ++used;
        } else if (!parameters[i].optional) {
          fits = false;
        }
      }
      if (fits && used == arguments.size()) return builtin->run(*this, Arguments{values, given});
    }
  }
  return null_because(ProblemCode::wrong_arguments,
                      "'" + std::string{first.name} + "' has no such parameters");
}

}  // namespace rules
