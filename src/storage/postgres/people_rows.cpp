#include "storage/postgres/people_rows.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::Outcome;
using casework::AccountRow;
using casework::DraftRow;
using casework::SessionRow;

const Sql kSaveDraft{
    "save_draft",
    "INSERT INTO draft (tenant, id, procedure, agency, page, answers, attachments, saved_at, "
    "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (tenant, id) DO UPDATE SET agency = excluded.agency, page = excluded.page, "
    "answers = excluded.answers, attachments = excluded.attachments, "
    "saved_at = excluded.saved_at, expires_at = excluded.expires_at"};
const Sql kLoadDraft{"load_draft",
                     "SELECT id, procedure, agency, page, answers, attachments, saved_at, "
                     "expires_at FROM draft WHERE tenant = $1 AND id = $2"};

#define MOTCUA_ACCOUNT "SELECT username, officer, officer_id, password_hash, must_change, active "
const Sql kAccounts{"accounts", MOTCUA_ACCOUNT "FROM account WHERE tenant = $1 ORDER BY username",
                    Path::cold};
const Sql kFindAccount{"find_account",
                       MOTCUA_ACCOUNT "FROM account WHERE tenant = $1 AND username = $2"};
#define MOTCUA_NEW_ACCOUNT                                                                   \
  "INSERT INTO account (tenant, username, officer, officer_id, password_hash, must_change, " \
  "active) VALUES ($1, $2, $3, $4, $5, $6, $7)"
const Sql kCreateAccount{"create_account", MOTCUA_NEW_ACCOUNT};
const Sql kSaveAccount{"save_account", MOTCUA_NEW_ACCOUNT
                       " ON CONFLICT (tenant, username) DO UPDATE SET officer = excluded.officer, "
                       "officer_id = excluded.officer_id, password_hash = excluded.password_hash, "
                       "must_change = excluded.must_change, active = excluded.active"};
const Sql kExchangeAccount{
    "exchange_account",
    "UPDATE account SET officer = $3, officer_id = $4, password_hash = $5, must_change = $6, "
    "active = $7 WHERE tenant = $1 AND username = $2 AND officer = $8 AND officer_id = $9 "
    "AND password_hash = $10 AND must_change = $11 AND active = $12"};

const Sql kSaveSession{
    "save_session",
    "INSERT INTO session (tenant, token_hash, username, csrf, created_at, seen_at, device, "
    "address, strength, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (tenant, token_hash) DO UPDATE SET seen_at = excluded.seen_at, "
    "strength = excluded.strength, confirmed_at = excluded.confirmed_at"};
#define MOTCUA_SESSION                                                                  \
  "SELECT token_hash, username, csrf, created_at, seen_at, device, address, strength, " \
  "confirmed_at FROM session "
const Sql kFindSession{"find_session", MOTCUA_SESSION "WHERE tenant = $1 AND token_hash = $2"};
const Sql kSessions{"sessions", MOTCUA_SESSION
                    "WHERE tenant = $1 AND username = $2 "
                    "ORDER BY created_at DESC, token_hash LIMIT 1000"};
#undef MOTCUA_SESSION

SessionRow session_from(const Row& row) {
  return {.token_hash = row.text(0),
          .username = row.text(1),
          .csrf = row.text(2),
          .created_at = row.instant(3),
          .seen_at = row.instant(4),
          .device = row.text(5),
          .address = row.text(6),
          .strength = row.text(7),
          .confirmed_at = row.maybe_instant(8)};
}

AccountRow account_from(const Row& row) {
  return {.username = row.text(0),
          .officer = row.text(1),
          .officer_id = row.text(2),
          .password_hash = row.text(3),
          .must_change = row.flag(4),
          .active = row.flag(5)};
}

}  // namespace

Outcome<Done> write_draft(Connection& connection, const std::string& tenant, const DraftRow& draft,
                          Deadline deadline) {
  Values values;
  values.bind(tenant).bind(draft.id).bind(draft.procedure).bind(draft.agency).bind(draft.page);
  values.bind(draft.answers).bind(draft.attachments).bind(draft.saved_at).bind(draft.expires_at);
  TRY(connection.run(kSaveDraft, values, deadline));
  return Done{};
}

Outcome<std::optional<DraftRow>> read_draft(Connection& connection, const std::string& tenant,
                                            const std::string& id, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(id);
  const Rows rows = TRY(connection.run(kLoadDraft, values, deadline));
  std::optional<DraftRow> draft;
  if (rows.empty()) return draft;
  const Row row = rows[0];
  draft = DraftRow{.id = row.text(0),
                   .procedure = row.text(1),
                   .agency = row.text(2),
                   .page = row.text(3),
                   .answers = row.text(4),
                   .attachments = row.text(5),
                   .saved_at = row.instant(6),
                   .expires_at = row.instant(7)};
  return draft;
}

Outcome<std::vector<AccountRow>> read_accounts(Connection& connection, const std::string& tenant,
                                               Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kAccounts, values, deadline));
  std::vector<AccountRow> accounts;
  for (int i = 0; i < rows.size(); ++i) accounts.push_back(account_from(rows[i]));
  return accounts;
}

Outcome<std::optional<AccountRow>> read_account(Connection& connection, const std::string& tenant,
                                                const std::string& username, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(username);
  const Rows rows = TRY(connection.run(kFindAccount, values, deadline));
  std::optional<AccountRow> account;
  if (!rows.empty()) account = account_from(rows[0]);
  return account;
}

Outcome<Done> write_account(Connection& connection, const std::string& tenant,
                            const AccountRow& account, bool replace, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(account.username).bind(account.officer).bind(account.officer_id);
  values.bind(account.password_hash).bind(account.must_change).bind(account.active);
  TRY(connection.run(replace ? kSaveAccount : kCreateAccount, values, deadline));
  return Done{};
}

Outcome<Done> exchange_account(Connection& connection, const std::string& tenant,
                               const AccountRow& before, const AccountRow& after,
                               Deadline deadline) {
  Values values;
  values.bind(tenant).bind(before.username).bind(after.officer).bind(after.officer_id);
  values.bind(after.password_hash).bind(after.must_change).bind(after.active);
  values.bind(before.officer).bind(before.officer_id).bind(before.password_hash);
  values.bind(before.must_change).bind(before.active);
  const Rows rows = TRY(connection.run(kExchangeAccount, values, deadline));
  if (rows.affected() == 1) return Done{};
  return base::fault(base::FaultCode::conflict,
                     "the account " + before.username + " is another by now");
}

Outcome<Done> write_session(Connection& connection, const std::string& tenant,
                            const SessionRow& session, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(session.token_hash).bind(session.username).bind(session.csrf);
  values.bind(session.created_at).bind(session.seen_at).bind(session.device);
  values.bind(session.address).bind(session.strength).bind(session.confirmed_at);
  TRY(connection.run(kSaveSession, values, deadline));
  return Done{};
}

Outcome<std::optional<SessionRow>> read_session(Connection& connection, const std::string& tenant,
                                                const std::string& token_hash, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(token_hash);
  const Rows rows = TRY(connection.run(kFindSession, values, deadline));
  std::optional<SessionRow> session;
  if (!rows.empty()) session = session_from(rows[0]);
  return session;
}

Outcome<std::vector<SessionRow>> read_sessions(Connection& connection, const std::string& tenant,
                                               const std::string& username, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(username);
  const Rows rows = TRY(connection.run(kSessions, values, deadline));
  std::vector<SessionRow> sessions;
  for (int i = 0; i < rows.size(); ++i) sessions.push_back(session_from(rows[i]));
  return sessions;
}

}  // namespace storage::postgres
