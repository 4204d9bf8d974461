#pragma once
// dossier_check.h - what lists and pages show of a dossier, held against its events: the journal
// vouches for the events only, and everything else has to follow from them.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "cli/compose.h"
#include "cli/data_folder.h"

namespace cli {

struct DossierMismatch {
  std::string id;
  std::string part;  // "events" that cannot be read, "state", or a column of its row

  friend bool operator==(const DossierMismatch&, const DossierMismatch&) = default;
};

struct DossierCheck {
  std::int64_t checked = 0;
  std::int64_t erased = 0;  // of which the law left nothing to compare
  std::vector<DossierMismatch> mismatches;
};

// The shipped definitions, by which events are understood.
struct DossierRules {
  Definitions definitions;
  calendar::OfficeCalendar calendar;
};
[[nodiscard]] base::Outcome<DossierRules> read_dossier_rules(const Shipped& shipped);

// `store`: path of the SQLite file; a server may be at work there.
[[nodiscard]] base::Outcome<DossierCheck> check_dossiers(
    const std::string& store, const std::string& tenant, const DossierRules& rules,
    const std::function<void(std::int64_t done)>& progress = {});

}  // namespace cli
