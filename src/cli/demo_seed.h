#pragma once
// demo_seed.h - a season of invented office life, lived through the product's own commands.
#include <cstdint>
#include <functional>
#include <string>

#include "base/fault.h"
#include "calendar/clock.h"
#include "cli/compose.h"

namespace cli {

struct DemoSeed {
  int dossiers = 200;
  std::uint64_t seed = 1;
  int days = 60;  // how far back the season begins
};

struct DemoSeeded {
  int filed = 0;
  int refused_filings = 0;  // answers that a form would not take; 0 unless a package is new
  int closed = 0;
  std::string last_refusal;  // why, for whoever writes a package
};

// Dates events from `days` ago until now.  The store must be empty of dossiers.
[[nodiscard]] base::Outcome<DemoSeeded> seed_demo(Office& office, calendar::ManualClock& clock,
                                                  calendar::Instant until, const DemoSeed& wanted,
                                                  const std::function<void(int)>& progress);

}  // namespace cli
