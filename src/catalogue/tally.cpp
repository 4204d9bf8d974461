#include "catalogue/tally.h"

#include <algorithm>

namespace catalogue {

Rate& Rate::operator+=(const Rate& other) {
  stated += other.stated;
  structured += other.structured;
  return *this;
}

Tally& Tally::operator+=(const Tally& other) {
  limits += other.limits;
  fees += other.fees;
  components += other.components;
  results += other.results;
  return *this;
}

Tally tally(const Entry& entry) {
  Tally sum;
  const bool stated = std::ranges::any_of(entry.channels, &ChannelLine::limit_stated);
  const bool missed = std::ranges::any_of(
      entry.channels, [](const ChannelLine& line) { return line.limit_stated && !line.limit; });
  sum.limits.stated = stated ? 1 : 0;
  sum.limits.structured = stated && !missed ? 1 : 0;
  for (const ChannelLine& line : entry.channels) {
    for (const StatedFee& fee : line.fees) {
      if (fee.kind == FeeKind::unstated) continue;
      ++sum.fees.stated;
      if (fee.understood) ++sum.fees.structured;
    }
  }
  for (const StatedComponent& component : entry.components) {
    ++sum.components.stated;
    if (component.understood) ++sum.components.structured;
  }
  for (const StatedResult& result : entry.results) {
    if (result.code.empty()) continue;
    ++sum.results.stated;
    if (result.code_understood) ++sum.results.structured;
  }
  return sum;
}

}  // namespace catalogue
