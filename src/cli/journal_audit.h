#pragma once
// journal_audit.h - the journal of a data folder, held against its records and against tree heads
// that somebody kept; nothing is written, and a server may be at work there.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/language.h"
#include "casework/store.h"
#include "journal/audit.h"
#include "journal/note.h"
#include "storage/sqlite/store_image.h"

namespace cli {

struct JournalAuditRequest {
  std::string store;  // path of the SQLite file
  std::string tenant;
  std::vector<journal::VerifierKey> keys;
  std::vector<journal::AuditHead> kept;  // checkpoints that were saved elsewhere
  std::string ca;                        // PEM of who vouches for time-stamps, or empty
  std::function<void(std::int64_t done, std::int64_t all)> progress;  // may be empty
};

// Fault `invalid`: the store is of an earlier program, from before there was a journal.
[[nodiscard]] base::Outcome<journal::AuditReport> audit_journal(const JournalAuditRequest& request);

// The same of an image that is open already, such as a backup's; `request.store` is not looked at.
[[nodiscard]] base::Outcome<journal::AuditReport> audit_journal(
    const storage::sqlite::StoreImage& image, const JournalAuditRequest& request);

// The same of a store on any engine; `request.store` is not looked at.  Where leaves are given
// after the commit (PostgreSQL), records of these moments are still waiting for theirs.
[[nodiscard]] base::Outcome<journal::AuditReport> audit_journal(casework::Store& store,
                                                                const JournalAuditRequest& request);

// What is wrong, in words.
[[nodiscard]] calendar::Bilingual explain(journal::Damage damage);

}  // namespace cli
