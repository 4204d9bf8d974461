#pragma once
// catalogue_review.h - the national catalogue as the office looks at it: its faults, each with a
// mending that a person accepts or declines, and how it differs from what is in force here.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/failure.h"
#include "casework/workplace.h"
#include "catalogue/draft_policy.h"
#include "catalogue/lint.h"
#include "catalogue/reconciliation.h"
#include "party/officer.h"

namespace casework {

// What was read of the whole catalogue, until something new is stored.  Thread-safe; whoever asks
// first waits for the reading (seconds for thousands of procedures).
class CatalogueReading {
 public:
  // `policy`: which department stands for which ministry, and how published words are read.
  explicit CatalogueReading(catalogue::DraftPolicy policy) : policy_(std::move(policy)) {}

  struct Facts {
    std::int64_t sequence = -1;                // grows with every version of an entry
    std::vector<catalogue::Finding> findings;  // by code, then as lint() gives them
    std::size_t entries = 0;
  };
  [[nodiscard]] Answer<std::shared_ptr<const Facts>> facts(Store& store);

  using Rows = std::vector<catalogue::ReconciliationRow>;
  [[nodiscard]] Answer<std::shared_ptr<const Rows>> reconciliation(Workplace& workplace,
                                                                   const std::string& agency);

 private:
  catalogue::DraftPolicy policy_;
  std::mutex mutex_;
  std::shared_ptr<const Facts> facts_;
  std::mutex rows_mutex_;  // comparing takes its time; what is known already is told meanwhile
  std::string compared_;   // agency, sequence and day of rows_
  std::shared_ptr<const Rows> rows_;
};

struct FindingsAsked {
  std::string kind;   // of the finding; empty: all
  std::string state;  // "open", "accepted", "declined"; empty: all
  std::string code;   // of the procedure; empty: all
  std::size_t begin = 0;
  std::size_t limit = 50;
};
// CatalogueFindings of api/openapi.yaml.
[[nodiscard]] Answer<base::json::object> findings_json(Workplace& workplace,
                                                       CatalogueReading& reading,
                                                       const party::Officer& by,
                                                       const FindingsAsked& asked);

// `finding` is Finding::key(); a later decision replaces the one before.
[[nodiscard]] Answer<base::json::object> decide_finding(Workplace& workplace,
                                                        CatalogueReading& reading,
                                                        const party::Officer& by,
                                                        const std::string& username,
                                                        const std::string& finding, bool accepts);

// What was understood of a page beside the page itself.
[[nodiscard]] Answer<base::json::object> catalogue_entry_json(Workplace& workplace,
                                                              const party::Officer& by,
                                                              const std::string& code);

// What the agency ought to offer by the catalogue against what is in force for it.
[[nodiscard]] Answer<std::shared_ptr<const CatalogueReading::Rows>> reconcile_for(
    Workplace& workplace, CatalogueReading& reading, const party::Officer& by,
    const std::string& agency);

}  // namespace casework
