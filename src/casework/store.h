#pragma once
// store.h - the port through which the use cases remember things.
//
// One Store serves one tenant.  All calls are thread-safe and block.  A write that returned without
// a fault survives the death of the process and of the power supply; a write that returned a fault
// changed nothing, except `unavailable` after a lost connection, which the idempotency key
// resolves. storage/contract holds every implementation to this text.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "dossier/actor.h"
#include "dossier/decide.h"

namespace casework {

using calendar::Instant;

// Of a moment at which time shall mean something: it never will.
inline constexpr Instant kNever = Instant::max();

// ---------------------------------------------------------------- dossiers: writing

// Text that the store replaces by the n-th number it allots in this commit, wherever it stands in
// the commit's texts.  The dossier id makes it a text that nobody types.
[[nodiscard]] std::string number_placeholder(const std::string& dossier_id, std::size_t n);

struct EventToStore {
  std::string type;
  std::string payload;  // JSON text
  std::optional<dossier::NumberSeries> number;
};

// A task that waits, as the inbox finds it.
struct TaskRow {
  std::uint32_t activity = 0;
  std::string step;
  std::string action;
  std::string agency;
  std::string role;
  std::string assignee_id;
  std::string assignee_name;
  Instant opened_at{};
  std::optional<Instant> due_at;  // of the step
};

// What lists and filters see of a dossier.
struct DossierRow {
  std::string id;
  std::string code;
  std::int64_t version = 0;
  std::string procedure;
  std::string digest;
  std::string agency;
  std::string receiving_agency;
  std::string returning_agency{};  // where the result is handed out; empty: receiving_agency
  int status = 1;                  // national, 1 to 10
  std::string channel;
  std::string applicant;
  std::string applicant_id;  // identity number, normalised, or empty
  std::string step;          // of the oldest open task, or empty
  std::string holder;        // who has that task, or empty
  Instant filed_at{};
  std::optional<Instant> received_at;
  std::optional<Instant> due_at;
  std::optional<Instant> finished_at;
  bool paused = false;
  bool closed = false;  // refused, withdrawn, stopped or returned
};

struct PaymentRow {
  std::string receipt;
  std::string kind;  // "payment" or "refund"
  std::int64_t amount = 0;
  std::string method;
  std::string reason;
  std::string cashier_id;
  std::string cashier_name;
  std::string agency;
  Instant at{};
};

// Something to be done outside after the commit, at least once, in order per dossier.
struct OutboxItem {
  std::string kind;     // "mail"
  std::string payload;  // JSON text
  std::string effect;   // idempotency key of the effect: one per dossier and event
};

// The request that caused a write.  The same key with the same hash gives the same answer.
struct RequestKey {
  std::string key;
  std::string hash;   // of method, path and body
  std::string actor;  // whose key it is: keys of different people never meet
};

struct Commit {
  RequestKey request;
  DossierRow row;                     // the state after it; `row.version` is the new version
  std::int64_t expected_version = 0;  // 0: the dossier is new
  Instant at{};
  dossier::Actor actor;
  std::vector<EventToStore> events;  // versions expected_version + 1 …
  std::string state;                 // JSON text
  std::string slip_number;           // of form 01, once there is one
  std::vector<TaskRow> tasks;        // all open ones
  // All that take part, for who may see it; kept from the first commit, and from any that has a
  // search_text.
  std::vector<std::string> agencies;
  std::optional<std::string> search_text;  // folded; the store adds the code; absent: unchanged
  std::vector<PaymentRow> payments;        // new ones
  std::vector<OutboxItem> outbox;
  // When time passing next means something for it; absent or kNever: it never will.
  std::optional<Instant> wake_at{};
  // Compact text of what its due date is computed from; empty: its clock does not run.
  std::string clock{};
  // Of files that its events name (casework/file_address.h): they are kept for the dossier.
  std::vector<std::string> addresses{};
  // The law has the content of this dossier erased: the commit's own event says so.  Content and
  // salt of all its earlier events go (their content hash stays), row, search words and agencies
  // become those of this commit as if it were new, and nothing of it is left in payments' reasons,
  // in outbox rows that are done, and in file rows owned by "dossier:ID".
  bool erases = false;
};

// What became of a request: enough to give the same answer again.
struct RequestRecord {
  std::string hash;
  std::string dossier_id;  // or the id of what else was made
  std::int64_t version = 0;
};

struct Committed {
  std::int64_t version = 0;
  std::vector<std::string> numbers;  // allotted, in the order of the events that asked
};

enum class CommitFailure {
  conflict,   // the dossier is not at expected_version: load and decide again
  repeated,   // the request key was used before: look at find_request
  backwards,  // `at` lies before the last event of the store: the machine's clock is wrong
  fault,      // see `fault`
};
struct CommitError {
  CommitFailure failure = CommitFailure::fault;
  base::Fault fault{};
};

// ---------------------------------------------------------------- dossiers: reading

struct LoadedDossier {
  DossierRow row;
  std::string slip_number;
  std::string state;
};

struct StoredEvent {
  std::int64_t sequence = 0;
  Instant at{};
  dossier::Actor actor;
  std::string type;
  std::string payload;
  std::string number;
};

// Work of another place than his own: in a role he holds there, or for somebody who is away.
struct InboxPlace {
  std::string agency;
  std::string role;
  std::vector<std::string> procedures{};  // codes; empty: of all
  std::string in_place_of{};              // also what this officer has in hand; empty: of nobody
};
struct InboxQuery {
  std::string officer;
  std::string agency;
  std::vector<std::string> roles;
  std::vector<InboxPlace> places{};  // beside his agency with his roles; at most 1,000 count
  // all, new, mine, unassigned, overdue, soon, paused, to_return, to_hand_over, to_take_over
  std::string state;
  std::string procedure;
  Instant now{};
  Instant soon{};  // due before it (and not overdue) is "soon"
  std::string cursor;
  int limit = 25;
};
struct InboxRow {
  DossierRow dossier;
  TaskRow task;
};
struct InboxCounts {
  std::int64_t all = 0, fresh = 0, mine = 0, unassigned = 0, overdue = 0, soon = 0, paused = 0,
               to_return = 0;
};
struct InboxPage {
  std::vector<InboxRow> rows;
  InboxCounts counts;
  std::string next_cursor;  // empty: the end
};

// Open tasks of one kind at one place.
struct OpenWork {
  std::string officer;  // who has them in hand; empty: nobody
  std::string agency;
  std::string role;
  std::string action;  // of the step
  std::string procedure;

  friend auto operator<=>(const OpenWork&, const OpenWork&) = default;
};

struct SearchQuery {
  std::string words;          // folded; empty: all
  std::string code;           // exact dossier code, when the query was one
  std::string agency_prefix;  // dossiers in which this agency or one below takes part; empty: all
  std::vector<std::string> more_prefixes{};  // or one of these; at most 100 count
  std::vector<int> statuses;
  std::string procedure;
  bool overdue = false;
  std::optional<Instant> filed_from;
  std::optional<Instant> filed_before;
  Instant now{};
  std::string cursor;
  int limit = 25;
};
struct SearchPage {
  std::vector<DossierRow> rows;  // newest first
  std::string next_cursor;
};

// Dossiers that were received or open in [from, to), for reports.
struct ReportQuery {
  std::string agency_prefix;
  Instant from{};
  Instant to{};
};

// ---------------------------------------------------------------- time

// A dossier for which time passing means something at `at`.
struct WakeRow {
  std::string dossier;
  Instant at{};
  std::int64_t version = 0;  // of the dossier when the moment was set
  // Given to move_wakes: replaces the clock, too.  Dossiers from before clocks were kept wake at
  // once after the upgrade and have none.
  std::optional<std::string> clock{};
};

// A dossier whose clock runs.  The texts live until the visit returns.
struct RunningRow {
  std::string_view id;
  std::string_view code;
  std::string_view agency;
  std::string_view clock;
  std::int64_t version = 0;
  std::optional<Instant> due_at;
};

// A version of an office's calendar.  Versions are appended, never changed or taken back.
struct CalendarVersionRow {
  std::string office;        // agency code; empty: the whole country
  std::int64_t version = 0;  // 1, 2 …
  Instant at{};
  dossier::Actor actor;
  std::string kind;     // "schedule" (of the office) or "national" (its days)
  std::string content;  // JSON text of a schedule, the text of the national days
  std::string reason;
  std::string act;  // that it rests on
};

// ---------------------------------------------------------------- everything else

struct DraftRow {
  std::string id;
  std::string procedure;
  std::string agency;
  std::string page;
  std::string answers;      // JSON text
  std::string attachments;  // JSON text
  Instant saved_at{};
  Instant expires_at{};
};

struct FileRow {
  std::string id;
  std::string name;
  std::string component;
  std::string media_type;
  std::string converted_from;
  std::string sha256;
  std::int64_t size = 0;
  std::string owner;  // "draft:ID", "dossier:ID" or "officer:ID"
  Instant uploaded_at{};
};

// A file on its way in, in pieces that the file store keeps until it is whole.
struct UploadRow {
  std::string id;
  std::string owner;  // as of a FileRow
  std::string name;
  std::string component;
  std::string declared;   // media type the sender says
  std::int64_t size = 0;  // the whole
  Instant created_at{};
  Instant expires_at{};
  // Counted by the store:
  std::int64_t received = 0;  // bytes that are durable: the offset at which it goes on
  std::int64_t pieces = 0;
};
struct UploadPiece {
  std::int64_t start = 0;
  std::int64_t size = 0;
  std::string address{};  // in the file store
};
// Uploads that are not finished.
struct OpenUploads {
  std::int64_t of_owner = 0;
  std::int64_t bytes = 0;  // received, of everybody's
};

// Somebody read personal data: a record of the journal like an event.
struct AccessRow {
  Instant at{};
  dossier::Actor actor;
  std::string dossier;  // id
  std::string what;     // "dossier", "file:ID", "form:06", "search" …
  std::string why;      // the ground: an action's name, a task, or what the reader gave as reason
};

struct OutboxRow {
  std::int64_t id = 0;
  // What rows are ordered by: the dossier, or of an inbound message "SUBJECT/inbound/SOURCE".
  std::string dossier_id;
  std::string kind;
  std::string payload;
  std::string effect;
  int attempts = 0;  // begun before
  // An attempt was begun and nobody knows how it ended: its effect may be there already.
  bool in_doubt = false;
};

// Which rows somebody takes, to deliver them.
struct OutboxClaim {
  Instant now{};
  Instant until{};  // nobody else is given them before
  int limit = 1;
  std::string only_kind{};  // empty: any
  std::vector<std::string> except_kinds{};
};

// An open row is waiting, or has failed and is to be tried again, or was set aside.
enum class OutboxState { waiting, retrying, set_aside };
struct OutboxEntry {
  OutboxRow row;
  std::string code;  // of the dossier; empty: of none
  Instant written_at{};
  Instant due_at{};  // set aside: far ahead
  std::string error;
};
struct OutboxQuery {
  OutboxState state = OutboxState::set_aside;
  Instant now{};
  std::string cursor;
  int limit = 50;
};
struct OutboxPage {
  std::vector<OutboxEntry> entries;  // in the order in which they are due
  std::string next_cursor;
};
inline constexpr std::int64_t kOutboxCounted = 10'000;
// Each at most kOutboxCounted.
struct OutboxCounts {
  std::int64_t waiting = 0, retrying = 0, set_aside = 0;
  std::optional<Instant> oldest_at;  // since when the oldest waits; not of those set aside
};
// What an administrator says about open rows that nobody is delivering now.
struct OutboxOrder {
  bool gives_up = false;           // they are closed undone; else: due at once, as if new
  std::vector<std::int64_t> rows;  // empty: all that are set aside
  Instant at{};
  std::string reason;  // kept with what is given up
  AccessRow record;    // journalled in the same transaction: who, and why
};

// A message of another system, known by its key.
struct InboundMessage {
  std::string source;
  std::string key;      // of the source
  std::string hash;     // of its content
  std::string subject;  // messages of one source and subject are done in their order
  std::string body;
  Instant at{};
};
struct InboundRecord {
  std::string hash;
  Instant received_at{};
  std::optional<std::string> answer;  // none: not done yet
  bool fresh = false;                 // it was not there before
};

struct AccountRow {
  std::string username;  // lower case
  std::string officer;   // JSON text of the officer
  std::string officer_id;
  std::string password_hash;
  bool must_change = false;
  bool active = true;

  friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

struct SessionRow {
  std::string token_hash;
  std::string username;
  std::string csrf;
  Instant created_at{};
  Instant seen_at{};
  std::string device{};                   // what the browser says it is, shortened
  std::string address{};                  // from where, as a block
  std::string strength{};                 // by what: "password", "two-factor", "external" …
  std::optional<Instant> confirmed_at{};  // when a second factor was last given
};

// ---------------------------------------------------------------- register entries

// A small record that is replaced as a whole: the factors of an account, a person, how a file was
// judged.  What has to be kept for ever is an event or a definition instead.
struct EntryRow {
  std::string kind;
  std::string key;
  std::int64_t version = 0;  // 1, 2 …: that it has, or in writing will have
  Instant at{};
  std::string body;                     // JSON text
  std::vector<std::string> found_by{};  // exact words; at most 100
  std::optional<Instant> expires_at{};  // deleted some time after
};
struct EntryKey {
  std::string kind;
  std::string key;
};
struct EntryQuery {
  std::string kind;
  std::string key_prefix{};
  std::string after_key{};  // exclusive; empty: from the beginning
  int limit = 1000;
};

// ---------------------------------------------------------------- definitions

// A version of something that says how procedures run here: a package, an overlay, a page of the
// national catalogue, what somebody decided about a finding, an approval, a record of a process
// test.  Versions are appended, never changed or taken back.  The kinds are in definition_kinds.h.
struct DefinitionRow {
  std::string kind;
  std::string key;
  std::int64_t version = 0;  // 1, 2 … of this kind and key
  Instant at{};
  dossier::Actor actor;
  std::string digest;  // of what `body` holds, as its kind says; may be empty
  std::string body;    // JSON text
};

struct DefinitionQuery {
  std::string kind;
  std::string key_prefix{};
  std::string after_key{};  // exclusive; empty: from the beginning
  int limit = 1000;
  bool with_body = true;  // without it `body` is empty
};

// ---------------------------------------------------------------- journal
// (docs/formats/journal.md)

// A record as the store holds it now, for whoever looks whether the tree agrees.
struct JournalRecord {
  std::int64_t index = -1;  // of its leaf; -1: none yet
  std::string kind;         // "event", "access", "calendar"
  std::string subject;
  std::int64_t sequence = 0;
  Instant at{};
  std::string type;
  std::string number;
  std::string salt;          // 16 bytes; empty once erased
  std::string content_hash;  // 32 bytes, where the content was erased; else empty
  dossier::Actor actor;
  std::string payload;
  std::string leaf_hash;  // 32 bytes, as the tree has it at `index`; empty: none there
};

// What to show of one record.
struct JournalLeaf {
  std::optional<std::int64_t> index;  // none until integrate_journal
  std::string hash;                   // 32 bytes
};

// A signed tree head.
struct HeadRow {
  std::int64_t size = 0;
  std::string checkpoint;  // text
  Instant at{};
  std::string timestamp;  // RFC 3161 token (DER), or empty
};

// 256 hashes, complete: of level `level` (in steps of eight), the n-th of it.
struct TileRow {
  int level = 0;
  std::int64_t number = 0;
  std::string hashes;  // 8,192 bytes
};

class Store {
 public:
  virtual ~Store() = default;

  // One transaction: either all of `commit` is there, or nothing.
  [[nodiscard]] virtual base::Result<Committed, CommitError> commit(const Commit& commit) = 0;
  // Each a transaction of its own with the contract of commit(), but handed over together, so that
  // they share syncs.  Written and answered in their order.
  [[nodiscard]] virtual std::vector<base::Result<Committed, CommitError>> commit_all(
      const std::vector<Commit>& commits) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<RequestRecord>> find_request(
      const RequestKey& request) = 0;

  [[nodiscard]] virtual base::Outcome<std::optional<LoadedDossier>> load(const std::string& id) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<std::string>> find_by_code(
      const std::string& code) = 0;
  // Up to and including `version`; 0: all.
  [[nodiscard]] virtual base::Outcome<std::vector<StoredEvent>> events(const std::string& id,
                                                                       std::int64_t version) = 0;
  [[nodiscard]] virtual base::Outcome<InboxPage> inbox(const InboxQuery& query) = 0;
  // Each once, in order.
  [[nodiscard]] virtual base::Outcome<std::vector<OpenWork>> open_work() = 0;
  [[nodiscard]] virtual base::Outcome<SearchPage> search(const SearchQuery& query) = 0;
  // Open dossiers of that person (by identity number, else by name) for that procedure.
  [[nodiscard]] virtual base::Outcome<std::vector<DossierRow>> open_twins(
      const std::string& procedure, const std::string& applicant_id, const std::string& name) = 0;
  [[nodiscard]] virtual base::Outcome<std::vector<DossierRow>> report(const ReportQuery& query) = 0;
  // Closed dossiers of that procedure that ended before that moment and are not erased yet; those
  // that ended first come first.
  [[nodiscard]] virtual base::Outcome<std::vector<DossierRow>> ended_before(
      const std::string& procedure, Instant before, int limit) = 0;
  // Taken at this agency and those below it by code; empty: everywhere.  In order of time.
  [[nodiscard]] virtual base::Outcome<std::vector<std::pair<std::string, PaymentRow>>> payments(
      const std::string& agency_prefix, Instant from, Instant to) = 0;  // dossier code, payment
  // The moment of the newest event; nothing in an empty store.
  [[nodiscard]] virtual base::Outcome<std::optional<Instant>> last_event_at() = 0;
  [[nodiscard]] virtual base::Outcome<std::int64_t> dossier_count() = 0;

  // What wakes at `now` or before, oldest first.  It stays until a commit or move_wakes replaces
  // it.
  [[nodiscard]] virtual base::Outcome<std::vector<WakeRow>> wakes_due(Instant now, int limit) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<Instant>> next_wake_at() = 0;
  // Sets the moment (kNever: none) of those dossiers that still are at the row's version and wake
  // or run; leaves the others alone.  One transaction.
  [[nodiscard]] virtual base::Outcome<base::Done> move_wakes(const std::vector<WakeRow>& rows) = 0;
  // All dossiers whose clock runs, of this agency and those below it by code (empty: of all), as
  // they are at one moment; those of an agency come together.  Ends when `visit` says false.
  [[nodiscard]] virtual base::Outcome<base::Done> each_running(
      const std::string& agency_prefix, const std::function<bool(const RunningRow&)>& visit) = 0;

  // All versions of all calendars, in order of office and version.
  [[nodiscard]] virtual base::Outcome<std::vector<CalendarVersionRow>> calendars() = 0;
  // Appends version `expected_version` + 1 (whatever row.version says) and answers it; conflict
  // when the office is not at `expected_version`.  A repeated request gives its version again; the
  // same key with another hash is a conflict.
  [[nodiscard]] virtual base::Outcome<std::int64_t> save_calendar(
      const CalendarVersionRow& row, std::int64_t expected_version,
      const std::optional<RequestKey>& request) = 0;

  // Each event is journalled with its commit.  The other records:
  // Durable when it returns.
  [[nodiscard]] virtual base::Outcome<base::Done> record_accesses(
      const std::vector<AccessRow>& rows) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Outcome<std::vector<AccessRow>> accesses(const std::string& dossier,
                                                                       int limit) = 0;
  // Gives an index to every record that has none, in an order in which a dossier's events follow
  // each other; answers the number of leaves.  A store may do so within the commit.
  [[nodiscard]] virtual base::Outcome<std::int64_t> integrate_journal() = 0;
  [[nodiscard]] virtual base::Outcome<std::int64_t> journal_size() = 0;
  // Leaf hashes from index `from`, 32 bytes each, up to `count` of them, in one text.
  [[nodiscard]] virtual base::Outcome<std::string> leaf_hashes(std::int64_t from,
                                                               std::int64_t count) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<JournalLeaf>> find_leaf(
      const std::string& subject, std::int64_t sequence) = 0;
  // The record with this leaf; for the leaf's own text.
  [[nodiscard]] virtual base::Outcome<std::optional<JournalRecord>> find_record(
      std::int64_t index) = 0;
  // Every record, at one moment; in order of index where the store is whole, those without an index
  // last.  Ends when `visit` says false.
  [[nodiscard]] virtual base::Outcome<base::Done> each_record(
      const std::function<bool(const JournalRecord&)>& visit) = 0;
  // Appends a head and the tiles that became complete with it; conflict when there is a head of
  // this size or more.
  [[nodiscard]] virtual base::Outcome<base::Done> save_head(const HeadRow& head,
                                                            const std::vector<TileRow>& tiles) = 0;
  // The token of a head that has none yet.
  [[nodiscard]] virtual base::Outcome<base::Done> save_timestamp(std::int64_t size,
                                                                 const std::string& token) = 0;
  // In order of size; those of at least `from_size`, at most `limit`.
  [[nodiscard]] virtual base::Outcome<std::vector<HeadRow>> heads(std::int64_t from_size,
                                                                  int limit) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<HeadRow>> last_head() = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<std::string>> tile(int level,
                                                                       std::int64_t number) = 0;

  // Definitions that dossiers pin: digest -> JSON text of the package's files.
  [[nodiscard]] virtual base::Outcome<base::Done> save_revision(const std::string& digest,
                                                                const std::string& code,
                                                                const std::string& files) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<std::string>> find_revision(
      const std::string& digest) = 0;

  // Appends all of them in one transaction.  Conflict, and nothing is there, when one's `version`
  // is not the one after the newest of its kind and key.
  [[nodiscard]] virtual base::Outcome<base::Done> save_definitions(
      const std::vector<DefinitionRow>& rows) = 0;
  // `version` 0: the newest.
  [[nodiscard]] virtual base::Outcome<std::optional<DefinitionRow>> find_definition(
      const std::string& kind, const std::string& key, std::int64_t version) = 0;
  // The newest version of each, in order of key (by bytes).
  [[nodiscard]] virtual base::Outcome<std::vector<DefinitionRow>> definitions(
      const DefinitionQuery& query) = 0;
  // All versions of one, oldest first.
  [[nodiscard]] virtual base::Outcome<std::vector<DefinitionRow>> definition_history(
      const std::string& kind, const std::string& key) = 0;
  // Grows with every row appended, by whichever program; for whoever wants to know cheaply whether
  // something is new.
  [[nodiscard]] virtual base::Outcome<std::int64_t> definitions_sequence() = 0;

  // Writes all of them in one transaction.  Conflict, and nothing is there, when one's `version` is
  // not the one after that it has (none: 0), or the request's key was used before.
  [[nodiscard]] virtual base::Outcome<base::Done> save_entries(
      const std::vector<EntryRow>& rows, const std::optional<RequestKey>& request) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<EntryRow>> find_entry(
      const std::string& kind, const std::string& key) = 0;
  // In order of key (by bytes).
  [[nodiscard]] virtual base::Outcome<std::vector<EntryRow>> entries(const EntryQuery& query) = 0;
  // Those that are found by exactly this word, in order of key.
  [[nodiscard]] virtual base::Outcome<std::vector<EntryRow>> entries_found_by(
      const std::string& kind, const std::string& word, int limit) = 0;
  // One transaction; those that are not there do not matter.
  [[nodiscard]] virtual base::Outcome<base::Done> delete_entries(
      const std::vector<EntryKey>& keys) = 0;
  [[nodiscard]] virtual base::Outcome<std::int64_t> delete_entries_expired_at(Instant now) = 0;

  // Drafts: replaced as a whole.  `request` (when given) makes the creation repeatable.
  [[nodiscard]] virtual base::Outcome<base::Done> save_draft(
      const DraftRow& draft, const std::optional<RequestKey>& request) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<DraftRow>> load_draft(
      const std::string& id) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> delete_draft(const std::string& id) = 0;
  [[nodiscard]] virtual base::Outcome<std::int64_t> delete_drafts_expired_at(Instant now) = 0;

  [[nodiscard]] virtual base::Outcome<base::Done> save_file(
      const FileRow& file, const std::optional<RequestKey>& request) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<FileRow>> find_file(const std::string& id) = 0;

  // As new, without pieces.  Conflict when the request's key was used before.
  [[nodiscard]] virtual base::Outcome<base::Done> save_upload(
      const UploadRow& upload, const std::optional<RequestKey>& request) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<UploadRow>> find_upload(
      const std::string& id) = 0;
  // Durable when it answers the new offset.  Conflict when the upload is gone, or its offset is
  // not piece.start; `invalid` when the piece reaches beyond its size.
  [[nodiscard]] virtual base::Outcome<std::int64_t> append_upload(const std::string& id,
                                                                  const UploadPiece& piece) = 0;
  // In order.
  [[nodiscard]] virtual base::Outcome<std::vector<UploadPiece>> upload_pieces(
      const std::string& id) = 0;
  [[nodiscard]] virtual base::Outcome<OpenUploads> open_uploads(const std::string& owner) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> delete_upload(const std::string& id) = 0;
  [[nodiscard]] virtual base::Outcome<std::int64_t> delete_uploads_expired_at(Instant now) = 0;

  // File rows that nobody can come back to: of drafts that are gone, and of officers uploaded
  // before `unclaimed` whose address no dossier names.  Marks those there are now with `now`, and
  // deletes those that were marked at `marked` or before.  The number of deleted.
  [[nodiscard]] virtual base::Outcome<std::int64_t> delete_files_abandoned(Instant now,
                                                                           Instant marked,
                                                                           Instant unclaimed) = 0;
  // Those of `addresses` that nothing here names: no file row (nor as its original), no piece of an
  // upload, no dossier.
  [[nodiscard]] virtual base::Outcome<std::vector<std::string>> unnamed_addresses(
      const std::vector<std::string>& addresses) = 0;

  // Due items, oldest first, at most one per dossier.  An item that waits holds up the later ones
  // of its dossier, unless it was set aside: due ten years ahead or more.  Only looks.
  [[nodiscard]] virtual base::Outcome<std::vector<OutboxRow>> outbox_due(Instant now,
                                                                         int limit) = 0;
  // Takes such items: before `until` nobody else is given them, and the attempt counts as begun.
  // Durable when it returns.
  [[nodiscard]] virtual base::Outcome<std::vector<OutboxRow>> outbox_claim(
      const OutboxClaim& claim) = 0;
  // The attempt has ended.  `attempt` says which (row.attempts + 1): nothing happens when somebody
  // else has begun a later one.
  [[nodiscard]] virtual base::Outcome<base::Done> outbox_done(std::int64_t id, Instant at) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> outbox_retry(std::int64_t id, int attempt,
                                                               Instant at,
                                                               const std::string& error) = 0;
  // Those of that kind that wait for a later attempt are due at once; for when a peer is back.
  [[nodiscard]] virtual base::Outcome<base::Done> outbox_hasten(const std::string& kind,
                                                                Instant now) = 0;
  [[nodiscard]] virtual base::Outcome<OutboxCounts> outbox_counts(Instant now) = 0;
  [[nodiscard]] virtual base::Outcome<OutboxPage> outbox_page(const OutboxQuery& query) = 0;
  // How many rows it concerned, which is the version that find_request tells of the request.
  // Conflict when the request's key was used before.
  [[nodiscard]] virtual base::Outcome<std::int64_t> outbox_order(const OutboxOrder& order,
                                                                 const RequestKey& request) = 0;
  // Deletes at most `limit` rows that were done before `before`; how many.
  [[nodiscard]] virtual base::Outcome<std::int64_t> outbox_purge(Instant before, int limit) = 0;

  // Keeps the message and puts it into the outbox (kind "inbound/SOURCE", effect
  // "inbound/SOURCE/KEY", its body as payload), unless the source has sent that key before: then
  // nothing changes.  What is there afterwards; durable when it returns.
  [[nodiscard]] virtual base::Outcome<InboundRecord> accept_inbound(
      const InboundMessage& message) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<InboundRecord>> find_inbound(
      const std::string& source, const std::string& key) = 0;
  // The first answer stays.
  [[nodiscard]] virtual base::Outcome<base::Done> answer_inbound(const std::string& source,
                                                                 const std::string& key,
                                                                 const std::string& answer) = 0;

  [[nodiscard]] virtual base::Outcome<std::vector<AccountRow>> accounts() = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<AccountRow>> find_account(
      const std::string& username) = 0;
  // Inserts or replaces, whatever is there: for seeding.  What is there is changed by
  // replace_account (Officers::change).
  [[nodiscard]] virtual base::Outcome<base::Done> save_account(const AccountRow& account) = 0;
  // Conflict, and nothing changes, unless the account is in every column as `before` says.
  [[nodiscard]] virtual base::Outcome<base::Done> replace_account(const AccountRow& before,
                                                                  const AccountRow& after) = 0;
  // Like save_account, but conflict when the username exists.
  [[nodiscard]] virtual base::Outcome<base::Done> create_account(const AccountRow& account) = 0;
  // Inserts; of one that is there only seen_at, strength and confirmed_at change.
  [[nodiscard]] virtual base::Outcome<base::Done> save_session(const SessionRow& session) = 0;
  // Of one account, newest first.
  [[nodiscard]] virtual base::Outcome<std::vector<SessionRow>> sessions(
      const std::string& username) = 0;
  [[nodiscard]] virtual base::Outcome<std::optional<SessionRow>> find_session(
      const std::string& token_hash) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> delete_session(const std::string& token_hash) = 0;
  // All of an account, except one (empty: none).
  [[nodiscard]] virtual base::Outcome<base::Done> delete_sessions(const std::string& username,
                                                                  const std::string& except) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> delete_sessions_seen_before(Instant at) = 0;

  // Small settings: the setup token's hash, "demo", …
  [[nodiscard]] virtual base::Outcome<std::optional<std::string>> setting(
      const std::string& name) = 0;
  [[nodiscard]] virtual base::Outcome<base::Done> save_setting(const std::string& name,
                                                               const std::string& value) = 0;
};

}  // namespace casework
