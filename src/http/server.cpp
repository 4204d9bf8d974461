#include "http/server.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include "base/ensure.h"
#include "http/problem.h"
#include "http/server_head.h"
#include "http/server_worker.h"

namespace http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using ErrorCode = boost::system::error_code;

constexpr std::chrono::milliseconds kPauseAfterFailedAccept{100};

// What a client beyond the limit reads, if it is quick; made once, so that it costs nothing.
const std::string& full_answer() {
  static const std::string answer = [] {
    Response response = problem(Request{}, standard_problem(503));
    response.headers.add("Retry-After", "5");
    HeadFacts facts;
    facts.keep_alive = false;
    facts.content_length = response.body.size();
    return response_head(response, facts) + response.body;
  }();
  return answer;
}

}  // namespace

struct Server::State {
  State(ServerOptions options, Router router) : shared(std::move(options), std::move(router)) {
    const unsigned count = std::max(shared.options.io_threads, 1U);
    for (unsigned i = 0; i < count; ++i) {
      workers.push_back(std::make_unique<Worker>(shared, pool));
    }
    acceptor.emplace(workers.front()->context());
    pause.emplace(workers.front()->context());
  }

  void accept_next() {
    Worker& worker = *workers[turn++ % workers.size()];
    acceptor->async_accept(worker.context().get_executor(),
                           [this, &worker](const ErrorCode& error, Socket socket) {
                             if (!acceptor->is_open()) return;
                             if (error) return accept_later();
                             if (shared.connections >= shared.options.max_connections) {
                               turn_away(socket);
                             } else {
                               auto kept = std::make_shared<Socket>(std::move(socket));
                               asio::post(worker.context(), [&worker, kept] {
                                 if (!worker.start_connection(*kept)) turn_away(*kept);
                               });
                             }
                             accept_next();
                           });
  }

  // Out of file descriptors, most likely: they come back as connections end.
  void accept_later() {
    pause->expires_after(kPauseAfterFailedAccept);
    pause->async_wait([this](const ErrorCode&) {
      if (acceptor->is_open()) accept_next();
    });
  }

  static void turn_away(Socket& socket) {
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(full_answer()), ignored);
    socket.shutdown(asio::socket_base::shutdown_send, ignored);
  }

  ServerShared shared;
  std::unique_ptr<HandlerPool> pool;
  std::vector<std::unique_ptr<Worker>> workers;
  std::optional<Acceptor> acceptor;  // on the first worker
  std::optional<asio::steady_timer> pause;
  std::size_t turn = 0;
  std::uint16_t port = 0;
  bool has_run = false;
};

Server::Server(ServerOptions options, Router router)
    : state_(std::make_unique<State>(std::move(options), std::move(router))) {}

Server::~Server() = default;

base::Outcome<base::Done> Server::listen() {
  const ServerOptions& options = state_->shared.options;
  ErrorCode error;
  const asio::ip::address address = asio::ip::make_address(options.address, error);
  if (error) {
    return base::fault(base::FaultCode::invalid, "not an IP address: " + options.address);
  }
  const asio::ip::tcp::endpoint endpoint{address, options.port};
  Acceptor& acceptor = *state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1024, error);
  if (error) {
    const std::string reason = error.message();
    ErrorCode ignored;
    acceptor.close(ignored);
    return base::fault(
        base::FaultCode::unavailable,
        "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + reason);
  }
  state_->port = acceptor.local_endpoint(error).port();
  return base::Done{};
}

std::uint16_t Server::port() const {
  return state_->port;
}

std::size_t Server::connection_count() const {
  return state_->shared.connections;
}

void Server::run() {
  ENSURE(state_->acceptor->is_open(), "run() comes after a listen() that succeeded");
  ENSURE(!std::exchange(state_->has_run, true), "a server runs once");
  state_->pool = std::make_unique<HandlerPool>(state_->shared.options);
  asio::post(state_->workers.front()->context(), [state = state_.get()] {
    if (state->acceptor->is_open()) state->accept_next();
  });
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < state_->workers.size(); ++i) {
    threads.emplace_back([worker = state_->workers[i].get()] { worker->run(); });
  }
  state_->workers.front()->run();
  for (std::thread& thread : threads) thread.join();
  state_->pool.reset();
}

void Server::stop() {
  if (state_->shared.stopping.exchange(true)) return;
  asio::post(state_->workers.front()->context(), [state = state_.get()] {
    ErrorCode ignored;
    state->acceptor->close(ignored);
    state->pause->cancel();
  });
  for (auto& worker : state_->workers) {
    asio::post(worker->context(), [&worker] { worker->begin_stop(); });
  }
}

}  // namespace http
