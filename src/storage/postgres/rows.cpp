#include "storage/postgres/rows.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

#include "base/text.h"
#include "storage/page_cursor.h"
#include "storage/postgres/commit_values.h"

namespace storage::postgres {

namespace {

using base::FaultCode;
using base::Outcome;
using casework::DossierRow;

// The tasks an officer may take or holds: $1 tenant, $2 agency, $3 roles, $4 officer, $5 now,
// $6 soon, $7 procedure.
#define MOTCUA_MY_TASKS                                              \
  " FROM task t WHERE t.tenant = $1 AND t.agency = $2"               \
  " AND ((t.assignee = $4 AND t.assignee <> '') OR (t.assignee = ''" \
  " AND t.role = ANY ($3))) AND ($7 = '' OR t.procedure = $7)"
#define MOTCUA_OVERDUE "NOT t.paused AND t.dossier_due_at < $5 AND t.action <> 'return'"
#define MOTCUA_SOON \
  "NOT t.paused AND t.dossier_due_at >= $5 AND t.dossier_due_at < $6 AND t.action <> 'return'"

// The same for somebody who also has work elsewhere: places as parallel lists, his own among them:
// $2 agencies, $3 roles, and at the end whose work too, and ",code,code," or nothing for all.
#define MOTCUA_TASKS_OF_PLACES(IN_PLACE_OF, CODES)                                    \
  " FROM task t WHERE t.tenant = $1 AND t.agency = ANY ($2)"                          \
  " AND ((t.assignee = $4 AND t.assignee <> '') OR EXISTS (SELECT 1 FROM unnest($2, " \
  "$3, " IN_PLACE_OF ", " CODES                                                       \
  ") AS p(agency, role, in_place_of, codes)"                                          \
  " WHERE p.agency = t.agency AND p.role = t.role"                                    \
  " AND (t.assignee = '' OR t.assignee = p.in_place_of)"                              \
  " AND (p.codes = '' OR strpos(p.codes, ',' || t.procedure || ',') > 0)))"           \
  " AND ($7 = '' OR t.procedure = $7)"

// Counts what is open at one agency, which is what the agency can work on: bounded by that, not by
// the dossiers there are.
#define MOTCUA_COUNTS                                         \
  "SELECT count(*), count(*) FILTER (WHERE NOT t.received), " \
  "count(*) FILTER (WHERE t.assignee = $4), "                 \
  "count(*) FILTER (WHERE t.assignee = ''), "                 \
  "count(*) FILTER (WHERE " MOTCUA_OVERDUE                    \
  "), "                                                       \
  "count(*) FILTER (WHERE " MOTCUA_SOON                       \
  "), "                                                       \
  "count(*) FILTER (WHERE t.paused), "                        \
  "count(*) FILTER (WHERE t.action = 'return')"
const Sql kCounts{"inbox_counts", MOTCUA_COUNTS MOTCUA_MY_TASKS};
const Sql kCountsOfPlaces{"inbox_counts_of_places",
                          MOTCUA_COUNTS MOTCUA_TASKS_OF_PLACES("$8", "$9")};

#define MOTCUA_TASKS_IN_STATE                                                     \
  " AND t.sort_at >= $8 AND (t.sort_at, t.dossier, t.activity) > ($8, $9, $10)"   \
  " AND CASE $11 WHEN 'new' THEN NOT t.received WHEN 'mine' THEN t.assignee = $4" \
  " WHEN 'unassigned' THEN t.assignee = '' WHEN 'overdue' THEN " MOTCUA_OVERDUE   \
  " WHEN 'soon' THEN " MOTCUA_SOON                                                \
  " WHEN 'paused' THEN t.paused WHEN 'to_return' THEN t.action = 'return'"        \
  " WHEN 'to_hand_over' THEN t.action = 'hand_over'"                              \
  " WHEN 'to_take_over' THEN t.action = 'take_over' ELSE true END"                \
  " ORDER BY t.sort_at, t.dossier, t.activity LIMIT $12) p"                       \
  " JOIN dossier d ON d.tenant = $1 AND d.id = p.dossier"                         \
  " ORDER BY p.sort_at, p.dossier, p.activity"
#define MOTCUA_TASK_COLUMNS                                                          \
  "SELECT " MOTCUA_ROW_COLUMNS                                                       \
  ", p.sort_at, p.activity, p.role, p.assignee, p.assignee_name, p.step, p.action, " \
  "p.opened_at, p.due_at, p.agency FROM (SELECT t.*"
const Sql kTasks{"inbox_tasks", MOTCUA_TASK_COLUMNS MOTCUA_MY_TASKS MOTCUA_TASKS_IN_STATE};
const Sql kTasksOfPlaces{"inbox_tasks_of_places", MOTCUA_TASK_COLUMNS MOTCUA_TASKS_OF_PLACES(
                                                      "$13", "$14") MOTCUA_TASKS_IN_STATE};
#undef MOTCUA_TASK_COLUMNS
#undef MOTCUA_TASKS_IN_STATE
#undef MOTCUA_COUNTS
#undef MOTCUA_TASKS_OF_PLACES
#undef MOTCUA_MY_TASKS
#undef MOTCUA_OVERDUE
#undef MOTCUA_SOON

// Where an officer's work is, as parallel lists; his own agency with his roles first.
struct Places {
  std::vector<std::string> agencies, roles, in_place_of, codes;

  void add(const std::string& agency, const std::string& role, const std::string& whose,
           std::string of) {
    constexpr std::size_t kPlacesMax = 1'000;
    if (agencies.size() >= kPlacesMax) return;
    agencies.push_back(agency);
    roles.push_back(role);
    in_place_of.push_back(whose);
    codes.push_back(std::move(of));
  }
};

Places places_of(const casework::InboxQuery& query) {
  Places places;
  // What is in his own hands at his agency is his whatever his roles are.
  places.add(query.agency, "", "", "");
  for (const std::string& role : query.roles) places.add(query.agency, role, "", "");
  for (const casework::InboxPlace& place : query.places) {
    std::string codes;
    for (const std::string& code : place.procedures) codes += "," + code;
    if (!codes.empty()) codes += ",";
    places.add(place.agency, place.role, place.in_place_of, std::move(codes));
  }
  return places;
}

void bind_tasks(Values& values, const std::string& tenant, const casework::InboxQuery& query,
                const Places& places) {
  values.bind(tenant);
  if (query.places.empty()) {
    values.bind(query.agency).bind(query.roles);
  } else {
    values.bind(places.agencies).bind(places.roles);
  }
  values.bind(query.officer).bind(query.now).bind(query.soon).bind(query.procedure);
}

// $2 agency (or empty), $3 behind it, $4 statuses, $5 procedure, $6 now if only overdue, $7 filed
// from, $8 filed before.
#define MOTCUA_FILTER                                                                          \
  " AND d.filed_at >= $7 AND d.filed_at < $8 AND (cardinality($4) = 0 OR d.status = ANY ($4))" \
  " AND ($5 = '' OR d.procedure = $5)"                                                         \
  " AND ($6 = 0 OR (d.finished_at IS NULL AND d.due_at < $6) OR d.finished_at > d.due_at)"
const Sql kByCode{"search_code",
                  "SELECT " MOTCUA_ROW_COLUMNS
                  " FROM dossier d WHERE d.tenant = $1 AND d.code = $9" MOTCUA_FILTER
                  " AND ($2 = '' OR EXISTS (SELECT 1 FROM dossier_words w CROSS JOIN LATERAL "
                  "unnest(w.agencies) AS a(code) WHERE w.tenant = $1 AND w.dossier = d.id "
                  "AND a.code >= $2 AND a.code < $3)) LIMIT $10"};
const Sql kByTime{"search_time", "SELECT " MOTCUA_ROW_COLUMNS
                                 " FROM dossier d WHERE d.tenant = $1 AND $2 = $3" MOTCUA_FILTER
                                 " AND d.filed_at <= $9 AND (d.filed_at < $9 OR d.id < $10)"
                                 " ORDER BY d.filed_at DESC, d.id DESC LIMIT $11"};
#undef MOTCUA_FILTER
const Sql kByWords{"search_words",
                   "SELECT " MOTCUA_ROW_COLUMNS
                   " FROM search_words($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
                   "WITH ORDINALITY AS f(id, n) JOIN dossier d ON d.tenant = $1 AND d.id = f.id "
                   "ORDER BY f.n"};

const Sql kOpenWork{"open_work",
                    "SELECT assignee, agency, role, action, procedure FROM task"
                    " WHERE tenant = $1"
                    " GROUP BY assignee, agency, role, action, procedure"
                    " ORDER BY assignee, agency, role, action, procedure",
                    Path::cold};
const Sql kTwins{"open_twins",
                 "SELECT " MOTCUA_ROW_COLUMNS
                 " FROM dossier d WHERE d.tenant = $1 AND d.procedure = $2 AND d.applicant_id = $3 "
                 "AND NOT d.closed AND d.finished_at IS NULL LIMIT 5"};
const Sql kTwinsByName{"open_twins_by_name",
                       "SELECT " MOTCUA_ROW_COLUMNS
                       " FROM dossier d WHERE d.tenant = $1 AND d.procedure = $2 "
                       "AND d.applicant_id = '' AND d.applicant_folded = $3 AND NOT d.closed "
                       "AND d.finished_at IS NULL LIMIT 5"};
const Sql kEnded{"ended",
                 "SELECT " MOTCUA_ROW_COLUMNS
                 " FROM dossier d WHERE d.tenant = $1 AND d.procedure = $2 AND d.closed "
                 "AND NOT d.erased AND d.finished_at < $3 ORDER BY d.finished_at LIMIT $4",
                 Path::cold};
const Sql kReport{"report",
                  "SELECT " MOTCUA_ROW_COLUMNS
                  " FROM dossier d WHERE d.tenant = $1 AND d.filed_at < $5 "
                  "AND (d.finished_at IS NULL OR d.finished_at >= $4) "
                  "AND ($2 = '' OR (d.agency >= $2 AND d.agency < $3) "
                  "OR (d.receiving_agency >= $2 AND d.receiving_agency < $3))",
                  Path::cold};
const Sql kPayments{"payments",
                    "SELECT d.code, p.receipt, p.kind, p.amount, p.method, p.reason, p.cashier, "
                    "p.cashier_name, p.agency, p.at FROM payment p JOIN dossier d "
                    "ON d.tenant = p.tenant AND d.id = p.dossier WHERE p.tenant = $1 "
                    "AND ($2 = '' OR (p.agency >= $2 AND p.agency < $5)) "
                    "AND p.at >= $3 AND p.at < $4 ORDER BY p.at, p.receipt",
                    Path::cold};

// Texts that match every word of the query as the beginning of a word, a number as a whole one (or
// a number that is masked could be found out digit by digit), and the agency, in the language of
// tsquery.
struct Match {
  std::string all;
  std::string index;  // without the short words, unless there are no others
};

// Within its quotation marks only they and the backslash mean something.
void add_word(std::string& match, const std::string& tenant, std::string_view word) {
  if (!match.empty()) match += " & ";
  match += '\'';
  for (const char c : tenant + "/" + std::string{word}) {
    if (c == '\'' || c == '\\') match += c;
    match += c;
  }
  const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
  match += number ? "'" : "':*";
}

Match match_of(const std::string& tenant, const casework::SearchQuery& query) {
  constexpr std::size_t kLong = 3;
  Match match;
  std::vector<std::string> words = words_of(query.words);
  for (std::string& word : words) {
    std::erase_if(word, [](char c) { return c == '"' || c == '@'; });
  }
  if (!query.agency_prefix.empty()) words.push_back("@" + query.agency_prefix + ".");
  for (const std::string& word : words) {
    if (word.empty()) continue;
    add_word(match.all, tenant, word);
    if (word.size() >= kLong) add_word(match.index, tenant, word);
  }
  if (match.index.empty()) match.index = match.all;
  return match;
}

constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::string behind(const std::string& prefix) {
  return prefix.empty() ? "" : prefix + "/";
}

DossierRow read_row(const Row& from, int c) {
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
  row.paused = from.flag(c + 17);
  row.closed = from.flag(c + 18);
  row.returning_agency = from.text(c + 19);
  return row;
}

Outcome<casework::InboxPage> read_inbox(Connection& connection, const std::string& tenant,
                                        const casework::InboxQuery& query, Deadline deadline) {
  casework::InboxPage page;
  if (query.limit < 1) return base::fault(FaultCode::invalid, "a page has at least one row");
  const bool elsewhere = !query.places.empty();
  const Places places = elsewhere ? places_of(query) : Places{};
  {
    Values values;
    bind_tasks(values, tenant, query, places);
    if (elsewhere) values.bind(places.in_place_of).bind(places.codes);
    const Rows rows = TRY(connection.run(elsewhere ? kCountsOfPlaces : kCounts, values, deadline));
    const Row counts = rows[0];
    page.counts = {.all = counts.number(0),
                   .fresh = counts.number(1),
                   .mine = counts.number(2),
                   .unassigned = counts.number(3),
                   .overdue = counts.number(4),
                   .soon = counts.number(5),
                   .paused = counts.number(6),
                   .to_return = counts.number(7)};
  }
  const std::vector<std::string> after = parts_of(query.cursor);
  const bool first = query.cursor.empty() || after.size() < 3;
  const std::string after_dossier = first ? "" : after[1];
  Values values;
  bind_tasks(values, tenant, query, places);
  values.bind(first ? std::numeric_limits<std::int64_t>::min() : to_number(after[0], 0));
  values.bind(after_dossier).bind(first ? std::int64_t{-1} : to_number(after[2], 0));
  values.bind(query.state).bind(std::int64_t{query.limit} + 1);
  if (elsewhere) values.bind(places.in_place_of).bind(places.codes);
  const Rows rows = TRY(connection.run(elsewhere ? kTasksOfPlaces : kTasks, values, deadline));
  const int shown = std::min(rows.size(), query.limit);
  page.rows.reserve(static_cast<std::size_t>(shown));
  for (int i = 0; i < shown; ++i) {
    const Row from = rows[i];
    casework::InboxRow& row = page.rows.emplace_back();
    row.dossier = read_row(from);
    row.task.activity = static_cast<std::uint32_t>(from.number(kRowWidth + 1));
    row.task.role = from.text(kRowWidth + 2);
    row.task.assignee_id = from.text(kRowWidth + 3);
    row.task.assignee_name = from.text(kRowWidth + 4);
    row.task.step = from.text(kRowWidth + 5);
    row.task.action = from.text(kRowWidth + 6);
    row.task.opened_at = from.instant(kRowWidth + 7);
    row.task.due_at = from.maybe_instant(kRowWidth + 8);
    row.task.agency = from.text(kRowWidth + 9);
  }
  if (rows.size() > query.limit) {
    const casework::InboxRow& last = page.rows.back();
    page.next_cursor = std::to_string(rows[shown - 1].number(kRowWidth)) + "|" + last.dossier.id +
                       "|" + std::to_string(last.task.activity);
  }
  return page;
}

namespace {

// Of one agency and those below it, or of all.
Outcome<casework::SearchPage> search_within(Connection& connection, const std::string& tenant,
                                            const casework::SearchQuery& query, Deadline deadline) {
  if (query.limit < 1) return base::fault(FaultCode::invalid, "a page has at least one row");
  const std::vector<std::string> after = parts_of(query.cursor);
  const std::string after_id = after.size() > 1 ? after[1] : "";
  const std::int64_t after_at = query.cursor.empty() ? kEver : to_number(after.front(), 0);
  const std::string before_agency = behind(query.agency_prefix);
  const std::vector<std::int64_t> statuses(query.statuses.begin(), query.statuses.end());
  const std::int64_t overdue = query.overdue ? query.now.time_since_epoch().count() : 0;
  const std::int64_t from =
      query.filed_from.has_value() ? query.filed_from->time_since_epoch().count() : 0;
  const std::int64_t before =
      query.filed_before.has_value() ? query.filed_before->time_since_epoch().count() : kEver;
  const std::int64_t limit = std::int64_t{query.limit} + 1;
  const Match match = match_of(tenant, query);
  const bool by_code = !query.code.empty();
  Values values;
  values.bind(tenant);
  if (!by_code && !match.all.empty()) {
    values.bind(match.all)
        .bind(match.index)
        .bind(statuses)
        .bind(query.procedure)
        .bind(overdue)
        .bind(from)
        .bind(before);
    values.bind(after_at).bind(after_id).bind(limit);
  } else {
    values.bind(query.agency_prefix).bind(before_agency).bind(statuses).bind(query.procedure);
    values.bind(overdue).bind(from).bind(before);
    if (by_code) {
      values.bind(query.code);
    } else {
      values.bind(after_at).bind(after_id);
    }
    values.bind(limit);
  }
  const Rows rows = TRY(connection.run(by_code             ? kByCode
                                       : match.all.empty() ? kByTime
                                                           : kByWords,
                                       values, deadline));
  casework::SearchPage page;
  const int shown = std::min(rows.size(), query.limit);
  for (int i = 0; i < shown; ++i) page.rows.push_back(read_row(rows[i]));
  if (rows.size() > query.limit) {
    const DossierRow& last = page.rows.back();
    page.next_cursor = std::to_string(last.filed_at.time_since_epoch().count()) + "|" + last.id;
  }
  return page;
}

}  // namespace

// Each place is asked for a page of its own: an index answers for one place, not for several.
Outcome<casework::SearchPage> read_search(Connection& connection, const std::string& tenant,
                                          const casework::SearchQuery& query, Deadline deadline) {
  constexpr std::size_t kMoreMax = 100;
  casework::SearchPage page = TRY(search_within(connection, tenant, query, deadline));
  if (query.agency_prefix.empty() || query.more_prefixes.empty()) return page;
  bool more = !page.next_cursor.empty();
  casework::SearchQuery there = query;
  for (std::size_t i = 0; i < std::min(query.more_prefixes.size(), kMoreMax); ++i) {
    there.agency_prefix = query.more_prefixes[i];
    casework::SearchPage other = TRY(search_within(connection, tenant, there, deadline));
    more = more || !other.next_cursor.empty();
    std::move(other.rows.begin(), other.rows.end(), std::back_inserter(page.rows));
  }
  std::ranges::sort(page.rows, [](const DossierRow& a, const DossierRow& b) {
    return std::tie(a.filed_at, a.id) > std::tie(b.filed_at, b.id);
  });
  const auto twice = std::ranges::unique(page.rows, {}, &DossierRow::id);
  page.rows.erase(twice.begin(), twice.end());
  const auto limit = static_cast<std::size_t>(query.limit);
  if (page.rows.size() > limit) {
    page.rows.erase(page.rows.begin() + query.limit, page.rows.end());
    more = true;
  }
  page.next_cursor.clear();
  if (more && !page.rows.empty()) {
    const DossierRow& last = page.rows.back();
    page.next_cursor = std::to_string(last.filed_at.time_since_epoch().count()) + "|" + last.id;
  }
  return page;
}

Outcome<std::vector<casework::OpenWork>> read_open_work(Connection& connection,
                                                        const std::string& tenant,
                                                        Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kOpenWork, values, deadline));
  std::vector<casework::OpenWork> held;
  held.reserve(static_cast<std::size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) {
    const Row from = rows[i];
    held.push_back({.officer = from.text(0),
                    .agency = from.text(1),
                    .role = from.text(2),
                    .action = from.text(3),
                    .procedure = from.text(4)});
  }
  return held;
}

Outcome<std::vector<DossierRow>> read_twins(Connection& connection, const std::string& tenant,
                                            const std::string& procedure,
                                            const std::string& applicant_id,
                                            const std::string& name, Deadline deadline) {
  std::vector<DossierRow> twins;
  const std::string folded = base::fold_for_search(name);
  if (applicant_id.empty() && folded.empty()) return twins;
  Values values;
  values.bind(tenant).bind(procedure).bind(applicant_id.empty() ? folded : applicant_id);
  const Rows rows =
      TRY(connection.run(applicant_id.empty() ? kTwinsByName : kTwins, values, deadline));
  for (int i = 0; i < rows.size(); ++i) twins.push_back(read_row(rows[i]));
  return twins;
}

Outcome<std::vector<DossierRow>> read_ended(Connection& connection, const std::string& tenant,
                                            const std::string& procedure, calendar::Instant before,
                                            int limit, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(procedure).bind(before).bind(limit);
  const Rows rows = TRY(connection.run(kEnded, values, deadline));
  std::vector<DossierRow> found;
  for (int i = 0; i < rows.size(); ++i) found.push_back(read_row(rows[i]));
  return found;
}

Outcome<std::vector<DossierRow>> read_report(Connection& connection, const std::string& tenant,
                                             const casework::ReportQuery& query,
                                             Deadline deadline) {
  const std::string before = behind(query.agency_prefix);
  Values values;
  values.bind(tenant).bind(query.agency_prefix).bind(before).bind(query.from).bind(query.to);
  const Rows rows = TRY(connection.run(kReport, values, deadline));
  std::vector<DossierRow> found;
  found.reserve(static_cast<std::size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) found.push_back(read_row(rows[i]));
  return found;
}

Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>> read_payments(
    Connection& connection, const std::string& tenant, const std::string& agency_prefix,
    calendar::Instant from, calendar::Instant to, Deadline deadline) {
  const std::string before = behind(agency_prefix);
  Values values;
  values.bind(tenant).bind(agency_prefix).bind(from).bind(to).bind(before);
  const Rows rows = TRY(connection.run(kPayments, values, deadline));
  std::vector<std::pair<std::string, casework::PaymentRow>> payments;
  for (int i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    payments.emplace_back(row.text(0), casework::PaymentRow{.receipt = row.text(1),
                                                            .kind = row.text(2),
                                                            .amount = row.number(3),
                                                            .method = row.text(4),
                                                            .reason = row.text(5),
                                                            .cashier_id = row.text(6),
                                                            .cashier_name = row.text(7),
                                                            .agency = row.text(8),
                                                            .at = row.instant(9)});
  }
  return payments;
}

}  // namespace storage::postgres
