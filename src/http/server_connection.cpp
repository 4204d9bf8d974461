// Coroutines live here alone.  g++ 12 miscompiles some spellings: no braced temporary as an
// argument of co_await, no co_await inside a conditional expression, no braced list to a vector.
#include "http/server_connection.h"

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/security_headers.h"
#include "http/server_head.h"

namespace http {
namespace {

using ErrorCode = boost::system::error_code;
using Token = asio::as_tuple_t<asio::use_awaitable_t<Executor>>;
constexpr asio::use_awaitable_t<Executor> kPlainToken{};
constexpr Token kToken{kPlainToken};

constexpr std::size_t kHeadReadBytes = 4096;
constexpr std::size_t kBodyReadBytes = 64 * 1024;
constexpr std::size_t kDiscardReadBytes = 16 * 1024;
constexpr std::size_t kSmallBodyBytes = 4096;  // copied behind the head, so that one write does
constexpr std::size_t kUnparsedBytesMax = 64 * 1024;
constexpr std::chrono::milliseconds kDiscardTime{60'000};

// Runs `work` on the pool and completes on the connection's thread; false: the queue was full.
template <class CompletionToken>
auto run_on_pool(Worker& worker, Lane lane, std::function<void()> work,
                 const CompletionToken& token) {
  auto initiate = [&worker, lane](auto handler, std::function<void()> job) {
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    const bool taken = worker.pool().submit(lane, [&worker, kept, job = std::move(job)]() mutable {
      job();
      asio::post(worker.context(), [kept = std::move(kept)] { (*kept)(true); });
    });
    if (!taken) asio::post(worker.context(), [kept] { (*kept)(false); });
  };
  return asio::async_initiate<const CompletionToken, void(bool)>(std::move(initiate), token,
                                                                 std::move(work));
}

bool has_no_length(int status) {
  return status == 204 || status == 304 || status < 200;
}

}  // namespace

Connection::Connection(Worker& worker, Socket socket, std::string peer_address, std::string block)
    : worker_(worker),
      shared_(worker.shared()),
      socket_(std::move(socket)),
      peer_address_(std::move(peer_address)),
      block_(std::move(block)) {
  shared_.connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
  worker_.forget(*this);
  if (!block_.empty()) shared_.free_place(block_);
  shared_.connections.fetch_sub(1, std::memory_order_relaxed);
}

void Connection::start() {
  asio::co_spawn(worker_.context(), serve(shared_from_this()),
                 [&shared = shared_](std::exception_ptr error) {
                   if (error) shared.report_error("a connection ended by an exception", "");
                 });
}

void Connection::end_wait_if_late(SteadyTime now) {
  if (now < deadline_) return;
  timed_out_ = true;
  ErrorCode ignored;
  socket_.cancel(ignored);
}

void Connection::close_if_idle() {
  if (phase_ == Phase::idle) close_now();
}

void Connection::close_now() {
  ErrorCode ignored;
  socket_.close(ignored);
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
  timed_out_ = false;
  deadline_ = std::chrono::steady_clock::now() + from_now;
}

Task<void> Connection::serve(std::shared_ptr<Connection> self) {
  for (;;) {
    const Next next = co_await self->serve_one();
    if (next == Next::close) break;
  }
  ErrorCode ignored;
  self->socket_.shutdown(asio::socket_base::shutdown_both, ignored);
  self->socket_.close(ignored);
}

Task<Connection::Next> Connection::serve_one() {
  phase_ = Phase::idle;
  input_.shrink(2 * kHeadReadBytes);
  if (input_.empty()) {
    if (shared_.stopping) co_return Next::close;
    set_deadline(shared_.options.idle_timeout);
    const bool got = co_await read_more(kHeadReadBytes);
    if (!got) co_return Next::close;
  }
  phase_ = Phase::busy;

  Exchange exchange{shared_, shared_.next_trace_id()};
  const bool readable = co_await read_head(exchange);
  if (!readable) co_return Next::close;
  if (!exchange.refused) {
    const bool whole = co_await read_body(exchange);
    if (!whole) co_return Next::close;
  }
  if (!exchange.refused) co_await handle(exchange);
  exchange.forget_body();
  if (shared_.stopping) exchange.keep_alive = false;

  const bool written = co_await write_answer(exchange);
  exchange.log();
  if (!written) co_return Next::close;
  if (exchange.keep_alive) co_return Next::keep;
  if (exchange.parser.state() != RequestParser::State::done) {
    input_.shrink(2 * kHeadReadBytes);
    co_await discard_input();
  }
  co_return Next::close;
}

// Ends with a request that is to be handled, or refused; false where nobody is there to answer.
Task<bool> Connection::read_head(Exchange& exchange) {
  set_deadline(shared_.options.header_timeout);
  for (;;) {
    const std::size_t used = exchange.parser.feed_head(input_.view());
    input_.consume(used);
    if (exchange.parser.state() == RequestParser::State::failed) {
      exchange.prepare(peer_address_);
      exchange.refuse(exchange.parser.error_status());
      co_return true;
    }
    if (exchange.parser.state() != RequestParser::State::head) break;
    const bool got = co_await read_more(kHeadReadBytes);
    if (!got) {
      if (!timed_out_) co_return false;
      exchange.refuse(408);
      co_return true;
    }
  }
  exchange.prepare(peer_address_);
  co_return true;
}

// False where nobody is there to answer.
Task<bool> Connection::read_body(Exchange& exchange) {
  RequestParser& parser = exchange.parser;
  if (parser.state() == RequestParser::State::done) co_return true;
  const RequestHead& head = parser.head();
  if (!exchange.begin_body()) co_return true;
  if (head.expects_continue && input_.empty()) {
    set_deadline(shared_.options.idle_timeout);
    const bool sent = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", "");
    if (!sent) co_return false;
  }

  const std::uint64_t expected = head.content_length.value_or(exchange.body_limit);
  const std::uint64_t rate = std::max<std::uint64_t>(shared_.options.min_body_bytes_per_second, 1);
  const auto last_moment = std::chrono::steady_clock::now() + shared_.options.idle_timeout +
                           std::chrono::milliseconds{expected * 1000 / rate};
  if (head.content_length) {
    exchange.request.body.reserve(std::min<std::uint64_t>(*head.content_length, kFreeBodyBytes));
  }
  const RequestParser::BodySink sink = [&exchange](std::string_view piece) {
    return exchange.take_body_piece(piece);
  };
  for (;;) {
    std::size_t used = 0;
    if (!input_.empty()) {
      used = parser.feed_body(input_.view(), sink);
      input_.consume(used);
    }
    if (parser.state() == RequestParser::State::done) break;
    if (parser.state() == RequestParser::State::failed) {
      exchange.refuse(parser.error_status() == 0 ? exchange.body_failure : parser.error_status());
      co_return true;
    }
    if (used > 0 && !input_.empty()) continue;
    if (input_.view().size() > kUnparsedBytesMax) {
      exchange.refuse(400);
      co_return true;
    }
    set_deadline(shared_.options.idle_timeout);
    deadline_ = std::min(deadline_, last_moment);
    // Whoever has sent little gets little room to send more into.
    const std::size_t room = exchange.has_small_body() ? kHeadReadBytes : kBodyReadBytes;
    const bool got = co_await read_more(room);
    if (!got) {
      if (!timed_out_) co_return false;
      exchange.refuse(408);
      co_return true;
    }
  }
  exchange.finish_body();
  input_.shrink(2 * kHeadReadBytes);
  co_return true;
}

Task<void> Connection::handle(Exchange& exchange) {
  deadline_ = SteadyTime::max();
  if (exchange.route->options.runs_on == RunsOn::io) {
    exchange.call_handler();
    co_return;
  }
  std::function<void()> work = [&exchange] { exchange.call_handler(); };
  const bool taken = co_await run_on_pool(worker_, exchange.lane, std::move(work), kPlainToken);
  if (!taken) exchange.refuse(503);
}

Task<bool> Connection::write_answer(Exchange& exchange) {
  Response& response = exchange.response;
  add_security_headers(response.headers, exchange.request.path,
                       shared_.options.behind_tls ? Transport::tls : Transport::plain);
  const std::string_view body = exchange.outgoing      ? std::string_view{}
                                : response.shared_body ? std::string_view{*response.shared_body}
                                                       : std::string_view{response.body};
  HeadFacts facts;
  facts.version = exchange.parser.head().version;
  facts.keep_alive = exchange.keep_alive;
  if (!has_no_length(response.status)) {
    facts.content_length = exchange.outgoing ? exchange.outgoing->size() : body.size();
  }
  facts.trace_id = exchange.request.trace_id;
  facts.date = worker_.date();
  std::string head = response_head(response, facts);

  const bool bodiless = exchange.request.method == Method::head || has_no_length(response.status);
  std::string_view rest = bodiless ? std::string_view{} : body;
  if (rest.size() <= kSmallBodyBytes) {
    head += rest;
    rest = {};
  }
  const bool written = co_await write_all(head, rest);
  if (!written || bodiless || !exchange.outgoing) co_return written;
  const bool streamed = co_await write_file(*exchange.outgoing);
  co_return streamed;
}

Task<bool> Connection::write_file(const OutgoingFile& file) {
  std::string piece;
  for (std::uint64_t offset = 0; offset < file.size();) {
    piece.resize(std::min<std::uint64_t>(kBodyReadBytes, file.size() - offset));
    const std::size_t count = file.read(offset, std::span{piece.data(), piece.size()});
    if (count == 0) co_return false;  // cut short: the client sees fewer bytes than promised
    const bool written = co_await write_all(std::string_view{piece}.substr(0, count), "");
    if (!written) co_return false;
    offset += count;
  }
  co_return true;
}

// A client that is still sending when we close would get a reset and lose the answer: say that
// nothing more comes, and read on for a while.
Task<void> Connection::discard_input() {
  ErrorCode error;
  socket_.shutdown(asio::socket_base::shutdown_send, error);
  const auto last_moment = std::chrono::steady_clock::now() + kDiscardTime;
  std::uint64_t discarded = input_.view().size();
  while (discarded <= shared_.options.discard_limit_bytes) {
    input_.consume(input_.view().size());
    set_deadline(shared_.options.header_timeout);
    deadline_ = std::min(deadline_, last_moment);
    phase_ = Phase::idle;  // nobody waits for anything: a stop may close at once
    const bool got = co_await read_more(kDiscardReadBytes);
    if (!got) co_return;
    discarded += input_.view().size();
  }
}

Task<bool> Connection::read_more(std::size_t size_max) {
  const std::span<char> room = input_.prepare(size_max);
  const auto [error, count] =
      co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), kToken);
  input_.commit(count);
  co_return !error && count > 0;
}

// Each piece of 64 KiB must get through within the idle time.
Task<bool> Connection::write_all(std::string_view head, std::string_view body) {
  while (!head.empty() || !body.empty()) {
    const std::array<asio::const_buffer, 2> pieces = {
        asio::buffer(head.data(), head.size()),
        asio::buffer(body.data(), std::min(body.size(), kBodyReadBytes))};
    ErrorCode error;
    std::size_t count = socket_.write_some(pieces, error);
    if (error == asio::error::would_block || error == asio::error::try_again) {
      set_deadline(shared_.options.idle_timeout);
      const auto [wait_error, sent] = co_await socket_.async_write_some(pieces, kToken);
      error = wait_error;
      count = sent;
    }
    if (error) co_return false;
    const std::size_t of_head = std::min(count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(count - of_head);
  }
  co_return true;
}

}  // namespace http
