#pragma once
// outline.h - everything a procedure says as a list of named facts in words, for comparing two.
// Internal to procedure.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "form/bilingual.h"
#include "procedure/difference.h"
#include "procedure/procedure.h"

namespace procedure {

struct Fact {
  std::string key;  // within its entry: "limits.post.published"
  Affected affected = Affected::citizen;
  form::Bilingual label;
  form::Bilingual value;  // empty: nothing is said
  // Of a fact that is a quantity: for saying "shorter", "higher".
  std::optional<std::int64_t> size;
  enum class Measure : std::uint8_t { none, length, amount } measure = Measure::none;
};

// A case, a paper, a question, a step …; or the procedure itself, with an empty name.
struct Entry {
  std::string path;  // "components.birth_paper"
  Affected affected = Affected::citizen;
  form::Bilingual name;
  std::vector<Fact> facts;
};

// Things whose order matters.
struct Order {
  std::string path;
  Affected affected = Affected::citizen;
  form::Bilingual label;
  std::vector<std::pair<std::string, form::Bilingual>> items;  // id and name
};

struct Outline {
  std::vector<Entry> entries;
  std::vector<Order> orders;
};

[[nodiscard]] Outline outline_of(const Procedure& procedure);

// The two halves of it.
void outline_for_citizens(const Procedure& procedure, Outline& outline);
void outline_for_offices(const Procedure& procedure, Outline& outline);

// The same text in both languages.
[[nodiscard]] form::Bilingual plain(std::string text);
[[nodiscard]] form::Bilingual yes_or_no(bool value);

}  // namespace procedure
