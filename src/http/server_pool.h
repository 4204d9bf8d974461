#pragma once
// server_pool.h - the threads on which handlers run, with a bounded queue in front of each lane.
//
// Bulkheads: some threads take Lane::reserved alone; the others take it first.
#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/server.h"

namespace http {

class HandlerPool {
 public:
  // At least one thread takes any work.
  HandlerPool(unsigned threads, unsigned reserved, std::size_t queue_limit);
  // Runs what is queued, then joins.
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  // False when the lane's queue is full: `work` is not taken.  `work` must not throw.
  [[nodiscard]] bool submit(Lane lane, std::function<void()>&& work);

 private:
  enum class Serves { all, reserved };
  struct Post {
    std::condition_variable available;
  };
  void work_until_stopped(Serves serves);
  [[nodiscard]] std::deque<std::function<void()>>* next_queue(Serves serves);
  [[nodiscard]] Post& post_of(Serves serves) { return posts_.at(static_cast<std::size_t>(serves)); }

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::array<Post, 2> posts_;
  std::deque<std::function<void()>> open_;
  std::deque<std::function<void()>> reserved_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
