#pragma once
// competence_check.h - what is wrong with a table of competence: overlaps, gaps, unknown names.
//
// Pure.  Rows are compared as boxes over procedure, place, subject, age, residence and day, so that
// an overlap is found wherever it lies, not only where somebody has filed.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/competence_table.h"
#include "party/organisation.h"

namespace casework {

enum class CompetenceFault {
  overlap,            // two rows claim the same, and neither says that it goes first
  never_decides,      // a row behind one that fits wherever it fits
  unknown_agency,     // no such agency, or not on all days of the row
  unknown_place,      // no such commune
  no_centre,          // reception at something that is no one-stop centre
  unknown_procedure,  // warning: no such procedure is in force
};
[[nodiscard]] std::string_view to_text(CompetenceFault fault);

struct CompetenceFinding {
  CompetenceFault fault = CompetenceFault::overlap;
  bool error = true;
  std::vector<std::string> rows;
  Bilingual message;
};

// A procedure as the check needs it.
struct KnownProcedure {
  std::string code;
  std::string field;  // in Vietnamese
};

[[nodiscard]] std::vector<CompetenceFinding> check_competence(
    const CompetenceTable& table, const party::Organisation& organisation,
    const std::vector<KnownProcedure>& procedures);

// The days on which something changes, in order, without repeats: where rows begin, and the day
// after they end.
[[nodiscard]] std::vector<Date> days_of_change(const CompetenceTable& table);

}  // namespace casework
