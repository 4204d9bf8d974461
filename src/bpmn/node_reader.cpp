// node_reader.cpp - the part of the descent that reads flow nodes: attributes, events, loops and
// who performs them.
#include <algorithm>
#include <utility>

#include "bpmn/element_name.h"
#include "bpmn/model_reader.h"
#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

// Each name is compared with those before it.
constexpr std::size_t kPerformersMax = 1'000;

// "clerks, leaders" in parts; commas inside the braces of an expression do not part.
std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (c == '{' || c == '(') ++depth;
    if (c == '}' || c == ')') --depth;
    if (i == text.size() || (c == ',' && depth <= 0)) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  return parts;
}

}  // namespace

void ModelReader::read_node(const pugi::xml_node& element, NodeKind kind, ProcessModel& process,
                            const std::string& scope, int depth) {
  Node node;
  node.kind = kind;
  node.line = source_.line_of(element);
  node.scope = scope;
  read_node_attributes(element, node);
  if (node.id.empty()) {
    note(Severity::warning, {}, element, std::string{to_string(kind)} + " without an id");
  }
  read_extensions(element, node.extensions);
  if (is_activity(kind)) read_vendor_performers(element, false, node);
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (is_bpmn(child, local)) read_node_child(child, local, node);
  }
  // The sub-process stands before its content, and knows its id.
  const std::string id = node.id;
  if (node.performers.size() >= kPerformersMax) {
    note(Severity::note, node.id, element, "of those it names, the first 1,000 are looked at");
  }
  process.nodes.push_back(std::move(node));
  origins_.processes.back().nodes.push_back(element);
  if (is_sub_process(kind)) {
    if (id.empty()) {
      note(Severity::warning, {}, element, "content of a sub-process without an id is read past");
    } else {
      read_content(element, process, id, depth + 1);
    }
  }
}

void ModelReader::read_node_attributes(const pugi::xml_node& element, Node& node) {
  node.id = attribute(element, "id");
  node.name = attribute(element, "name");
  // What an element of this kind cannot have means nothing.
  if (is_activity(node.kind) || is_gateway(node.kind)) {
    node.default_flow = reference(attribute(element, "default"));
    node.instantiate = flag(element, "instantiate", false);
  }
  if (is_activity(node.kind)) node.for_compensation = flag(element, "isForCompensation", false);
  if (is_sub_process(node.kind)) node.triggered_by_event = flag(element, "triggeredByEvent", false);
  switch (node.kind) {
    case NodeKind::boundary_event:
      node.attached_to = reference(attribute(element, "attachedToRef"));
      node.interrupting = flag(element, "cancelActivity", true);
      node.parallel_multiple = flag(element, "parallelMultiple", false);
      break;
    case NodeKind::start_event:
      node.interrupting = flag(element, "isInterrupting", true);
      node.parallel_multiple = flag(element, "parallelMultiple", false);
      break;
    case NodeKind::catch_event:
      node.parallel_multiple = flag(element, "parallelMultiple", false);
      break;
    case NodeKind::call_activity:
      node.called_element = reference(attribute(element, "calledElement"));
      break;
    case NodeKind::receive_task:
    case NodeKind::send_task:
      node.event.reference = reference(attribute(element, "messageRef"));
      if (!node.event.reference.empty()) node.event.kind = EventKind::message;
      break;
    default:
      break;
  }
}

void ModelReader::read_node_child(const pugi::xml_node& child, std::string_view local, Node& node) {
  const bool is_event = node.kind <= NodeKind::boundary_event;
  if (local == "documentation") {
    node.documentation = text_of(child);
  } else if (is_event && find_event_element(local) != nullptr) {
    add_event(node, read_event(child, local));
  } else if (is_event && local == "eventDefinitionRef") {
    // Definitions may stand after the process; resolve_node() looks the reference up.
    EventDefinition event;
    event.kind = EventKind::multiple;
    event.reference = reference(text_of(child));
    add_event(node, std::move(event));
  } else if (node.kind == NodeKind::complex_gateway && local == "activationCondition") {
    node.activation_condition = text_of(child);
  } else if (!is_activity(node.kind)) {
    return;
  } else if (local == "multiInstanceLoopCharacteristics" ||
             local == "standardLoopCharacteristics") {
    read_loop(child, local, node.loop);
  } else if (is_resource_role(local)) {
    read_performer(child, node);
  } else if (local == "extensionElements") {
    read_vendor_children(child, node);
  }
}

void ModelReader::add_event(Node& node, EventDefinition event) {
  if (node.event.kind == EventKind::none) {
    node.event = std::move(event);
    return;
  }
  if (node.events.empty()) {
    node.events.push_back(std::exchange(node.event, EventDefinition{}));
    node.event.kind = EventKind::multiple;
  }
  node.events.push_back(std::move(event));
}

// Source: OMG BPMN 2.0.2, 10.3.1 resource assignment: a resource, or an expression that names it.
void ModelReader::read_performer(const pugi::xml_node& element, Node& node) {
  std::string performer;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local)) continue;
    if (local == "resourceRef") performer = reference(text_of(child));
    if (local != "resourceAssignmentExpression") continue;
    performer = text_of(child);
    for (const pugi::xml_node& expression : child.children()) {
      if (expression.type() == pugi::node_element) performer = text_of(expression);
    }
  }
  if (performer.empty()) performer = attribute(element, "name");
  add_performer(node, std::move(performer));
}

void ModelReader::add_performer(Node& node, std::string performer) {
  if (performer.empty() || node.performers.size() >= kPerformersMax) return;
  if (std::ranges::find(node.performers, performer) != node.performers.end()) return;
  node.performers.push_back(std::move(performer));
}

// assignee and candidates as several products write them: attributes of the task, or of an element
// <assignmentDefinition> of its extensions.
void ModelReader::read_vendor_performers(const pugi::xml_node& element, bool own_namespace,
                                         Node& node) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const XmlName name = source_.name_of(attribute);
    const bool foreign = own_namespace ? name.uri.empty() : !name.uri.empty();
    if (!foreign || name.uri == kBpmnNamespace) continue;
    if (name.local == "assignee") {
      add_performer(node, trimmed(attribute.value()));
    } else if (name.local == "candidateUsers" || name.local == "candidateGroups") {
      for (std::string& one : listed(attribute.value())) add_performer(node, std::move(one));
    }
  }
}

void ModelReader::read_vendor_children(const pugi::xml_node& extensions, Node& node) {
  for (const pugi::xml_node& child : extensions.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    const XmlName name = source_.name_of(child);
    if (name.local == "assignmentDefinition") {
      read_vendor_performers(child, true, node);
    } else if (name.local == "calledElement" && node.kind == NodeKind::call_activity &&
               node.called_element.empty()) {
      node.called_element = attribute(child, "processId");
    }
  }
}

EventDefinition ModelReader::read_event(const pugi::xml_node& element, std::string_view local) {
  EventDefinition event;
  const EventElement* name = find_event_element(local);
  event.kind = name->kind;
  if (!name->reference.empty()) {
    event.reference = reference(attribute(element, std::string{name->reference}.c_str()));
  }
  if (event.kind == EventKind::link) event.name = attribute(element, "name");
  if (event.kind == EventKind::compensation) {
    event.activity = reference(attribute(element, "activityRef"));
    event.wait_for_completion = flag(element, "waitForCompletion", true);
  }
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view part;
    if (!is_bpmn(child, part)) continue;
    if (event.kind == EventKind::timer &&
        (part == "timeDate" || part == "timeDuration" || part == "timeCycle")) {
      event.timer = part == "timeDate"       ? TimerKind::date
                    : part == "timeDuration" ? TimerKind::duration
                                             : TimerKind::cycle;
      event.text = text_of(child);
    } else if (event.kind == EventKind::conditional && part == "condition") {
      event.text = text_of(child);
    }
  }
  return event;
}

void ModelReader::read_loop(const pugi::xml_node& element, std::string_view local, Loop& loop) {
  loop = Loop{};
  if (local == "standardLoopCharacteristics") {
    loop.kind = Loop::Kind::standard;
    loop.test_before = flag(element, "testBefore", false);
    loop.maximum = trimmed(attribute(element, "loopMaximum"));
  } else {
    loop.kind =
        flag(element, "isSequential", false) ? Loop::Kind::sequential : Loop::Kind::parallel;
  }
  const bool standard = loop.kind == Loop::Kind::standard;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view part;
    if (!is_bpmn(child, part)) continue;
    if (part == (standard ? "loopCondition" : "completionCondition")) {
      loop.completion_condition = text_of(child);
    }
    if (standard) continue;
    if (part == "loopCardinality") loop.cardinality = text_of(child);
    if (part == "loopDataInputRef" && loop.cardinality.empty()) {
      loop.cardinality = reference(text_of(child));
    }
    if (part == "inputDataItem") {
      loop.item = attribute(child, "name");
      if (loop.item.empty()) loop.item = attribute(child, "id");
    }
  }
  if (!standard) read_vendor_loop(element, loop);
}

// The list and the name of its element as several products write them, where the standard's own
// elements do not say it.
void ModelReader::read_vendor_loop(const pugi::xml_node& element, Loop& loop) {
  const auto take = [&](const pugi::xml_node& at, std::string_view list, std::string_view item) {
    for (const pugi::xml_attribute& attribute : at.attributes()) {
      const std::string_view local = source_.name_of(attribute).local;
      if (local == list && loop.cardinality.empty()) loop.cardinality = trimmed(attribute.value());
      if (local == item && loop.item.empty()) loop.item = trimmed(attribute.value());
    }
  };
  take(element, "collection", "elementVariable");
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local) || local != "extensionElements") continue;
    for (const pugi::xml_node& extension : child.children()) {
      if (extension.type() != pugi::node_element) continue;
      const XmlScope inner(source_, extension);
      if (source_.name_of(extension).local == "loopCharacteristics") {
        take(extension, "inputCollection", "inputElement");
      }
    }
  }
}

}  // namespace bpmn
