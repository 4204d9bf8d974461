#include "cli/feel_answer.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <vector>

#include <boost/json.hpp>
#include <unicode/uchar.h>

#include "base/text.h"
#include "rules/name_table.h"
#include "rules/value.h"

namespace cli {

namespace {

using base::json::object;

constexpr std::size_t kLineBytesMax = 16U << 20U;
// Columns of a terminal that the place of an error is shown in.
constexpr std::size_t kShownBefore = 60;
constexpr std::size_t kShownAfter = 18;

std::vector<std::string> names_of(const rules::Value& context) {
  std::vector<std::string> names;
  if (const rules::Context* entries = context.if_context()) {
    for (const rules::Context::Entry& entry : entries->entries()) names.push_back(entry.name);
  }
  return names;
}

// A character with the marks that stand on it, as one column of a terminal.
struct Cell {
  std::string text;
  std::size_t first = 0;  // which character of the line it begins with, from 1
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  std::size_t count = 0;
  for (std::size_t at = 0; at < line.size();) {
    const rules::Character character = rules::character_at(line, at);
    ++count;
    const auto code = static_cast<UChar32>(character.code);
    const bool mark = (U_GET_GC_MASK(code) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
    const bool seen = character.code >= 0x20 && character.code != 0x7f;
    const std::string text{seen ? line.substr(at, character.length) : " "};
    if (mark && !cells.empty()) {
      cells.back().text += text;
    } else {
      cells.push_back({text, count});
    }
    at += character.length;
  }
  return cells;
}

std::string_view line_of(std::string_view text, int number) {
  for (int i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

rules::SyntaxError no_request(const std::string& message) {
  return {.line = 1,
          .column = 1,
          .expected = R"({"expression": "…", "context": {…}})",
          .message = message};
}

object error_json(const rules::SyntaxError& error) {
  return {{"error", object{{"line", error.line},
                           {"column", error.column},
                           {"expected", error.expected},
                           {"message", error.message}}}};
}

// The next line without its end; false at the end of the input.  Of a line that is too long only
// the beginning is kept, one byte more than admitted.
bool next_line(std::istream& in, std::string& line) {
  line.clear();
  std::streambuf& source = *in.rdbuf();
  bool any = false;
  for (int c = source.sbumpc(); c != std::char_traits<char>::eof(); c = source.sbumpc()) {
    any = true;
    if (c == '\n') return true;
    if (line.size() <= kLineBytesMax) line.push_back(static_cast<char>(c));
  }
  return any;
}

}  // namespace

base::Result<rules::Evaluation, rules::SyntaxError> evaluate_feel(std::string_view text,
                                                                  const rules::Value& context,
                                                                  const rules::Bounds& bounds) {
  if (!base::is_utf8(text)) {
    return base::Failure{rules::SyntaxError{1, 1, "text in UTF-8", "the text is not UTF-8"}};
  }
  const rules::Expression expression = TRY(rules::Expression::parse(text, names_of(context)));
  return rules::evaluate(expression, context, bounds);
}

std::string point_at(const rules::SyntaxError& error, std::string_view text) {
  std::string told = "line " + std::to_string(error.line) + ", column " +
                     std::to_string(error.column) + ": " + error.message;
  const std::vector<Cell> cells = cells_of(line_of(text, error.line));
  const auto column = static_cast<std::size_t>(std::max(error.column, 1));
  // The cell that holds the character, or the place behind the last one.
  const auto behind = std::ranges::upper_bound(cells, column, {}, &Cell::first);
  const std::size_t length = base::length_in_characters(line_of(text, error.line));
  const std::size_t at = column > length || behind == cells.begin()
                             ? (column > length ? cells.size() : 0)
                             : static_cast<std::size_t>(behind - cells.begin()) - 1;
  const std::size_t from = at > kShownBefore ? at - kShownBefore : 0;
  const std::size_t to = std::min(cells.size(), at + kShownAfter);
  told += "\n  ";
  if (from > 0) told += "…";
  for (std::size_t i = from; i < to; ++i) told += cells[i].text;
  if (to < cells.size()) told += "…";
  return told + "\n  " + std::string(at - from + (from > 0 ? 1 : 0), ' ') + "^";
}

std::string in_words(const rules::Problem& problem) {
  if (problem.line == 0) return problem.message;
  return std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
         problem.message;
}

object answer_feel(std::string_view line, const rules::Bounds& bounds) {
  if (line.size() > kLineBytesMax) return error_json(no_request("a line of more than 16 MiB"));
  const auto request = base::parse_json(line);
  if (!request) return error_json(no_request(request.error().message));
  const auto expression = base::find_string(*request, "expression");
  if (!expression) return error_json(no_request("no text is called 'expression'"));
  const base::json::value* given = base::find(*request, "context");
  if (given != nullptr && !given->is_object() && !given->is_null()) {
    return error_json(no_request("'context' is no JSON object"));
  }
  const rules::Value context =
      given == nullptr ? rules::Value{} : rules::from_json(*given, rules::JsonForm::tagged);
  const auto evaluated = evaluate_feel(*expression, context, bounds);
  if (!evaluated) return error_json(evaluated.error());
  base::json::array problems;
  for (const rules::Problem& problem : evaluated->problems) {
    problems.push_back(base::json::string{in_words(problem)});
  }
  return {{"value", rules::to_json(evaluated->value)},
          {"text", rules::to_text(evaluated->value)},
          {"problems", std::move(problems)}};
}

void answer_feel_lines(std::istream& in, std::ostream& out, const rules::Bounds& bounds) {
  std::string line;
  while (next_line(in, line) && out) out << base::to_text(answer_feel(line, bounds)) << std::endl;
}

}  // namespace cli
