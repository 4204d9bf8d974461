#include "casework/event_clock.h"

#include <algorithm>

namespace casework {

Answer<calendar::Instant> EventClock::next() {
  constexpr std::chrono::seconds kSmoothed{2};
  const calendar::Instant now = clock_.now();
  const std::scoped_lock lock(mutex_);
  if (now + kSmoothed < last_) {
    const std::string here = calendar::to_iso(now);
    const std::string there = calendar::to_iso(last_);
    return fail(FailureKind::unavailable, "clock-went-backwards",
                {"Đồng hồ của máy chủ (" + here + ") đang sớm hơn thời điểm ghi nhận gần nhất (" +
                     there + "). Hệ thống không ghi thêm cho đến khi quản trị viên chỉnh đúng giờ.",
                 "The server's clock (" + here + ") is before the last recorded moment (" + there +
                     "). Nothing is recorded until the administrator sets the right time."});
  }
  last_ = std::max(last_, now);
  return last_;
}

}  // namespace casework
