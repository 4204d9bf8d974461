#include "procedure/rules_tree.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "bpmn/xml_edits.h"
#include "bpmn/xml_source.h"

namespace procedure {
namespace {

using pugi::xml_node;

std::string_view local_name(const xml_node& node) {
  return bpmn::split_name(node.name()).second;
}

std::vector<xml_node> children_of(const xml_node& node, std::string_view name) {
  std::vector<xml_node> found;
  for (const xml_node& child : node.children()) {
    if (local_name(child) == name) found.push_back(child);
  }
  return found;
}

xml_node child_of(const xml_node& node, std::string_view name) {
  for (const xml_node& child : node.children()) {
    if (local_name(child) == name) return child;
  }
  return {};
}

std::vector<xml_node> decisions_of(const bpmn::XmlSource& source) {
  return children_of(source.document().document_element(), "decision");
}

std::string id_of(const xml_node& element) {
  return element.attribute("id").value();
}

std::vector<std::string> outputs_of(const xml_node& table) {
  std::vector<std::string> names;
  const std::vector<xml_node> outputs = children_of(table, "output");
  for (const xml_node& output : outputs) {
    std::string name = output.attribute("name").value();
    if (name.empty() || name == "id" || name == "when" ||
        std::ranges::find(names, name) != names.end()) {
      name = outputs.size() == 1 ? "value" : "output_" + std::to_string(names.size() + 1);
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::string text_in(const xml_node& entry) {
  return child_of(entry, "text").child_value();
}

Tree rows_of(const xml_node& table, const bpmn::XmlSource& source) {
  const std::vector<std::string> outputs = outputs_of(table);
  Tree rows = Tree::list();
  for (const xml_node& rule : children_of(table, "rule")) {
    Tree row = Tree::map();
    row.line = source.line_of(rule);
    if (const std::string id = id_of(rule); !id.empty()) row.put("id", Tree::scalar(id, false));
    Tree when = Tree::list();
    for (const xml_node& entry : children_of(rule, "inputEntry")) {
      when.items.push_back(Tree::scalar(text_in(entry)));
    }
    row.put("when", std::move(when));
    const std::vector<xml_node> entries = children_of(rule, "outputEntry");
    for (std::size_t i = 0; i < entries.size() && i < outputs.size(); ++i) {
      row.put(outputs[i], Tree::scalar(text_in(entries[i])));
    }
    rows.items.push_back(std::move(row));
  }
  return rows;
}

Tree decision_tree(const xml_node& element, const bpmn::XmlSource& source) {
  Tree decision = Tree::map();
  decision.line = source.line_of(element);
  decision.put("id", Tree::scalar(id_of(element), false));
  if (const xml_node literal = child_of(element, "literalExpression")) {
    decision.put("text", Tree::scalar(text_in(literal)));
  } else if (const xml_node table = child_of(element, "decisionTable")) {
    decision.put("rows", rows_of(table, source));
  } else {
    const bpmn::XmlRange range = source.range_of(element);
    decision.put("xml", Tree::scalar(source.text().substr(range.begin, range.end - range.begin)));
  }
  return decision;
}

// Puts the differences of one decision into the text.
class DecisionChange {
 public:
  DecisionChange(bpmn::XmlEdits& edits, const xml_node& element)
      : edits_(edits), element_(element) {}

  void apply(const Tree& before, const Tree& after) {
    if (const xml_node literal = child_of(element_, "literalExpression")) {
      set(literal, before.find("text"), after.find("text"));
      return;
    }
    const xml_node table = child_of(element_, "decisionTable");
    const Tree* rows_before = before.find("rows");
    const Tree* rows_after = after.find("rows");
    if (!table || rows_before == nullptr || rows_after == nullptr) return;
    const std::vector<std::string> outputs = outputs_of(table);
    const std::vector<xml_node> rules = children_of(table, "rule");
    for (std::size_t i = 0; i < rules.size() && i < rows_before->items.size(); ++i) {
      const Tree& was = rows_before->items[i];
      const Tree* now = counterpart(*rows_after, was, i);
      if (now == nullptr) continue;
      const std::vector<xml_node> entries = children_of(rules[i], "outputEntry");
      for (std::size_t o = 0; o < entries.size() && o < outputs.size(); ++o) {
        set(entries[o], was.find(outputs[o]), now->find(outputs[o]));
      }
      const std::vector<xml_node> conditions = children_of(rules[i], "inputEntry");
      const Tree* when_was = was.find("when");
      const Tree* when_now = now->find("when");
      for (std::size_t c = 0; c < conditions.size(); ++c) {
        const auto at = [c](const Tree* list) {
          return list != nullptr && c < list->items.size() ? &list->items[c] : nullptr;
        };
        set(conditions[c], at(when_was), at(when_now));
      }
    }
  }

 private:
  static const Tree* counterpart(const Tree& rows, const Tree& row, std::size_t place) {
    const std::string_view id = row.text_of("id");
    if (id.empty()) return place < rows.items.size() ? &rows.items[place] : nullptr;
    const auto found = std::ranges::find_if(
        rows.items, [&](const Tree& other) { return other.text_of("id") == id; });
    return found == rows.items.end() ? nullptr : &*found;
  }

  void set(const xml_node& entry, const Tree* before, const Tree* after) {
    if (before == nullptr || after == nullptr || before->text == after->text) return;
    if (const xml_node text = child_of(entry, "text")) edits_.set_text(text, after->text);
  }

  bpmn::XmlEdits& edits_;
  xml_node element_;
};

}  // namespace

Tree rules_tree(std::string_view xml) {
  Tree rules = Tree::map();
  Tree decisions = Tree::list();
  bpmn::XmlSource source;
  if (!source.load(xml)) {
    for (const xml_node& element : decisions_of(source)) {
      decisions.items.push_back(decision_tree(element, source));
    }
  }
  rules.put("decisions", std::move(decisions));
  return rules;
}

bool is_decision_xml(std::string_view xml, std::string_view id) {
  bpmn::XmlSource source;
  if (source.load(xml)) return false;
  const xml_node root = source.document().document_element();
  return local_name(root) == "decision" && id_of(root) == id;
}

std::string rules_xml(std::string_view xml, const Tree& before, const Tree& after) {
  bpmn::XmlSource source;
  if (source.load(xml)) return std::string{xml};
  const Tree* list_before = before.find("decisions");
  const Tree* list_after = after.find("decisions");
  if (list_before == nullptr || list_after == nullptr) return std::string{xml};
  bpmn::XmlEdits edits(source);
  struct Whole {
    bpmn::XmlRange range;
    const std::string* text;
  };
  std::vector<Whole> wholes;
  const std::vector<xml_node> elements = decisions_of(source);
  for (std::size_t i = 0; i < elements.size() && i < list_before->items.size(); ++i) {
    if (i >= list_after->items.size()) break;
    const Tree& now = list_after->items[i];
    if (now.is_scalar()) {
      wholes.push_back({source.range_of(elements[i]), &now.text});
    } else if (!says_the_same(list_before->items[i], now)) {
      DecisionChange(edits, elements[i]).apply(list_before->items[i], now);
    }
  }
  if (wholes.empty()) return edits.apply();
  // Whole decisions go in as they are, from the last to the first; single entries afterwards.
  std::string text = source.text();
  for (auto whole = wholes.rbegin(); whole != wholes.rend(); ++whole) {
    text.replace(whole->range.begin, whole->range.end - whole->range.begin, *whole->text);
  }
  Tree next = after;
  const Tree again = rules_tree(text);
  Tree* decisions = next.find("decisions");
  const Tree* read = again.find("decisions");
  if (read == nullptr || read->items.size() != decisions->items.size()) return text;
  for (std::size_t i = 0; i < decisions->items.size(); ++i) {
    if (decisions->items[i].is_scalar()) decisions->items[i] = read->items[i];
  }
  return rules_xml(text, again, next);
}

}  // namespace procedure
