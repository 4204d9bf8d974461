#pragma once
// dossier_code.h - the public number of a dossier, in its three generations.
//
// code       := agency "-" yymmdd "-" number
// of_2018    := agency from the right, padded: V1V2V3.Z1Z2.Y1Y2.MX1X2, number XXXX   (TT 01/2018,
// điều 19) of_2025    := agency from the left: MX1X2.Y1Y2Y3.Z1Z2, number XXXX                 (TT
// 03/2025, điều 13) ministry   := as of_2025, number AAXXXX with AA the ministry that owns the
// service (TT 04/2025, điều 23)
//
// Numbers have four digits or more.  The last two generations look alike when a province has handed
// out ten thousand numbers and more in a day: five digits are of_2025, six and more are read as a
// ministry's, and the owner is then only likely.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"

namespace party {

enum class DossierCodeGeneration { of_2018, of_2025, ministry };

enum class DossierCodeRefusal {
  malformed,        // not agency-yymmdd-number
  bad_agency,       // the first part has no agency code at either end
  impossible_date,  // the six digits are not a day
  bad_number,       // fewer than four digits, more than ten, or number 0
};
[[nodiscard]] std::string explain(DossierCodeRefusal refusal, calendar::Language language);

class DossierCode {
 public:
  // Letters may be small; blanks around are ignored.
  [[nodiscard]] static base::Result<DossierCode, DossierCodeRefusal> parse(std::string_view text);
  // The code of today's generation.  Requires: number > 0; `on` in 2000 to 2099.
  [[nodiscard]] static DossierCode make(const AgencyId& agency, calendar::Date on,
                                        std::uint64_t number);

  [[nodiscard]] DossierCodeGeneration generation() const { return generation_; }
  // Read from the left, whatever the generation: "000.00.12.H41" is H41.12.
  [[nodiscard]] const AgencyId& agency() const { return agency_; }
  [[nodiscard]] calendar::Date received_on() const { return received_on_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  // The two digits of the owning ministry, for that generation only.
  [[nodiscard]] std::optional<std::string> ministry() const;
  // As printed; parse(text()) gives it back.
  [[nodiscard]] const std::string& text() const { return text_; }

  friend bool operator==(const DossierCode& a, const DossierCode& b) { return a.text_ == b.text_; }
  friend auto operator<=>(const DossierCode& a, const DossierCode& b) {
    return a.text_ <=> b.text_;
  }

 private:
  DossierCode(DossierCodeGeneration generation, AgencyId agency, calendar::Date received_on,
              std::uint64_t number, std::string text)
      : generation_(generation),
        agency_(std::move(agency)),
        received_on_(received_on),
        number_(number),
        text_(std::move(text)) {}
  DossierCodeGeneration generation_;
  AgencyId agency_;
  calendar::Date received_on_;
  std::uint64_t number_;
  std::string text_;
};

}  // namespace party
