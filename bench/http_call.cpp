#include "http_call.h"

#include <array>
#include <charconv>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "figure.h"

namespace bench {

namespace {

// The value of a header in lower-case `name`; names on the wire may be in any case.
std::string_view find_header(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
    at += 2;
    const std::size_t end = std::min(head.find("\r\n", at), head.size());
    const std::string_view line = head.substr(at, end - at);
    if (line.size() > name.size() && line[name.size()] == ':') {
      bool same = true;
      for (std::size_t i = 0; i < name.size() && same; ++i) {
        const char c = line[i];
        same = (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c) == name[i];
      }
      if (same) {
        std::string_view value = line.substr(name.size() + 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        return value;
      }
    }
    at = end < head.size() ? end : std::string_view::npos;
  }
  return {};
}

}  // namespace

std::string request_bytes(std::string_view method, std::string_view target, const Headers& headers,
                          std::string_view body) {
  std::string bytes = std::string{method} + ' ' + std::string{target} +
                      " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n";
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  if (!body.empty()) {
    bytes +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  bytes += "\r\n";
  bytes += body;
  return bytes;
}

std::string HttpAnswer::header(std::string_view name) const {
  return std::string{find_header(head, name)};
}

AnswerSize measure_answer(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return {};
  const std::string_view head = bytes.substr(0, end + 2);
  AnswerSize size{.bytes = 0, .head = end + 4, .status = 0};
  if (head.size() >= 12) std::from_chars(head.data() + 9, head.data() + 12, size.status);
  const std::string_view length = find_header(head, "content-length");
  std::size_t body = 0;
  std::from_chars(length.data(), length.data() + length.size(), body);
  if (bytes.size() >= size.head + body) size.bytes = size.head + body;
  return size;
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const void* where = &address;
  if (::connect(socket, static_cast<const sockaddr*>(where), sizeof address) != 0) {
    give_up("no connection to port " + std::to_string(port));
  }
  return socket;
}

HttpCaller::HttpCaller(std::uint16_t port) : socket_(connect_to(port)) {}
HttpCaller::~HttpCaller() {
  ::close(socket_);
}

HttpAnswer HttpCaller::call(std::string_view method, std::string_view target,
                            const Headers& headers, std::string_view body) {
  const std::string request = request_bytes(method, target, headers, body);
  for (std::size_t sent = 0; sent < request.size();) {
    const ssize_t n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) give_up("the server closed the connection");
    sent += static_cast<std::size_t>(n);
  }
  std::array<char, 65536> block{};
  for (;;) {
    const AnswerSize size = measure_answer(received_);
    if (size.bytes > 0) {
      HttpAnswer answer{.status = size.status,
                        .head = received_.substr(0, size.head - 2),
                        .body = received_.substr(size.head, size.bytes - size.head)};
      received_.erase(0, size.bytes);
      return answer;
    }
    const ssize_t got = ::recv(socket_, block.data(), block.size(), 0);
    if (got <= 0) give_up("no answer to " + std::string{method} + ' ' + std::string{target});
    received_.append(block.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace bench
