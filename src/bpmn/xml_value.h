#pragma once
// xml_value.h - values of attributes and text of elements, as BPMN means them.  Internal to the
// module.
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace bpmn {

[[nodiscard]] std::string trimmed(std::string_view text);
// All text directly inside, CDATA sections included, without the space around it.
[[nodiscard]] std::string text_of(const pugi::xml_node& element);
// An id as written, without the prefix of a qualified name.
[[nodiscard]] std::string reference(std::string_view text);
[[nodiscard]] std::string attribute(const pugi::xml_node& element, const char* name);
[[nodiscard]] bool flag(const pugi::xml_node& element, const char* name, bool otherwise);

}  // namespace bpmn
