#include "rules/dmn_model.h"

#include <algorithm>

#include "rules/dmn_compiled.h"

namespace rules {

namespace {

constexpr std::size_t kRequirementDepthMax = 400;

using Element = CompiledModel::Element;
using ElementKind = CompiledModel::ElementKind;

const Element& element_of(const CompiledModel& model, const CompiledModel::Reference& reference) {
  return reference.import == CompiledModel::kHere
             ? model.elements[reference.element]
             : model.imports[reference.import].model.compiled().elements[reference.element];
}

}  // namespace

const CompiledModel::Element* CompiledModel::find(std::string_view name_or_id) const {
  for (const Element& element : elements) {
    if (element.kind != ElementKind::input && element.name == name_or_id) return &element;
  }
  const auto found = by_id.find(name_or_id);
  return found == by_id.end() ? nullptr : &elements[found->second];
}

const std::string& Model::name() const {
  return compiled_->name;
}
const std::string& Model::model_namespace() const {
  return compiled_->model_namespace;
}
const std::vector<DecisionEntry>& Model::decisions() const {
  return compiled_->decisions;
}
const std::vector<DecisionEntry>& Model::inputs() const {
  return compiled_->inputs;
}
const std::vector<ModelFinding>& Model::findings() const {
  return compiled_->findings;
}

ModelRun::ModelRun(std::shared_ptr<const CompiledModel> model, Evaluator& evaluator, Value inputs)
    : model_(std::move(model)),
      program_(model_, &model_->program),
      evaluator_(evaluator),
      inputs_(std::move(inputs)) {}

Value ModelRun::value_of(const Element& element) {
  const auto index = static_cast<std::size_t>(&element - model_->elements.data());
  const auto known = known_.find(index);
  if (known != known_.end()) return known->second;
  if (std::ranges::find(under_way_, index) != under_way_.end()) {
    return evaluator_.null_because(ProblemCode::unknown_name,
                                   "'" + element.name + "' requires itself");
  }
  if (under_way_.size() > kRequirementDepthMax) {
    return evaluator_.null_because(
        ProblemCode::bound_reached,
        "requirements go deeper than " + std::to_string(kRequirementDepthMax));
  }
  under_way_.push_back(index);
  Value value;
  switch (element.kind) {
    case ElementKind::input:
      value = evaluator_.conform(inputs_[element.name], element.type);
      break;
    case ElementKind::decision:
      value = decide_now(element);
      break;
    case ElementKind::knowledge:
      value = knowledge_of(element);
      break;
    case ElementKind::service:
      value = service_of(element);
      break;
  }
  under_way_.pop_back();
  known_.emplace(index, value);
  return value;
}

Value ModelRun::resolve(const CompiledModel::Reference& reference) {
  if (reference.import == CompiledModel::kHere) {
    return value_of(model_->elements[reference.element]);
  }
  const CompiledModel::Import& import = model_->imports[reference.import];
  // Inputs of an imported model come under its name, or with ours.
  const Value& own = inputs_[import.name];
  const std::shared_ptr<const CompiledModel> model{model_, &import.model.compiled()};
  ModelRun run{model, evaluator_, own.if_context() != nullptr ? own : inputs_};
  return run.value_of(model->elements[reference.element]);
}

Context ModelRun::scope_of(const Element& element) {
  Context scope;
  for (const CompiledModel::Reference& reference : element.requirements) {
    const Element& required = element_of(*model_, reference);
    Value value = resolve(reference);
    const std::string prefix = reference.import == CompiledModel::kHere
                                   ? std::string{}
                                   : model_->imports[reference.import].name;
    if (prefix.empty()) {
      scope.set(required.name, std::move(value));
      continue;
    }
    const Value* before = scope.find(prefix);
    Context merged = before == nullptr ? Context{} : *before->if_context();
    merged.set(required.name, std::move(value));
    scope.set(prefix, std::move(merged));
  }
  return scope;
}

Value ModelRun::decide_now(const Element& element) {
  if (element.body == kNoNode) {
    return evaluator_.null_because(ProblemCode::no_result,
                                   "'" + element.name + "' has no expression");
  }
  const Context context = scope_of(element);
  const Scope scope{nullptr, &context, {}, nullptr};
  return evaluator_.conform(evaluator_.run(program_, element.body, &scope), element.type);
}

Value ModelRun::knowledge_of(const Element& element) {
  if (element.body == kNoNode) return {};
  const Context context = scope_of(element);
  const Scope scope{nullptr, &context, {}, nullptr};
  const Value made = evaluator_.run(program_, element.body, &scope);
  const Function* function = made.if_function();
  if (function == nullptr) return made;
  auto named = std::make_shared<Function>(*function);
  named->name = element.name;
  if (named->result.kind == Type::Kind::any) named->result = element.type;
  return std::shared_ptr<const Function>{std::move(named)};
}

Value ModelRun::service_of(const Element& element) {
  auto function = std::make_shared<Function>();
  function->name = element.name;
  std::vector<CompiledModel::Reference> parameters = element.input_data;
  parameters.insert(parameters.end(), element.input_decisions.begin(),
                    element.input_decisions.end());
  for (const CompiledModel::Reference& reference : parameters) {
    const Element& parameter = element_of(*model_, reference);
    function->parameters.push_back(parameter.name);
    function->parameter_types.push_back(parameter.type);
  }
  function->result = element.type;
  const auto index = static_cast<std::size_t>(&element - model_->elements.data());
  function->native = [model = model_, index](Evaluator& evaluator, const List& arguments) {
    const Element& service = model->elements[index];
    Context given;
    std::size_t i = 0;
    for (const auto* references : {&service.input_data, &service.input_decisions}) {
      for (const CompiledModel::Reference& reference : *references) {
        if (i < arguments.size()) given.set(element_of(*model, reference).name, arguments[i]);
        ++i;
      }
    }
    if (!evaluator.spend(10)) return Value{};
    ModelRun run{model, evaluator, Value{Context{given}}};
    return run.serve(service, given);
  };
  return std::shared_ptr<const Function>{std::move(function)};
}

Value ModelRun::serve(const Element& service, const Context& arguments) {
  for (const CompiledModel::Reference& reference : service.input_decisions) {
    const Element& input = element_of(*model_, reference);
    const Value* given = arguments.find(input.name);
    if (reference.import == CompiledModel::kHere) {
      known_[reference.element] =
          given == nullptr ? Value{} : evaluator_.conform(*given, input.type);
    }
  }
  if (service.outputs.size() == 1) return resolve(service.outputs.front());
  Context outputs;
  for (const CompiledModel::Reference& reference : service.outputs) {
    outputs.set(element_of(*model_, reference).name, resolve(reference));
  }
  return outputs;
}

namespace {

base::Result<Evaluation, DecisionError> decide_in(Evaluator& evaluator, const Model& model,
                                                  std::string_view decision, const Value& context) {
  const CompiledModel& compiled = model.compiled();
  const Element* element = compiled.find(decision);
  if (element == nullptr || element->kind == ElementKind::input) {
    return base::Failure{DecisionError{DecisionRefusal::unknown_decision,
                                       "no decision is called '" + std::string{decision} + "'"}};
  }
  ModelRun run{model.shared(), evaluator, context};
  Value value;
  if (element->kind == ElementKind::service) {
    const Context* given = context.if_context();
    value = evaluator.conform(run.serve(*element, given == nullptr ? Context{} : *given),
                              element->type);
  } else if (element->kind == ElementKind::knowledge) {
    const Context* given = context.if_context();
    value = evaluator.call_named(run.value_of(*element), given == nullptr ? Context{} : *given);
  } else {
    value = run.value_of(*element);
  }
  const bool stopped = evaluator.stopped();
  std::vector<Problem> problems = evaluator.take_problems();
  if (stopped) {
    return base::Failure{DecisionError{DecisionRefusal::bound_reached,
                                       problems.empty() ? "" : problems.back().message}};
  }
  return Evaluation{std::move(value), std::move(problems)};
}

}  // namespace

base::Result<Evaluation, DecisionError> decide_with_problems(const Model& model,
                                                             std::string_view decision,
                                                             const Value& context,
                                                             const Bounds& bounds) {
  Evaluator evaluator{bounds};
  return decide_in(evaluator, model, decision, context);
}

base::Result<Value, DecisionError> decide_noting(const Model& model, std::string_view decision,
                                                 const Value& context, std::vector<bool>& taken,
                                                 const Bounds& bounds) {
  taken.resize(model.compiled().branches.size());
  Evaluator evaluator{bounds};
  evaluator.note_branches(model.compiled().program, taken);
  return decide_in(evaluator, model, decision, context).transform([](Evaluation evaluation) {
    return std::move(evaluation.value);
  });
}

base::Result<Value, DecisionError> decide(const Model& model, std::string_view decision,
                                          const Value& context, const Bounds& bounds) {
  return decide_with_problems(model, decision, context, bounds)
      .transform([](Evaluation evaluation) { return std::move(evaluation.value); });
}

}  // namespace rules
