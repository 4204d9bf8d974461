#include "storage/postgres/definition_rows.h"

#include <algorithm>
#include <string_view>

namespace storage::postgres {

namespace {

using base::Done;
using base::Outcome;
using casework::DefinitionRow;

// All of them or none; of two programs that write the same version the table's key lets one
// through.
const Sql kSave{
    "save_definitions",
    "WITH fresh AS (SELECT n.*, row_number() OVER (PARTITION BY n.kind, n.key ORDER BY n.place) "
    "AS nth FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) WITH ORDINALITY "
    "AS n(kind, key, version, at, actor_kind, actor_id, actor_name, actor_agency, digest, body, "
    "place)), "
    "wrong AS (SELECT 1 FROM fresh f WHERE f.version <> f.nth + coalesce((SELECT max(d.version) "
    "FROM definition d WHERE d.tenant = $1 AND d.kind = f.kind AND d.key = f.key), 0)) "
    "INSERT INTO definition (tenant, kind, key, version, at, actor_kind, actor_id, actor_name, "
    "actor_agency, digest, body) SELECT $1, kind, key, version, at, actor_kind, actor_id, "
    "actor_name, actor_agency, digest, body FROM fresh WHERE NOT EXISTS (SELECT 1 FROM wrong)",
    Path::cold};
#define MOTCUA_DEFINITION \
  "SELECT kind, key, version, at, actor_kind, actor_id, actor_name, actor_agency, digest, "
const Sql kFind{"find_definition", MOTCUA_DEFINITION
                "body FROM definition WHERE tenant = $1 AND kind = $2 AND key = $3 "
                "AND ($4 = 0 OR version = $4) ORDER BY version DESC LIMIT 1"};
const Sql kList{"definitions",
                MOTCUA_DEFINITION
                "CASE WHEN $6 THEN body ELSE '' END FROM definition d "
                "WHERE tenant = $1 AND kind = $2 AND key > $3 AND key >= $4 "
                "AND starts_with(key, $4) AND version = (SELECT max(n.version) FROM definition n "
                "WHERE n.tenant = $1 AND n.kind = $2 AND n.key = d.key) ORDER BY key LIMIT $5",
                Path::cold};
const Sql kHistory{"definition_history",
                   MOTCUA_DEFINITION
                   "body FROM definition WHERE tenant = $1 AND kind = $2 AND key = $3 "
                   "ORDER BY version",
                   Path::cold};
const Sql kSequence{"definitions_sequence", "SELECT count(*) FROM definition WHERE tenant = $1",
                    Path::cold};

std::vector<DefinitionRow> rows_from(const Rows& found) {
  std::vector<DefinitionRow> rows;
  for (int i = 0; i < found.size(); ++i) {
    const Row row = found[i];
    rows.push_back({.kind = row.text(0),
                    .key = row.text(1),
                    .version = row.number(2),
                    .at = row.instant(3),
                    .actor = {.kind = static_cast<dossier::ActorKind>(row.number(4)),
                              .id = row.text(5),
                              .name = row.text(6),
                              .agency = row.text(7)},
                    .digest = row.text(8),
                    .body = row.text(9)});
  }
  return rows;
}

}  // namespace

Outcome<Done> write_definitions(Connection& connection, const std::string& tenant,
                                const std::vector<DefinitionRow>& rows, Deadline deadline) {
  if (rows.empty()) return Done{};
  const auto texts = [&rows](std::string DefinitionRow::* member) {
    std::vector<std::string_view> all;
    for (const DefinitionRow& row : rows) all.emplace_back(row.*member);
    return all;
  };
  const auto of_actor = [&rows](std::string dossier::Actor::* member) {
    std::vector<std::string_view> all;
    for (const DefinitionRow& row : rows) all.emplace_back(row.actor.*member);
    return all;
  };
  std::vector<std::int64_t> versions;
  std::vector<std::int64_t> moments;
  std::vector<std::int64_t> actors;
  for (const DefinitionRow& row : rows) {
    versions.push_back(row.version);
    moments.push_back(row.at.time_since_epoch().count());
    actors.push_back(static_cast<std::int64_t>(row.actor.kind));
  }
  Values values;
  values.bind(tenant).bind(texts(&DefinitionRow::kind)).bind(texts(&DefinitionRow::key));
  values.bind(versions).bind(moments).bind(actors);
  values.bind(of_actor(&dossier::Actor::id)).bind(of_actor(&dossier::Actor::name));
  values.bind(of_actor(&dossier::Actor::agency)).bind(texts(&DefinitionRow::digest));
  values.bind(texts(&DefinitionRow::body));
  const Rows saved = TRY(connection.run(kSave, values, deadline));
  if (saved.affected() == static_cast<std::int64_t>(rows.size())) return Done{};
  return base::fault(base::FaultCode::conflict, "one of " + std::to_string(rows.size()) +
                                                    " definitions, " + rows.front().kind + " " +
                                                    rows.front().key +
                                                    " the first, has another version by now");
}

Outcome<std::optional<DefinitionRow>> read_definition(Connection& connection,
                                                      const std::string& tenant,
                                                      const std::string& kind,
                                                      const std::string& key, std::int64_t version,
                                                      Deadline deadline) {
  Values values;
  values.bind(tenant).bind(kind).bind(key).bind(version);
  const Rows found = TRY(connection.run(kFind, values, deadline));
  std::optional<DefinitionRow> row;
  if (!found.empty()) row = std::move(rows_from(found).front());
  return row;
}

Outcome<std::vector<DefinitionRow>> read_definitions(Connection& connection,
                                                     const std::string& tenant,
                                                     const casework::DefinitionQuery& query,
                                                     Deadline deadline) {
  Values values;
  values.bind(tenant).bind(query.kind).bind(query.after_key).bind(query.key_prefix);
  values.bind(std::max(query.limit, 0)).bind(query.with_body);
  const Rows found = TRY(connection.run(kList, values, deadline));
  return rows_from(found);
}

Outcome<std::vector<DefinitionRow>> read_definition_history(Connection& connection,
                                                            const std::string& tenant,
                                                            const std::string& kind,
                                                            const std::string& key,
                                                            Deadline deadline) {
  Values values;
  values.bind(tenant).bind(kind).bind(key);
  const Rows found = TRY(connection.run(kHistory, values, deadline));
  return rows_from(found);
}

Outcome<std::int64_t> read_definitions_sequence(Connection& connection, const std::string& tenant,
                                                Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows found = TRY(connection.run(kSequence, values, deadline));
  return found.empty() ? 0 : found[0].number(0);
}

}  // namespace storage::postgres
