#pragma once
// instance.h - one running process as a small value: where its tokens are, and nothing else.
//
// Variables are not kept here: the caller passes them to each step.  An Instance belongs to the
// Process it was started with (indices are that process's); instance_json.h stores it by ids.
#include <cstdint>
#include <string_view>
#include <vector>

#include "bpmn/process.h"

namespace bpmn {

// Identifies one activity of one instance; never used twice.  0 is the instance itself.
using ActivityId = std::uint32_t;

enum class InstanceState : std::uint8_t {
  created,  // not started
  running,
  completed,   // every token reached an end
  terminated,  // by a terminate event or by request
  failed,      // an error was thrown that nothing catches
};

[[nodiscard]] std::string_view to_string(InstanceState state);

// Something open: a task, a running sub-process, a timer, a message that is waited for, the set of
// alternatives behind an event-based gateway or of the parts of a multiple event, or a throw event
// that waits for what it compensates.  What it is follows from its node's kind.
struct Activity {
  ActivityId id = 0;
  NodeIndex node = 0;
  // The running sub-process, body of repetitions or compensation around it; 0: none.
  ActivityId scope = 0;
  ActivityId host = 0;  // boundary event, gateway alternative, part: the activity it hangs on
  // Repetition: 1-based number of this one.  Timer: how often it fired before.  Conditional event:
  // 1 when the condition holds already and must turn false before it can happen again.
  std::uint32_t loop = 0;
  std::uint32_t count = 0;     // body of repetitions: how many in all, or at most
  std::uint32_t part = 0;      // 1-based definition of a multiple event that this one waits for
  ActivityId compensates = 0;  // compensation: the completed activity it is for
  friend bool operator==(const Activity&, const Activity&) = default;
};

// Tokens that wait on an incoming flow of a joining gateway.
struct Arrival {
  FlowIndex flow = 0;
  ActivityId scope = 0;
  std::uint32_t tokens = 0;
  friend bool operator==(const Arrival&, const Arrival&) = default;
};

// An activity that was completed and can be compensated.  Only those are remembered, and only where
// the process can throw a compensation.
struct Completed {
  ActivityId id = 0;
  NodeIndex node = 0;
  ActivityId scope = 0;     // as it was; that one may be completed, and remembered, too
  std::uint32_t count = 0;  // as of Activity: it was the body of repetitions
  ActivityId by = 0;        // the throw event that compensates it
  friend bool operator==(const Completed&, const Completed&) = default;
};

struct Instance {
  InstanceState state = InstanceState::created;
  ActivityId last_activity = 0;
  std::vector<Activity> activities;     // by ascending id
  std::vector<Arrival> arrivals;        // by (scope, flow)
  std::vector<Completed> completed;     // in the order in which they were completed
  std::vector<Completed> compensating;  // chosen, in the order in which they will be compensated

  [[nodiscard]] const Activity* find(ActivityId id) const;  // nullptr when not open
  [[nodiscard]] bool is_over() const;

  friend bool operator==(const Instance&, const Instance&) = default;
};

// What an open activity is.
enum class Role : std::uint8_t {
  task,   // somebody, or the caller's machinery, completes it
  scope,  // a running sub-process or multi-instance body
  timer,  // the caller's clock fires it
  wait,   // a message, signal or condition; what groups several waits; a running compensation
};
[[nodiscard]] Role role_of(const Process& process, const Activity& activity);

// What a timer or wait waits for: its node's event, or the part of it.
[[nodiscard]] const EventDefinition& definition_of(const Process& process,
                                                   const Activity& activity);

// The open tasks (everything CompleteTask accepts), oldest first.
[[nodiscard]] std::vector<Activity> open_tasks(const Process& process, const Instance& instance);

}  // namespace bpmn
