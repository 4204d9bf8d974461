#include "party/tax_code.h"

#include <array>

namespace party {
namespace {

using calendar::Language;

// Source: structure of tax numbers; the tenth digit is ten minus the weighted sum modulo eleven.
// Our reading: where that gives ten the number was never issued, so no tenth digit fits.
bool check_digit_fits(std::string_view digits) {
  constexpr std::array<int, 9> kWeights{31, 29, 23, 19, 17, 13, 7, 5, 3};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
  return 10 - sum % 11 == digits[9] - '0';
}

}  // namespace

std::string explain(TaxCodeRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case TaxCodeRefusal::empty:
      return vi ? "Hãy nhập mã số thuế." : "Enter the tax number.";
    case TaxCodeRefusal::not_digits:
      return vi ? "Mã số thuế chỉ gồm chữ số, có thể có dấu gạch trước ba số cuối."
                : "A tax number is digits, perhaps with a dash before the last three.";
    case TaxCodeRefusal::wrong_length:
      return vi ? "Mã số thuế có 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (cá nhân)."
                : "A tax number has 10 digits, 13 (dependent unit) or 12 (individual).";
    case TaxCodeRefusal::wrong_check_digit:
      return vi ? "Mã số thuế sai chữ số kiểm tra: hãy xem lại có gõ nhầm không."
                : "The check digit does not fit: look for a typing error.";
  }
  return {};
}

base::Result<TaxCode, TaxCodeRefusal> TaxCode::parse(std::string_view text) {
  std::string digits;
  bool dash = false;
  for (const char c : text) {
    if (c == ' ') continue;
    if (c == '-' && digits.size() == 10 && !dash) {
      dash = true;
      continue;
    }
    if (c < '0' || c > '9') return base::Failure{TaxCodeRefusal::not_digits};
    digits += c;
    if (digits.size() > 13) return base::Failure{TaxCodeRefusal::wrong_length};
  }
  if (digits.empty()) return base::Failure{TaxCodeRefusal::empty};
  if (digits.size() == 12 && !dash) return TaxCode(TaxCodeKind::individual, std::move(digits));
  if (digits.size() != 13 && (digits.size() != 10 || dash)) {
    return base::Failure{TaxCodeRefusal::wrong_length};
  }
  if (!check_digit_fits(digits)) return base::Failure{TaxCodeRefusal::wrong_check_digit};
  if (digits.size() == 10) return TaxCode(TaxCodeKind::enterprise, std::move(digits));
  digits.insert(10, "-");
  return TaxCode(TaxCodeKind::dependent_unit, std::move(digits));
}

}  // namespace party
