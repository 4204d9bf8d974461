#include "insight/demand.h"

namespace insight {

AgencyTable::AgencyTable(std::vector<party::AgencyId> agencies) : agencies_(std::move(agencies)) {
  index_.reserve(agencies_.size());
  for (std::size_t i = 0; i < agencies_.size(); ++i) {
    index_.emplace(agencies_[i].text(), static_cast<AgencyIndex>(i));
  }
}

AgencyIndex AgencyTable::index_of(const party::AgencyId& id) const {
  return index_of(id.text());
}

AgencyIndex AgencyTable::index_of(const std::string& code) const {
  const auto found = index_.find(code);
  return found == index_.end() ? kNoAgency : found->second;
}

}  // namespace insight
