#pragma once
// tax_code.h - tax numbers: 10 digits with a check digit, 13 for dependent units, and since
// 1 July 2025 the 12-digit personal number of an individual.
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/language.h"

namespace party {

enum class TaxCodeKind {
  enterprise,      // 10 digits
  dependent_unit,  // 10 digits, a dash, 3 digits
  individual,      // 12 digits, the personal number
};

enum class TaxCodeRefusal {
  empty,              // nothing was entered
  not_digits,         // something else than digits and one dash before the last three
  wrong_length,       // neither 10, 12 nor 13 digits
  wrong_check_digit,  // the tenth digit does not fit the first nine: probably mistyped
};
[[nodiscard]] std::string explain(TaxCodeRefusal refusal, calendar::Language language);

class TaxCode {
 public:
  // Blanks are ignored.
  [[nodiscard]] static base::Result<TaxCode, TaxCodeRefusal> parse(std::string_view text);

  [[nodiscard]] TaxCodeKind kind() const { return kind_; }
  // "0100109106", "0100109106-001", "040090000001".
  [[nodiscard]] const std::string& text() const { return text_; }

  friend bool operator==(const TaxCode&, const TaxCode&) = default;

 private:
  TaxCode(TaxCodeKind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  TaxCodeKind kind_;
  std::string text_;
};

}  // namespace party
