#pragma once
// event_json.h - events as JSON objects; they are persisted for ever, so names never change.
//
//   {"type":"task_opened","activity":3,"node":"Task_1"}
//
// Members that are 0, empty or of the default kind are left out.  Unknown members are ignored.
#include "base/fault.h"
#include "base/json.h"
#include "bpmn/event.h"

namespace bpmn {

[[nodiscard]] base::json::value to_json(const Event& event);
// Fault `invalid` when the type is unknown or a member is of the wrong form.
[[nodiscard]] base::Outcome<Event> read_event(const base::json::value& value);

}  // namespace bpmn
