#pragma once
// test_proxy.h - a wire between the store and the database that a test can cut at will.
#include <atomic>
#include <cstddef>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace storage::postgres {

class TestProxy {
 public:
  // Where in an exchange the wire is cut.
  enum class Cut {
    before_sending,    // the database hears nothing
    in_the_middle,     // it hears a part
    after_sending,     // it hears all, nobody waits for its answer
    before_answering,  // its answer was on its way
    inside_answer,     // half of it arrived
  };

  TestProxy(int server_port, std::uint64_t seed);
  ~TestProxy();
  TestProxy(const TestProxy&) = delete;
  TestProxy& operator=(const TestProxy&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // The next exchange on any connection is cut, at a place chosen by chance.
  void arm() { armed_ = true; }
  [[nodiscard]] bool is_armed() const { return armed_; }
  [[nodiscard]] int cuts() const { return cuts_; }

 private:
  void accept_all();
  void carry(int client);
  [[nodiscard]] Cut choose();

  int server_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> armed_{false};
  std::atomic<int> cuts_{0};
  std::mutex mutex_;
  std::mt19937_64 chance_;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace storage::postgres
