#include <array>
#include <map>
#include <set>
#include <sstream>

#include <pugixml.hpp>

#include "bpmn/element_name.h"
#include "bpmn/model_xml.h"

namespace bpmn {
namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !letter(text.front())) return false;
  for (const char c : text) {
    if (!letter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '.') return false;
  }
  return true;
}

void set(pugi::xml_node element, const char* name, const std::string& value) {
  if (!value.empty()) element.append_attribute(name) = value.c_str();
}

void add_text(pugi::xml_node element, const char* name, const std::string& text) {
  if (!text.empty())
    element.append_child(name).append_child(pugi::node_pcdata).set_value(text.c_str());
}

// Those that no attribute of another product names already.
std::vector<std::string> own_performers(const Node& node) {
  std::vector<std::string> own = node.performers;
  for (const Extension& extension : node.extensions) {
    if (extension.name != "assignee" && extension.name != "candidateUsers" &&
        extension.name != "candidateGroups") {
      continue;
    }
    std::erase_if(own, [&](const std::string& performer) {
      return extension.value.find(performer) != std::string::npos;
    });
  }
  return own;
}

class Writer {
 public:
  explicit Writer(const Model& model) : model_(model) {}

  std::string write() {
    root_ = document_.append_child("definitions");
    root_.append_attribute("xmlns") = std::string{kBpmnNamespace}.c_str();
    root_.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
    set(root_, "id", model_.id);
    set(root_, "name", model_.name);
    set(root_, "targetNamespace", model_.target_namespace);
    set(root_, "expressionLanguage", model_.expression_language);
    for (const NamedItem& item : model_.items) write_item(item);
    write_participants();
    for (const ProcessModel& process : model_.processes) write_process(process);
    std::ostringstream out;
    document_.save(out, "  ");
    return out.str();
  }

 private:
  void write_item(const NamedItem& item) {
    const char* name = item.kind == EventKind::message  ? "message"
                       : item.kind == EventKind::signal ? "signal"
                       : item.kind == EventKind::error  ? "error"
                                                        : "escalation";
    pugi::xml_node element = root_.append_child(name);
    set(element, "id", item.id);
    set(element, "name", item.name);
    set(element, item.kind == EventKind::error ? "errorCode" : "escalationCode", item.code);
  }

  void write_participants() {
    pugi::xml_node collaboration;
    for (const ProcessModel& process : model_.processes) {
      if (process.participant.empty()) continue;
      if (!collaboration) collaboration = root_.append_child("collaboration");
      pugi::xml_node element = collaboration.append_child("participant");
      set(element, "name", process.participant);
      set(element, "processRef", process.id);
    }
  }

  void write_process(const ProcessModel& process) {
    pugi::xml_node element = root_.append_child("process");
    set(element, "id", process.id);
    set(element, "name", process.name);
    element.append_attribute("isExecutable") = process.executable;
    add_text(element, "documentation", process.documentation);
    write_extensions(element, process.extensions);
    write_lanes(element, process, {}, "laneSet", 0);
    write_scope(element, process, {}, 0);
  }

  void write_lanes(pugi::xml_node& element, const ProcessModel& process, const std::string& parent,
                   const char* set_name, int depth) {
    pugi::xml_node lane_set;
    for (const Lane& lane : process.lanes) {
      if (lane.parent != parent) continue;
      if (!lane_set) lane_set = element.append_child(set_name);
      pugi::xml_node child = lane_set.append_child("lane");
      set(child, "id", lane.id);
      set(child, "name", lane.name);
      write_extensions(child, lane.extensions);
      for (const std::string& node : lane.nodes) add_text(child, "flowNodeRef", node);
      if (!lane.id.empty() && depth < 64) {
        write_lanes(child, process, lane.id, "childLaneSet", depth + 1);
      }
    }
  }

  void write_scope(pugi::xml_node& element, const ProcessModel& process, const std::string& scope,
                   int depth) {
    if (depth > 64) return;
    for (const Node& node : process.nodes) {
      if (node.scope == scope) write_node(element, process, node, depth);
    }
    for (const Flow& flow : process.flows) {
      if (flow.scope == scope) write_flow(element, flow);
    }
    for (const Node& node : process.nodes) {
      if (node.scope != scope || node.compensated_by.empty()) continue;
      pugi::xml_node association = element.append_child("association");
      set(association, "id", "compensation_" + node.id);
      set(association, "associationDirection", "One");
      set(association, "sourceRef", node.id);
      set(association, "targetRef", node.compensated_by);
    }
  }

  void write_node(pugi::xml_node& parent, const ProcessModel& process, const Node& node,
                  int depth) {
    pugi::xml_node element = parent.append_child(std::string{to_string(node.kind)}.c_str());
    set(element, "id", node.id);
    set(element, "name", node.name);
    set(element, "default", node.default_flow);
    set(element, "attachedToRef", node.attached_to);
    set(element, "calledElement", node.called_element);
    if (!node.interrupting) {
      element.append_attribute(node.kind == NodeKind::boundary_event ? "cancelActivity"
                                                                     : "isInterrupting") = false;
    }
    if (node.triggered_by_event) element.append_attribute("triggeredByEvent") = true;
    if (node.instantiate) element.append_attribute("instantiate") = true;
    if (node.for_compensation) element.append_attribute("isForCompensation") = true;
    if (node.parallel_multiple) element.append_attribute("parallelMultiple") = true;
    add_text(element, "documentation", node.documentation);
    write_extensions(element, node.extensions);
    if (is_task(node.kind)) set(element, "messageRef", node.event.reference);
    for (const std::string& performer : own_performers(node)) {
      pugi::xml_node owner = element.append_child("potentialOwner");
      add_text(owner.append_child("resourceAssignmentExpression"), "formalExpression", performer);
    }
    write_loop(element, node.loop);
    if (!is_task(node.kind)) {
      if (node.events.empty()) write_event(element, node.event);
      for (const EventDefinition& event : node.events) write_event(element, event);
    }
    add_text(element, "activationCondition", node.activation_condition);
    if (is_sub_process(node.kind) && !node.id.empty()) {
      write_scope(element, process, node.id, depth + 1);
    }
  }

  static void write_event(pugi::xml_node& parent, const EventDefinition& event) {
    if (event.kind == EventKind::multiple) {
      add_text(parent, "eventDefinitionRef", event.reference);
      return;
    }
    const EventElement* name = find_event_element(event.kind);
    if (name == nullptr) return;
    pugi::xml_node element = parent.append_child(std::string{name->element}.c_str());
    if (event.kind == EventKind::link) set(element, "name", event.name);
    if (event.kind == EventKind::compensation) {
      set(element, "activityRef", event.activity);
      if (!event.wait_for_completion) element.append_attribute("waitForCompletion") = false;
    }
    if (!name->reference.empty()) {
      set(element, std::string{name->reference}.c_str(), event.reference);
    }
    if (event.kind == EventKind::conditional) add_text(element, "condition", event.text);
    if (event.timer != TimerKind::none) {
      const char* timer = event.timer == TimerKind::date       ? "timeDate"
                          : event.timer == TimerKind::duration ? "timeDuration"
                                                               : "timeCycle";
      element.append_child(timer).append_child(pugi::node_pcdata).set_value(event.text.c_str());
    }
  }

  static void write_loop(pugi::xml_node& parent, const Loop& loop) {
    if (loop.kind == Loop::Kind::none) return;
    if (loop.kind == Loop::Kind::standard) {
      pugi::xml_node element = parent.append_child("standardLoopCharacteristics");
      if (loop.test_before) element.append_attribute("testBefore") = true;
      set(element, "loopMaximum", loop.maximum);
      add_text(element, "loopCondition", loop.completion_condition);
      return;
    }
    pugi::xml_node element = parent.append_child("multiInstanceLoopCharacteristics");
    if (loop.kind == Loop::Kind::sequential) element.append_attribute("isSequential") = true;
    add_text(element, "loopCardinality", loop.cardinality);
    if (!loop.item.empty()) set(element.append_child("inputDataItem"), "name", loop.item);
    add_text(element, "completionCondition", loop.completion_condition);
  }

  void write_flow(pugi::xml_node& parent, const Flow& flow) {
    pugi::xml_node element = parent.append_child("sequenceFlow");
    set(element, "id", flow.id);
    set(element, "name", flow.name);
    set(element, "sourceRef", flow.source);
    set(element, "targetRef", flow.target);
    write_extensions(element, flow.extensions);
    if (!flow.condition) return;
    pugi::xml_node condition = element.append_child("conditionExpression");
    condition.append_attribute("xsi:type") = "tFormalExpression";
    set(condition, "language", flow.language);
    condition.append_child(pugi::node_pcdata).set_value(flow.condition->c_str());
  }

  // Attributes where XML allows it, property elements for the rest.
  void write_extensions(pugi::xml_node& element, const Extensions& extensions) {
    std::set<std::pair<std::string_view, std::string_view>> written;
    pugi::xml_node elements;
    for (const Extension& extension : extensions) {
      const bool first = written.emplace(extension.uri, extension.name).second;
      const std::string prefix = prefix_of(extension.uri);
      if (first && !prefix.empty() && is_name(extension.name)) {
        element.append_attribute((prefix + ":" + extension.name).c_str()) = extension.value.c_str();
        continue;
      }
      if (!elements) elements = element.append_child("extensionElements");
      pugi::xml_node property =
          elements.append_child(prefix.empty() ? "property" : (prefix + ":property").c_str());
      if (prefix.empty()) property.append_attribute("xmlns") = "";
      property.append_attribute("name") = extension.name.c_str();
      property.append_attribute("value") = extension.value.c_str();
    }
  }

  std::string prefix_of(const std::string& uri) {
    if (uri.empty()) return {};
    const auto [place, is_new] = prefixes_.try_emplace(uri);
    if (is_new) {
      place->second =
          uri == kExtensionNamespace ? "motcua" : "ext" + std::to_string(prefixes_.size());
      root_.append_attribute(("xmlns:" + place->second).c_str()) = uri.c_str();
    }
    return place->second;
  }

  const Model& model_;
  pugi::xml_document document_;
  pugi::xml_node root_;
  std::map<std::string, std::string> prefixes_;
};

}  // namespace

std::string write_model(const Model& model) {
  return Writer(model).write();
}

}  // namespace bpmn
