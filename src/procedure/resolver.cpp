#include "procedure/resolver.h"

#include <algorithm>

namespace procedure {

OverlayIndex::OverlayIndex(const Overlays& overlays) : size_(overlays.size()) {
  for (const auto& overlay : overlays) {
    Entry& entry = by_code_[overlay->code];
    if (overlay->layer == Layer::ministry) {
      entry.ministries.push_back(overlay);
    } else {
      entry.by_agency[overlay->agency].push_back(overlay);
    }
  }
}

form::Defined<Applicable> OverlayIndex::applicable(const std::string& code,
                                                   const AgencyChain& chain,
                                                   calendar::Date on) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return Applicable{};
  Overlays candidates = found->second.ministries;
  for (const party::AgencyId& agency : chain) {
    const auto own = found->second.by_agency.find(agency.text());
    if (own == found->second.by_agency.end()) continue;
    candidates.insert(candidates.end(), own->second.begin(), own->second.end());
  }
  if (candidates.empty()) return Applicable{};
  return procedure::applicable(code, candidates, chain, on);
}

Overlays OverlayIndex::overlays_of(const std::string& code) const {
  Overlays all;
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return all;
  all = found->second.ministries;
  for (const auto& [agency, overlays] : found->second.by_agency) {
    all.insert(all.end(), overlays.begin(), overlays.end());
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return std::tie(a->layer, a->agency, a->effective_from, a->revision, a->file) <
           std::tie(b->layer, b->agency, b->effective_from, b->revision, b->file);
  });
  return all;
}

std::string resolution_key(const std::string& base_digest, const Applicable& applicable) {
  std::string key = base_digest;
  for (const auto& overlay : applicable.overlays) key.append("+").append(overlay->digest);
  return key;
}

}  // namespace procedure
