#pragma once
// analysis_timer_text.h - when a timer of the diagram fires, as far as its text alone says.
// Internal to the module.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bpmn/model.h"

namespace bpmn {

// Source: ISO 8601-1:2019, 5.5.2 (durations) and 5.6 (repeating intervals).
struct TimerText {
  enum class Verdict : std::uint8_t {
    fixed,       // ISO 8601, or FEEL without variables
    depends,     // FEEL with variables: known at run time only
    empty,       // no text
    wrong_kind,  // a duration where a date belongs, and the like
    schedule,    // a cron expression, which is neither ISO 8601 nor FEEL
    unreadable,
  };
  Verdict verdict = Verdict::empty;
  // The duration until it fires first, where it is fixed and relative.
  bool relative = false;
  bool negative = false;
  std::int64_t months = 0;
  std::int64_t seconds = 0;
  std::optional<std::uint64_t> repetitions;  // of a cycle, where it counts them

  // Bounds of the duration in seconds: months have 28 to 31 days.
  [[nodiscard]] std::int64_t shortest() const { return months * 28 * 86'400 + seconds; }
  [[nodiscard]] std::int64_t longest() const { return months * 31 * 86'400 + seconds; }
};

[[nodiscard]] TimerText read_timer(TimerKind kind, std::string_view text);

}  // namespace bpmn
