#include "dossier/form_numbers.h"

#include <array>

namespace dossier {

namespace {

struct Symbol {
  OfficialForm form;
  const char* number;
  const char* symbol;
};
// The symbol of form 05 has not been seen: TB (thông báo) is ours.
constexpr std::array<Symbol, 6> kSymbols{{
    {OfficialForm::receipt, "form01", "TNHS-TTPVHCC"},
    {OfficialForm::supplement, "form02", "PBS-TTPVHCC"},
    {OfficialForm::refusal, "form03", "PTC-TTPVHCC"},
    {OfficialForm::apology, "form04", "PXL"},
    {OfficialForm::stop, "form05", "TB-TTPVHCC"},
    {OfficialForm::control_slip, "form06", "PKS-TTPVHCC"},
}};

}  // namespace

std::string year_of(Instant at) {
  return calendar::to_iso(calendar::local_date(at)).substr(0, 4);
}

NumberSeries series_of(OfficialForm form, const std::string& unit, Instant at) {
  const Symbol& symbol = kSymbols.at(static_cast<std::size_t>(form));
  const std::string year = year_of(at);
  return {.key = std::string{symbol.number} + "/" + unit + "/" + year,
          .prefix = {},
          .width = 1,
          .suffix = "/" + year + "/" + symbol.symbol};
}

NumberSeries book_series(const std::string& book, const std::string& unit, Instant at) {
  return {.key = "form07/" + unit + "/" + year_of(at) + "/" + book,
          .prefix = {},
          .width = 1,
          .suffix = {}};
}

}  // namespace dossier
