#include "storage/postgres/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;

constexpr int kBinary = 1;

// Waits until the socket can be read (or written); false after the deadline.
bool wait_for(int socket, short events, Deadline deadline) {
  for (;;) {
    const auto left = time_left(deadline);
    pollfd waiting{.fd = socket, .events = events, .revents = 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left.count() + 1));
    if (ready > 0) return true;
    if (ready == 0 && left.count() == 0) return false;
    if (ready < 0 && errno != EINTR) return false;
  }
}

FaultCode code_of(std::string_view state) {
  const std::string_view kind = state.substr(0, 2);
  if (state == "23505" || kind == "40") return FaultCode::conflict;
  if (state == "53300") return FaultCode::unavailable;  // too many connections
  if (kind == "53" || state == "54000") return FaultCode::exhausted;
  if (state == "57014" || state == "55P03") return FaultCode::deadline_exceeded;
  if (kind == "08" || kind == "57" || state == "25006") return FaultCode::unavailable;
  if (kind == "22") return FaultCode::invalid;
  if (kind == "XX" && state != "XX000") return FaultCode::corrupt;
  return FaultCode::internal;
}

// The server goes away, or is one that does not write (any more): the next one may be another.
bool ends_the_connection(std::string_view state) {
  return state.starts_with("08") || state.starts_with("57P") || state == "25006" ||
         state == "25P03";
}

const Sql kSetUp{
    "set_up",
    "SELECT set_config('motcua.tenant', $1, false), set_config('statement_timeout', $2, false), "
    "set_config('lock_timeout', $3, false), "
    "set_config('idle_in_transaction_session_timeout', '60000', false), "
    "set_config('search_path', 'motcua', false)",
    Path::cold};

}  // namespace

Outcome<std::unique_ptr<Connection>> Connection::open(const Address& address, Deadline deadline) {
  std::string secret;
  {
    // libpq's own message may repeat the address, password and all.
    char* message = nullptr;
    PQconninfoOption* parts = PQconninfoParse(address.url.c_str(), &message);
    PQfreemem(message);
    if (parts == nullptr) {
      return base::fault(FaultCode::invalid,
                         "the store's address is not of the form "
                         "postgres://user:password@host:port/database");
    }
    for (const PQconninfoOption* part = parts; part->keyword != nullptr; ++part) {
      if (std::string_view{part->keyword} == "password" && part->val != nullptr) {
        secret = part->val;
      }
    }
    PQconninfoFree(parts);
  }
  // What stands before the address may be overruled by it, what stands behind may not.  Several
  // hosts are tried in turn, each for no longer than connect_timeout.
  constexpr std::array kNames{"application_name",    "target_session_attrs",
                              "connect_timeout",     "keepalives_idle",
                              "keepalives_interval", "keepalives_count",
                              "tcp_user_timeout",    "dbname",
                              "client_encoding",     static_cast<const char*>(nullptr)};
  const std::array values{"motcua", "read-write",
                          "3",      "10",
                          "5",      "3",
                          "8000",   address.url.c_str(),
                          "UTF8",   static_cast<const char*>(nullptr)};
  PGconn* raw = PQconnectdbParams(kNames.data(), values.data(), 1);
  if (raw == nullptr) return base::fault(FaultCode::exhausted, "no memory for a connection");
  std::unique_ptr<Connection> connection{new Connection(raw, std::move(secret))};
  if (PQstatus(raw) != CONNECTION_OK) {
    return base::Failure{connection->lose("connect to the database").error};
  }
  if (PQsetnonblocking(raw, 1) != 0) return base::Failure{connection->lose("connect").error};
  // A commit that no longer waits for its standby succeeds with a warning: then nobody knows.  It
  // has no state of its own, but no other statement of ours is warned of.
  PQsetNoticeReceiver(
      raw,
      [](void* self, const PGresult* notice) {
        const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
        if (severity != nullptr && std::string_view{severity} == "WARNING") {
          static_cast<Connection*>(self)->doubtful_ = true;
        }
      },
      connection.get());
  const std::string statement_limit = std::to_string(address.statement_limit.count());
  const std::string lock_limit = std::to_string(address.lock_limit.count());
  Values settings;
  settings.bind(address.tenant).bind(statement_limit).bind(lock_limit);
  TRY(connection->run(kSetUp, settings, deadline));
  return connection;
}

Connection::~Connection() {
  PQfinish(raw_);
}

std::string Connection::without_secret(std::string text) const {
  std::erase(text, '\n');
  if (secret_.empty()) return text;
  for (std::size_t at = text.find(secret_); at != std::string::npos; at = text.find(secret_, at)) {
    text.replace(at, secret_.size(), "***");
    at += 3;
  }
  return text;
}

base::Failure<base::Fault> Connection::lose(const char* doing) {
  lost_ = true;
  return base::fault(FaultCode::unavailable,
                     without_secret(std::string{doing} + ": " + PQerrorMessage(raw_)));
}

// Only the primary message: details hold the values of rows.
base::Failure<base::Fault> Connection::refuse(const PGresult* result) {
  const auto field = [&](int code) {
    const char* text = PQresultErrorField(result, code);
    return std::string{text == nullptr ? "" : text};
  };
  trouble_ = {.state = field(PG_DIAG_SQLSTATE), .constraint = field(PG_DIAG_CONSTRAINT_NAME)};
  if (trouble_.state.empty()) return lose("the connection to the database was lost");
  if (ends_the_connection(trouble_.state)) lost_ = true;
  return base::fault(code_of(trouble_.state),
                     "database: " + field(PG_DIAG_MESSAGE_PRIMARY) + " (" + trouble_.state + ")");
}

Outcome<Done> Connection::flush(Deadline deadline) {
  for (;;) {
    const int rest = PQflush(raw_);
    if (rest == 0) return Done{};
    if (rest < 0) return lose("send to the database");
    // The server may want to be read from before it takes more.
    if (!wait_for(PQsocket(raw_), POLLIN | POLLOUT, deadline)) {
      lost_ = true;
      return base::fault(FaultCode::deadline_exceeded, "the database takes nothing");
    }
    if (PQconsumeInput(raw_) == 0) return lose("read from the database");
  }
}

Outcome<Rows> Connection::next(Deadline deadline) {
  while (PQisBusy(raw_) != 0) {
    if (!wait_for(PQsocket(raw_), POLLIN, deadline)) {
      lost_ = true;
      return base::fault(FaultCode::deadline_exceeded, "the database did not answer in time");
    }
    if (PQconsumeInput(raw_) == 0) return lose("read from the database");
  }
  return Rows{PQgetResult(raw_)};
}

Outcome<Rows> Connection::receive(Deadline deadline) {
  TRY(flush(deadline));
  Rows last{nullptr};
  std::optional<base::Fault> fault;
  for (;;) {
    Rows rows = TRY(next(deadline));
    if (rows.raw() == nullptr) break;
    const ExecStatusType status = PQresultStatus(rows.raw());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      last = std::move(rows);
    } else if (!fault.has_value()) {
      fault = refuse(rows.raw()).error;
    }
    if (lost_ && PQstatus(raw_) == CONNECTION_BAD) break;
  }
  if (fault.has_value()) return base::Failure{*fault};
  if (doubtful_) {
    lost_ = true;
    return base::fault(FaultCode::unavailable, "the database did not wait for its standby");
  }
  if (last.raw() == nullptr) return lose("the database gave no answer");
  return last;
}

Outcome<Done> Connection::prepare(const Sql& sql, const Values& values, Deadline deadline) {
  if (prepared_.contains(&sql)) return Done{};
  if (PQsendPrepare(raw_, sql.name(), sql.text(), values.size(), values.types()) == 0) {
    return lose("send to the database");
  }
  TRY(receive(deadline));
  prepared_.insert(&sql);
  return Done{};
}

Outcome<Rows> Connection::run(const Sql& sql, const Values& values, Deadline deadline) {
  trouble_ = {};
  if (lost_) return base::fault(FaultCode::unavailable, "the connection was lost");
  TRY(prepare(sql, values, deadline));
  if (PQsendQueryPrepared(raw_, sql.name(), values.size(), values.pointers(), values.lengths(),
                          values.formats(), kBinary) == 0) {
    return lose("send to the database");
  }
  return receive(deadline);
}

Outcome<Done> Connection::script(const std::string& text, Deadline deadline) {
  trouble_ = {};
  if (lost_) return base::fault(FaultCode::unavailable, "the connection was lost");
  if (PQsendQuery(raw_, text.c_str()) == 0) return lose("send to the database");
  TRY(receive(deadline));
  return Done{};
}

void Connection::take_back(Deadline deadline) {
  if (lost_) return;
  // What went wrong before is what the caller wants to know.
  const Trouble trouble = trouble_;
  if (!script("ROLLBACK", deadline)) lost_ = true;
  trouble_ = trouble;
}

std::vector<Connection::Answer> Connection::run_each(const Sql& sql,
                                                     std::span<const Values* const> many,
                                                     Deadline deadline) {
  std::vector<Answer> answers;
  answers.reserve(many.size());
  const auto give_up = [&](const base::Fault& fault) {
    lost_ = true;
    while (answers.size() < many.size()) answers.push_back({base::Failure{fault}, trouble_});
  };
  trouble_ = {};
  if (many.empty()) return answers;
  if (const auto ready = prepare(sql, *many.front(), deadline); !ready) {
    give_up(ready.error());
    return answers;
  }
  bool sent = PQenterPipelineMode(raw_) != 0;
  for (const Values* values : many) {
    sent = sent &&
           PQsendQueryPrepared(raw_, sql.name(), values->size(), values->pointers(),
                               values->lengths(), values->formats(), kBinary) != 0 &&
           PQpipelineSync(raw_) != 0;
  }
  if (!sent) {
    give_up(lose("send to the database").error);
    return answers;
  }
  if (const auto flushed = flush(deadline); !flushed) {
    give_up(flushed.error());
    return answers;
  }
  // Of each: its answer, a null one, and the mark of its end.
  while (answers.size() < many.size()) {
    trouble_ = {};
    auto rows = next(deadline);
    if (!rows || rows->raw() == nullptr) {
      give_up(rows ? lose("the database gave no answer").error : rows.error());
      return answers;
    }
    const ExecStatusType status = PQresultStatus(rows->raw());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      answers.push_back({std::move(rows), {}});
    } else {
      base::Fault fault = refuse(rows->raw()).error;
      if (lost_) {
        give_up(fault);
        return answers;
      }
      answers.push_back({base::Failure{std::move(fault)}, trouble_});
    }
    const auto end = next(deadline);
    const auto mark = end ? next(deadline) : Outcome<Rows>{base::Failure{end.error()}};
    if (!mark || PQresultStatus(mark->raw()) != PGRES_PIPELINE_SYNC) {
      give_up(mark ? lose("the database gave no answer").error : mark.error());
      return answers;
    }
  }
  if (PQexitPipelineMode(raw_) == 0 || doubtful_) lost_ = true;
  return answers;
}

}  // namespace storage::postgres
