#pragma once
// outbox_runner.h - does outside what commits promised: at least once, in order per dossier.
//
// A commit writes rows to the outbox; one thread takes those that are due and hands each to the
// deliverer of its kind.  A failure is tried again after 30 s, doubling to 8 minutes, then hourly
// for a day; after that the row is set aside where an administrator sees it (kSetAsideFor ahead,
// with the error).  What must not happen twice is recognised by the row's `effect`.
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

#include "base/fault.h"
#include "casework/event_clock.h"
#include "casework/store.h"

namespace connectors {

// Does one kind of outbox row.  Called by one thread.
class Deliverer {
 public:
  virtual ~Deliverer() = default;
  // Doing the same `effect` again does no harm.  Fault `invalid` or `not_found`: trying again will
  // not help, the row is set aside at once.
  [[nodiscard]] virtual base::Outcome<base::Done> deliver(const casework::OutboxRow& row) = 0;
};

enum class DeliveryState { done, to_retry, set_aside };
// For logs and metrics: holds nothing about persons.
struct DeliveryReport {
  std::int64_t row = 0;
  std::string kind;
  int attempt = 1;
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
    int batch = 32;
  };
  using Report = std::function<void(const DeliveryReport&)>;

  // The deliverers by kind of row ("mail"); all references outlive the runner.  `report` may be
  // empty; it is called by the runner's thread and does not throw.
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
  // Lets the delivery under way finish; what is left stays in the outbox.
  void stop();

  // One round by the caller: for tests, and to empty the outbox before a shutdown.  The number of
  // rows that were attempted.
  [[nodiscard]] base::Outcome<int> run_once();

 private:
  void run();
  [[nodiscard]] base::Outcome<int> round(bool until_stopped);
  [[nodiscard]] base::Outcome<base::Done> attempt(const casework::OutboxRow& row);
  [[nodiscard]] base::Outcome<base::Done> deliver(const casework::OutboxRow& row);
  [[nodiscard]] bool is_stopping();

  casework::Store& store_;
  casework::EventClock& clock_;
  std::map<std::string, Deliverer*> deliverers_;
  Report report_;
  Options options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool notified_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace connectors
