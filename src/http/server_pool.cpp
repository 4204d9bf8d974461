#include "http/server_pool.h"

#include <algorithm>
#include <utility>

namespace http {

HandlerPool::HandlerPool(unsigned threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
  const unsigned count = std::max(threads, 1U);
  threads_.reserve(count);
  for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { work_until_stopped(); });
}

HandlerPool::~HandlerPool() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  available_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool HandlerPool::submit(std::function<void()>&& work) {
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    if (queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(work));
    wake = sleeping_ > 0;
  }
  if (wake) available_.notify_one();
  return true;
}

void HandlerPool::work_until_stopped() {
  std::unique_lock lock{mutex_};
  for (;;) {
    while (queue_.empty()) {
      if (stopping_) return;
      ++sleeping_;
      available_.wait(lock);
      --sleeping_;
    }
    {
      const std::function<void()> work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      work();
    }
    lock.lock();
  }
}

}  // namespace http
