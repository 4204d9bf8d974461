#include "storage/postgres/postgres_store.h"

#include <utility>

#include "storage/postgres/commit.h"
#include "storage/postgres/definition_rows.h"
#include "storage/postgres/dossier_rows.h"
#include "storage/postgres/entry_rows.h"
#include "storage/postgres/file_rows.h"
#include "storage/postgres/journal_rows.h"
#include "storage/postgres/migrations.h"
#include "storage/postgres/outbox_rows.h"
#include "storage/postgres/people_rows.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/rows.h"
#include "storage/postgres/time_rows.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using calendar::Instant;
using casework::RequestKey;

const Sql kFindByCode{"find_by_code", "SELECT id FROM dossier WHERE tenant = $1 AND code = $2"};
const Sql kLastEventAt{"last_event_at",
                       "SELECT at FROM request WHERE tenant = $1 AND at IS NOT NULL "
                       "ORDER BY at DESC LIMIT 1"};
const Sql kDossierCount{"dossier_count", "SELECT count(*) FROM dossier WHERE tenant = $1",
                        Path::cold};
const Sql kSaveRevision{"save_revision",
                        "INSERT INTO revision (tenant, digest, code, files) "
                        "VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, digest) DO NOTHING"};
const Sql kFindRevision{"find_revision",
                        "SELECT files FROM revision WHERE tenant = $1 AND digest = $2"};
const Sql kDeleteDraft{"delete_draft", "DELETE FROM draft WHERE tenant = $1 AND id = $2"};
const Sql kExpireDrafts{"expire_drafts", "DELETE FROM draft WHERE tenant = $1 AND expires_at <= $2",
                        Path::cold};
const Sql kOutboxDone{"outbox_done",
                      "UPDATE outbox SET done_at = $3, begun_at = NULL, error = '' "
                      "WHERE tenant = $1 AND id = $2 AND done_at IS NULL"};
const Sql kOutboxRetry{"outbox_retry",
                       "UPDATE outbox SET due_at = $4, error = $5, begun_at = NULL "
                       "WHERE tenant = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL"};
const Sql kOutboxHasten{"outbox_hasten",
                        "UPDATE outbox SET due_at = $3 WHERE tenant = $1 AND kind = $2 "
                        "AND done_at IS NULL AND begun_at IS NULL AND due_at > $3 "
                        "AND due_at < $3 + 315360000000",
                        Path::cold};
const Sql kAnswerInbound{"answer_inbound",
                         "UPDATE inbound SET answer = $4 WHERE tenant = $1 AND source = $2 "
                         "AND key = $3 AND answer IS NULL"};
const Sql kDeleteSession{"delete_session",
                         "DELETE FROM session WHERE tenant = $1 AND token_hash = $2"};
const Sql kDeleteSessions{"delete_sessions",
                          "DELETE FROM session WHERE tenant = $1 AND username = $2 "
                          "AND token_hash <> $3",
                          Path::cold};
const Sql kExpireSessions{"expire_sessions",
                          "DELETE FROM session WHERE tenant = $1 AND seen_at < $2", Path::cold};
const Sql kSetting{"setting", "SELECT value FROM setting WHERE tenant = $1 AND name = $2"};
const Sql kSaveSetting{"save_setting",
                       "INSERT INTO setting (tenant, name, value) VALUES ($1, $2, $3) "
                       "ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value"};
const Sql kRemember{"remember_request",
                    "INSERT INTO request (tenant, actor, key, hash, subject, version) "
                    "VALUES ($1, $2, $3, $4, $5, 0)"};

class PostgresStore final : public casework::Store {
 public:
  PostgresStore(Address address, std::string tenant, const StoreOptions& options)
      : tenant_(std::move(tenant)),
        patience_(options.patience),
        pool_(std::move(address), options.connections) {}

  Committing commit(const casework::Commit& commit) override {
    return write_commit(pool_, tenant_, commit, deadline());
  }
  std::vector<Committing> commit_all(const std::vector<casework::Commit>& commits) override {
    return write_commits(pool_, tenant_, commits, patience_);
  }
  Outcome<std::optional<casework::RequestRecord>> find_request(const RequestKey& key) override {
    return with(
        [&](Connection& on, Deadline by) { return find_request_on_disk(on, tenant_, key, by); });
  }

  Outcome<std::optional<casework::LoadedDossier>> load(const std::string& id) override {
    return with([&](Connection& on, Deadline by) { return read_dossier(on, tenant_, id, by); });
  }
  Outcome<std::optional<std::string>> find_by_code(const std::string& code) override {
    return one_text(kFindByCode, code);
  }
  Outcome<std::vector<casework::StoredEvent>> events(const std::string& id,
                                                     std::int64_t version) override {
    return with(
        [&](Connection& on, Deadline by) { return read_events(on, tenant_, id, version, by); });
  }
  Outcome<casework::InboxPage> inbox(const casework::InboxQuery& query) override {
    return with([&](Connection& on, Deadline by) { return read_inbox(on, tenant_, query, by); });
  }
  Outcome<std::vector<casework::OpenWork>> open_work() override {
    return with([&](Connection& on, Deadline by) { return read_open_work(on, tenant_, by); });
  }
  Outcome<casework::SearchPage> search(const casework::SearchQuery& query) override {
    return with([&](Connection& on, Deadline by) { return read_search(on, tenant_, query, by); });
  }
  Outcome<std::vector<casework::DossierRow>> open_twins(const std::string& procedure,
                                                        const std::string& applicant_id,
                                                        const std::string& name) override {
    return with([&](Connection& on, Deadline by) {
      return read_twins(on, tenant_, procedure, applicant_id, name, by);
    });
  }
  Outcome<std::vector<casework::DossierRow>> ended_before(const std::string& procedure,
                                                          calendar::Instant before,
                                                          int limit) override {
    return with([&](Connection& on, Deadline by) {
      return read_ended(on, tenant_, procedure, before, limit, by);
    });
  }
  Outcome<std::vector<casework::DossierRow>> report(const casework::ReportQuery& query) override {
    return with([&](Connection& on, Deadline by) { return read_report(on, tenant_, query, by); });
  }
  Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>> payments(
      const std::string& agency_prefix, Instant from, Instant to) override {
    return with([&](Connection& on, Deadline by) {
      return read_payments(on, tenant_, agency_prefix, from, to, by);
    });
  }
  Outcome<std::optional<Instant>> last_event_at() override {
    return with([&](Connection& on, Deadline by) -> Outcome<std::optional<Instant>> {
      Values values;
      values.bind(tenant_);
      const Rows rows = TRY(on.run(kLastEventAt, values, by));
      std::optional<Instant> at;
      if (!rows.empty()) at = rows[0].instant(0);
      return at;
    });
  }
  Outcome<std::int64_t> dossier_count() override {
    return with([&](Connection& on, Deadline by) -> Outcome<std::int64_t> {
      Values values;
      values.bind(tenant_);
      const Rows rows = TRY(on.run(kDossierCount, values, by));
      return rows[0].number(0);
    });
  }

  Outcome<std::vector<casework::WakeRow>> wakes_due(Instant now, int limit) override {
    return with(
        [&](Connection& on, Deadline by) { return read_wakes_due(on, tenant_, now, limit, by); });
  }
  Outcome<std::optional<Instant>> next_wake_at() override {
    return with([&](Connection& on, Deadline by) { return read_next_wake(on, tenant_, by); });
  }
  Outcome<Done> move_wakes(const std::vector<casework::WakeRow>& rows) override {
    return with([&](Connection& on, Deadline by) { return write_wakes(on, tenant_, rows, by); });
  }
  Outcome<Done> each_running(
      const std::string& agency_prefix,
      const std::function<bool(const casework::RunningRow&)>& visit) override {
    const auto connection = TRY(pool_.open_apart(deadline()));
    return visit_running(*connection, tenant_, agency_prefix, visit);
  }
  Outcome<std::vector<casework::CalendarVersionRow>> calendars() override {
    return with([&](Connection& on, Deadline by) { return read_calendars(on, tenant_, by); });
  }
  Outcome<std::int64_t> save_calendar(const casework::CalendarVersionRow& row,
                                      std::int64_t expected_version,
                                      const std::optional<RequestKey>& request) override {
    return with([&](Connection& on, Deadline by) {
      auto saved = append_calendar(on, tenant_, row, expected_version, request, by);
      // The same request at the same time was first: its answer is the answer.
      if (!saved && on.trouble().constraint.starts_with("request_pkey")) {
        saved = append_calendar(on, tenant_, row, expected_version, request, by);
      }
      return saved;
    });
  }

  Outcome<Done> record_accesses(const std::vector<casework::AccessRow>& rows) override {
    if (rows.empty()) return Done{};
    std::vector<Sealed> sealed;
    sealed.reserve(rows.size());
    for (const casework::AccessRow& row : rows) sealed.push_back(seal(row.actor, row.why));
    bool again = false;
    return with([&](Connection& on, Deadline by) {
      return write_accesses(on, tenant_, rows, sealed, std::exchange(again, true), by);
    });
  }
  Outcome<std::vector<casework::AccessRow>> accesses(const std::string& dossier,
                                                     int limit) override {
    return with([&](Connection& on, Deadline by) {
      return read_accesses(on, tenant_, dossier, limit, by);
    });
  }
  Outcome<std::int64_t> integrate_journal() override {
    for (;;) {
      const std::int64_t some =
          TRY(with([&](Connection& on, Deadline by) { return integrate_some(on, tenant_, by); }));
      if (some == 0) return journal_size();
    }
  }
  Outcome<std::int64_t> journal_size() override {
    return with([&](Connection& on, Deadline by) { return read_journal_size(on, tenant_, by); });
  }
  Outcome<std::string> leaf_hashes(std::int64_t from, std::int64_t count) override {
    return with([&](Connection& on, Deadline by) {
      return read_leaf_hashes(on, tenant_, from, count, by);
    });
  }
  Outcome<std::optional<casework::JournalLeaf>> find_leaf(const std::string& subject,
                                                          std::int64_t sequence) override {
    return with(
        [&](Connection& on, Deadline by) { return read_leaf(on, tenant_, subject, sequence, by); });
  }
  Outcome<std::optional<casework::JournalRecord>> find_record(std::int64_t index) override {
    return with([&](Connection& on, Deadline by) { return read_record(on, tenant_, index, by); });
  }
  Outcome<Done> each_record(
      const std::function<bool(const casework::JournalRecord&)>& visit) override {
    const auto connection = TRY(pool_.open_apart(deadline()));
    return visit_records(*connection, tenant_, visit);
  }
  Outcome<Done> save_head(const casework::HeadRow& head,
                          const std::vector<casework::TileRow>& tiles) override {
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      auto saved = write_head(on, tenant_, head, tiles, by);
      if (std::exchange(again, true) && !saved && saved.error().code == FaultCode::conflict) {
        const auto last = TRY(read_last_head(on, tenant_, by));
        if (last.has_value() && last->checkpoint == head.checkpoint) return Done{};
      }
      return saved;
    });
  }
  Outcome<Done> save_timestamp(std::int64_t size, const std::string& token) override {
    return with(
        [&](Connection& on, Deadline by) { return write_timestamp(on, tenant_, size, token, by); });
  }
  Outcome<std::vector<casework::HeadRow>> heads(std::int64_t from_size, int limit) override {
    return with(
        [&](Connection& on, Deadline by) { return read_heads(on, tenant_, from_size, limit, by); });
  }
  Outcome<std::optional<casework::HeadRow>> last_head() override {
    return with([&](Connection& on, Deadline by) { return read_last_head(on, tenant_, by); });
  }
  Outcome<std::optional<std::string>> tile(int level, std::int64_t number) override {
    return with(
        [&](Connection& on, Deadline by) { return read_tile(on, tenant_, level, number, by); });
  }

  Outcome<Done> save_revision(const std::string& digest, const std::string& code,
                              const std::string& files) override {
    return write(kSaveRevision, digest, code, files);
  }
  Outcome<std::optional<std::string>> find_revision(const std::string& digest) override {
    return one_text(kFindRevision, digest);
  }

  Outcome<Done> save_definitions(const std::vector<casework::DefinitionRow>& rows) override {
    return with(
        [&](Connection& on, Deadline by) { return write_definitions(on, tenant_, rows, by); });
  }
  Outcome<std::optional<casework::DefinitionRow>> find_definition(const std::string& kind,
                                                                  const std::string& key,
                                                                  std::int64_t version) override {
    return with([&](Connection& on, Deadline by) {
      return read_definition(on, tenant_, kind, key, version, by);
    });
  }
  Outcome<std::vector<casework::DefinitionRow>> definitions(
      const casework::DefinitionQuery& query) override {
    return with(
        [&](Connection& on, Deadline by) { return read_definitions(on, tenant_, query, by); });
  }
  Outcome<std::vector<casework::DefinitionRow>> definition_history(
      const std::string& kind, const std::string& key) override {
    return with([&](Connection& on, Deadline by) {
      return read_definition_history(on, tenant_, kind, key, by);
    });
  }
  // A conflict after a lost connection may be with what this call wrote: then it is as given.
  Outcome<Done> save_entries(const std::vector<casework::EntryRow>& rows,
                             const std::optional<RequestKey>& request) override {
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      auto done = on.in_transaction(by, [&]() -> Outcome<Done> {
        if (request.has_value()) {
          const std::string subject = rows.empty() ? std::string{} : rows.front().key;
          Values values;
          values.bind(tenant_).bind(request->actor).bind(request->key).bind(request->hash);
          values.bind(subject);
          TRY(on.run(kRemember, values, by));
        }
        return write_entries(on, tenant_, rows, by);
      });
      const bool maybe_ours = std::exchange(again, true) && !done && !on.lost() &&
                              done.error().code == FaultCode::conflict;
      if (!maybe_ours) return done;
      for (const casework::EntryRow& row : rows) {
        const auto there = TRY(read_entry(on, tenant_, row.kind, row.key, by));
        const bool ours =
            there.has_value() && there->version == row.version && there->body == row.body;
        if (!ours) return done;
      }
      return Done{};
    });
  }
  Outcome<std::optional<casework::EntryRow>> find_entry(const std::string& kind,
                                                        const std::string& key) override {
    return with(
        [&](Connection& on, Deadline by) { return read_entry(on, tenant_, kind, key, by); });
  }
  Outcome<std::vector<casework::EntryRow>> entries(const casework::EntryQuery& query) override {
    return with([&](Connection& on, Deadline by) { return read_entries(on, tenant_, query, by); });
  }
  Outcome<std::vector<casework::EntryRow>> entries_found_by(const std::string& kind,
                                                            const std::string& word,
                                                            int limit) override {
    return with([&](Connection& on, Deadline by) {
      return read_entries_found_by(on, tenant_, kind, word, limit, by);
    });
  }
  Outcome<Done> delete_entries(const std::vector<casework::EntryKey>& keys) override {
    return with([&](Connection& on, Deadline by) { return erase_entries(on, tenant_, keys, by); });
  }
  Outcome<std::int64_t> delete_entries_expired_at(Instant now) override {
    return with(
        [&](Connection& on, Deadline by) { return erase_expired_entries(on, tenant_, now, by); });
  }
  Outcome<std::int64_t> definitions_sequence() override {
    return with(
        [&](Connection& on, Deadline by) { return read_definitions_sequence(on, tenant_, by); });
  }

  Outcome<Done> save_draft(const casework::DraftRow& draft,
                           const std::optional<RequestKey>& request) override {
    return with_request(request, draft.id, [&](Connection& on, Deadline by) {
      return write_draft(on, tenant_, draft, by);
    });
  }
  Outcome<std::optional<casework::DraftRow>> load_draft(const std::string& id) override {
    return with([&](Connection& on, Deadline by) { return read_draft(on, tenant_, id, by); });
  }
  Outcome<Done> delete_draft(const std::string& id) override { return write(kDeleteDraft, id); }
  Outcome<std::int64_t> delete_drafts_expired_at(Instant now) override {
    return with([&](Connection& on, Deadline by) -> Outcome<std::int64_t> {
      Values values;
      values.bind(tenant_).bind(now);
      const Rows rows = TRY(on.run(kExpireDrafts, values, by));
      return rows.affected();
    });
  }

  Outcome<Done> save_file(const casework::FileRow& file,
                          const std::optional<RequestKey>& request) override {
    return with_request(request, file.id, [&](Connection& on, Deadline by) {
      return write_file_row(on, tenant_, file, by);
    });
  }
  Outcome<std::optional<casework::FileRow>> find_file(const std::string& id) override {
    return with([&](Connection& on, Deadline by) { return read_file_row(on, tenant_, id, by); });
  }
  Outcome<Done> save_upload(const casework::UploadRow& upload,
                            const std::optional<RequestKey>& request) override {
    return with_request(request, upload.id, [&](Connection& on, Deadline by) {
      return write_upload(on, tenant_, upload, by);
    });
  }
  Outcome<std::optional<casework::UploadRow>> find_upload(const std::string& id) override {
    return with([&](Connection& on, Deadline by) { return read_upload(on, tenant_, id, by); });
  }
  Outcome<std::int64_t> append_upload(const std::string& id,
                                      const casework::UploadPiece& piece) override {
    bool again = false;
    return with([&](Connection& on, Deadline by) {
      return append_piece(on, tenant_, id, piece, std::exchange(again, true), by);
    });
  }
  Outcome<std::vector<casework::UploadPiece>> upload_pieces(const std::string& id) override {
    return with(
        [&](Connection& on, Deadline by) { return read_upload_pieces(on, tenant_, id, by); });
  }
  Outcome<casework::OpenUploads> open_uploads(const std::string& owner) override {
    return with(
        [&](Connection& on, Deadline by) { return read_open_uploads(on, tenant_, owner, by); });
  }
  Outcome<Done> delete_upload(const std::string& id) override {
    return with([&](Connection& on, Deadline by) { return erase_upload(on, tenant_, id, by); });
  }
  Outcome<std::int64_t> delete_uploads_expired_at(Instant now) override {
    return with(
        [&](Connection& on, Deadline by) { return erase_expired_uploads(on, tenant_, now, by); });
  }
  Outcome<std::int64_t> delete_files_abandoned(Instant now, Instant marked,
                                               Instant unclaimed) override {
    return with([&](Connection& on, Deadline by) {
      return erase_abandoned_files(on, tenant_, now, marked, unclaimed, by);
    });
  }
  Outcome<std::vector<std::string>> unnamed_addresses(
      const std::vector<std::string>& addresses) override {
    return with([&](Connection& on, Deadline by) {
      return read_unnamed_addresses(on, tenant_, addresses, by);
    });
  }

  Outcome<std::vector<casework::OutboxRow>> outbox_due(Instant now, int limit) override {
    return with(
        [&](Connection& on, Deadline by) { return read_outbox_due(on, tenant_, now, limit, by); });
  }
  Outcome<std::vector<casework::OutboxRow>> outbox_claim(
      const casework::OutboxClaim& claim) override {
    return with([&](Connection& on, Deadline by) { return claim_outbox(on, tenant_, claim, by); });
  }
  Outcome<Done> outbox_done(std::int64_t id, Instant at) override {
    return write(kOutboxDone, id, at);
  }
  Outcome<Done> outbox_retry(std::int64_t id, int attempt, Instant at,
                             const std::string& error) override {
    return write(kOutboxRetry, id, attempt, at, error.empty() ? std::string{"failed"} : error);
  }
  Outcome<Done> outbox_hasten(const std::string& kind, Instant now) override {
    return write(kOutboxHasten, kind, now);
  }
  Outcome<casework::OutboxCounts> outbox_counts(Instant now) override {
    return with(
        [&](Connection& on, Deadline by) { return read_outbox_counts(on, tenant_, now, by); });
  }
  Outcome<casework::OutboxPage> outbox_page(const casework::OutboxQuery& query) override {
    return with(
        [&](Connection& on, Deadline by) { return read_outbox_page(on, tenant_, query, by); });
  }
  Outcome<std::int64_t> outbox_order(const casework::OutboxOrder& order,
                                     const RequestKey& request) override {
    const Sealed sealed = seal(order.record.actor, order.record.why);
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<std::int64_t> {
      auto done = write_outbox_order(on, tenant_, order, request, sealed, by);
      if (!std::exchange(again, true) || done || on.lost()) return done;
      const auto record = TRY(read_request(on, tenant_, request, by));
      if (record.has_value() && record->hash == request.hash) return record->version;
      return done;
    });
  }
  Outcome<std::int64_t> outbox_purge(Instant before, int limit) override {
    return with(
        [&](Connection& on, Deadline by) { return purge_outbox(on, tenant_, before, limit, by); });
  }
  Outcome<casework::InboundRecord> accept_inbound(
      const casework::InboundMessage& message) override {
    return with(
        [&](Connection& on, Deadline by) { return accept_message(on, tenant_, message, by); });
  }
  Outcome<std::optional<casework::InboundRecord>> find_inbound(const std::string& source,
                                                               const std::string& key) override {
    return with(
        [&](Connection& on, Deadline by) { return read_inbound(on, tenant_, source, key, by); });
  }
  Outcome<Done> answer_inbound(const std::string& source, const std::string& key,
                               const std::string& answer) override {
    return write(kAnswerInbound, source, key, answer);
  }

  Outcome<std::vector<casework::AccountRow>> accounts() override {
    return with([&](Connection& on, Deadline by) { return read_accounts(on, tenant_, by); });
  }
  Outcome<std::optional<casework::AccountRow>> find_account(const std::string& username) override {
    return with(
        [&](Connection& on, Deadline by) { return read_account(on, tenant_, username, by); });
  }
  Outcome<Done> save_account(const casework::AccountRow& account) override {
    return with(
        [&](Connection& on, Deadline by) { return write_account(on, tenant_, account, true, by); });
  }
  Outcome<Done> replace_account(const casework::AccountRow& before,
                                const casework::AccountRow& after) override {
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      auto replaced = exchange_account(on, tenant_, before, after, by);
      if (std::exchange(again, true) && !replaced && replaced.error().code == FaultCode::conflict &&
          TRY(read_account(on, tenant_, before.username, by)) == after) {
        return Done{};
      }
      return replaced;
    });
  }
  Outcome<Done> create_account(const casework::AccountRow& account) override {
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      auto created = write_account(on, tenant_, account, false, by);
      if (std::exchange(again, true) && !created && created.error().code == FaultCode::conflict) {
        const auto there = TRY(read_account(on, tenant_, account.username, by));
        if (there.has_value() && there->password_hash == account.password_hash) return Done{};
      }
      return created;
    });
  }
  Outcome<Done> save_session(const casework::SessionRow& session) override {
    return with(
        [&](Connection& on, Deadline by) { return write_session(on, tenant_, session, by); });
  }
  Outcome<std::optional<casework::SessionRow>> find_session(
      const std::string& token_hash) override {
    return with(
        [&](Connection& on, Deadline by) { return read_session(on, tenant_, token_hash, by); });
  }
  Outcome<std::vector<casework::SessionRow>> sessions(const std::string& username) override {
    return with(
        [&](Connection& on, Deadline by) { return read_sessions(on, tenant_, username, by); });
  }
  Outcome<Done> delete_session(const std::string& token_hash) override {
    return write(kDeleteSession, token_hash);
  }
  Outcome<Done> delete_sessions(const std::string& username, const std::string& except) override {
    return write(kDeleteSessions, username, except);
  }
  Outcome<Done> delete_sessions_seen_before(Instant at) override {
    return write(kExpireSessions, at);
  }

  Outcome<std::optional<std::string>> setting(const std::string& name) override {
    return one_text(kSetting, name);
  }
  Outcome<Done> save_setting(const std::string& name, const std::string& value) override {
    return write(kSaveSetting, name, value);
  }

 private:
  [[nodiscard]] Deadline deadline() const { return within(patience_); }

  // On a connection of the pool; again, when the connection is lost meanwhile.
  template <class Work>
  auto with(Work work) -> decltype(work(std::declval<Connection&>(), std::declval<Deadline>())) {
    const Deadline by = deadline();
    return pool_.with(by, [&](Connection& connection) { return work(connection, by); });
  }

  Outcome<std::optional<std::string>> one_text(const Sql& sql, const std::string& key) {
    return with([&](Connection& on, Deadline by) -> Outcome<std::optional<std::string>> {
      Values values;
      values.bind(tenant_).bind(key);
      const Rows rows = TRY(on.run(sql, values, by));
      std::optional<std::string> text;
      if (!rows.empty()) text = rows[0].text(0);
      return text;
    });
  }

  // One statement that may be done twice; its first value is the tenant.
  template <class... Texts>
  Outcome<Done> write(const Sql& sql, const Texts&... texts) {
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      Values values;
      values.bind(tenant_);
      (values.bind(texts), ...);
      TRY(on.run(sql, values, by));
      return Done{};
    });
  }

  // Inserts something new, with the request remembered in the same transaction; conflict when its
  // key was used before, except by an attempt of this call whose connection was lost.
  template <class Work>
  Outcome<Done> with_request(const std::optional<RequestKey>& request, const std::string& subject,
                             Work work) {
    bool again = false;
    return with([&](Connection& on, Deadline by) -> Outcome<Done> {
      auto done = on.in_transaction(by, [&]() -> Outcome<Done> {
        if (request.has_value()) {
          Values values;
          values.bind(tenant_).bind(request->actor).bind(request->key).bind(request->hash);
          values.bind(subject);
          TRY(on.run(kRemember, values, by));
        }
        return work(on, by);
      });
      const bool maybe_ours = std::exchange(again, true) && !done && !on.lost() &&
                              done.error().code == FaultCode::conflict;
      if (!maybe_ours) return done;
      // Ids are new and random: what stands in the way is what was written before.
      if (!request.has_value()) return Done{};
      const auto record = TRY(read_request(on, tenant_, *request, by));
      if (record.has_value() && record->hash == request->hash && record->dossier_id == subject) {
        return Done{};
      }
      return done;
    });
  }

  std::string tenant_;
  std::chrono::milliseconds patience_;
  Pool pool_;
};

}  // namespace

Outcome<std::unique_ptr<casework::Store>> open_store(const std::string& url,
                                                     const std::string& tenant,
                                                     const StoreOptions& options) {
  if (tenant.empty()) return base::fault(FaultCode::invalid, "a store serves a tenant: name it");
  // The server gives up before the caller does, so that he hears why.
  Address address{.url = url,
                  .tenant = tenant,
                  .statement_limit = options.patience * 4 / 5,
                  .lock_limit = options.patience * 3 / 5};
  {
    constexpr std::chrono::minutes kUpgrade{60};
    const Deadline upgraded = within(kUpgrade);
    const auto connection = TRY(Connection::open(address, upgraded));
    TRY(migrate(*connection, upgraded));
  }
  return std::unique_ptr<casework::Store>{
      std::make_unique<PostgresStore>(std::move(address), tenant, options)};
}

}  // namespace storage::postgres
