#pragma once
// outbox_runner.h - does outside what commits promised: at least once, in order per dossier.
//
// A commit writes rows to the outbox; a few threads take those that are due, one at a time and none
// that somebody else has, and hand each to the deliverer of its kind.  A failure is tried again
// after 30 s, doubling to 8 minutes, then hourly for a day; after that the row is set aside where
// an administrator sees it (kSetAsideFor ahead, with the error).  While a peer as a whole does not
// answer its rows wait, are not set aside, and go on in their order when it is back
// (channel_pauses.h).
//
// That a row is taken is durable before anything leaves.  So a row whose attempt nobody saw the end
// of is known for what it is (row.in_doubt) when its claim has run out: it is done again, and a
// peer that cannot tell the repetition by `effect` is sent it marked as a possible repetition.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "casework/event_clock.h"
#include "casework/store.h"
#include "connect/channel_pauses.h"

namespace connectors {

// For how long a row is the taker's.
inline constexpr std::chrono::seconds kClaim{120};

// Does one kind of outbox row.  Called by several threads, for different dossiers; gives up within
// half of kClaim.
class Deliverer {
 public:
  virtual ~Deliverer() = default;
  // Doing the same `effect` again does no harm, or is marked where row.in_doubt says that it may be
  // again.  Fault `invalid` or `not_found`: trying again will not help, the row is set aside at
  // once; `unavailable`: the peer did not answer.  No fault repeats what the row holds.
  [[nodiscard]] virtual base::Outcome<base::Done> deliver(const casework::OutboxRow& row) = 0;
};

enum class DeliveryState { done, to_retry, set_aside };
// For logs and metrics: holds nothing about persons.
struct DeliveryReport {
  std::int64_t row = 0;
  std::string kind;
  int attempt = 1;
  bool in_doubt = false;  // perhaps the second time
  DeliveryState state = DeliveryState::done;
  base::Fault fault{};  // of the attempt, unless done
};

// The wait after the n-th failed attempt (from 1); nothing: set aside.
[[nodiscard]] std::optional<std::chrono::seconds> retry_delay(int failed_attempts);

inline constexpr std::chrono::days kSetAsideFor{36'500};

class OutboxRunner {
 public:
  struct Options {
    std::chrono::milliseconds interval{2000};
    int threads = 4;
  };
  using Report = std::function<void(const DeliveryReport&)>;

  // The deliverers by kind of row ("mail"); all references outlive the runner.  `report` may be
  // empty; it is called by the runner's threads, one at a time, and does not throw.
  OutboxRunner(casework::Store& store, casework::EventClock& clock,
               std::map<std::string, Deliverer*> deliverers, Report report, Options options);
  OutboxRunner(casework::Store& store, casework::EventClock& clock,
               std::map<std::string, Deliverer*> deliverers, Report report = {})
      : OutboxRunner(store, clock, std::move(deliverers), std::move(report), Options{}) {}
  ~OutboxRunner();  // stops
  OutboxRunner(const OutboxRunner&) = delete;
  OutboxRunner& operator=(const OutboxRunner&) = delete;

  void start();
  // There may be something to do now: called after a commit, any thread, returns at once.
  void notify();
  // Lets the deliveries under way finish; what is left stays in the outbox.
  void stop();

  // Attempts all that is due, by the caller alone: for tests, and to empty the outbox before a
  // shutdown.  The number of attempts.
  [[nodiscard]] base::Outcome<int> run_once();

 private:
  void run();
  // At most one row; false: nothing is due.
  [[nodiscard]] base::Outcome<bool> step();
  [[nodiscard]] base::Outcome<bool> take_and_attempt(const casework::OutboxClaim& claim);
  [[nodiscard]] base::Outcome<base::Done> attempt(const casework::OutboxRow& row);
  [[nodiscard]] base::Outcome<base::Done> deliver(const casework::OutboxRow& row);
  [[nodiscard]] base::Outcome<base::Done> keep_failure(const casework::OutboxRow& row,
                                                       DeliveryReport& report);
  [[nodiscard]] bool is_stopping();

  casework::Store& store_;
  casework::EventClock& clock_;
  std::map<std::string, Deliverer*> deliverers_;
  Report report_;
  Options options_;
  ChannelPauses pauses_;
  std::mutex report_mutex_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::uint64_t notified_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace connectors
