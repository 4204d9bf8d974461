#include "bpmn/xml_edits.h"

#include <algorithm>

#include "bpmn/xml_print.h"

namespace bpmn {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

}  // namespace

bool XmlEdits::is_empty_tag(const XmlRange& range) const {
  return range.content == range.end;
}

std::size_t XmlEdits::name_end(std::size_t at) const {
  while (at < text_.size() && !is_space(text_[at]) && text_[at] != '=' && text_[at] != '>' &&
         text_[at] != '/') {
    ++at;
  }
  return at;
}

// The start tag is known to be well-formed.
bool XmlEdits::find_attribute(const XmlRange& range, std::string_view name,
                              Attribute& found) const {
  std::size_t at = name_end(range.begin + 1);
  for (;;) {
    found.space = at;
    while (is_space(text_[at])) ++at;
    if (text_[at] == '>' || text_[at] == '/') return false;
    const std::size_t begin = at;
    at = name_end(at);
    const std::string_view here = std::string_view{text_}.substr(begin, at - begin);
    while (text_[at] != '"' && text_[at] != '\'') ++at;
    found.value = at + 1;
    found.value_end = text_.find(text_[at], at + 1);
    at = found.value_end + 1;
    if (here == name) return true;
  }
}

void XmlEdits::rename(const pugi::xml_node& element, const std::string& name) {
  const XmlRange range = source_.range_of(element);
  edits_.push_back({range.begin + 1, name_end(range.begin + 1), name});
  if (!is_empty_tag(range)) {
    edits_.push_back({range.content_end + 2, name_end(range.content_end + 2), name});
  }
  renamed_[range.begin] = name;
}

void XmlEdits::set_attribute(const pugi::xml_node& element, const std::string& name,
                             std::string_view value) {
  const XmlRange range = source_.range_of(element);
  Attribute found;
  if (find_attribute(range, name, found)) {
    // Whatever the quotes are, both are escaped or harmless.
    std::string text = escaped_attribute(value);
    if (text_[found.value_end] == '\'') {
      for (std::size_t i = text.find('\''); i != std::string::npos; i = text.find('\'', i)) {
        text.replace(i, 1, "&apos;");
      }
    }
    edits_.push_back({found.value, found.value_end, std::move(text)});
    return;
  }
  // After the last one, before the space of "/>".
  edits_.push_back(
      {found.space, found.space, " " + name + "=\"" + escaped_attribute(value) + "\""});
}

void XmlEdits::remove_attribute(const pugi::xml_node& element, const std::string& name) {
  Attribute found;
  if (!find_attribute(source_.range_of(element), name, found)) return;
  edits_.push_back({found.space, found.value_end + 1, {}});
}

void XmlEdits::set_text(const pugi::xml_node& element, std::string_view text) {
  const XmlRange range = source_.range_of(element);
  if (is_empty_tag(range)) {
    filled_[range.begin] = {element, escaped_text(text)};
  } else {
    edits_.push_back({range.content, range.content_end, escaped_text(text)});
  }
}

bool XmlEdits::indent_before(std::size_t at, std::string& indent) const {
  std::size_t begin = at;
  while (begin > 0 && (text_[begin - 1] == ' ' || text_[begin - 1] == '\t')) --begin;
  indent = text_.substr(begin, at - begin);
  return begin > 0 && (text_[begin - 1] == '\n' || text_[begin - 1] == '\r');
}

void XmlEdits::remove(const pugi::xml_node& element) {
  const XmlRange range = source_.range_of(element);
  std::size_t begin = range.begin;
  std::string indent;
  if (indent_before(begin, indent)) {
    begin -= indent.size() + 1;
    if (begin > 0 && text_[begin] == '\n' && text_[begin - 1] == '\r') --begin;
  }
  edits_.push_back({begin, range.end, {}});
}

void XmlEdits::insert(const pugi::xml_node& parent, const pugi::xml_node& sibling,
                      const pugi::xml_node& child) {
  const XmlRange range = source_.range_of(parent);
  std::string indent;
  bool own_line = false;
  if (sibling) {
    own_line = indent_before(source_.range_of(sibling).begin, indent);
  } else if (const pugi::xml_node first = parent.find_child(
                 [](const pugi::xml_node& n) { return n.type() == pugi::node_element; })) {
    own_line = indent_before(source_.range_of(first).begin, indent);
  } else {
    own_line = indent_before(range.begin, indent);
    indent += "  ";
  }
  const std::string text =
      (own_line ? "\n" + indent : std::string{}) + print(child, own_line ? indent : std::string{});
  if (is_empty_tag(range)) {
    Filled& filled = filled_[range.begin];
    filled.element = parent;
    filled.content += text;
    return;
  }
  const std::size_t at = sibling ? source_.range_of(sibling).end : range.content;
  edits_.push_back({at, at, text});
}

std::string XmlEdits::apply() {
  for (const auto& [begin, filled] : filled_) {
    const XmlRange range = source_.range_of(filled.element);
    const auto renamed = renamed_.find(begin);
    const std::string name =
        renamed != renamed_.end() ? renamed->second : std::string{filled.element.name()};
    std::string indent;
    const bool own_line = filled.content.starts_with('\n') && indent_before(range.begin, indent);
    edits_.push_back(
        {range.end - 2, range.end,
         ">" + filled.content + (own_line ? "\n" + indent : std::string{}) + "</" + name + ">"});
  }
  // In one place, what is put in comes before what is taken out.
  std::ranges::stable_sort(edits_, [](const Edit& a, const Edit& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.begin == a.end && b.begin != b.end;
  });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits_) {
    if (edit.begin < at) continue;  // inside what is gone
    out.append(text_, at, edit.begin - at);
    out += edit.text;
    at = edit.end;
  }
  out.append(text_, at);
  return out;
}

}  // namespace bpmn
