#include "bpmn/xml_encoding.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>

namespace bpmn {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// The value of encoding= in the XML declaration, and where it stands; empty when there is none.
struct Declared {
  std::string_view name;
  std::size_t at = 0;
};

Declared declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, std::min<std::size_t>(text.find("?>"), 512));
  const std::size_t word = declaration.find("encoding");
  if (word == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", word);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return {declaration.substr(open + 1, close - open - 1), open + 1};
}

bool starts_without_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::ranges::equal(text.substr(0, lower.size()), lower, {}, [](char c) {
           return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
         });
}

// By the byte-order mark, which goes; by how "<" is written; by the declaration.
std::string encoding_of(std::string_view& bytes) {
  struct Mark {
    std::string_view bytes;
    const char* encoding;
  };
  static constexpr Mark kMarks[] = {
      {"\xEF\xBB\xBF", "UTF-8"}, {"\xFE\xFF", "UTF-16BE"}, {"\xFF\xFE", "UTF-16LE"}};
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    bytes.remove_prefix(mark.bytes.size());
    return mark.encoding;
  }
  if (bytes.starts_with(std::string_view{"<\0", 2})) return "UTF-16LE";
  if (bytes.starts_with(std::string_view{"\0<", 2})) return "UTF-16BE";
  const std::string_view declared = declared_encoding(bytes).name;
  // What declares two bytes a letter in single bytes is wrong about itself.
  if (declared.empty() || starts_without_case(declared, "utf-16")) return "UTF-8";
  return std::string{declared};
}

base::Failure<ReadError> broken(std::string_view before, std::string message) {
  const auto lines = std::ranges::count(before, '\n');
  return base::Failure{ReadError{1 + static_cast<int>(lines), std::move(message)}};
}

}  // namespace

base::Result<std::string, ReadError> to_utf8_xml(std::string_view bytes) {
  const std::string encoding = encoding_of(bytes);
  UErrorCode code = U_ZERO_ERROR;
  const Converter from{ucnv_open(encoding.c_str(), &code), &ucnv_close};
  if (U_FAILURE(code)) {
    return broken({}, "the encoding " + encoding.substr(0, 40) + " is not known");
  }
  const Converter to{ucnv_open("UTF-8", &code), &ucnv_close};
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  if (U_FAILURE(code)) return broken({}, "cannot be decoded");
  std::string text(bytes.size() * 3 + 16, '\0');
  char* target = text.data();
  const char* source = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &target, text.data() + text.size(), &source,
                 bytes.data() + bytes.size(), nullptr, nullptr, nullptr, nullptr, 1, 1, &code);
  text.resize(static_cast<std::size_t>(target - text.data()));
  if (U_FAILURE(code)) return broken(text, "not " + encoding + " text");
  const Declared declared = declared_encoding(text);
  const bool says_so = declared.name.empty() || starts_without_case(declared.name, "utf-8");
  if (!says_so) text.replace(declared.at, declared.name.size(), "UTF-8");
  return text;
}

}  // namespace bpmn
