#include "bpmn/model_patch.h"

#include <algorithm>
#include <unordered_map>

#include "bpmn/element_name.h"
#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

// For each part of `now` its place in `before`, npos when it is new; those that share a key in
// turn.
template <typename T, typename Key>
std::vector<std::size_t> match(const std::vector<T>& now, const std::vector<T>& before,
                               const Key& key) {
  struct Places {
    std::vector<std::size_t> all;
    std::size_t used = 0;
  };
  std::unordered_map<std::string, Places> places;
  for (std::size_t i = 0; i < before.size(); ++i) places[key(before[i])].all.push_back(i);
  std::vector<std::size_t> found;
  for (const T& part : now) {
    const auto place = places.find(key(part));
    const bool is_new = place == places.end() || place->second.used == place->second.all.size();
    found.push_back(is_new ? static_cast<std::size_t>(-1)
                           : place->second.all[place->second.used++]);
  }
  return found;
}

std::vector<bool> kept(const std::vector<std::size_t>& places, std::size_t size) {
  std::vector<bool> stays(size, false);
  for (const std::size_t place : places) {
    if (place < size) stays[place] = true;
  }
  return stays;
}

// May one element become the other by another name?
bool is_renamed(NodeKind before, NodeKind now) {
  if (before == now) return true;
  if (is_sub_process(before) || is_sub_process(now)) {
    return is_sub_process(before) && is_sub_process(now);
  }
  return (is_activity(before) && is_activity(now)) || (is_gateway(before) && is_gateway(now));
}

// Source: OMG BPMN 2.0.2, Semantic.xsd: the order of children, as far as one is put among others.
int rank(std::string_view parent, std::string_view name) {
  if (name == "documentation") return 0;
  if (name == "extensionElements") return 1;
  if (parent == "definitions")
    return name == "import" ? 2 : name == "BPMNDiagram" ? 4 : name == "relationship" ? 5 : 3;
  if (parent == "collaboration") return name == "participant" ? 2 : 3;
  if (parent == "lane") return name == "flowNodeRef" ? 3 : name == "childLaneSet" ? 4 : 2;
  if (parent == "multiInstanceLoopCharacteristics") {
    return name == "loopCardinality" ? 2 : name == "completionCondition" ? 4 : 3;
  }
  if (name == "incoming") return 10;
  if (name == "outgoing") return 11;
  if (name == "ioSpecification" || name == "ioBinding") return 12;
  if (name == "property") return 13;
  if (name == "dataInput" || name == "dataOutput") return 14;
  if (name == "dataInputAssociation" || name == "dataOutputAssociation") return 15;
  if (name == "inputSet" || name == "outputSet") return 16;
  if (is_resource_role(name)) return parent == "process" ? 33 : 17;
  if (name.ends_with("LoopCharacteristics")) return 18;
  if (find_event_element(name) != nullptr) return 19;
  if (name == "eventDefinitionRef") return 20;
  if (name == "activationCondition" || name == "conditionExpression") return 21;
  if (name == "laneSet") return 30;
  if (node_kind_of(name) || name == "sequenceFlow" || name.starts_with("data")) return 31;
  if (name == "association" || name == "group" || name == "textAnnotation") return 32;
  if (name == "completionCondition" || name.starts_with("correlation") || name == "supports") {
    return 34;
  }
  return name.starts_with("choreography") || name.starts_with("subC") ? 31 : 9;
}

}  // namespace

std::string patched(const ModelSource& source, const Model& model) {
  XmlSource xml;
  // What the entities of the source stand for may have made it longer.
  if (!xml.load(source.text, std::max(source.limits.bytes, source.text.size()))) {
    ModelReader reader(xml, source.limits);
    if (const auto before = reader.read()) return ModelPatch(model, *before, xml, reader).apply();
  }
  return source.text;  // not reached: it has been read before
}

std::string ModelPatch::apply() {
  patch_definitions();
  patch_items();
  const auto key = [](const ProcessModel& process) { return process.id; };
  const std::vector<std::size_t> places = match(model_.processes, before_.processes, key);
  const std::vector<bool> stays = kept(places, before_.processes.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (stays[i]) continue;
    const ProcessOrigin& origin = reader_.origins().processes[i];
    edits_.remove(origin.element);
    if (origin.participant) edits_.remove_attribute(origin.participant, "processRef");
    for (const Node& node : before_.processes[i].nodes) gone_.insert(node.id);
    for (const Flow& flow : before_.processes[i].flows) gone_.insert(flow.id);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ProcessModel& now = model_.processes[i];
    if (places[i] != kNew) {
      patch_process(
          {now, before_.processes[places[i]], reader_.origins().processes[places[i]], {}, {}, {}});
      continue;
    }
    insert(reader_.origins().root, "process",
           [&](ElementWriter& writer, pugi::xml_node to) { writer.process(to, now); });
    const ProcessModel nothing;
    const ProcessOrigin nowhere;
    patch_pool({now, nothing, nowhere, {}, {}, {}});
  }
  remove_dependents();
  return edits_.apply();
}

void ModelPatch::patch_definitions() {
  const pugi::xml_node& root = reader_.origins().root;
  change(root, "id", before_.id, model_.id);
  change(root, "name", before_.name, model_.name);
  change(root, "targetNamespace", before_.target_namespace, model_.target_namespace);
  change(root, "expressionLanguage", before_.expression_language, model_.expression_language);
}

void ModelPatch::patch_items() {
  const auto key = [](const NamedItem& item) {
    return std::string{to_string(item.kind)} + " " + item.id;
  };
  const std::vector<std::size_t> places = match(model_.items, before_.items, key);
  const std::vector<pugi::xml_node>& elements = reader_.origins().items;
  const std::vector<bool> stays = kept(places, elements.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (!stays[i]) edits_.remove(elements[i]);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const NamedItem& now = model_.items[i];
    if (places[i] == kNew) {
      insert(reader_.origins().root, to_string(now.kind),
             [&](ElementWriter& writer, pugi::xml_node to) { writer.item(to, now); });
      continue;
    }
    const NamedItem& before = before_.items[places[i]];
    change(elements[places[i]], "name", before.name, now.name);
    change(elements[places[i]], now.kind == EventKind::error ? "errorCode" : "escalationCode",
           before.code, now.code);
  }
}

void ModelPatch::patch_process(Process process) {
  const pugi::xml_node& element = process.origin.element;
  change(element, "name", process.before.name, process.now.name);
  change(element, "isExecutable", process.before.executable, process.now.executable);
  change_child(element, "documentation", process.before.documentation, process.now.documentation);
  patch_extensions(element, process.before.extensions, process.now.extensions);
  patch_pool(process);
  match_parts(process);
  patch_lanes(process);
  patch_nodes(process);
  patch_flows(process);
}

void ModelPatch::patch_pool(const Process& process) {
  const std::string& now = process.now.participant;
  if (now == process.before.participant) return;
  if (process.origin.participant) {
    change(process.origin.participant, "name", process.before.participant, now);
    return;
  }
  const auto add = [&](ElementWriter& writer, pugi::xml_node to) {
    writer.participant(to, process.now);
  };
  const pugi::xml_node& root = reader_.origins().root;
  const std::vector<pugi::xml_node> drawings = children(root, "collaboration");
  if (!drawings.empty()) {
    insert(drawings.front(), "participant", add);
    return;
  }
  insert(root, "collaboration", [&](ElementWriter& writer, pugi::xml_node to) {
    add(writer, writer.element(to, "collaboration"));
  });
}

// A part that moved into another scope, or out of one that is gone, counts as new.
void ModelPatch::match_parts(Process& process) {
  process.nodes =
      match(process.now.nodes, process.before.nodes, [](const Node& n) { return n.id; });
  process.flows =
      match(process.now.flows, process.before.flows, [](const Flow& f) { return f.id; });
  process.lanes =
      match(process.now.lanes, process.before.lanes, [](const Lane& l) { return l.id; });
  std::vector<std::size_t> now_of(process.before.nodes.size(), kNew);
  for (std::size_t i = 0; i < process.nodes.size(); ++i) {
    if (process.nodes[i] != kNew) now_of[process.nodes[i]] = i;
  }
  std::unordered_map<std::size_t, std::size_t> place_of_element;
  std::vector<bool> stays(process.before.nodes.size(), false);
  const auto scope_stays = [&](const pugi::xml_node& element) {
    const auto parent = place_of_element.find(element.parent().hash_value());
    return parent == place_of_element.end() || stays[parent->second];
  };
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const pugi::xml_node& element = process.origin.nodes[i];
    place_of_element.emplace(element.hash_value(), i);
    if (now_of[i] == kNew) continue;
    const Node& before = process.before.nodes[i];
    const Node& now = process.now.nodes[now_of[i]];
    stays[i] =
        before.scope == now.scope && is_renamed(before.kind, now.kind) && scope_stays(element);
    if (!stays[i]) process.nodes[now_of[i]] = kNew;
  }
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    std::size_t& place = process.flows[i];
    if (place == kNew) continue;
    if (process.before.flows[place].scope != process.now.flows[i].scope ||
        !scope_stays(process.origin.flows[place])) {
      place = kNew;
    }
  }
  // Outer lanes come first.
  std::unordered_map<std::size_t, bool> lane_stays;
  std::vector<std::size_t> now_of_lane(process.before.lanes.size(), kNew);
  for (std::size_t i = 0; i < process.lanes.size(); ++i) {
    if (process.lanes[i] != kNew) now_of_lane[process.lanes[i]] = i;
  }
  for (std::size_t i = 0; i < now_of_lane.size(); ++i) {
    const pugi::xml_node& element = process.origin.lanes[i];
    const pugi::xml_node lane_set = element.parent();
    const auto around = lane_stays.find(lane_set.parent().hash_value());
    const bool stay = now_of_lane[i] != kNew &&
                      process.now.lanes[now_of_lane[i]].parent == process.before.lanes[i].parent &&
                      (around == lane_stays.end() || around->second) && scope_stays(lane_set);
    lane_stays[element.hash_value()] = stay;
    if (!stay && now_of_lane[i] != kNew) process.lanes[now_of_lane[i]] = kNew;
  }
}

pugi::xml_node ModelPatch::scope_element(const Process& process, const std::string& scope) const {
  if (scope.empty()) return process.origin.element;
  for (std::size_t i = 0; i < process.nodes.size(); ++i) {
    const Node& node = process.now.nodes[i];
    if (node.id != scope || !is_sub_process(node.kind)) continue;
    return process.nodes[i] == kNew ? pugi::xml_node{} : process.origin.nodes[process.nodes[i]];
  }
  return {};
}

void ModelPatch::patch_nodes(const Process& process) {
  const std::vector<bool> stays = kept(process.nodes, process.before.nodes.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (stays[i]) continue;
    edits_.remove(process.origin.nodes[i]);
    gone_.insert(process.before.nodes[i].id);
  }
  // A new node comes after the one before it in its scope.
  std::unordered_map<std::string, pugi::xml_node> last;
  for (std::size_t i = 0; i < process.nodes.size(); ++i) {
    const Node& now = process.now.nodes[i];
    if (const std::size_t place = process.nodes[i]; place != kNew) {
      const pugi::xml_node& element = process.origin.nodes[place];
      last[now.scope] = element;
      patch_node(element, process.before.nodes[place], now);
      continue;
    }
    const pugi::xml_node parent = scope_element(process, now.scope);
    if (!parent) continue;  // written with the sub-process around it
    pugi::xml_node& sibling = last[now.scope];
    if (!sibling || sibling.parent() != parent) sibling = place_of(parent, "laneSet");
    insert_after(parent, sibling, [&](ElementWriter& writer, pugi::xml_node to) {
      writer.node(to, process.now, now);
    });
    if (now.compensated_by.empty()) continue;
    insert(parent, "association",
           [&](ElementWriter& writer, pugi::xml_node to) { writer.association(to, now); });
  }
  patch_ends(process, stays);
}

// <incoming> and <outgoing> repeat what the flows say; they follow them where the file has them.
void ModelPatch::patch_ends(const Process& process, const std::vector<bool>& stays) {
  std::unordered_map<std::string_view, pugi::xml_node> elements;
  bool repeats = process.before.flows.empty();
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const pugi::xml_node& element = process.origin.nodes[i];
    repeats =
        repeats || !children(element, "incoming").empty() || !children(element, "outgoing").empty();
    if (stays[i]) elements.emplace(process.before.nodes[i].id, element);
  }
  const auto take = [&](const std::string& node, const char* name, const std::string& flow) {
    const auto found = elements.find(node);
    if (found == elements.end() || flow.empty()) return;
    for (const pugi::xml_node& child : children(found->second, name)) {
      if (reference(text_of(child)) == flow) edits_.remove(child);
    }
  };
  const auto give = [&](const std::string& node, const char* name, const std::string& flow) {
    const auto found = elements.find(node);
    if (found == elements.end() || flow.empty() || !repeats) return;
    insert(found->second, name,
           [&](ElementWriter& writer, pugi::xml_node to) { writer.element(to, name, flow); });
  };
  const std::vector<bool> flow_stays = kept(process.flows, process.before.flows.size());
  for (std::size_t i = 0; i < flow_stays.size(); ++i) {
    if (flow_stays[i]) continue;
    const Flow& flow = process.before.flows[i];
    take(flow.source, "outgoing", flow.id);
    take(flow.target, "incoming", flow.id);
  }
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const Flow& now = process.now.flows[i];
    const bool is_new = process.flows[i] == kNew;
    const Flow before = is_new ? Flow{} : process.before.flows[process.flows[i]];
    if (is_new || before.source != now.source) {
      take(before.source, "outgoing", now.id);
      give(now.source, "outgoing", now.id);
    }
    if (is_new || before.target != now.target) {
      take(before.target, "incoming", now.id);
      give(now.target, "incoming", now.id);
    }
  }
}

void ModelPatch::patch_flows(const Process& process) {
  const std::vector<bool> stays = kept(process.flows, process.before.flows.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (stays[i]) continue;
    edits_.remove(process.origin.flows[i]);
    gone_.insert(process.before.flows[i].id);
  }
  std::unordered_map<std::string, pugi::xml_node> last;
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const Flow& now = process.now.flows[i];
    if (const std::size_t place = process.flows[i]; place != kNew) {
      last[now.scope] = process.origin.flows[place];
      patch_flow(process.origin.flows[place], process.before.flows[place], now);
      continue;
    }
    const pugi::xml_node parent = scope_element(process, now.scope);
    if (!parent) continue;
    pugi::xml_node& sibling = last[now.scope];
    if (!sibling || sibling.parent() != parent) sibling = place_of(parent, "sequenceFlow");
    insert_after(parent, sibling,
                 [&](ElementWriter& writer, pugi::xml_node to) { writer.flow(to, now); });
  }
}

void ModelPatch::patch_lanes(const Process& process) {
  const std::vector<bool> stays = kept(process.lanes, process.before.lanes.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (!stays[i]) edits_.remove(process.origin.lanes[i]);
  }
  std::unordered_map<std::string_view, pugi::xml_node> elements;  // of lanes that stay
  for (std::size_t i = 0; i < process.lanes.size(); ++i) {
    if (process.lanes[i] == kNew) continue;
    const pugi::xml_node& element = process.origin.lanes[process.lanes[i]];
    elements.emplace(process.now.lanes[i].id, element);
    patch_lane(element, process.before.lanes[process.lanes[i]], process.now.lanes[i]);
  }
  std::unordered_map<std::string_view, std::vector<const Lane*>> added;  // by the lane around them
  for (std::size_t i = 0; i < process.lanes.size(); ++i) {
    const Lane& now = process.now.lanes[i];
    if (process.lanes[i] == kNew && (now.parent.empty() || elements.contains(now.parent))) {
      added[now.parent].push_back(&now);
    }
  }
  for (const auto& [around, lanes] : added) {
    const pugi::xml_node parent = around.empty() ? process.origin.element : elements.at(around);
    const char* set_name = around.empty() ? "laneSet" : "childLaneSet";
    const std::vector<pugi::xml_node> sets = children(parent, set_name);
    const auto add = [&, &all = lanes](ElementWriter& writer, pugi::xml_node to) {
      for (const Lane* lane : all) writer.lane(to, process.now, *lane);
    };
    if (sets.empty()) {
      insert(parent, set_name, [&](ElementWriter& writer, pugi::xml_node to) {
        add(writer, writer.element(to, set_name));
      });
      continue;
    }
    for (const Lane* lane : lanes) {
      insert(sets.front(), "lane", [&](ElementWriter& writer, pugi::xml_node to) {
        writer.lane(to, process.now, *lane);
      });
    }
  }
}

void ModelPatch::patch_lane(const pugi::xml_node& element, const Lane& before, const Lane& now) {
  change(element, "name", before.name, now.name);
  patch_extensions(element, before.extensions, now.extensions);
  if (before.nodes == now.nodes) return;
  const auto same = [](const std::string& id) { return id; };
  const std::vector<std::size_t> places = match(now.nodes, before.nodes, same);
  const std::vector<pugi::xml_node> references = children(element, "flowNodeRef");
  const std::vector<bool> stays = kept(places, before.nodes.size());
  for (std::size_t i = 0; i < stays.size() && i < references.size(); ++i) {
    if (!stays[i]) edits_.remove(references[i]);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] != kNew) continue;
    insert(element, "flowNodeRef", [&](ElementWriter& writer, pugi::xml_node to) {
      writer.element(to, "flowNodeRef", now.nodes[i]);
    });
  }
}

// What is drawn for, or hangs on, a node or flow that is no more.
void ModelPatch::remove_dependents() {
  for (const ProcessModel& process : model_.processes) {
    for (const Node& node : process.nodes) gone_.erase(node.id);
    for (const Flow& flow : process.flows) gone_.erase(flow.id);
  }
  gone_.erase(std::string{});
  if (gone_.empty()) return;
  const auto names_gone = [&](const pugi::xml_node& element, const char* name) {
    return gone_.contains(reference(attribute(element, name)));
  };
  std::vector<pugi::xml_node> shapes;
  const auto look = [&](const pugi::xml_node& element) {
    const std::string_view local = split_name(element.name()).second;
    if (local == "association" || local == "messageFlow") {
      if (!names_gone(element, "sourceRef") && !names_gone(element, "targetRef")) return;
      edits_.remove(element);
      if (element.attribute("id")) gone_.insert(attribute(element, "id"));
    } else if (local == "BPMNShape" || local == "BPMNEdge") {
      shapes.push_back(element);
    }
  };
  const pugi::xml_node root = reader_.origins().root;
  for (pugi::xml_node at = root; at;) {
    if (at.type() == pugi::node_element) look(at);
    pugi::xml_node next = at.first_child();
    for (; !next && at && at != root; at = at.parent()) next = at.next_sibling();
    at = next;
  }
  for (const pugi::xml_node& shape : shapes) {
    if (names_gone(shape, "bpmnElement")) edits_.remove(shape);
  }
}

void ModelPatch::change(const pugi::xml_node& element, const char* name, const std::string& before,
                        const std::string& now) {
  if (before == now) return;
  if (now.empty()) {
    edits_.remove_attribute(element, name);
  } else {
    edits_.set_attribute(element, name, now);
  }
}

void ModelPatch::change(const pugi::xml_node& element, const char* name, bool before, bool now) {
  if (before != now) edits_.set_attribute(element, name, now ? "true" : "false");
}

void ModelPatch::change_child(const pugi::xml_node& element, std::string_view name,
                              const std::string& before, const std::string& now) {
  if (before == now) return;
  if (now.empty()) return remove_children(element, name);
  const std::vector<pugi::xml_node> found = children(element, name);
  if (!found.empty()) return edits_.set_text(found.back(), now);
  insert(element, name,
         [&](ElementWriter& writer, pugi::xml_node to) { writer.element(to, name, now); });
}

void ModelPatch::remove_children(const pugi::xml_node& element, std::string_view name) {
  for (const pugi::xml_node& child : children(element, name)) edits_.remove(child);
}

std::vector<pugi::xml_node> ModelPatch::children(const pugi::xml_node& element,
                                                 std::string_view name) const {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    if (split_name(child.name()).second == name && is_bpmn(child)) found.push_back(child);
  }
  return found;
}

bool ModelPatch::is_bpmn(const pugi::xml_node& element) const {
  const std::string_view prefix = split_name(element.name()).first;
  const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string{prefix};
  for (pugi::xml_node at = element; at; at = at.parent()) {
    if (const pugi::xml_attribute found = at.attribute(name.c_str())) {
      // The last one counts where the same is declared twice, as for the reader.
      return kBpmnNamespace == found.value();
    }
  }
  return false;
}

Naming ModelPatch::naming_at(const pugi::xml_node& element) const {
  Naming naming;
  const std::string_view prefix = split_name(element.name()).first;
  if (!prefix.empty()) naming.bpmn = std::string{prefix} + ":";
  for (pugi::xml_node at = element; at; at = at.parent()) {
    for (const pugi::xml_attribute& attribute : at.attributes()) {
      const std::string_view name = attribute.name();
      // The innermost declaration is met first.
      if (name.starts_with("xmlns:")) {
        naming.prefixes.try_emplace(std::string{name.substr(6)}, attribute.value());
      }
    }
  }
  return naming;
}

pugi::xml_node ModelPatch::place_of(const pugi::xml_node& parent, std::string_view name) const {
  const std::string_view around = split_name(parent.name()).second;
  const int wanted = rank(around, name);
  pugi::xml_node place;
  for (const pugi::xml_node& child : parent.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string_view local = split_name(child.name()).second;
    if ((is_bpmn(child) || local == "BPMNDiagram") && rank(around, local) <= wanted) place = child;
  }
  return place;
}

void ModelPatch::insert(const pugi::xml_node& parent, std::string_view name, const Make& make) {
  insert_after(parent, place_of(parent, name), make);
}

void ModelPatch::insert_after(const pugi::xml_node& parent, const pugi::xml_node& sibling,
                              const Make& make) {
  pugi::xml_document document;
  ElementWriter writer(model_, naming_at(parent));
  make(writer, document);
  edits_.insert(parent, sibling, document.document_element());
}

}  // namespace bpmn
