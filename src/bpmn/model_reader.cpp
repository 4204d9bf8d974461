#include "bpmn/model_reader.h"

#include <array>
#include <utility>

namespace bpmn {
namespace {

constexpr int kDepthMax = 64;
constexpr std::size_t kElementsMax = 20'000;
constexpr std::size_t kFindingsMax = 1'000;

constexpr std::array kNodeKinds = {
    NodeKind::start_event,        NodeKind::end_event,         NodeKind::catch_event,
    NodeKind::throw_event,        NodeKind::boundary_event,    NodeKind::task,
    NodeKind::user_task,          NodeKind::manual_task,       NodeKind::service_task,
    NodeKind::send_task,          NodeKind::receive_task,      NodeKind::business_rule_task,
    NodeKind::script_task,        NodeKind::sub_process,       NodeKind::transaction,
    NodeKind::ad_hoc_sub_process, NodeKind::call_activity,     NodeKind::exclusive_gateway,
    NodeKind::parallel_gateway,   NodeKind::inclusive_gateway, NodeKind::event_based_gateway,
    NodeKind::complex_gateway};

// Events of the BPMN namespace by the name of their definition.
struct EventName {
  std::string_view element;
  EventKind kind;
  std::string_view reference;
};
constexpr std::array kEventNames = {
    EventName{"timerEventDefinition", EventKind::timer, ""},
    EventName{"messageEventDefinition", EventKind::message, "messageRef"},
    EventName{"signalEventDefinition", EventKind::signal, "signalRef"},
    EventName{"errorEventDefinition", EventKind::error, "errorRef"},
    EventName{"escalationEventDefinition", EventKind::escalation, "escalationRef"},
    EventName{"conditionalEventDefinition", EventKind::conditional, ""},
    EventName{"linkEventDefinition", EventKind::link, ""},
    EventName{"terminateEventDefinition", EventKind::terminate, ""},
    EventName{"cancelEventDefinition", EventKind::cancel, ""},
    EventName{"compensateEventDefinition", EventKind::compensation, ""}};

const EventName* find_event_name(std::string_view local) {
  for (const EventName& name : kEventNames) {
    if (name.element == local) return &name;
  }
  return nullptr;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(kSpace) - first + 1)};
}

// All text directly inside, CDATA sections included.
std::string text_of(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return trimmed(text);
}

// Identifiers are compared as written, but for the prefix of a qualified name.
std::string reference(std::string_view text) {
  const std::string trim = trimmed(text);
  return trim.substr(trim.rfind(':') + 1);
}

std::string attribute(const pugi::xml_node& element, const char* name) {
  return element.attribute(name).value();
}

bool flag(const pugi::xml_node& element, const char* name, bool otherwise) {
  const std::string value = trimmed(element.attribute(name).value());
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  return otherwise;
}

}  // namespace

bool ModelReader::is_bpmn(const pugi::xml_node& element, std::string_view& local) const {
  const XmlName name = source_.name_of(element);
  local = name.local;
  return name.uri == kBpmnNamespace;
}

void ModelReader::note(Severity severity, std::string_view element, const pugi::xml_node& at,
                       std::string message) {
  if (model_.findings.size() >= kFindingsMax) return;
  model_.findings.push_back(
      {severity, std::string{element}, source_.line_of(at), std::move(message)});
}

base::Result<Model, ReadError> ModelReader::read() {
  const pugi::xml_node root = source_.document().document_element();
  const XmlScope scope(source_, root);
  std::string_view local;
  if (!is_bpmn(root, local) || local != "definitions") {
    return base::Failure{
        ReadError{root ? source_.line_of(root) : 1, "the root is not BPMN 2.0 definitions"}};
  }
  read_definitions(root);
  if (too_deep_) return base::Failure{ReadError{1, "nested deeper than 64 levels"}};
  if (too_many_) return base::Failure{ReadError{1, "more than 20,000 flow elements"}};
  resolve_names();
  return std::move(model_);
}

void ModelReader::read_definitions(const pugi::xml_node& root) {
  model_.id = attribute(root, "id");
  model_.name = attribute(root, "name");
  model_.target_namespace = attribute(root, "targetNamespace");
  model_.expression_language = attribute(root, "expressionLanguage");
  for (const pugi::xml_node& child : root.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope scope(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local)) continue;  // diagrams and vendors' own parts
    const std::string id = attribute(child, "id");
    if (local == "process") {
      read_process(child);
    } else if (local == "collaboration") {
      read_participants(child);
    } else if (local == "message") {
      read_item(child, EventKind::message);
    } else if (local == "signal") {
      read_item(child, EventKind::signal);
    } else if (local == "error") {
      read_item(child, EventKind::error);
    } else if (local == "escalation") {
      read_item(child, EventKind::escalation);
    } else if (find_event_name(local) != nullptr) {
      EventDefinition event;
      read_event(child, local, event);
      shared_events_[id] = event;
    } else if (local != "extensionElements" && local != "documentation") {
      note(Severity::note, id, child, std::string{local} + " is read past");
    }
  }
}

void ModelReader::read_participants(const pugi::xml_node& collaboration) {
  for (const pugi::xml_node& child : collaboration.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope scope(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local)) continue;
    if (local == "participant") {
      const std::string process = reference(attribute(child, "processRef"));
      if (!process.empty()) participants_[process] = attribute(child, "name");
    } else if (local != "extensionElements" && local != "documentation") {
      note(Severity::note, attribute(child, "id"), child, std::string{local} + " is read past");
    }
  }
}

void ModelReader::read_item(const pugi::xml_node& element, EventKind kind) {
  NamedItem item{kind, attribute(element, "id"), attribute(element, "name"), {}};
  if (kind == EventKind::error) item.code = attribute(element, "errorCode");
  if (kind == EventKind::escalation) item.code = attribute(element, "escalationCode");
  if (++elements_ > kElementsMax) {
    too_many_ = true;
    return;
  }
  model_.items.push_back(std::move(item));
}

void ModelReader::read_process(const pugi::xml_node& element) {
  ProcessModel process;
  process.id = attribute(element, "id");
  process.name = attribute(element, "name");
  process.line = source_.line_of(element);
  process.executable = flag(element, "isExecutable", false);
  read_extensions(element, process.extensions);
  read_content(element, process, {}, 1);
  model_.processes.push_back(std::move(process));
}

void ModelReader::read_content(const pugi::xml_node& element, ProcessModel& process,
                               const std::string& scope, int depth) {
  if (depth > kDepthMax) {
    too_deep_ = true;
    return;
  }
  for (const pugi::xml_node& child : element.children()) {
    if (too_deep_ || too_many_) return;
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local)) continue;
    if (read_flow_element(child, local, process, scope, depth)) continue;
    if (!scope.empty()) continue;  // read_node looks at the rest of a sub-process
    if (local == "documentation") {
      process.documentation = text_of(child);
    } else if (local != "extensionElements") {
      note(Severity::note, attribute(child, "id"), child, std::string{local} + " is read past");
    }
  }
}

bool ModelReader::read_flow_element(const pugi::xml_node& element, std::string_view local,
                                    ProcessModel& process, const std::string& scope, int depth) {
  if (local == "laneSet") {
    read_lanes(element, process, {}, depth + 1);
    return true;
  }
  const bool is_flow = local == "sequenceFlow";
  const NodeKind* kind = nullptr;
  for (const NodeKind& candidate : kNodeKinds) {
    if (to_string(candidate) == local) kind = &candidate;
  }
  if (!is_flow && kind == nullptr) return false;
  if (++elements_ > kElementsMax) {
    too_many_ = true;
  } else if (is_flow) {
    read_flow(element, process, scope);
  } else {
    read_node(element, *kind, process, scope, depth);
  }
  return true;
}

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
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (is_bpmn(child, local)) read_node_child(child, local, node);
  }
  // The sub-process stands before its content, and knows its id.
  const std::string id = node.id;
  process.nodes.push_back(std::move(node));
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
  node.default_flow = reference(attribute(element, "default"));
  node.attached_to = reference(attribute(element, "attachedToRef"));
  node.interrupting = flag(
      element, node.kind == NodeKind::boundary_event ? "cancelActivity" : "isInterrupting", true);
  node.triggered_by_event = flag(element, "triggeredByEvent", false);
  node.instantiate = flag(element, "instantiate", false);
  node.called_element = reference(attribute(element, "calledElement"));
  if (node.kind == NodeKind::receive_task || node.kind == NodeKind::send_task) {
    node.event.reference = reference(attribute(element, "messageRef"));
    if (!node.event.reference.empty()) node.event.kind = EventKind::message;
  }
  if (flag(element, "isForCompensation", false)) {
    note(Severity::warning, node.id, element, "compensation is not executed");
  }
}

void ModelReader::read_node_child(const pugi::xml_node& child, std::string_view local, Node& node) {
  if (local == "documentation") {
    node.documentation = text_of(child);
  } else if (local == "multiInstanceLoopCharacteristics" ||
             local == "standardLoopCharacteristics") {
    read_loop(child, node.loop);
  } else if (find_event_name(local) != nullptr || local == "eventDefinitionRef") {
    EventDefinition event;
    if (local == "eventDefinitionRef") {
      // Definitions may stand after the process; resolve_names() looks the reference up.
      event.kind = EventKind::multiple;
      event.reference = reference(text_of(child));
    } else {
      read_event(child, local, event);
    }
    if (node.event.kind != EventKind::none) {
      event = EventDefinition{};
      event.kind = EventKind::multiple;
    }
    node.event = event;
  } else if (local == "incoming" || local == "outgoing" || local == "extensionElements" ||
             local == "sequenceFlow" || local == "laneSet") {
    // Flows name their ends themselves; the rest is read elsewhere.
  } else {
    for (const NodeKind kind : kNodeKinds) {
      if (is_sub_process(node.kind) && to_string(kind) == local) return;
    }
    note(Severity::note, node.id, child, std::string{local} + " is read past");
  }
}

void ModelReader::read_event(const pugi::xml_node& element, std::string_view local,
                             EventDefinition& event) {
  const EventName* name = find_event_name(local);
  event.kind = name->kind;
  if (!name->reference.empty()) {
    event.reference = reference(attribute(element, std::string{name->reference}.c_str()));
  }
  if (event.kind == EventKind::link) event.name = attribute(element, "name");
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view part;
    if (!is_bpmn(child, part)) continue;
    if (part == "timeDate" || part == "timeDuration" || part == "timeCycle") {
      event.timer = part == "timeDate"       ? TimerKind::date
                    : part == "timeDuration" ? TimerKind::duration
                                             : TimerKind::cycle;
      event.text = text_of(child);
    } else if (part == "condition") {
      event.text = text_of(child);
    }
  }
}

void ModelReader::read_loop(const pugi::xml_node& element, Loop& loop) {
  std::string_view local;
  if (is_bpmn(element, local) && local == "standardLoopCharacteristics") {
    loop.kind = Loop::Kind::standard;
  } else {
    loop.kind =
        flag(element, "isSequential", false) ? Loop::Kind::sequential : Loop::Kind::parallel;
  }
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    if (!is_bpmn(child, local)) continue;
    if (local == "loopCardinality") loop.cardinality = text_of(child);
    if (local == "loopDataInputRef" && loop.cardinality.empty()) {
      loop.cardinality = reference(text_of(child));
    }
    if (local == "completionCondition" || local == "loopCondition") {
      loop.completion_condition = text_of(child);
    }
  }
}

void ModelReader::read_flow(const pugi::xml_node& element, ProcessModel& process,
                            const std::string& scope) {
  Flow flow;
  flow.id = attribute(element, "id");
  flow.name = attribute(element, "name");
  flow.source = reference(attribute(element, "sourceRef"));
  flow.target = reference(attribute(element, "targetRef"));
  flow.line = source_.line_of(element);
  flow.scope = scope;
  read_extensions(element, flow.extensions);
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local) || local != "conditionExpression") continue;
    std::string text = text_of(child);
    if (text.empty()) continue;
    flow.condition = std::move(text);
    flow.language = attribute(child, "language");
  }
  process.flows.push_back(std::move(flow));
}

void ModelReader::read_lanes(const pugi::xml_node& lane_set, ProcessModel& process,
                             const std::string& parent, int depth) {
  if (depth > kDepthMax) {
    too_deep_ = true;
    return;
  }
  for (const pugi::xml_node& element : lane_set.children()) {
    if (element.type() != pugi::node_element) continue;
    const XmlScope scope(source_, element);
    std::string_view local;
    if (!is_bpmn(element, local) || local != "lane") continue;
    if (++elements_ > kElementsMax) {
      too_many_ = true;
      return;
    }
    Lane lane{attribute(element, "id"), attribute(element, "name"), parent, {}, {}};
    read_extensions(element, lane.extensions);
    const std::size_t place = process.lanes.size();
    const std::string id = lane.id;
    process.lanes.push_back(std::move(lane));
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() != pugi::node_element) continue;
      const XmlScope names(source_, child);
      if (!is_bpmn(child, local)) continue;
      if (local == "flowNodeRef") process.lanes[place].nodes.push_back(reference(text_of(child)));
      if (local == "childLaneSet") read_lanes(child, process, id, depth + 1);
    }
  }
}

void ModelReader::read_extensions(const pugi::xml_node& element, Extensions& extensions) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const XmlName name = source_.name_of(attribute);
    if (name.uri.empty() || name.uri == kBpmnNamespace ||
        name.uri.starts_with("http://www.w3.org/")) {
      continue;
    }
    extensions.push_back({std::string{name.uri}, std::string{name.local}, attribute.value()});
  }
  const auto read_property = [&](const pugi::xml_node& property) {
    const XmlName name = source_.name_of(property);
    if (name.local != "property" || !property.attribute("name")) return;
    extensions.push_back({std::string{name.uri}, property.attribute("name").value(),
                          property.attribute("value").value()});
  };
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const XmlScope names(source_, child);
    std::string_view local;
    if (!is_bpmn(child, local) || local != "extensionElements") continue;
    for (const pugi::xml_node& extension : child.children()) {
      if (extension.type() != pugi::node_element) continue;
      const XmlScope inner(source_, extension);
      read_property(extension);
      if (source_.name_of(extension).local != "properties") continue;
      for (const pugi::xml_node& property : extension.children()) {
        if (property.type() != pugi::node_element) continue;
        const XmlScope innermost(source_, property);
        read_property(property);
      }
    }
  }
}

void ModelReader::resolve_names() {
  for (std::size_t i = 0; i < model_.items.size(); ++i) items_[model_.items[i].id].push_back(i);
  for (ProcessModel& process : model_.processes) {
    if (const auto pool = participants_.find(process.id); pool != participants_.end()) {
      process.participant = pool->second;
    }
    for (Node& node : process.nodes) {
      if (node.event.kind == EventKind::multiple && !node.event.reference.empty()) {
        const auto shared = shared_events_.find(node.event.reference);
        if (shared != shared_events_.end()) node.event = shared->second;
      }
      resolve(node.event, node);
    }
  }
}

void ModelReader::resolve(EventDefinition& event, const Node& node) {
  if (event.reference.empty()) return;
  for (const std::size_t place : items_[event.reference]) {
    const NamedItem& item = model_.items[place];
    if (item.kind != event.kind) continue;
    event.name = !item.code.empty() ? item.code : !item.name.empty() ? item.name : item.id;
    return;
  }
  event.name = event.reference;
  if (model_.findings.size() < kFindingsMax) {
    model_.findings.push_back({Severity::warning, node.id, node.line,
                               "refers to " + std::string{to_string(event.kind)} + " " +
                                   event.reference + ", which is not defined"});
  }
}

base::Result<Model, ReadError> read_model(std::string_view xml) {
  XmlSource source;
  if (std::optional<ReadError> error = source.load(xml)) return base::Failure{std::move(*error)};
  return ModelReader(source).read();
}

}  // namespace bpmn
