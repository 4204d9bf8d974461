// dmn_fuzz.cpp - any bytes as a DMN model: refused with a line, or read with findings, and every
// decision of it made within the bounds, the same each time.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "rules/dmn_model.h"
#include "rules/dmn_xml.h"
#include "rules/tck.h"
#include "unit_clock.h"

namespace {

using fuzz::must;

constexpr std::size_t kDecisionsMax = 12;

rules::Bounds small_bounds() {
  rules::Bounds bounds;
  bounds.steps_max = 5'000;
  bounds.memory_max = 1U << 20U;
  bounds.now = rules::DateTime::parse("2026-08-20T10:00:00+07:00");
  return bounds;
}

// Gives each input a value of one kind, by turns.
rules::Value context_for(const rules::Model& model, std::size_t turn) {
  using rules::Value;
  const Value kinds[] = {5,
                         "hộ nghèo",
                         true,
                         *rules::Date::parse("2026-08-20"),
                         rules::List{1, "a", Value{}},
                         rules::Context{{"a", 1}, {"name", "An"}},
                         Value{}};
  rules::Context context;
  for (const rules::DecisionEntry& input : model.inputs()) {
    context.set(input.name, kinds[turn++ % std::size(kinds)]);
  }
  return context;
}

std::string told(const base::Result<rules::Evaluation, rules::DecisionError>& decided) {
  if (!decided) return "refused: " + decided.error().message;
  std::string all = rules::to_text(decided->value);
  for (const rules::Problem& problem : decided->problems) all += "\n" + problem.message;
  return all;
}

void decide_all(const rules::Model& model) {
  const rules::Bounds bounds = small_bounds();
  const std::size_t count = std::min(model.decisions().size(), kDecisionsMax);
  for (std::size_t i = 0; i < count; ++i) {
    const rules::DecisionEntry& decision = model.decisions()[i];
    for (std::size_t turn = 0; turn < 3; ++turn) {
      const rules::Value context = context_for(model, turn);
      const auto first = rules::decide_with_problems(model, decision.name, context, bounds);
      must(told(first) == told(rules::decide_with_problems(model, decision.name, context, bounds)),
           "the same decision is the same");
      if (first) static_cast<void>(rules::to_json(first->value));
    }
  }
  must(!rules::decide(model, "there is no decision of this name", {}, bounds),
       "what is not there is not decided");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view xml{reinterpret_cast<const char*>(data), size};
  const auto model = rules::read_dmn(xml);
  if (!model) {
    must(model.error().line >= 1 && !model.error().message.empty(), "an error has a line");
    return 0;
  }
  for (const rules::ModelFinding& finding : model->findings()) {
    must(finding.line >= 1 && !finding.message.empty(), "a finding has a line");
  }
  decide_all(*model);
  // A model may import itself, or what has the same namespace.
  if (const auto importing = rules::read_dmn(xml, {*model})) decide_all(*importing);
  return 0;
}
