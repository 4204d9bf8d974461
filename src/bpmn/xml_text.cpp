#include "bpmn/xml_text.h"

#include <algorithm>
#include <limits>
#include <memory>

#include <expat.h>
#include <unicode/ucnv.h>

namespace bpmn {
namespace {

using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;
using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The value of encoding="..." in a declaration written in letters of one byte.
std::string declared_encoding(std::string_view bytes) {
  std::string_view head = bytes.substr(0, 256);
  if (!head.starts_with("<?xml")) return {};
  head = head.substr(0, std::min(head.size(), head.find("?>")));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string name{head.substr(at + 1, end - at - 1)};
  std::ranges::transform(name, name.begin(), lower);
  return name;
}

std::string encoding_of(std::string_view& bytes) {
  struct Mark {
    std::string_view bytes;
    const char* encoding;
  };
  static constexpr Mark kMarks[] = {
      {"\xEF\xBB\xBF", "utf-8"}, {"\xFE\xFF", "utf-16be"}, {"\xFF\xFE", "utf-16le"}};
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    bytes.remove_prefix(mark.bytes.size());
    return mark.encoding;
  }
  if (bytes.starts_with(std::string_view{"<\0", 2})) return "utf-16le";
  if (bytes.starts_with(std::string_view{"\0<", 2})) return "utf-16be";
  const std::string declared = declared_encoding(bytes);
  // A file cannot be in two bytes a letter whose declaration is in one.
  return declared.empty() || declared.starts_with("utf-16") ? "utf-8" : declared;
}

int line_of(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

std::string converted(std::string_view bytes, UConverter* from, UErrorCode& error) {
  const Converter to{ucnv_open("utf-8", &error), &ucnv_close};
  if (U_FAILURE(error)) return {};
  ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::string utf8(bytes.size() * 3 + 16, '\0');
  char* target = utf8.data();
  const char* source = bytes.data();
  ucnv_convertEx(to.get(), from, &target, utf8.data() + utf8.size(), &source,
                 bytes.data() + bytes.size(), nullptr, nullptr, nullptr, nullptr, 1, 1, &error);
  utf8.resize(static_cast<std::size_t>(target - utf8.data()));
  return utf8;
}

// Declared encodings are a thing of the past once the text is UTF-8.
Parser parser() {
  return {XML_ParserCreateNS("UTF-8", ' '), &XML_ParserFree};
}

struct Growing {
  XmlShape shape;
  std::size_t depth = 0;
};

}  // namespace

base::Result<std::string, XmlFault> utf8_of_xml(std::string_view bytes) {
  const std::string encoding = encoding_of(bytes);
  UErrorCode error = U_ZERO_ERROR;
  const Converter from{ucnv_open(encoding.c_str(), &error), &ucnv_close};
  if (U_FAILURE(error)) {
    return base::Failure{XmlFault{1, "the encoding '" + encoding.substr(0, 40) + "' is not known"}};
  }
  std::string utf8 = converted(bytes, from.get(), error);
  if (U_FAILURE(error)) {
    return base::Failure{XmlFault{line_of(utf8, utf8.size()), "not text in " + encoding}};
  }
  return utf8;
}

base::Result<XmlShape, XmlFault> shape_of_xml(std::string_view utf8) {
  const Parser expat = parser();
  if (expat == nullptr || utf8.size() > std::numeric_limits<int>::max()) {
    return base::Failure{XmlFault{1, "too large"}};
  }
  Growing growing;
  XML_SetUserData(expat.get(), &growing);
  XML_SetElementHandler(
      expat.get(),
      [](void* user, const XML_Char*, const XML_Char**) {
        auto& seen = *static_cast<Growing*>(user);
        ++seen.shape.elements;
        seen.shape.depth = std::max(seen.shape.depth, ++seen.depth);
      },
      [](void* user, const XML_Char*) { --static_cast<Growing*>(user)->depth; });
  if (XML_Parse(expat.get(), utf8.data(), static_cast<int>(utf8.size()), XML_TRUE) !=
      XML_STATUS_OK) {
    return base::Failure{XmlFault{static_cast<int>(XML_GetCurrentLineNumber(expat.get())),
                                  XML_ErrorString(XML_GetErrorCode(expat.get()))}};
  }
  return growing.shape;
}

}  // namespace bpmn
