#pragma once
// unit_clock.h - one input may cost one second of this thread's processor time, sanitizers
// included.
//
// libFuzzer's -timeout counts the time on the wall, which on a busy machine says more about the
// machine: run.sh sets it far higher, against what hangs.
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace fuzz {

inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: does not hold: %s\n", what);
  std::abort();
}

class UnitClock {
 public:
  static constexpr double kSecondsMax = 1.0;

  UnitClock() = default;
  UnitClock(const UnitClock&) = delete;
  UnitClock& operator=(const UnitClock&) = delete;
  ~UnitClock() { must(seconds() - begun_ <= kSecondsMax, "a unit takes no more than a second"); }

 private:
  [[nodiscard]] static double seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }
  double begun_ = seconds();
};

}  // namespace fuzz
