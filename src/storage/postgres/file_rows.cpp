#include "storage/postgres/file_rows.h"

#include "casework/file_address.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using casework::Instant;

const Sql kSaveFile{"save_file",
                    "INSERT INTO file (tenant, id, name, component, media_type, converted_from, "
                    "sha256, size, owner, uploaded_at, original) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
const Sql kFindFile{"find_file",
                    "SELECT id, name, component, media_type, converted_from, sha256, size, owner, "
                    "uploaded_at FROM file WHERE tenant = $1 AND id = $2"};

const Sql kSaveUpload{"save_upload",
                      "INSERT INTO upload (tenant, id, owner, name, component, declared, size, "
                      "created_at, expires_at, received, pieces) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0)"};
const Sql kFindUpload{"find_upload",
                      "SELECT id, owner, name, component, declared, size, created_at, expires_at, "
                      "received, pieces FROM upload WHERE tenant = $1 AND id = $2"};
// Only where the upload is at that offset: the row's lock lets one of two through.
const Sql kAppend{"append_upload",
                  "WITH moved AS (UPDATE upload SET received = received + $4, pieces = pieces + 1 "
                  "WHERE tenant = $1 AND id = $2 AND received = $3 AND received + $4 <= size "
                  "RETURNING received) "
                  "INSERT INTO upload_piece (tenant, upload, start, size, sha256) "
                  "SELECT $1, $2, $3, $4, $5 FROM moved RETURNING start + size"};
const Sql kPieces{"upload_pieces",
                  "SELECT start, size, sha256 FROM upload_piece WHERE tenant = $1 AND upload = $2 "
                  "ORDER BY start"};
const Sql kOfOwner{"uploads_of_owner",
                   "SELECT count(*) FROM upload WHERE tenant = $1 AND owner = $2"};
// There are never many: they are finished, or expire within a day.
const Sql kUploading{"uploading",
                     "SELECT coalesce(sum(received), 0)::bigint FROM upload WHERE tenant = $1",
                     Path::cold};
const Sql kErasePieces{"delete_pieces",
                       "DELETE FROM upload_piece WHERE tenant = $1 AND upload = $2"};
const Sql kEraseUpload{"delete_upload", "DELETE FROM upload WHERE tenant = $1 AND id = $2"};
const Sql kExpireUploads{"expire_uploads",
                         "DELETE FROM upload WHERE tenant = $1 AND expires_at <= $2 RETURNING id",
                         Path::cold};
const Sql kExpirePieces{"expire_pieces",
                        "DELETE FROM upload_piece WHERE tenant = $1 AND upload = ANY ($2)",
                        Path::cold};

// Nobody can come back to it.  An officer's upload is kept for the repeat of the filing that
// claimed it.
const Sql kMark{"mark_abandoned_files",
                "UPDATE file SET abandoned_at = $2 WHERE tenant = $1 AND abandoned_at IS NULL "
                "AND left(owner, 8) <> 'dossier:' AND ((left(owner, 6) = 'draft:' AND NOT EXISTS "
                "(SELECT 1 FROM draft d WHERE d.tenant = $1 AND d.id = substr(file.owner, 7))) "
                "OR (left(owner, 8) = 'officer:' AND uploaded_at < $3 AND NOT EXISTS (SELECT 1 "
                "FROM dossier_file f WHERE f.tenant = $1 AND f.sha256 = file.sha256)))",
                Path::cold};
const Sql kErase{"delete_abandoned_files",
                 "DELETE FROM file WHERE tenant = $1 AND abandoned_at <= $2 "
                 "AND left(owner, 8) <> 'dossier:' AND (left(owner, 6) = 'draft:' OR NOT EXISTS "
                 "(SELECT 1 FROM dossier_file f WHERE f.tenant = $1 AND f.sha256 = file.sha256))",
                 Path::cold};
const Sql kUnnamed{
    "unnamed_addresses",
    "SELECT a.address FROM unnest($2) WITH ORDINALITY AS a(address, n) "
    "WHERE NOT EXISTS (SELECT 1 FROM file WHERE tenant = $1 AND sha256 = a.address) "
    "AND NOT EXISTS (SELECT 1 FROM file WHERE tenant = $1 AND original = a.address "
    "AND original <> '') "
    "AND NOT EXISTS (SELECT 1 FROM dossier_file WHERE tenant = $1 AND sha256 = a.address) "
    "AND NOT EXISTS (SELECT 1 FROM upload_piece WHERE tenant = $1 AND sha256 = a.address) "
    "ORDER BY a.n",
    Path::cold};

}  // namespace

Outcome<Done> write_file_row(Connection& connection, const std::string& tenant,
                             const casework::FileRow& file, Deadline deadline) {
  const std::string original = casework::original_in(file.converted_from);
  Values values;
  values.bind(tenant).bind(file.id).bind(file.name).bind(file.component).bind(file.media_type);
  values.bind(file.converted_from).bind(file.sha256).bind(file.size).bind(file.owner);
  values.bind(file.uploaded_at).bind(original);
  TRY(connection.run(kSaveFile, values, deadline));
  return Done{};
}

Outcome<std::optional<casework::FileRow>> read_file_row(Connection& connection,
                                                        const std::string& tenant,
                                                        const std::string& id, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id);
  const Rows rows = TRY(connection.run(kFindFile, values, deadline));
  std::optional<casework::FileRow> file;
  if (rows.empty()) return file;
  const Row row = rows[0];
  file = casework::FileRow{.id = row.text(0),
                           .name = row.text(1),
                           .component = row.text(2),
                           .media_type = row.text(3),
                           .converted_from = row.text(4),
                           .sha256 = row.text(5),
                           .size = row.number(6),
                           .owner = row.text(7),
                           .uploaded_at = row.instant(8)};
  return file;
}

Outcome<Done> write_upload(Connection& connection, const std::string& tenant,
                           const casework::UploadRow& upload, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(upload.id).bind(upload.owner).bind(upload.name);
  values.bind(upload.component).bind(upload.declared).bind(upload.size);
  values.bind(upload.created_at).bind(upload.expires_at);
  TRY(connection.run(kSaveUpload, values, deadline));
  return Done{};
}

Outcome<std::optional<casework::UploadRow>> read_upload(Connection& connection,
                                                        const std::string& tenant,
                                                        const std::string& id, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id);
  const Rows rows = TRY(connection.run(kFindUpload, values, deadline));
  std::optional<casework::UploadRow> upload;
  if (rows.empty()) return upload;
  const Row row = rows[0];
  upload = casework::UploadRow{.id = row.text(0),
                               .owner = row.text(1),
                               .name = row.text(2),
                               .component = row.text(3),
                               .declared = row.text(4),
                               .size = row.number(5),
                               .created_at = row.instant(6),
                               .expires_at = row.instant(7),
                               .received = row.number(8),
                               .pieces = row.number(9)};
  return upload;
}

Outcome<std::int64_t> append_piece(Connection& connection, const std::string& tenant,
                                   const std::string& id, const casework::UploadPiece& piece,
                                   bool again, Deadline deadline) {
  if (piece.size > 0 && piece.start >= 0) {
    Values values;
    values.bind(tenant).bind(id).bind(piece.start).bind(piece.size).bind(piece.address);
    const Rows rows = TRY(connection.run(kAppend, values, deadline));
    if (!rows.empty()) return rows[0].number(0);
  }
  const auto upload = TRY(read_upload(connection, tenant, id, deadline));
  const std::int64_t end = piece.start + piece.size;
  if (again && upload.has_value() && upload->received == end && piece.size > 0) {
    for (const casework::UploadPiece& one :
         TRY(read_upload_pieces(connection, tenant, id, deadline))) {
      if (one.start == piece.start && one.address == piece.address) return end;
    }
  }
  if (!upload.has_value() || upload->received != piece.start) {
    return base::fault(FaultCode::conflict, "the upload is at another offset");
  }
  if (piece.size == 0) return end;
  return base::fault(FaultCode::invalid, "the piece reaches beyond the upload");
}

Outcome<std::vector<casework::UploadPiece>> read_upload_pieces(Connection& connection,
                                                               const std::string& tenant,
                                                               const std::string& id,
                                                               Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id);
  const Rows rows = TRY(connection.run(kPieces, values, deadline));
  std::vector<casework::UploadPiece> pieces;
  for (int i = 0; i < rows.size(); ++i) {
    pieces.push_back(
        {.start = rows[i].number(0), .size = rows[i].number(1), .address = rows[i].text(2)});
  }
  return pieces;
}

Outcome<casework::OpenUploads> read_open_uploads(Connection& connection, const std::string& tenant,
                                                 const std::string& owner, Deadline deadline) {
  casework::OpenUploads open;
  Values count;
  count.bind(tenant).bind(owner);
  const Rows own = TRY(connection.run(kOfOwner, count, deadline));
  open.of_owner = own[0].number(0);
  Values sum;
  sum.bind(tenant);
  const Rows all = TRY(connection.run(kUploading, sum, deadline));
  open.bytes = all[0].number(0);
  return open;
}

Outcome<Done> erase_upload(Connection& connection, const std::string& tenant, const std::string& id,
                           Deadline deadline) {
  return connection.in_transaction(deadline, [&]() -> Outcome<Done> {
    Values values;
    values.bind(tenant).bind(id);
    // The row first: its lock keeps pieces from being added meanwhile.
    TRY(connection.run(kEraseUpload, values, deadline));
    TRY(connection.run(kErasePieces, values, deadline));
    return Done{};
  });
}

Outcome<std::int64_t> erase_expired_uploads(Connection& connection, const std::string& tenant,
                                            Instant now, Deadline deadline) {
  return connection.in_transaction(deadline, [&]() -> Outcome<std::int64_t> {
    Values expired;
    expired.bind(tenant).bind(now);
    const Rows rows = TRY(connection.run(kExpireUploads, expired, deadline));
    std::vector<std::string_view> ids;
    for (int i = 0; i < rows.size(); ++i) ids.push_back(rows[i].view(0));
    if (ids.empty()) return std::int64_t{0};
    Values pieces;
    pieces.bind(tenant).bind(ids);
    TRY(connection.run(kExpirePieces, pieces, deadline));
    return static_cast<std::int64_t>(ids.size());
  });
}

Outcome<std::int64_t> erase_abandoned_files(Connection& connection, const std::string& tenant,
                                            Instant now, Instant marked, Instant unclaimed,
                                            Deadline deadline) {
  Values mark;
  mark.bind(tenant).bind(now).bind(unclaimed);
  TRY(connection.run(kMark, mark, deadline));
  Values erase;
  erase.bind(tenant).bind(marked);
  const Rows rows = TRY(connection.run(kErase, erase, deadline));
  return rows.affected();
}

Outcome<std::vector<std::string>> read_unnamed_addresses(Connection& connection,
                                                         const std::string& tenant,
                                                         const std::vector<std::string>& addresses,
                                                         Deadline deadline) {
  Values values;
  values.bind(tenant).bind(addresses);
  const Rows rows = TRY(connection.run(kUnnamed, values, deadline));
  std::vector<std::string> unnamed;
  for (int i = 0; i < rows.size(); ++i) unnamed.push_back(rows[i].text(0));
  return unnamed;
}

}  // namespace storage::postgres
