// row_writer.cpp - writes rows without end through a failover and says which were acknowledged.
//
// failover_row_writer ACKS (retry | probe) CONNINFO...: one thread per CONNINFO.  Each row has a
// key made here, and is written by one statement that is right to repeat.  For each acknowledged
// one a line "ended_ms key began_ms server timeline" is appended to the file ACKS.
//   retry  an unknown outcome (connection lost, wait for the standby cut short) is asked again
//   under
//          the same key until it is known; keys of a thread have no gaps.
//   probe  never asks again; for connections to one server each, past HAProxy, whoever is the
//   primary.
// SIGTERM: finishes what is under way (for at most a minute) and exits with 0.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <unistd.h>

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBetweenWrites{4};
constexpr milliseconds kAfterFailure{100};
constexpr std::chrono::seconds kLastTries{60};

// The repeat of a key that is there changes its row, so that it too waits for the synchronous
// standby: a commit whose wait was cut short is visible on the primary, but perhaps nowhere else.
constexpr const char* kWrite =
    "WITH written AS (INSERT INTO drill.command (key, line, number) VALUES ($1, $2, $3) "
    "ON CONFLICT (key) DO UPDATE SET attempts = command.attempts + 1 RETURNING key, attempts), "
    "done AS (INSERT INTO drill.effect (key) SELECT key FROM written WHERE attempts = 1) "
    "SELECT inet_server_port(), substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) "
    "FROM written";

std::atomic<bool> stopping{false};

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};

// One connection that is made anew when it broke.
class Connection {
 public:
  explicit Connection(std::string conninfo) : conninfo_(std::move(conninfo)) {}

  // Server and timeline of an acknowledged row; empty: not known to be written.
  std::string write(const std::string& key, const std::string& line, const std::string& number) {
    if (!connected()) return {};
    warned_ = false;
    const char* values[] = {key.c_str(), line.c_str(), number.c_str()};
    const std::unique_ptr<PGresult, Finish> result(
        PQexecParams(connection_.get(), kWrite, 3, nullptr, values, nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) == PGRES_TUPLES_OK && PQntuples(result.get()) == 1 &&
        !warned_) {
      return std::string(PQgetvalue(result.get(), 0, 0)) + " " + PQgetvalue(result.get(), 0, 1);
    }
    connection_.reset();
    return {};
  }

 private:
  bool connected() {
    if (connection_) return true;
    connection_.reset(PQconnectdb(conninfo_.c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      connection_.reset();
      return false;
    }
    PQsetNoticeReceiver(
        connection_.get(),
        [](void* self, const PGresult* notice) {
          // "The transaction has already committed locally, but might not have been replicated".
          const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
          if (severity != nullptr && std::strcmp(severity, "WARNING") == 0) {
            static_cast<Connection*>(self)->warned_ = true;
          }
        },
        this);
    return true;
  }

  std::string conninfo_;
  std::unique_ptr<PGconn, Finish> connection_;
  bool warned_ = false;
};

// One write per line: a line is whole or not there.
void say(int acks, const std::string& key, std::int64_t began, const std::string& where) {
  const std::string line =
      std::to_string(now_ms()) + " " + key + " " + std::to_string(began) + " " + where + "\n";
  if (::write(acks, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(4);
}

// False: the last key stayed in doubt.
bool write_rows(int acks, bool retry, const std::string& conninfo, const std::string& line) {
  Connection connection(conninfo);
  for (std::int64_t number = 1; !stopping; ++number) {
    const std::string key = line + "-" + std::to_string(number);
    const std::int64_t began = now_ms();
    std::string where = connection.write(key, line, std::to_string(number));
    std::chrono::steady_clock::time_point give_up{};
    while (where.empty() && retry) {
      if (stopping && give_up == std::chrono::steady_clock::time_point{}) {
        give_up = std::chrono::steady_clock::now() + kLastTries;
      }
      if (stopping && std::chrono::steady_clock::now() > give_up) return false;
      std::this_thread::sleep_for(kAfterFailure);
      where = connection.write(key, line, std::to_string(number));
    }
    if (!where.empty()) say(acks, key, began, where);
    std::this_thread::sleep_for(where.empty() ? kAfterFailure : kBetweenWrites);
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) return 2;
  const int acks = ::open(arguments[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (acks < 0) {
    std::perror(arguments[1]);
    return 3;
  }
  const std::string mode = arguments[2];
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::atomic<bool> all_known{true};
  std::vector<std::thread> threads;
  for (int i = 3; i < count; ++i) {
    threads.emplace_back([&, i] {
      const std::string line = mode + std::to_string(i - 2);
      if (!write_rows(acks, mode == "retry", arguments[i], line)) all_known = false;
    });
  }
  int which = 0;
  sigwait(&ends, &which);
  stopping = true;
  for (std::thread& thread : threads) thread.join();
  return all_known ? 0 : 1;
}
