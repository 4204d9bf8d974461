#include "casework/succession.h"

#include <algorithm>

#include "casework/organisation_register.h"
#include "casework/workplace.h"

namespace casework {

std::shared_ptr<const party::Organisation> organisation_on(const Workplace& workplace,
                                                           calendar::Date on) {
  if (workplace.organisations != nullptr) return workplace.organisations->on(on);
  // It outlives the request, and nobody owns it here.
  return {std::shared_ptr<const void>{}, &workplace.organisation.now()};
}

std::string issuer_on(const party::Organisation& of_that_day, const std::string& agency) {
  const party::Agency* heir = of_that_day.heir(agency);
  return heir == nullptr ? agency : heir->id.text();
}

void count_under_heirs(const party::Organisation& organisation,
                       std::vector<dossier::NewEvent>& events) {
  for (dossier::NewEvent& one : events) {
    if (!one.number.has_value()) continue;
    std::string& key = one.number->key;
    const std::size_t begin = key.find('/') + 1;
    if (begin == 0) continue;
    const std::size_t end = std::min(key.find('/', begin), key.size());
    const std::string agency = key.substr(begin, end - begin);
    if (!organisation.is_former(agency)) continue;
    const party::Agency* heir = organisation.heir(agency);
    if (heir != nullptr) key.replace(begin, end - begin, heir->id.text());
  }
}

std::vector<std::string> with_predecessors(const party::Organisation& organisation,
                                           const std::string& agency) {
  std::vector<std::string> all{agency};
  const auto top = party::AgencyId::parse(agency);
  if (!top) return all;
  std::vector<party::AgencyId> before;
  for (const party::Agency& one : organisation.former()) {
    if (one.id.is_within(*top)) continue;
    const party::Agency* heir = organisation.heir(one.id.text());
    if (heir != nullptr && heir->id.is_within(*top)) before.push_back(one.id);
  }
  std::ranges::sort(before);
  for (const party::AgencyId& one : before) {
    const bool covered = std::ranges::any_of(
        before, [&](const party::AgencyId& other) { return other != one && one.is_within(other); });
    if (!covered) all.push_back(one.text());
  }
  return all;
}

}  // namespace casework
