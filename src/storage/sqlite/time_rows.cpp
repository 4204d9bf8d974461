#include "storage/sqlite/time_rows.h"

#include "casework/journal_record.h"
#include "storage/sqlite/journal_rows.h"

namespace storage::sqlite {

namespace {

using base::Done;
using base::Outcome;
using casework::CalendarVersionRow;
using casework::Instant;
using casework::RunningRow;
using casework::WakeRow;

constexpr const char* kOneRow = " WHERE tenant = ?1 AND agency = ?2 AND dossier = ?3";

// The key of a running row begins with the agency, which its dossier never changes.
Outcome<std::optional<std::string>> agency_of(Database& database, const std::string& tenant,
                                              const std::string& dossier) {
  Statement find =
      TRY(database.prepare("SELECT agency FROM dossier WHERE tenant = ?1 AND id = ?2"));
  find.bind(tenant).bind(dossier);
  std::optional<std::string> agency;
  if (TRY(find.step())) agency = find.text(0);
  return agency;
}

Outcome<Done> write_wake(Database& database, const std::string& tenant, const WakeRow& row) {
  static const std::string set_moment =
      std::string{"UPDATE running SET wake_at = ?5"} + kOneRow + " AND version = ?4";
  static const std::string set_clock =
      std::string{"UPDATE running SET clock = ?5"} + kOneRow + " AND version = ?4";
  static const std::string clear = std::string{"DELETE FROM running"} + kOneRow +
                                   " AND version = ?4 AND clock = '' AND wake_at IS NULL";
  const std::optional<std::string> agency = TRY(agency_of(database, tenant, row.dossier));
  if (!agency.has_value()) return Done{};
  const bool never = row.at == casework::kNever;
  Statement move = TRY(database.prepare(set_moment));
  move.bind(tenant).bind(*agency).bind(row.dossier).bind(row.version);
  move.bind(never ? std::nullopt : std::optional{row.at});
  TRY(move.run());
  if (database.changes() == 0) return Done{};
  if (row.clock.has_value()) {
    Statement replace = TRY(database.prepare(set_clock));
    replace.bind(tenant).bind(*agency).bind(row.dossier).bind(row.version).bind(*row.clock);
    TRY(replace.run());
  }
  if (!never) return Done{};
  Statement remove = TRY(database.prepare(clear));
  remove.bind(tenant).bind(*agency).bind(row.dossier).bind(row.version);
  return remove.run();
}

base::Failure<base::Fault> key_reused() {
  return base::fault(base::FaultCode::conflict, "the request's key was used for something else");
}

std::string subject_of(const CalendarVersionRow& row) {
  return "calendar:" + row.office;
}

}  // namespace

Outcome<std::vector<WakeRow>> read_wakes_due(Database& database, const std::string& tenant,
                                             Instant now, int limit) {
  Statement find = TRY(database.prepare(
      "SELECT dossier, wake_at, version FROM running WHERE tenant = ?1 AND wake_at IS NOT NULL "
      "AND wake_at <= ?2 ORDER BY wake_at, agency, dossier LIMIT ?3"));
  find.bind(tenant).bind(now).bind(limit);
  std::vector<WakeRow> rows;
  while (TRY(find.step())) {
    rows.push_back({.dossier = find.text(0), .at = find.instant(1), .version = find.number(2)});
  }
  return rows;
}

Outcome<std::optional<Instant>> read_next_wake(Database& database, const std::string& tenant) {
  Statement find =
      TRY(database.prepare("SELECT wake_at FROM running WHERE tenant = ?1 AND wake_at IS NOT NULL "
                           "ORDER BY wake_at LIMIT 1"));
  find.bind(tenant);
  std::optional<Instant> at;
  if (TRY(find.step())) at = find.instant(0);
  return at;
}

Outcome<Done> visit_running(Database& database, const std::string& tenant,
                            const std::string& agency_prefix,
                            const std::function<bool(const RunningRow&)>& visit) {
  // '/' follows '.': the text just behind every code below.  The last condition is for codes with
  // characters before the dot.
  Statement find = TRY(database.prepare(
      agency_prefix.empty()
          ? "SELECT dossier, code, agency, clock, version, due_at FROM running "
            "WHERE tenant = ?1 AND clock <> '' ORDER BY agency, dossier"
          : "SELECT dossier, code, agency, clock, version, due_at FROM running "
            "WHERE tenant = ?1 AND clock <> '' AND agency >= ?2 AND agency < ?2 || '/' "
            "AND (agency = ?2 OR agency >= ?2 || '.') ORDER BY agency, dossier"));
  find.bind(tenant);
  if (!agency_prefix.empty()) find.bind(agency_prefix);
  while (TRY(find.step())) {
    const RunningRow row{.id = find.text_view(0),
                         .code = find.text_view(1),
                         .agency = find.text_view(2),
                         .clock = find.text_view(3),
                         .version = find.number(4),
                         .due_at = find.maybe_instant(5)};
    if (!visit(row)) break;
  }
  return Done{};
}

Outcome<std::vector<CalendarVersionRow>> read_calendars(Database& database,
                                                        const std::string& tenant) {
  Statement find = TRY(database.prepare(
      "SELECT office, version, at, actor_kind, actor_id, actor_name, actor_agency, kind, content, "
      "reason, act FROM calendar_version WHERE tenant = ?1 ORDER BY office, version"));
  find.bind(tenant);
  std::vector<CalendarVersionRow> rows;
  while (TRY(find.step())) {
    rows.push_back({.office = find.text(0),
                    .version = find.number(1),
                    .at = find.instant(2),
                    .actor = {.kind = static_cast<dossier::ActorKind>(find.number(3)),
                              .id = find.text(4),
                              .name = find.text(5),
                              .agency = find.text(6)},
                    .kind = find.text(7),
                    .content = find.text(8),
                    .reason = find.text(9),
                    .act = find.text(10)});
  }
  return rows;
}

Outcome<Done> write_wakes(Database& database, const std::string& tenant,
                          const std::vector<WakeRow>& rows) {
  for (const WakeRow& row : rows) TRY(write_wake(database, tenant, row));
  return Done{};
}

Outcome<std::int64_t> append_calendar(Database& database, const std::string& tenant,
                                      const CalendarVersionRow& row, std::int64_t expected_version,
                                      const std::optional<casework::RequestKey>& request) {
  const std::string subject = subject_of(row);
  if (request.has_value()) {
    Statement find =
        TRY(database.prepare("SELECT hash, subject, version FROM request WHERE tenant = ?1 AND "
                             "actor = ?2 AND key = ?3"));
    find.bind(tenant).bind(request->actor).bind(request->key);
    if (TRY(find.step())) {
      if (find.text(0) != request->hash || find.text(1) != subject) return key_reused();
      return find.number(2);
    }
  }
  {
    Statement find = TRY(database.prepare(
        "SELECT coalesce(max(version), 0) FROM calendar_version WHERE tenant = ?1 AND "
        "office = ?2"));
    find.bind(tenant).bind(row.office);
    const std::int64_t current = TRY(find.step()) ? find.number(0) : 0;
    if (current != expected_version) {
      return base::fault(base::FaultCode::conflict,
                         "the calendar is at version " + std::to_string(current));
    }
  }
  const std::int64_t version = expected_version + 1;
  const Sealed sealed = seal(row.actor, casework::calendar_payload(row));
  const std::string leaf_subject = casework::calendar_subject(row.office);
  const std::int64_t leaf = TRY(append_leaf(database, tenant,
                                            {.tenant = tenant,
                                             .kind = "calendar",
                                             .subject = leaf_subject,
                                             .sequence = version,
                                             .at = row.at.time_since_epoch().count(),
                                             .type = row.kind,
                                             .number = {},
                                             .content = sealed.content}));
  Statement insert = TRY(database.prepare(
      "INSERT INTO calendar_version (tenant, office, version, at, actor_kind, actor_id, "
      "actor_name, actor_agency, kind, content, reason, act, leaf, salt) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"));
  insert.bind(tenant).bind(row.office).bind(version).bind(row.at);
  insert.bind(static_cast<int>(row.actor.kind)).bind(row.actor.id).bind(row.actor.name);
  insert.bind(row.actor.agency).bind(row.kind).bind(row.content).bind(row.reason).bind(row.act);
  insert.bind(leaf).bind_blob(sealed.salt);
  TRY(insert.run());
  if (!request.has_value()) return version;
  Statement remember =
      TRY(database.prepare("INSERT INTO request (tenant, actor, key, hash, subject, version) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  remember.bind(tenant).bind(request->actor).bind(request->key).bind(request->hash);
  remember.bind(subject).bind(version);
  TRY(remember.run());
  return version;
}

}  // namespace storage::sqlite
