#pragma once
// server_pool.h - the threads on which handlers run, with a bounded queue in front of each lane.
//
// Bulkheads: some threads take Lane::reserved alone; the others take it first.  Lane::outside
// and Lane::papers have threads of their own, and they take nothing else.
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
  // At least one thread takes what has no threads of its own, and one takes each of the others.
  explicit HandlerPool(const ServerOptions& options);
  // Runs what is queued, then joins.
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  // False when the lane's queue is full: `work` is not taken.  `work` must not throw.
  [[nodiscard]] bool submit(Lane lane, std::function<void()>&& work);

 private:
  enum class Serves { all, reserved, outside, papers };
  struct Post {
    std::condition_variable available;
  };
  void work_until_stopped(Serves serves);
  [[nodiscard]] std::deque<std::function<void()>>* next_queue(Serves serves);
  [[nodiscard]] Post& post_of(Serves serves) { return posts_.at(static_cast<std::size_t>(serves)); }

  struct Queue {
    std::deque<std::function<void()>> work;
    std::size_t limit;
  };
  [[nodiscard]] Queue& queue_of(Lane lane) { return queues_.at(static_cast<std::size_t>(lane)); }

  std::mutex mutex_;
  std::array<Post, 4> posts_;
  std::array<Queue, 4> queues_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
