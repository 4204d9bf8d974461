#pragma once
// timed_store.h - a store that passes everything on and adds up the time spent in writing.
#include "casework/store.h"
#include "figure.h"

namespace bench {

class TimedStore final : public casework::Store {
 public:
  explicit TimedStore(casework::Store& store) : store_(store) {}
  // In commit, commit_all and move_wakes since it was made.
  [[nodiscard]] double seconds_writing() const { return seconds_writing_; }

  base::Result<casework::Committed, casework::CommitError> commit(
      const casework::Commit& commit) override {
    const Share share(seconds_writing_);
    return store_.commit(commit);
  }
  std::vector<base::Result<casework::Committed, casework::CommitError>> commit_all(
      const std::vector<casework::Commit>& commits) override {
    const Share share(seconds_writing_);
    return store_.commit_all(commits);
  }
  base::Outcome<std::optional<casework::RequestRecord>> find_request(
      const casework::RequestKey& request) override {
    return store_.find_request(request);
  }
  base::Outcome<std::optional<casework::LoadedDossier>> load(const std::string& id) override {
    return store_.load(id);
  }
  base::Outcome<std::optional<std::string>> find_by_code(const std::string& code) override {
    return store_.find_by_code(code);
  }
  base::Outcome<std::vector<casework::StoredEvent>> events(const std::string& id,
                                                           std::int64_t version) override {
    return store_.events(id, version);
  }
  base::Outcome<casework::InboxPage> inbox(const casework::InboxQuery& query) override {
    return store_.inbox(query);
  }
  base::Outcome<std::vector<casework::OpenWork>> open_work() override { return store_.open_work(); }
  base::Outcome<base::Done> save_definitions(
      const std::vector<casework::DefinitionRow>& rows) override {
    return store_.save_definitions(rows);
  }
  base::Outcome<std::optional<casework::DefinitionRow>> find_definition(
      const std::string& kind, const std::string& key, std::int64_t version) override {
    return store_.find_definition(kind, key, version);
  }
  base::Outcome<std::vector<casework::DefinitionRow>> definitions(
      const casework::DefinitionQuery& query) override {
    return store_.definitions(query);
  }
  base::Outcome<std::vector<casework::DefinitionRow>> definition_history(
      const std::string& kind, const std::string& key) override {
    return store_.definition_history(kind, key);
  }
  base::Outcome<std::int64_t> definitions_sequence() override {
    return store_.definitions_sequence();
  }
  base::Outcome<base::Done> save_entries(
      const std::vector<casework::EntryRow>& rows,
      const std::optional<casework::RequestKey>& request) override {
    return store_.save_entries(rows, request);
  }
  base::Outcome<std::optional<casework::EntryRow>> find_entry(const std::string& kind,
                                                              const std::string& key) override {
    return store_.find_entry(kind, key);
  }
  base::Outcome<std::vector<casework::EntryRow>> entries(
      const casework::EntryQuery& query) override {
    return store_.entries(query);
  }
  base::Outcome<std::vector<casework::EntryRow>> entries_found_by(const std::string& kind,
                                                                  const std::string& word,
                                                                  int limit) override {
    return store_.entries_found_by(kind, word, limit);
  }
  base::Outcome<base::Done> delete_entries(const std::vector<casework::EntryKey>& keys) override {
    return store_.delete_entries(keys);
  }
  base::Outcome<std::int64_t> delete_entries_expired_at(casework::Instant now) override {
    return store_.delete_entries_expired_at(now);
  }
  base::Outcome<std::vector<casework::SessionRow>> sessions(const std::string& username) override {
    return store_.sessions(username);
  }
  base::Outcome<casework::SearchPage> search(const casework::SearchQuery& query) override {
    return store_.search(query);
  }
  base::Outcome<std::vector<casework::DossierRow>> open_twins(const std::string& procedure,
                                                              const std::string& applicant_id,
                                                              const std::string& name) override {
    return store_.open_twins(procedure, applicant_id, name);
  }
  base::Outcome<std::vector<casework::DossierRow>> report(
      const casework::ReportQuery& query) override {
    return store_.report(query);
  }
  base::Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>> payments(
      const std::string& agency_prefix, casework::Instant from, casework::Instant to) override {
    return store_.payments(agency_prefix, from, to);
  }
  base::Outcome<std::optional<casework::Instant>> last_event_at() override {
    return store_.last_event_at();
  }
  base::Outcome<std::vector<casework::DossierRow>> ended_before(const std::string& procedure,
                                                                casework::Instant before,
                                                                int limit) override {
    return store_.ended_before(procedure, before, limit);
  }
  base::Outcome<std::int64_t> dossier_count() override { return store_.dossier_count(); }
  base::Outcome<base::Done> record_accesses(const std::vector<casework::AccessRow>& rows) override {
    const Share share(seconds_writing_);
    return store_.record_accesses(rows);
  }
  base::Outcome<std::vector<casework::AccessRow>> accesses(const std::string& dossier,
                                                           int limit) override {
    return store_.accesses(dossier, limit);
  }
  base::Outcome<std::int64_t> integrate_journal() override { return store_.integrate_journal(); }
  base::Outcome<std::int64_t> journal_size() override { return store_.journal_size(); }
  base::Outcome<std::string> leaf_hashes(std::int64_t from, std::int64_t count) override {
    return store_.leaf_hashes(from, count);
  }
  base::Outcome<std::optional<casework::JournalLeaf>> find_leaf(const std::string& subject,
                                                                std::int64_t sequence) override {
    return store_.find_leaf(subject, sequence);
  }
  base::Outcome<std::optional<casework::JournalRecord>> find_record(std::int64_t index) override {
    return store_.find_record(index);
  }
  base::Outcome<base::Done> each_record(
      const std::function<bool(const casework::JournalRecord&)>& visit) override {
    return store_.each_record(visit);
  }
  base::Outcome<base::Done> save_head(const casework::HeadRow& head,
                                      const std::vector<casework::TileRow>& tiles) override {
    return store_.save_head(head, tiles);
  }
  base::Outcome<base::Done> save_timestamp(std::int64_t size, const std::string& token) override {
    return store_.save_timestamp(size, token);
  }
  base::Outcome<std::vector<casework::HeadRow>> heads(std::int64_t from_size, int limit) override {
    return store_.heads(from_size, limit);
  }
  base::Outcome<std::optional<casework::HeadRow>> last_head() override {
    return store_.last_head();
  }
  base::Outcome<std::optional<std::string>> tile(int level, std::int64_t number) override {
    return store_.tile(level, number);
  }
  base::Outcome<std::vector<casework::WakeRow>> wakes_due(casework::Instant now,
                                                          int limit) override {
    return store_.wakes_due(now, limit);
  }
  base::Outcome<std::optional<casework::Instant>> next_wake_at() override {
    return store_.next_wake_at();
  }
  base::Outcome<base::Done> move_wakes(const std::vector<casework::WakeRow>& rows) override {
    const Share share(seconds_writing_);
    return store_.move_wakes(rows);
  }
  base::Outcome<base::Done> each_running(
      const std::string& agency_prefix,
      const std::function<bool(const casework::RunningRow&)>& visit) override {
    return store_.each_running(agency_prefix, visit);
  }
  base::Outcome<std::vector<casework::CalendarVersionRow>> calendars() override {
    return store_.calendars();
  }
  base::Outcome<std::int64_t> save_calendar(
      const casework::CalendarVersionRow& row, std::int64_t expected_version,
      const std::optional<casework::RequestKey>& request) override {
    return store_.save_calendar(row, expected_version, request);
  }
  base::Outcome<base::Done> save_revision(const std::string& digest, const std::string& code,
                                          const std::string& files) override {
    return store_.save_revision(digest, code, files);
  }
  base::Outcome<std::optional<std::string>> find_revision(const std::string& digest) override {
    return store_.find_revision(digest);
  }
  base::Outcome<base::Done> save_draft(
      const casework::DraftRow& draft,
      const std::optional<casework::RequestKey>& request) override {
    return store_.save_draft(draft, request);
  }
  base::Outcome<std::optional<casework::DraftRow>> load_draft(const std::string& id) override {
    return store_.load_draft(id);
  }
  base::Outcome<base::Done> delete_draft(const std::string& id) override {
    return store_.delete_draft(id);
  }
  base::Outcome<std::int64_t> delete_drafts_expired_at(casework::Instant now) override {
    return store_.delete_drafts_expired_at(now);
  }
  base::Outcome<base::Done> save_file(const casework::FileRow& file,
                                      const std::optional<casework::RequestKey>& request) override {
    return store_.save_file(file, request);
  }
  base::Outcome<std::optional<casework::FileRow>> find_file(const std::string& id) override {
    return store_.find_file(id);
  }
  base::Outcome<base::Done> save_upload(
      const casework::UploadRow& upload,
      const std::optional<casework::RequestKey>& request) override {
    return store_.save_upload(upload, request);
  }
  base::Outcome<std::optional<casework::UploadRow>> find_upload(const std::string& id) override {
    return store_.find_upload(id);
  }
  base::Outcome<std::int64_t> append_upload(const std::string& id,
                                            const casework::UploadPiece& piece) override {
    return store_.append_upload(id, piece);
  }
  base::Outcome<std::vector<casework::UploadPiece>> upload_pieces(const std::string& id) override {
    return store_.upload_pieces(id);
  }
  base::Outcome<casework::OpenUploads> open_uploads(const std::string& owner) override {
    return store_.open_uploads(owner);
  }
  base::Outcome<base::Done> delete_upload(const std::string& id) override {
    return store_.delete_upload(id);
  }
  base::Outcome<std::int64_t> delete_uploads_expired_at(casework::Instant now) override {
    return store_.delete_uploads_expired_at(now);
  }
  base::Outcome<std::int64_t> delete_files_abandoned(casework::Instant now,
                                                     casework::Instant marked,
                                                     casework::Instant unclaimed) override {
    return store_.delete_files_abandoned(now, marked, unclaimed);
  }
  base::Outcome<std::vector<std::string>> unnamed_addresses(
      const std::vector<std::string>& addresses) override {
    return store_.unnamed_addresses(addresses);
  }
  base::Outcome<std::vector<casework::OutboxRow>> outbox_due(casework::Instant now,
                                                             int limit) override {
    return store_.outbox_due(now, limit);
  }
  base::Outcome<base::Done> outbox_done(std::int64_t id, casework::Instant at) override {
    return store_.outbox_done(id, at);
  }
  base::Outcome<std::vector<casework::OutboxRow>> outbox_claim(
      const casework::OutboxClaim& claim) override {
    return store_.outbox_claim(claim);
  }
  base::Outcome<base::Done> outbox_retry(std::int64_t id, int attempt, casework::Instant at,
                                         const std::string& error) override {
    return store_.outbox_retry(id, attempt, at, error);
  }
  base::Outcome<base::Done> outbox_hasten(const std::string& kind, casework::Instant now) override {
    return store_.outbox_hasten(kind, now);
  }
  base::Outcome<casework::OutboxCounts> outbox_counts(casework::Instant now) override {
    return store_.outbox_counts(now);
  }
  base::Outcome<casework::OutboxPage> outbox_page(const casework::OutboxQuery& query) override {
    return store_.outbox_page(query);
  }
  base::Outcome<std::int64_t> outbox_order(const casework::OutboxOrder& order,
                                           const casework::RequestKey& request) override {
    return store_.outbox_order(order, request);
  }
  base::Outcome<std::int64_t> outbox_purge(casework::Instant before, int limit) override {
    return store_.outbox_purge(before, limit);
  }
  base::Outcome<casework::InboundRecord> accept_inbound(
      const casework::InboundMessage& message) override {
    return store_.accept_inbound(message);
  }
  base::Outcome<std::optional<casework::InboundRecord>> find_inbound(
      const std::string& source, const std::string& key) override {
    return store_.find_inbound(source, key);
  }
  base::Outcome<base::Done> answer_inbound(const std::string& source, const std::string& key,
                                           const std::string& answer) override {
    return store_.answer_inbound(source, key, answer);
  }
  base::Outcome<std::vector<casework::AccountRow>> accounts() override { return store_.accounts(); }
  base::Outcome<std::optional<casework::AccountRow>> find_account(
      const std::string& username) override {
    return store_.find_account(username);
  }
  base::Outcome<base::Done> save_account(const casework::AccountRow& account) override {
    return store_.save_account(account);
  }
  base::Outcome<base::Done> replace_account(const casework::AccountRow& before,
                                            const casework::AccountRow& after) override {
    return store_.replace_account(before, after);
  }
  base::Outcome<base::Done> create_account(const casework::AccountRow& account) override {
    return store_.create_account(account);
  }
  base::Outcome<base::Done> save_session(const casework::SessionRow& session) override {
    return store_.save_session(session);
  }
  base::Outcome<std::optional<casework::SessionRow>> find_session(
      const std::string& token_hash) override {
    return store_.find_session(token_hash);
  }
  base::Outcome<base::Done> delete_session(const std::string& token_hash) override {
    return store_.delete_session(token_hash);
  }
  base::Outcome<base::Done> delete_sessions(const std::string& username,
                                            const std::string& except) override {
    return store_.delete_sessions(username, except);
  }
  base::Outcome<base::Done> delete_sessions_seen_before(casework::Instant at) override {
    return store_.delete_sessions_seen_before(at);
  }
  base::Outcome<std::optional<std::string>> setting(const std::string& name) override {
    return store_.setting(name);
  }
  base::Outcome<base::Done> save_setting(const std::string& name,
                                         const std::string& value) override {
    return store_.save_setting(name, value);
  }

 private:
  class Share {
   public:
    explicit Share(double& sum) : sum_(sum) {}
    ~Share() { sum_ += seconds_since(start_); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

   private:
    double& sum_;
    Stopwatch::time_point start_ = Stopwatch::now();
  };
  casework::Store& store_;
  double seconds_writing_ = 0;
};

}  // namespace bench
