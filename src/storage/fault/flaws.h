#pragma once
// flaws.h - what is wrong with a store on which fault::Load has worked and which then lost its
// power.
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/fault/load.h"

namespace storage::fault {

// Acknowledged and not there, or there at an earlier version.
[[nodiscard]] std::vector<std::string> losses(casework::Store& store, const Ledger& ledger);

// Asks again for what was never answered: done once, whatever had become of it.
[[nodiscard]] std::vector<std::string> flaws_of_retries(casework::Store& store,
                                                        const std::vector<casework::Commit>& open);

// Half-written dossiers, numbers with gaps, rows without their other rows.  `thorough` also reads
// every page of the database.
[[nodiscard]] std::vector<std::string> flaws_of_database(const std::string& path, bool thorough);

}  // namespace storage::fault
