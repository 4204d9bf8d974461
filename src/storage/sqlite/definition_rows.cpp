#include "storage/sqlite/definition_rows.h"

#include <algorithm>

namespace storage::sqlite {

namespace {

using base::Done;
using base::Outcome;
using casework::DefinitionRow;

constexpr const char* kColumns =
    "SELECT kind, key, version, at, actor_kind, actor_id, actor_name, actor_agency, digest, ";

DefinitionRow row_from(const Statement& found) {
  return {.kind = found.text(0),
          .key = found.text(1),
          .version = found.number(2),
          .at = found.instant(3),
          .actor = {.kind = static_cast<dossier::ActorKind>(found.number(4)),
                    .id = found.text(5),
                    .name = found.text(6),
                    .agency = found.text(7)},
          .digest = found.text(8),
          .body = found.text(9)};
}

}  // namespace

Outcome<Done> write_definitions(Database& database, const std::string& tenant,
                                const std::vector<DefinitionRow>& rows) {
  Statement newest =
      TRY(database.prepare("SELECT coalesce(max(version), 0) FROM definition WHERE tenant = ?1 "
                           "AND kind = ?2 AND key = ?3"));
  Statement insert = TRY(database.prepare(
      "INSERT INTO definition (tenant, kind, key, version, at, actor_kind, actor_id, actor_name, "
      "actor_agency, digest, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
  for (const DefinitionRow& row : rows) {
    newest.reset();
    newest.bind(tenant).bind(row.kind).bind(row.key);
    const std::int64_t version = TRY(newest.step()) ? newest.number(0) : 0;
    if (row.version != version + 1) {
      return base::fault(base::FaultCode::conflict,
                         row.kind + " " + row.key + " is at version " + std::to_string(version));
    }
    insert.reset();
    insert.bind(tenant).bind(row.kind).bind(row.key).bind(row.version).bind(row.at);
    insert.bind(static_cast<int>(row.actor.kind)).bind(row.actor.id).bind(row.actor.name);
    insert.bind(row.actor.agency).bind(row.digest).bind(row.body);
    TRY(insert.run());
  }
  return Done{};
}

Outcome<std::optional<DefinitionRow>> read_definition(Database& database, const std::string& tenant,
                                                      const std::string& kind,
                                                      const std::string& key,
                                                      std::int64_t version) {
  const std::string sql = std::string{kColumns} +
                          "body FROM definition WHERE tenant = ?1 AND kind = ?2 AND key = ?3 AND "
                          "(?4 = 0 OR version = ?4) ORDER BY version DESC LIMIT 1";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(kind).bind(key).bind(version);
  std::optional<DefinitionRow> row;
  if (TRY(find.step())) row = row_from(find);
  return row;
}

Outcome<std::vector<DefinitionRow>> read_definitions(Database& database, const std::string& tenant,
                                                     const casework::DefinitionQuery& query) {
  const std::string sql =
      std::string{kColumns} + (query.with_body ? "body " : "'' ") +
      "FROM definition d WHERE tenant = ?1 AND kind = ?2 AND key > ?3 AND key >= ?4 "
      "AND substr(key, 1, length(?4)) = ?4 AND version = (SELECT max(n.version) FROM definition n "
      "WHERE n.tenant = ?1 AND n.kind = ?2 AND n.key = d.key) ORDER BY key LIMIT ?5";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(query.kind).bind(query.after_key).bind(query.key_prefix);
  find.bind(std::max(query.limit, 0));
  std::vector<DefinitionRow> rows;
  while (TRY(find.step())) rows.push_back(row_from(find));
  return rows;
}

Outcome<std::vector<DefinitionRow>> read_definition_history(Database& database,
                                                            const std::string& tenant,
                                                            const std::string& kind,
                                                            const std::string& key) {
  const std::string sql =
      std::string{kColumns} +
      "body FROM definition WHERE tenant = ?1 AND kind = ?2 AND key = ?3 ORDER BY version";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(kind).bind(key);
  std::vector<DefinitionRow> rows;
  while (TRY(find.step())) rows.push_back(row_from(find));
  return rows;
}

// Rows are only appended, so that the newest one's place among them all counts them.
Outcome<std::int64_t> read_definitions_sequence(Database& database) {
  Statement find = TRY(database.prepare("SELECT coalesce(max(rowid), 0) FROM definition"));
  return TRY(find.step()) ? find.number(0) : 0;
}

}  // namespace storage::sqlite
