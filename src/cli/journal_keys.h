#pragma once
// journal_keys.h - the key that signs the journal's heads, and those that signed before it.
#include <filesystem>
#include <string>

#include "base/fault.h"
#include "casework/sealing.h"
#include "journal/note.h"

namespace cli {

struct JournalKeys {
  journal::SigningKey signing;
  std::string verifiers;  // one a line, newest first
};

// Reads DIR/journal.key and DIR/journal.keys; makes a key with this name where there is none.  A
// folder that has verifier keys but no secret one has lost it: fault `corrupt`.
[[nodiscard]] base::Outcome<JournalKeys> open_journal_keys(const std::filesystem::path& folder,
                                                           const std::string& name);

// Puts a new key in the place of the present one, whose verifier key stays listed.
[[nodiscard]] base::Outcome<JournalKeys> renew_journal_key(const std::filesystem::path& folder);

// What signing goes by besides the store: the keys, and DIR/journal.head, the newest checkpoint
// that was signed with this folder.  Whoever restores the store of that folder from a backup moves
// that file away, and so says that he knows.
[[nodiscard]] base::Outcome<casework::SealingTrust> sealing_trust(
    const std::filesystem::path& folder, const std::string& verifiers);

}  // namespace cli
