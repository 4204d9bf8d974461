#pragma once
// competence_table.h - what a province has decided about who is competent, and where a dossier may
// be received: one row, one rule, with its act.
//
// The procedure's own rule (procedure/authority.h) says who is competent by the law that published
// it.  A row moves that to another level or agency from a day on (phân cấp, phân quyền, ủy quyền),
// or says that a procedure is received anywhere in the province (phi địa giới).  The first row that
// fits decides; rows that overlap without saying which goes first are refused
// (competence_check.h).  docs/formats/competence.md is the format.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/bilingual.h"
#include "form/definition_problem.h"
#include "procedure/component.h"

namespace casework {

using calendar::Date;
using form::Bilingual;

// Whom a row is about.  An empty list is "any".
struct RowScope {
  std::vector<std::string> procedures;  // codes
  std::vector<std::string> fields;      // names of fields in Vietnamese, compared folded
  std::optional<Date> from;
  std::optional<Date> to;  // last day

  [[nodiscard]] bool covers(Date on) const;
};

enum class Subject { any, person, organisation };
// Where the applicant lives, seen from the place of the matter.
enum class Residence { any, in_place, elsewhere };

enum class Target {
  commune,  // the people's committee of the place
  agency,   // one agency
};

struct CompetenceRule {
  std::string id;    // "PC-01"
  std::string kind;  // "decentralised", "delegated", "assigned": for the words
  RowScope scope;
  std::vector<std::string> places;  // communes by their five digits; empty: everywhere
  Subject subject = Subject::any;
  std::optional<int> age_from;
  std::optional<int> age_to;  // included
  Residence residence = Residence::any;
  Target target = Target::agency;
  std::string agency;       // for Target::agency
  std::string place_field;  // answer that names the place where the procedure itself has none
  procedure::LegalBasis act;
  bool example = false;  // number or date of the act are ours, not official
  Bilingual reason;
  std::vector<std::string> before;  // rows that it goes before where both fit
};

enum class Reception {
  anywhere,  // any one-stop centre of the province
  listed,    // the competent agency's own centre and those named
  own,       // only the competent agency's own centre
};

struct ReceptionRule {
  std::string id;
  RowScope scope;
  Reception where = Reception::anywhere;
  std::vector<std::string> centres;    // for Reception::listed
  bool work_waits_for_papers = false;  // the competent agency begins with the papers at hand
  bool by_post = true;                 // the result may be sent by post
  procedure::LegalBasis act;
  bool example = false;
  Bilingual note;
};

struct CompetenceTable {
  std::vector<CompetenceRule> rules;
  std::vector<ReceptionRule> reception;

  // None: nothing is said, and nothing is refused.
  [[nodiscard]] bool says_nothing() const { return rules.empty() && reception.empty(); }
  // The first row in force for that procedure; without one a table that has any says `own`.
  [[nodiscard]] const ReceptionRule* reception_of(std::string_view code, std::string_view field,
                                                  Date on) const;
};

inline constexpr std::size_t kCompetenceRowsMax = 5'000;

[[nodiscard]] form::Defined<CompetenceTable> read_competence_table(
    std::string_view yaml, const std::string& file = "competence.yaml");

// True where the row is about that procedure on that day.
[[nodiscard]] bool is_about(const RowScope& scope, std::string_view code, std::string_view field,
                            Date on);

[[nodiscard]] std::string_view to_text(Subject subject);
[[nodiscard]] std::string_view to_text(Residence residence);
[[nodiscard]] std::string_view to_text(Reception where);
[[nodiscard]] std::string_view to_text(Target target);

}  // namespace casework
