#pragma once
// office_life.h - a store filled with many dossiers at different points of their lives, through the
// product's own use cases from many threads, so that commits are grouped as on a busy day.
//
// The same rules of life as `motcua demo seed`, whose one thread waits for the disk after every
// command; dossiers live independently of each other, so that only their moments have to be in
// order.  Which numbers they get depends on the threads; nothing else does.
#include <cstdint>
#include <functional>

#include "calendar/clock.h"
#include "cli/compose.h"

namespace bench {

struct OfficeLife {
  int dossiers = 100'000;
  int days = 60;  // of the season that ends at `until`
  std::uint64_t seed = 1;
  unsigned threads = 32;
};
struct OfficeLived {
  std::int64_t filed = 0;
  std::int64_t closed = 0;
  std::int64_t commands = 0;
  std::int64_t refused = 0;  // commands that were not accepted; the first ones are noted
};

// Gives up on a fault.  `clock` is the one that `office` was opened with.
[[nodiscard]] OfficeLived live(cli::Office& office, calendar::ManualClock& clock,
                               calendar::Instant until, const OfficeLife& wanted,
                               const std::function<void(const OfficeLived&)>& progress);

}  // namespace bench
