#include "storage/sqlite/rows.h"

#include <limits>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "storage/page_cursor.h"

namespace storage::sqlite {

namespace {

using casework::DossierRow;

std::string json_list(const std::vector<std::string>& items) {
  base::json::array array;
  for (const std::string& item : items) array.push_back(base::json::value(item));
  return base::to_text(array);
}
std::string json_list(const std::vector<int>& items) {
  base::json::array array;
  for (const int item : items) array.push_back(base::json::value(item));
  return base::to_text(array);
}

// The tasks an officer may take or holds: ?1 tenant, ?2 agency, ?3 roles, ?4 officer, ?5 now,
// ?6 soon, ?7 procedure.
#define MOTCUA_MY_TASKS                                              \
  " FROM task t WHERE t.tenant = ?1 AND t.agency = ?2"               \
  " AND ((t.assignee = ?4 AND t.assignee <> '') OR (t.assignee = ''" \
  " AND t.role IN (SELECT value FROM json_each(?3))))"               \
  " AND (?7 = '' OR t.procedure = ?7)"

// The same for somebody who also has work elsewhere: ?2 is a list of places [agency, role, whose
// work too, ",code,code," or nothing for all], his own among them.
#define MOTCUA_TASKS_OF_PLACES                                                            \
  " FROM task t WHERE t.tenant = ?1"                                                      \
  " AND t.agency IN (SELECT p.value ->> 0 FROM json_each(?2) p)"                          \
  " AND ((t.assignee = ?4 AND t.assignee <> '') OR EXISTS (SELECT 1 FROM json_each(?2) p" \
  " WHERE p.value ->> 0 = t.agency AND p.value ->> 1 = t.role"                            \
  " AND (t.assignee = '' OR t.assignee = p.value ->> 2)"                                  \
  " AND (p.value ->> 3 = '' OR instr(p.value ->> 3, ',' || t.procedure || ',') > 0)))"    \
  " AND ?3 = ?3 AND (?7 = '' OR t.procedure = ?7)"

#define MOTCUA_COUNTS                                                                       \
  "SELECT count(*), total(t.received = 0), total(t.assignee = ?4), total(t.assignee = '')," \
  " total(t.paused = 0 AND t.dossier_due_at < ?5 AND t.action <> 'return'),"                \
  " total(t.paused = 0 AND t.dossier_due_at >= ?5 AND t.dossier_due_at < ?6"                \
  " AND t.action <> 'return'),"                                                             \
  " total(t.paused), total(t.action = 'return')"
#define MOTCUA_TASK_COLUMNS                                                               \
  "SELECT t.sort_at, t.dossier, t.activity, t.role, t.assignee, t.assignee_name, t.step," \
  " t.action, t.opened_at, t.due_at, t.agency"
#define MOTCUA_TASKS_IN_STATE                                                            \
  " AND (t.sort_at, t.dossier, t.activity) > (?8, ?9, ?10)"                              \
  " AND CASE ?11 WHEN 'new' THEN t.received = 0 WHEN 'mine' THEN t.assignee = ?4"        \
  " WHEN 'unassigned' THEN t.assignee = ''"                                              \
  " WHEN 'overdue' THEN t.paused = 0 AND t.dossier_due_at < ?5 AND t.action <> 'return'" \
  " WHEN 'soon' THEN t.paused = 0 AND t.dossier_due_at >= ?5 AND t.dossier_due_at < ?6"  \
  " AND t.action <> 'return'"                                                            \
  " WHEN 'paused' THEN t.paused = 1 WHEN 'to_return' THEN t.action = 'return'"           \
  " WHEN 'to_hand_over' THEN t.action = 'hand_over'"                                     \
  " WHEN 'to_take_over' THEN t.action = 'take_over' ELSE 1 END"                          \
  " ORDER BY t.sort_at, t.dossier, t.activity LIMIT ?12"

constexpr const char* kCounts = MOTCUA_COUNTS MOTCUA_MY_TASKS;
constexpr const char* kCountsOfPlaces = MOTCUA_COUNTS MOTCUA_TASKS_OF_PLACES;
constexpr const char* kTasks = MOTCUA_TASK_COLUMNS MOTCUA_MY_TASKS MOTCUA_TASKS_IN_STATE;
constexpr const char* kTasksOfPlaces =
    MOTCUA_TASK_COLUMNS MOTCUA_TASKS_OF_PLACES MOTCUA_TASKS_IN_STATE;
#undef MOTCUA_COUNTS
#undef MOTCUA_TASK_COLUMNS
#undef MOTCUA_TASKS_IN_STATE
#undef MOTCUA_TASKS_OF_PLACES
#undef MOTCUA_MY_TASKS

// [[agency, role, in place of, codes], …], what the officer may take at his own agency first.
std::string places_text(const casework::InboxQuery& query) {
  constexpr std::size_t kPlacesMax = 1'000;
  base::json::array places;
  for (const std::string& role : query.roles) {
    places.push_back(base::json::array{query.agency, role, "", ""});
  }
  for (const casework::InboxPlace& place : query.places) {
    if (places.size() >= kPlacesMax) break;
    std::string codes;
    for (const std::string& code : place.procedures) codes += "," + code;
    if (!codes.empty()) codes += ",";
    places.push_back(base::json::array{place.agency, place.role, place.in_place_of, codes});
  }
  // What is in his own hands at his agency is his whatever his roles are.
  places.push_back(base::json::array{query.agency, "", "", ""});
  return base::to_text(places);
}

// `where`: the agency, or places_text.
Statement& bind_tasks(Statement& statement, const std::string& tenant, const std::string& where,
                      const std::string& roles, const casework::InboxQuery& query) {
  return statement.bind(tenant)
      .bind(where)
      .bind(roles)
      .bind(query.officer)
      .bind(query.now)
      .bind(query.soon)
      .bind(query.procedure);
}

// Every word of the query as the beginning of a word; a number as a whole one, or a number that is
// masked could be found out digit by digit.  Folded words have no quotation marks; whoever asks
// with others is not to write the query language.
std::string match_text(const std::string& folded) {
  std::string match;
  std::size_t from = 0;
  while (from < folded.size()) {
    std::size_t end = folded.find(' ', from);
    if (end == std::string::npos) end = folded.size();
    if (end > from) {
      if (!match.empty()) match += ' ';
      std::string word = folded.substr(from, end - from);
      std::erase(word, '"');
      const bool number = word.find_first_not_of("0123456789") == std::string::npos;
      match += '"' + word + (number ? "\"" : "\"*");
    }
    from = end + 1;
  }
  return match;
}

// ?1 tenant, ?2 ?3 agencies from and before, ?4 statuses, ?5 procedure, ?6 now if only overdue,
// ?7 filed from, ?8 filed before; ?13 more agencies, as a list.
constexpr const char* kFilter =
    " AND (?2 = '' OR EXISTS (SELECT 1 FROM involved i INDEXED BY involved_of_dossier"
    " WHERE i.tenant = ?1 AND i.dossier = d.id AND i.agency >= ?2 AND i.agency < ?3)"
    " OR (?13 <> '[]' AND EXISTS (SELECT 1 FROM json_each(?13) p CROSS JOIN involved i"
    " INDEXED BY involved_of_dossier WHERE i.tenant = ?1 AND i.dossier = d.id"
    " AND i.agency >= p.value AND i.agency < p.value || '/')))"
    " AND (?4 = '[]' OR d.status IN (SELECT value FROM json_each(?4)))"
    " AND (?5 = '' OR d.procedure = ?5)"
    " AND (?6 = 0 OR (d.finished_at IS NULL AND d.due_at < ?6) OR d.finished_at > d.due_at)"
    " AND d.filed_at >= ?7 AND d.filed_at < ?8";

void bind_filter(Statement& statement, const std::string& tenant,
                 const casework::SearchQuery& query, const std::string& before,
                 const std::string& statuses) {
  statement.bind(tenant).bind(query.agency_prefix).bind(before).bind(statuses);
  statement.bind(query.procedure);
  statement.bind(query.overdue ? query.now.time_since_epoch().count() : std::int64_t{0});
  statement.bind(query.filed_from.has_value() ? query.filed_from->time_since_epoch().count()
                                              : std::int64_t{0});
  statement.bind(query.filed_before.has_value() ? query.filed_before->time_since_epoch().count()
                                                : std::numeric_limits<std::int64_t>::max());
}

// The text just behind every code that begins with "prefix." ('/' follows '.').
std::string behind(const std::string& prefix) {
  return prefix.empty() ? "" : prefix + "/";
}

}  // namespace

DossierRow read_row(const Statement& from, int c) {
  DossierRow row;
  row.id = from.text(c);
  row.code = from.text(c + 1);
  row.version = from.number(c + 2);
  row.procedure = from.text(c + 3);
  row.digest = from.text(c + 4);
  row.agency = from.text(c + 5);
  row.receiving_agency = from.text(c + 6);
  row.status = static_cast<int>(from.number(c + 7));
  row.channel = from.text(c + 8);
  row.applicant = from.text(c + 9);
  row.applicant_id = from.text(c + 10);
  row.step = from.text(c + 11);
  row.holder = from.text(c + 12);
  row.filed_at = from.instant(c + 13);
  row.received_at = from.maybe_instant(c + 14);
  row.due_at = from.maybe_instant(c + 15);
  row.finished_at = from.maybe_instant(c + 16);
  row.paused = from.number(c + 17) != 0;
  row.closed = from.number(c + 18) != 0;
  row.returning_agency = from.text(c + 19);
  return row;
}

base::Outcome<casework::InboxPage> read_inbox(Database& database, const std::string& tenant,
                                              const casework::InboxQuery& query) {
  casework::InboxPage page;
  if (query.limit < 1) return base::fault(base::FaultCode::invalid, "a page has at least one row");
  const std::string roles = json_list(query.roles);
  const std::string where = query.places.empty() ? query.agency : places_text(query);
  {
    Statement counts = TRY(database.prepare(query.places.empty() ? kCounts : kCountsOfPlaces));
    bind_tasks(counts, tenant, where, roles, query);
    if (TRY(counts.step())) {
      page.counts = {.all = counts.number(0),
                     .fresh = counts.number(1),
                     .mine = counts.number(2),
                     .unassigned = counts.number(3),
                     .overdue = counts.number(4),
                     .soon = counts.number(5),
                     .paused = counts.number(6),
                     .to_return = counts.number(7)};
    }
  }
  const std::vector<std::string> after = parts_of(query.cursor);
  const bool first = query.cursor.empty() || after.size() < 3;
  const std::string after_dossier = first ? "" : after[1];
  Statement tasks = TRY(database.prepare(query.places.empty() ? kTasks : kTasksOfPlaces));
  bind_tasks(tasks, tenant, where, roles, query);
  tasks.bind(first ? std::numeric_limits<std::int64_t>::min() : to_number(after[0], 0));
  tasks.bind(after_dossier).bind(first ? std::int64_t{-1} : to_number(after[2], 0));
  tasks.bind(query.state).bind(query.limit + 1);
  static const std::string row_sql =
      std::string{"SELECT "} + kRowColumns + " FROM dossier d WHERE d.tenant = ?1 AND d.id = ?2";
  std::int64_t last_sort_at = 0;
  while (TRY(tasks.step())) {
    if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
      const casework::InboxRow& last = page.rows.back();
      page.next_cursor = std::to_string(last_sort_at) + "|" + last.dossier.id + "|" +
                         std::to_string(last.task.activity);
      break;
    }
    casework::InboxRow row;
    const std::string id = tasks.text(1);
    row.task.activity = static_cast<std::uint32_t>(tasks.number(2));
    row.task.role = tasks.text(3);
    row.task.assignee_id = tasks.text(4);
    row.task.assignee_name = tasks.text(5);
    row.task.step = tasks.text(6);
    row.task.action = tasks.text(7);
    row.task.opened_at = tasks.instant(8);
    row.task.due_at = tasks.maybe_instant(9);
    row.task.agency = tasks.text(10);
    last_sort_at = tasks.number(0);
    Statement dossier = TRY(database.prepare(row_sql));
    dossier.bind(tenant).bind(id);
    if (!TRY(dossier.step())) continue;
    row.dossier = read_row(dossier);
    page.rows.push_back(std::move(row));
  }
  return page;
}

base::Outcome<casework::SearchPage> read_search(Database& database, const std::string& tenant,
                                                const casework::SearchQuery& query) {
  static const std::string by_code = std::string{"SELECT d.search_row, "} + kRowColumns +
                                     " FROM dossier d WHERE d.tenant = ?1 AND d.code = ?9" +
                                     kFilter + " AND ?10 = ?10 AND ?11 = ?11 LIMIT ?12";
  static const std::string by_words =
      std::string{"SELECT w.rowid, "} + kRowColumns +
      " FROM dossier_words w CROSS JOIN dossier d INDEXED BY dossier_search_row"
      " ON d.search_row = w.rowid"
      " WHERE w.words MATCH ?9 AND w.rowid < ?10 AND d.tenant = ?1" +
      kFilter + " AND ?11 = ?11 ORDER BY w.rowid DESC LIMIT ?12";
  static const std::string by_time =
      std::string{"SELECT d.search_row, "} + kRowColumns +
      " FROM dossier d WHERE d.tenant = ?1 AND ?9 = ?9 AND (d.filed_at, d.id) < (?10, ?11)" +
      kFilter + " ORDER BY d.filed_at DESC, d.id DESC LIMIT ?12";

  if (query.limit < 1) return base::fault(base::FaultCode::invalid, "a page has at least one row");
  const std::string match = match_text(query.words);
  const bool words = query.code.empty() && !match.empty();
  const std::string& sql = !query.code.empty() ? by_code : words ? by_words : by_time;
  const std::vector<std::string> after = parts_of(query.cursor);
  const std::string before_agency = behind(query.agency_prefix);
  const std::string statuses = json_list(query.statuses);
  const std::string after_id = after.size() > 1 ? after[1] : "";
  const std::string more = json_list(query.more_prefixes);
  Statement find = TRY(database.prepare(sql));
  bind_filter(find, tenant, query, before_agency, statuses);
  find.bind(!query.code.empty() ? query.code : match);
  find.bind(query.cursor.empty() ? std::numeric_limits<std::int64_t>::max()
                                 : to_number(after.front(), 0));
  find.bind(after_id).bind(query.limit + 1).bind(more);
  casework::SearchPage page;
  std::int64_t last_search_row = 0;
  while (TRY(find.step())) {
    if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
      const DossierRow& last = page.rows.back();
      page.next_cursor =
          words ? std::to_string(last_search_row)
                : std::to_string(last.filed_at.time_since_epoch().count()) + "|" + last.id;
      break;
    }
    last_search_row = find.number(0);
    page.rows.push_back(read_row(find, 1));
  }
  return page;
}

base::Outcome<std::vector<casework::OpenWork>> read_open_work(Database& database,
                                                              const std::string& tenant) {
  Statement find = TRY(
      database.prepare("SELECT DISTINCT assignee, agency, role, action, procedure FROM task"
                       " WHERE tenant = ?1 ORDER BY assignee, agency, role, action, procedure"));
  find.bind(tenant);
  std::vector<casework::OpenWork> held;
  while (TRY(find.step())) {
    held.push_back({.officer = find.text(0),
                    .agency = find.text(1),
                    .role = find.text(2),
                    .action = find.text(3),
                    .procedure = find.text(4)});
  }
  return held;
}

base::Outcome<std::vector<DossierRow>> read_twins(Database& database, const std::string& tenant,
                                                  const std::string& procedure,
                                                  const std::string& applicant_id,
                                                  const std::string& name) {
  static const std::string sql =
      std::string{"SELECT "} + kRowColumns +
      " FROM dossier d INDEXED BY dossier_twins WHERE d.tenant = ?1 AND d.procedure = ?2"
      " AND d.applicant_id = ?3 AND d.closed = 0 AND d.finished_at IS NULL"
      " AND (?3 <> '' OR d.applicant_folded = ?4) LIMIT 5";
  std::vector<DossierRow> rows;
  const std::string folded = base::fold_for_search(name);
  if (applicant_id.empty() && folded.empty()) return rows;
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(procedure).bind(applicant_id).bind(folded);
  while (TRY(find.step())) rows.push_back(read_row(find));
  return rows;
}

base::Outcome<std::vector<DossierRow>> read_ended(Database& database, const std::string& tenant,
                                                  const std::string& procedure,
                                                  casework::Instant before, int limit) {
  static const std::string sql =
      std::string{"SELECT "} + kRowColumns +
      " FROM dossier d INDEXED BY dossier_ended WHERE d.tenant = ?1 AND d.procedure = ?2"
      " AND d.closed = 1 AND d.erased = 0 AND d.finished_at < ?3 ORDER BY d.finished_at LIMIT ?4";
  std::vector<DossierRow> rows;
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(procedure).bind(before).bind(limit);
  while (TRY(find.step())) rows.push_back(read_row(find));
  return rows;
}

base::Outcome<std::vector<DossierRow>> read_report(Database& database, const std::string& tenant,
                                                   const casework::ReportQuery& query) {
  static const std::string sql = std::string{"SELECT "} + kRowColumns +
                                 " FROM dossier d WHERE d.tenant = ?1 AND d.filed_at < ?5"
                                 " AND (d.finished_at IS NULL OR d.finished_at >= ?4)"
                                 " AND (?2 = '' OR (d.agency >= ?2 AND d.agency < ?3)"
                                 " OR (d.receiving_agency >= ?2 AND d.receiving_agency < ?3))";
  std::vector<DossierRow> rows;
  const std::string before = behind(query.agency_prefix);
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(query.agency_prefix).bind(before).bind(query.from).bind(query.to);
  while (TRY(find.step())) rows.push_back(read_row(find));
  return rows;
}

}  // namespace storage::sqlite
