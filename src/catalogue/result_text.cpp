#include "catalogue/result_text.h"

#include <re2/re2.h>

#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kCode = "Mã:";
constexpr std::size_t kResultsMax = 100;
constexpr std::size_t kTextMax = 4000;  // bytes

constexpr const char* kForms =
    R"((KQ[.\-][A-Z]\d{2}[.\-]\d{5,7}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-KQ\.?\d{3,6}|KQ-[A-Z]\d{2}-KQ-?\d{5,6}|KQ\d{1,3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{3,6}))";

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

// The code at the beginning of `text`; the next name follows without a space.
std::size_t code_size(std::string_view text) {
  static const RE2 known(std::string("^") + kForms);
  static const RE2 seven(R"(^KQ[.\-][A-Z]\d{2}[.\-]\d{7})");
  re2::StringPiece code;
  if (RE2::PartialMatch(piece(text), known, &code)) {
    std::size_t size = code.size();
    // "KQ.G10.0000542) Giấy …": the seventh digit numbers the next name.
    const Character next = character_at(text, size);
    if (RE2::PartialMatch(piece(text), seven) &&
        (next.value == ')' || next.value == '.' || is_space(next.value))) {
      --size;
    }
    return size;
  }
  // Unknown: up to where a name begins, which is a capital followed by a small letter, a letter
  // that no code has, or a space.
  std::size_t at = 0;
  while (at < text.size() && at < 60) {
    const Character c = character_at(text, at);
    const bool of_code =
        c.value < 0x80 && (is_letter(c.value) || is_digit(c.value) || c.value == '.' ||
                           c.value == '-' || c.value == '_' || c.value == '/');
    if (!of_code) {
      // The first letter of a name was taken for a code's.
      const Character last = character_before(text, at);
      if (c.value >= 0x80 && at > 1 && is_upper(last.value)) --at;
      break;
    }
    const Character next = character_at(text, at + c.size);
    if (at > 0 && is_upper(c.value) && is_lower(next.value)) break;
    at += c.size;
  }
  return at;
}

}  // namespace

bool is_result_code(std::string_view code) {
  static const RE2 known(kForms);
  return RE2::FullMatch(piece(code), known);
}

std::string_view without_menu(std::string_view text) {
  // The words "Từ khóa" and "Mô tả" head the two columns behind the results.
  std::size_t at = text.find("Từ khóa");
  while (at != std::string_view::npos) {
    const std::string_view after = text.substr(at);
    if (after.find("Mô tả") != std::string_view::npos || trimmed(after).size() <= 12) {
      return trimmed(text.substr(0, at));
    }
    at = text.find("Từ khóa", at + 1);
  }
  return trimmed(text);
}

std::vector<StatedResult> read_results(std::string_view text) {
  std::vector<StatedResult> results;
  text = without_menu(text);
  while (results.size() < kResultsMax) {
    const std::size_t mark = text.find(kCode);
    if (mark == std::string_view::npos) break;
    StatedResult result;
    result.name = shortened(one_line(without_bullet(text.substr(0, mark))), kTextMax);
    text = trimmed(text.substr(mark + kCode.size()));
    const std::size_t size = code_size(text);
    result.code = std::string{trimmed(text.substr(0, size))};
    result.code_understood = is_result_code(result.code);
    text.remove_prefix(size);
    results.push_back(std::move(result));
  }
  if (results.size() < kResultsMax && !says_nothing(without_bullet(text))) {
    StatedResult result;
    result.name = shortened(one_line(without_bullet(text)), kTextMax);
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace catalogue
