#pragma once
// step.h - one step of an instance: a trigger from outside, and what happens until the process
// waits again.  Pure.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "bpmn/event.h"
#include "bpmn/instance.h"
#include "bpmn/process.h"
#include "rules/value.h"

namespace bpmn {

struct Start {
  // Which start event, instantiating receive task, or event after an instantiating event-based
  // gateway; empty: the only start event, or the only one without a definition.
  std::string node;
};
struct CompleteTask {
  ActivityId activity = 0;
};
// The work of an open activity ended with a business error: its boundary error event, or the
// nearest one outwards, takes over; an event sub-process of a scope comes before its boundary.
struct ThrowError {
  ActivityId activity = 0;
  std::string code;
};
struct FireTimer {
  ActivityId activity = 0;  // of TimerArmed
};
// Goes to the oldest waiting receive task or event of that message name.
struct DeliverMessage {
  std::string name;
};
// Goes to everything that waits for the signal.  A signal that this instance threw has reached it
// already: the caller delivers EventThrown of a signal to the other instances only.
struct DeliverSignal {
  std::string name;
};
// An officer sends the work back one step, or takes it back: closes the open task and opens the
// task `target` of the same scope and the same parallel branch (or, if it is the only token of its
// scope, of an enclosing branch).
struct MoveToken {
  ActivityId activity = 0;
  std::string target;
};
// The variables are others than at the last step: conditional events are asked again.  When it is
// opened, a conditional event is asked at once; one that does not interrupt happens again after its
// condition was false in between.  Never refused for nothing happening.
struct ConditionsChanged {};
struct Terminate {};

using Trigger = std::variant<Start, CompleteTask, ThrowError, FireTimer, DeliverMessage,
                             DeliverSignal, MoveToken, ConditionsChanged, Terminate>;

enum class StepReason : std::uint8_t {
  already_started,
  not_started,
  already_over,
  no_such_start,     // the named start event does not exist, or the choice is ambiguous
  no_such_activity,  // not open: done or cancelled meanwhile; load again
  not_a_task,        // the activity is not completed by CompleteTask
  not_a_timer,
  nothing_waits,   // no open wait for that message or signal
  no_such_target,  // MoveToken: no node of that id
  target_not_a_task,
  target_in_other_scope,   // MoveToken never crosses the border of a sub-process
  target_in_other_branch,  // would leave or double parallel work
  no_flow_applies,         // a gateway has no default and none of its conditions is true
  bad_cardinality,         // a multi-instance activity whose number is not 0 to 1,000
  too_many_moves,          // a loop without a task or wait in it
  too_many_activities,     // more than 10,000 open or remembered at once
  too_many_repetitions,    // a standard loop that wants to run for the 1,001st time
};

[[nodiscard]] std::string_view to_string(StepReason reason);

struct StepRefusal {
  StepReason reason = StepReason::no_such_activity;
  std::string element;  // node concerned, or empty
  friend bool operator==(const StepRefusal&, const StepRefusal&) = default;
};

inline constexpr std::uint32_t kMovesMax = 10'000;
inline constexpr std::uint32_t kOpenActivitiesMax = 10'000;
inline constexpr std::uint32_t kRepetitionsMax = 1'000;

// `variables` is the context that conditions are evaluated against.  A condition that is not true
// (false, null, another type, an error of evaluation) does not let the token pass.
// On refusal nothing has happened.
[[nodiscard]] base::Result<std::vector<Event>, StepRefusal> step(const Process& process,
                                                                 const Instance& instance,
                                                                 const Trigger& trigger,
                                                                 const rules::Value& variables);

// `variables` as the conditions inside the activity see them: with loopCounter (1-based) and the
// item of the repetition it is or lies in, inner ones before outer ones.  The list of a
// multi-instance activity is asked anew each time: the caller keeps it as it was.
[[nodiscard]] rules::Value variables_in(const Process& process, const Instance& instance,
                                        ActivityId activity, const rules::Value& variables);

}  // namespace bpmn
