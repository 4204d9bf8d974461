#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace http {

RateLimiter::RateLimiter(RateLimit limit, std::size_t keys_max)
    : limit_(limit), keys_max_(std::max<std::size_t>(keys_max, 1)) {
  if (limit_.per_second <= 0) return;
  interval_ = std::chrono::nanoseconds{std::llround(1e9 / limit_.per_second)};
  const double spare = std::max(limit_.burst, 1.0) - 1.0;
  reserve_ = std::chrono::nanoseconds{std::llround(1e9 / limit_.per_second * spare)};
}

std::chrono::nanoseconds RateLimiter::admit(std::string_view key, Clock::time_point now) {
  if (limit_.per_second <= 0) return std::chrono::nanoseconds{0};
  const std::lock_guard lock{mutex_};
  Account& account = account_of(key, now);
  const Account since = std::max(account, now);
  if (since - now > reserve_) return since - now - reserve_;
  account = since + interval_;
  return std::chrono::nanoseconds{0};
}

RateLimiter::Account& RateLimiter::account_of(std::string_view key, Clock::time_point now) {
  constexpr std::chrono::seconds kSweepEvery{1};
  const std::string name{key};
  if (const auto found = accounts_.find(name); found != accounts_.end()) return found->second;
  if (accounts_.size() >= keys_max_ && now - swept_at_ >= kSweepEvery) {
    // Whoever has his whole reserve again is as good as new.
    swept_at_ = now;
    std::erase_if(accounts_, [&](const auto& one) { return one.second <= now; });
  }
  if (accounts_.size() >= keys_max_) return accounts_[std::string{}];
  return accounts_[name];
}

std::size_t RateLimiter::key_count() const {
  const std::lock_guard lock{mutex_};
  return accounts_.size();
}

}  // namespace http
