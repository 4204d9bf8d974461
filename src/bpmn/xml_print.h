#pragma once
// xml_print.h - a tree as XML text that reads back as the same tree.  Internal to the module.
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace bpmn {

// Characters that XML cannot hold at all are left out.
[[nodiscard]] std::string escaped_text(std::string_view text);
[[nodiscard]] std::string escaped_attribute(std::string_view value);  // for "…"

// The element, its children on lines of their own, two spaces further in than `indent` each.  An
// element that holds text stands on one line.
[[nodiscard]] std::string print(const pugi::xml_node& element, const std::string& indent);

}  // namespace bpmn
