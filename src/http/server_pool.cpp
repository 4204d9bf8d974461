#include "http/server_pool.h"

#include <algorithm>
#include <utility>

namespace http {
HandlerPool::HandlerPool(unsigned threads, unsigned reserved, std::size_t queue_limit)
    : queue_limit_(queue_limit) {
  const unsigned count = std::max(threads, 1U);
  const unsigned kept = std::min(reserved, count - 1);
  threads_.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const Serves serves = i < kept ? Serves::reserved : Serves::all;
    threads_.emplace_back([this, serves] { work_until_stopped(serves); });
  }
}

HandlerPool::~HandlerPool() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  for (Post& post : posts_) post.available.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool HandlerPool::submit(Lane lane, std::function<void()>&& work) {
  {
    const std::lock_guard lock{mutex_};
    auto& queue = lane == Lane::reserved ? reserved_ : open_;
    if (queue.size() >= queue_limit_) return false;
    queue.push_back(std::move(work));
  }
  // One of each kind that may take it: who was called before and has not come yet still counts as
  // sleeping, so that calling one alone could call nobody.
  if (lane == Lane::reserved) post_of(Serves::reserved).available.notify_one();
  post_of(Serves::all).available.notify_one();
  return true;
}

std::deque<std::function<void()>>* HandlerPool::next_queue(Serves serves) {
  if (!reserved_.empty()) return &reserved_;
  return serves == Serves::all && !open_.empty() ? &open_ : nullptr;
}

void HandlerPool::work_until_stopped(Serves serves) {
  Post& post = post_of(serves);
  std::unique_lock lock{mutex_};
  for (;;) {
    std::deque<std::function<void()>>* queue = next_queue(serves);
    while (queue == nullptr) {
      if (stopping_) return;
      post.available.wait(lock);
      queue = next_queue(serves);
    }
    {
      const std::function<void()> work = std::move(queue->front());
      queue->pop_front();
      lock.unlock();
      work();
    }
    lock.lock();
  }
}

}  // namespace http
