// scenario_fuzz.cpp - any bytes as a scenario or as blocks of data: they are refused with line,
// mistake and remedy, or mean the same twice, in the order of time.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rehearsal/scenario.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void told_well(const form::DefinitionProblems& problems, std::string_view text) {
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  must(!problems.empty());
  for (const form::DefinitionProblem& one : problems) {
    must(!one.message.empty() && !one.remedy.empty());
    must(one.line >= 0 && one.line <= lines);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto scenario = rehearsal::read_scenario("scenarios/x.txt", text);
  if (scenario) {
    const auto again = rehearsal::read_scenario("scenarios/x.txt", text);
    must(again && *again == *scenario);
    must(!scenario->title.empty() && !scenario->source.empty() && !scenario->steps.empty());
    bool filed = false;
    for (std::size_t i = 1; i < scenario->steps.size(); ++i) {
      const rehearsal::Step& before = scenario->steps[i - 1];
      const rehearsal::Step& step = scenario->steps[i];
      must(before.line < step.line);
      filed = filed || before.deed == rehearsal::Deed::file;
      must(!filed || before.on < step.on || (before.on == step.on && before.at <= step.at));
    }
  } else {
    told_well(scenario.error(), text);
  }
  if (const auto blocks = rehearsal::read_data_blocks("scenarios/common.txt", text); !blocks) {
    told_well(blocks.error(), text);
  }
  return 0;
}
