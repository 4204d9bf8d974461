#include "procedure/process_tree.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "bpmn/model_xml.h"
#include "procedure/process_drawing.h"

namespace procedure {
namespace {

using bpmn::Extension;
using bpmn::Extensions;
using bpmn::Flow;
using bpmn::Node;
using bpmn::NodeKind;
using bpmn::ProcessModel;

const ProcessModel* main_process(const bpmn::Model& model) {
  if (model.processes.empty()) return nullptr;
  const auto found = std::ranges::find(model.processes, true, &ProcessModel::executable);
  return found == model.processes.end() ? &model.processes.front() : &*found;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> list;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != ',') {
      word.push_back(c);
    } else if (!word.empty()) {
      list.push_back(std::exchange(word, {}));
    }
  }
  return list;
}

Tree line_of(int line) {
  Tree tree = Tree::map();
  tree.line = line;
  return tree;
}

Tree bilingual(std::string vi, std::string en) {
  Tree tree = Tree::map();
  tree.put("vi", Tree::scalar(std::move(vi)));
  tree.put("en", Tree::scalar(std::move(en)));
  return tree;
}

bool is_own(const Extension& extension) {
  return extension.uri == bpmn::kExtensionNamespace;
}

// Attributes that the tree says in another way than by their name.
bool is_structured(std::string_view name) {
  return name == "title-en" || name == "outcomes" || name == "reasons" ||
         name.starts_with("outcome.");
}

std::string own(const Node& node, const std::string& name) {
  const std::string* value = bpmn::find_extension(node.extensions, name);
  return value == nullptr ? std::string{} : *value;
}

Tree step_tree(const Node& node) {
  Tree step = line_of(node.line);
  step.put("id", Tree::scalar(node.id, false));
  step.put("title", bilingual(node.name, own(node, "title-en")));
  for (const Extension& extension : node.extensions) {
    if (!is_own(extension) || is_structured(extension.name)) continue;
    step.put(extension.name, Tree::scalar(extension.value, false));
  }
  const std::vector<std::string> reasons = words(own(node, "reasons"));
  Tree outcomes = Tree::list();
  for (const std::string& code : words(own(node, "outcomes"))) {
    Tree outcome = Tree::map();
    outcome.put("code", Tree::scalar(code, false));
    outcome.put("label", bilingual(own(node, "outcome." + code + ".vi"),
                                   own(node, "outcome." + code + ".en")));
    const bool reason = std::ranges::find(reasons, code) != reasons.end();
    outcome.put("reason", Tree::scalar(reason ? "true" : "false", false));
    outcomes.items.push_back(std::move(outcome));
  }
  step.put("outcomes", std::move(outcomes));
  return step;
}

Tree node_tree(const Node& node) {
  Tree tree = line_of(node.line);
  tree.put("id", Tree::scalar(node.id, false));
  tree.put("kind", Tree::scalar(std::string{bpmn::to_string(node.kind)}, false));
  if (!node.name.empty()) tree.put("name", Tree::scalar(node.name));
  return tree;
}

Tree flow_tree(const Flow& flow) {
  Tree tree = line_of(flow.line);
  tree.put("id", Tree::scalar(flow.id, false));
  tree.put("from", Tree::scalar(flow.source, false));
  tree.put("to", Tree::scalar(flow.target, false));
  if (!flow.name.empty()) tree.put("name", Tree::scalar(flow.name));
  if (flow.condition) tree.put("when", Tree::scalar(*flow.condition));
  return tree;
}

std::string text(const Tree& tree, std::string_view key) {
  return std::string{tree.text_of(key)};
}

std::string text(const Tree& tree, std::string_view key, std::string_view below) {
  const Tree* value = tree.find(key);
  return value == nullptr ? std::string{} : std::string{value->text_of(below)};
}

// What the step says, in the words of the file.
std::vector<std::pair<std::string, std::string>> attributes_of(const Tree& step) {
  std::vector<std::pair<std::string, std::string>> said;
  for (std::size_t i = 0; i < step.keys.size(); ++i) {
    const std::string& key = step.keys[i];
    if (key == "id" || key == "title" || key == "outcomes" || key == "lane") continue;
    if (step.items[i].is_scalar()) said.emplace_back(key, step.items[i].text);
  }
  said.emplace_back("title-en", text(step, "title", "en"));
  std::string outcomes;
  std::string reasons;
  std::vector<std::pair<std::string, std::string>> labels;
  if (const Tree* list = step.find("outcomes"); list != nullptr) {
    for (const Tree& outcome : list->items) {
      const std::string code = text(outcome, "code");
      outcomes += (outcomes.empty() ? "" : " ") + code;
      if (outcome.text_of("reason") == "true") reasons += (reasons.empty() ? "" : " ") + code;
      labels.emplace_back("outcome." + code + ".vi", text(outcome, "label", "vi"));
      labels.emplace_back("outcome." + code + ".en", text(outcome, "label", "en"));
    }
  }
  said.emplace_back("outcomes", outcomes);
  if (!reasons.empty()) said.emplace_back("reasons", reasons);
  said.insert(said.end(), std::make_move_iterator(labels.begin()),
              std::make_move_iterator(labels.end()));
  return said;
}

void say_step(const Tree& step, Node& node) {
  node.name = text(step, "title", "vi");
  const auto said = attributes_of(step);
  std::erase_if(node.extensions, [&](const Extension& extension) {
    return is_own(extension) &&
           std::ranges::none_of(said, [&](const auto& one) { return one.first == extension.name; });
  });
  for (const auto& [name, value] : said) {
    const auto known = std::ranges::find_if(node.extensions, [&](const Extension& extension) {
      return is_own(extension) && extension.name == name;
    });
    if (known != node.extensions.end()) {
      if (words(known->value) != words(value) || name == "title-en" || name.starts_with("outcome."))
        known->value = value;
    } else {
      node.extensions.push_back({std::string{bpmn::kExtensionNamespace}, name, value});
    }
  }
}

const Tree& list_of(const Tree& process, std::string_view key) {
  static const Tree kNone = Tree::list();
  const Tree* list = process.find(key);
  return list == nullptr ? kNone : *list;
}

const Tree* item_of(const Tree& list, std::string_view id) {
  const auto found =
      std::ranges::find_if(list.items, [&](const Tree& item) { return item.text_of("id") == id; });
  return found == list.items.end() ? nullptr : &*found;
}

bool has_element(const Tree& process, std::string_view id) {
  return item_of(list_of(process, "steps"), id) != nullptr ||
         item_of(list_of(process, "nodes"), id) != nullptr;
}

bool has_id(const Tree& process, std::string_view id) {
  return has_element(process, id) || item_of(list_of(process, "flows"), id) != nullptr;
}

std::string free_id(const Tree& process, std::string id) {
  for (int n = 2; has_id(process, id); ++n) id += "_" + std::to_string(n);
  return id;
}

Tree new_flow(std::string id, std::string_view from, std::string_view to, std::string when) {
  Tree flow = Tree::map();
  flow.put("id", Tree::scalar(std::move(id), false));
  flow.put("from", Tree::scalar(std::string{from}, false));
  flow.put("to", Tree::scalar(std::string{to}, false));
  if (!when.empty()) flow.put("when", Tree::scalar(std::move(when)));
  return flow;
}

form::DefinitionProblem wrong(const Tree& at, std::string message, std::string remedy) {
  return {"", at.line, std::move(message), std::move(remedy)};
}

// Where outcomes lead: the way on first.
struct Way {
  std::string to;  // empty: on
  std::string when;
};

std::vector<Way> ways_of(const Tree& step) {
  std::vector<Way> ways{{"", ""}};
  for (const Tree& outcome : list_of(step, "outcomes").items) {
    const std::string to = text(outcome, "to");
    auto way = std::ranges::find(ways, to, &Way::to);
    if (way == ways.end()) way = ways.insert(ways.end(), {to, ""});
    way->when += (way->when.empty() ? "" : " or ") + text(step, "id") + "_outcome = \"" +
                 text(outcome, "code") + "\"";
  }
  return ways;
}

Node new_node(const Tree& tree, NodeKind kind) {
  Node node;
  node.id = text(tree, "id");
  node.name = text(tree, "name");
  node.kind = kind;
  return node;
}

// Nodes of the tree that the model does not have yet, each after the one that leads to it.
void add_nodes(ProcessModel& process, const Tree& after, std::vector<std::string>& added) {
  const auto place = [&](const std::string& id) {
    return std::ranges::find(process.nodes, id, &Node::id);
  };
  const auto add = [&](Node node) {
    std::string from;
    for (const Tree& flow : list_of(after, "flows").items) {
      if (flow.text_of("to") != node.id) continue;
      from = text(flow, "from");
      if (place(from) != process.nodes.end()) break;
    }
    const auto before = place(from);
    if (before == process.nodes.end()) return false;
    node.scope = before->scope;
    for (bpmn::Lane& lane : process.lanes) {
      const auto member = std::ranges::find(lane.nodes, from);
      if (member != lane.nodes.end()) lane.nodes.insert(member + 1, node.id);
    }
    added.push_back(node.id);
    process.nodes.insert(before + 1, std::move(node));
    return true;
  };
  bool grew = true;
  while (grew) {
    grew = false;
    for (const Tree& step : list_of(after, "steps").items) {
      if (place(text(step, "id")) != process.nodes.end()) continue;
      Node node = new_node(step, NodeKind::user_task);
      say_step(step, node);
      grew = add(std::move(node)) || grew;
    }
    for (const Tree& one : list_of(after, "nodes").items) {
      if (place(text(one, "id")) != process.nodes.end()) continue;
      grew = add(new_node(one, NodeKind::exclusive_gateway)) || grew;
    }
  }
}

void set_flows(ProcessModel& process, const Tree& after) {
  for (const Tree& tree : list_of(after, "flows").items) {
    const std::string id = text(tree, "id");
    auto flow = std::ranges::find(process.flows, id, &Flow::id);
    if (flow == process.flows.end()) {
      Flow added;
      added.id = id;
      const auto source = std::ranges::find(process.nodes, text(tree, "from"), &Node::id);
      if (source != process.nodes.end()) added.scope = source->scope;
      flow = process.flows.insert(process.flows.end(), std::move(added));
    }
    flow->source = text(tree, "from");
    flow->target = text(tree, "to");
    flow->name = text(tree, "name");
    const Tree* when = tree.find("when");
    flow->condition = when == nullptr ? std::nullopt : std::optional{when->text};
  }
}

}  // namespace

Tree process_tree(const bpmn::Model& model) {
  Tree tree = Tree::map();
  Tree steps = Tree::list();
  Tree nodes = Tree::list();
  Tree flows = Tree::list();
  if (const ProcessModel* process = main_process(model); process != nullptr) {
    for (const Node& node : process->nodes) {
      if (node.kind == NodeKind::user_task) {
        steps.items.push_back(step_tree(node));
      } else {
        nodes.items.push_back(node_tree(node));
      }
    }
    for (const Flow& flow : process->flows) flows.items.push_back(flow_tree(flow));
  }
  tree.put("steps", std::move(steps));
  tree.put("nodes", std::move(nodes));
  tree.put("flows", std::move(flows));
  return tree;
}

std::string process_xml(const bpmn::Model& model, const Tree& before, const Tree& after) {
  bpmn::Model changed = model;
  const ProcessModel* found = main_process(changed);
  if (found == nullptr) return bpmn::write_model(model);
  ProcessModel& process =
      changed.processes[static_cast<std::size_t>(found - changed.processes.data())];
  for (Node& node : process.nodes) {
    const Tree* was = item_of(list_of(before, "steps"), node.id);
    const Tree* now = item_of(list_of(after, "steps"), node.id);
    if (was != nullptr && now != nullptr && !says_the_same(*was, *now)) say_step(*now, node);
    const Tree* other_was = item_of(list_of(before, "nodes"), node.id);
    const Tree* other = item_of(list_of(after, "nodes"), node.id);
    if (other_was != nullptr && other != nullptr && !says_the_same(*other_was, *other)) {
      node.name = text(*other, "name");
    }
  }
  std::vector<std::string> added;
  add_nodes(process, after, added);
  set_flows(process, after);
  std::string xml = bpmn::write_model(changed);
  if (added.empty()) return xml;
  return with_drawing(xml, process, added);
}

std::optional<form::DefinitionProblem> insert_step(Tree& process, Tree step,
                                                   const StepPlace& place) {
  const std::string id = text(step, "id");
  if (id.empty()) {
    return wrong(step, "the step has no id", "give it an id of a-z, 0-9 and _");
  }
  if (has_id(process, id)) {
    return wrong(step, "the process has an element `" + id + "` already",
                 "give the step another id");
  }
  for (const std::string& end : {place.after, place.before}) {
    if (end.empty() || has_element(process, end)) continue;
    return wrong(step, "the process has no element `" + end + "` to put the step beside",
                 "name a step, gateway or event of process.bpmn");
  }
  Tree* flows = process.find("flows");
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; flows != nullptr && i < flows->items.size(); ++i) {
    const Tree& flow = flows->items[i];
    if ((place.after.empty() || flow.text_of("from") == place.after) &&
        (place.before.empty() || flow.text_of("to") == place.before)) {
      fitting.push_back(i);
    }
  }
  if (fitting.size() != 1 || (place.after.empty() && place.before.empty())) {
    return wrong(step,
                 fitting.empty()
                     ? "nothing flows from `" + place.after + "` to `" + place.before + "`"
                     : "more than one flow fits the place of the step `" + id + "`",
                 "name the elements on both sides: after: ELEMENT and before: ELEMENT");
  }
  const std::vector<Way> ways = ways_of(step);
  for (const Way& way : ways) {
    if (way.to.empty() || has_element(process, way.to)) continue;
    return wrong(step, "an outcome leads to `" + way.to + "`, which does not exist",
                 "name a step, gateway or event of process.bpmn");
  }
  const std::uint16_t origin = step.origin;
  Tree& through = flows->items[fitting.front()];
  const std::string from = text(through, "from");
  const std::string target = text(through, "to");
  through.put("to", Tree::scalar(id, false)).origin = origin;
  std::vector<Tree> made;
  std::string last = id;
  if (ways.size() > 1) {
    const std::string gateway = free_id(process, id + "_decision");
    Tree node = Tree::map();
    node.put("id", Tree::scalar(gateway, false));
    node.put("kind", Tree::scalar("exclusiveGateway", false));
    node.put("name", Tree::scalar("Kết quả: " + text(step, "title", "vi")));
    node.set_origin(origin);
    Tree* nodes = process.find("nodes");
    nodes->items.push_back(std::move(node));
    made.push_back(new_flow(free_id(process, id + "_to_" + gateway), id, gateway, ""));
    last = gateway;
  }
  for (const Way& way : ways) {
    const std::string& to = way.to.empty() ? target : way.to;
    made.push_back(new_flow(free_id(process, last + "_to_" + to), last, to,
                            ways.size() > 1 ? way.when : std::string{}));
  }
  flows = process.find("flows");
  for (Tree& flow : made) {
    flow.set_origin(origin);
    flows->items.push_back(std::move(flow));
  }
  if (Tree* outcomes = step.find("outcomes"); outcomes != nullptr) {
    for (Tree& outcome : outcomes->items) outcome.erase("to");
  }
  Tree* steps = process.find("steps");
  const auto anchor = std::ranges::find_if(
      steps->items, [&](const Tree& item) { return item.text_of("id") == from; });
  steps->items.insert(anchor == steps->items.end() ? anchor : anchor + 1, std::move(step));
  return std::nullopt;
}

}  // namespace procedure
