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
  Post* wake = nullptr;
  {
    const std::lock_guard lock{mutex_};
    auto& queue = lane == Lane::reserved ? reserved_ : open_;
    if (queue.size() >= queue_limit_) return false;
    queue.push_back(std::move(work));
    for (const Serves serves : {Serves::reserved, Serves::all}) {
      if (serves == Serves::reserved && lane != Lane::reserved) continue;
      if (wake == nullptr && post_of(serves).sleeping > 0) wake = &post_of(serves);
    }
  }
  if (wake != nullptr) wake->available.notify_one();
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
      ++post.sleeping;
      post.available.wait(lock);
      --post.sleeping;
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
