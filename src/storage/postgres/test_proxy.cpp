#include "storage/postgres/test_proxy.h"

#include <array>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace storage::postgres {

namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}
sockaddr* plain(sockaddr_in& address) {
  return static_cast<sockaddr*>(static_cast<void*>(&address));
}

int new_socket() {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int at_once = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  return made;
}

bool send_all(int to, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t sent = ::send(to, bytes, count, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

TestProxy::TestProxy(int server_port, std::uint64_t seed)
    : server_port_(server_port), chance_(seed) {
  listener_ = new_socket();
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, plain(address), size) != 0 || ::listen(listener_, 64) != 0) std::abort();
  ::getsockname(listener_, plain(address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread{[this] { accept_all(); }};
}

TestProxy::~TestProxy() {
  stopping_ = true;
  acceptor_.join();
  for (std::thread& carrier : carriers_) carrier.join();
  ::close(listener_);
}

void TestProxy::accept_all() {
  while (!stopping_) {
    pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 50) <= 0) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client >= 0) carriers_.emplace_back([this, client] { carry(client); });
  }
}

TestProxy::Cut TestProxy::choose() {
  const std::scoped_lock lock(mutex_);
  return static_cast<Cut>(std::uniform_int_distribution<int>{0, 4}(chance_));
}

void TestProxy::carry(int client) {
  const int server = new_socket();
  sockaddr_in address = loopback(server_port_);
  bool open = ::connect(server, plain(address), sizeof address) == 0;
  std::optional<Cut> planned;
  std::array<char, 65536> bytes;  // NOLINT: filled before it is read
  while (open && !stopping_) {
    std::array<pollfd, 2> both{pollfd{.fd = client, .events = POLLIN, .revents = 0},
                               pollfd{.fd = server, .events = POLLIN, .revents = 0}};
    if (::poll(both.data(), both.size(), 50) <= 0) continue;
    for (const bool from_client : {true, false}) {
      if (!open || both[from_client ? 0 : 1].revents == 0) continue;
      const ssize_t got = ::recv(from_client ? client : server, bytes.data(), bytes.size(), 0);
      if (got <= 0) {
        open = false;
        continue;
      }
      std::size_t count = static_cast<std::size_t>(got);
      if (from_client && !planned.has_value() && armed_.exchange(false)) planned = choose();
      if (planned.has_value()) {
        const bool now = from_client ? *planned <= Cut::after_sending : true;
        if (now) {
          if (*planned == Cut::before_sending || *planned == Cut::before_answering) count = 0;
          if (*planned == Cut::in_the_middle || *planned == Cut::inside_answer) count /= 2;
          open = false;
          ++cuts_;
        }
      }
      open = send_all(from_client ? server : client, bytes.data(), count) && open;
    }
  }
  ::close(server);
  ::close(client);
}

}  // namespace storage::postgres
