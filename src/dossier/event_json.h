#pragma once
// event_json.h - the payload of an event as JSON; persisted for ever
// (docs/formats/dossier-events.md).
#include <string_view>

#include "base/fault.h"
#include "base/json.h"
#include "dossier/event.h"

namespace dossier {

// The payload without the type; members at their default are left out.
[[nodiscard]] base::json::object payload_of(const Event& event);

// Fault `corrupt` when the type is unknown or a member is of the wrong form.
[[nodiscard]] base::Outcome<Event> read_event(std::string_view type,
                                              const base::json::value& payload);

}  // namespace dossier
