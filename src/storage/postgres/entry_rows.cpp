#include "storage/postgres/entry_rows.h"

#include <algorithm>

namespace storage::postgres {

namespace {

using base::Done;
using base::Outcome;
using casework::EntryRow;

const Sql kSave{"save_entry", "SELECT motcua.save_entry($1, $2, $3, $4, $5, $6, $7, $8)"};
#define MOTCUA_ENTRY "SELECT e.kind, e.key, e.version, e.at, e.body, e.found_by, e.expires_at FROM "
const Sql kFind{"find_entry",
                MOTCUA_ENTRY "entry e WHERE e.tenant = $1 AND e.kind = $2 AND e.key = $3"};
const Sql kList{"entries",
                MOTCUA_ENTRY
                "entry e WHERE e.tenant = $1 AND e.kind = $2 AND e.key > $3 AND e.key >= $4 "
                "AND starts_with(e.key, $4) ORDER BY e.key LIMIT $5",
                Path::cold};
const Sql kFoundBy{"entries_found_by", MOTCUA_ENTRY
                   "entry_word w JOIN entry e ON e.tenant = w.tenant AND e.kind = w.kind "
                   "AND e.key = w.key WHERE w.tenant = $1 AND w.kind = $2 AND w.word = $3 "
                   "ORDER BY w.key LIMIT $4"};
#undef MOTCUA_ENTRY
const Sql kErase{"delete_entries",
                 "WITH gone AS (SELECT * FROM unnest($2, $3) AS g(kind, key)), "
                 "words AS (DELETE FROM entry_word w USING gone g WHERE w.tenant = $1 "
                 "AND w.kind = g.kind AND w.key = g.key) "
                 "DELETE FROM entry e USING gone g WHERE e.tenant = $1 AND e.kind = g.kind "
                 "AND e.key = g.key"};
const Sql kExpire{"expire_entries",
                  "WITH gone AS (DELETE FROM entry e WHERE e.tenant = $1 AND e.expires_at <= $2 "
                  "RETURNING e.kind, e.key) "
                  "DELETE FROM entry_word w USING gone g WHERE w.tenant = $1 AND w.kind = g.kind "
                  "AND w.key = g.key",
                  Path::cold};
const Sql kExpired{"count_expired_entries",
                   "SELECT count(*) FROM entry WHERE tenant = $1 AND expires_at <= $2", Path::cold};

std::vector<EntryRow> rows_from(const Rows& found) {
  std::vector<EntryRow> rows;
  for (int i = 0; i < found.size(); ++i) {
    const Row row = found[i];
    rows.push_back({.kind = row.text(0),
                    .key = row.text(1),
                    .version = row.number(2),
                    .at = row.instant(3),
                    .body = row.text(4),
                    .found_by = row.texts(5),
                    .expires_at = row.maybe_instant(6)});
  }
  return rows;
}

}  // namespace

Outcome<Done> write_entries(Connection& connection, const std::string& tenant,
                            const std::vector<EntryRow>& rows, Deadline deadline) {
  for (const EntryRow& row : rows) {
    if (row.version < 1) {
      return base::fault(base::FaultCode::conflict, row.kind + ": versions begin with 1");
    }
    Values values;
    values.bind(tenant).bind(row.kind).bind(row.key).bind(row.version).bind(row.at);
    values.bind(row.body).bind(row.found_by).bind(row.expires_at);
    TRY(connection.run(kSave, values, deadline));
  }
  return Done{};
}

Outcome<Done> erase_entries(Connection& connection, const std::string& tenant,
                            const std::vector<casework::EntryKey>& keys, Deadline deadline) {
  std::vector<std::string> kinds;
  std::vector<std::string> names;
  for (const casework::EntryKey& one : keys) {
    kinds.push_back(one.kind);
    names.push_back(one.key);
  }
  Values values;
  values.bind(tenant).bind(kinds).bind(names);
  TRY(connection.run(kErase, values, deadline));
  return Done{};
}

Outcome<std::int64_t> erase_expired_entries(Connection& connection, const std::string& tenant,
                                            casework::Instant now, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(now);
  const Rows expired = TRY(connection.run(kExpired, values, deadline));
  const std::int64_t count = expired.empty() ? 0 : expired[0].number(0);
  if (count > 0) TRY(connection.run(kExpire, values, deadline));
  return count;
}

Outcome<std::optional<EntryRow>> read_entry(Connection& connection, const std::string& tenant,
                                            const std::string& kind, const std::string& key,
                                            Deadline deadline) {
  Values values;
  values.bind(tenant).bind(kind).bind(key);
  const Rows found = TRY(connection.run(kFind, values, deadline));
  std::optional<EntryRow> row;
  if (!found.empty()) row = std::move(rows_from(found).front());
  return row;
}

Outcome<std::vector<EntryRow>> read_entries(Connection& connection, const std::string& tenant,
                                            const casework::EntryQuery& query, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(query.kind).bind(query.after_key).bind(query.key_prefix);
  values.bind(std::max(query.limit, 0));
  const Rows found = TRY(connection.run(kList, values, deadline));
  return rows_from(found);
}

Outcome<std::vector<EntryRow>> read_entries_found_by(Connection& connection,
                                                     const std::string& tenant,
                                                     const std::string& kind,
                                                     const std::string& word, int limit,
                                                     Deadline deadline) {
  Values values;
  values.bind(tenant).bind(kind).bind(word).bind(std::max(limit, 0));
  const Rows found = TRY(connection.run(kFoundBy, values, deadline));
  return rows_from(found);
}

}  // namespace storage::postgres
