#pragma once
// xml_text.h - the text of an XML file: decoded, and judged by the grammar of XML before anything
// is made of it.
//
// The tree is built by a lenient parser that recurses; this one is strict, does not recurse, and
// says where a text stops being XML.  Nothing outside the text is ever read: an external entity is
// left unread.
#include <string>
#include <string_view>

#include "base/result.h"

namespace bpmn {

struct XmlFault {
  int line = 1;  // from 1
  std::string message;
  friend bool operator==(const XmlFault&, const XmlFault&) = default;
};

// UTF-8 without a byte-order mark.  The encoding is that of the byte-order mark, else the declared
// one, else UTF-8.  Fails where it is not known or the bytes are not text in it.
[[nodiscard]] base::Result<std::string, XmlFault> utf8_of_xml(std::string_view bytes);

// How large the tree of a text would be.
struct XmlShape {
  std::size_t elements = 0;
  std::size_t depth = 0;  // levels of elements
};

// Fails where the text is no well-formed XML (with namespaces).
[[nodiscard]] base::Result<XmlShape, XmlFault> shape_of_xml(std::string_view utf8);

}  // namespace bpmn
