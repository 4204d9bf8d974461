#pragma once
// journal_record.h - from what the store holds of a record to what its leaf commits to.
#include <string>

#include "casework/store.h"
#include "journal/leaf.h"

namespace casework {

// Of accesses: those to a dossier, and those to no single one, under who read.
[[nodiscard]] std::string access_subject(const AccessRow& row);
[[nodiscard]] std::string calendar_subject(const std::string& office);
// JSON text: content, reason and act.
[[nodiscard]] std::string calendar_payload(const CalendarVersionRow& row);

// Of the content as it is there, or the hash that was kept when it was erased.
[[nodiscard]] journal::Hash content_hash_of(const JournalRecord& record);
// The record must outlive the leaf.
[[nodiscard]] journal::Leaf leaf_of(const std::string& tenant, const JournalRecord& record);

// Hashes cross the store as 32 bytes of text.
[[nodiscard]] std::string bytes_of(const journal::Hash& hash);
// Zeros, when it is no hash.
[[nodiscard]] journal::Hash hash_from(std::string_view bytes);

}  // namespace casework
