#pragma once
// line_reading.h - one line of a scenario: a line of data, a step, an expectation.  Internal to
// rehearsal.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rehearsal/phrase.h"
#include "rehearsal/scenario.h"

namespace rehearsal {

struct Mistake {
  std::string message;
  std::string remedy;
};
template <class T>
using Read = base::Result<T, Mistake>;

inline base::Failure<Mistake> mistake(std::string message, std::string remedy) {
  return base::Failure<Mistake>{Mistake{std::move(message), std::move(remedy)}};
}

// A name of the package: letters, digits and `_ . - [ ] @`.
[[nodiscard]] bool is_name(std::string_view text);
[[nodiscard]] std::string trimmed(std::string_view text);
// "2026-08-20" or "20/8/2026".
[[nodiscard]] std::optional<calendar::Date> day_in(std::string_view text);
// "5000", "5.000".
[[nodiscard]] std::optional<std::int64_t> amount_in(std::string_view text);
// Splits where `separator` stands outside quotation marks.
[[nodiscard]] std::vector<std::string> split_outside_quotes(std::string_view line, char separator);

[[nodiscard]] Read<std::string> take_name(Words& words, const char* what);
[[nodiscard]] Read<std::string> take_text(Words& words, const char* what);
[[nodiscard]] Read<std::vector<std::string>> take_names(Words& words, const char* what);
[[nodiscard]] Read<base::Done> take_end(const Words& words);
[[nodiscard]] Read<calendar::Date> take_day(Words& words);
[[nodiscard]] Read<Who> take_who(Words& words);
// "all", "none", "all but a, b", "a, b".
[[nodiscard]] Read<PapersGiven> take_papers(Words& words);
// FIELD = VALUE within a line: the value ends before a comma that a further FIELD = follows.
[[nodiscard]] Read<Setting> take_change(Words& words);
[[nodiscard]] std::optional<Deed> take_deed(Words& words);

// The rest of a line `FIELD = VALUE`.
[[nodiscard]] Read<Written> written_value(std::string_view rest);
// A line of data that begins with a keyword; none where it does not.
[[nodiscard]] Read<std::vector<Setting>> take_settings(Words& words);

// From the deed on; `step` has who, and when.
[[nodiscard]] Read<base::Done> read_deed(Words& words, Step& step);
// What `supposing` is followed by.
[[nodiscard]] Read<base::Done> read_supposition(Words& words, Step& step);
[[nodiscard]] Read<Expectation> read_expectation(std::string_view text);

}  // namespace rehearsal
