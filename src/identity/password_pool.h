#pragma once
// password_pool.h - one thread that hashes passwords, with a bounded queue in front.
//
// A rush of logins then costs one core at most and everyone else's requests stay quick; what does
// not fit the queue is refused at once (429) instead of piling up.  Callers wait on their own
// threads: keep the limit well below the number of handler threads of the server.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.h"

namespace identity {

enum class PoolRefusal {
  busy  // the queue is full or the pool is stopping; answer 429 with Retry-After
};

// Who waits: a flood of strangers' passwords must not keep out whoever signs in where he always
// does.  The known come first, and have a queue of their own.
enum class Caller { stranger, known };

class PasswordPool {
 public:
  // Of each queue.
  explicit PasswordPool(std::size_t queue_limit = 12);
  // Finishes what is queued.
  ~PasswordPool();
  PasswordPool(const PasswordPool&) = delete;
  PasswordPool& operator=(const PasswordPool&) = delete;

  // Both block the calling thread until the pool has done the work.  Thread-safe.
  [[nodiscard]] base::Result<std::string, PoolRefusal> hash(std::string_view password,
                                                            Caller caller = Caller::stranger);
  // `hash` is empty for an unknown account: a dummy is compared, and the answer is false.
  [[nodiscard]] base::Result<bool, PoolRefusal> verify(std::string_view password,
                                                       const std::optional<std::string>& hash,
                                                       Caller caller = Caller::stranger);

 private:
  [[nodiscard]] bool run_and_wait(const std::function<void()>& work, Caller caller);
  void work_until_stopped();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> known_;
  std::deque<std::function<void()>> strangers_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace identity
