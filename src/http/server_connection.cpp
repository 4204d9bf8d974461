// Coroutines live here alone.  g++ 12 miscompiles some spellings: no braced temporary as an
// argument of co_await, no co_await inside a conditional expression, no braced list to a vector.
#include "http/server_connection.h"

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <iterator>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/overloaded.h"
#include "http/list_value.h"
#include "http/problem.h"
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
constexpr std::size_t kSmallBodyBytes = 4096;  // copied behind the head, so that one write does
constexpr std::size_t kUnparsedBytesMax = 64 * 1024;
constexpr std::chrono::milliseconds kDiscardTime{60'000};

// Runs `work` on the pool and completes on the connection's thread; false: the queue was full.
template <class CompletionToken>
auto run_on_pool(Worker& worker, std::function<void()> work, const CompletionToken& token) {
  auto initiate = [&worker](auto handler, std::function<void()> job) {
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    const bool taken = worker.pool().submit([&worker, kept, job = std::move(job)]() mutable {
      job();
      asio::post(worker.context(), [kept = std::move(kept)] { std::move (*kept)(true); });
    });
    if (!taken) asio::post(worker.context(), [kept] { std::move (*kept)(false); });
  };
  return asio::async_initiate<const CompletionToken, void(bool)>(std::move(initiate), token,
                                                                 std::move(work));
}

Method method_of(std::string_view text) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::del, Method::options}) {
    if (to_text(method) == text) return method;
  }
  return Method::other;
}

bool has_no_length(int status) {
  return status == 204 || status == 304 || status < 200;
}

}  // namespace

struct Connection::Exchange {
  explicit Exchange(std::size_t header_limit) : parser(header_limit) {}

  RequestParser parser;
  Request request;
  const Route* route = nullptr;
  std::uint64_t body_limit = 0;
  std::uint64_t body_received = 0;
  std::optional<UploadFile> upload;
  int body_failure = 0;  // why the sink refused a piece
  bool refused = false;  // answered before a handler was asked
  bool keep_alive = false;
  Response response;
  std::optional<OutgoingFile> outgoing;
  SteadyTime started_at = std::chrono::steady_clock::now();
};

Connection::Connection(Worker& worker, Socket socket, std::string peer_address)
    : worker_(worker),
      shared_(worker.shared()),
      socket_(std::move(socket)),
      peer_address_(std::move(peer_address)) {
  shared_.connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
  worker_.forget(*this);
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

  Exchange exchange{shared_.options.header_limit_bytes};
  exchange.request.trace_id = shared_.next_trace_id();
  const bool readable = co_await read_head(exchange);
  if (!readable) co_return Next::close;
  if (!exchange.refused) {
    const bool whole = co_await read_body(exchange);
    if (!whole) co_return Next::close;
  }
  if (!exchange.refused) co_await handle(exchange);
  if (shared_.stopping) exchange.keep_alive = false;

  const bool written = co_await write_answer(exchange);
  log(exchange);
  if (!written) co_return Next::close;
  if (exchange.keep_alive) co_return Next::keep;
  if (exchange.parser.state() != RequestParser::State::done) co_await discard_input();
  co_return Next::close;
}

// Ends with a request that is to be handled, or refused; false where nobody is there to answer.
Task<bool> Connection::read_head(Exchange& exchange) {
  set_deadline(shared_.options.header_timeout);
  for (;;) {
    const std::size_t used = exchange.parser.feed_head(input_.view());
    input_.consume(used);
    if (exchange.parser.state() == RequestParser::State::failed) {
      prepare_request(exchange);
      refuse(exchange, exchange.parser.error_status());
      co_return true;
    }
    if (exchange.parser.state() != RequestParser::State::head) break;
    const bool got = co_await read_more(kHeadReadBytes);
    if (!got) {
      if (!timed_out_) co_return false;
      refuse(exchange, 408);
      co_return true;
    }
  }
  prepare_request(exchange);
  co_return true;
}

void Connection::prepare_request(Exchange& exchange) {
  RequestHead& head = exchange.parser.head();
  Request& request = exchange.request;
  request.method = method_of(head.method);
  request.target = std::move(head.target);
  request.headers = std::move(head.headers);
  request.remote_address = client_address(request);
  if (exchange.parser.state() == RequestParser::State::failed) return;
  exchange.keep_alive = head.keep_alive;

  auto target = parse_target(request.target);
  if (!target) return refuse(exchange, 400);
  request.path = target->path;
  for (const auto& [name, value] : request.headers) {
    if (!equal_ignoring_case(name, "Cookie")) continue;
    auto more = parse_cookies(value);
    std::ranges::move(more, std::back_inserter(request.cookies));
  }

  Match match = shared_.router.find(request.method, *target);
  request.query = std::move(target->query);
  std::visit(base::Overloaded{
                 [&](Found& found) {
                   exchange.route = found.route;
                   request.path_parameters = std::move(found.path_parameters);
                 },
                 [&](NotFound&) { refuse(exchange, 404); },
                 [&](MethodNotAllowed& other) { refuse(exchange, 405, std::move(other.allow)); },
             },
             match);
  if (exchange.route == nullptr) return;

  const RouteOptions& options = exchange.route->options;
  exchange.body_limit = options.max_body_bytes.value_or(shared_.options.body_limit_bytes);
  if (!head.has_body()) return;
  if (head.content_length.value_or(0) > exchange.body_limit) return refuse(exchange, 413);
  if (!options.body_types.empty() &&
      std::ranges::find(options.body_types, request.media_type()) == options.body_types.end()) {
    refuse(exchange, 415);
  }
}

// The address a trusted proxy names, else the peer's own.  Read from the right, where our proxies
// write; what a client wrote itself stands further left.
std::string Connection::client_address(const Request& request) const {
  const auto& trusted = shared_.options.trusted_proxies;
  const auto is_trusted = [&](std::string_view address) {
    return std::ranges::find(trusted, address) != trusted.end();
  };
  if (!is_trusted(peer_address_)) return peer_address_;
  std::string_view list = request.headers.value_or("X-Forwarded-For");
  while (!list.empty()) {
    const auto comma = list.rfind(',');
    const std::string_view last =
        trim_spaces(comma == std::string_view::npos ? list : list.substr(comma + 1));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    const bool is_address =
        !last.empty() && last.size() <= 45 &&
        last.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
    if (!is_address) break;
    if (!is_trusted(last)) return std::string{last};
  }
  return peer_address_;
}

void Connection::refuse(Exchange& exchange, int status, std::string allow) {
  exchange.refused = true;
  // A body nobody read would be taken for the next request.
  const bool between_requests = exchange.parser.state() == RequestParser::State::done;
  if (!between_requests) exchange.keep_alive = false;
  if (status == 405 && exchange.request.method == Method::options) {
    exchange.response = no_content();
  } else {
    exchange.response = error_response(exchange.request, standard_problem(status));
  }
  if (!allow.empty()) exchange.response.headers.add("Allow", std::move(allow));
  if (status == 503) exchange.response.headers.add("Retry-After", "2");
}

// False where nobody is there to answer.
Task<bool> Connection::read_body(Exchange& exchange) {
  RequestParser& parser = exchange.parser;
  if (parser.state() == RequestParser::State::done) co_return true;
  const RequestHead& head = parser.head();
  if (head.expects_continue && input_.empty()) {
    set_deadline(shared_.options.idle_timeout);
    const bool sent = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", "");
    if (!sent) co_return false;
  }

  const std::uint64_t expected = head.content_length.value_or(exchange.body_limit);
  const std::uint64_t rate = std::max<std::uint64_t>(shared_.options.min_body_bytes_per_second, 1);
  const auto last_moment = std::chrono::steady_clock::now() + shared_.options.idle_timeout +
                           std::chrono::milliseconds{expected * 1000 / rate};
  if (!exchange.route->options.streamed_body && head.content_length) {
    exchange.request.body.reserve(*head.content_length);
  }
  const RequestParser::BodySink sink = [this, &exchange](std::string_view piece) {
    return take_body_piece(exchange, piece);
  };
  for (;;) {
    std::size_t used = 0;
    if (!input_.empty()) {
      used = parser.feed_body(input_.view(), sink);
      input_.consume(used);
    }
    if (parser.state() == RequestParser::State::done) break;
    if (parser.state() == RequestParser::State::failed) {
      refuse(exchange, parser.error_status() == 0 ? exchange.body_failure : parser.error_status());
      co_return true;
    }
    if (used > 0 && !input_.empty()) continue;
    if (input_.view().size() > kUnparsedBytesMax) {
      refuse(exchange, 400);
      co_return true;
    }
    set_deadline(shared_.options.idle_timeout);
    deadline_ = std::min(deadline_, last_moment);
    const bool got = co_await read_more(kBodyReadBytes);
    if (!got) {
      if (!timed_out_) co_return false;
      refuse(exchange, 408);
      co_return true;
    }
  }
  if (exchange.upload) {
    if (!exchange.upload->close()) {
      shared_.report_error("an upload could not be written", exchange.request.trace_id);
      refuse(exchange, 503);
      co_return true;
    }
    BodyFile body_file;
    body_file.path = exchange.upload->path();
    body_file.size = exchange.upload->size();
    exchange.request.body_file = std::move(body_file);
  }
  co_return true;
}

bool Connection::take_body_piece(Exchange& exchange, std::string_view piece) {
  exchange.body_received += piece.size();
  if (exchange.body_received > exchange.body_limit) {
    exchange.body_failure = 413;
    return false;
  }
  std::string& body = exchange.request.body;
  const bool to_file = exchange.route->options.streamed_body &&
                       exchange.body_received > shared_.options.body_in_memory_bytes;
  if (!to_file) {
    body += piece;
    return true;
  }
  if (!exchange.upload) {
    auto created =
        UploadFile::create(shared_.options.upload_folder, "upload-" + exchange.request.trace_id);
    if (!created) {
      shared_.report_error(created.error().message, exchange.request.trace_id);
      exchange.body_failure = 503;
      return false;
    }
    exchange.upload.emplace(std::move(created).value());
    if (!exchange.upload->write(body)) exchange.body_failure = 503;
    std::string{}.swap(body);
  }
  if (!exchange.upload->write(piece)) exchange.body_failure = 503;
  if (exchange.body_failure != 0) {
    shared_.report_error("an upload could not be written", exchange.request.trace_id);
    return false;
  }
  return true;
}

Task<void> Connection::handle(Exchange& exchange) {
  deadline_ = SteadyTime::max();
  if (exchange.route->options.runs_on == RunsOn::io) {
    call_handler(exchange);
    co_return;
  }
  std::function<void()> work = [this, &exchange] { call_handler(exchange); };
  const bool taken = co_await run_on_pool(worker_, std::move(work), kPlainToken);
  if (!taken) refuse(exchange, 503);
}

// On a thread of the pool, while the connection waits.
void Connection::call_handler(Exchange& exchange) {
  const std::string& trace_id = exchange.request.trace_id;
  try {
    exchange.response = exchange.route->handler(exchange.request);
    if (exchange.response.file) {
      auto opened = OutgoingFile::open(exchange.response.file->path);
      if (exchange.response.file->remove_after) {
        std::error_code ignored;
        std::filesystem::remove(exchange.response.file->path, ignored);  // it stays open
      }
      if (opened) {
        exchange.outgoing.emplace(std::move(opened).value());
      } else {
        shared_.report_error(opened.error().message, trace_id);
        exchange.response = error_response(exchange.request, standard_problem(500));
      }
    }
    return;
  } catch (const std::exception& error) {
    shared_.report_error(std::string{"a handler threw: "} + error.what(), trace_id);
  } catch (...) {
    shared_.report_error("a handler threw something that is no exception", trace_id);
  }
  exchange.response = error_response(exchange.request, standard_problem(500));
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
    const bool got = co_await read_more(kBodyReadBytes);
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

void Connection::log(const Exchange& exchange) {
  if (!shared_.options.on_request) return;
  const auto took = std::chrono::steady_clock::now() - exchange.started_at;
  AccessRecord record;
  record.method = to_text(exchange.request.method);
  record.path = exchange.request.path;
  record.status = exchange.response.status;
  record.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  record.trace_id = exchange.request.trace_id;
  shared_.options.on_request(record);
}

}  // namespace http
