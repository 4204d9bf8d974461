#pragma once
// engine.h - the inside of one step: tokens move until everything waits.  Internal to the module.
//
// The engine works on a copy of the instance and changes it only by the events it emits, so that
// replaying them cannot give anything else.  One element kind, one file: the functions below are
// grouped by the file that holds them.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bpmn/step.h"

namespace bpmn {

class Engine {
 public:
  Engine(const Process& process, const Instance& instance, const rules::Value& variables)
      : process_(process), instance_(instance), variables_(variables) {}

  [[nodiscard]] base::Result<std::vector<Event>, StepRefusal> run(const Trigger& trigger);

 private:
  // A token about to enter a node, or (leaves) to go on from a throw event that it has passed.
  struct Token {
    NodeIndex node = 0;
    ActivityId scope = 0;
    bool leaves = false;
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
  // Counts a move; false when there were too many.
  bool may_move(NodeIndex node);
  [[nodiscard]] ActivityId next_activity();
  [[nodiscard]] bool is_true(const rules::Expression& condition, ActivityId scope) const;
  [[nodiscard]] bool is_settled() const { return refusal_ || instance_.is_over(); }

  // activity.cpp: opening, completing, cancelling
  void open_activity(NodeIndex node, ActivityId scope, std::uint32_t loop,
                     ActivityId compensates = 0);
  void open_boundary(NodeIndex node, ActivityId scope, ActivityId host);
  void complete(const Activity& activity);
  void complete_finished_scopes();
  void cancel(const Activity& activity);
  void cancel_inside(ActivityId scope);
  void cancel_attached(ActivityId host);
  // Everything in the scope ends, its tokens, too; the scope itself stays open.
  void interrupt(ActivityId scope);

  // multi_instance.cpp, loop.cpp
  void open_repeated(NodeIndex node, ActivityId scope, ActivityId compensates = 0);
  void open_multi_instance(NodeIndex node, ActivityId scope, ActivityId compensates);
  void open_loop(NodeIndex node, ActivityId scope, ActivityId compensates);
  // Repetition number `done_loop` of `body` is over.
  void repeat(const Activity& body, std::uint32_t done_loop);
  void repeat_loop(const Activity& body, std::uint32_t done_loop);
  [[nodiscard]] bool wants_another(const ProcessNode& node, ActivityId scope,
                                   std::uint32_t done) const;

  // gateway_*.cpp
  void pass_exclusive(const Token& token);
  void split_by_condition(NodeIndex node, ActivityId scope);
  void try_parallel_join(NodeIndex node, ActivityId scope);
  using TokenPositions = std::vector<std::pair<ActivityId, NodeIndex>>;  // scope and node, sorted
  bool pass_one_inclusive_join();
  [[nodiscard]] TokenPositions token_positions() const;
  [[nodiscard]] bool is_inclusive_join_enabled(NodeIndex node, ActivityId scope,
                                               const TokenPositions& tokens);
  void open_alternatives(const Token& token);

  // event_catch.cpp
  // A timer, a wait, or what groups the parts of a multiple event; `loop` as of Activity.
  void open_catch(NodeIndex node, ActivityId scope, ActivityId host, std::uint32_t loop);
  void open_wait(const Activity& wait);  // its id is not used
  // The timer or wait happened.
  void caught(const Activity& activity);
  void end_wait(const Activity& activity);
  // It interrupts nothing: it is open again, if it can happen again.
  bool open_again(const Activity& activity);
  void go_on_from(NodeIndex node, ActivityId scope, ActivityId host);

  // event_multiple.cpp
  // `again`: it has happened before, so that conditions must turn false first.
  void open_parts(NodeIndex node, ActivityId scope, ActivityId group, bool again);
  void part_caught(const Activity& part);

  // event_conditional.cpp
  void ask_all_conditions();
  void ask_condition(ActivityId wait);

  // event_throw.cpp
  void pass_throw(const Token& token);
  void pass_end(const Token& token);
  void throw_one(const EventDefinition& event, const Token& token);
  void broadcast(const std::string& name);
  void terminate(ActivityId scope);
  // Looks outwards from `from` (an activity, or 0) for what catches it: the event sub-processes of
  // each scope, then its boundary.
  bool catch_thrown(EventKind kind, const std::string& code, ActivityId from);
  bool catch_on_boundary(EventKind kind, const std::string& code, const Activity& activity);
  void throw_error(const std::string& code, ActivityId from);

  // event_sub_process.cpp
  void open_event_starts(ActivityId scope);
  void start_event_sub_process(NodeIndex start, ActivityId scope, ActivityId compensates = 0);
  bool catch_in_event_sub_process(EventKind kind, const std::string& code, ActivityId scope);
  [[nodiscard]] std::span<const NodeIndex> event_subs_of(ActivityId scope) const;
  // Waits for an event that would start an event sub-process: keeps nothing open.
  [[nodiscard]] bool is_event_start(const Activity& activity) const {
    return process_.node(activity.node).kind == NodeKind::start_event;
  }

  // event_compensation.cpp
  // True: the token waits at the event until all is compensated.
  bool compensate(const Token& token);
  // What was completed directly inside those scopes, the oldest first.
  [[nodiscard]] std::vector<ActivityId> completed_in(std::span<const ActivityId> scopes,
                                                     NodeIndex only = kNone) const;
  void choose(std::vector<ActivityId> chosen, ActivityId by);
  [[nodiscard]] bool is_compensation(const Activity& activity) const;
  void continue_compensation(const Activity& compensation);
  // False for a compensation that its token did not wait for.
  [[nodiscard]] bool holds_token(const Activity& activity) const;

  // transaction.cpp
  void cancel_transaction(const Token& token);
  void leave_transaction(const Activity& compensation);

  const Process& process_;
  Instance instance_;
  const rules::Value& variables_;
  std::vector<Event> events_;
  std::vector<Token> tokens_;  // those from next_token_ on have not moved yet
  std::size_t next_token_ = 0;
  std::vector<ActivityId> touched_;  // scopes in which something ended
  std::vector<ActivityId> unasked_;  // conditional events that have to be asked
  // Inclusive joins that had to wait, and the node of a token that they waited for.
  std::map<std::pair<NodeIndex, ActivityId>, NodeIndex> blockers_;
  std::uint32_t moves_ = 0;
  std::optional<StepRefusal> refusal_;
};

// How well an event catches what was thrown; every: it names no code of its own.
enum class Match : std::uint8_t { no, every, exact };
[[nodiscard]] Match match(const ProcessNode& node, EventKind kind, const std::string& code);
// The first of those nodes that matches exactly, else the first that matches, else kNone.
[[nodiscard]] NodeIndex best_match(const Process& process, std::span<const NodeIndex> nodes,
                                   EventKind kind, const std::string& code);

}  // namespace bpmn
