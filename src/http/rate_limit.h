#pragma once
// rate_limit.h - how many requests somebody may make: a steady rate and a reserve for bursts.
//
// Pure but for its lock: the moment is an argument.  What was refused is not counted, so whoever
// comes back after the wait he was told gets through.
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace http {

struct RateLimit {
  double per_second = 0;  // 0: no limit
  double burst = 1;       // so many at once by whoever was quiet before

  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  // Beyond `keys_max` keys that are all busy, new ones share one account.
  explicit RateLimiter(RateLimit limit, std::size_t keys_max = 65'536);

  // Zero: goes on, and counts.  Otherwise how long until the next one does.
  [[nodiscard]] std::chrono::nanoseconds admit(std::string_view key, Clock::time_point now);
  [[nodiscard]] std::size_t key_count() const;

 private:
  // When the key would have used up what it was given, were it given evenly.
  using Account = Clock::time_point;
  [[nodiscard]] Account& account_of(std::string_view key, Clock::time_point now);

  RateLimit limit_;
  std::size_t keys_max_;
  std::chrono::nanoseconds interval_{0};
  std::chrono::nanoseconds reserve_{0};
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Account> accounts_;
  Clock::time_point swept_at_{};
};

}  // namespace http
