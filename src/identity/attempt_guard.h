#pragma once
// attempt_guard.h - one attempt with a password or code, from before the comparison to its end.
//
// It counts as failed while it is under way, so that parallel guesses count; whoever leaves without
// having compared anything (the pool was busy, the store away) has made no attempt.
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "identity/login_throttle.h"

namespace identity {

class AttemptGuard {
 public:
  struct Whose {
    std::string account;
    std::string address;
    bool known_place = false;  // somebody remembers longer than the throttle that it is his
  };
  AttemptGuard(std::mutex& mutex, LoginThrottle& throttle, const Whose& whose, Moment now)
      : mutex_(mutex), throttle_(throttle), account_(whose.account), address_(whose.address) {
    const std::scoped_lock lock(mutex_);
    if (whose.known_place) throttle_.knows(account_, address_, now);
    wait_ = throttle_.wait_before(account_, address_, now);
    if (wait_ == std::chrono::seconds{0}) under_way_ = throttle_.attempt(account_, address_, now);
  }
  ~AttemptGuard() {
    if (!under_way_.has_value()) return;
    const std::scoped_lock lock(mutex_);
    throttle_.take_back(*under_way_);
  }
  AttemptGuard(const AttemptGuard&) = delete;
  AttemptGuard& operator=(const AttemptGuard&) = delete;

  // Not zero: nothing may be compared yet.
  [[nodiscard]] std::chrono::seconds wait() const { return wait_; }
  void was_wrong() { under_way_.reset(); }
  void was_right(Moment now) {
    under_way_.reset();
    const std::scoped_lock lock(mutex_);
    throttle_.succeeded(account_, address_, now);
  }

 private:
  std::mutex& mutex_;
  LoginThrottle& throttle_;
  std::string account_;
  std::string address_;
  std::chrono::seconds wait_{};
  std::optional<LoginThrottle::Attempt> under_way_;
};

}  // namespace identity
