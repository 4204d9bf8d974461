#pragma once
// file_rows.h - files, uploads that are not finished, and who names an address.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

[[nodiscard]] base::Outcome<std::optional<casework::FileRow>> read_file_row(
    Database& database, const std::string& tenant, const std::string& id);
[[nodiscard]] base::Outcome<std::optional<casework::UploadRow>> read_upload(
    Database& database, const std::string& tenant, const std::string& id);
[[nodiscard]] base::Outcome<std::vector<casework::UploadPiece>> read_upload_pieces(
    Database& database, const std::string& tenant, const std::string& id);
[[nodiscard]] base::Outcome<casework::OpenUploads> read_open_uploads(Database& database,
                                                                     const std::string& tenant,
                                                                     const std::string& owner);
[[nodiscard]] base::Outcome<std::vector<std::string>> read_unnamed_addresses(
    Database& database, const std::string& tenant, const std::vector<std::string>& addresses);

// These write, inside the caller's transaction.
[[nodiscard]] base::Outcome<base::Done> write_file_row(Database& database,
                                                       const std::string& tenant,
                                                       const casework::FileRow& file);
[[nodiscard]] base::Outcome<base::Done> write_upload(Database& database, const std::string& tenant,
                                                     const casework::UploadRow& upload);
[[nodiscard]] base::Outcome<std::int64_t> append_piece(Database& database,
                                                       const std::string& tenant,
                                                       const std::string& id,
                                                       const casework::UploadPiece& piece);
[[nodiscard]] base::Outcome<base::Done> erase_upload(Database& database, const std::string& tenant,
                                                     const std::string& id);
[[nodiscard]] base::Outcome<std::int64_t> erase_expired_uploads(Database& database,
                                                                const std::string& tenant,
                                                                casework::Instant now);
[[nodiscard]] base::Outcome<std::int64_t> erase_abandoned_files(Database& database,
                                                                const std::string& tenant,
                                                                casework::Instant now,
                                                                casework::Instant marked,
                                                                casework::Instant unclaimed);
// The dossier's own addresses; `anew`: instead of those it had.
[[nodiscard]] base::Outcome<base::Done> write_addresses(Database& database,
                                                        const std::string& tenant,
                                                        const std::string& dossier,
                                                        const std::vector<std::string>& addresses,
                                                        bool anew);

}  // namespace storage::sqlite
