#pragma once
// event.h - what happened in an instance, in the past tense.
//
// Applying a step's events in order gives the next instance; nothing else changes one.  Events name
// nodes and flows by their ids, because they are stored for as long as the dossier is.
#include <cstdint>
#include <string>
#include <variant>

#include "bpmn/instance.h"

namespace bpmn {

struct ProcessStarted {
  std::string node;  // the start event
  friend bool operator==(const ProcessStarted&, const ProcessStarted&) = default;
};

// A token went along a sequence flow.  It is stored in the instance only at a joining gateway.
struct FlowTaken {
  std::string flow;
  ActivityId scope = 0;
  friend bool operator==(const FlowTaken&, const FlowTaken&) = default;
};

// A joining gateway consumed one token from each incoming flow that had one.
struct JoinPassed {
  std::string node;
  ActivityId scope = 0;
  friend bool operator==(const JoinPassed&, const JoinPassed&) = default;
};

// A throw or end event with a definition was passed: a message to send, a signal to broadcast, an
// escalation, an error.
struct EventThrown {
  std::string node;
  ActivityId scope = 0;
  EventKind kind = EventKind::none;
  // Message or signal name, error or escalation code, the activity to compensate.  A signal has
  // already reached this instance: the caller delivers it to others only.
  std::string name;
  friend bool operator==(const EventThrown&, const EventThrown&) = default;
};

// Someone, or the caller's machinery, has something to do.
struct TaskOpened {
  ActivityId activity = 0;
  std::string node;
  ActivityId scope = 0;
  std::uint32_t loop = 0;      // 1-based number of a repetition (its item: step.h), else 0
  ActivityId compensates = 0;  // the completed activity that this one compensates
  friend bool operator==(const TaskOpened&, const TaskOpened&) = default;
};
struct TaskCompleted {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const TaskCompleted&, const TaskCompleted&) = default;
};
// The task is no longer to be done: interrupted, moved away, or its surroundings ended.
struct TaskCancelled {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const TaskCancelled&, const TaskCancelled&) = default;
};

// A sub-process, or (count > 0) the body around the repetitions of an activity.
struct ScopeOpened {
  ActivityId activity = 0;
  std::string node;
  ActivityId scope = 0;
  std::uint32_t loop = 0;
  std::uint32_t count = 0;
  ActivityId compensates = 0;
  friend bool operator==(const ScopeOpened&, const ScopeOpened&) = default;
};
struct ScopeCompleted {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const ScopeCompleted&, const ScopeCompleted&) = default;
};
struct ScopeCancelled {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const ScopeCancelled&, const ScopeCancelled&) = default;
};

// The caller computes when it is due from the text (ISO 8601 or FEEL, as the diagram says) and
// sends FireTimer.
struct TimerArmed {
  ActivityId activity = 0;
  std::string node;
  ActivityId scope = 0;
  ActivityId host = 0;
  std::uint32_t loop = 0;  // how often a cycle has fired before
  TimerKind timer = TimerKind::none;
  std::string text;
  std::uint32_t part = 0;  // 1-based definition of a multiple event
  friend bool operator==(const TimerArmed&, const TimerArmed&) = default;
};
struct TimerFired {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const TimerFired&, const TimerFired&) = default;
};
struct TimerCancelled {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const TimerCancelled&, const TimerCancelled&) = default;
};

// A message, a signal or a condition is waited for.  Kind `none` is an event-based gateway and
// `multiple` an event with several definitions: what they wait for has them as its host.  Kind
// `compensation` or `cancel` is an event that waits until what it compensates is done.
struct WaitOpened {
  ActivityId activity = 0;
  std::string node;
  ActivityId scope = 0;
  ActivityId host = 0;
  EventKind kind = EventKind::none;
  std::string name;
  std::uint32_t loop = 0;  // conditional: 1 when it must turn false before it can happen
  std::uint32_t part = 0;  // 1-based definition of a multiple event
  friend bool operator==(const WaitOpened&, const WaitOpened&) = default;
};
struct WaitEnded {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const WaitEnded&, const WaitEnded&) = default;
};
struct WaitCancelled {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const WaitCancelled&, const WaitCancelled&) = default;
};

// The condition of a conditional event turned false: from now on it can happen again.
struct WaitRearmed {
  ActivityId activity = 0;
  std::string node;
  friend bool operator==(const WaitRearmed&, const WaitRearmed&) = default;
};

// What waited at the joins of a scope is gone: the scope goes on with something else.
struct ArrivalsDropped {
  ActivityId scope = 0;
  friend bool operator==(const ArrivalsDropped&, const ArrivalsDropped&) = default;
};

// A completed activity is to be compensated by the throw event `by`, in the order of these events.
// One that has nothing of its own to run comes after what is inside it.
struct CompensationChosen {
  ActivityId activity = 0;  // the completed one
  std::string node;
  ActivityId by = 0;
  friend bool operator==(const CompensationChosen&, const CompensationChosen&) = default;
};
// Its turn has come; what runs for it is opened next.
struct CompensationBegun {
  ActivityId activity = 0;
  std::string node;
  ActivityId by = 0;
  friend bool operator==(const CompensationBegun&, const CompensationBegun&) = default;
};

struct ProcessEnded {
  InstanceState state = InstanceState::completed;  // completed, terminated or failed
  std::string code;                                // failed: the error code
  friend bool operator==(const ProcessEnded&, const ProcessEnded&) = default;
};

using Event =
    std::variant<ProcessStarted, FlowTaken, JoinPassed, EventThrown, TaskOpened, TaskCompleted,
                 TaskCancelled, ScopeOpened, ScopeCompleted, ScopeCancelled, TimerArmed, TimerFired,
                 TimerCancelled, WaitOpened, WaitEnded, WaitCancelled, ProcessEnded, WaitRearmed,
                 ArrivalsDropped, CompensationChosen, CompensationBegun>;

// Total: an event that does not fit (unknown id, activity not open) changes nothing.
[[nodiscard]] Instance apply(const Process& process, Instance instance, const Event& event);
// The same in place, for replaying many.
void apply_to(const Process& process, Instance& instance, const Event& event);

}  // namespace bpmn
