#pragma once
// authority_words.h - moments and times of service as the checks of authority say and count them.
#include <string>

#include "party/authority_entry.h"
#include "party/officer.h"

namespace party {

// "08:00 ngày 20/08/2026", or that there is no end.
[[nodiscard]] inline std::string moment_vi(calendar::Instant at) {
  return at == calendar::Instant::max() ? "không thời hạn" : calendar::to_vietnamese(at);
}
[[nodiscard]] inline std::string moment_en(calendar::Instant at) {
  return at == calendar::Instant::max() ? "without an end" : calendar::to_iso(at);
}

// From the first day of service to the end of the last.
[[nodiscard]] inline Period service_of(const Officer& officer) {
  Period period;
  if (officer.active_from.has_value()) {
    period.from = calendar::at_local(*officer.active_from, calendar::TimeOfDay{0});
  }
  if (officer.active_to.has_value()) {
    period.until =
        calendar::at_local(*officer.active_to + std::chrono::days{1}, calendar::TimeOfDay{0});
  }
  return period;
}

}  // namespace party
