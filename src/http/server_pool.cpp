#include "http/server_pool.h"

#include <algorithm>
#include <utility>

namespace http {
HandlerPool::HandlerPool(const ServerOptions& options) {
  for (Queue& queue : queues_) queue.limit = options.handler_queue_limit;
  queue_of(Lane::outside).limit = options.outside_queue_limit;
  queue_of(Lane::papers).limit = options.papers_queue_limit;
  const unsigned count = std::max(options.handler_threads, 1U);
  const unsigned kept = std::min(options.reserved_threads, count - 1);
  const auto start = [this](Serves serves, unsigned many) {
    for (unsigned i = 0; i < many; ++i) {
      threads_.emplace_back([this, serves] { work_until_stopped(serves); });
    }
  };
  start(Serves::reserved, kept);
  start(Serves::all, count - kept);
  start(Serves::outside, std::max(options.outside_threads, 1U));
  start(Serves::papers, std::max(options.papers_threads, 1U));
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
    Queue& queue = queue_of(lane);
    if (queue.work.size() >= queue.limit) return false;
    queue.work.push_back(std::move(work));
  }
  if (lane == Lane::outside || lane == Lane::papers) {
    post_of(lane == Lane::outside ? Serves::outside : Serves::papers).available.notify_one();
    return true;
  }
  // One of each kind that may take it: who was called before and has not come yet still counts as
  // sleeping, so that calling one alone could call nobody.
  if (lane == Lane::reserved) post_of(Serves::reserved).available.notify_one();
  post_of(Serves::all).available.notify_one();
  return true;
}

std::deque<std::function<void()>>* HandlerPool::next_queue(Serves serves) {
  const auto in = [&](Lane lane) {
    auto& work = queue_of(lane).work;
    return work.empty() ? nullptr : &work;
  };
  if (serves == Serves::outside) return in(Lane::outside);
  if (serves == Serves::papers) return in(Lane::papers);
  if (auto* reserved = in(Lane::reserved)) return reserved;
  return serves == Serves::all ? in(Lane::open) : nullptr;
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
