#pragma once
// file_checks.h - wakes the thread that has files scanned, and keeps it from asking a scanner that
// is down again and again.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "calendar/instant.h"

namespace casework {

// Thread-safe.
class FileChecks {
 public:
  // There is a file to be scanned.
  void wake();
  // Until somebody wakes it, the time is over, or it is told to stop.
  void wait(const std::stop_token& stop, std::chrono::milliseconds longest);

  // After the scanner gave no verdict nobody but that thread asks it before `until`.
  void hold_off(calendar::Instant until);
  // It answered.
  void resume();
  [[nodiscard]] bool holds_off(calendar::Instant now) const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool woken_ = false;
  calendar::Instant until_{};
};

}  // namespace casework
