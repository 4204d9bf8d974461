#include "rehearsal/run.h"

#include <algorithm>

#include "rehearsal/story.h"

namespace rehearsal {
namespace {

std::string told(const casework::Failure& failure) {
  std::string text = "refused " + failure.code + ": " + failure.detail.vi;
  std::ranges::replace(
      text.begin(), text.begin() + static_cast<std::ptrdiff_t>(8 + failure.code.size()), '-', '_');
  for (const form::FieldProblem& one : failure.problems) {
    if (one.severity == form::Severity::error) text += "; " + one.field + ": " + one.message.vi;
  }
  return text;
}

}  // namespace

Outcome play(const Scenario& scenario, const Setup& setup) {
  Outcome outcome{.name = scenario.name, .title = scenario.title, .source = scenario.source};
  Story story{scenario, setup};
  const auto miss = [&](int line, const Step& step, std::string expected, std::string got) {
    outcome.misses.push_back({scenario.file, line, step.text, std::move(expected), std::move(got)});
  };
  for (const Step& step : scenario.steps) {
    const auto failure = story.act(step);
    ++outcome.steps;
    const bool refusal = std::ranges::any_of(
        step.expectations, [](const Expectation& one) { return one.hope == Hope::refused; });
    if (failure && !refusal && step.deed != Deed::suppose) {
      miss(step.line, step, "the step is done", told(*failure));
      break;
    }
    bool astray = false;
    for (const Expectation& hope : step.expectations) {
      ++outcome.expectations;
      if (auto got = story.contradiction(hope, failure)) {
        miss(hope.line, step, hope.text, *std::move(got));
        astray = astray || hope.hope == Hope::refused;
      }
    }
    if (astray && !failure) break;  // what should not have happened has
  }
  story.note(outcome.taken);
  return outcome;
}

}  // namespace rehearsal
