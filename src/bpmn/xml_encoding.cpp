#include "bpmn/xml_encoding.h"

#include <algorithm>
#include <cstdint>

#include <unicode/ucnv.h>

#include "base/text.h"

namespace bpmn {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

base::Result<std::string, ReadError> from_utf16(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size());
  int line = 1;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]);
    const auto b = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? (std::uint32_t{a} << 8U) | b : (std::uint32_t{b} << 8U) | a;
  };
  const auto broken = [&line] { return base::Failure{ReadError{line, "not UTF-16 text"}}; };
  if (bytes.size() % 2 != 0) return broken();
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t c = unit(i);
    if (c >= 0xDC00 && c < 0xE000) return broken();
    if (c >= 0xD800 && c < 0xDC00) {
      if (i + 4 > bytes.size()) return broken();
      const std::uint32_t low = unit(i + 2);
      if (low < 0xDC00 || low >= 0xE000) return broken();
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
      i += 2;
    }
    if (c == '\n') ++line;
    append_utf8(out, c);
  }
  return out;
}

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

bool is_utf8_name(std::string_view name) {
  std::string lower{name};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower.empty() || lower == "utf-8" || lower == "utf8";
}

int line_of_first_bad_byte(std::string_view text) {
  // The longest prefix that is UTF-8 ends before the first bad byte.
  std::size_t good = 0;
  std::size_t bad = text.size();
  while (good < bad) {
    const std::size_t middle = good + (bad - good + 1) / 2;
    std::size_t end = middle;
    while (end > good && (static_cast<unsigned char>(text[end - 1]) & 0xC0U) == 0x80U) --end;
    if (end > good && static_cast<unsigned char>(text[end - 1]) >= 0xC0U) --end;
    const bool fine = base::is_utf8(text.substr(good, end - good));
    if (end == good) break;
    if (fine) {
      good = end;
    } else {
      bad = middle - 1;
    }
  }
  return 1 + static_cast<int>(std::ranges::count(text.substr(0, good), '\n'));
}

base::Result<std::string, ReadError> from_named(std::string_view bytes, const std::string& name) {
  UErrorCode code = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name.c_str(), &code);
  if (U_FAILURE(code)) {
    return base::Failure{ReadError{1, "not UTF-8 text, and its encoding is not known"}};
  }
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  std::string out(bytes.size() * 4 + 16, '\0');
  const auto length =
      ucnv_toAlgorithmic(UCNV_UTF8, converter, out.data(), static_cast<std::int32_t>(out.size()),
                         bytes.data(), static_cast<std::int32_t>(bytes.size()), &code);
  ucnv_close(converter);
  if (U_FAILURE(code)) return base::Failure{ReadError{1, "not text of the encoding it declares"}};
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

base::Result<std::string, ReadError> to_utf8_xml(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    text = bytes.substr(3);
  } else if (bytes.starts_with("\xFF\xFE")) {
    text = TRY(from_utf16(bytes.substr(2), false));
  } else if (bytes.starts_with("\xFE\xFF")) {
    text = TRY(from_utf16(bytes.substr(2), true));
  } else if (bytes.starts_with(std::string_view{"<\0", 2})) {
    text = TRY(from_utf16(bytes, false));
  } else if (bytes.starts_with(std::string_view{"\0<", 2})) {
    text = TRY(from_utf16(bytes, true));
  } else {
    text = bytes;
  }
  if (!base::is_utf8(text)) {
    const std::string name{declared_encoding(text).name};
    if (is_utf8_name(name)) {
      return base::Failure{ReadError{line_of_first_bad_byte(text), "not UTF-8 text"}};
    }
    text = TRY(from_named(text, name));
    if (!base::is_utf8(text)) {
      return base::Failure{ReadError{1, "not text of the encoding it declares"}};
    }
  }
  const Declared declared = declared_encoding(text);
  if (!is_utf8_name(declared.name)) text.replace(declared.at, declared.name.size(), "UTF-8");
  return text;
}

}  // namespace bpmn
