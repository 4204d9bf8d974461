#pragma once
// element_name.h - which XML element is which kind of node or event definition.  Internal to the
// module.
#include <optional>
#include <string_view>

#include "bpmn/model.h"

namespace bpmn {

[[nodiscard]] std::optional<NodeKind> node_kind_of(std::string_view element);

struct EventElement {
  std::string_view element;  // timerEventDefinition ...
  EventKind kind = EventKind::none;
  std::string_view reference;  // the attribute that names a message, signal ...; empty: it has none
};

// nullptr when there is none.
[[nodiscard]] const EventElement* find_event_element(std::string_view element);
[[nodiscard]] const EventElement* find_event_element(EventKind kind);

// performer, humanPerformer, potentialOwner, resourceRole
[[nodiscard]] bool is_resource_role(std::string_view element);

}  // namespace bpmn
