#pragma once
// xml_encoding.h - the bytes of an XML file as UTF-8 text.  Internal to the module.
//
// UTF-8 and UTF-16 with or without a byte-order mark, and what the XML declaration names.  A
// declaration of another encoding is rewritten, so that the text says of itself what it is.
#include <string>
#include <string_view>

#include "base/result.h"
#include "bpmn/model_xml.h"

namespace bpmn {

[[nodiscard]] base::Result<std::string, ReadError> to_utf8_xml(std::string_view bytes);

}  // namespace bpmn
