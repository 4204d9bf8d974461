#pragma once
// reconciliation.h - what the national database publishes against what is in force here.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalogue/entry.h"
#include "form/bilingual.h"
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
  std::string what;  // "name", "level", "field", "limit", "fee", "paper", "result", "channel"
  Bilingual label;
  Bilingual published;  // what the database says
  Bilingual here;
};

struct ReconciliationRow {
  std::string code;
  Bilingual name;
  std::string agency;  // who decides here; empty where it is not in force
  ReconciliationKind kind = ReconciliationKind::agreeing;
  std::vector<Difference> differences;
};

struct InForce {
  const procedure::Procedure* procedure = nullptr;
  std::string agency;  // code of who it is in force for
};

// Sorted by kind, then code.  `published`: the entries that the agency ought to have; `here`: what
// is in force for it.
[[nodiscard]] std::vector<ReconciliationRow> reconcile(const std::vector<const Entry*>& published,
                                                       const std::vector<InForce>& here);

[[nodiscard]] base::json::object to_json(const ReconciliationRow& row);

}  // namespace catalogue
