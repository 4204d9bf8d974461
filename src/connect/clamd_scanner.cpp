#include "connect/clamd_scanner.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace connectors {

namespace {

using base::FaultCode;
using base::Outcome;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReplyMax = 4096;
constexpr std::size_t kChunk = 256UL * 1024;

base::Failure<base::Fault> no_verdict(const std::string& why) {
  return base::fault(FaultCode::unavailable, "clamd: " + why);
}

class Connection {
 public:
  explicit Connection(Clock::time_point until) : until_(until) {}
  ~Connection() {
    if (socket_ >= 0) ::close(socket_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Outcome<base::Done> open(const std::string& address) {
    if (address.find('/') != std::string::npos) {
      sockaddr_un to{};
      to.sun_family = AF_UNIX;
      if (address.size() >= sizeof to.sun_path) return no_verdict("the socket's path is too long");
      std::memcpy(to.sun_path, address.c_str(), address.size() + 1);
      return connect(AF_UNIX, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    const std::size_t colon = address.rfind(':');
    if (colon == std::string::npos) return no_verdict("its address is HOST:PORT or a path");
    std::string host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* raw = nullptr;
    if (getaddrinfo(host.c_str(), address.c_str() + colon + 1, &wanted, &raw) != 0) {
      return no_verdict(address + " is not known");
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(raw, &freeaddrinfo);
    Outcome<base::Done> last = no_verdict(address + " has no address");
    for (const addrinfo* one = raw; one != nullptr; one = one->ai_next) {
      last = connect(one->ai_family, one->ai_addr, one->ai_addrlen);
      if (last) return last;
    }
    return last;
  }

  // False: it closed its ear; what it has to say is still to be read.
  Outcome<bool> send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      if (errno == EINTR) continue;
      if (errno == EPIPE || errno == ECONNRESET) return false;
      if (errno != EAGAIN) return no_verdict(std::strerror(errno));
      TRY(wait(POLLOUT));
    }
    return true;
  }

  // Until the zero byte, or its end.
  Outcome<std::string> reply() {
    std::string text;
    std::array<char, 512> piece{};
    for (;;) {
      const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
      if (got == 0) return text;
      if (got > 0) {
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (const std::size_t end = text.find('\0'); end != std::string::npos) {
          return text.substr(0, end);
        }
        if (text.size() > kReplyMax) return no_verdict("its answer does not end");
        continue;
      }
      if (errno == EINTR) continue;
      if (errno == ECONNRESET) return text;
      if (errno != EAGAIN) return no_verdict(std::strerror(errno));
      TRY(wait(POLLIN));
    }
  }

 private:
  Outcome<base::Done> connect(int family, const sockaddr* to, socklen_t size) {
    if (socket_ >= 0) ::close(socket_);
    socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ < 0) return no_verdict(std::strerror(errno));
    if (::connect(socket_, to, size) == 0) return base::Done{};
    // A Unix socket whose queue is full says EAGAIN: that is down, for us.
    if (errno != EINPROGRESS) return no_verdict(std::strerror(errno));
    TRY(wait(POLLOUT));
    int problem = 0;
    socklen_t length = sizeof problem;
    getsockopt(socket_, SOL_SOCKET, SO_ERROR, &problem, &length);
    if (problem != 0) return no_verdict(std::strerror(problem));
    return base::Done{};
  }

  Outcome<base::Done> wait(short what) {
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
      if (left <= 0) return no_verdict("it did not answer in time");
      pollfd one{.fd = socket_, .events = what, .revents = 0};
      const int ready = poll(&one, 1, static_cast<int>(left));
      if (ready > 0) return base::Done{};
      if (ready < 0 && errno != EINTR) return no_verdict(std::strerror(errno));
    }
  }

  Clock::time_point until_;
  int socket_ = -1;
};

std::string size_prefix(std::size_t size) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xffU);
  }
  return text;
}

Outcome<std::string> ask_about(Connection& clamd, std::string_view bytes) {
  using namespace std::string_view_literals;
  bool hears = TRY(clamd.send("zINSTREAM\0"sv));
  while (hears && !bytes.empty()) {
    const std::string_view chunk = bytes.substr(0, kChunk);
    hears = TRY(clamd.send(size_prefix(chunk.size()))) && TRY(clamd.send(chunk));
    bytes.remove_prefix(chunk.size());
  }
  if (hears) hears = TRY(clamd.send(size_prefix(0)));
  return clamd.reply();
}

Outcome<casework::ScanVerdict> verdict_in(const std::string& reply) {
  constexpr std::string_view kBegin = "stream: ";
  constexpr std::string_view kFound = " FOUND";
  if (reply == "stream: OK") return casework::ScanVerdict{};
  if (reply.starts_with(kBegin) && reply.ends_with(kFound) &&
      reply.size() > kBegin.size() + kFound.size()) {
    casework::ScanVerdict verdict;
    verdict.infected = true;
    verdict.threat = reply.substr(kBegin.size(), reply.size() - kBegin.size() - kFound.size());
    return verdict;
  }
  if (reply.find("size limit exceeded") != std::string::npos) {
    return base::fault(FaultCode::exhausted, "clamd: " + reply);
  }
  return no_verdict(reply.empty() ? "it hung up" : "it answered \"" + reply + "\"");
}

}  // namespace

Outcome<casework::ScanVerdict> ClamdScanner::scan(std::string_view bytes) {
  if (bytes.size() > options_.bytes_max) {
    return base::fault(FaultCode::exhausted, "the file is larger than what clamd is given");
  }
  std::string engine = TRY(version());
  Connection clamd(Clock::now() + options_.timeout);
  TRY(clamd.open(options_.address));
  auto verdict = verdict_in(TRY(ask_about(clamd, bytes)));
  if (!verdict) return verdict;
  verdict->engine = std::move(engine);
  return verdict;
}

Outcome<std::string> ClamdScanner::version() {
  using namespace std::string_view_literals;
  {
    const std::scoped_lock lock(mutex_);
    if (Clock::now() < version_until_) return version_;
  }
  Connection clamd(Clock::now() + options_.timeout);
  TRY(clamd.open(options_.address));
  TRY(clamd.send("zVERSION\0"sv));
  std::string told = TRY(clamd.reply());
  if (!told.starts_with("ClamAV ")) return no_verdict("it does not say which version it is");
  const std::scoped_lock lock(mutex_);
  version_ = told;
  version_until_ = Clock::now() + std::chrono::minutes{5};
  return told;
}

}  // namespace connectors
