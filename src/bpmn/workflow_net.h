#pragma once
// workflow_net.h - one scope of a process as a net of places and transitions.  Internal to the
// module; see soundness.h.
//
// A place is a way from one node of the net to the next: a sequence flow, or, after reduce(), what
// lies between two joins or splits.  A token lies on a place; a node takes tokens from the places
// that lead to it and puts tokens on one of its choices.  An activity with boundary events is a
// node whose choices are its ways out.  A non-interrupting boundary event may give one further
// token each time its host is entered.
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "bpmn/analysis.h"
#include "bpmn/analysis_graph.h"

namespace bpmn {

using PlaceIndex = std::uint32_t;
using NetNodeIndex = std::uint32_t;

// Elements that were passed, as a rope in an arena: reduction only ever joins two of them.
class TraceArena {
 public:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFU;
  [[nodiscard]] std::uint32_t step(std::uint32_t element, std::vector<std::uint32_t> flows);
  [[nodiscard]] std::uint32_t join(std::uint32_t first, std::uint32_t second);
  struct Step {
    std::uint32_t element = 0;  // index in the graph
    std::vector<std::uint32_t> flows;
  };
  void append_steps(std::uint32_t trace, std::vector<Step>& out) const;

 private:
  struct Cell {
    std::uint32_t first = kEmpty;  // or the index of a step, where second is kEmpty
    std::uint32_t second = kEmpty;
  };
  std::vector<Cell> cells_;
  std::vector<Step> steps_;
};

struct NetPlace {
  NetNodeIndex from = 0;
  NetNodeIndex to = 0;
  std::uint32_t trace = TraceArena::kEmpty;   // passed on the way from `from` to `to`
  std::uint32_t covers = TraceArena::kEmpty;  // as well passed if this is: what was reduced away
  bool waits = false;                         // something on the way waits for the world
  // Reached only through a non-interrupting boundary event: may be taken again while a token of the
  // last time is still here, and nobody minds.
  bool side = false;
  bool gone = false;
};

struct NetChoice {
  std::uint32_t element = kNothing;  // whose flows these are: the node's, or a boundary event's
  std::vector<std::uint32_t> flows;
  std::vector<PlaceIndex> places;  // ascending
};

enum class JoinMode : std::uint8_t { any, all, inclusive };

struct NetNode {
  std::uint32_t element = kNothing;  // kNothing: the beginning of the scope and other helpers
  JoinMode join = JoinMode::any;
  bool waits = false;
  bool ends_scope = false;  // terminate, error and cancel end events
  bool fails = false;       // of those, error and cancel: the scope does not complete
  std::vector<PlaceIndex> in;
  std::vector<NetChoice> choices;
  bool gone = false;
};

struct WorkflowNet {
  std::vector<NetNode> nodes;  // the first is the beginning
  std::vector<NetPlace> places;
  TraceArena traces;
  // Elements that are not analysed; the net is not to be explored when `outside_flow`.
  std::vector<std::uint32_t> outside;
  bool outside_flow = false;
  bool too_wide = false;  // a split with so many ways that not all of their subsets are here
};

// `never_completing`: sub-processes whose normal end cannot be reached.
[[nodiscard]] WorkflowNet make_net(const AnalysisGraph& graph, std::uint32_t scope,
                                   const std::set<std::uint32_t>& never_completing);

// Takes out what cannot change the verdict: sequences, blocks, simple loops.
void reduce(WorkflowNet& net);

}  // namespace bpmn
