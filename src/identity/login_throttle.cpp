#include "identity/login_throttle.h"

#include <algorithm>
#include <vector>

#include "identity/network.h"

namespace identity {
namespace {

constexpr std::size_t kKeyPartBytesMax = 200;

// The parts are kept apart by a character that none of them can hold, and cut: a hostile user name
// of a megabyte must not stay in memory.
std::string key_of(char kind, std::string_view account, std::string_view address) {
  std::string key(1, kind);
  key += account.substr(0, kKeyPartBytesMax);
  key += '\n';
  key += address.substr(0, kKeyPartBytesMax);
  return key;
}
std::string pair_key(std::string_view account, std::string_view address) {
  return key_of('p', account, address);
}
std::string address_key(std::string_view address) {
  return key_of('a', "", address);
}
std::string account_key(std::string_view account) {
  return key_of('u', account, "");
}
std::string block_key(std::string_view address) {
  return key_of('b', "", address_block(address));
}

}  // namespace

std::chrono::seconds LoginThrottle::wait_of(const std::string& key, int free_failures,
                                            Moment now) const {
  const auto found = counters_.find(key);
  if (found == counters_.end() || found->second.failures < free_failures) return {};
  const auto passed = now - found->second.last_at;
  if (passed >= limits_.forget_after) return {};
  std::chrono::seconds wait = limits_.first_wait;
  for (int i = free_failures; i < found->second.failures && wait < limits_.longest_wait; ++i) {
    wait *= 2;
  }
  wait = std::min(wait, limits_.longest_wait);
  // A clock that went backwards does not lengthen the wait.
  return std::clamp(wait - passed, std::chrono::seconds{0}, wait);
}

std::chrono::seconds LoginThrottle::wait_before(std::string_view account, std::string_view address,
                                                Moment now) const {
  const std::string pair = pair_key(account, address);
  std::chrono::seconds wait = wait_of(pair, limits_.free_failures_of_pair, now);
  const auto known = counters_.find(pair);
  if (known != counters_.end() && known->second.known_good) return wait;
  wait = std::max(wait, wait_of(address_key(address), limits_.free_failures_of_address, now));
  wait = std::max(wait, wait_of(block_key(address), limits_.free_failures_of_block, now));
  return std::max(wait, wait_of(account_key(account), limits_.free_failures_of_account, now));
}

LoginThrottle::Attempt LoginThrottle::attempt(std::string_view account, std::string_view address,
                                              Moment now) {
  forget_old(now);
  Attempt attempt{.keys = {pair_key(account, address), address_key(address), block_key(address),
                           account_key(account)},
                  .at = now};
  for (std::size_t i = 0; i < attempt.keys.size(); ++i) {
    Counter& counter = counters_[attempt.keys.at(i)];
    attempt.before.at(i) = counter.last_at;
    if (counter.failures > 0 && now - counter.last_at >= limits_.forget_after) {
      counter.failures = 0;
    }
    counter.failures = std::min(counter.failures + 1, 1'000'000);
    counter.last_at = now;
  }
  return attempt;
}

void LoginThrottle::take_back(const Attempt& attempt) {
  for (std::size_t i = 0; i < attempt.keys.size(); ++i) {
    const auto found = counters_.find(attempt.keys.at(i));
    if (found == counters_.end()) continue;
    Counter& counter = found->second;
    if (counter.failures > 0) --counter.failures;
    // Unless somebody else has tried meanwhile.
    if (counter.last_at == attempt.at) counter.last_at = attempt.before.at(i);
  }
}

// The pair starts afresh; address and account lose only the attempt that succeeded, so that a
// guesser cannot wipe the slate with an account of their own.
void LoginThrottle::succeeded(std::string_view account, std::string_view address, Moment now) {
  Counter& pair = counters_[pair_key(account, address)];
  pair.failures = 0;
  pair.known_good = true;
  pair.last_at = now;
  for (const std::string& key : {address_key(address), block_key(address), account_key(account)}) {
    const auto found = counters_.find(key);
    if (found != counters_.end() && found->second.failures > 0) --found->second.failures;
  }
}

void LoginThrottle::knows(std::string_view account, std::string_view address, Moment now) {
  forget_old(now);
  Counter& pair = counters_[pair_key(account, address)];
  if (!pair.known_good && pair.failures == 0) pair.last_at = now;
  pair.known_good = true;
}

void LoginThrottle::forget_account(std::string_view account) {
  counters_.erase(account_key(account));
  const std::string pairs = pair_key(account, "");
  std::erase_if(counters_, [&](const auto& entry) { return entry.first.starts_with(pairs); });
}

void LoginThrottle::forget_old(Moment now) {
  if (counters_.size() + 4 <= limits_.keys_max) return;
  std::erase_if(counters_, [&](const auto& entry) {
    return now - entry.second.last_at >= limits_.forget_after && !entry.second.known_good;
  });
  if (counters_.size() + 4 <= limits_.keys_max * 3 / 4) return;
  // Still too many: someone tries many names.  The pairs with the fewest failures matter least;
  // what counts whole addresses and accounts, and who is known good, goes last.
  std::vector<std::pair<int, std::string>> order;
  order.reserve(counters_.size());
  for (const auto& [key, counter] : counters_) {
    const int weight =
        counter.failures + (key.front() == 'p' ? 0 : 1000) + (counter.known_good ? 1'000'000 : 0);
    order.emplace_back(weight, key);
  }
  const std::size_t keep = limits_.keys_max / 2;
  const auto cut = order.begin() + static_cast<std::ptrdiff_t>(order.size() - keep);
  std::nth_element(order.begin(), cut, order.end());
  std::for_each(order.begin(), cut, [&](const auto& entry) { counters_.erase(entry.second); });
}

}  // namespace identity
