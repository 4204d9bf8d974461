#pragma once
// server_pool.h - the threads on which handlers run, with a bounded queue in front of them.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

class HandlerPool {
 public:
  HandlerPool(unsigned threads, std::size_t queue_limit);
  // Runs what is queued, then joins.
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  // False when the queue is full: `work` is not taken.  `work` must not throw.
  [[nodiscard]] bool submit(std::function<void()>&& work);

 private:
  void work_until_stopped();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable available_;
  std::deque<std::function<void()>> queue_;
  std::size_t sleeping_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
