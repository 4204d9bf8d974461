#pragma once
// reconciliation.h - what the national database publishes against what is in force here.
//
// Pure.  Whoever calls chooses what to hold against what: the entries that an agency ought to have
// (published_for), and what is in force for it today.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalogue/draft_policy.h"
#include "catalogue/entry.h"
#include "form/bilingual.h"
#include "party/organisation.h"
#include "procedure/procedure.h"

namespace catalogue {

using form::Bilingual;

enum class ReconciliationKind {
  only_published,  // the database has it, here it is not in force
  only_here,       // in force here, the database does not have it
  differing,       // both have it and say different things
  agreeing,
};
[[nodiscard]] std::string_view to_text(ReconciliationKind kind);
[[nodiscard]] Bilingual in_words(ReconciliationKind kind);

struct Difference {
  std::string what;  // "name", "level", "field", "channel", "limit", "fee", "paper", "result"
  Bilingual label;
  Bilingual published;  // what the database says; may be empty: nothing
  Bilingual here;
};

struct ReconciliationRow {
  std::string code;
  Bilingual name;
  Bilingual level;     // of here where it is in force, else as published
  std::string agency;  // code of who decides; empty where a commune does
  ReconciliationKind kind = ReconciliationKind::agreeing;
  std::vector<Difference> differences;
};

// Sorted by kind, then code; a code stands once.  `agency`: the one it is asked for ("H41").
// `here`: what is in force for it.
[[nodiscard]] std::vector<ReconciliationRow> reconcile(
    const std::vector<const Entry*>& published,
    const std::vector<const procedure::Procedure*>& here, const std::string& agency,
    const DraftPolicy& policy, const party::Organisation& organisation);

// What two sides of one procedure say differently, in the order of the enumeration above.
[[nodiscard]] std::vector<Difference> differences(const Entry& published,
                                                  const procedure::Procedure& here,
                                                  const DraftPolicy& policy);

// Whether an agency ought to have it.  A province: what is done at province or commune; one of its
// departments: what it decides or prepares; a commune's committee: what communes do; a ministry:
// what ministries do.
[[nodiscard]] bool concerns(const Entry& entry, const party::Agency& agency,
                            const DraftPolicy& policy, const party::Organisation& organisation);
[[nodiscard]] bool concerns(const procedure::Procedure& procedure, const party::Agency& agency);

[[nodiscard]] base::json::object to_json(const ReconciliationRow& row);

}  // namespace catalogue
