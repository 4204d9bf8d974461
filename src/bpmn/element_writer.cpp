#include "bpmn/element_writer.h"

#include <algorithm>
#include <set>

#include "bpmn/element_name.h"
#include "bpmn/xml_source.h"

namespace bpmn {
namespace {

constexpr int kDepthMax = 64;

void set(pugi::xml_node element, const std::string& name, const std::string& value) {
  if (!value.empty()) element.append_attribute(name.c_str()) = value.c_str();
}

void set_true(pugi::xml_node element, const char* name, bool value) {
  if (value) element.append_attribute(name) = true;
}

void set_text(pugi::xml_node element, std::string_view text) {
  element.append_child(pugi::node_pcdata).set_value(std::string{text}.c_str());
}

}  // namespace

bool names_performer(std::string_view attribute) {
  return attribute == "assignee" || attribute == "candidateUsers" || attribute == "candidateGroups";
}

std::vector<std::string> own_performers(const Node& node) {
  std::vector<std::string> own = node.performers;
  for (const Extension& extension : node.extensions) {
    if (!names_performer(extension.name)) continue;
    std::erase_if(own, [&](const std::string& performer) {
      return extension.value.find(performer) != std::string::npos;
    });
  }
  return own;
}

bool is_xml_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !letter(text.front())) return false;
  return std::ranges::all_of(
      text, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

pugi::xml_node ElementWriter::append(pugi::xml_node parent, const std::string& name) {
  pugi::xml_node made = parent.append_child(name.c_str());
  if (!top_) top_ = made;
  return made;
}

pugi::xml_node ElementWriter::element(pugi::xml_node parent, std::string_view name,
                                      std::string_view text) {
  pugi::xml_node made = append(parent, naming_.bpmn + std::string{name});
  if (!text.empty()) set_text(made, text);
  return made;
}

std::string ElementWriter::prefix_of(const std::string& uri) {
  if (uri.empty()) return {};
  for (const auto& [prefix, known] : naming_.prefixes) {
    if (known == uri) return prefix;
  }
  std::string prefix = uri == kExtensionNamespace ? "motcua"
                       : uri == kXsiNamespace     ? "xsi"
                                                  : "ext1";
  for (int i = 2; naming_.prefixes.contains(prefix); ++i) prefix = "ext" + std::to_string(i);
  naming_.prefixes[prefix] = uri;
  top_.append_attribute(("xmlns:" + prefix).c_str()) = uri.c_str();
  return prefix;
}

pugi::xml_node ElementWriter::definitions(pugi::xml_node parent) {
  pugi::xml_node root = element(parent, "definitions");
  root.append_attribute("xmlns") = std::string{kBpmnNamespace}.c_str();
  set(root, "id", model_.id);
  set(root, "name", model_.name);
  root.append_attribute("targetNamespace") = model_.target_namespace.c_str();
  set(root, "expressionLanguage", model_.expression_language);
  for (const NamedItem& one : model_.items) item(root, one);
  pugi::xml_node collaboration;
  for (const ProcessModel& one : model_.processes) {
    if (one.participant.empty()) continue;
    if (!collaboration) collaboration = element(root, "collaboration");
    participant(collaboration, one);
  }
  for (const ProcessModel& one : model_.processes) process(root, one);
  return root;
}

pugi::xml_node ElementWriter::item(pugi::xml_node parent, const NamedItem& item) {
  pugi::xml_node made = element(parent, to_string(item.kind));
  set(made, "id", item.id);
  set(made, "name", item.name);
  set(made, item.kind == EventKind::error ? "errorCode" : "escalationCode", item.code);
  return made;
}

pugi::xml_node ElementWriter::participant(pugi::xml_node parent, const ProcessModel& process) {
  pugi::xml_node made = element(parent, "participant");
  set(made, "name", process.participant);
  set(made, "processRef", process.id);
  return made;
}

pugi::xml_node ElementWriter::process(pugi::xml_node parent, const ProcessModel& process) {
  pugi::xml_node made = element(parent, "process");
  set(made, "id", process.id);
  set(made, "name", process.name);
  made.append_attribute("isExecutable") = process.executable;
  if (!process.documentation.empty()) element(made, "documentation", process.documentation);
  extensions(made, process.extensions);
  lanes(made, process, {}, "laneSet", 0);
  scope(made, process, {}, 0);
  return made;
}

void ElementWriter::lanes(pugi::xml_node parent, const ProcessModel& process,
                          const std::string& lane, const char* set_name, int depth) {
  pugi::xml_node lane_set;
  for (const Lane& one : process.lanes) {
    if (one.parent != lane || written_.contains(&one)) continue;
    if (!lane_set) lane_set = element(parent, set_name);
    lane_at(lane_set, process, one, depth);
  }
}

pugi::xml_node ElementWriter::lane(pugi::xml_node parent, const ProcessModel& process,
                                   const Lane& lane) {
  return lane_at(parent, process, lane, 0);
}

pugi::xml_node ElementWriter::lane_at(pugi::xml_node parent, const ProcessModel& process,
                                      const Lane& lane, int depth) {
  written_.insert(&lane);
  pugi::xml_node made = element(parent, "lane");
  set(made, "id", lane.id);
  set(made, "name", lane.name);
  extensions(made, lane.extensions);
  for (const std::string& node : lane.nodes) element(made, "flowNodeRef", node);
  if (!lane.id.empty() && depth < kDepthMax) {
    lanes(made, process, lane.id, "childLaneSet", depth + 1);
  }
  return made;
}

void ElementWriter::scope(pugi::xml_node parent, const ProcessModel& process,
                          const std::string& scope, int depth) {
  for (const Node& one : process.nodes) {
    if (one.scope == scope && !written_.contains(&one)) node_at(parent, process, one, depth);
  }
  for (const Flow& one : process.flows) {
    if (one.scope == scope && written_.insert(&one).second) flow(parent, one);
  }
  for (const Node& one : process.nodes) {
    if (one.scope == scope && !one.compensated_by.empty()) association(parent, one);
  }
}

pugi::xml_node ElementWriter::node(pugi::xml_node parent, const ProcessModel& process,
                                   const Node& node) {
  return node_at(parent, process, node, 0);
}

pugi::xml_node ElementWriter::node_at(pugi::xml_node parent, const ProcessModel& process,
                                      const Node& node, int depth) {
  written_.insert(&node);
  pugi::xml_node made = element(parent, to_string(node.kind));
  node_attributes(made, node);
  if (!node.documentation.empty()) element(made, "documentation", node.documentation);
  extensions(made, node.extensions);
  flow_references(made, process, node);
  if (is_activity(node.kind)) {
    for (const std::string& one : own_performers(node)) performer(made, one);
    loop(made, node.loop);
  }
  if (node.kind <= NodeKind::boundary_event) {
    if (node.events.empty()) event(made, node.event);
    for (const EventDefinition& one : node.events) event(made, one);
  }
  if (!node.activation_condition.empty()) {
    element(made, "activationCondition", node.activation_condition);
  }
  if (is_sub_process(node.kind) && !node.id.empty() && depth < kDepthMax) {
    scope(made, process, node.id, depth + 1);
  }
  return made;
}

void ElementWriter::node_attributes(pugi::xml_node element, const Node& node) {
  set(element, "id", node.id);
  set(element, "name", node.name);
  set(element, "default", node.default_flow);
  set(element, "attachedToRef", node.attached_to);
  set(element, "calledElement", node.called_element);
  if (!node.interrupting) {
    element.append_attribute(node.kind == NodeKind::boundary_event ? "cancelActivity"
                                                                   : "isInterrupting") = false;
  }
  set_true(element, "triggeredByEvent", node.triggered_by_event);
  set_true(element, "instantiate", node.instantiate);
  set_true(element, "isForCompensation", node.for_compensation);
  set_true(element, "parallelMultiple", node.parallel_multiple);
  if (is_task(node.kind)) set(element, "messageRef", node.event.reference);
}

void ElementWriter::flow_references(pugi::xml_node made, const ProcessModel& process,
                                    const Node& node) {
  if (indexed_ != &process) {
    indexed_ = &process;
    flows_into_.clear();
    flows_out_of_.clear();
    for (const Flow& flow : process.flows) {
      if (flow.id.empty()) continue;
      flows_into_[flow.target].push_back(&flow);
      flows_out_of_[flow.source].push_back(&flow);
    }
  }
  const auto refer = [&](const FlowsOfNode& index, const char* name) {
    const auto flows = index.find(node.id);
    if (flows == index.end()) return;
    for (const Flow* flow : flows->second) {
      if (flow->scope == node.scope) element(made, name, flow->id);
    }
  };
  refer(flows_into_, "incoming");
  refer(flows_out_of_, "outgoing");
}

pugi::xml_node ElementWriter::event(pugi::xml_node parent, const EventDefinition& event) {
  if (event.kind == EventKind::none) return {};
  if (event.kind == EventKind::multiple) {
    return element(parent, "eventDefinitionRef", event.reference);
  }
  const EventElement* name = find_event_element(event.kind);
  pugi::xml_node made = element(parent, name->element);
  if (event.kind == EventKind::link) set(made, "name", event.name);
  if (event.kind == EventKind::compensation) {
    set(made, "activityRef", event.activity);
    if (!event.wait_for_completion) made.append_attribute("waitForCompletion") = false;
  }
  if (!name->reference.empty()) set(made, std::string{name->reference}, event.reference);
  if (event.kind == EventKind::conditional) element(made, "condition", event.text);
  if (event.kind == EventKind::timer && event.timer != TimerKind::none) {
    element(made,
            event.timer == TimerKind::date       ? "timeDate"
            : event.timer == TimerKind::duration ? "timeDuration"
                                                 : "timeCycle",
            event.text);
  }
  return made;
}

pugi::xml_node ElementWriter::loop(pugi::xml_node parent, const Loop& loop) {
  if (loop.kind == Loop::Kind::none) return {};
  if (loop.kind == Loop::Kind::standard) {
    pugi::xml_node made = element(parent, "standardLoopCharacteristics");
    set_true(made, "testBefore", loop.test_before);
    set(made, "loopMaximum", loop.maximum);
    if (!loop.completion_condition.empty()) {
      element(made, "loopCondition", loop.completion_condition);
    }
    return made;
  }
  pugi::xml_node made = element(parent, "multiInstanceLoopCharacteristics");
  set_true(made, "isSequential", loop.kind == Loop::Kind::sequential);
  if (!loop.cardinality.empty()) element(made, "loopCardinality", loop.cardinality);
  if (!loop.item.empty()) set(element(made, "inputDataItem"), "name", loop.item);
  if (!loop.completion_condition.empty()) {
    element(made, "completionCondition", loop.completion_condition);
  }
  return made;
}

pugi::xml_node ElementWriter::performer(pugi::xml_node parent, const std::string& performer) {
  pugi::xml_node made = element(parent, "potentialOwner");
  element(element(made, "resourceAssignmentExpression"), "formalExpression", performer);
  return made;
}

pugi::xml_node ElementWriter::flow(pugi::xml_node parent, const Flow& flow) {
  pugi::xml_node made = element(parent, "sequenceFlow");
  set(made, "id", flow.id);
  set(made, "name", flow.name);
  set(made, "sourceRef", flow.source);
  set(made, "targetRef", flow.target);
  extensions(made, flow.extensions);
  if (flow.condition && !flow.condition->empty()) condition(made, flow);
  return made;
}

pugi::xml_node ElementWriter::condition(pugi::xml_node parent, const Flow& flow) {
  pugi::xml_node made = element(parent, "conditionExpression");
  const std::string type = prefix_of(std::string{kXsiNamespace}) + ":type";
  made.append_attribute(type.c_str()) = (naming_.bpmn + "tFormalExpression").c_str();
  set(made, "language", flow.language);
  set_text(made, *flow.condition);
  return made;
}

pugi::xml_node ElementWriter::association(pugi::xml_node parent, const Node& node) {
  pugi::xml_node made = element(parent, "association");
  set(made, "id", "compensation_" + node.id);
  set(made, "associationDirection", "One");
  set(made, "sourceRef", node.id);
  set(made, "targetRef", node.compensated_by);
  return made;
}

pugi::xml_node ElementWriter::property(pugi::xml_node parent, const Extension& extension) {
  // The property may be the top element, which declares its own prefix.
  const bool is_top = !top_;
  if (is_top) top_ = parent.append_child("property");
  const std::string prefix = prefix_of(extension.uri);
  const std::string name = prefix.empty() ? "property" : prefix + ":property";
  pugi::xml_node made = is_top ? top_ : parent.append_child(name.c_str());
  made.set_name(name.c_str());
  if (prefix.empty()) made.append_attribute("xmlns") = "";
  made.append_attribute("name") = extension.name.c_str();
  made.append_attribute("value") = extension.value.c_str();
  return made;
}

// Attributes where XML allows it, property elements for the rest.
void ElementWriter::extensions(pugi::xml_node parent, const Extensions& extensions) {
  std::set<std::pair<std::string_view, std::string_view>> written;
  pugi::xml_node elements;
  for (const Extension& extension : extensions) {
    const bool first = written.emplace(extension.uri, extension.name).second;
    if (first && !extension.uri.empty() && is_xml_name(extension.name)) {
      const std::string name = prefix_of(extension.uri) + ":" + extension.name;
      parent.append_attribute(name.c_str()) = extension.value.c_str();
      continue;
    }
    if (!elements) elements = element(parent, "extensionElements");
    property(elements, extension);
  }
}

}  // namespace bpmn
