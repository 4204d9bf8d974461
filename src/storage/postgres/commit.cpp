#include "storage/postgres/commit.h"

#include <deque>

#include "storage/postgres/commit_values.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using casework::Commit;
using casework::CommitError;
using casework::CommitFailure;
using casework::Committed;

constexpr int kAttempts = 5;
constexpr std::size_t kTogether = 64;

const Sql kCommit{
    "commit_command",
    "SELECT commit_command($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
    "$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, "
    "$35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, "
    "$53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, "
    "$71, $72, $73, $74, $75, $76)"};
const Sql kRequest{"find_request",
                   "SELECT hash, subject, version FROM request "
                   "WHERE tenant = $1 AND actor = $2 AND key = $3"};
const Sql kNumbers{"numbers_of_commit",
                   "SELECT number FROM event WHERE tenant = $1 AND dossier = $2 AND sequence > $3 "
                   "AND sequence <= $4 AND number <> '' ORDER BY sequence"};
// Commits are flushed in their order: when this one is on disk, all before it are.
const Sql kFlush{"flush",
                 "INSERT INTO flushed AS f (tenant, times) VALUES ($1, 1) "
                 "ON CONFLICT (tenant) DO UPDATE SET times = f.times + 1"};

base::Failure<CommitError> fail(CommitFailure failure) {
  return base::Failure{CommitError{failure, {}}};
}
base::Failure<CommitError> fail(const base::Fault& fault) {
  return base::Failure{CommitError{CommitFailure::fault, fault}};
}

Outcome<Done> flush(Connection& connection, const std::string& tenant, Deadline deadline) {
  Values values;
  values.bind(tenant);
  TRY(connection.run(kFlush, values, deadline));
  return Done{};
}

Committing answer_of(const Outcome<Rows>& rows, const Trouble& trouble, const Commit& commit) {
  if (!rows) {
    if (trouble.constraint.starts_with("request_pkey")) return fail(CommitFailure::repeated);
    if (trouble.constraint.starts_with("dossier_pkey")) return fail(CommitFailure::conflict);
    return fail(rows.error());
  }
  std::vector<std::string> words = (*rows)[0].texts(0);
  const std::string outcome = words.empty() ? std::string{} : words.front();
  if (outcome == "repeated") return fail(CommitFailure::repeated);
  if (outcome == "conflict") return fail(CommitFailure::conflict);
  if (outcome == "backwards") return fail(CommitFailure::backwards);
  if (outcome != "done") return fail({FaultCode::internal, "the database gave a strange answer"});
  words.erase(words.begin());
  return Committed{.version = commit.row.version, .numbers = std::move(words)};
}

// What became of a commit whose connection was lost: nothing, when it is not there (yet).
Outcome<std::optional<Committed>> find_out(Connection& connection, const std::string& tenant,
                                           const Commit& commit, Deadline deadline) {
  const auto record = TRY(read_request(connection, tenant, commit.request, deadline));
  std::optional<Committed> committed;
  if (!record.has_value() || record->hash != commit.request.hash ||
      record->dossier_id != commit.row.id || record->version != commit.row.version) {
    return committed;
  }
  Values values;
  values.bind(tenant).bind(commit.row.id).bind(commit.expected_version).bind(commit.row.version);
  const Rows rows = TRY(connection.run(kNumbers, values, deadline));
  committed = Committed{.version = commit.row.version, .numbers = {}};
  for (int i = 0; i < rows.size(); ++i) committed->numbers.push_back(rows[i].text(0));
  // It is seen, but its connection may have been lost before it was on disk everywhere.
  TRY(flush(connection, tenant, deadline));
  return committed;
}

// `uncertain`: an earlier attempt may have been written.  The key decides: what is there is ours,
// what is not is written again, and should both arrive, the key lets one through.
Committing settle(Pool& pool, const std::string& tenant, const Commit& commit, bool uncertain,
                  Deadline deadline) {
  const PreparedCommit prepared{tenant, commit, false};
  base::Fault last{FaultCode::unavailable, "the database is not reached"};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto lease = pool.lease(deadline);
    if (!lease) return fail(lease.error());
    Connection& connection = **lease;
    if (uncertain) {
      auto found = find_out(connection, tenant, commit, deadline);
      if (found && found->has_value()) return *std::move(*found);
      if (!found) {
        last = found.error();
        if (connection.lost()) continue;
        return fail(last);
      }
    }
    const auto rows = connection.run(kCommit, prepared.values, deadline);
    if (!rows && connection.lost()) {
      last = rows.error();
      uncertain = true;
      continue;
    }
    if (!rows && connection.trouble().worth_trying_again()) {
      last = rows.error();
      continue;
    }
    Committing answer = answer_of(rows, connection.trouble(), commit);
    if (!answer && uncertain) {
      // The earlier attempt may have arrived in between.
      auto found = find_out(connection, tenant, commit, deadline);
      if (found && found->has_value()) return *std::move(*found);
    }
    return answer;
  }
  return fail({FaultCode::unavailable, "the database did not keep a connection: " + last.message});
}

}  // namespace

Outcome<std::optional<casework::RequestRecord>> read_request(Connection& connection,
                                                             const std::string& tenant,
                                                             const casework::RequestKey& request,
                                                             Deadline deadline) {
  Values values;
  values.bind(tenant).bind(request.actor).bind(request.key);
  const Rows rows = TRY(connection.run(kRequest, values, deadline));
  std::optional<casework::RequestRecord> record;
  if (rows.empty()) return record;
  record = casework::RequestRecord{
      .hash = rows[0].text(0), .dossier_id = rows[0].text(1), .version = rows[0].number(2)};
  return record;
}

Outcome<std::optional<casework::RequestRecord>> find_request_on_disk(
    Connection& connection, const std::string& tenant, const casework::RequestKey& request,
    Deadline deadline) {
  auto record = TRY(read_request(connection, tenant, request, deadline));
  if (record.has_value()) TRY(flush(connection, tenant, deadline));
  return record;
}

Committing write_commit(Pool& pool, const std::string& tenant, const Commit& commit,
                        Deadline deadline) {
  return settle(pool, tenant, commit, false, deadline);
}

std::vector<Committing> write_commits(Pool& pool, const std::string& tenant,
                                      const std::vector<Commit>& commits,
                                      std::chrono::milliseconds patience) {
  std::vector<Committing> answers;
  answers.reserve(commits.size());
  while (answers.size() < commits.size()) {
    const Deadline deadline = within(patience);
    const std::size_t from = answers.size();
    const std::size_t count = std::min(kTogether, commits.size() - from);
    std::vector<Connection::Answer> given;
    {
      auto lease = pool.lease(deadline);
      if (!lease) {
        while (answers.size() < commits.size()) answers.emplace_back(fail(lease.error()));
        break;
      }
      std::deque<PreparedCommit> prepared;
      std::vector<const Values*> values;
      for (std::size_t i = 0; i < count; ++i) {
        values.push_back(&prepared.emplace_back(tenant, commits[from + i], true).values);
      }
      given = (*lease)->run_each(kCommit, values, deadline);
      // None of them waited for the disk.
      if (!(*lease)->lost() && !flush(**lease, tenant, deadline)) given.clear();
      if ((*lease)->lost()) given.clear();
    }
    // Where the database stays away, the callers need not wait for each of theirs.
    bool away = false;
    for (std::size_t i = 0; i < count; ++i) {
      const Commit& commit = commits[from + i];
      if (away) {
        answers.emplace_back(fail({FaultCode::unavailable, "the database is not reached"}));
        continue;
      }
      const Deadline own = within(patience);
      if (given.empty()) {
        answers.push_back(settle(pool, tenant, commit, true, own));
      } else if (given[i].trouble.worth_trying_again()) {
        answers.push_back(settle(pool, tenant, commit, false, own));
      } else {
        answers.push_back(answer_of(given[i].rows, given[i].trouble, commit));
      }
      const Committing& answer = answers.back();
      away = !answer && answer.error().fault.code == FaultCode::unavailable &&
             answer.error().failure == CommitFailure::fault;
    }
  }
  return answers;
}

}  // namespace storage::postgres
