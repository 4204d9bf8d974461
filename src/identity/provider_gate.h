#pragma once
// provider_gate.h - how many calls to one identity provider may be under way.
//
// A provider that hangs holds its few calls until they time out; then nobody is sent to it for a
// while, and after that one at a time until one comes back with an answer.  Everybody else is told
// at once that it does not answer.
//
// Thread-safe.
#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "calendar/instant.h"

namespace identity {

class ProviderGate {
 public:
  static constexpr int kAtOnce = 6;
  static constexpr std::chrono::seconds kRest{5};
  // A call that failed sooner has cost nobody anything.
  static constexpr std::chrono::seconds kSlow{1};

  // False: not now.  What entered leaves.
  [[nodiscard]] bool enter(const std::string& provider, calendar::Instant now);
  void leave(const std::string& provider, bool answered, calendar::Instant entered_at,
             calendar::Instant now);

 private:
  struct State {
    int under_way = 0;
    bool doubtful = false;  // its last slow call brought nothing
    calendar::Instant rests_until{};
  };
  std::mutex mutex_;
  std::map<std::string, State> states_;
};

}  // namespace identity
