#include "procedure/component.h"

namespace procedure {

bool LegalBasis::in_force(calendar::Date on) const {
  return (!from || *from <= on) && (!to || on <= *to);
}

}  // namespace procedure
