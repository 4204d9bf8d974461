#include "casework/file_checks.h"

namespace casework {

void FileChecks::wake() {
  const std::scoped_lock lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void FileChecks::wait(const std::stop_token& stop, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, longest, [this] { return woken_; });
  woken_ = false;
}

void FileChecks::hold_off(calendar::Instant until) {
  const std::scoped_lock lock(mutex_);
  until_ = until;
}

void FileChecks::resume() {
  const std::scoped_lock lock(mutex_);
  until_ = {};
}

bool FileChecks::holds_off(calendar::Instant now) const {
  const std::scoped_lock lock(mutex_);
  return now < until_;
}

}  // namespace casework
