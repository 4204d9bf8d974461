#pragma once
// replacement.h - papers that data of the national databases replace: the published list, matched
// to the papers of procedures.
//
// Source: Resolution 66.7/2025/NQ-CP, appendices I and II; in force from 1/1/2026 to 28/2/2027.
// Where the data are missing or wrong the office asks for the paper and has the source corrected.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/json.h"
#include "calendar/instant.h"
#include "catalogue/draft_policy.h"
#include "form/bilingual.h"

namespace catalogue {

// A row of the appendix.
struct Replacement {
  int row = 0;            // "tt" of the appendix
  int repeat = 1;         // which one of those that carry this number; the appendix has slips
  std::string procedure;  // code
  std::string procedure_name;
  std::string paper;     // as published; may name several papers
  std::string database;  // as published: "CSDL quốc gia về dân cư"
  std::string owner;     // agency that keeps it
  std::string act;       // that asked for the paper so far
  std::string article;
  std::string by_act;  // that lets data stand in: "66.7/2025/NQ-CP"
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;

  friend bool operator==(const Replacement&, const Replacement&) = default;
};

struct ReplacementProblem {
  int line = 0;  // of the file, from 1
  std::string message;
};

struct ReplacementList {
  std::vector<Replacement> rows;
  std::vector<ReplacementProblem> problems;  // lines left out
};

struct ReplacementTerms {
  std::string by_act;
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;
};

// Tab-separated with a first line of names (tt, ma_tthc, ten_tthc, giay_to, csdl, co_quan, van_ban,
// dieu_khoan, in any order).  Fault `invalid`: no such line, or more than 16 MiB or 100,000 lines.
[[nodiscard]] base::Outcome<ReplacementList> read_replacements(std::string_view text,
                                                               const ReplacementTerms& terms);

// Key of its definition: "66.7/2025/NQ-CP/17"; of a second row of that number ".../17.2".
[[nodiscard]] std::string key_of(const Replacement& row);
[[nodiscard]] base::json::object to_json(const Replacement& row);
[[nodiscard]] base::Outcome<Replacement> read_replacement(const base::json::value& json);

// "CSDL Quốc gia về Đất đai;" -> "Cơ sở dữ liệu quốc gia về đất đai": one name a database.
[[nodiscard]] Bilingual database_name(std::string_view published, const DraftPolicy& policy);

// ------------------------------------------------------------------ matching

enum class MatchKind {
  exact,   // letter for letter
  folded,  // but for case, diacritics and punctuation
  fuzzy,   // by the words in common, above the policy's threshold
  review,  // alike; a person decides
  none,    // no paper of the procedure is like it
};
[[nodiscard]] std::string_view to_text(MatchKind kind);

// How alike two names of a paper are, 0 to 1: the weight of the folded words in common (Dice),
// words that say little weighing a quarter, synonyms read as one; a name that is wholly within the
// other counts for more, the more so the less the other has beside it.
[[nodiscard]] double likeness(std::string_view a, std::string_view b, const DraftPolicy& policy);

struct PaperName {
  std::string id;  // of the component in its package, or its place in the entry
  std::string name;
};

struct Match {
  const Replacement* replacement = nullptr;  // into the list given
  std::string paper;                         // PaperName::id; empty for MatchKind::none
  std::string paper_name;
  MatchKind kind = MatchKind::none;
  double score = 0;
};

// Every row of the list with what it matches best, in the order of the list; of a row that names
// several papers ("A; B") each is looked for.  What is surely the paper may stand there several
// times, for several cases; of what is only alike the likest three.  `replacements` and `papers`
// are of one procedure; the answer points into the first.
[[nodiscard]] std::vector<Match> match_papers(const std::vector<Replacement>& replacements,
                                              const std::vector<PaperName>& papers,
                                              const DraftPolicy& policy);

// ------------------------------------------------------------------ decisions

// What a person decided about a row and a paper.
struct MatchDecision {
  bool accepted = false;
  std::string by;
  std::string note;
};

// The rows known, and what was decided about them.
struct ReplacementBook {
  std::map<std::string, std::vector<Replacement>, std::less<>> rows;  // by procedure
  std::map<std::string, MatchDecision, std::less<>> decisions;        // by decision_key()

  void add(Replacement row);
};

// "66.7/2025/NQ-CP/17/giay khai sinh": holds for the paper of that name, whatever its id.
[[nodiscard]] std::string decision_key(const Replacement& row, std::string_view paper_name);

// The matches that count: sure ones that nobody declined, doubtful ones that somebody accepted.
[[nodiscard]] std::vector<Match> applying_matches(const ReplacementBook& book,
                                                  std::string_view procedure,
                                                  const std::vector<PaperName>& papers,
                                                  const DraftPolicy& policy);

// `replaced_by` of procedure.yaml for a match, as YAML in flow style.
[[nodiscard]] std::string replaced_by_yaml(const Replacement& row, const DraftPolicy& policy);

}  // namespace catalogue
