#include "storage/sqlite/dossier_image.h"

#include <filesystem>

#include "storage/sqlite/database.h"
#include "storage/sqlite/rows.h"

namespace storage::sqlite {

namespace {

base::Outcome<std::unique_ptr<Database>> open_to_read(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return base::fault(base::FaultCode::not_found, "there is no store at " + path);
  }
  return Database::open(path, Database::Use::read);
}

base::Outcome<base::Done> read_events(Database& database, const std::string& tenant,
                                      DossierImage& image) {
  Statement find = TRY(database.prepare(
      "SELECT sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, payload, number, "
      "salt IS NULL AND content IS NOT NULL FROM event WHERE tenant = ?1 AND dossier = ?2 ORDER BY "
      "sequence"));
  find.bind(tenant).bind(image.loaded.row.id);
  for (;;) {
    const bool row = TRY(find.step());
    if (!row) return base::Done{};
    image.events.push_back({.sequence = find.number(0),
                            .at = find.instant(1),
                            .actor = {.kind = static_cast<dossier::ActorKind>(find.number(2)),
                                      .id = find.text(3),
                                      .name = find.text(4),
                                      .agency = find.text(5)},
                            .type = find.text(6),
                            .payload = find.text(7),
                            .number = find.text(8)});
    if (find.number(9) != 0) image.erased_through = image.events.back().sequence;
  }
}

base::Outcome<base::Done> read_all(Database& database, const std::string& tenant,
                                   const std::function<bool(const DossierImage&)>& visit) {
  std::string columns = kRowColumns;
  Statement version = TRY(database.prepare("SELECT coalesce(max(version), 0) FROM schema_version"));
  // A backup of an earlier schema has no such column.
  if (TRY(version.step()) && version.number(0) < 9) {
    columns.replace(columns.find("d.returning_agency"), columns.npos, "''");
  }
  Statement list =
      TRY(database.prepare("SELECT " + columns +
                           ", d.slip_number, d.state FROM dossier d WHERE d.tenant = ?1 "
                           "ORDER BY d.id"));
  list.bind(tenant);
  for (;;) {
    const bool row = TRY(list.step());
    if (!row) return base::Done{};
    DossierImage image{.loaded = {.row = read_row(list),
                                  .slip_number = list.text(kRowWidth),
                                  .state = list.text(kRowWidth + 1)},
                       .events = {},
                       .erased_through = 0};
    TRY(read_events(database, tenant, image));
    if (!visit(image)) return base::Done{};
  }
}

}  // namespace

base::Outcome<base::Done> each_dossier(const std::string& path, const std::string& tenant,
                                       const std::function<bool(const DossierImage&)>& visit) {
  const std::unique_ptr<Database> database = TRY(open_to_read(path));
  TRY(database->begin_reading());
  const auto read = read_all(*database, tenant, visit);
  const auto ended = database->rollback();
  return read ? ended : read;
}

base::Outcome<std::optional<std::string>> find_revision(const std::string& path,
                                                        const std::string& tenant,
                                                        const std::string& digest) {
  const std::unique_ptr<Database> database = TRY(open_to_read(path));
  Statement find =
      TRY(database->prepare("SELECT files FROM revision WHERE tenant = ?1 AND digest = ?2"));
  find.bind(tenant).bind(digest);
  const bool row = TRY(find.step());
  return row ? std::optional{find.text(0)} : std::optional<std::string>{};
}

}  // namespace storage::sqlite
