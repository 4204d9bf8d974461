#include "storage/sqlite/entry_rows.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/json.h"

namespace storage::sqlite {

namespace {

using base::Done;
using base::Outcome;
using casework::EntryRow;

constexpr const char* kColumns =
    "SELECT e.kind, e.key, e.version, e.at, e.body, e.found_by, e.expires_at FROM ";

std::string list_text(const std::vector<std::string>& words) {
  base::json::array list;
  for (const std::string& word : words) list.emplace_back(word);
  return base::to_text(list);
}

Outcome<EntryRow> row_from(const Statement& found) {
  EntryRow row{.kind = found.text(0),
               .key = found.text(1),
               .version = found.number(2),
               .at = found.instant(3),
               .body = found.text(4),
               .expires_at = found.maybe_instant(6)};
  const auto words = base::parse_json(found.text(5));
  if (!words || !words->is_array()) {
    return base::fault(base::FaultCode::corrupt, "the words of " + row.kind + " " + row.key);
  }
  for (const base::json::value& word : words->get_array()) {
    if (word.is_string()) row.found_by.emplace_back(word.get_string());
  }
  return row;
}

Outcome<std::vector<EntryRow>> rows_of(Statement& find) {
  std::vector<EntryRow> rows;
  while (TRY(find.step())) rows.push_back(TRY(row_from(find)));
  return rows;
}

}  // namespace

Outcome<Done> write_entries(Database& database, const std::string& tenant,
                            const std::vector<EntryRow>& rows) {
  Statement present = TRY(
      database.prepare("SELECT version FROM entry WHERE tenant = ?1 AND kind = ?2 AND key = ?3"));
  Statement replace = TRY(database.prepare(
      "INSERT INTO entry (tenant, kind, key, version, at, body, found_by, expires_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (tenant, kind, key) DO UPDATE SET "
      "version = excluded.version, at = excluded.at, body = excluded.body, "
      "found_by = excluded.found_by, expires_at = excluded.expires_at"));
  Statement forget =
      TRY(database.prepare("DELETE FROM entry_word WHERE tenant = ?1 AND kind = ?2 AND key = ?3"));
  Statement find_by = TRY(
      database.prepare("INSERT INTO entry_word (tenant, kind, word, key) VALUES (?1, ?2, ?3, ?4)"));
  for (const EntryRow& row : rows) {
    present.reset();
    present.bind(tenant).bind(row.kind).bind(row.key);
    const std::int64_t version = TRY(present.step()) ? present.number(0) : 0;
    if (row.version != version + 1) {
      return base::fault(base::FaultCode::conflict,
                         row.kind + " is at version " + std::to_string(version));
    }
    const std::string words = list_text(row.found_by);
    replace.reset();
    replace.bind(tenant).bind(row.kind).bind(row.key).bind(row.version).bind(row.at);
    replace.bind(row.body).bind(words).bind(row.expires_at);
    TRY(replace.run());
    forget.reset();
    forget.bind(tenant).bind(row.kind).bind(row.key);
    TRY(forget.run());
    const std::set<std::string> distinct(row.found_by.begin(), row.found_by.end());
    for (const std::string& word : distinct) {
      find_by.reset();
      find_by.bind(tenant).bind(row.kind).bind(word).bind(row.key);
      TRY(find_by.run());
    }
  }
  return Done{};
}

Outcome<Done> erase_entries(Database& database, const std::string& tenant,
                            const std::vector<casework::EntryKey>& keys) {
  Statement words =
      TRY(database.prepare("DELETE FROM entry_word WHERE tenant = ?1 AND kind = ?2 AND key = ?3"));
  Statement rows =
      TRY(database.prepare("DELETE FROM entry WHERE tenant = ?1 AND kind = ?2 AND key = ?3"));
  for (const casework::EntryKey& one : keys) {
    for (Statement* statement : {&words, &rows}) {
      statement->reset();
      statement->bind(tenant).bind(one.kind).bind(one.key);
      TRY(statement->run());
    }
  }
  return Done{};
}

Outcome<std::int64_t> erase_expired_entries(Database& database, const std::string& tenant,
                                            casework::Instant now) {
  Statement find = TRY(database.prepare(
      "SELECT kind, key FROM entry WHERE tenant = ?1 AND expires_at <= ?2 LIMIT 10000"));
  find.bind(tenant).bind(now);
  std::vector<casework::EntryKey> keys;
  while (TRY(find.step())) keys.push_back({.kind = find.text(0), .key = find.text(1)});
  TRY(erase_entries(database, tenant, keys));
  return static_cast<std::int64_t>(keys.size());
}

Outcome<std::optional<EntryRow>> read_entry(Database& database, const std::string& tenant,
                                            const std::string& kind, const std::string& key) {
  static const std::string sql =
      std::string{kColumns} + "entry e WHERE e.tenant = ?1 AND e.kind = ?2 AND e.key = ?3";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(kind).bind(key);
  std::optional<EntryRow> row;
  if (TRY(find.step())) row = TRY(row_from(find));
  return row;
}

Outcome<std::vector<EntryRow>> read_entries(Database& database, const std::string& tenant,
                                            const casework::EntryQuery& query) {
  static const std::string sql =
      std::string{kColumns} +
      "entry e WHERE e.tenant = ?1 AND e.kind = ?2 AND e.key > ?3 AND e.key >= ?4 "
      "AND substr(e.key, 1, length(?4)) = ?4 ORDER BY e.key LIMIT ?5";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(query.kind).bind(query.after_key).bind(query.key_prefix);
  find.bind(std::max(query.limit, 0));
  return rows_of(find);
}

Outcome<std::vector<EntryRow>> read_entries_found_by(Database& database, const std::string& tenant,
                                                     const std::string& kind,
                                                     const std::string& word, int limit) {
  static const std::string sql =
      std::string{kColumns} +
      "entry_word w JOIN entry e ON e.tenant = w.tenant AND e.kind = w.kind AND e.key = w.key "
      "WHERE w.tenant = ?1 AND w.kind = ?2 AND w.word = ?3 ORDER BY w.key LIMIT ?4";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(kind).bind(word).bind(std::max(limit, 0));
  return rows_of(find);
}

}  // namespace storage::sqlite
