#pragma once
// analysis.h - what is wrong, or doubtful, with a process before it runs.
//
// analyse() looks at the model, so that also a process that cannot be compiled is told everything
// at once.  The rules are: what no token reaches and what leads to no end; soundness, by exploring
// the states of each scope (soundness.h); conditions and default flows; timers; people; messages,
// signals, errors and links without their partner.  It knows nothing of the data, so "may happen"
// means: for some outcome of the conditions.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/model.h"

namespace bpmn {

enum class FindingKind : std::uint8_t {
  // the drawing
  unreachable,        // no token can ever come here
  no_way_to_end,      // from here no end can be reached
  endless_loop,       // a loop without a task or a wait in it
  link_without_pair,  // a throwing link without a catching one, or the reverse
  not_waitable,       // behind an event-based gateway stands what cannot be waited for
  // soundness
  deadlock,                 // a token waits for one that never comes
  lack_of_synchronisation,  // a second token comes to the same place: work is done twice
  unbounded,                // each round of a loop leaves a further token
  never_completes,          // a way was taken after which the end is out of reach
  dead_element,             // connected, but never passed
  cut_short,                // a terminate event ends work that is under way
  not_decided,              // the states were too many
  outside_analysis,         // an element whose behaviour is not analysed
  // conditions
  condition_rejected,  // FEEL does not accept it
  no_default,          // it may happen that no condition is true
  same_condition,      // two flows with the same condition
  flow_never_taken,    // hidden behind others, or never true
  // timers
  timer_unreadable,   // no expression, or one that is neither ISO 8601 nor FEEL
  timer_never_fires,  // outrun by another, nothing to wait for, zero repetitions
  timer_in_the_past,  // a negative duration
  // people and the world
  nobody_named,  // a user task without performer, lane or role
  never_caught,  // thrown, and nothing in the file catches it
  never_thrown,  // caught, and nothing in the file throws it
};

[[nodiscard]] std::string_view to_string(FindingKind kind);

// One firing of a route: an element was passed and tokens went out by these flows.
struct RouteStep {
  std::string node;
  std::vector<std::string> flows;
  friend bool operator==(const RouteStep&, const RouteStep&) = default;
};

struct AnalysisFinding {
  FindingKind kind = FindingKind::unreachable;
  Severity severity = Severity::warning;
  std::string process;  // id
  std::string element;  // id of the element concerned; may be empty for a whole process
  std::string name;     // of the element, as drawn
  std::string related;  // the other end of a pair: the split of a join, the faster timer; or empty
  int line = 0;
  std::string message;           // English, what happens and what to do
  std::string vietnamese;        // the same
  std::vector<RouteStep> route;  // counter-example, from the start; empty where there is none
  friend bool operator==(const AnalysisFinding&, const AnalysisFinding&) = default;
};

struct AnalysisOptions {
  std::size_t states_max = 1'000'000;  // of one scope; beyond it soundness is "not decided"
  std::size_t route_steps_shown = 24;  // in text; the middle of longer routes is left out
};

// Findings of one process, or of all of them when `process_id` is empty, in the order of the file.
[[nodiscard]] std::vector<AnalysisFinding> analyse(const Model& model,
                                                   std::string_view process_id = {},
                                                   const AnalysisOptions& options = {});

[[nodiscard]] bool has_error(const std::vector<AnalysisFinding>& findings);
// The route as one line: start → "Thẩm định" → gateway g1 → …; names where there are any.
[[nodiscard]] std::string to_text(const std::vector<RouteStep>& route, const Model& model,
                                  std::size_t steps_max = 24);

}  // namespace bpmn
