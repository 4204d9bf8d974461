#pragma once
// personal_id.h - the 12-digit personal identification number and the old 9-digit identity card.
//
// The 12 digits say where a birth was registered, sex, century and year of birth; there is no check
// digit.  Places that we do not know are a warning, never an error: people born abroad carry
// country codes.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/language.h"
#include "party/finding.h"

namespace party {

enum class Sex { male, female };

enum class PersonalIdRefusal {
  empty,         // nothing was entered
  not_digits,    // something else than digits (blanks, dots and dashes between them are ignored)
  wrong_length,  // neither 12 digits nor the old 9
};
[[nodiscard]] std::string explain(PersonalIdRefusal refusal, calendar::Language language);

class PersonalId {
 public:
  // Blanks, dots and dashes are ignored, full-width digits are not digits.
  [[nodiscard]] static base::Result<PersonalId, PersonalIdRefusal> parse(std::string_view text);

  // 12 or 9 digits.
  [[nodiscard]] const std::string& digits() const { return digits_; }
  [[nodiscard]] bool is_old() const { return digits_.size() == 9; }
  // "040" of a 12-digit number; empty for an old one.
  [[nodiscard]] std::string_view place_code() const;
  // The province that had the code, "Nghệ An"; empty: unknown or foreign.
  [[nodiscard]] std::string_view place_name() const;
  [[nodiscard]] std::optional<Sex> sex() const;
  [[nodiscard]] std::optional<int> birth_year() const;

  friend auto operator<=>(const PersonalId&, const PersonalId&) = default;

 private:
  explicit PersonalId(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

// What disagrees between the number and what was entered beside it; warnings only.  Also warns of
// an unknown place, a year of birth after `this_year`, and an old number.
[[nodiscard]] Findings check(const PersonalId& id, std::optional<Sex> sex,
                             std::optional<int> birth_year, int this_year);

}  // namespace party
