#pragma once
// phone.h - Vietnamese telephone numbers in one normal form.
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/language.h"

namespace party {

enum class PhoneRefusal {
  empty,         // nothing was entered
  not_digits,    // something else than digits, blanks, dots, dashes, brackets and a leading +
  wrong_number,  // neither a mobile (10 digits from 03, 05, 07, 08, 09) nor a landline (02, 11
                 // digits)
  foreign,       // a country code other than +84
};
[[nodiscard]] std::string explain(PhoneRefusal refusal, calendar::Language language);

class Phone {
 public:
  // "0912 345 678", "+84 912 345 678", "84912345678", "(0238) 3844 555".
  [[nodiscard]] static base::Result<Phone, PhoneRefusal> parse(std::string_view text);

  // "0912345678".
  [[nodiscard]] const std::string& national() const { return national_; }
  // "+84912345678".
  [[nodiscard]] std::string international() const;
  [[nodiscard]] bool is_mobile() const { return national_[1] != '2'; }

  friend bool operator==(const Phone&, const Phone&) = default;

 private:
  explicit Phone(std::string national) : national_(std::move(national)) {}
  std::string national_;
};

}  // namespace party
