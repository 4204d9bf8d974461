#include "procedure/component.h"

#include <algorithm>

namespace procedure {

bool LegalBasis::in_force(calendar::Date on) const {
  return (!from || *from <= on) && (!to || on <= *to);
}

const DataInstead* Component::replacement_on(calendar::Date on) const {
  const auto found = std::ranges::find_if(
      replaced_by, [on](const DataInstead& data) { return data.basis.in_force(on); });
  return found == replaced_by.end() ? nullptr : &*found;
}

}  // namespace procedure
