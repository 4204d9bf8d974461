#include "casework/workplace.h"

namespace casework {

bool RequestsInFlight::begin(const RequestKey& request) {
  const std::scoped_lock lock(mutex_);
  return keys_.emplace(request.actor, request.key).second;
}

void RequestsInFlight::end(const RequestKey& request) {
  const std::scoped_lock lock(mutex_);
  keys_.erase({request.actor, request.key});
}

std::string Workplace::acting(const std::string& agency) const {
  const party::Agency* heir = organisation.now().heir(agency);
  return heir == nullptr ? agency : heir->id.text();
}

calendar::OfficeCalendar Workplace::calendar_of(const std::string& agency) const {
  return calendars.of(acting(agency));
}

calendar::OfficeCalendar Workplace::calendar_of(const dossier::Dossier& dossier) const {
  if (!dossier.clock_calendar.empty()) {
    if (auto exact = calendars.by_versions(dossier.clock_calendar)) return *exact;
  }
  return dossier.clock_set_at.has_value() ? calendars.of(dossier.agency, *dossier.clock_set_at)
                                          : calendar_of(dossier.agency);
}

}  // namespace casework
