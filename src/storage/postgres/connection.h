#pragma once
// connection.h - thin RAII over libpq: one connection, its prepared statements, and deadlines.
//
// Nothing here blocks longer than it is told: sending and receiving wait on the socket until the
// deadline, after which the connection is lost, as it is when the other side goes away.  What a
// statement did on a connection that was lost meanwhile is unknown.  A connection is used by one
// thread at a time.
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <libpq-fe.h>

#include "base/fault.h"
#include "storage/postgres/deadline.h"
#include "storage/postgres/sql.h"
#include "storage/postgres/values.h"

namespace storage::postgres {

// Why the last statement failed.
struct Trouble {
  std::string state;       // SQLSTATE, or empty
  std::string constraint;  // that was violated, or empty

  [[nodiscard]] bool worth_trying_again() const { return state == "40001" || state == "40P01"; }
};

// Where and as whom to connect.
struct Address {
  std::string url;
  std::string tenant;
  std::chrono::milliseconds statement_limit{8000};
  std::chrono::milliseconds lock_limit{6000};
};

class Connection {
 public:
  // Faults: `invalid` for an address that is none, `unavailable` where nobody answers.
  [[nodiscard]] static base::Outcome<std::unique_ptr<Connection>> open(const Address& address,
                                                                       Deadline deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] base::Outcome<Rows> run(const Sql& sql, const Values& values, Deadline deadline);
  // Several statements without values and answers, as one text: for the schema, BEGIN and COMMIT.
  [[nodiscard]] base::Outcome<base::Done> script(const std::string& text, Deadline deadline);
  // The same statement for each, in order, each a transaction of its own; one answer for each.
  // Sent without waiting for the answers.
  struct Answer {
    base::Outcome<Rows> rows;
    Trouble trouble;
  };
  [[nodiscard]] std::vector<Answer> run_each(const Sql& sql, std::span<const Values* const> many,
                                             Deadline deadline);

  // `work` between BEGIN and COMMIT; taken back when it fails.
  template <class Work>
  auto in_transaction(Deadline deadline, Work work) -> decltype(work());

  // Nothing can be done with it any more.
  [[nodiscard]] bool lost() const { return lost_; }
  [[nodiscard]] const Trouble& trouble() const { return trouble_; }
  [[nodiscard]] int process_id() const { return PQbackendPID(raw_); }

 private:
  Connection(PGconn* raw, std::string secret) : raw_(raw), secret_(std::move(secret)) {}
  [[nodiscard]] base::Outcome<base::Done> prepare(const Sql& sql, const Values& values,
                                                  Deadline deadline);
  // All answers up to the end of the command; the last one, or the first that failed.
  [[nodiscard]] base::Outcome<Rows> receive(Deadline deadline);
  // The next answer, or a null one at the end of a command.
  [[nodiscard]] base::Outcome<Rows> next(Deadline deadline);
  [[nodiscard]] base::Outcome<base::Done> flush(Deadline deadline);
  void take_back(Deadline deadline);
  [[nodiscard]] base::Failure<base::Fault> lose(const char* doing);
  [[nodiscard]] base::Failure<base::Fault> refuse(const PGresult* result);
  [[nodiscard]] std::string without_secret(std::string text) const;

  PGconn* raw_;
  std::string secret_;  // the password: taken out of every text
  bool lost_ = false;
  bool doubtful_ = false;  // the server said that it stopped waiting for its standby
  Trouble trouble_;
  std::unordered_set<const Sql*> prepared_;
};

template <class Work>
auto Connection::in_transaction(Deadline deadline, Work work) -> decltype(work()) {
  TRY(script("BEGIN", deadline));
  auto result = work();
  if (!result) {
    take_back(deadline);
    return result;
  }
  TRY(script("COMMIT", deadline));
  return result;
}

}  // namespace storage::postgres
