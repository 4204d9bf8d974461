#include "bpmn/model_reader.h"

#include <algorithm>
#include <utility>

#include "bpmn/element_name.h"
#include "bpmn/model_references.h"
#include "bpmn/model_source.h"
#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

constexpr int kDepthMax = 64;
constexpr std::size_t kFindingsMax = 1'000;

bool catches_compensation(const Node& node) {
  return node.event.kind == EventKind::compensation ||
         std::ranges::find(node.events, EventKind::compensation, &EventDefinition::kind) !=
             node.events.end();
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
  if (std::string foreign = foreign_root(source_.name_of(root)); !foreign.empty()) {
    return base::Failure{
        ReadError{source_.line_of(root), std::move(foreign), ReadFailure::not_bpmn}};
  }
  if (const std::optional<int> line = source_.undeclared_prefix()) {
    model_.findings.push_back(
        {Severity::warning, {}, *line, "a name has a prefix that nobody declares"});
  }
  origins_.root = root;
  read_definitions(root);
  if (too_deep_) {
    return base::Failure{ReadError{1, "nested deeper than 64 levels", ReadFailure::too_large}};
  }
  if (too_many_) {
    return base::Failure{
        ReadError{1, "more than " + std::to_string(limits_.flow_elements) + " flow elements",
                  ReadFailure::too_large}};
  }
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
    } else if (local == "collaboration" || local == "choreography" ||
               local == "globalConversation") {
      read_participants(child);
    } else if (local == "message") {
      read_item(child, EventKind::message);
    } else if (local == "signal") {
      read_item(child, EventKind::signal);
    } else if (local == "error") {
      read_item(child, EventKind::error);
    } else if (local == "escalation") {
      read_item(child, EventKind::escalation);
    } else if (local == "resource") {
      resources_[id] = attribute(child, "name");
    } else if (find_event_element(local) != nullptr) {
      shared_events_[id] = read_event(child, local);
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
      if (!process.empty()) participants_[process] = child;
    }
  }
}

void ModelReader::read_item(const pugi::xml_node& element, EventKind kind) {
  NamedItem item{kind, attribute(element, "id"), attribute(element, "name"), {}};
  if (kind == EventKind::error) item.code = attribute(element, "errorCode");
  if (kind == EventKind::escalation) item.code = attribute(element, "escalationCode");
  if (++elements_ > limits_.flow_elements) {
    too_many_ = true;
    return;
  }
  model_.items.push_back(std::move(item));
  origins_.items.push_back(element);
}

void ModelReader::read_process(const pugi::xml_node& element) {
  ProcessModel process;
  process.id = attribute(element, "id");
  process.name = attribute(element, "name");
  process.line = source_.line_of(element);
  origins_.processes.emplace_back().element = element;
  process.executable = flag(element, "isExecutable", false);
  read_extensions(element, process.extensions);
  read_content(element, process, {}, 1);
  association_ends_.push_back(associations_.size());
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
    if (local == "association") read_association(child);
    if (!scope.empty()) continue;  // read_node looks at the rest of a sub-process
    if (local == "documentation") {
      process.documentation = text_of(child);
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
  const std::optional<NodeKind> kind = node_kind_of(local);
  if (!is_flow && !kind) return false;
  if (++elements_ > limits_.flow_elements) {
    too_many_ = true;
  } else if (is_flow) {
    read_flow(element, process, scope);
  } else {
    read_node(element, *kind, process, scope, depth);
  }
  return true;
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
  origins_.processes.back().flows.push_back(element);
}

// Only those that compensation events need: which activity undoes which.
void ModelReader::read_association(const pugi::xml_node& element) {
  std::string source = reference(attribute(element, "sourceRef"));
  std::string target = reference(attribute(element, "targetRef"));
  if (source.empty() || target.empty() || ++elements_ > limits_.flow_elements) return;
  associations_.emplace_back(std::move(source), std::move(target));
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
    if (++elements_ > limits_.flow_elements) {
      too_many_ = true;
      return;
    }
    Lane lane{attribute(element, "id"), attribute(element, "name"), parent, {}, {}};
    read_extensions(element, lane.extensions);
    const std::size_t place = process.lanes.size();
    const std::string id = lane.id;
    process.lanes.push_back(std::move(lane));
    origins_.processes.back().lanes.push_back(element);
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() != pugi::node_element) continue;
      const XmlScope names(source_, child);
      if (!is_bpmn(child, local)) continue;
      if (local == "flowNodeRef") process.lanes[place].nodes.push_back(reference(text_of(child)));
      if (local == "childLaneSet") read_lanes(child, process, id, depth + 1);
    }
  }
}

void ModelReader::read_extensions(const pugi::xml_node& element, Extensions& extensions,
                                  std::vector<ExtensionOrigin>* origins) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const XmlName name = source_.name_of(attribute);
    if (name.uri.empty() || name.uri == kBpmnNamespace ||
        name.uri.starts_with("http://www.w3.org/")) {
      continue;
    }
    extensions.push_back({std::string{name.uri}, std::string{name.local}, attribute.value()});
    if (origins != nullptr) origins->push_back({attribute, {}});
  }
  const auto read_property = [&](const pugi::xml_node& property) {
    const XmlName name = source_.name_of(property);
    if (name.local != "property" || !property.attribute("name")) return;
    extensions.push_back({std::string{name.uri}, property.attribute("name").value(),
                          property.attribute("value").value()});
    if (origins != nullptr) origins->push_back({{}, property});
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
  for (std::size_t i = 0; i < model_.processes.size(); ++i) {
    ProcessModel& process = model_.processes[i];
    if (const auto pool = participants_.find(process.id); pool != participants_.end()) {
      process.participant = attribute(pool->second, "name");
      origins_.processes[i].participant = pool->second;
    }
    for (Node& node : process.nodes) resolve_node(node);
    const std::size_t first = i == 0 ? 0 : association_ends_[i - 1];
    resolve_compensations(process,
                          std::span{associations_}.subspan(first, association_ends_[i] - first));
  }
}

void ModelReader::resolve_node(Node& node) {
  const auto take_shared = [this](EventDefinition& event) {
    if (event.kind != EventKind::multiple) return;
    const auto shared = shared_events_.find(event.reference);
    if (shared != shared_events_.end()) event = shared->second;
  };
  // Definitions and resources may stand after the process.
  if (node.events.empty()) {
    take_shared(node.event);
    resolve(node.event);
  }
  for (EventDefinition& event : node.events) {
    take_shared(event);
    resolve(event);
  }
  for (std::string& performer : node.performers) {
    const auto found = resources_.find(performer);
    if (found != resources_.end() && !found->second.empty()) performer = found->second;
  }
}

// Source: OMG BPMN 2.0.2, 10.7.2: an association leads from the boundary event to the activity.
void ModelReader::resolve_compensations(ProcessModel& process,
                                        std::span<const Association> associations) {
  std::unordered_map<std::string_view, Node*> events;
  std::unordered_map<std::string_view, const Node*> activities;
  for (Node& node : process.nodes) {
    if (is_activity(node.kind)) activities.emplace(node.id, &node);
    if (node.kind == NodeKind::boundary_event && catches_compensation(node)) {
      events.emplace(node.id, &node);
    }
  }
  const auto connect = [&](const std::string& event, const std::string& activity) {
    const auto from = events.find(event);
    if (from == events.end() || !activities.contains(activity)) return;
    if (from->second->compensated_by.empty()) from->second->compensated_by = activity;
  };
  for (const auto& [source, target] : associations) {
    connect(source, target);
    connect(target, source);
  }
}

void ModelReader::resolve(EventDefinition& event) {
  if (event.reference.empty()) return;
  for (const std::size_t place : items_[event.reference]) {
    const NamedItem& item = model_.items[place];
    if (item.kind != event.kind) continue;
    event.name = !item.code.empty() ? item.code : !item.name.empty() ? item.name : item.id;
    return;
  }
  event.name = event.reference;  // check_references() tells that it leads nowhere
}

base::Result<Model, ReadError> read_model(std::string_view xml, const ReadLimits& limits) {
  XmlSource source;
  if (std::optional<ReadError> error = source.load(xml, limits.bytes)) {
    return base::Failure{std::move(*error)};
  }
  Model model = TRY(ModelReader(source, limits).read());
  for (Finding& finding : check_references(source)) model.findings.push_back(std::move(finding));
  model.source = std::make_shared<const ModelSource>(ModelSource{source.text(), limits});
  return model;
}

}  // namespace bpmn
