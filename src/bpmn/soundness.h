#pragma once
// soundness.h - can every run of a scope end, without work done twice or left behind?
//
// Source: W.M.P. van der Aalst, the soundness of workflow nets (option to complete, proper
// completion, no dead transitions), for BPMN: a scope completes when no token is left, so several
// end events are fine; tokens gather at joins only.  The states are explored breadth first after
// structural reductions, so that the first counter-example is a shortest one.
#include <set>
#include <string>
#include <vector>

#include "bpmn/analysis.h"
#include "bpmn/analysis_graph.h"

namespace bpmn {

struct Violation {
  FindingKind kind = FindingKind::deadlock;
  std::string element;             // the join that waits, the element that is passed twice, …
  std::string related;             // the split that makes it so, or empty
  std::vector<std::string> flows;  // deadlock: the flows on which no token comes
  std::vector<RouteStep> route;
};

struct Soundness {
  bool decided = true;   // all states were seen
  bool analysed = true;  // false: an element outside the fragment (see `outside`)
  std::vector<std::string> outside;
  bool completes = true;   // some run ends normally, or that is not known
  std::size_t states = 0;  // seen after reduction
  std::vector<Violation> violations;

  // Nothing found but work that a terminate event cuts short, as terminate events do.
  [[nodiscard]] bool is_sound() const;
};

struct SoundnessOptions {
  std::size_t states_max = 1'000'000;
  bool reduces = true;  // false: explore the net as drawn, for tests
};

// One scope: a sub-process, or (kNothing) the top level.  Sub-processes inside count as activities.
[[nodiscard]] Soundness check_soundness(const AnalysisGraph& graph, std::uint32_t scope,
                                        const std::set<std::uint32_t>& never_completing,
                                        const SoundnessOptions& options = {});

}  // namespace bpmn
