#pragma once
// process.h - an executable process: a model checked and compiled to flat tables.
//
// Immutable after compile(); any number of threads may read one Process.  Nodes and flows are
// addressed by index inside the engine and by id (text) in everything that is stored.
//
// How elements run (step.h has the triggers):
//  * Every task waits: TaskOpened, until CompleteTask.  A service, send or business-rule task is
//    work for the caller's machinery, which completes it as a person completes a user task.  A
//    receive task, and only that, is also completed by DeliverMessage.
//  * A throw or end event with a definition is reported as EventThrown and passed at once; a thrown
//    compensation waits until what it compensates is done.
//  * A signal that the instance throws reaches its own waits in the same step.
//  * An event sub-process that waits for something is an open wait or timer at its start event; it
//    does not keep its scope open.
//  * Several repetitions of an activity lie in a body, an open scope that carries the boundary
//    events.  Inside them conditions also see loopCounter and the loop's item (step.h).
//  * A call activity runs the called process inline if the model (or CompileOptions::library) has
//    it, with node ids "call/inner"; otherwise it is a task that the caller completes.
//  * A timer is armed by an event and fired by the caller, who owns the clock.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "bpmn/model.h"

namespace rules {
class Expression;
}  // namespace rules

namespace bpmn {

using NodeIndex = std::uint32_t;
using FlowIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

struct ProcessFlow {
  std::string id;
  std::string name;
  NodeIndex source = kNone;
  NodeIndex target = kNone;
  std::shared_ptr<const rules::Expression> condition;  // null: unconditional
  bool is_default = false;
};

struct ProcessNode {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::task;
  int line = 0;
  NodeIndex scope = kNone;        // enclosing sub-process
  NodeIndex attached_to = kNone;  // boundary event: its activity
  NodeIndex link_target = kNone;  // throwing link event: where the token goes on
  EventDefinition event;
  std::vector<EventDefinition> events;  // the parts, where event.kind is `multiple`
  // Of a conditional event; where it is `multiple`, of each part, null for those without one.
  std::vector<std::shared_ptr<const rules::Expression>> conditions;
  bool parallel_multiple = false;  // all parts must happen, not one of them
  bool interrupting = true;
  bool triggered_by_event = false;
  bool instantiate = false;
  bool for_compensation = false;  // runs only to compensate another activity
  bool compensable = false;       // the instance remembers that it was completed
  bool waits = false;             // an activity whose end the caller decides (every kind of task)
  Loop::Kind loop = Loop::Kind::none;
  bool test_before = false;   // standard loop
  std::uint32_t maximum = 0;  // standard loop: runs at most; 0: not said
  std::string item;           // multi-instance: name of the element of the list
  std::string lane;           // name of the innermost lane, or empty
  std::string documentation;
  Extensions extensions;

  std::vector<FlowIndex> incoming;
  std::vector<FlowIndex> outgoing;
  FlowIndex default_flow = kNone;
  std::vector<NodeIndex> boundary;  // boundary events attached to this activity
  std::vector<NodeIndex> children;  // sub-process: its nodes
  NodeIndex start = kNone;  // sub-process: its none start event; event sub-process: its only one
  std::vector<NodeIndex> event_subs;   // sub-process: the event sub-processes in it
  NodeIndex compensation_sub = kNone;  // sub-process: the one of those that compensates it
  NodeIndex handler = kNone;           // activity: the one that compensates it
  std::shared_ptr<const rules::Expression> cardinality;
  std::shared_ptr<const rules::Expression> completion_condition;
  // Nodes with equal branch lie in the same branch of every parallel or inclusive split (index into
  // an internal table; see step.h, MoveToken).
  std::uint32_t branch = 0;
};

struct CompileOptions {
  std::vector<std::string> names;     // variables with spaces that FEEL texts may use
  std::vector<const Model*> library;  // where called elements are looked up besides the model
};

class Process {
 public:
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Extensions& extensions() const { return extensions_; }
  [[nodiscard]] std::span<const ProcessNode> nodes() const { return nodes_; }
  [[nodiscard]] std::span<const ProcessFlow> flows() const { return flows_; }
  [[nodiscard]] const ProcessNode& node(NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] const ProcessFlow& flow(FlowIndex index) const { return flows_[index]; }
  // kNone / nullptr when there is no such id.
  [[nodiscard]] NodeIndex index_of(std::string_view node_id) const;
  [[nodiscard]] FlowIndex flow_index_of(std::string_view flow_id) const;
  [[nodiscard]] const ProcessNode* find_node(std::string_view node_id) const;
  // The product's own attribute of a node, or nullptr.
  [[nodiscard]] const std::string* find_extension(std::string_view node_id,
                                                  std::string_view name) const;
  // Start events of the top level.
  [[nodiscard]] std::span<const NodeIndex> starts() const { return starts_; }
  // Receive tasks that start an instance, and the events after an event-based gateway that does.
  [[nodiscard]] std::span<const NodeIndex> instantiating() const { return instantiating_; }
  [[nodiscard]] std::span<const NodeIndex> top_level() const { return top_level_; }
  // Event sub-processes of the top level, which are part of top_level(), too.
  [[nodiscard]] std::span<const NodeIndex> event_subs() const { return event_subs_; }
  [[nodiscard]] bool has_loops() const { return has_loops_; }
  // Warnings and notes; compile() fails on errors.
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

  // Can a token at `from` still reach `to` by flows of the same scope?
  [[nodiscard]] bool reaches(NodeIndex from, NodeIndex to) const;
  // Inclusive join `gateway`: can a token at node `from` reach the gateway's n-th incoming flow
  // without passing the gateway?
  [[nodiscard]] bool reaches_join(NodeIndex gateway, std::size_t incoming, NodeIndex from) const;
  // The branch that encloses `branch`, kNone for the outermost.
  [[nodiscard]] std::uint32_t outer_branch(std::uint32_t branch) const;

 private:
  friend class ProcessCompiler;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Index = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

  std::string id_;
  std::string name_;
  Extensions extensions_;
  std::vector<ProcessNode> nodes_;
  std::vector<ProcessFlow> flows_;
  std::vector<NodeIndex> starts_;
  std::vector<NodeIndex> instantiating_;
  std::vector<NodeIndex> top_level_;
  std::vector<NodeIndex> event_subs_;
  bool has_loops_ = false;
  std::vector<std::uint32_t> outer_branches_;
  // For each inclusive join, one row of nodes per incoming flow.
  std::unordered_map<NodeIndex, std::vector<std::vector<bool>>> join_reach_;
  std::vector<Finding> findings_;
  Index node_index_;
  Index flow_index_;
};

// Compiles the process `process_id`, or the model's only (executable) process when it is empty.
// Fails with every finding when at least one of them is an error.
[[nodiscard]] base::Result<Process, std::vector<Finding>> compile(
    const Model& model, std::string_view process_id = {}, const CompileOptions& options = {});

}  // namespace bpmn
