#include "bpmn/element_name.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace bpmn {
namespace {

// Source: OMG BPMN 2.0.2, table 10.93 and the schema Semantic.xsd.
constexpr std::array kEventElements = {
    EventElement{"timerEventDefinition", EventKind::timer, ""},
    EventElement{"messageEventDefinition", EventKind::message, "messageRef"},
    EventElement{"signalEventDefinition", EventKind::signal, "signalRef"},
    EventElement{"errorEventDefinition", EventKind::error, "errorRef"},
    EventElement{"escalationEventDefinition", EventKind::escalation, "escalationRef"},
    EventElement{"conditionalEventDefinition", EventKind::conditional, ""},
    EventElement{"linkEventDefinition", EventKind::link, ""},
    EventElement{"terminateEventDefinition", EventKind::terminate, ""},
    EventElement{"cancelEventDefinition", EventKind::cancel, ""},
    EventElement{"compensateEventDefinition", EventKind::compensation, ""}};

}  // namespace

std::optional<NodeKind> node_kind_of(std::string_view element) {
  static const auto kKinds = [] {
    std::unordered_map<std::string_view, NodeKind> kinds;
    constexpr auto kLast = static_cast<std::uint8_t>(NodeKind::complex_gateway);
    for (std::uint8_t i = 0; i <= kLast; ++i) {
      const auto kind = static_cast<NodeKind>(i);
      kinds.emplace(to_string(kind), kind);
    }
    return kinds;
  }();
  const auto found = kKinds.find(element);
  return found == kKinds.end() ? std::nullopt : std::optional{found->second};
}

const EventElement* find_event_element(std::string_view element) {
  const auto found = std::ranges::find(kEventElements, element, &EventElement::element);
  return found == kEventElements.end() ? nullptr : &*found;
}

const EventElement* find_event_element(EventKind kind) {
  const auto found = std::ranges::find(kEventElements, kind, &EventElement::kind);
  return found == kEventElements.end() ? nullptr : &*found;
}

bool is_resource_role(std::string_view element) {
  return element == "potentialOwner" || element == "humanPerformer" || element == "performer" ||
         element == "resourceRole";
}

}  // namespace bpmn
