#include "storage/sqlite/file_rows.h"

#include "casework/file_address.h"

namespace storage::sqlite {

using base::Done;
using base::Outcome;
using casework::Instant;

Outcome<Done> write_file_row(Database& database, const std::string& tenant,
                             const casework::FileRow& file) {
  const std::string original = casework::original_in(file.converted_from);
  Statement save = TRY(database.prepare(
      "INSERT INTO file (tenant, id, name, component, media_type, converted_from, sha256, size, "
      "owner, uploaded_at, original) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
  save.bind(tenant).bind(file.id).bind(file.name).bind(file.component).bind(file.media_type);
  save.bind(file.converted_from).bind(file.sha256).bind(file.size).bind(file.owner);
  save.bind(file.uploaded_at).bind(original);
  return save.run();
}

Outcome<std::optional<casework::FileRow>> read_file_row(Database& database,
                                                        const std::string& tenant,
                                                        const std::string& id) {
  Statement find =
      TRY(database.prepare("SELECT id, name, component, media_type, converted_from, sha256, size, "
                           "owner, uploaded_at FROM file WHERE tenant = ?1 AND id = ?2"));
  find.bind(tenant).bind(id);
  std::optional<casework::FileRow> file;
  if (TRY(find.step())) {
    file = casework::FileRow{.id = find.text(0),
                             .name = find.text(1),
                             .component = find.text(2),
                             .media_type = find.text(3),
                             .converted_from = find.text(4),
                             .sha256 = find.text(5),
                             .size = find.number(6),
                             .owner = find.text(7),
                             .uploaded_at = find.instant(8)};
  }
  return file;
}

Outcome<Done> write_upload(Database& database, const std::string& tenant,
                           const casework::UploadRow& upload) {
  Statement save = TRY(database.prepare(
      "INSERT INTO upload (tenant, id, owner, name, component, declared, size, created_at, "
      "expires_at, received, pieces) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0)"));
  save.bind(tenant).bind(upload.id).bind(upload.owner).bind(upload.name).bind(upload.component);
  save.bind(upload.declared).bind(upload.size).bind(upload.created_at).bind(upload.expires_at);
  return save.run();
}

Outcome<std::optional<casework::UploadRow>> read_upload(Database& database,
                                                        const std::string& tenant,
                                                        const std::string& id) {
  Statement find = TRY(database.prepare(
      "SELECT id, owner, name, component, declared, size, created_at, expires_at, received, "
      "pieces FROM upload WHERE tenant = ?1 AND id = ?2"));
  find.bind(tenant).bind(id);
  std::optional<casework::UploadRow> upload;
  if (TRY(find.step())) {
    upload = casework::UploadRow{.id = find.text(0),
                                 .owner = find.text(1),
                                 .name = find.text(2),
                                 .component = find.text(3),
                                 .declared = find.text(4),
                                 .size = find.number(5),
                                 .created_at = find.instant(6),
                                 .expires_at = find.instant(7),
                                 .received = find.number(8),
                                 .pieces = find.number(9)};
  }
  return upload;
}

Outcome<std::int64_t> append_piece(Database& database, const std::string& tenant,
                                   const std::string& id, const casework::UploadPiece& piece) {
  const auto upload = TRY(read_upload(database, tenant, id));
  if (!upload.has_value() || upload->received != piece.start) {
    return base::fault(base::FaultCode::conflict, "the upload is at another offset");
  }
  const std::int64_t end = piece.start + piece.size;
  if (piece.size < 0 || end > upload->size) {
    return base::fault(base::FaultCode::invalid, "the piece reaches beyond the upload");
  }
  if (piece.size == 0) return end;
  Statement insert =
      TRY(database.prepare("INSERT INTO upload_piece (tenant, upload, start, size, sha256) VALUES "
                           "(?1, ?2, ?3, ?4, ?5)"));
  insert.bind(tenant).bind(id).bind(piece.start).bind(piece.size).bind(piece.address);
  TRY(insert.run());
  Statement count =
      TRY(database.prepare("UPDATE upload SET received = ?3, pieces = pieces + 1 WHERE tenant = ?1 "
                           "AND id = ?2"));
  count.bind(tenant).bind(id).bind(end);
  TRY(count.run());
  return end;
}

Outcome<std::vector<casework::UploadPiece>> read_upload_pieces(Database& database,
                                                               const std::string& tenant,
                                                               const std::string& id) {
  Statement find =
      TRY(database.prepare("SELECT start, size, sha256 FROM upload_piece WHERE tenant = ?1 AND "
                           "upload = ?2 ORDER BY start"));
  find.bind(tenant).bind(id);
  std::vector<casework::UploadPiece> pieces;
  while (TRY(find.step())) {
    pieces.push_back({.start = find.number(0), .size = find.number(1), .address = find.text(2)});
  }
  return pieces;
}

Outcome<casework::OpenUploads> read_open_uploads(Database& database, const std::string& tenant,
                                                 const std::string& owner) {
  casework::OpenUploads open;
  Statement count =
      TRY(database.prepare("SELECT count(*) FROM upload WHERE tenant = ?1 AND owner = ?2"));
  count.bind(tenant).bind(owner);
  if (TRY(count.step())) open.of_owner = count.number(0);
  // There are never many: they are finished, or expire within a day.
  Statement sum =
      TRY(database.prepare("SELECT coalesce(sum(received), 0) FROM upload WHERE tenant = ?1"));
  sum.bind(tenant);
  if (TRY(sum.step())) open.bytes = sum.number(0);
  return open;
}

Outcome<Done> erase_upload(Database& database, const std::string& tenant, const std::string& id) {
  Statement pieces =
      TRY(database.prepare("DELETE FROM upload_piece WHERE tenant = ?1 AND upload = ?2"));
  pieces.bind(tenant).bind(id);
  TRY(pieces.run());
  Statement upload = TRY(database.prepare("DELETE FROM upload WHERE tenant = ?1 AND id = ?2"));
  upload.bind(tenant).bind(id);
  return upload.run();
}

Outcome<std::int64_t> erase_expired_uploads(Database& database, const std::string& tenant,
                                            Instant now) {
  Statement pieces = TRY(
      database.prepare("DELETE FROM upload_piece WHERE tenant = ?1 AND upload IN (SELECT id FROM "
                       "upload WHERE tenant = ?1 AND expires_at <= ?2)"));
  pieces.bind(tenant).bind(now);
  TRY(pieces.run());
  Statement uploads =
      TRY(database.prepare("DELETE FROM upload WHERE tenant = ?1 AND expires_at <= ?2"));
  uploads.bind(tenant).bind(now);
  TRY(uploads.run());
  return database.changes();
}

namespace {

// Nobody can come back to it: `file` is the row's table.  An officer's upload is kept for the
// repeat of the filing that claimed it.
constexpr const char* kMark =
    "UPDATE file SET abandoned_at = ?2 WHERE tenant = ?1 AND abandoned_at IS NULL AND "
    "substr(owner, 1, 8) <> 'dossier:' AND ("
    "(substr(owner, 1, 6) = 'draft:' AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.tenant = ?1 "
    "AND d.id = substr(file.owner, 7))) "
    "OR (substr(owner, 1, 8) = 'officer:' AND uploaded_at < ?3 AND NOT EXISTS (SELECT 1 FROM "
    "dossier_file f WHERE f.tenant = ?1 AND f.sha256 = file.sha256)))";
constexpr const char* kErase =
    "DELETE FROM file WHERE tenant = ?1 AND abandoned_at <= ?2 AND substr(owner, 1, 8) <> "
    "'dossier:' AND (substr(owner, 1, 6) = 'draft:' OR NOT EXISTS (SELECT 1 FROM dossier_file f "
    "WHERE f.tenant = ?1 AND f.sha256 = file.sha256))";

}  // namespace

Outcome<std::int64_t> erase_abandoned_files(Database& database, const std::string& tenant,
                                            Instant now, Instant marked, Instant unclaimed) {
  Statement mark = TRY(database.prepare(kMark));
  mark.bind(tenant).bind(now).bind(unclaimed);
  TRY(mark.run());
  Statement erase = TRY(database.prepare(kErase));
  erase.bind(tenant).bind(marked);
  TRY(erase.run());
  return database.changes();
}

Outcome<std::vector<std::string>> read_unnamed_addresses(
    Database& database, const std::string& tenant, const std::vector<std::string>& addresses) {
  std::vector<std::string> unnamed;
  Statement find = TRY(database.prepare(
      "SELECT EXISTS (SELECT 1 FROM file WHERE tenant = ?1 AND sha256 = ?2) "
      "OR EXISTS (SELECT 1 FROM file WHERE tenant = ?1 AND original = ?2 AND original <> '') "
      "OR EXISTS (SELECT 1 FROM dossier_file WHERE tenant = ?1 AND sha256 = ?2) "
      "OR EXISTS (SELECT 1 FROM upload_piece WHERE tenant = ?1 AND sha256 = ?2)"));
  for (const std::string& address : addresses) {
    find.bind(tenant).bind(address);
    if (TRY(find.step()) && find.number(0) == 0) unnamed.push_back(address);
    find.reset();
  }
  return unnamed;
}

Outcome<Done> write_addresses(Database& database, const std::string& tenant,
                              const std::string& dossier, const std::vector<std::string>& addresses,
                              bool anew) {
  if (anew) {
    Statement clear =
        TRY(database.prepare("DELETE FROM dossier_file WHERE tenant = ?1 AND dossier = ?2"));
    clear.bind(tenant).bind(dossier);
    TRY(clear.run());
  }
  for (const std::string& address : addresses) {
    Statement name =
        TRY(database.prepare("INSERT INTO dossier_file (tenant, sha256, dossier) VALUES (?1, ?2, "
                             "?3) ON CONFLICT DO NOTHING"));
    name.bind(tenant).bind(address).bind(dossier);
    TRY(name.run());
  }
  return Done{};
}

}  // namespace storage::sqlite
