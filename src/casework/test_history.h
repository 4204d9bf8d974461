#pragma once
// test_history.h - a workplace around one dossier's history, for the tests of what is made from it:
// printed documents, messages.  Storing is not offered; storage's own tests do that.
#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "casework/execute.h"
#include "casework/projection.h"
#include "casework/workplace.h"
#include "dossier/dossier_json.h"
#include "dossier/event_json.h"
#include "dossier/status.h"
#include "dossier/test_dossiers.h"
#include "party/organisation_csv.h"

namespace casework::test {

using base::Done;
using base::Outcome;

inline base::Failure<base::Fault> not_offered() {
  return base::fault(base::FaultCode::internal, "not offered by the test's store");
}

// Answers from what a test puts into its members.
class HistoryStore : public Store {
 public:
  struct Open {
    OutboxRow row;
    Instant due{};
    bool done = false;
    std::string error;
    bool begun = false;
  };
  std::mutex outbox_mutex;
  std::map<std::string, LoadedDossier> dossiers;
  std::map<std::string, std::vector<StoredEvent>> histories;
  std::vector<AccountRow> account_rows;
  std::vector<Open> outbox;
  bool is_broken = false;  // every call about the outbox fails

  Outcome<std::optional<LoadedDossier>> load(const std::string& id) override {
    const auto found = dossiers.find(id);
    if (found == dossiers.end()) return std::optional<LoadedDossier>{};
    return std::optional{found->second};
  }
  Outcome<std::optional<std::string>> find_by_code(const std::string&) override {
    return std::optional<std::string>{};
  }
  Outcome<std::vector<StoredEvent>> events(const std::string& id, std::int64_t) override {
    return histories[id];
  }
  Outcome<std::vector<AccountRow>> accounts() override { return account_rows; }
  Outcome<std::vector<OutboxRow>> outbox_due(Instant now, int limit) override {
    if (is_broken) return not_offered();
    std::vector<OutboxRow> due;
    std::map<std::string, bool> seen;
    for (const Open& one : outbox) {
      if (one.done || std::exchange(seen[one.row.dossier_id], true)) continue;
      if (one.due <= now && static_cast<int>(due.size()) < limit) due.push_back(one.row);
    }
    return due;
  }
  Outcome<std::vector<OutboxRow>> outbox_claim(const OutboxClaim& claim) override {
    const std::scoped_lock lock(outbox_mutex);
    if (is_broken) return not_offered();
    std::vector<OutboxRow> taken;
    std::map<std::string, bool> seen;
    for (Open& one : outbox) {
      const bool set_aside = one.due > claim.now + std::chrono::days{3650};
      if (one.done || set_aside || std::exchange(seen[one.row.dossier_id], true)) continue;
      if (one.due > claim.now || static_cast<int>(taken.size()) == claim.limit) continue;
      if (!claim.only_kind.empty() && one.row.kind != claim.only_kind) continue;
      if (std::ranges::count(claim.except_kinds, one.row.kind) != 0) continue;
      one.due = claim.until;
      one.row.in_doubt = std::exchange(one.begun, true);
      taken.push_back(one.row);
      one.row.attempts += 1;
    }
    return taken;
  }
  Outcome<Done> outbox_done(std::int64_t id, Instant) override {
    return change(id, 0, [](Open& one) { one.done = true; });
  }
  Outcome<Done> outbox_retry(std::int64_t id, int attempt, Instant at,
                             const std::string& error) override {
    return change(id, attempt, [&](Open& one) {
      one.due = at;
      one.error = error;
    });
  }
  Outcome<Done> outbox_hasten(const std::string& kind, Instant now) override {
    const std::scoped_lock lock(outbox_mutex);
    for (Open& one : outbox) {
      const bool waits = one.due > now && one.due < now + std::chrono::days{3650};
      if (!one.done && !one.begun && waits && one.row.kind == kind) one.due = now;
    }
    return Done{};
  }
  Outcome<OutboxCounts> outbox_counts(Instant) override { return not_offered(); }
  Outcome<OutboxPage> outbox_page(const OutboxQuery&) override { return not_offered(); }
  Outcome<std::int64_t> outbox_order(const OutboxOrder&, const RequestKey&) override {
    return not_offered();
  }
  Outcome<std::int64_t> outbox_purge(Instant, int) override { return not_offered(); }
  Outcome<InboundRecord> accept_inbound(const InboundMessage&) override { return not_offered(); }
  Outcome<std::optional<InboundRecord>> find_inbound(const std::string&,
                                                     const std::string&) override {
    return not_offered();
  }
  Outcome<Done> answer_inbound(const std::string&, const std::string&,
                               const std::string&) override {
    return not_offered();
  }

  base::Result<Committed, CommitError> commit(const Commit&) override {
    return base::Failure{CommitError{}};
  }
  std::vector<base::Result<Committed, CommitError>> commit_all(
      const std::vector<Commit>& commits) override {
    return {commits.size(), base::Failure{CommitError{}}};
  }
  Outcome<std::vector<WakeRow>> wakes_due(Instant, int) override { return not_offered(); }
  Outcome<std::optional<Instant>> next_wake_at() override { return not_offered(); }
  Outcome<Done> move_wakes(const std::vector<WakeRow>&) override { return not_offered(); }
  Outcome<Done> each_running(const std::string&,
                             const std::function<bool(const RunningRow&)>&) override {
    return not_offered();
  }
  Outcome<std::vector<CalendarVersionRow>> calendars() override { return not_offered(); }
  Outcome<std::int64_t> save_calendar(const CalendarVersionRow&, std::int64_t,
                                      const std::optional<RequestKey>&) override {
    return not_offered();
  }
  Outcome<std::optional<RequestRecord>> find_request(const RequestKey&) override {
    return not_offered();
  }
  Outcome<InboxPage> inbox(const InboxQuery&) override { return not_offered(); }
  Outcome<std::vector<OpenWork>> open_work() override { return not_offered(); }
  Outcome<SearchPage> search(const SearchQuery&) override { return not_offered(); }
  Outcome<std::vector<DossierRow>> open_twins(const std::string&, const std::string&,
                                              const std::string&) override {
    return not_offered();
  }
  Outcome<std::vector<DossierRow>> report(const ReportQuery& query) override {
    std::vector<DossierRow> rows;
    for (const auto& [id, one] : dossiers) {
      const bool there = one.row.receiving_agency.starts_with(query.agency_prefix);
      const bool over = one.row.finished_at.has_value() && *one.row.finished_at < query.from;
      if (there && !over && one.row.filed_at < query.to) rows.push_back(one.row);
    }
    return rows;
  }
  Outcome<std::vector<std::pair<std::string, PaymentRow>>> payments(const std::string&, Instant,
                                                                    Instant) override {
    return not_offered();
  }
  Outcome<std::optional<Instant>> last_event_at() override { return not_offered(); }
  Outcome<std::int64_t> dossier_count() override { return not_offered(); }
  Outcome<Done> save_revision(const std::string&, const std::string&, const std::string&) override {
    return not_offered();
  }
  Outcome<std::optional<std::string>> find_revision(const std::string&) override {
    return not_offered();
  }
  Outcome<Done> save_definitions(const std::vector<DefinitionRow>&) override {
    return not_offered();
  }
  Outcome<std::optional<DefinitionRow>> find_definition(const std::string&, const std::string&,
                                                        std::int64_t) override {
    return not_offered();
  }
  Outcome<std::vector<DefinitionRow>> definitions(const DefinitionQuery&) override {
    return not_offered();
  }
  Outcome<std::vector<DefinitionRow>> definition_history(const std::string&,
                                                         const std::string&) override {
    return not_offered();
  }
  Outcome<std::int64_t> definitions_sequence() override { return not_offered(); }
  Outcome<base::Done> save_entries(const std::vector<EntryRow>&,
                                   const std::optional<RequestKey>&) override {
    return not_offered();
  }
  Outcome<std::optional<EntryRow>> find_entry(const std::string&, const std::string&) override {
    return std::optional<EntryRow>{};
  }
  Outcome<std::vector<EntryRow>> entries(const EntryQuery&) override { return not_offered(); }
  Outcome<std::vector<EntryRow>> entries_found_by(const std::string&, const std::string&,
                                                  int) override {
    return not_offered();
  }
  Outcome<base::Done> delete_entries(const std::vector<EntryKey>&) override {
    return not_offered();
  }
  Outcome<std::int64_t> delete_entries_expired_at(Instant) override { return not_offered(); }
  Outcome<std::vector<SessionRow>> sessions(const std::string&) override { return not_offered(); }
  Outcome<Done> save_draft(const DraftRow&, const std::optional<RequestKey>&) override {
    return not_offered();
  }
  Outcome<std::optional<DraftRow>> load_draft(const std::string&) override { return not_offered(); }
  Outcome<Done> delete_draft(const std::string&) override { return not_offered(); }
  Outcome<std::int64_t> delete_drafts_expired_at(Instant) override { return not_offered(); }
  Outcome<Done> save_file(const FileRow&, const std::optional<RequestKey>&) override {
    return not_offered();
  }
  Outcome<std::optional<FileRow>> find_file(const std::string&) override { return not_offered(); }
  Outcome<Done> save_upload(const UploadRow&, const std::optional<RequestKey>&) override {
    return not_offered();
  }
  Outcome<std::optional<UploadRow>> find_upload(const std::string&) override {
    return not_offered();
  }
  Outcome<std::int64_t> append_upload(const std::string&, const UploadPiece&) override {
    return not_offered();
  }
  Outcome<std::vector<UploadPiece>> upload_pieces(const std::string&) override {
    return not_offered();
  }
  Outcome<OpenUploads> open_uploads(const std::string&) override { return not_offered(); }
  Outcome<Done> delete_upload(const std::string&) override { return not_offered(); }
  Outcome<std::int64_t> delete_uploads_expired_at(Instant) override { return not_offered(); }
  Outcome<std::int64_t> delete_files_abandoned(Instant, Instant, Instant) override {
    return not_offered();
  }
  Outcome<std::vector<std::string>> unnamed_addresses(const std::vector<std::string>&) override {
    return not_offered();
  }
  Outcome<std::optional<AccountRow>> find_account(const std::string&) override {
    return not_offered();
  }
  Outcome<Done> save_account(const AccountRow&) override { return not_offered(); }
  Outcome<Done> replace_account(const AccountRow&, const AccountRow&) override {
    return not_offered();
  }
  Outcome<Done> create_account(const AccountRow&) override { return not_offered(); }
  Outcome<Done> save_session(const SessionRow&) override { return not_offered(); }
  Outcome<std::optional<SessionRow>> find_session(const std::string&) override {
    return not_offered();
  }
  Outcome<Done> delete_session(const std::string&) override { return not_offered(); }
  Outcome<Done> delete_sessions(const std::string&, const std::string&) override {
    return not_offered();
  }
  Outcome<Done> delete_sessions_seen_before(Instant) override { return not_offered(); }
  Outcome<std::vector<DossierRow>> ended_before(const std::string&, Instant, int) override {
    return not_offered();
  }
  Outcome<Done> record_accesses(const std::vector<AccessRow>&) override { return not_offered(); }
  Outcome<std::vector<AccessRow>> accesses(const std::string&, int) override {
    return not_offered();
  }
  Outcome<std::int64_t> integrate_journal() override { return not_offered(); }
  Outcome<std::int64_t> journal_size() override { return not_offered(); }
  Outcome<std::string> leaf_hashes(std::int64_t, std::int64_t) override { return not_offered(); }
  Outcome<std::optional<JournalLeaf>> find_leaf(const std::string& subject,
                                                std::int64_t sequence) override {
    return std::optional{JournalLeaf{
        .index = std::nullopt,
        .hash = std::string(31, subject.empty() ? '-' : 'h') + std::to_string(sequence % 10)}};
  }
  Outcome<std::optional<JournalRecord>> find_record(std::int64_t) override { return not_offered(); }
  Outcome<Done> each_record(const std::function<bool(const JournalRecord&)>&) override {
    return not_offered();
  }
  Outcome<Done> save_head(const HeadRow&, const std::vector<TileRow>&) override {
    return not_offered();
  }
  Outcome<Done> save_timestamp(std::int64_t, const std::string&) override { return not_offered(); }
  Outcome<std::vector<HeadRow>> heads(std::int64_t, int) override { return not_offered(); }
  Outcome<std::optional<HeadRow>> last_head() override { return std::optional<HeadRow>{}; }
  Outcome<std::optional<std::string>> tile(int, std::int64_t) override { return not_offered(); }
  Outcome<std::optional<std::string>> setting(const std::string&) override { return not_offered(); }
  Outcome<Done> save_setting(const std::string&, const std::string&) override {
    return not_offered();
  }

 private:
  template <class Change>
  Outcome<Done> change(std::int64_t id, int attempt, const Change& apply) {
    const std::scoped_lock lock(outbox_mutex);
    if (is_broken) return not_offered();
    for (Open& one : outbox) {
      if (one.row.id != id || one.done) continue;
      if (attempt != 0 && one.row.attempts != attempt) continue;
      apply(one);
      one.begun = false;
    }
    return Done{};
  }
};

class MemoryFiles final : public FileStore {
 public:
  std::map<std::string, std::string> files;
  Outcome<std::string> put(std::string_view) override { return not_offered(); }
  Outcome<std::string> get(const std::string& sha256) override {
    const auto found = files.find(sha256);
    if (found == files.end()) return base::fault(base::FaultCode::not_found, "no such file");
    return found->second;
  }
  Outcome<std::unique_ptr<FileSink>> open_sink() override { return not_offered(); }
  Outcome<std::unique_ptr<FileSource>> open(const std::string&) override { return not_offered(); }
  Outcome<std::int64_t> size(const std::string&) override { return not_offered(); }
  Outcome<Done> each(const std::function<bool(const StoredFile&)>&) override {
    return not_offered();
  }
  Outcome<bool> remove_put_before(const std::string&, Instant) override { return not_offered(); }
  Outcome<Done> remove(const std::string&) override { return not_offered(); }
};

class NoInspector final : public FileInspector {
 public:
  Answer<InspectedUpload> inspect(OfferedFile) override {
    return fail(FailureKind::unsupported, "not-offered", {});
  }
};

// Says what it was asked to print.
class TellingPrinter final : public Printer {
 public:
  std::string template_id;
  calendar::Date on{};
  base::json::value fields;
  SheetTable table;
  Outcome<std::string> print(const std::string& id, calendar::Date day,
                             const base::json::value& context) override {
    template_id = id;
    on = day;
    fields = context;
    return std::string{"%PDF-"} + id;
  }
  Outcome<std::string> spreadsheet(const SheetTable& asked) override {
    table = asked;
    return std::string{"PK-"} + asked.name;
  }
  Outcome<std::string> qr_svg(std::string_view, std::string_view) override { return not_offered(); }
  Outcome<std::string> attach(std::string_view pdf, const PdfAttachment& file) override {
    return std::string{pdf} + "+" + file.name;
  }
};

inline const party::Organisation& shipped_organisation() {
  static const party::Organisation organisation = [] {
    auto read = party::parse_organisation_csv(
        procedure::text_of_file(std::filesystem::path{PROJECT_ROOT} / "data/units/nghe-an.csv"));
    EXPECT_TRUE(read);
    return read ? std::move(read).value() : party::Organisation{};
  }();
  return organisation;
}

// The tests' officers are "do-<step>"; those who sign have a position.
class TestOffice {
 public:
  explicit TestOffice(Printer& printer, const char* now = "2026-09-01T08:00:00+07:00")
      : clock(dossier::test::at(now)), event_clock(clock, Instant{}), printer_(printer) {
    for (const char* step : {"sign", "decide"}) {
      add_officer(std::string{"do-"} + step, "Chủ tịch", "H41.101");
    }
    std::vector<ProcedurePtr> all;
    for (const char* code : procedure::kShipped) {
      all.push_back(std::make_shared<const procedure::Procedure>(procedure::shipped(code)));
    }
    publications = std::make_unique<Publications>(
        std::move(all), procedure::shipped_dictionary(),
        [](const std::string&) { return std::optional<std::string>{}; });
    reload();
  }

  void add_officer(const std::string& id, const std::string& position, const std::string& agency,
                   const std::string& phone = {}) {
    party::Officer officer{.id = party::OfficerId{id}, .agency = *party::AgencyId::parse(agency)};
    officer.name = "Cán bộ " + id;
    officer.position = {position, {}};
    officer.phone = phone;
    AccountRow row;
    row.username = id;
    row.officer_id = id;
    row.officer = base::to_text(officer_json(officer));
    store.account_rows.push_back(std::move(row));
  }
  void reload() {
    auto loaded = Officers::load(store);
    EXPECT_TRUE(loaded);
    if (loaded) officers = std::move(loaded).value();
    workplace.reset(new Workplace{.store = store,
                                  .files = files,
                                  .inspector = inspector,
                                  .printer = printer_,
                                  .officers = *officers,
                                  .clock = event_clock,
                                  .random = random,
                                  .publications = *publications,
                                  .organisation = shipped_organisation(),
                                  .calendars = calendars,
                                  .time_rules = time_rules,
                                  .secrets = secrets,
                                  .in_flight = in_flight,
                                  .public_url = "https://motcua.nghean.example",
                                  .demo = false});
  }

  // Puts the dossier with its history into the store.
  OpenDossier keep(const dossier::test::Life& life, const std::string& id = "d1") {
    auto& history = store.histories[id];
    history.clear();
    for (const dossier::EventRecord& record : life.records()) {
      history.push_back({.sequence = record.sequence,
                         .at = record.at,
                         .actor = record.actor,
                         .type = dossier::type_of(record.event),
                         .payload = base::to_text(dossier::payload_of(record.event)),
                         .number = record.number});
    }
    LoadedDossier loaded;
    loaded.row.id = id;
    loaded.row.code = life.state().code;
    loaded.row.digest = life.procedure().digest;
    loaded.row.agency = life.state().agency;
    loaded.row.receiving_agency = life.state().receiving_agency;
    loaded.row.filed_at = life.state().filed_at;
    loaded.row.received_at = life.state().received_at;
    loaded.row.finished_at = life.state().finished_at;
    loaded.slip_number = life.state().slip_number;
    loaded.state = dossier::state_text(life.procedure(), life.state());
    store.dossiers[id] = std::move(loaded);
    return {
        .id = id, .dossier = life.state(), .procedure = publications->find(life.procedure().code)};
  }

  HistoryStore store;
  MemoryFiles files;
  NoInspector inspector;
  OfficeCalendars calendars{dossier::test::office()};
  calendar::TimeRulebook time_rules;
  calendar::ManualClock clock;
  EventClock event_clock;
  base::SeededRandom random{20260820};
  SecretKey secrets{"a key for tests"};
  RequestsInFlight in_flight;
  std::unique_ptr<Officers> officers;
  std::unique_ptr<Publications> publications;
  std::unique_ptr<Workplace> workplace;

 private:
  Printer& printer_;
};

}  // namespace casework::test
