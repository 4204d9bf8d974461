#pragma once
// server_connection.h - one client's connection: reads requests, has them handled, answers.
//
// Private to the server.  Everything runs on the worker's thread but the handler itself.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "http/server_buffer.h"
#include "http/server_exchange.h"
#include "http/server_worker.h"

namespace http {

template <class T>
using Task = asio::awaitable<T, Executor>;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `block`: the address block whose place it takes; empty: none.
  Connection(Worker& worker, Socket socket, std::string peer_address, std::string block);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  // Called by the worker now and then: ends the wait whose time is up.
  void end_wait_if_late(SteadyTime now);
  // A connection that waits for its next request is closed at once.
  void close_if_idle();
  void close_now();

 private:
  enum class Phase { idle, busy };
  enum class Next { keep, close };

  static Task<void> serve(std::shared_ptr<Connection> self);
  Task<Next> serve_one();
  Task<bool> read_head(Exchange& exchange);
  Task<bool> read_body(Exchange& exchange);
  Task<void> handle(Exchange& exchange);
  Task<bool> write_answer(Exchange& exchange);
  Task<bool> write_file(const OutgoingFile& file);
  Task<void> discard_input();

  // False: the peer is gone, or time is up (see timed_out_).
  Task<bool> read_more(std::size_t size_max);
  Task<bool> write_all(std::string_view head, std::string_view body);

  void set_deadline(std::chrono::milliseconds from_now);

  Worker& worker_;
  ServerShared& shared_;
  Socket socket_;
  std::string peer_address_;
  std::string block_;
  InputBuffer input_;
  Phase phase_ = Phase::idle;
  SteadyTime deadline_ = SteadyTime::max();
  bool timed_out_ = false;
};

}  // namespace http
