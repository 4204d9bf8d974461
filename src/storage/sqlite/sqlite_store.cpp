#include "storage/sqlite/sqlite_store.h"

#include <mutex>
#include <utility>

#include "storage/sqlite/commit.h"
#include "storage/sqlite/definition_rows.h"
#include "storage/sqlite/entry_rows.h"
#include "storage/sqlite/file_rows.h"
#include "storage/sqlite/journal_rows.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/outbox_rows.h"
#include "storage/sqlite/rows.h"
#include "storage/sqlite/time_rows.h"
#include "storage/sqlite/writer.h"

namespace storage::sqlite {

namespace {

using base::Done;
using base::Outcome;
using calendar::Instant;
using casework::AccountRow;
using casework::DraftRow;
using casework::FileRow;
using casework::RequestKey;
using Committing = base::Result<casework::Committed, casework::CommitError>;

Committing taken_back(const base::Fault& fault) {
  return base::Failure{casework::CommitError{casework::CommitFailure::fault, fault}};
}

class SqliteStore final : public casework::Store {
 public:
  SqliteStore(std::string path, std::string tenant, std::unique_ptr<Database> database)
      : path_(std::move(path)), tenant_(std::move(tenant)), writer_(std::move(database)) {}

  Committing commit(const casework::Commit& commit) override {
    std::optional<Committing> result;
    const std::vector<Sealed> sealed = seal_events(commit);
    const auto written = writer_.run(writing(commit, sealed, result));
    if (!written) return taken_back(written.error());
    return *std::move(result);
  }
  std::vector<Committing> commit_all(const std::vector<casework::Commit>& commits) override {
    std::vector<std::optional<Committing>> results(commits.size());
    std::vector<std::vector<Sealed>> sealed(commits.size());
    std::vector<Writer::Work> works;
    works.reserve(commits.size());
    for (std::size_t i = 0; i < commits.size(); ++i) {
      sealed[i] = seal_events(commits[i]);
      works.push_back(writing(commits[i], sealed[i], results[i]));
    }
    const auto written = writer_.run_all(works);
    std::vector<Committing> answers;
    answers.reserve(commits.size());
    for (std::size_t i = 0; i < commits.size(); ++i) {
      answers.push_back(written[i] ? *std::move(results[i]) : taken_back(written[i].error()));
    }
    return answers;
  }

  Outcome<std::optional<casework::RequestRecord>> find_request(const RequestKey& key) override {
    return read([&](Database& database) -> Outcome<std::optional<casework::RequestRecord>> {
      Statement find =
          TRY(database.prepare("SELECT hash, subject, version FROM request WHERE tenant = ?1 AND "
                               "actor = ?2 AND key = ?3"));
      find.bind(tenant_).bind(key.actor).bind(key.key);
      std::optional<casework::RequestRecord> record;
      if (TRY(find.step())) {
        record = casework::RequestRecord{
            .hash = find.text(0), .dossier_id = find.text(1), .version = find.number(2)};
      }
      return record;
    });
  }

  Outcome<std::optional<casework::LoadedDossier>> load(const std::string& id) override {
    return read([&](Database& database) -> Outcome<std::optional<casework::LoadedDossier>> {
      static const std::string sql = std::string{"SELECT "} + kRowColumns +
                                     ", d.slip_number, d.state FROM dossier d "
                                     "WHERE d.tenant = ?1 AND d.id = ?2";
      Statement find = TRY(database.prepare(sql));
      find.bind(tenant_).bind(id);
      std::optional<casework::LoadedDossier> loaded;
      if (TRY(find.step())) {
        loaded = casework::LoadedDossier{.row = read_row(find),
                                         .slip_number = find.text(kRowWidth),
                                         .state = find.text(kRowWidth + 1)};
      }
      return loaded;
    });
  }

  Outcome<std::optional<std::string>> find_by_code(const std::string& code) override {
    return one_text("SELECT id FROM dossier WHERE tenant = ?1 AND code = ?2", code);
  }

  Outcome<std::vector<casework::StoredEvent>> events(const std::string& id,
                                                     std::int64_t version) override {
    return read([&](Database& database) -> Outcome<std::vector<casework::StoredEvent>> {
      Statement find = TRY(database.prepare(
          "SELECT sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, payload, "
          "number FROM event WHERE tenant = ?1 AND dossier = ?2 AND (?3 = 0 OR sequence <= ?3) "
          "ORDER BY sequence"));
      find.bind(tenant_).bind(id).bind(version);
      std::vector<casework::StoredEvent> events;
      while (TRY(find.step())) {
        events.push_back({.sequence = find.number(0),
                          .at = find.instant(1),
                          .actor = {.kind = static_cast<dossier::ActorKind>(find.number(2)),
                                    .id = find.text(3),
                                    .name = find.text(4),
                                    .agency = find.text(5)},
                          .type = find.text(6),
                          .payload = find.text(7),
                          .number = find.text(8)});
      }
      return events;
    });
  }

  Outcome<casework::InboxPage> inbox(const casework::InboxQuery& query) override {
    return read([&](Database& database) { return read_inbox(database, tenant_, query); });
  }
  Outcome<std::vector<casework::OpenWork>> open_work() override {
    return read([&](Database& database) { return read_open_work(database, tenant_); });
  }
  Outcome<casework::SearchPage> search(const casework::SearchQuery& query) override {
    return read([&](Database& database) { return read_search(database, tenant_, query); });
  }
  Outcome<std::vector<casework::DossierRow>> open_twins(const std::string& procedure,
                                                        const std::string& applicant_id,
                                                        const std::string& name) override {
    return read([&](Database& database) {
      return read_twins(database, tenant_, procedure, applicant_id, name);
    });
  }
  Outcome<std::vector<casework::DossierRow>> report(const casework::ReportQuery& query) override {
    return read([&](Database& database) { return read_report(database, tenant_, query); });
  }

  Outcome<std::vector<casework::DossierRow>> ended_before(const std::string& procedure,
                                                          Instant before, int limit) override {
    return read([&](Database& database) {
      return read_ended(database, tenant_, procedure, before, limit);
    });
  }

  Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>> payments(
      const std::string& agency_prefix, Instant from, Instant to) override {
    return read([&](Database& database)
                    -> Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>> {
      // '/' follows '.': the text just behind every code below.
      const std::string behind = agency_prefix.empty() ? std::string{} : agency_prefix + "/";
      Statement find = TRY(database.prepare(
          "SELECT d.code, p.receipt, p.kind, p.amount, p.method, p.reason, p.cashier, "
          "p.cashier_name, p.agency, p.at FROM payment p JOIN dossier d "
          "ON d.tenant = p.tenant AND d.id = p.dossier "
          "WHERE p.tenant = ?1 AND (?2 = '' OR (p.agency >= ?2 AND p.agency < ?5)) "
          "AND p.at >= ?3 AND p.at < ?4 ORDER BY p.at, p.receipt"));
      find.bind(tenant_).bind(agency_prefix).bind(from).bind(to).bind(behind);
      std::vector<std::pair<std::string, casework::PaymentRow>> rows;
      while (TRY(find.step())) {
        rows.emplace_back(find.text(0), casework::PaymentRow{.receipt = find.text(1),
                                                             .kind = find.text(2),
                                                             .amount = find.number(3),
                                                             .method = find.text(4),
                                                             .reason = find.text(5),
                                                             .cashier_id = find.text(6),
                                                             .cashier_name = find.text(7),
                                                             .agency = find.text(8),
                                                             .at = find.instant(9)});
      }
      return rows;
    });
  }

  Outcome<std::optional<Instant>> last_event_at() override {
    return read([&](Database& database) -> Outcome<std::optional<Instant>> {
      Statement find = TRY(database.prepare(
          "SELECT value FROM setting WHERE tenant = ?1 AND name = 'last_event_at'"));
      find.bind(tenant_);
      std::optional<Instant> at;
      if (TRY(find.step())) at = find.instant(0);
      return at;
    });
  }
  Outcome<std::int64_t> dossier_count() override {
    return read([&](Database& database) -> Outcome<std::int64_t> {
      Statement find = TRY(database.prepare("SELECT count(*) FROM dossier WHERE tenant = ?1"));
      find.bind(tenant_);
      return TRY(find.step()) ? find.number(0) : 0;
    });
  }

  Outcome<std::vector<casework::WakeRow>> wakes_due(Instant now, int limit) override {
    return read([&](Database& database) { return read_wakes_due(database, tenant_, now, limit); });
  }
  Outcome<std::optional<Instant>> next_wake_at() override {
    return read([&](Database& database) { return read_next_wake(database, tenant_); });
  }
  Outcome<Done> move_wakes(const std::vector<casework::WakeRow>& rows) override {
    return write_with(std::nullopt, {},
                      [&](Database& database) { return write_wakes(database, tenant_, rows); });
  }
  Outcome<Done> each_running(
      const std::string& agency_prefix,
      const std::function<bool(const casework::RunningRow&)>& visit) override {
    return read(
        [&](Database& database) { return visit_running(database, tenant_, agency_prefix, visit); });
  }
  Outcome<std::vector<casework::CalendarVersionRow>> calendars() override {
    return read([&](Database& database) { return read_calendars(database, tenant_); });
  }
  Outcome<std::int64_t> save_calendar(const casework::CalendarVersionRow& row,
                                      std::int64_t expected_version,
                                      const std::optional<RequestKey>& request) override {
    std::int64_t version = 0;
    const auto append = [&](Database& database) -> Outcome<Done> {
      version = TRY(append_calendar(database, tenant_, row, expected_version, request));
      return Done{};
    };
    TRY(write_with(std::nullopt, {}, append));
    return version;
  }

  Outcome<Done> record_accesses(const std::vector<casework::AccessRow>& rows) override {
    std::vector<Sealed> sealed;
    sealed.reserve(rows.size());
    for (const casework::AccessRow& row : rows) sealed.push_back(seal(row.actor, row.why));
    return write_with(std::nullopt, {}, [&](Database& database) {
      return write_accesses(database, tenant_, rows, sealed);
    });
  }
  Outcome<std::vector<casework::AccessRow>> accesses(const std::string& dossier,
                                                     int limit) override {
    return read(
        [&](Database& database) { return read_accesses(database, tenant_, dossier, limit); });
  }
  // Indices are given with the commit; only records of an earlier program wait for theirs.
  Outcome<std::int64_t> integrate_journal() override {
    constexpr int kBatch = 5000;
    for (std::int64_t done = kBatch; done == kBatch;) {
      const auto batch = [&](Database& database) -> Outcome<Done> {
        done = TRY(append_missing_leaves(database, tenant_, kBatch));
        return Done{};
      };
      TRY(write_with(std::nullopt, {}, batch));
    }
    return journal_size();
  }
  Outcome<std::int64_t> journal_size() override {
    return read([&](Database& database) { return read_journal_size(database, tenant_); });
  }
  Outcome<std::string> leaf_hashes(std::int64_t from, std::int64_t count) override {
    return read(
        [&](Database& database) { return read_leaf_hashes(database, tenant_, from, count); });
  }
  Outcome<std::optional<casework::JournalLeaf>> find_leaf(const std::string& subject,
                                                          std::int64_t sequence) override {
    return read(
        [&](Database& database) { return read_leaf(database, tenant_, subject, sequence); });
  }
  Outcome<std::optional<casework::JournalRecord>> find_record(std::int64_t index) override {
    return read([&](Database& database) { return read_record(database, tenant_, index); });
  }
  Outcome<Done> each_record(
      const std::function<bool(const casework::JournalRecord&)>& visit) override {
    return read([&](Database& database) { return visit_records(database, tenant_, visit); });
  }
  Outcome<Done> save_head(const casework::HeadRow& head,
                          const std::vector<casework::TileRow>& tiles) override {
    return write_with(std::nullopt, {}, [&](Database& database) {
      return write_head(database, tenant_, head, tiles);
    });
  }
  Outcome<Done> save_timestamp(std::int64_t size, const std::string& token) override {
    return write_with(std::nullopt, {}, [&](Database& database) -> Outcome<Done> {
      Statement save =
          TRY(database.prepare("UPDATE journal_head SET timestamp = ?3 WHERE tenant = ?1 AND "
                               "size = ?2 AND timestamp IS NULL"));
      save.bind(tenant_).bind(size).bind_blob(token);
      return save.run();
    });
  }
  Outcome<std::vector<casework::HeadRow>> heads(std::int64_t from_size, int limit) override {
    return read(
        [&](Database& database) { return read_heads(database, tenant_, from_size, limit); });
  }
  Outcome<std::optional<casework::HeadRow>> last_head() override {
    return read([&](Database& database) { return read_last_head(database, tenant_); });
  }
  Outcome<std::optional<std::string>> tile(int level, std::int64_t number) override {
    return read([&](Database& database) { return read_tile(database, tenant_, level, number); });
  }

  Outcome<Done> save_revision(const std::string& digest, const std::string& code,
                              const std::string& files) override {
    return write(
        "INSERT INTO revision (tenant, digest, code, files) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (tenant, digest) DO NOTHING",
        digest, code, files);
  }
  Outcome<std::optional<std::string>> find_revision(const std::string& digest) override {
    return one_text("SELECT files FROM revision WHERE tenant = ?1 AND digest = ?2", digest);
  }

  Outcome<Done> save_definitions(const std::vector<casework::DefinitionRow>& rows) override {
    return write_with(std::nullopt, {}, [&](Database& database) {
      return write_definitions(database, tenant_, rows);
    });
  }
  Outcome<std::optional<casework::DefinitionRow>> find_definition(const std::string& kind,
                                                                  const std::string& key,
                                                                  std::int64_t version) override {
    return read(
        [&](Database& database) { return read_definition(database, tenant_, kind, key, version); });
  }
  Outcome<std::vector<casework::DefinitionRow>> definitions(
      const casework::DefinitionQuery& query) override {
    return read([&](Database& database) { return read_definitions(database, tenant_, query); });
  }
  Outcome<std::vector<casework::DefinitionRow>> definition_history(
      const std::string& kind, const std::string& key) override {
    return read(
        [&](Database& database) { return read_definition_history(database, tenant_, kind, key); });
  }
  Outcome<Done> save_entries(const std::vector<casework::EntryRow>& rows,
                             const std::optional<RequestKey>& request) override {
    return write_with(request, rows.empty() ? std::string{} : rows.front().key,
                      [&](Database& database) { return write_entries(database, tenant_, rows); });
  }
  Outcome<std::optional<casework::EntryRow>> find_entry(const std::string& kind,
                                                        const std::string& key) override {
    return read([&](Database& database) { return read_entry(database, tenant_, kind, key); });
  }
  Outcome<std::vector<casework::EntryRow>> entries(const casework::EntryQuery& query) override {
    return read([&](Database& database) { return read_entries(database, tenant_, query); });
  }
  Outcome<std::vector<casework::EntryRow>> entries_found_by(const std::string& kind,
                                                            const std::string& word,
                                                            int limit) override {
    return read([&](Database& database) {
      return read_entries_found_by(database, tenant_, kind, word, limit);
    });
  }
  Outcome<Done> delete_entries(const std::vector<casework::EntryKey>& keys) override {
    return write_with(std::nullopt, {},
                      [&](Database& database) { return erase_entries(database, tenant_, keys); });
  }
  Outcome<std::int64_t> delete_entries_expired_at(Instant now) override {
    return write_number(
        [&](Database& database) { return erase_expired_entries(database, tenant_, now); });
  }
  Outcome<std::int64_t> definitions_sequence() override {
    return read([&](Database& database) { return read_definitions_sequence(database); });
  }

  Outcome<Done> save_draft(const DraftRow& draft,
                           const std::optional<RequestKey>& request) override {
    return write_with(request, draft.id, [&](Database& database) -> Outcome<Done> {
      Statement save = TRY(database.prepare(
          "INSERT INTO draft (tenant, id, procedure, agency, page, answers, attachments, saved_at, "
          "expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
          "ON CONFLICT (tenant, id) DO UPDATE SET agency = excluded.agency, page = excluded.page, "
          "answers = excluded.answers, attachments = excluded.attachments, "
          "saved_at = excluded.saved_at, expires_at = excluded.expires_at"));
      save.bind(tenant_).bind(draft.id).bind(draft.procedure).bind(draft.agency).bind(draft.page);
      save.bind(draft.answers).bind(draft.attachments).bind(draft.saved_at).bind(draft.expires_at);
      return save.run();
    });
  }
  Outcome<std::optional<DraftRow>> load_draft(const std::string& id) override {
    return read([&](Database& database) -> Outcome<std::optional<DraftRow>> {
      Statement find = TRY(database.prepare(
          "SELECT id, procedure, agency, page, answers, attachments, saved_at, expires_at "
          "FROM draft WHERE tenant = ?1 AND id = ?2"));
      find.bind(tenant_).bind(id);
      std::optional<DraftRow> draft;
      if (TRY(find.step())) {
        draft = DraftRow{.id = find.text(0),
                         .procedure = find.text(1),
                         .agency = find.text(2),
                         .page = find.text(3),
                         .answers = find.text(4),
                         .attachments = find.text(5),
                         .saved_at = find.instant(6),
                         .expires_at = find.instant(7)};
      }
      return draft;
    });
  }
  Outcome<Done> delete_draft(const std::string& id) override {
    return write("DELETE FROM draft WHERE tenant = ?1 AND id = ?2", id);
  }
  Outcome<std::int64_t> delete_drafts_expired_at(Instant now) override {
    std::int64_t gone = 0;
    const auto work = [&](Database& database) -> Outcome<Done> {
      Statement expire =
          TRY(database.prepare("DELETE FROM draft WHERE tenant = ?1 AND expires_at <= ?2"));
      expire.bind(tenant_).bind(now);
      TRY(expire.run());
      gone = database.changes();
      return Done{};
    };
    TRY(write_with(std::nullopt, {}, work));
    return gone;
  }

  Outcome<Done> save_file(const FileRow& file, const std::optional<RequestKey>& request) override {
    return write_with(request, file.id,
                      [&](Database& database) { return write_file_row(database, tenant_, file); });
  }
  Outcome<std::optional<FileRow>> find_file(const std::string& id) override {
    return read([&](Database& database) { return read_file_row(database, tenant_, id); });
  }
  Outcome<Done> save_upload(const casework::UploadRow& upload,
                            const std::optional<RequestKey>& request) override {
    return write_with(request, upload.id,
                      [&](Database& database) { return write_upload(database, tenant_, upload); });
  }
  Outcome<std::optional<casework::UploadRow>> find_upload(const std::string& id) override {
    return read([&](Database& database) { return read_upload(database, tenant_, id); });
  }
  Outcome<std::int64_t> append_upload(const std::string& id,
                                      const casework::UploadPiece& piece) override {
    return write_number(
        [&](Database& database) { return append_piece(database, tenant_, id, piece); });
  }
  Outcome<std::vector<casework::UploadPiece>> upload_pieces(const std::string& id) override {
    return read([&](Database& database) { return read_upload_pieces(database, tenant_, id); });
  }
  Outcome<casework::OpenUploads> open_uploads(const std::string& owner) override {
    return read([&](Database& database) { return read_open_uploads(database, tenant_, owner); });
  }
  Outcome<Done> delete_upload(const std::string& id) override {
    return write_with(std::nullopt, {},
                      [&](Database& database) { return erase_upload(database, tenant_, id); });
  }
  Outcome<std::int64_t> delete_uploads_expired_at(Instant now) override {
    return write_number(
        [&](Database& database) { return erase_expired_uploads(database, tenant_, now); });
  }
  Outcome<std::int64_t> delete_files_abandoned(Instant now, Instant marked,
                                               Instant unclaimed) override {
    return write_number([&](Database& database) {
      return erase_abandoned_files(database, tenant_, now, marked, unclaimed);
    });
  }
  Outcome<std::vector<std::string>> unnamed_addresses(
      const std::vector<std::string>& addresses) override {
    return read(
        [&](Database& database) { return read_unnamed_addresses(database, tenant_, addresses); });
  }

  Outcome<std::vector<casework::OutboxRow>> outbox_due(Instant now, int limit) override {
    return read([&](Database& database) { return read_outbox_due(database, tenant_, now, limit); });
  }
  // Looks for rows beside the writer, which only takes them.
  Outcome<std::vector<casework::OutboxRow>> outbox_claim(
      const casework::OutboxClaim& claim) override {
    std::vector<casework::OutboxRow> taken;
    const auto found =
        TRY(read([&](Database& database) { return read_claimable(database, tenant_, claim); }));
    if (found.empty()) return taken;
    const auto take = [&](Database& database) -> Outcome<Done> {
      taken = TRY(take_outbox_rows(database, tenant_, claim, found));
      return Done{};
    };
    TRY(write_with(std::nullopt, {}, take));
    return taken;
  }
  Outcome<Done> outbox_done(std::int64_t id, Instant at) override {
    return write(
        "UPDATE outbox SET done_at = ?3, begun_at = NULL, error = '' "
        "WHERE tenant = ?1 AND id = ?2 AND done_at IS NULL",
        id, at);
  }
  Outcome<Done> outbox_retry(std::int64_t id, int attempt, Instant at,
                             const std::string& error) override {
    return write(
        "UPDATE outbox SET due_at = ?4, error = ?5, begun_at = NULL "
        "WHERE tenant = ?1 AND id = ?2 AND attempts = ?3 AND done_at IS NULL",
        id, attempt, at, error.empty() ? std::string{"failed"} : error);
  }
  Outcome<Done> outbox_hasten(const std::string& kind, Instant now) override {
    return write(
        "UPDATE outbox SET due_at = ?3 WHERE tenant = ?1 AND kind = ?2 AND done_at IS NULL "
        "AND begun_at IS NULL AND due_at > ?3 AND due_at < ?3 + 315360000000",
        kind, now);
  }
  Outcome<casework::OutboxCounts> outbox_counts(Instant now) override {
    return read([&](Database& database) { return read_outbox_counts(database, tenant_, now); });
  }
  Outcome<casework::OutboxPage> outbox_page(const casework::OutboxQuery& query) override {
    return read([&](Database& database) { return read_outbox_page(database, tenant_, query); });
  }
  Outcome<std::int64_t> outbox_order(const casework::OutboxOrder& order,
                                     const RequestKey& request) override {
    const Sealed sealed = seal(order.record.actor, order.record.why);
    return write_number([&](Database& database) {
      return write_outbox_order(database, tenant_, order, request, sealed);
    });
  }
  Outcome<std::int64_t> outbox_purge(Instant before, int limit) override {
    return write_number(
        [&](Database& database) { return purge_outbox(database, tenant_, before, limit); });
  }

  Outcome<casework::InboundRecord> accept_inbound(
      const casework::InboundMessage& message) override {
    casework::InboundRecord record;
    const auto accept = [&](Database& database) -> Outcome<Done> {
      record = TRY(write_inbound(database, tenant_, message));
      return Done{};
    };
    TRY(write_with(std::nullopt, {}, accept));
    return record;
  }
  Outcome<std::optional<casework::InboundRecord>> find_inbound(const std::string& source,
                                                               const std::string& key) override {
    return read([&](Database& database) { return read_inbound(database, tenant_, source, key); });
  }
  Outcome<Done> answer_inbound(const std::string& source, const std::string& key,
                               const std::string& answer) override {
    return write(
        "UPDATE inbound SET answer = ?4 WHERE tenant = ?1 AND source = ?2 AND key = ?3 "
        "AND answer IS NULL",
        source, key, answer);
  }

  Outcome<std::vector<AccountRow>> accounts() override {
    return read([&](Database& database) -> Outcome<std::vector<AccountRow>> {
      Statement find = TRY(database.prepare(
          "SELECT username, officer, officer_id, password_hash, must_change, active "
          "FROM account WHERE tenant = ?1 ORDER BY username"));
      find.bind(tenant_);
      std::vector<AccountRow> rows;
      while (TRY(find.step())) rows.push_back(read_account(find));
      return rows;
    });
  }
  Outcome<std::optional<AccountRow>> find_account(const std::string& username) override {
    return read([&](Database& database) -> Outcome<std::optional<AccountRow>> {
      Statement find = TRY(database.prepare(
          "SELECT username, officer, officer_id, password_hash, must_change, active "
          "FROM account WHERE tenant = ?1 AND username = ?2"));
      find.bind(tenant_).bind(username);
      std::optional<AccountRow> row;
      if (TRY(find.step())) row = read_account(find);
      return row;
    });
  }
  Outcome<Done> save_account(const AccountRow& account) override {
    return write(
        "INSERT INTO account (tenant, username, officer, officer_id, password_hash, must_change, "
        "active) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (tenant, username) DO UPDATE SET "
        "officer = excluded.officer, officer_id = excluded.officer_id, "
        "password_hash = excluded.password_hash, must_change = excluded.must_change, "
        "active = excluded.active",
        account.username, account.officer, account.officer_id, account.password_hash,
        account.must_change, account.active);
  }
  Outcome<Done> replace_account(const AccountRow& before, const AccountRow& after) override {
    return write_with(std::nullopt, {}, [&](Database& database) -> Outcome<Done> {
      Statement update = TRY(database.prepare(
          "UPDATE account SET officer = ?3, officer_id = ?4, password_hash = ?5, must_change = ?6, "
          "active = ?7 WHERE tenant = ?1 AND username = ?2 AND officer = ?8 AND officer_id = ?9 "
          "AND password_hash = ?10 AND must_change = ?11 AND active = ?12"));
      update.bind(tenant_).bind(before.username).bind(after.officer).bind(after.officer_id);
      update.bind(after.password_hash).bind(after.must_change).bind(after.active);
      update.bind(before.officer).bind(before.officer_id).bind(before.password_hash);
      update.bind(before.must_change).bind(before.active);
      TRY(update.run());
      if (database.changes() == 1) return Done{};
      return base::fault(base::FaultCode::conflict,
                         "the account " + before.username + " is another by now");
    });
  }
  Outcome<Done> create_account(const AccountRow& account) override {
    return write(
        "INSERT INTO account (tenant, username, officer, officer_id, password_hash, must_change, "
        "active) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        account.username, account.officer, account.officer_id, account.password_hash,
        account.must_change, account.active);
  }
  Outcome<Done> save_session(const casework::SessionRow& session) override {
    return write(
        "INSERT INTO session (tenant, token_hash, username, csrf, created_at, seen_at, device, "
        "address, strength, confirmed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
        "ON CONFLICT (tenant, token_hash) DO UPDATE SET seen_at = excluded.seen_at, "
        "strength = excluded.strength, confirmed_at = excluded.confirmed_at",
        session.token_hash, session.username, session.csrf, session.created_at, session.seen_at,
        session.device, session.address, session.strength, session.confirmed_at);
  }
  Outcome<std::optional<casework::SessionRow>> find_session(
      const std::string& token_hash) override {
    return read([&](Database& database) -> Outcome<std::optional<casework::SessionRow>> {
      static const std::string sql =
          std::string{kSession} + "WHERE tenant = ?1 AND token_hash = ?2";
      Statement find = TRY(database.prepare(sql));
      find.bind(tenant_).bind(token_hash);
      std::optional<casework::SessionRow> row;
      if (TRY(find.step())) row = read_session(find);
      return row;
    });
  }
  Outcome<std::vector<casework::SessionRow>> sessions(const std::string& username) override {
    return read([&](Database& database) -> Outcome<std::vector<casework::SessionRow>> {
      static const std::string sql = std::string{kSession} +
                                     "WHERE tenant = ?1 AND username = ?2 "
                                     "ORDER BY created_at DESC, token_hash LIMIT 1000";
      Statement find = TRY(database.prepare(sql));
      find.bind(tenant_).bind(username);
      std::vector<casework::SessionRow> rows;
      while (TRY(find.step())) rows.push_back(read_session(find));
      return rows;
    });
  }
  Outcome<Done> delete_session(const std::string& token_hash) override {
    return write("DELETE FROM session WHERE tenant = ?1 AND token_hash = ?2", token_hash);
  }
  Outcome<Done> delete_sessions(const std::string& username, const std::string& except) override {
    return write("DELETE FROM session WHERE tenant = ?1 AND username = ?2 AND token_hash <> ?3",
                 username, except);
  }
  Outcome<Done> delete_sessions_seen_before(Instant at) override {
    return write("DELETE FROM session WHERE tenant = ?1 AND seen_at < ?2", at);
  }

  Outcome<std::optional<std::string>> setting(const std::string& name) override {
    return one_text("SELECT value FROM setting WHERE tenant = ?1 AND name = ?2", name);
  }
  Outcome<Done> save_setting(const std::string& name, const std::string& value) override {
    return write(
        "INSERT INTO setting (tenant, name, value) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value",
        name, value);
  }

 private:
  static constexpr const char* kSession =
      "SELECT token_hash, username, csrf, created_at, seen_at, device, address, strength, "
      "confirmed_at FROM session ";
  static casework::SessionRow read_session(const Statement& from) {
    return {.token_hash = from.text(0),
            .username = from.text(1),
            .csrf = from.text(2),
            .created_at = from.instant(3),
            .seen_at = from.instant(4),
            .device = from.text(5),
            .address = from.text(6),
            .strength = from.text(7),
            .confirmed_at = from.maybe_instant(8)};
  }
  static AccountRow read_account(const Statement& from) {
    return {.username = from.text(0),
            .officer = from.text(1),
            .officer_id = from.text(2),
            .password_hash = from.text(3),
            .must_change = from.number(4) != 0,
            .active = from.number(5) != 0};
  }

  // The work of `commit`; its answer is in `result` afterwards.
  Writer::Work writing(const casework::Commit& commit, const std::vector<Sealed>& sealed,
                       std::optional<Committing>& result) {
    return [this, &commit, &sealed, &result](Database& database) {
      result = write_commit(database, tenant_, commit, sealed);
      return result->has_value();
    };
  }

  // Runs `work` on a reader of its own.
  template <class Work>
  auto read(Work work) -> decltype(work(std::declval<Database&>())) {
    std::unique_ptr<Database> database;
    {
      const std::scoped_lock lock(readers_mutex_);
      if (!readers_.empty()) {
        database = std::move(readers_.back());
        readers_.pop_back();
      }
    }
    if (database == nullptr) database = TRY(Database::open(path_, Database::Use::read));
    auto result = work(*database);
    const std::scoped_lock lock(readers_mutex_);
    readers_.push_back(std::move(database));
    return result;
  }

  Outcome<std::optional<std::string>> one_text(const char* sql, const std::string& key) {
    return read([&](Database& database) -> Outcome<std::optional<std::string>> {
      Statement find = TRY(database.prepare(sql));
      find.bind(tenant_).bind(key);
      std::optional<std::string> text;
      if (TRY(find.step())) text = find.text(0);
      return text;
    });
  }

  // One statement whose first value is the tenant.
  template <class... Values>
  Outcome<Done> write(const char* sql, const Values&... values) {
    return write_with(std::nullopt, {}, [&](Database& database) -> Outcome<Done> {
      Statement statement = TRY(database.prepare(sql));
      statement.bind(tenant_);
      (statement.bind(values), ...);
      return statement.run();
    });
  }

  // What writes and answers a number.
  template <class Work>
  Outcome<std::int64_t> write_number(Work work) {
    std::int64_t number = 0;
    const auto keep = [&](Database& database) -> Outcome<Done> {
      number = TRY(work(database));
      return Done{};
    };
    TRY(write_with(std::nullopt, {}, keep));
    return number;
  }

  // With the request remembered in the same transaction; conflict when its key was used before.
  template <class Work>
  Outcome<Done> write_with(const std::optional<RequestKey>& request, const std::string& subject,
                           Work work) {
    std::optional<base::Fault> fault;
    const auto all = [&](Database& database) -> Outcome<Done> {
      if (request.has_value()) {
        Statement remember =
            TRY(database.prepare("INSERT INTO request (tenant, actor, key, hash, subject, version) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, 0)"));
        remember.bind(tenant_).bind(request->actor).bind(request->key).bind(request->hash);
        remember.bind(subject);
        TRY(remember.run());
      }
      return work(database);
    };
    TRY(writer_.run([&](Database& database) {
      const auto done = all(database);
      fault = done ? std::nullopt : std::optional{done.error()};
      return done.has_value();
    }));
    if (fault.has_value()) return base::Failure{*fault};
    return Done{};
  }

  std::string path_;
  std::string tenant_;
  Writer writer_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Database>> readers_;
};

}  // namespace

base::Outcome<std::unique_ptr<casework::Store>> open_store(const std::string& path,
                                                           const std::string& tenant,
                                                           Neighbours neighbours) {
  const bool alone = neighbours == Neighbours::none;
  auto database = Database::open(path, alone ? Database::Use::write : Database::Use::beside);
  auto ready =
      database ? migrate(**database) : base::Outcome<Done>{base::Failure{database.error()}};
  if (!ready && ready.error().code == base::FaultCode::corrupt) {
    return base::fault(base::FaultCode::corrupt,
                       path +
                           " is damaged or no store of this program: restore it from a backup (" +
                           ready.error().message + ")");
  }
  if (!ready) return base::Failure{ready.error()};
  std::unique_ptr<casework::Store> store =
      std::make_unique<SqliteStore>(path, tenant, std::move(database).value());
  TRY(store->integrate_journal());
  return store;
}

}  // namespace storage::sqlite
