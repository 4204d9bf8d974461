#pragma once
// login_throttle.h - how fast someone may guess passwords.
//
// Pure: a value that is asked and told with `now`.  Failures are counted for four keys: the pair
// of account and address (strict), the address and its block over all accounts (spraying), the
// account over all addresses (a distributed guess).  The account alone only slows down after many
// failures and never for an address that has signed in to it before, so that a stranger cannot lock
// an officer out.  Nothing is locked for good: every wait ends.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "identity/session.h"

namespace identity {

struct ThrottleLimits {
  int free_failures_of_pair = 5;       // before the first wait
  int free_failures_of_address = 50;   // an office may share one address
  int free_failures_of_block = 200;    // "203.0.113.0/24": who rents many addresses has neighbours
  int free_failures_of_account = 60;   // and some ten more in the first hour: fewer than 100
  std::chrono::seconds first_wait{2};  // doubles with each further failure
  std::chrono::seconds longest_wait{std::chrono::minutes{15}};
  std::chrono::seconds forget_after{std::chrono::hours{24}};
  std::size_t keys_max = 100'000;  // above it the ones that matter least are forgotten
};

class LoginThrottle {
 public:
  // What attempt() counted, so that it can be taken back.
  struct Attempt {
    std::array<std::string, 4> keys;
    std::array<Moment, 4> before{};  // when each key had failed last
    Moment at{};
  };

  explicit LoginThrottle(ThrottleLimits limits = {}) : limits_(limits) {}

  // Zero: try.  Otherwise do not even compare the password, and answer 429 with this Retry-After.
  // The same for accounts that do not exist.
  [[nodiscard]] std::chrono::seconds wait_before(std::string_view account, std::string_view address,
                                                 Moment now) const;
  // Counts before the comparison, so that parallel guesses count too; a success takes it back.
  Attempt attempt(std::string_view account, std::string_view address, Moment now);
  // Nothing was compared: it was none, and nobody waits longer for it.
  void take_back(const Attempt& attempt);
  void succeeded(std::string_view account, std::string_view address, Moment now);
  // This pair has signed in before, as somebody remembers who lives longer than this value.
  void knows(std::string_view account, std::string_view address, Moment now);
  // An administrator has let the account in again.
  void forget_account(std::string_view account);

  [[nodiscard]] std::size_t key_count() const { return counters_.size(); }

 private:
  struct Counter {
    int failures = 0;
    bool known_good = false;  // this pair has signed in
    Moment last_at{};
  };
  [[nodiscard]] std::chrono::seconds wait_of(const std::string& key, int free_failures,
                                             Moment now) const;
  void forget_old(Moment now);

  ThrottleLimits limits_;
  std::unordered_map<std::string, Counter> counters_;
};

}  // namespace identity
