#pragma once
// deadline.h - until when somebody waits for the database: time-outs of sockets, and nothing else.
//
// It runs on the machine's steady clock, which no change of the time of day moves; the moments of
// events come from a calendar::Clock.
#include <algorithm>
#include <chrono>

namespace storage::postgres {

using Deadline = std::chrono::steady_clock::time_point;

[[nodiscard]] inline Deadline within(std::chrono::milliseconds patience) {
  return std::chrono::steady_clock::now() + patience;
}
// None, when it has passed.
[[nodiscard]] inline std::chrono::milliseconds time_left(Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds{0});
}

}  // namespace storage::postgres
