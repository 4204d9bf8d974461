#include "storage/fault/flaws.h"

#include <array>

#include "casework/journal_record.h"
#include "casework/sealing.h"
#include "journal/audit.h"
#include "storage/sqlite/database.h"

namespace storage::fault {

namespace {

struct Question {
  const char* flaw;
  const char* count;  // SQL that counts what has it
};

constexpr std::array kQuestions{
    Question{"dossiers whose version is not the number of their events",
             "SELECT count(*) FROM dossier d WHERE d.version <> (SELECT count(*) FROM event e "
             "WHERE e.tenant = d.tenant AND e.dossier = d.id)"},
    Question{"events without a dossier",
             "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM dossier d "
             "WHERE d.tenant = e.tenant AND d.id = e.dossier)"},
    Question{"dossiers without the one task of their version",
             "SELECT count(*) FROM dossier d WHERE 1 <> (SELECT count(*) FROM task t "
             "WHERE t.tenant = d.tenant AND t.dossier = d.id AND t.activity = d.version - 1)"},
    Question{"what runs is not at its dossier's version",
             "SELECT count(*) FROM running r WHERE NOT EXISTS (SELECT 1 FROM dossier d "
             "WHERE d.tenant = r.tenant AND d.id = r.dossier AND d.version = r.version "
             "AND d.agency = r.agency AND d.code = r.code)"},
    // A clock starts at the third version and ends with the dossier.
    Question{"clocks that should not run, or should",
             "SELECT count(*) FROM dossier d LEFT JOIN running r ON r.tenant = d.tenant "
             "AND r.dossier = d.id WHERE coalesce(r.clock, '') <> CASE d.version "
             "WHEN 2 THEN '' WHEN 3 THEN 'running' ELSE iif(EXISTS (SELECT 1 FROM event e "
             "WHERE e.tenant = d.tenant AND e.dossier = d.id AND e.type = 'warned'), "
             "'warned', '') END"},
    Question{"dossiers without their agencies",
             "SELECT count(*) FROM dossier d WHERE 2 <> (SELECT count(*) FROM involved i "
             "WHERE i.tenant = d.tenant AND i.dossier = d.id)"},
    Question{"dossiers without their words",
             "SELECT count(*) FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM dossier_words w "
             "WHERE w.rowid = d.search_row)"},
    Question{"gaps in the numbers of dossiers",
             "SELECT abs((SELECT coalesce(max(last), 0) FROM number_series WHERE series = 's') "
             "- (SELECT count(DISTINCT code) FROM dossier))"},
    Question{"gaps in the numbers of receipts",
             "SELECT abs((SELECT coalesce(max(last), 0) FROM number_series WHERE series = 'r') "
             "- (SELECT count(DISTINCT receipt) FROM payment))"},
    Question{"payments without their event",
             "SELECT abs((SELECT count(*) FROM payment) - (SELECT count(*) FROM event "
             "WHERE type = 'paid'))"},
    Question{"payments without their mail",
             "SELECT abs((SELECT count(*) FROM payment) - (SELECT count(*) FROM outbox))"},
    Question{"requests that are not one for each commit",
             "SELECT abs((SELECT coalesce(sum(version - 1), 0) FROM dossier) - "
             "(SELECT count(*) FROM request))"},
};

}  // namespace

std::vector<std::string> losses(casework::Store& store, const Ledger& ledger) {
  std::vector<std::string> lost;
  for (const auto& [dossier, version] : ledger.versions()) {
    const auto loaded = store.load(dossier);
    if (!loaded) {
      lost.push_back(dossier + " cannot be read: " + loaded.error().message);
    } else if (!loaded->has_value()) {
      lost.push_back(dossier + " was acknowledged and is gone");
    } else if ((*loaded)->row.version < version) {
      lost.push_back(dossier + " was acknowledged at version " + std::to_string(version) +
                     " and is at " + std::to_string((*loaded)->row.version));
    }
  }
  return lost;
}

std::vector<std::string> flaws_of_retries(casework::Store& store,
                                          const std::vector<casework::Commit>& open) {
  std::vector<std::string> flaws;
  for (const casework::Commit& commit : open) {
    const auto again = store.commit(commit);
    const auto refused = again ? casework::CommitFailure::repeated : again.error().failure;
    // Outrun: the sweep was first, at the same version.
    if (refused == casework::CommitFailure::conflict) continue;
    if (refused != casework::CommitFailure::repeated) {
      flaws.push_back("asking again for " + commit.request.key + " ends with " +
                      again.error().fault.message);
      continue;
    }
    const auto known = store.find_request(commit.request);
    if (!known || !known->has_value() || (*known)->hash != commit.request.hash ||
        (*known)->dossier_id != commit.row.id || (*known)->version != commit.row.version) {
      flaws.push_back(commit.request.key + " is not remembered as it was asked");
    }
    const auto third = store.commit(commit);
    if (third || third.error().failure != casework::CommitFailure::repeated) {
      flaws.push_back(commit.request.key + " is done once more");
    }
  }
  return flaws;
}

std::vector<std::string> flaws_of_journal(casework::Store& store, const std::string& tenant,
                                          const journal::VerifierKey& key, const Ledger& ledger) {
  const auto audited = [&]() -> base::Outcome<journal::AuditReport> {
    std::vector<journal::AuditHead> heads;
    const auto hold = [&](const char* where, const casework::HeadRow& head) {
      heads.push_back({.name = std::string{where} + " head " + std::to_string(head.size),
                       .checkpoint = head.checkpoint,
                       .size = head.size,
                       .timestamp = head.timestamp});
    };
    for (const auto& head : ledger.heads()) hold("given out:", head);
    for (const auto& head : TRY(store.heads(0, 1'000'000))) hold("stored:", head);
    const std::int64_t size = TRY(store.journal_size());
    journal::Audit audit({.tenant = tenant,
                          .size = size,
                          .source = casework::tree_source(store),
                          .keys = {key},
                          .heads = std::move(heads),
                          .ca = {}});
    base::Outcome<base::Done> added = base::Done{};
    TRY(store.each_record([&](const casework::JournalRecord& record) {
      added = audit.add({.index = record.index,
                         .leaf = casework::leaf_of(tenant, record),
                         .erased = false,
                         .leaf_hash = record.leaf_hash});
      return added.has_value();
    }));
    TRY(added);
    return audit.finish();
  };
  const auto report = audited();
  if (!report) return {"the journal cannot be audited: " + report.error().message};
  std::vector<std::string> flaws;
  for (const journal::AuditFinding& one : report->findings) {
    flaws.push_back("journal: " + std::string{journal::to_text(one.damage)} + " at " +
                    std::to_string(one.index) + ", " + one.detail);
  }
  if (report->records_waiting != 0) flaws.push_back("events without a leaf");
  // Only then has every head been found in this tree.
  if (report->heads_held < static_cast<std::int64_t>(ledger.heads().size())) {
    flaws.push_back("journal: not of this tree is a head that was given out");
  }
  return flaws;
}

std::vector<std::string> flaws_of_database(const std::string& path, bool thorough) {
  std::vector<std::string> flaws;
  const auto database = sqlite::Database::open(path, sqlite::Database::Use::read);
  if (!database) return {"cannot be opened: " + database.error().message};
  const auto ask = [&](const Question& question) -> base::Outcome<std::int64_t> {
    sqlite::Statement statement = TRY((*database)->prepare(question.count));
    const bool row = TRY(statement.step());
    return row ? statement.number(0) : -1;
  };
  const auto look = [&](const Question& question) {
    const auto found = ask(question);
    if (!found) {
      flaws.push_back(std::string{question.flaw} + ": " + found.error().message);
    } else if (*found != 0) {
      flaws.push_back(std::to_string(*found) + ": " + question.flaw);
    }
  };
  for (const Question& question : kQuestions) look(question);
  if (thorough) {
    look({"flaws of the pages",
          "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"});
  }
  return flaws;
}

}  // namespace storage::fault
