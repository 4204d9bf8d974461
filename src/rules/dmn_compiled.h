#pragma once
// dmn_compiled.h - a DMN model after reading: its elements with their requirements, and one program
// for all their expressions.  Internal to the module.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/branches.h"
#include "rules/dmn_model.h"
#include "rules/evaluator.h"
#include "rules/program.h"

namespace rules {

struct CompiledModel {
  enum class ElementKind { input, decision, knowledge, service };

  // An element of this model, or of the import of that number.
  struct Reference {
    std::size_t import = kHere;
    std::size_t element = 0;
    friend bool operator==(const Reference&, const Reference&) = default;
  };
  static constexpr std::size_t kHere = static_cast<std::size_t>(-1);

  struct Element {
    ElementKind kind = ElementKind::input;
    std::string id;
    std::string name;
    NodeId body = kNoNode;  // of a decision its expression, of knowledge a function
    Type type;
    std::vector<Reference> requirements;
    // Of a decision service.
    std::vector<Reference> outputs;
    std::vector<Reference> input_decisions;
    std::vector<Reference> input_data;
  };

  struct Import {
    std::string name;  // how this model calls it; empty: its names are this model's
    Model model;
  };

  std::string name;
  std::string model_namespace;
  Program program;
  std::vector<Element> elements;
  std::map<std::string, std::size_t, std::less<>> by_id;
  std::map<std::string, Type, std::less<>> types;
  std::vector<std::string> component_names;  // of the item definitions, for reading paths
  std::vector<Import> imports;
  std::vector<DecisionEntry> decisions;
  std::vector<DecisionEntry> inputs;
  std::vector<ModelFinding> findings;
  std::vector<RuleBranch> branches;

  // By name or id.
  [[nodiscard]] const Element* find(std::string_view name_or_id) const;
};

// One evaluation of a model: remembers what is decided.
class ModelRun {
 public:
  ModelRun(std::shared_ptr<const CompiledModel> model, Evaluator& evaluator, Value inputs);

  Value value_of(const CompiledModel::Element& element);
  // A decision service with the values its inputs have by name.
  Value serve(const CompiledModel::Element& service, const Context& arguments);

 private:
  Value resolve(const CompiledModel::Reference& reference);
  Context scope_of(const CompiledModel::Element& element);
  Value decide_now(const CompiledModel::Element& element);
  Value knowledge_of(const CompiledModel::Element& element);
  Value service_of(const CompiledModel::Element& element);

  std::shared_ptr<const CompiledModel> model_;
  std::shared_ptr<const Program> program_;
  Evaluator& evaluator_;
  Value inputs_;
  std::map<std::size_t, Value> known_;
  std::vector<std::size_t> under_way_;
};

}  // namespace rules
