#include "storage/postgres/migrations.h"

#include <array>
#include <span>
#include <string>

#include "storage/postgres/schema.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;

struct Step {
  std::int64_t version;
  std::span<const char* const> texts;
};

const std::array kSixth{kTables,          kWall,           kWordsPolicy,   kSearchFunction,
                        kErasureFunction, kCommitFunction, kAccessFunction};
// Packages, overlays and catalogue entries; a commit may change the revision that a dossier goes
// by.
const std::array kSeventh{kDefinitionTable, kCommitFunction, kWall};
// Small records that are replaced; where a session comes from and how strong it is.
const std::array kEighth{kEntryTables, kEntryFunction, kWall};
// Where the result is handed out.  The function that commits has got another parameter: the one
// with fewer must not stay beside it.
const std::array kNinth{kReturningColumn, kDropCommitFunction, kCommitFunction};
// Who has what in hand is asked every few seconds.
const std::array kTenth{kHeldWorkIndex};
// And what nobody has in hand.
const std::array kEleventh{kOpenWorkIndex};
const std::array kSteps{
    Step{.version = 6, .texts = kSixth},  Step{.version = 7, .texts = kSeventh},
    Step{.version = 8, .texts = kEighth}, Step{.version = 9, .texts = kNinth},
    Step{.version = 10, .texts = kTenth}, Step{.version = 11, .texts = kEleventh}};
const std::int64_t kKnown = kSteps.back().version;

const Sql kRole{"role",
                "SELECT rolsuper OR rolbypassrls, current_setting('server_version_num')::bigint "
                "FROM pg_roles WHERE rolname = current_user",
                Path::cold};
const Sql kExists{"schema_exists", "SELECT to_regclass('motcua.schema_version') IS NOT NULL",
                  Path::cold};
const Sql kVersion{"schema_version", "SELECT coalesce(max(version), 0) FROM motcua.schema_version",
                   Path::cold};
const Sql kRecord{"record_schema_version",
                  "INSERT INTO motcua.schema_version (version, made_at) VALUES ($1, now())",
                  Path::cold};

// One number stands for this program's schema in the server's table of locks.
constexpr const char* kBegin =
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
    "SELECT pg_advisory_xact_lock(7164110291);";
constexpr const char* kHome =
    "CREATE SCHEMA IF NOT EXISTS motcua;"
    "CREATE TABLE IF NOT EXISTS motcua.schema_version ("
    "version bigint PRIMARY KEY, made_at timestamptz NOT NULL);"
    "SET LOCAL search_path = motcua;";

Outcome<Done> check_role(Connection& connection, Deadline deadline) {
  const Rows rows = TRY(connection.run(kRole, Values{}, deadline));
  if (rows.empty() || rows[0].flag(0)) {
    return base::fault(FaultCode::invalid,
                       "the database role is a superuser or exempt from row-level security; use a "
                       "role of its own that owns the database: CREATE ROLE motcua LOGIN; CREATE "
                       "DATABASE motcua OWNER motcua");
  }
  if (rows[0].number(1) < 150'000) {
    return base::fault(FaultCode::invalid, "PostgreSQL 15 or newer is needed");
  }
  return Done{};
}

Outcome<std::int64_t> version_of(Connection& connection, Deadline deadline) {
  const Rows exists = TRY(connection.run(kExists, Values{}, deadline));
  if (!exists[0].flag(0)) return std::int64_t{0};
  const Rows rows = TRY(connection.run(kVersion, Values{}, deadline));
  const std::int64_t version = rows[0].number(0);
  if (version > kKnown) {
    return base::fault(FaultCode::invalid, "the store has schema version " +
                                               std::to_string(version) + ", this program knows " +
                                               std::to_string(kKnown) +
                                               ": use the newer program, or restore a backup");
  }
  return version;
}

// One step, unless another program has just made it.
Outcome<Done> step_up(Connection& connection, Deadline deadline) {
  TRY(connection.script(kHome, deadline));
  const std::int64_t version = TRY(version_of(connection, deadline));
  for (const Step& step : kSteps) {
    if (step.version <= version) continue;
    for (const char* text : step.texts) TRY(connection.script(text, deadline));
    Values made;
    made.bind(step.version);
    TRY(connection.run(kRecord, made, deadline));
    break;
  }
  return Done{};
}

}  // namespace

Outcome<Done> migrate(Connection& connection, Deadline deadline) {
  TRY(check_role(connection, deadline));
  while (TRY(version_of(connection, deadline)) != kKnown) {
    TRY(connection.script(kBegin, deadline));
    auto stepped = step_up(connection, deadline);
    if (!stepped) {
      if (!connection.lost()) {
        [[maybe_unused]] const auto undone = connection.script("ROLLBACK", deadline);
      }
      return base::Failure{stepped.error()};
    }
    TRY(connection.script("COMMIT", deadline));
  }
  return Done{};
}

}  // namespace storage::postgres
