// node_patch.cpp - the part of the patch that concerns one flow node, flow or list of extensions.
#include <algorithm>
#include <utility>

#include "bpmn/element_name.h"
#include "bpmn/model_patch.h"
#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

std::vector<EventDefinition> definitions_of(const Node& node) {
  if (!node.events.empty()) return node.events;
  if (node.event.kind == EventKind::none) return {};
  return {node.event};
}

// The name of a message, signal ... is that of what is referred to.
bool is_same(const EventDefinition& a, const EventDefinition& b) {
  EventDefinition c = b;
  if (a.kind != EventKind::link) c.name = a.name;
  return a == c;
}

bool carries_message(NodeKind kind) {
  return kind == NodeKind::receive_task || kind == NodeKind::send_task;
}

// The namespaces of an element and of everything around it, in force.
class AroundScope {
 public:
  AroundScope(XmlSource& source, const pugi::xml_node& element) : source_(source) {
    for (pugi::xml_node at = element; at; at = at.parent()) path_.push_back(at);
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) source_.enter(*at);
  }
  ~AroundScope() {
    for (const pugi::xml_node& at : path_) source_.leave(at);
  }
  AroundScope(const AroundScope&) = delete;
  AroundScope& operator=(const AroundScope&) = delete;

 private:
  XmlSource& source_;
  std::vector<pugi::xml_node> path_;
};

}  // namespace

void ModelPatch::patch_node(const pugi::xml_node& element, const Node& before, const Node& now) {
  if (before.kind != now.kind) {
    const std::string_view prefix = split_name(element.name()).first;
    edits_.rename(element, (prefix.empty() ? "" : std::string{prefix} + ":") +
                               std::string{to_string(now.kind)});
  }
  patch_node_attributes(element, before, now);
  change_child(element, "documentation", before.documentation, now.documentation);
  patch_extensions(element, before.extensions, now.extensions);
  if (now.kind <= NodeKind::boundary_event) patch_events(element, before, now);
  if (is_activity(now.kind)) {
    patch_loop(element, before.loop, now.loop);
    patch_performers(element, before, now);
  }
  change_child(element, "activationCondition", before.activation_condition,
               now.kind == NodeKind::complex_gateway ? now.activation_condition : std::string{});
  patch_compensation(element, before, now);
}

void ModelPatch::patch_node_attributes(const pugi::xml_node& element, const Node& before,
                                       const Node& now) {
  change(element, "name", before.name, now.name);
  change(element, "default", before.default_flow, now.default_flow);
  change(element, "attachedToRef", before.attached_to, now.attached_to);
  change(element, "calledElement", before.called_element, now.called_element);
  change(element, now.kind == NodeKind::boundary_event ? "cancelActivity" : "isInterrupting",
         before.interrupting, now.interrupting);
  change(element, "triggeredByEvent", before.triggered_by_event, now.triggered_by_event);
  change(element, "instantiate", before.instantiate, now.instantiate);
  change(element, "isForCompensation", before.for_compensation, now.for_compensation);
  change(element, "parallelMultiple", before.parallel_multiple, now.parallel_multiple);
  if (is_task(now.kind)) {
    change(element, "messageRef", carries_message(before.kind) ? before.event.reference : "",
           carries_message(now.kind) ? now.event.reference : "");
  }
}

void ModelPatch::patch_events(const pugi::xml_node& element, const Node& before, const Node& now) {
  const std::vector<EventDefinition> were = definitions_of(before);
  const std::vector<EventDefinition> are = definitions_of(now);
  std::vector<pugi::xml_node> elements;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element || !is_bpmn(child)) continue;
    const std::string_view local = split_name(child.name()).second;
    if (find_event_element(local) != nullptr || local == "eventDefinitionRef") {
      elements.push_back(child);
    }
  }
  const auto is_alike = [&](std::size_t i) {
    if (is_same(were[i], are[i])) return true;
    const EventElement* name =
        find_event_element(split_name(elements[i].name()).second);  // null: eventDefinitionRef
    return name != nullptr && were[i].kind == are[i].kind && were[i].timer == are[i].timer;
  };
  bool alike = were.size() == are.size() && were.size() == elements.size();
  for (std::size_t i = 0; alike && i < were.size(); ++i) alike = is_alike(i);
  if (alike) {
    for (std::size_t i = 0; i < were.size(); ++i) patch_event(elements[i], were[i], are[i]);
    return;
  }
  for (const pugi::xml_node& gone : elements) edits_.remove(gone);
  for (const EventDefinition& event : are) {
    insert(element, "eventDefinitionRef",
           [&](ElementWriter& writer, pugi::xml_node to) { writer.event(to, event); });
  }
}

void ModelPatch::patch_event(const pugi::xml_node& element, const EventDefinition& before,
                             const EventDefinition& now) {
  if (is_same(before, now)) return;
  if (now.kind == EventKind::link) change(element, "name", before.name, now.name);
  const EventElement* name = find_event_element(now.kind);
  if (name != nullptr && !name->reference.empty()) {
    change(element, std::string{name->reference}.c_str(), before.reference, now.reference);
  }
  if (now.kind == EventKind::compensation) {
    change(element, "activityRef", before.activity, now.activity);
    change(element, "waitForCompletion", before.wait_for_completion, now.wait_for_completion);
  }
  if (now.kind == EventKind::conditional) change_child(element, "condition", before.text, now.text);
  if (now.kind != EventKind::timer || before.text == now.text) return;
  // The last of them counts.
  pugi::xml_node timer;
  for (const pugi::xml_node& child : element.children()) {
    const std::string_view local = split_name(child.name()).second;
    if (local == "timeDate" || local == "timeDuration" || local == "timeCycle") {
      if (is_bpmn(child)) timer = child;
    }
  }
  if (timer) edits_.set_text(timer, now.text);
}

void ModelPatch::patch_loop(const pugi::xml_node& element, const Loop& before, const Loop& now) {
  if (before == now) return;
  const bool standard = now.kind == Loop::Kind::standard;
  const char* name = standard ? "standardLoopCharacteristics" : "multiInstanceLoopCharacteristics";
  const std::vector<pugi::xml_node> found = children(element, name);
  const auto family = [](Loop::Kind kind) {
    return kind == Loop::Kind::sequential ? Loop::Kind::parallel : kind;
  };
  const bool alike =
      !found.empty() && family(before.kind) == family(now.kind) && before.item == now.item &&
      (before.cardinality == now.cardinality || !children(found.back(), "loopCardinality").empty());
  if (alike && standard) {
    change(found.back(), "testBefore", before.test_before, now.test_before);
    change(found.back(), "loopMaximum", before.maximum, now.maximum);
    change_child(found.back(), "loopCondition", before.completion_condition,
                 now.completion_condition);
    return;
  }
  if (alike) {
    change(found.back(), "isSequential", before.kind == Loop::Kind::sequential,
           now.kind == Loop::Kind::sequential);
    change_child(found.back(), "loopCardinality", before.cardinality, now.cardinality);
    change_child(found.back(), "completionCondition", before.completion_condition,
                 now.completion_condition);
    return;
  }
  remove_children(element, "standardLoopCharacteristics");
  remove_children(element, "multiInstanceLoopCharacteristics");
  if (now.kind == Loop::Kind::none) return;
  insert(element, name, [&](ElementWriter& writer, pugi::xml_node to) { writer.loop(to, now); });
}

void ModelPatch::patch_performers(const pugi::xml_node& element, const Node& before,
                                  const Node& now) {
  if (before.performers == now.performers) return;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element || !is_bpmn(child)) continue;
    const std::string_view local = split_name(child.name()).second;
    if (is_resource_role(local)) edits_.remove(child);
    if (local != "extensionElements") continue;
    for (const pugi::xml_node& extension : child.children()) {
      if (split_name(extension.name()).second == "assignmentDefinition") edits_.remove(extension);
    }
  }
  for (const std::string& performer : own_performers(now)) {
    insert(element, "potentialOwner",
           [&](ElementWriter& writer, pugi::xml_node to) { writer.performer(to, performer); });
  }
}

void ModelPatch::patch_compensation(const pugi::xml_node& element, const Node& before,
                                    const Node& now) {
  if (before.compensated_by == now.compensated_by) return;
  if (!before.compensated_by.empty()) {
    for (const pugi::xml_node& child : children(element.parent(), "association")) {
      const std::string source = reference(attribute(child, "sourceRef"));
      const std::string target = reference(attribute(child, "targetRef"));
      if ((source == now.id && target == before.compensated_by) ||
          (target == now.id && source == before.compensated_by)) {
        edits_.remove(child);
      }
    }
  }
  if (now.compensated_by.empty()) return;
  insert(element.parent(), "association",
         [&](ElementWriter& writer, pugi::xml_node to) { writer.association(to, now); });
}

void ModelPatch::patch_flow(const pugi::xml_node& element, const Flow& before, const Flow& now) {
  change(element, "name", before.name, now.name);
  change(element, "sourceRef", before.source, now.source);
  change(element, "targetRef", before.target, now.target);
  patch_extensions(element, before.extensions, now.extensions);
  if (before.condition == now.condition && before.language == now.language) return;
  if (!before.condition || !now.condition || now.condition->empty()) {
    remove_children(element, "conditionExpression");
    if (!now.condition || now.condition->empty()) return;
    insert(element, "conditionExpression",
           [&](ElementWriter& writer, pugi::xml_node to) { writer.condition(to, now); });
    return;
  }
  pugi::xml_node condition;
  for (const pugi::xml_node& child : children(element, "conditionExpression")) {
    if (!text_of(child).empty()) condition = child;
  }
  change(condition, "language", before.language, now.language);
  if (*before.condition != *now.condition) edits_.set_text(condition, *now.condition);
}

void ModelPatch::patch_extensions(const pugi::xml_node& element, const Extensions& before,
                                  const Extensions& now) {
  if (before == now) return;
  std::vector<ExtensionOrigin> origins;
  Extensions read;
  {
    const AroundScope scope(xml_, element);
    reader_.read_extensions(element, read, &origins);
  }
  std::vector<bool> stays(read.size(), false);
  Extensions added;
  for (const Extension& extension : now) {
    std::size_t place = 0;
    while (place < read.size() && (stays[place] || read[place].uri != extension.uri ||
                                   read[place].name != extension.name)) {
      ++place;
    }
    if (place == read.size()) {
      added.push_back(extension);
      continue;
    }
    stays[place] = true;
    if (read[place].value == extension.value) continue;
    const ExtensionOrigin& origin = origins[place];
    if (origin.property) {
      edits_.set_attribute(origin.property, "value", extension.value);
    } else {
      edits_.set_attribute(element, origin.attribute.name(), extension.value);
    }
  }
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (stays[i]) continue;
    if (origins[i].property) {
      edits_.remove(origins[i].property);
    } else {
      edits_.remove_attribute(element, origins[i].attribute.name());
    }
  }
  if (!added.empty()) add_extensions(element, added);
}

// Attributes where XML allows it, property elements for the rest.
void ModelPatch::add_extensions(const pugi::xml_node& element, const Extensions& added) {
  Naming naming = naming_at(element);
  Extensions properties;
  Extensions attributes;
  const auto stands = [&](const Extension& extension) {
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      const auto [prefix, local] = split_name(attribute.name());
      if (prefix.empty() || local != extension.name) continue;
      const auto uri = naming.prefixes.find(std::string{prefix});
      if (uri != naming.prefixes.end() && uri->second == extension.uri) return true;
    }
    return std::ranges::any_of(attributes, [&](const Extension& other) {
      return other.uri == extension.uri && other.name == extension.name;
    });
  };
  for (const Extension& extension : added) {
    const bool is_attribute =
        !extension.uri.empty() && is_xml_name(extension.name) && !stands(extension);
    (is_attribute ? attributes : properties).push_back(extension);
  }
  for (const Extension& extension : attributes) {
    auto known = std::ranges::find(naming.prefixes, extension.uri,
                                   [](const auto& pair) { return pair.second; });
    if (known == naming.prefixes.end()) {
      std::string prefix = extension.uri == kExtensionNamespace ? "motcua" : "ext1";
      for (int i = 2; naming.prefixes.contains(prefix); ++i) prefix = "ext" + std::to_string(i);
      edits_.set_attribute(element, "xmlns:" + prefix, extension.uri);
      known = naming.prefixes.emplace(prefix, extension.uri).first;
    }
    edits_.set_attribute(element, known->first + ":" + extension.name, extension.value);
  }
  if (properties.empty()) return;
  const std::vector<pugi::xml_node> found = children(element, "extensionElements");
  if (found.empty()) {
    insert(element, "extensionElements", [&](ElementWriter& writer, pugi::xml_node to) {
      const pugi::xml_node parent = writer.element(to, "extensionElements");
      for (const Extension& extension : properties) writer.property(parent, extension);
    });
    return;
  }
  pugi::xml_node last;
  for (const pugi::xml_node& child : found.back().children()) {
    if (child.type() == pugi::node_element) last = child;
  }
  for (const Extension& extension : properties) {
    insert_after(found.back(), last,
                 [&](ElementWriter& writer, pugi::xml_node to) { writer.property(to, extension); });
  }
}

}  // namespace bpmn
