#pragma once
// scripted_run.h - plays one instance of a process by a script that people can read and write.
//
//   with approved = false          a variable, its value in FEEL; may be changed at any line
//   start                          or: start at "Order received"
//   complete "Approve invoice"     the oldest open task there
//   error 404 at "Look up"         its work ends with this business error
//   timer "2 hours"                fires
//   message "Document received"    arrives
//   signal "Fraud suspected"       is heard
//   conditions                     are asked again, for a variable has changed
//   move "Review" to "Receive"     the work is sent back
//   terminate                      the whole instance
//   expect "Review", "Call"        exactly these tasks are open, in any order
//   expect completed               or: running, terminated, failed 404
//
// An element is named by its id or, in quotation marks, by its name (white space counts as one
// space).  Empty lines and what follows a `#` at a line's beginning are not read.
//
// Pure; a script costs no more than its lines (at most 10,000) and the bounds of step().
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bpmn/event.h"
#include "bpmn/instance.h"
#include "bpmn/process.h"

namespace bpmn {

struct ScriptFailure {
  int line = 0;  // of the script, from 1
  std::string message;
  friend bool operator==(const ScriptFailure&, const ScriptFailure&) = default;
};

struct ScriptedRun {
  Instance instance;  // as the last line left it
  std::vector<Event> events;
};

// Fails at the first line that cannot be done or whose expectation does not hold.
[[nodiscard]] base::Result<ScriptedRun, ScriptFailure> run_script(const Process& process,
                                                                  std::string_view script);

}  // namespace bpmn
