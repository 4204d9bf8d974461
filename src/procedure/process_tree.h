#pragma once
// process_tree.h - process.bpmn as a Tree of what overlays may speak of, and back.  Internal to
// procedure.
//
//   process := {steps: [step], nodes: [node], flows: [flow]}
//   step    := {id, title: {vi, en}, action, role, agency, limit …, outcomes: [outcome], lane?}
//   outcome := {code, label: {vi, en}, reason: true | false}
//   node    := {id, kind, name?}           what is no user task
//   flow    := {id, from, to, name?, when?}
//
// What the tree does not say (the diagram, documentation, vendors' extensions) stays as it was.
#include <optional>
#include <string>
#include <string_view>

#include "bpmn/model.h"
#include "form/definition_problem.h"
#include "procedure/tree.h"

namespace procedure {

[[nodiscard]] Tree process_tree(const bpmn::Model& model);

// `model` with the differences between `before`, its own tree, and `after` put in, drawn, as XML.
// Requires: `after` was made from `before` by changing values and by insert_step().
[[nodiscard]] std::string process_xml(const bpmn::Model& model, const Tree& before,
                                      const Tree& after);

// Between which two elements a step is put.  One of the two may be empty where that is unambiguous.
struct StepPlace {
  std::string after;
  std::string before;
};

// Puts a step into a flow: what went from one element to the other goes through it.  An outcome
// with `to: ELEMENT` does not go on but there; an exclusive gateway tells them apart.  Answers what
// is wrong with the place, if anything; nothing has changed then.
[[nodiscard]] std::optional<form::DefinitionProblem> insert_step(Tree& process, Tree step,
                                                                 const StepPlace& place);

}  // namespace procedure
