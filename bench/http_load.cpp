#include "http_load.h"

#include <array>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_call.h"

namespace bench {

namespace {

struct Connection {
  int socket = -1;
  std::string_view request;
  std::size_t sent = 0;
  std::string received{};
  Stopwatch::time_point started{};
};

class LoadRun {
 public:
  LoadRun(const Load& load, int expected) : load_(load), expected_(expected) {
    poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    connections_.resize(load.connections);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      Connection& one = connections_[i];
      one.socket = connect_to(load.port);
      ::fcntl(one.socket, F_SETFL, O_NONBLOCK);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, one.socket, &event);
    }
  }
  ~LoadRun() {
    for (const Connection& one : connections_) ::close(one.socket);
    ::close(poll_);
  }
  LoadRun(const LoadRun&) = delete;
  LoadRun& operator=(const LoadRun&) = delete;

  LoadResult run() {
    const auto begin = Stopwatch::now();
    count_from_ = begin + std::chrono::duration_cast<Stopwatch::duration>(
                              std::chrono::duration<double>(load_.warm_up_seconds));
    end_ = load_.seconds > 0 ? count_from_ + std::chrono::duration_cast<Stopwatch::duration>(
                                                 std::chrono::duration<double>(load_.seconds))
                             : Stopwatch::time_point::max();
    for (Connection& one : connections_) next(one, begin);
    std::array<epoll_event, 64> ready{};
    while (under_way_ > 0) {
      const int n = ::epoll_wait(poll_, ready.data(), static_cast<int>(ready.size()), 1000);
      if (n < 0 && errno != EINTR) give_up("epoll failed");
      for (int i = 0; i < n; ++i) {
        epoll_event& event = ready.at(static_cast<std::size_t>(i));
        serve(connections_.at(event.data.u64));
      }
    }
    result_.seconds = std::chrono::duration<double>(last_ - count_from_).count();
    return std::move(result_);
  }

 private:
  // Sends the connection's next request, unless the load is over.
  void next(Connection& one, Stopwatch::time_point now) {
    if (now >= end_ || (load_.requests > 0 && result_.sent >= load_.requests)) return;
    one.request = load_.request(result_.sent++);
    one.sent = 0;
    one.started = now;
    ++under_way_;
    send(one);
  }

  void send(Connection& one) {
    while (one.sent < one.request.size()) {
      const ssize_t n = ::send(one.socket, one.request.data() + one.sent,
                               one.request.size() - one.sent, MSG_NOSIGNAL);
      if (n <= 0) {
        // Requests are smaller than a socket's buffer, and the one before was answered.
        give_up("a request could not be sent");
      }
      one.sent += static_cast<std::size_t>(n);
    }
  }

  void serve(Connection& one) {
    std::array<char, 65536> block{};
    for (;;) {
      const ssize_t got = ::recv(one.socket, block.data(), block.size(), 0);
      if (got < 0 && errno == EAGAIN) break;
      if (got <= 0) give_up("the server closed a connection under load");
      one.received.append(block.data(), static_cast<std::size_t>(got));
      if (static_cast<std::size_t>(got) < block.size()) break;
    }
    const AnswerSize size = measure_answer(one.received);
    if (size.bytes == 0) return;
    const auto now = Stopwatch::now();
    --under_way_;
    if (now >= count_from_) {
      ++result_.status[size.status];
      if (size.status == expected_) {
        result_.durations.add(now - one.started);
        last_ = now;
      }
    }
    if (size.status != expected_ && result_.first_unexpected.empty()) {
      result_.first_unexpected = one.received.substr(size.head, size.bytes - size.head);
    }
    one.received.erase(0, size.bytes);
    next(one, now);
  }

  const Load& load_;
  int expected_;
  int poll_ = -1;
  std::vector<Connection> connections_;
  std::size_t under_way_ = 0;
  Stopwatch::time_point count_from_;
  Stopwatch::time_point end_;
  Stopwatch::time_point last_ = Stopwatch::now();
  LoadResult result_;
};

}  // namespace

std::string LoadResult::status_text() const {
  std::string text;
  for (const auto& [code, count] : status) {
    if (!text.empty()) text += ", ";
    text += std::to_string(code) + ": " + grouped(static_cast<double>(count));
  }
  return text;
}

LoadResult run_load(const Load& load, int expected_status) {
  LoadResult result = LoadRun(load, expected_status).run();
  if (!result.first_unexpected.empty()) note("unexpected answer: " + result.first_unexpected);
  return result;
}

}  // namespace bench
