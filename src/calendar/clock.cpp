#include "calendar/clock.h"

namespace calendar {

Instant SystemClock::now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace calendar
