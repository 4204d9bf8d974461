#include "party/phone.h"

namespace party {

using calendar::Language;

std::string explain(PhoneRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case PhoneRefusal::empty:
      return vi ? "Hãy nhập số điện thoại." : "Enter the telephone number.";
    case PhoneRefusal::not_digits:
      return vi ? "Số điện thoại chỉ gồm chữ số." : "A telephone number consists of digits.";
    case PhoneRefusal::wrong_number:
      return vi ? "Số di động có 10 chữ số bắt đầu bằng 03, 05, 07, 08, 09; số cố định có 11 chữ "
                  "số "
                  "bắt đầu bằng 02."
                : "A mobile number has 10 digits from 03, 05, 07, 08 or 09; a landline has 11 from "
                  "02.";
    case PhoneRefusal::foreign:
      return vi ? "Chỉ nhận số điện thoại Việt Nam (+84)."
                : "Only Vietnamese numbers (+84) are accepted.";
  }
  return {};
}

base::Result<Phone, PhoneRefusal> Phone::parse(std::string_view text) {
  std::string digits;
  bool plus = false;
  for (const char c : text) {
    if (c == ' ' || c == '.' || c == '-' || c == '(' || c == ')' || c == '\t') continue;
    if (c == '+' && digits.empty() && !plus) {
      plus = true;
      continue;
    }
    if (c < '0' || c > '9') return base::Failure{PhoneRefusal::not_digits};
    digits += c;
    if (digits.size() > 20) return base::Failure{PhoneRefusal::wrong_number};
  }
  if (digits.empty()) return base::Failure{plus ? PhoneRefusal::not_digits : PhoneRefusal::empty};
  if (plus && !digits.starts_with("84")) return base::Failure{PhoneRefusal::foreign};
  if (digits.starts_with("0084")) {
    digits.erase(0, 2);
    plus = true;
  }
  if (plus || (digits.starts_with("84") && digits.size() >= 11)) {
    digits.erase(0, 2);
    if (!digits.starts_with("0")) digits.insert(0, "0");
  }
  const bool mobile = digits.size() == 10 && digits[0] == '0' &&
                      std::string_view("35789").find(digits[1]) != std::string_view::npos;
  const bool landline = digits.size() == 11 && digits.starts_with("02");
  if (!mobile && !landline) return base::Failure{PhoneRefusal::wrong_number};
  return Phone(std::move(digits));
}

std::string Phone::international() const {
  return "+84" + national_.substr(1);
}

}  // namespace party
