#pragma once
// server.h - the HTTP/1.1 server: accepts, parses with limits, runs handlers, answers, drains.
//
// Hostile clients are its daily bread: every phase has a time limit, every size and queue a bound,
// and what cannot be served is told so (408, 413, 431, 503) before the connection is closed.
// It knows nothing of Beast or Asio in this header, nor of the product's routes anywhere.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/random.h"
#include "http/budget.h"
#include "http/router.h"

namespace http {

// One answered request, for the access log.  The views live as long as the call.
struct AccessRecord {
  std::string_view method;
  std::string_view path;  // without the query, which may hold names and numbers of persons
  int status = 0;
  std::int64_t microseconds = 0;
  std::string_view trace_id;
};

// On which threads a request is worked on.
enum class Lane {
  open,      // whoever comes
  reserved,  // whom a flood of the others must not hold up
  outside,   // what waits for somebody else's server, which may hang
  papers,    // strangers' papers, which take long to judge
};

// What is said of a request whose head was read and whose body was not.
struct Admission {
  Lane lane = Lane::open;
  std::string account{};              // whose budget its body is of; empty: his address block's
  std::optional<Response> refusal{};  // the answer, instead of the handler's
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system picks one, see Server::port()
  unsigned io_threads = 1;
  // Handlers wait for the disk and for each other's commit: many threads make large groups.
  unsigned handler_threads = 32;
  // Of them, those that take nothing but Lane::reserved.
  unsigned reserved_threads = 8;
  std::size_t handler_queue_limit = 1024;  // more waiting requests are answered 503
  // Besides these, those that take Lane::outside, or Lane::papers, and nothing else.
  unsigned outside_threads = 8;
  std::size_t outside_queue_limit = 32;
  unsigned papers_threads = 6;
  std::size_t papers_queue_limit = 64;
  std::size_t max_connections = 4096;  // more are answered 503 and closed
  // Of one address block (address_block.h); proxies that are trusted have no such limit.  Once
  // three quarters of all are taken, a block that has many gets none any more.
  std::size_t max_connections_of_block = 1024;
  std::size_t max_connections_of_block_when_crowded = 64;
  std::size_t header_limit_bytes = 8 * 1024;
  std::uint64_t body_limit_bytes = 1024 * 1024;          // where the route says nothing
  std::uint64_t body_in_memory_bytes = 256 * 1024;       // above it, streamed bodies go to a file
  std::uint64_t discard_limit_bytes = 64 * 1024 * 1024;  // of a refused body, so that the client
                                                         // sees the answer and not a reset
  // Of bodies that are on their way or being worked on: how many, in memory, in files.  A body of
  // up to 16 KiB takes none of the memory.  More is answered 503.
  BudgetLimits bodies{.strangers = 2048, .block = 256, .officers = 1024, .account = 128};
  BudgetLimits body_memory_bytes{.strangers = 128U << 20U,
                                 .block = 32U << 20U,
                                 .officers = 256U << 20U,
                                 .account = 64U << 20U};
  BudgetLimits body_file_bytes{.strangers = 2048ULL << 20U,
                               .block = 256U << 20U,
                               .officers = 4096ULL << 20U,
                               .account = 512U << 20U};
  std::filesystem::path upload_folder;  // of temporary files; must exist if a route streams
  std::chrono::milliseconds header_timeout{10'000};
  std::chrono::milliseconds idle_timeout{30'000};  // between requests, and between pieces of a body
  std::uint64_t min_body_bytes_per_second = 2048;  // a slower upload ends with 408
  std::chrono::milliseconds drain_timeout{10'000};
  // Addresses and networks ("10.0.0.0/8") whose X-Forwarded-For is believed.
  std::vector<std::string> trusted_proxies;
  bool behind_tls = false;  // adds Strict-Transport-Security
  base::RandomSource* random = &base::system_random();

  // Asked on an I/O thread: must be quick, must not block and must not throw.  Without it every
  // request goes on in the open lane.
  std::function<Admission(const Request&, const RouteOptions&)> admit;

  // Told of each answer of a handler, on the handler's thread.
  std::function<void(const Request&, const RouteOptions&, const Response&)> on_answer;

  // Called from several threads; must be quick and must not throw.
  std::function<void(const AccessRecord&)> on_request;
  std::function<void(std::string_view message, std::string_view trace_id)> on_error;
};

class Server {
 public:
  Server(ServerOptions options, Router router);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens.  Fault `unavailable` where the address is taken or not ours.
  [[nodiscard]] base::Outcome<base::Done> listen();
  // After listen().
  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop().  Requires: listen() succeeded.  Call once.
  void run();
  // From any thread, any number of times: no new connections, requests under way are finished for
  // at most drain_timeout, then run() returns.  Not for use inside a signal handler.
  void stop();

  [[nodiscard]] std::size_t connection_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace http
