#pragma once
// event_clock.h - the time that new events are dated with: never before the last one.
#include <mutex>

#include "calendar/clock.h"
#include "casework/failure.h"

namespace casework {

// Thread-safe.  A machine whose clock jumps backwards gets no new events dated: everything would be
// in the wrong order for ever.  Differences of up to two seconds (time synchronisation) are
// smoothed.
class EventClock {
 public:
  EventClock(calendar::Clock& clock, calendar::Instant last) : clock_(clock), last_(last) {}

  // The moment for a new event; failure `clock-went-backwards` names both times.
  [[nodiscard]] Answer<calendar::Instant> next();
  // For reading: what the clock says, whatever it is.
  [[nodiscard]] calendar::Instant now() { return clock_.now(); }

 private:
  calendar::Clock& clock_;
  std::mutex mutex_;
  calendar::Instant last_;
};

}  // namespace casework
