#include "storage/sqlite/commit.h"

#include <algorithm>

#include "base/text.h"
#include "storage/sqlite/erasure.h"
#include "storage/sqlite/file_rows.h"
#include "storage/sqlite/outbox_rows.h"

namespace storage::sqlite {

namespace {

using casework::Commit;
using casework::CommitError;
using casework::CommitFailure;
using casework::Committed;

// Event times may differ by a little between commands that were decided at once.
constexpr std::chrono::seconds kDisorder{5};
constexpr std::chrono::days kPausedBehind{36'500};

base::Failure<CommitError> fail(CommitFailure failure) {
  return base::Failure{CommitError{failure, {}}};
}

struct Replacement {
  std::string placeholder;
  std::string number;
};

std::string fill_in(std::string text, const std::vector<Replacement>& numbers) {
  for (const Replacement& one : numbers) {
    for (std::size_t at = text.find(one.placeholder); at != std::string::npos;
         at = text.find(one.placeholder, at + one.number.size())) {
      text.replace(at, one.placeholder.size(), one.number);
    }
  }
  return text;
}

// What the store holds of a dossier and no later commit changes.
struct Stored {
  std::string agency;
  std::string code;
};

class Writing {
 public:
  Writing(Database& database, const std::string& tenant, const Commit& commit,
          const std::vector<Sealed>& sealed, Stored stored)
      : database_(database),
        tenant_(tenant),
        commit_(commit),
        sealed_(sealed),
        row_(commit.row),
        stored_(std::move(stored)) {}

  base::Outcome<base::Done> run() {
    TRY(allot_numbers());
    row_.code = fill_in(row_.code, numbers_);
    if (commit_.erases) {
      TRY(erase_content(database_, tenant_, row_.id, commit_.expected_version));
      TRY(erase_person());
    }
    TRY(write_dossier());
    TRY(write_events());
    TRY(write_tasks());
    TRY(write_running());
    TRY(write_payments());
    TRY(write_addresses(database_, tenant_, row_.id, commit_.addresses, commit_.erases));
    if (commit_.erases) TRY(erase_outbox(database_, tenant_, row_.id));
    return write_outbox();
  }

  [[nodiscard]] Committed committed() const {
    Committed done{.version = row_.version, .numbers = {}};
    for (const Replacement& one : numbers_) done.numbers.push_back(one.number);
    return done;
  }

 private:
  base::Outcome<base::Done> allot_numbers() {
    for (const casework::EventToStore& event : commit_.events) {
      if (!event.number.has_value()) continue;
      const std::int64_t number = TRY(next_number(event.number->key));
      numbers_.push_back({casework::number_placeholder(commit_.row.id, numbers_.size()),
                          dossier::format_number(*event.number, number)});
    }
    return base::Done{};
  }

  // Updated first and inserted only where there is none yet: an upsert would cost a statement
  // journal, and with it a segment of the full-text index, for every filing.
  base::Outcome<std::int64_t> next_number(const std::string& series) {
    Statement count = TRY(database_.prepare(
        "UPDATE number_series SET last = last + 1 WHERE tenant = ?1 AND series = ?2"));
    count.bind(tenant_).bind(series);
    TRY(count.run());
    if (database_.changes() == 0) {
      Statement begin = TRY(
          database_.prepare("INSERT INTO number_series (tenant, series, last) VALUES (?1, ?2, 1)"));
      begin.bind(tenant_).bind(series);
      TRY(begin.run());
      return std::int64_t{1};
    }
    Statement last =
        TRY(database_.prepare("SELECT last FROM number_series WHERE tenant = ?1 AND series = ?2"));
    last.bind(tenant_).bind(series);
    if (!TRY(last.step())) {
      return base::fault(base::FaultCode::internal, "a number series gave no number");
    }
    return last.number(0);
  }

  base::Outcome<base::Done> write_dossier() {
    std::int64_t search_row = 0;
    const bool fresh = commit_.expected_version == 0;
    if (fresh) stored_ = {.agency = row_.agency, .code = row_.code};
    if (commit_.search_text.has_value()) {
      if (!fresh) {
        Statement find =
            TRY(database_.prepare("SELECT search_row FROM dossier WHERE tenant = ?1 AND id = ?2"));
        find.bind(tenant_).bind(row_.id);
        if (TRY(find.step())) search_row = find.number(0);
      }
      // People ask by a part of the code, too: the day and number, or the number alone.
      const std::string words = *commit_.search_text + ' ' + base::fold_for_search(stored_.code);
      if (search_row == 0) {
        Statement insert = TRY(database_.prepare("INSERT INTO dossier_words (words) VALUES (?1)"));
        insert.bind(words);
        TRY(insert.run());
        search_row = database_.last_row();
      } else {
        Statement update =
            TRY(database_.prepare("UPDATE dossier_words SET words = ?2 WHERE rowid = ?1"));
        update.bind(search_row).bind(words);
        TRY(update.run());
      }
    }
    const std::string state = fill_in(commit_.state, numbers_);
    const std::string slip = fill_in(commit_.slip_number, numbers_);
    if (fresh) {
      const std::string folded = base::fold_for_search(row_.applicant);
      Statement insert = TRY(database_.prepare(
          "INSERT INTO dossier (tenant, id, code, version, procedure, digest, agency, "
          "receiving_agency, status, channel, applicant, applicant_id, applicant_folded, step, "
          "holder, filed_at, received_at, due_at, finished_at, paused, closed, slip_number, "
          "search_row, state, returning_agency) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
          "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)"));
      insert.bind(tenant_).bind(row_.id).bind(row_.code).bind(row_.version).bind(row_.procedure);
      insert.bind(row_.digest).bind(row_.agency).bind(row_.receiving_agency).bind(row_.status);
      insert.bind(row_.channel).bind(row_.applicant).bind(row_.applicant_id).bind(folded);
      insert.bind(row_.step).bind(row_.holder).bind(row_.filed_at).bind(row_.received_at);
      insert.bind(row_.due_at).bind(row_.finished_at).bind(row_.paused).bind(row_.closed);
      insert.bind(slip).bind(search_row).bind(state).bind(row_.returning_agency);
      TRY(insert.run());
      return involve();
    }
    // Whoever joined since.
    if (commit_.search_text.has_value()) TRY(involve());
    Statement update = TRY(database_.prepare(
        "UPDATE dossier SET version = ?3, status = ?4, step = ?5, holder = ?6, received_at = ?7, "
        "due_at = ?8, finished_at = ?9, paused = ?10, closed = ?11, slip_number = ?12, "
        "state = ?13, digest = ?14, returning_agency = ?15 WHERE tenant = ?1 AND id = ?2"));
    update.bind(tenant_).bind(row_.id).bind(row_.version).bind(row_.status).bind(row_.step);
    update.bind(row_.holder).bind(row_.received_at).bind(row_.due_at).bind(row_.finished_at);
    update.bind(row_.paused).bind(row_.closed).bind(slip).bind(state).bind(row_.digest);
    update.bind(row_.returning_agency);
    return update.run();
  }

  base::Outcome<base::Done> involve() {
    for (const std::string& agency : commit_.agencies) {
      Statement insert =
          TRY(database_.prepare("INSERT OR IGNORE INTO involved (tenant, agency, "
                                "filed_at, dossier) VALUES (?1, ?2, ?3, ?4)"));
      insert.bind(tenant_).bind(agency).bind(row_.filed_at).bind(row_.id);
      TRY(insert.run());
    }
    return base::Done{};
  }

  // What no other commit changes: who the applicant is.
  base::Outcome<base::Done> erase_person() {
    const std::string folded = base::fold_for_search(row_.applicant);
    Statement update =
        TRY(database_.prepare("UPDATE dossier SET applicant = ?3, applicant_id = ?4, "
                              "applicant_folded = ?5, erased = 1 WHERE tenant = ?1 AND id = ?2"));
    update.bind(tenant_).bind(row_.id).bind(row_.applicant).bind(row_.applicant_id).bind(folded);
    return update.run();
  }

  base::Outcome<base::Done> write_events() {
    std::int64_t sequence = commit_.expected_version;
    std::size_t allotted = 0;
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
      const casework::EventToStore& event = commit_.events[i];
      const std::string number =
          event.number.has_value() ? numbers_.at(allotted++).number : std::string{};
      const std::int64_t leaf = TRY(append_leaf(database_, tenant_,
                                                {.tenant = tenant_,
                                                 .kind = "event",
                                                 .subject = row_.id,
                                                 .sequence = sequence + 1,
                                                 .at = commit_.at.time_since_epoch().count(),
                                                 .type = event.type,
                                                 .number = number,
                                                 .content = sealed_[i].content}));
      Statement insert = TRY(database_.prepare(
          "INSERT INTO event (tenant, dossier, sequence, at, actor_kind, actor_id, actor_name, "
          "actor_agency, type, payload, number, leaf, salt) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"));
      insert.bind(tenant_).bind(row_.id).bind(++sequence).bind(commit_.at);
      insert.bind(static_cast<int>(commit_.actor.kind)).bind(commit_.actor.id);
      insert.bind(commit_.actor.name).bind(commit_.actor.agency).bind(event.type);
      insert.bind(event.payload).bind(number).bind(leaf).bind_blob(sealed_[i].salt);
      TRY(insert.run());
    }
    return base::Done{};
  }

  base::Outcome<base::Done> write_tasks() {
    if (commit_.expected_version != 0) {
      Statement clear =
          TRY(database_.prepare("DELETE FROM task WHERE tenant = ?1 AND dossier = ?2"));
      clear.bind(tenant_).bind(row_.id);
      TRY(clear.run());
    }
    for (const casework::TaskRow& task : commit_.tasks) {
      // First what is due first; what has no due date yet waits in the order of its arrival.
      calendar::Instant sort_at = task.due_at.value_or(row_.due_at.value_or(task.opened_at));
      if (row_.due_at.has_value()) sort_at = std::min(sort_at, *row_.due_at);
      // While the clock stands nobody at the office is waited for: behind everything else.
      if (row_.paused) sort_at += kPausedBehind;
      Statement insert = TRY(database_.prepare(
          "INSERT INTO task (tenant, agency, sort_at, dossier, activity, role, assignee, "
          "assignee_name, step, action, opened_at, due_at, dossier_due_at, received, paused, "
          "procedure) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
          "?16)"));
      insert.bind(tenant_).bind(task.agency).bind(sort_at).bind(row_.id);
      insert.bind(static_cast<std::int64_t>(task.activity)).bind(task.role);
      insert.bind(task.assignee_id).bind(task.assignee_name).bind(task.step).bind(task.action);
      insert.bind(task.opened_at).bind(task.due_at).bind(row_.due_at);
      insert.bind(row_.received_at.has_value()).bind(row_.paused).bind(row_.procedure);
      TRY(insert.run());
    }
    return base::Done{};
  }

  // Nothing is written while neither a clock nor a moment is there, as before the reception.
  base::Outcome<base::Done> write_running() {
    const bool fresh = commit_.expected_version == 0;
    const std::optional<calendar::Instant> wake_at =
        commit_.wake_at == casework::kNever ? std::nullopt : commit_.wake_at;
    if (!wake_at.has_value() && commit_.clock.empty()) {
      if (fresh) return base::Done{};
      Statement clear = TRY(database_.prepare(
          "DELETE FROM running WHERE tenant = ?1 AND agency = ?2 AND dossier = ?3"));
      clear.bind(tenant_).bind(stored_.agency).bind(row_.id);
      return clear.run();
    }
    const std::string clock = fill_in(commit_.clock, numbers_);
    if (!fresh) {
      Statement update =
          TRY(database_.prepare("UPDATE running SET version = ?4, due_at = ?5, wake_at = ?6, "
                                "clock = ?7 WHERE tenant = ?1 AND agency = ?2 AND dossier = ?3"));
      update.bind(tenant_).bind(stored_.agency).bind(row_.id).bind(row_.version);
      update.bind(row_.due_at).bind(wake_at).bind(clock);
      TRY(update.run());
      if (database_.changes() != 0) return base::Done{};
    }
    Statement insert = TRY(database_.prepare(
        "INSERT INTO running (tenant, agency, dossier, code, version, due_at, wake_at, clock) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    insert.bind(tenant_).bind(stored_.agency).bind(row_.id).bind(stored_.code);
    insert.bind(row_.version).bind(row_.due_at).bind(wake_at).bind(clock);
    return insert.run();
  }

  base::Outcome<base::Done> write_payments() {
    for (const casework::PaymentRow& payment : commit_.payments) {
      const std::string receipt = fill_in(payment.receipt, numbers_);
      Statement insert = TRY(database_.prepare(
          "INSERT INTO payment (tenant, agency, at, receipt, kind, dossier, amount, method, "
          "reason, "
          "cashier, cashier_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
      insert.bind(tenant_).bind(payment.agency).bind(payment.at).bind(receipt).bind(payment.kind);
      insert.bind(row_.id).bind(payment.amount).bind(payment.method).bind(payment.reason);
      insert.bind(payment.cashier_id).bind(payment.cashier_name);
      TRY(insert.run());
    }
    return base::Done{};
  }

  base::Outcome<base::Done> write_outbox() {
    for (const casework::OutboxItem& item : commit_.outbox) {
      TRY(write_outbox_row(database_, tenant_, row_.id, item, commit_.at));
    }
    return base::Done{};
  }

  Database& database_;
  const std::string& tenant_;
  const Commit& commit_;
  const std::vector<Sealed>& sealed_;
  casework::DossierRow row_;
  Stored stored_;
  std::vector<Replacement> numbers_;
};

// The questions that decide whether the commit may be written at all.
base::Result<Stored, CommitError> admissible(Database& database, const std::string& tenant,
                                             const Commit& commit) {
  Stored stored;
  const auto ask = [&]() -> base::Outcome<CommitFailure> {
    Statement twin = TRY(
        database.prepare("SELECT 1 FROM request WHERE tenant = ?1 AND actor = ?2 AND key = ?3"));
    twin.bind(tenant).bind(commit.request.actor).bind(commit.request.key);
    if (TRY(twin.step())) return CommitFailure::repeated;
    Statement latest = TRY(
        database.prepare("SELECT value FROM setting WHERE tenant = ?1 AND name = 'last_event_at'"));
    latest.bind(tenant);
    if (TRY(latest.step()) && commit.at + kDisorder < latest.instant(0)) {
      return CommitFailure::backwards;
    }
    Statement current = TRY(database.prepare(
        "SELECT version, agency, code FROM dossier WHERE tenant = ?1 AND id = ?2"));
    current.bind(tenant).bind(commit.row.id);
    std::int64_t version = 0;
    if (TRY(current.step())) {
      version = current.number(0);
      stored = {.agency = current.text(1), .code = current.text(2)};
    }
    if (version != commit.expected_version) return CommitFailure::conflict;
    return CommitFailure::fault;  // stands for: nothing against it
  };
  const auto answer = ask();
  if (!answer) return base::Failure{CommitError{CommitFailure::fault, answer.error()}};
  if (*answer != CommitFailure::fault) return fail(*answer);
  return stored;
}

base::Outcome<base::Done> remember_request(Database& database, const std::string& tenant,
                                           const Commit& commit) {
  Statement insert =
      TRY(database.prepare("INSERT INTO request (tenant, actor, key, hash, subject, version) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  insert.bind(tenant).bind(commit.request.actor).bind(commit.request.key);
  insert.bind(commit.request.hash).bind(commit.row.id).bind(commit.row.version);
  TRY(insert.run());
  Statement clock =
      TRY(database.prepare("UPDATE setting SET value = max(CAST(value AS INTEGER), ?2) "
                           "WHERE tenant = ?1 AND name = 'last_event_at'"));
  clock.bind(tenant).bind(commit.at);
  TRY(clock.run());
  if (database.changes() != 0) return base::Done{};
  Statement first = TRY(database.prepare(
      "INSERT INTO setting (tenant, name, value) VALUES (?1, 'last_event_at', ?2)"));
  first.bind(tenant).bind(commit.at);
  return first.run();
}

}  // namespace

base::Result<Committed, CommitError> write_commit(Database& database, const std::string& tenant,
                                                  const Commit& commit,
                                                  const std::vector<Sealed>& sealed) {
  Writing writing(database, tenant, commit, sealed, TRY(admissible(database, tenant, commit)));
  auto written = writing.run();
  if (written) written = remember_request(database, tenant, commit);
  if (!written) return base::Failure{CommitError{CommitFailure::fault, written.error()}};
  return writing.committed();
}

}  // namespace storage::sqlite
