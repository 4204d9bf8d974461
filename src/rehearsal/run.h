#pragma once
// run.h - plays a scenario through the use cases of the office and says what was not as expected.
//
// Deterministic: the same scenario on an empty store gives the same result.
#include <functional>
#include <string>
#include <vector>

#include "calendar/clock.h"
#include "casework/workplace.h"
#include "rehearsal/coverage.h"
#include "rehearsal/scenario.h"

namespace rehearsal {

// An expectation that does not hold, or a step that did not go as written.
struct Miss {
  std::string file;
  int line = 0;
  std::string step;      // the step, as written
  std::string expected;  // as written, or what the step should have done
  std::string got;
};

struct Outcome {
  std::string name{};
  std::string title{};
  std::string source{};
  int steps = 0;
  int expectations = 0;
  std::vector<Miss> misses{};
  Taken taken{};

  [[nodiscard]] bool passed() const { return misses.empty(); }
};

// The words of a message in the outbox, for `containing`; nothing where it cannot be written.
using MessageWords = std::function<std::string(casework::Workplace&, const casework::OutboxRow&)>;

struct Setup {
  casework::Workplace& workplace;  // on an empty store, with the procedure in force, on `clock`
  calendar::ManualClock& clock;
  casework::ProcedurePtr procedure;
  MessageWords words;  // may be empty: then `containing` looks at the payload
};

// `scenario` as read_repertoire gives it.  After a step that went wrong the story ends: what
// follows would only be noise.
[[nodiscard]] Outcome play(const Scenario& scenario, const Setup& setup);

}  // namespace rehearsal
