#include "catalogue/draft_text.h"

#include <algorithm>

#include "base/text.h"

namespace catalogue {
namespace {

constexpr std::size_t kIdLengthMax = 40;

// The place where `characters` of them end.
std::size_t bytes_of(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --characters;
  }
  return at;
}

}  // namespace

std::string fitted(std::string_view text, std::size_t characters_max) {
  std::string line = base::to_one_line(base::to_plain_text(text));
  if (!base::is_utf8(line) || base::length_in_characters(line) <= characters_max) return line;
  line.resize(bytes_of(line, characters_max - 1));
  const std::size_t space = line.rfind(' ');
  if (space != std::string::npos && space > line.size() * 3 / 4) line.resize(space);
  return line + "…";
}

std::string yaml_quoted(std::string_view text) {
  std::string quoted{'"'};
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c >= 0 && c < ' ') {
      quoted += ' ';
    } else if (c == '\x7F') {
      continue;
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string yaml_bilingual(const Bilingual& text) {
  return "{vi: " + yaml_quoted(text.vi) + ", en: " + yaml_quoted(text.en) + "}";
}

Bilingual untranslated(std::string text) {
  return {text, text};
}

std::string feel_quoted(std::string_view text) {
  std::string quoted{'"'};
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c >= 0 && c < ' ' ? ' ' : c;
  }
  return quoted + '"';
}

std::string IdMaker::make(std::string_view name, std::string_view stem) {
  std::string id = base::fold_for_search(name);
  std::ranges::replace(id, ' ', '_');
  std::erase_if(
      id, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'); });
  id.erase(0, id.find_first_not_of("0123456789_"));
  if (id.size() > kIdLengthMax) {
    id.resize(kIdLengthMax + 1);
    const std::size_t cut = id.rfind('_');
    id.resize(cut == std::string::npos || cut < kIdLengthMax / 2 ? kIdLengthMax : cut);
  }
  while (id.ends_with('_')) id.pop_back();
  if (id.empty()) id = stem;
  std::string unique = id;
  for (int number = 2; !taken_.insert(unique).second; ++number) {
    unique = id + "_" + std::to_string(number);
  }
  return unique;
}

std::string grouped(std::int64_t amount) {
  std::string digits = std::to_string(amount);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, '.');
  }
  return digits;
}

}  // namespace catalogue
