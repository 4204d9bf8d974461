#pragma once
// flaws.h - what is wrong with a store on which fault::Load has worked and which then lost its
// power.
#include <string>
#include <vector>

#include "casework/store.h"
#include "journal/note.h"
#include "storage/fault/load.h"

namespace storage::fault {

// Acknowledged and not there, or there at an earlier version.
[[nodiscard]] std::vector<std::string> losses(casework::Store& store, const Ledger& ledger);

// Asks again for what was never answered: done once, whatever had become of it.
[[nodiscard]] std::vector<std::string> flaws_of_retries(casework::Store& store,
                                                        const std::vector<casework::Commit>& open);

// Records that are not what the tree commits to, leaves without a record, tiles that are not of
// this tree; a tree that is not the one of which the ledger holds signed heads.
[[nodiscard]] std::vector<std::string> flaws_of_journal(casework::Store& store,
                                                        const std::string& tenant,
                                                        const journal::VerifierKey& key,
                                                        const Ledger& ledger);

// Half-written dossiers, numbers with gaps, rows without their other rows.  `thorough` also reads
// every page of the database.
[[nodiscard]] std::vector<std::string> flaws_of_database(const std::string& path, bool thorough);

}  // namespace storage::fault
