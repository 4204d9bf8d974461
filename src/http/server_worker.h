#pragma once
// server_worker.h - one I/O thread with its own event loop and its own connections, so that nothing
// of a connection is ever touched by two threads.  Private to the server; includes Asio.
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/server_pool.h"
#include "http/server_shared.h"

namespace http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

class Connection;

class Worker {
 public:
  Worker(ServerShared& shared, std::unique_ptr<HandlerPool>& pool);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  [[nodiscard]] asio::io_context& context() { return context_; }
  [[nodiscard]] ServerShared& shared() { return shared_; }
  [[nodiscard]] HandlerPool& pool() { return *pool_; }

  // Serves until the server is stopping and the last connection is gone.
  void run();

  // From the worker's own thread only.
  // False: its address block has enough connections; the socket is left alone.
  [[nodiscard]] bool start_connection(Socket& socket);
  void begin_stop();
  void forget(Connection& connection);
  [[nodiscard]] const std::string& date();  // of now, made once a second

 private:
  void arm_sweeper();
  void sweep();

  ServerShared& shared_;
  std::unique_ptr<HandlerPool>& pool_;
  std::unordered_set<Connection*> connections_;  // each is kept alive by its own coroutine
  asio::io_context context_{1};
  asio::steady_timer sweeper_{context_};
  std::chrono::milliseconds sweep_every_;
  bool stopping_ = false;
  SteadyTime drain_deadline_ = SteadyTime::max();
  std::string date_;
  std::int64_t date_second_ = -1;
};

}  // namespace http
