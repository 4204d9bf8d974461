#include "storage/postgres/dossier_rows.h"

#include "storage/postgres/rows.h"

namespace storage::postgres {

namespace {

const Sql kLoad{"load", "SELECT " MOTCUA_ROW_COLUMNS
                        ", d.slip_number, d.state FROM dossier d "
                        "WHERE d.tenant = $1 AND d.id = $2"};
const Sql kEvents{"events",
                  "SELECT sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, "
                  "payload, number FROM event WHERE tenant = $1 AND dossier = $2 "
                  "AND ($3 = 0 OR sequence <= $3) ORDER BY sequence"};

}  // namespace

base::Outcome<std::optional<casework::LoadedDossier>> read_dossier(Connection& connection,
                                                                   const std::string& tenant,
                                                                   const std::string& id,
                                                                   Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id);
  const Rows rows = TRY(connection.run(kLoad, values, deadline));
  std::optional<casework::LoadedDossier> loaded;
  if (rows.empty()) return loaded;
  loaded = casework::LoadedDossier{.row = read_row(rows[0]),
                                   .slip_number = rows[0].text(kRowWidth),
                                   .state = rows[0].text(kRowWidth + 1)};
  return loaded;
}

base::Outcome<std::vector<casework::StoredEvent>> read_events(Connection& connection,
                                                              const std::string& tenant,
                                                              const std::string& id,
                                                              std::int64_t version,
                                                              Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id).bind(version);
  const Rows rows = TRY(connection.run(kEvents, values, deadline));
  std::vector<casework::StoredEvent> events;
  events.reserve(static_cast<std::size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    events.push_back({.sequence = row.number(0),
                      .at = row.instant(1),
                      .actor = {.kind = static_cast<dossier::ActorKind>(row.number(2)),
                                .id = row.text(3),
                                .name = row.text(4),
                                .agency = row.text(5)},
                      .type = row.text(6),
                      .payload = row.text(7),
                      .number = row.text(8)});
  }
  return events;
}

}  // namespace storage::postgres
