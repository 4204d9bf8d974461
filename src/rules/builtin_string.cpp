// builtin_string.cpp - functions of texts.  Lengths and positions count code points.
#include <array>
#include <cstring>

#include "base/text.h"
#include "rules/argument.h"
#include "rules/name_table.h"
#include "rules/pattern.h"

namespace rules {

namespace {

constexpr std::size_t kTextLengthMax = 4U << 20U;

// The byte at which code point number `index` begins; the size where there are not so many.
std::size_t byte_of(std::string_view text, std::size_t index) {
  std::size_t byte = 0;
  while (index > 0 && byte < text.size()) {
    byte += character_at(text, byte).length;
    --index;
  }
  return byte;
}

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t byte = 0; byte < text.size(); byte += character_at(text, byte).length) ++length;
  return length;
}

Value substring(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  const Decimal* start = number_in(arguments[1]);
  if (text == nullptr || start == nullptr) return wrong_kind(evaluator, "a text and a position");
  const auto whole_start = Decimal::round(*start, 0, Rounding::down);
  std::int64_t from = whole_start->to_integer().value_or(0);
  const auto size = static_cast<std::int64_t>(length_of(*text));
  if (!evaluator.spend(text->size() / 16) || !evaluator.spend_memory(text->size())) return {};
  if (from == 0 || from > size || from < -size) {
    return no_result(evaluator, "the position is not within the text");
  }
  from = from > 0 ? from - 1 : size + from;
  std::int64_t length = size - from;
  if (arguments.has(2) && !arguments[2].is_null()) {
    const Decimal* given = number_in(arguments[2]);
    if (given == nullptr) return wrong_kind(evaluator, "the length is no number");
    const auto whole = Decimal::round(*given, 0, Rounding::down);
    const std::int64_t wanted = whole->to_integer().value_or(length);
    if (wanted < 1) return no_result(evaluator, "the length is not positive");
    length = std::min(length, wanted);
  }
  const std::string_view rest =
      std::string_view{*text}.substr(byte_of(*text, static_cast<std::size_t>(from)));
  return rest.substr(0, byte_of(rest, static_cast<std::size_t>(length)));
}

Value string_length(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  if (text == nullptr) return wrong_kind(evaluator, "a text is expected");
  if (!evaluator.spend(text->size() / 32)) return {};
  return static_cast<std::int64_t>(length_of(*text));
}

template <std::string (*function)(std::string_view)>
Value changed(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  if (text == nullptr) return wrong_kind(evaluator, "a text is expected");
  if (!evaluator.spend_memory(text->size()) || !evaluator.spend(text->size() / 16)) return {};
  return function(*text);
}

// Where `match` first stands in `text`; the search takes linear time, which std::string::find
// does not.  Nothing once the bound of steps is reached.
std::optional<std::size_t> position_of(Evaluator& evaluator, const std::string& text,
                                       const std::string& match) {
  if (!evaluator.spend((text.size() + match.size()) / 64)) return std::nullopt;
  const void* found = memmem(text.data(), text.size(), match.data(), match.size());
  if (found == nullptr) return std::string::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

Value substring_before(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  const std::string* match = string_in(arguments[1]);
  if (text == nullptr || match == nullptr) return wrong_kind(evaluator, "texts are expected");
  const std::optional<std::size_t> found = position_of(evaluator, *text, *match);
  if (!found) return {};
  if (*found == std::string::npos) return "";
  return evaluator.spend_memory(*found) ? Value{text->substr(0, *found)} : Value{};
}

Value substring_after(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  const std::string* match = string_in(arguments[1]);
  if (text == nullptr || match == nullptr) return wrong_kind(evaluator, "texts are expected");
  const std::optional<std::size_t> found = position_of(evaluator, *text, *match);
  if (!found) return {};
  if (*found == std::string::npos) return "";
  if (!evaluator.spend_memory(text->size() - *found)) return {};
  return text->substr(*found + match->size());
}

enum class Where { anywhere, start, end };

template <Where where>
Value contains(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* text = string_in(arguments[0]);
  const std::string* match = string_in(arguments[1]);
  if (text == nullptr || match == nullptr) return wrong_kind(evaluator, "texts are expected");
  if constexpr (where == Where::start) return text->starts_with(*match);
  if constexpr (where == Where::end) return text->ends_with(*match);
  const std::optional<std::size_t> found = position_of(evaluator, *text, *match);
  return found ? Value{*found != std::string::npos} : Value{};
}

// The pattern in argument 1 with the flags in argument `flags`; null with a problem.
const Pattern* pattern_in(Evaluator& evaluator, const Arguments& arguments, std::size_t flags) {
  const std::string* input = string_in(arguments[0]);
  const std::string* text = string_in(arguments[1]);
  const bool has_flags = flags < arguments.size() && !arguments[flags].is_null();
  const std::string* given = has_flags ? string_in(arguments[flags]) : nullptr;
  if (input == nullptr || text == nullptr || (has_flags && given == nullptr)) {
    wrong_kind(evaluator, "texts are expected");
    return nullptr;
  }
  if (input->size() > kTextLengthMax || !evaluator.spend(20 + input->size() / 16)) {
    no_result(evaluator, "the text is too long for a pattern");
    return nullptr;
  }
  const Pattern* pattern = evaluator.pattern(*text, given == nullptr ? std::string{} : *given);
  return pattern == nullptr || !pattern->is_slow() || evaluator.spend(50'000) ? pattern : nullptr;
}

Value matches(Evaluator& evaluator, const Arguments& arguments) {
  const Pattern* pattern = pattern_in(evaluator, arguments, 2);
  if (pattern == nullptr) return {};
  return value_or_null(evaluator, pattern->is_in(*string_in(arguments[0])),
                       "the pattern takes too many steps");
}

Value replace(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* replacement = string_in(arguments[2]);
  if (replacement == nullptr) return wrong_kind(evaluator, "texts are expected");
  const Pattern* pattern = pattern_in(evaluator, arguments, 3);
  if (pattern == nullptr) return {};
  auto result = pattern->replaced(*string_in(arguments[0]), *replacement, kTextLengthMax);
  const std::size_t walked = string_in(arguments[0])->size() + (result ? result->size() : 0);
  if (!evaluator.spend(walked / 4) || !evaluator.spend_memory(walked)) return {};
  return value_or_null(evaluator, std::move(result), "the replacement cannot be made");
}

Value split(Evaluator& evaluator, const Arguments& arguments) {
  const Pattern* pattern = pattern_in(evaluator, arguments, 2);
  if (pattern == nullptr) return {};
  const auto parts = pattern->split(*string_in(arguments[0]), 100'000);
  if (!parts) return no_result(evaluator, "the text cannot be split so, or into too many parts");
  if (!evaluator.spend(parts->size() * 4) || !evaluator.spend_memory(parts->size() * 64)) return {};
  List list;
  for (const std::string& part : *parts) list.emplace_back(part);
  return list;
}

Value string_join(Evaluator& evaluator, const Arguments& arguments) {
  const Value wrapped = list_in(arguments[0]);
  const List* list = wrapped.if_list();
  const bool has_delimiter = arguments.has(1) && !arguments[1].is_null();
  const std::string* delimiter = has_delimiter ? string_in(arguments[1]) : nullptr;
  if (list == nullptr || (has_delimiter && delimiter == nullptr)) {
    return wrong_kind(evaluator, "a list of texts is expected");
  }
  std::string result;
  bool first = true;
  for (const Value& item : *list) {
    if (item.is_null()) continue;
    const std::string* text = item.if_string();
    if (text == nullptr) return wrong_kind(evaluator, "a list of texts is expected");
    const std::size_t added = text->size() + (delimiter == nullptr ? 0 : delimiter->size());
    if (!evaluator.spend_memory(added) || !evaluator.spend(1)) return {};
    if (!first && delimiter != nullptr) result += *delimiter;
    result += *text;
    first = false;
  }
  return result;
}

constexpr std::array kFunctions{
    Builtin{"substring", "string,start position,length?", substring},
    Builtin{"string length", "string", string_length},
    Builtin{"upper case", "string", changed<base::to_upper>},
    Builtin{"lower case", "string", changed<base::to_lower>},
    Builtin{"substring before", "string,match", substring_before},
    Builtin{"substring after", "string,match", substring_after},
    Builtin{"contains", "string,match", contains<Where::anywhere>},
    Builtin{"starts with", "string,match", contains<Where::start>},
    Builtin{"ends with", "string,match", contains<Where::end>},
    Builtin{"matches", "input,pattern,flags?", matches},
    Builtin{"replace", "input,pattern,replacement,flags?", replace},
    Builtin{"split", "string,delimiter", split},
    Builtin{"string join", "list,delimiter?", string_join},
};

}  // namespace

std::span<const Builtin> string_builtins() {
  return kFunctions;
}

}  // namespace rules
