#include "http/server_worker.h"

#include <algorithm>
#include <ctime>

#include "http/address_block.h"
#include "http/server_connection.h"
#include "http/server_head.h"

namespace http {
namespace {

using ErrorCode = boost::system::error_code;

std::string address_of(const Socket& socket) {
  ErrorCode error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return "";
  asio::ip::address address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address.to_string();
}

}  // namespace

Worker::Worker(ServerShared& shared, std::unique_ptr<HandlerPool>& pool)
    : shared_(shared), pool_(pool) {
  const auto shortest = std::min(
      {shared.options.header_timeout, shared.options.idle_timeout, shared.options.drain_timeout});
  sweep_every_ =
      std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{250});
}

Worker::~Worker() = default;

void Worker::run() {
  arm_sweeper();
  context_.run();
}

bool Worker::start_connection(Socket& socket) {
  if (stopping_) return true;
  std::string address = address_of(socket);
  std::string block = shared_.is_proxy(address) ? std::string{} : address_block(address);
  if (!block.empty() && !shared_.take_place(block)) return false;
  ErrorCode ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.non_blocking(true, ignored);
  auto connection =
      std::make_shared<Connection>(*this, std::move(socket), std::move(address), std::move(block));
  connections_.insert(connection.get());
  connection->start();
  return true;
}

void Worker::forget(Connection& connection) {
  connections_.erase(&connection);
}

void Worker::begin_stop() {
  stopping_ = true;
  drain_deadline_ = std::chrono::steady_clock::now() + shared_.options.drain_timeout;
  for (Connection* connection : connections_) connection->close_if_idle();
  sweeper_.cancel();
}

void Worker::arm_sweeper() {
  sweeper_.expires_after(stopping_ ? std::min(sweep_every_, std::chrono::milliseconds{5})
                                   : sweep_every_);
  sweeper_.async_wait([this](const ErrorCode&) { sweep(); });
}

// The sweeper also keeps the event loop alive while there is, or may come, something to serve.
void Worker::sweep() {
  if (stopping_ && connections_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  for (Connection* connection : connections_) {
    if (now >= drain_deadline_) {
      connection->close_now();
    } else {
      connection->end_wait_if_late(now);
    }
  }
  arm_sweeper();
}

const std::string& Worker::date() {
  const std::time_t now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    date_ = http_date(now);
  }
  return date_;
}

}  // namespace http
