#pragma once
// resolver.h - which overlays count where, found fast, and the key under which a resolution is
// kept.
//
// An index over every overlay of the country: by procedure, then by agency.  A commune without an
// overlay of its own has the key of its province, so that 6,000 procedures for 34 provinces with
// 130 communes each are as many values as there are real differences.  Keeping the values is the
// caller's: look resolution_key() up, resolve() and load_resolved() only where nothing is there.
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "procedure/resolution.h"

namespace procedure {

// Immutable once built; any number of threads may ask it.
class OverlayIndex {
 public:
  OverlayIndex() = default;
  explicit OverlayIndex(const Overlays& overlays);

  // As procedure::applicable(), of all overlays in the index.
  [[nodiscard]] form::Defined<Applicable> applicable(const std::string& code,
                                                     const AgencyChain& chain,
                                                     calendar::Date on) const;
  // Every overlay of a procedure, whatever its days.
  [[nodiscard]] Overlays overlays_of(const std::string& code) const;
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  // Of one procedure.
  struct Entry {
    Overlays ministries;
    std::unordered_map<std::string, Overlays> by_agency;
  };
  std::unordered_map<std::string, Entry> by_code_;
  std::size_t size_ = 0;
};

// The same for the same base and the same overlays, whoever asks and on whatever day.
[[nodiscard]] std::string resolution_key(const std::string& base_digest,
                                         const Applicable& applicable);

}  // namespace procedure
