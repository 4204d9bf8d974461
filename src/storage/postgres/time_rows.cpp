#include "storage/postgres/time_rows.h"

#include "casework/journal_record.h"
#include "storage/postgres/seal.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using casework::CalendarVersionRow;
using casework::Instant;
using casework::RunningRow;
using casework::WakeRow;

const Sql kDue{"wakes_due",
               "SELECT dossier, wake_at, version FROM running WHERE tenant = $1 AND wake_at <= $2 "
               "ORDER BY wake_at, agency, dossier LIMIT $3"};
const Sql kNext{"next_wake",
                "SELECT wake_at FROM running WHERE tenant = $1 AND wake_at IS NOT NULL "
                "ORDER BY wake_at LIMIT 1"};
// Those that still are at the version; the key begins with the agency, which its dossier never
// changes.
const Sql kMove{"move_wakes",
                "WITH moved AS (SELECT d.agency, d.id, m.at, m.version, m.clock "
                "FROM unnest($2, $3, $4, $5) AS m(dossier, at, version, clock) "
                "CROSS JOIN LATERAL (SELECT o.agency, o.id FROM dossier o WHERE o.tenant = $1 "
                "AND o.id = m.dossier OFFSET 0) d) "
                "UPDATE running r SET wake_at = m.at, clock = coalesce(m.clock, r.clock) "
                "FROM moved m WHERE r.tenant = $1 AND r.agency = m.agency AND r.dossier = m.id "
                "AND r.version = m.version",
                Path::cold};
const Sql kForget{
    "forget_wakes",
    "DELETE FROM running r USING (SELECT o.agency, o.id FROM unnest($2) AS m(dossier) "
    "CROSS JOIN LATERAL (SELECT x.agency, x.id FROM dossier x WHERE x.tenant = $1 "
    "AND x.id = m.dossier OFFSET 0) o) d WHERE r.tenant = $1 AND r.agency = d.agency "
    "AND r.dossier = d.id AND r.clock = '' AND r.wake_at IS NULL",
    Path::cold};
const Sql kRunning{"running_from",
                   "SELECT dossier, code, agency, clock, version, due_at FROM running "
                   "WHERE tenant = $1 AND clock <> '' AND agency >= $4 "
                   "AND (agency > $4 OR dossier > $5) "
                   "AND ($2 = '' OR (agency >= $2 AND agency < $3 "
                   "AND (agency = $2 OR agency >= $2 || '.'))) "
                   "ORDER BY agency, dossier LIMIT 5000",
                   Path::cold};

const Sql kCalendars{"calendars",
                     "SELECT office, version, at, actor_kind, actor_id, actor_name, actor_agency, "
                     "kind, content, reason, act FROM calendar_version WHERE tenant = $1 "
                     "ORDER BY office, version",
                     Path::cold};
// Version, record and request, or nothing: the key of the table lets one of two through.
const Sql kAppend{
    "append_calendar",
    "WITH current AS (SELECT coalesce(max(version), 0) AS version FROM calendar_version "
    "WHERE tenant = $1 AND office = $2), "
    "added AS (INSERT INTO calendar_version (tenant, office, version, at, actor_kind, actor_id, "
    "actor_name, actor_agency, kind, content, reason, act, salt) "
    "SELECT $1, $2, $3 + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM current "
    "WHERE version = $3 RETURNING version), "
    "queued AS (INSERT INTO journal_queue (tenant, kind, subject, sequence, at, type, number, "
    "content) SELECT $1, 'calendar', $14, version, $4, $9, '', $15 FROM added), "
    "remembered AS (INSERT INTO request (tenant, actor, key, hash, subject, version) "
    "SELECT $1, $16, $17, $18, $19, version FROM added WHERE $17 <> '') "
    "SELECT (SELECT version FROM current), (SELECT version FROM added)",
    Path::cold};
const Sql kCalendarRequest{"calendar_request",
                           "SELECT hash, subject, version FROM request WHERE tenant = $1 "
                           "AND actor = $2 AND key = $3",
                           Path::cold};

}  // namespace

Outcome<std::vector<WakeRow>> read_wakes_due(Connection& connection, const std::string& tenant,
                                             Instant now, int limit, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(now).bind(limit);
  const Rows rows = TRY(connection.run(kDue, values, deadline));
  std::vector<WakeRow> wakes;
  for (int i = 0; i < rows.size(); ++i) {
    wakes.push_back({.dossier = rows[i].text(0),
                     .at = rows[i].instant(1),
                     .version = rows[i].number(2),
                     .clock = {}});
  }
  return wakes;
}

Outcome<std::optional<Instant>> read_next_wake(Connection& connection, const std::string& tenant,
                                               Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kNext, values, deadline));
  std::optional<Instant> at;
  if (!rows.empty()) at = rows[0].instant(0);
  return at;
}

Outcome<Done> write_wakes(Connection& connection, const std::string& tenant,
                          const std::vector<WakeRow>& rows, Deadline deadline) {
  if (rows.empty()) return Done{};
  std::vector<std::string_view> dossiers;
  std::vector<std::string_view> sleepers;
  std::vector<std::optional<std::int64_t>> moments;
  std::vector<std::int64_t> versions;
  std::vector<std::optional<std::string_view>> clocks;
  for (const WakeRow& row : rows) {
    const bool never = row.at == casework::kNever;
    dossiers.push_back(row.dossier);
    moments.push_back(never ? std::nullopt : std::optional{row.at.time_since_epoch().count()});
    versions.push_back(row.version);
    clocks.push_back(row.clock.has_value() ? std::optional<std::string_view>{*row.clock}
                                           : std::nullopt);
    if (never) sleepers.push_back(row.dossier);
  }
  return connection.in_transaction(deadline, [&]() -> Outcome<Done> {
    Values move;
    move.bind(tenant).bind(dossiers).bind(moments).bind(versions).bind(clocks);
    TRY(connection.run(kMove, move, deadline));
    if (sleepers.empty()) return Done{};
    Values forget;
    forget.bind(tenant).bind(sleepers);
    TRY(connection.run(kForget, forget, deadline));
    return Done{};
  });
}

Outcome<Done> visit_running(Connection& connection, const std::string& tenant,
                            const std::string& agency_prefix,
                            const std::function<bool(const RunningRow&)>& visit) {
  const auto soon = [] { return within(std::chrono::seconds{10}); };
  const std::string before = agency_prefix + "/";
  std::string agency;
  std::string dossier;
  TRY(connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", soon()));
  for (;;) {
    Values values;
    values.bind(tenant).bind(agency_prefix).bind(before).bind(agency).bind(dossier);
    const Rows rows = TRY(connection.run(kRunning, values, soon()));
    for (int i = 0; i < rows.size(); ++i) {
      const Row row = rows[i];
      const bool more = visit({.id = row.view(0),
                               .code = row.view(1),
                               .agency = row.view(2),
                               .clock = row.view(3),
                               .version = row.number(4),
                               .due_at = row.maybe_instant(5)});
      if (!more) return Done{};
      agency = row.text(2);
      dossier = row.text(0);
    }
    if (rows.empty()) return Done{};
  }
}

Outcome<std::vector<CalendarVersionRow>> read_calendars(Connection& connection,
                                                        const std::string& tenant,
                                                        Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kCalendars, values, deadline));
  std::vector<CalendarVersionRow> calendars;
  for (int i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    calendars.push_back({.office = row.text(0),
                         .version = row.number(1),
                         .at = row.instant(2),
                         .actor = {.kind = static_cast<dossier::ActorKind>(row.number(3)),
                                   .id = row.text(4),
                                   .name = row.text(5),
                                   .agency = row.text(6)},
                         .kind = row.text(7),
                         .content = row.text(8),
                         .reason = row.text(9),
                         .act = row.text(10)});
  }
  return calendars;
}

Outcome<std::int64_t> append_calendar(Connection& connection, const std::string& tenant,
                                      const CalendarVersionRow& row, std::int64_t expected_version,
                                      const std::optional<casework::RequestKey>& request,
                                      Deadline deadline) {
  const std::string subject = "calendar:" + row.office;
  if (request.has_value()) {
    Values values;
    values.bind(tenant).bind(request->actor).bind(request->key);
    const Rows known = TRY(connection.run(kCalendarRequest, values, deadline));
    if (!known.empty()) {
      if (known[0].text(0) != request->hash || known[0].text(1) != subject) {
        return base::fault(FaultCode::conflict, "the request's key was used for something else");
      }
      return known[0].number(2);
    }
  }
  const Sealed sealed = seal(row.actor, casework::calendar_payload(row));
  const std::string journalled = casework::calendar_subject(row.office);
  const casework::RequestKey key = request.value_or(casework::RequestKey{});
  Values values;
  values.bind(tenant).bind(row.office).bind(expected_version).bind(row.at);
  values.bind(static_cast<int>(row.actor.kind)).bind(row.actor.id).bind(row.actor.name);
  values.bind(row.actor.agency).bind(row.kind).bind(row.content).bind(row.reason).bind(row.act);
  values.bind_bytes(sealed.salt).bind(journalled).bind_bytes(sealed.content);
  values.bind(key.actor).bind(key.key).bind(key.hash).bind(subject);
  const Rows rows = TRY(connection.run(kAppend, values, deadline));
  if (rows.empty() || rows[0].is_null(1)) {
    return base::fault(
        FaultCode::conflict,
        "the calendar is at version " + std::to_string(rows.empty() ? 0 : rows[0].number(0)));
  }
  return rows[0].number(1);
}

}  // namespace storage::postgres
