#include "bpmn/xml_print.h"

namespace bpmn {
namespace {

std::string escaped(std::string_view text, bool in_attribute) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += in_attribute ? "&quot;" : "\"";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\n':
        out += in_attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += in_attribute ? "&#9;" : "\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) break;
        // U+FFFE and U+FFFF
        if (c == '\xEF' &&
            (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF")) {
          i += 2;
          break;
        }
        out += c;
    }
  }
  return out;
}

bool holds_text(const pugi::xml_node& element) {
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) return true;
  }
  return false;
}

void print_into(std::string& out, const pugi::xml_node& node, const std::string& indent,
                bool on_one_line) {
  if (node.type() != pugi::node_element) {
    out += escaped_text(node.value());
    return;
  }
  out += '<';
  out += node.name();
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    out += ' ';
    out += attribute.name();
    out += "=\"" + escaped_attribute(attribute.value()) + '"';
  }
  if (!node.first_child()) {
    out += "/>";
    return;
  }
  out += '>';
  const bool flat = on_one_line || holds_text(node);
  const std::string inner = indent + "  ";
  for (const pugi::xml_node& child : node.children()) {
    if (!flat) out += '\n' + inner;
    print_into(out, child, inner, flat);
  }
  if (!flat) out += '\n' + indent;
  out += "</";
  out += node.name();
  out += '>';
}

}  // namespace

std::string escaped_text(std::string_view text) {
  return escaped(text, false);
}

std::string escaped_attribute(std::string_view value) {
  return escaped(value, true);
}

std::string print(const pugi::xml_node& element, const std::string& indent) {
  std::string out;
  print_into(out, element, indent, false);
  return out;
}

}  // namespace bpmn
