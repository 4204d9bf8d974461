#pragma once
// file_rows.h - rows of files, uploads in pieces, and which addresses nothing names any more.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

[[nodiscard]] base::Outcome<base::Done> write_file_row(Connection& connection,
                                                       const std::string& tenant,
                                                       const casework::FileRow& file,
                                                       Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::FileRow>> read_file_row(
    Connection& connection, const std::string& tenant, const std::string& id, Deadline deadline);

[[nodiscard]] base::Outcome<base::Done> write_upload(Connection& connection,
                                                     const std::string& tenant,
                                                     const casework::UploadRow& upload,
                                                     Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::UploadRow>> read_upload(
    Connection& connection, const std::string& tenant, const std::string& id, Deadline deadline);
// The same piece handed over again after its first time was lost is answered as if it were new.
[[nodiscard]] base::Outcome<std::int64_t> append_piece(Connection& connection,
                                                       const std::string& tenant,
                                                       const std::string& id,
                                                       const casework::UploadPiece& piece,
                                                       bool again, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::UploadPiece>> read_upload_pieces(
    Connection& connection, const std::string& tenant, const std::string& id, Deadline deadline);
[[nodiscard]] base::Outcome<casework::OpenUploads> read_open_uploads(Connection& connection,
                                                                     const std::string& tenant,
                                                                     const std::string& owner,
                                                                     Deadline deadline);
[[nodiscard]] base::Outcome<base::Done> erase_upload(Connection& connection,
                                                     const std::string& tenant,
                                                     const std::string& id, Deadline deadline);
[[nodiscard]] base::Outcome<std::int64_t> erase_expired_uploads(Connection& connection,
                                                                const std::string& tenant,
                                                                casework::Instant now,
                                                                Deadline deadline);
[[nodiscard]] base::Outcome<std::int64_t> erase_abandoned_files(
    Connection& connection, const std::string& tenant, casework::Instant now,
    casework::Instant marked, casework::Instant unclaimed, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<std::string>> read_unnamed_addresses(
    Connection& connection, const std::string& tenant, const std::vector<std::string>& addresses,
    Deadline deadline);

}  // namespace storage::postgres
