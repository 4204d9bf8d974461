#pragma once
// dmn_model.h - a DMN model, ready to decide: immutable, shared, thread-safe.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/bounds.h"
#include "rules/value.h"

namespace rules {

// Why no decision was made.  A decision that is made but null is a value, not an error.
enum class DecisionRefusal {
  unknown_decision,  // no decision, decision service or knowledge model has this name or id
  bound_reached,     // the model costs more steps, depth or memory than admitted
};

struct DecisionError {
  DecisionRefusal refusal = DecisionRefusal::unknown_decision;
  std::string message;
  friend bool operator==(const DecisionError&, const DecisionError&) = default;
};

// One thing the model says, for lists and forms.
struct DecisionEntry {
  std::string id;
  std::string name;
  std::string type;  // typeRef as written, may be empty
  friend bool operator==(const DecisionEntry&, const DecisionEntry&) = default;
};

// What in the model cannot be evaluated; the rest of the model works.
struct ModelFinding {
  int line = 0;
  std::string message;
  friend bool operator==(const ModelFinding&, const ModelFinding&) = default;
};

struct CompiledModel;  // dmn_compiled.h, internal

class Model {
 public:
  explicit Model(std::shared_ptr<const CompiledModel> compiled) : compiled_(std::move(compiled)) {}

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] const std::string& model_namespace() const;
  [[nodiscard]] const std::vector<DecisionEntry>& decisions() const;
  [[nodiscard]] const std::vector<DecisionEntry>& inputs() const;
  [[nodiscard]] const std::vector<ModelFinding>& findings() const;
  [[nodiscard]] const CompiledModel& compiled() const { return *compiled_; }
  [[nodiscard]] const std::shared_ptr<const CompiledModel>& shared() const { return compiled_; }

 private:
  std::shared_ptr<const CompiledModel> compiled_;
};

// `context` holds the input data by name (of a service its inputs, of a knowledge model its
// parameters).  A decision's requirements are decided first, each once.
[[nodiscard]] base::Result<Value, DecisionError> decide(const Model& model,
                                                        std::string_view decision,
                                                        const Value& context,
                                                        const Bounds& bounds = {});
// The same with the reasons for nulls.
[[nodiscard]] base::Result<Evaluation, DecisionError> decide_with_problems(
    const Model& model, std::string_view decision, const Value& context, const Bounds& bounds = {});

}  // namespace rules
