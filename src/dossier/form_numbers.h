#pragma once
// form_numbers.h - the number series of the official forms: one per unit, form and year.
//
// Source: TT 03/2025/TT-VPCP, Phụ lục I (symbols of forms 01 to 07).  The store allots the numbers
// in the transaction, without gaps.
#include <string>

#include "calendar/instant.h"
#include "dossier/decide.h"

namespace dossier {

enum class OfficialForm {
  receipt,       // 01
  supplement,    // 02
  refusal,       // 03
  apology,       // 04
  stop,          // 05
  control_slip,  // 06
};

// "12/2026/PBS-TTPVHCC" in the series of that unit.
[[nodiscard]] NumberSeries series_of(OfficialForm form, const std::string& unit, Instant at);

// The order in the follow-up book (form 07) of one field, unit and year: plain numbers.
[[nodiscard]] NumberSeries book_series(const std::string& book, const std::string& unit,
                                       Instant at);

// "2026", in Vietnam.
[[nodiscard]] std::string year_of(Instant at);

}  // namespace dossier
