#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/ensure.h"

namespace base {

namespace {

// The next code point at `at`, which moves past it; negative where the bytes are not UTF-8.
UChar32 next_code_point(std::string_view text, int32_t& at) {
  const auto* bytes = static_cast<const uint8_t*>(static_cast<const void*>(text.data()));
  const auto length = static_cast<int32_t>(text.size());
// ICU's macro narrows int to uint8_t on purpose.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
  UChar32 c = 0;
  U8_NEXT(bytes, at, length, c);
#pragma GCC diagnostic pop
  return c;
}

const icu::Normalizer2& nfc() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(error);
  ENSURE(U_SUCCESS(error) && normalizer != nullptr, "ICU ships its normalization data");
  return *normalizer;
}

const icu::Normalizer2& nfd() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(error);
  ENSURE(U_SUCCESS(error) && normalizer != nullptr, "ICU ships its normalization data");
  return *normalizer;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80U) return false;
  }
  return true;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto length = static_cast<int32_t>(text.size());
  int32_t at = 0;
  while (at < length) {
    if (next_code_point(text, at) < 0) return false;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text) || !is_utf8(text)) return std::string{text};
  UErrorCode error = U_ZERO_ERROR;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  nfc().normalizeUTF8(0, piece(text), sink, nullptr, error);
  return U_SUCCESS(error) ? result : std::string{text};
}

std::string to_plain_text(std::string_view text) {
  const std::string composed = to_nfc(text);
  std::string plain;
  plain.reserve(composed.size());
  for (std::size_t i = 0; i < composed.size(); ++i) {
    const auto byte = [&](std::size_t n) {
      return i + n < composed.size() ? static_cast<unsigned char>(composed[i + n]) : 0U;
    };
    const unsigned first = byte(0);
    if ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7F) continue;
    // U+200B to U+200F, U+202A to U+202E; U+2060 to U+2069; U+FEFF.
    const bool general =
        first == 0xE2 && byte(1) == 0x80 &&
        ((byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xAA && byte(2) <= 0xAE));
    const bool joiner = first == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xA9;
    const bool mark = first == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF;
    if (general || joiner || mark) {
      i += 2;
      continue;
    }
    plain += composed[i];
  }
  return plain;
}

std::string to_one_line(std::string_view text) {
  const std::string composed = to_nfc(text);
  std::string result;
  result.reserve(composed.size());
  bool space = false;
  const auto length = static_cast<int32_t>(composed.size());
  for (int32_t at = 0; at < length;) {
    const int32_t start = at;
    const UChar32 c = next_code_point(composed, at);
    if (c < 0) continue;
    if (u_isUWhiteSpace(c)) {
      space = true;
      continue;
    }
    if (u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR) continue;
    if (space && !result.empty()) result += ' ';
    space = false;
    result.append(composed, static_cast<std::size_t>(start), static_cast<std::size_t>(at - start));
  }
  return result;
}

std::string fold_for_search(std::string_view text) {
  icu::UnicodeString decomposed;
  UErrorCode error = U_ZERO_ERROR;
  nfd().normalize(icu::UnicodeString::fromUTF8(piece(text)), decomposed, error);
  std::string result;
  result.reserve(text.size());
  bool space = false;
  for (int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
    UChar32 c = decomposed.char32At(at);
    const int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) continue;
    c = u_tolower(c);
    if (c == 0x0111) c = 'd';
    if (!u_isalnum(c)) {
      space = true;
      continue;
    }
    if (space && !result.empty()) result += ' ';
    space = false;
    icu::UnicodeString{c}.toUTF8String(result);
  }
  return result;
}

std::string to_lower(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  icu::CaseMap::utf8ToLower("vi", 0, piece(text), sink, nullptr, error);
  return U_SUCCESS(error) ? result : std::string{text};
}

std::string to_upper(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  icu::CaseMap::utf8ToUpper("vi", 0, piece(text), sink, nullptr, error);
  return U_SUCCESS(error) ? result : std::string{text};
}

std::size_t length_in_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

}  // namespace base
