#include "identity/password_pool.h"

#include <future>
#include <memory>
#include <utility>

#include "identity/password.h"

namespace identity {

PasswordPool::PasswordPool(std::size_t queue_limit)
    : queue_limit_(queue_limit), thread_([this] { work_until_stopped(); }) {}

PasswordPool::~PasswordPool() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

base::Result<std::string, PoolRefusal> PasswordPool::hash(std::string_view password,
                                                          Caller caller) {
  std::string result;
  if (!run_and_wait([&] { result = hash_password(password); }, caller)) {
    return base::Failure{PoolRefusal::busy};
  }
  return result;
}

base::Result<bool, PoolRefusal> PasswordPool::verify(std::string_view password,
                                                     const std::optional<std::string>& hash,
                                                     Caller caller) {
  bool matches = false;
  const auto compare = [&] {
    matches = verify_password(password, hash ? *hash : dummy_password_hash());
  };
  if (!run_and_wait(compare, caller)) return base::Failure{PoolRefusal::busy};
  return matches && hash.has_value();
}

bool PasswordPool::run_and_wait(const std::function<void()>& work, Caller caller) {
  // Shared: the pool may still be inside set_value when the caller is gone.
  const auto done = std::make_shared<std::promise<void>>();
  std::future<void> finished = done->get_future();
  {
    const std::lock_guard lock{mutex_};
    auto& queue = caller == Caller::known ? known_ : strangers_;
    if (stopping_ || queue.size() >= queue_limit_) return false;
    queue.emplace_back([&work, done] {
      work();
      done->set_value();
    });
  }
  changed_.notify_one();
  finished.wait();
  return true;
}

void PasswordPool::work_until_stopped() {
  (void)dummy_password_hash();  // made now, so that the first unknown account takes no longer
  std::unique_lock lock{mutex_};
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !known_.empty() || !strangers_.empty(); });
    auto& queue = known_.empty() ? strangers_ : known_;
    if (queue.empty()) return;
    const std::function<void()> work = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace identity
