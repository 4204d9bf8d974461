#pragma once
// tally.h - how much of what the catalogue states was understood (docs/formats/catalogue.md).
#include <cstdint>

#include "catalogue/entry.h"

namespace catalogue {

struct Rate {
  std::int64_t stated = 0;
  std::int64_t structured = 0;

  Rate& operator+=(const Rate& other);
};

struct Tally {
  Rate limits;      // procedures that state one; structured: each of their lines that does
  Rate fees;        // fees that lines state
  Rate components;  // lines
  Rate results;     // result documents; structured: with a code of a known form

  Tally& operator+=(const Tally& other);
};

[[nodiscard]] Tally tally(const Entry& entry);

}  // namespace catalogue
