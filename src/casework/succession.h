#pragma once
// succession.h - running work of agencies that are no more: under whose numbers it goes on, and
// whose past belongs to an agency.  docs/decisions/0025-work-passes-to-the-successor.md
#include <memory>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "dossier/decide.h"
#include "party/organisation.h"

namespace casework {

struct Workplace;

// As it was, or will be, on that day; where no history is kept, as it is.
[[nodiscard]] std::shared_ptr<const party::Organisation> organisation_on(const Workplace& workplace,
                                                                         calendar::Date on);
// In whose name a document of that day is issued where the dossier names that agency: its own while
// it existed, then its heir's.
[[nodiscard]] std::string issuer_on(const party::Organisation& of_that_day,
                                    const std::string& agency);

// Numbers that the commit asks for are counted by the heirs of agencies that are no more: the
// second part of a series' key is the agency whose series it is.
void count_under_heirs(const party::Organisation& organisation,
                       std::vector<dossier::NewEvent>& events);

// The agency (empty: everything) and those that are no more whose heir is that agency or below it,
// so that together they hold its work and its past; none is below another.
[[nodiscard]] std::vector<std::string> with_predecessors(const party::Organisation& organisation,
                                                         const std::string& agency);

}  // namespace casework
