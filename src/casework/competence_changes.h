#pragma once
// competence_changes.h - the province changes its table of competence: looked at first, then
// published as a new version.
#include <string>
#include <vector>

#include "casework/competence_book.h"
#include "casework/competence_check.h"
#include "casework/workplace.h"

namespace casework {

// What a new text would change, and what is wrong with it.
struct CompetencePreview {
  form::DefinitionProblems problems;                 // of its form: it cannot be read
  std::vector<CompetenceFinding> findings;           // overlaps, gaps; with errors it is not taken
  std::vector<std::string> added, removed, changed;  // rows
  // "1.001193: H41.101 -> H41.002 from 2026-12-01": who would be competent for what, otherwise.
  std::vector<Bilingual> effects;
  [[nodiscard]] bool acceptable() const;
};

[[nodiscard]] Answer<CompetencePreview> preview_competence(Workplace& workplace,
                                                           const std::string& text);
struct CompetenceImport {
  std::string text;
  std::string reason;
  std::string act;
  std::int64_t expected_version = 0;  // stale where somebody else has published meanwhile
};
// The new version.  By an administrator of the province.
[[nodiscard]] Answer<std::int64_t> import_competence(Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const CompetenceImport& wanted);

// The present table, its versions and what is wrong with it, for the administrator's page.
[[nodiscard]] Answer<base::json::object> competence_table_json(Workplace& workplace);
[[nodiscard]] base::json::object to_json(const CompetencePreview& preview);

// Who is competent for that procedure there and then, why, and where it is received and returned.
struct CompetenceQuestion {
  std::string procedure;
  std::string place;  // commune, agency, or empty
  std::string at;     // centre where somebody stands, or empty
  std::optional<calendar::Date> on;
  Subject subject = Subject::any;
};
[[nodiscard]] Answer<base::json::object> explain_competence(Workplace& workplace,
                                                            const CompetenceQuestion& question);

}  // namespace casework
