#pragma once
// running_store.h - a store in which a great many dossiers wait for time to pass.
//
// A few thousand dossiers live through the use cases; those still at work are copied as rows, until
// there are as many as wanted, each with its clock and a code of its own.  Only what time asks for
// is copied: no events, attachments or words to be searched by; a state and tasks only for those
// that are woken one day.
#include <cstdint>
#include <string>

#include "calendar/instant.h"

namespace bench {

struct RunningStore {
  std::int64_t dossiers = 1'000'000;
  std::int64_t due = 500;  // at one moment
  int lives = 6'000;       // lived through the use cases
  std::string folder = "build/bench-data/time";
};

// Of the store: a data folder as `motcua serve` has it.
[[nodiscard]] std::string folder_of(const RunningStore& store);

// Makes it, unless the folder holds one of that size already; the moment at which it ends.
[[nodiscard]] calendar::Instant make_running_store(const RunningStore& wanted);

// Lets `due` dossiers that slept wake at the moments of their originals, all before the end.  Can
// be asked twenty times of a store, each time for others.
void wake_some(const RunningStore& store);

}  // namespace bench
