#pragma once
// engine.h - the inside of one step: tokens move until everything waits.  Internal to the module.
//
// The engine works on a copy of the instance and changes it only by the events it emits, so that
// replaying them cannot give anything else.  One element kind, one file: the functions below are
// grouped by the file that holds them.
#include <optional>
#include <string>
#include <vector>

#include "bpmn/step.h"

namespace bpmn {

class Engine {
 public:
  Engine(const Process& process, const Instance& instance, const rules::Value& variables)
      : process_(process), instance_(instance), variables_(variables) {}

  [[nodiscard]] base::Result<std::vector<Event>, StepRefusal> run(const Trigger& trigger);

 private:
  // A token about to enter a node.
  struct Token {
    NodeIndex node = 0;
    ActivityId scope = 0;
  };

  // step.cpp: what each trigger does first
  void start(const Start& trigger);
  void complete_task(const CompleteTask& trigger);
  void throw_from_task(const ThrowError& trigger);
  void fire_timer(const FireTimer& trigger);
  void deliver(EventKind kind, const std::string& name);
  void move_token(const MoveToken& trigger);
  [[nodiscard]] std::optional<StepReason> forbids_move(const Activity& activity,
                                                       NodeIndex target) const;

  // engine.cpp: tokens
  void settle();
  void enter(const Token& token);
  void enter_scope(std::span<const NodeIndex> nodes, NodeIndex start, ActivityId scope);
  // Sends a token out of `node` by its outgoing flows.
  void leave(NodeIndex node, ActivityId scope);
  void take(FlowIndex flow, ActivityId scope);
  void emit(Event event);
  void refuse(StepReason reason, NodeIndex node = kNone);
  [[nodiscard]] ActivityId next_activity();
  [[nodiscard]] bool is_true(const rules::Expression& condition) const;
  [[nodiscard]] bool is_settled() const { return refusal_ || instance_.is_over(); }

  // activity.cpp: opening, completing, cancelling
  void open_activity(NodeIndex node, ActivityId scope, std::uint32_t loop);
  void open_boundary(NodeIndex node, ActivityId scope, ActivityId host);
  void complete(const Activity& activity);
  void complete_finished_scopes();
  void cancel(const Activity& activity);
  void cancel_inside(ActivityId scope);
  void cancel_attached(ActivityId host);
  void cancel_all();

  // multi_instance.cpp
  void open_multi_instance(NodeIndex node, ActivityId scope);
  void repeat(const Activity& body, std::uint32_t done_loop);
  [[nodiscard]] bool is_body(const Activity& activity) const { return activity.count > 0; }

  // gateway_*.cpp
  void pass_exclusive(const Token& token);
  void split_by_condition(NodeIndex node, ActivityId scope);
  void try_parallel_join(NodeIndex node, ActivityId scope);
  bool pass_one_inclusive_join();
  [[nodiscard]] bool is_inclusive_join_enabled(NodeIndex node, ActivityId scope) const;
  void open_alternatives(const Token& token);

  // event_catch.cpp
  void open_catch(NodeIndex node, ActivityId scope, ActivityId host, std::uint32_t loop);
  // The timer or wait happened.
  void caught(const Activity& activity);

  // event_throw.cpp
  void pass_throw(const Token& token);
  void pass_end(const Token& token);
  void terminate(ActivityId scope);
  // Looks outwards from `from` (an activity, or 0) for a boundary event that catches it.
  bool catch_on_boundary(EventKind kind, const std::string& code, ActivityId from);
  void fail(const std::string& code);

  const Process& process_;
  Instance instance_;
  const rules::Value& variables_;
  std::vector<Event> events_;
  std::vector<Token> tokens_;  // those from next_token_ on have not moved yet
  std::size_t next_token_ = 0;
  std::vector<ActivityId> touched_;  // scopes in which something ended
  std::uint32_t moves_ = 0;
  std::optional<StepRefusal> refusal_;
};

}  // namespace bpmn
