#pragma once
// server_test_client.h - for tests: a server on a loopback port, and a client of plain sockets that
// can send what no library would.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ensure.h"
#include "http/message_headers.h"
#include "http/server.h"

namespace http::test {

struct Answer {
  int status = 0;  // 0: the server closed without an answer
  std::string head;
  std::string body;

  [[nodiscard]] bool has(std::string_view text) const {
    return head.find(text) != std::string::npos;
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* raw = &address;
    const int failed = ::connect(socket_, static_cast<const sockaddr*>(raw), sizeof address);
    ENSURE(failed == 0, "a test server listens on loopback");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False when the server has closed or reset the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  enum class Body { yes, none };  // none: the answer to a HEAD request
  Answer receive(Body expected = Body::yes) {
    Answer answer;
    while (input_.find("\r\n\r\n") == std::string::npos) {
      if (!read_some()) return answer;
    }
    const auto end = input_.find("\r\n\r\n") + 4;
    answer.head = input_.substr(0, end);
    input_.erase(0, end);
    answer.status = std::atoi(answer.head.substr(9, 3).c_str());
    const auto field = answer.head.find("Content-Length: ");
    if (field == std::string::npos || expected == Body::none) return answer;
    const auto length = static_cast<std::size_t>(std::atoll(answer.head.c_str() + field + 16));
    while (input_.size() < length) {
      if (!read_some()) break;
    }
    answer.body = input_.substr(0, length);
    input_.erase(0, answer.body.size());
    return answer;
  }
  Answer ask(std::string_view request) {
    send(request);
    return receive();
  }
  Answer get(std::string_view target, std::string_view headers = "") {
    return ask("GET " + std::string{target} + " HTTP/1.1\r\nHost: test\r\n" + std::string{headers} +
               "\r\n");
  }
  // Waits until the server closes; false when it resets, stays open for 5 s or sends more.
  bool is_closed_cleanly() {
    if (!input_.empty()) return false;
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) != 1) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
  }

 private:
  bool read_some() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) != 1) return false;
    char bytes[16384];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    input_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string input_;
};

// Runs from construction to destruction.
class RunningServer {
 public:
  RunningServer(ServerOptions options, Router router)
      : server_(std::move(options), std::move(router)) {
    const auto listening = server_.listen();
    ENSURE(listening.has_value(), "a test server finds a free port");
    thread_ = std::thread{[this] { server_.run(); }};
  }
  ~RunningServer() { stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  void stop() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] Server& server() { return server_; }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  Server server_;
  std::thread thread_;
};

inline std::string post(std::string_view target, std::string_view body,
                        std::string_view headers = "") {
  return "POST " + std::string{target} +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string{headers} + "\r\n" + std::string{body};
}

}  // namespace http::test
