#pragma once
// clock.h - the present moment, brought in from outside.
//
// Only the composition root makes a SystemClock; everything else is given a Clock or, better, an
// Instant.
#include <atomic>

#include "calendar/instant.h"

namespace calendar {

class Clock {
 public:
  virtual ~Clock() = default;
  // Thread-safe.  May step backwards with the machine's time; whoever records events guards that.
  [[nodiscard]] virtual Instant now() = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() override;
};

// Stands still until told otherwise; for tests and simulations.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() override { return now_.load(); }
  void set(Instant at) { now_.store(at); }
  void advance(std::chrono::milliseconds by) { now_.store(now_.load() + by); }

 private:
  std::atomic<Instant> now_;
};

}  // namespace calendar
