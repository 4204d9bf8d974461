#include "party/personal_id.h"

#include <array>
#include <string>

namespace party {
namespace {

using calendar::Bilingual;
using calendar::Language;

struct Place {
  std::string_view code;
  std::string_view name;
};
// The provinces of before July 2025: a number never changes, whatever becomes of the province.
constexpr std::array<Place, 63> kPlaces{{
    {"001", "Hà Nội"},
    {"002", "Hà Giang"},
    {"004", "Cao Bằng"},
    {"006", "Bắc Kạn"},
    {"008", "Tuyên Quang"},
    {"010", "Lào Cai"},
    {"011", "Điện Biên"},
    {"012", "Lai Châu"},
    {"014", "Sơn La"},
    {"015", "Yên Bái"},
    {"017", "Hòa Bình"},
    {"019", "Thái Nguyên"},
    {"020", "Lạng Sơn"},
    {"022", "Quảng Ninh"},
    {"024", "Bắc Giang"},
    {"025", "Phú Thọ"},
    {"026", "Vĩnh Phúc"},
    {"027", "Bắc Ninh"},
    {"030", "Hải Dương"},
    {"031", "Hải Phòng"},
    {"033", "Hưng Yên"},
    {"034", "Thái Bình"},
    {"035", "Hà Nam"},
    {"036", "Nam Định"},
    {"037", "Ninh Bình"},
    {"038", "Thanh Hóa"},
    {"040", "Nghệ An"},
    {"042", "Hà Tĩnh"},
    {"044", "Quảng Bình"},
    {"045", "Quảng Trị"},
    {"046", "Huế"},
    {"048", "Đà Nẵng"},
    {"049", "Quảng Nam"},
    {"051", "Quảng Ngãi"},
    {"052", "Bình Định"},
    {"054", "Phú Yên"},
    {"056", "Khánh Hòa"},
    {"058", "Ninh Thuận"},
    {"060", "Bình Thuận"},
    {"062", "Kon Tum"},
    {"064", "Gia Lai"},
    {"066", "Đắk Lắk"},
    {"067", "Đắk Nông"},
    {"068", "Lâm Đồng"},
    {"070", "Bình Phước"},
    {"072", "Tây Ninh"},
    {"074", "Bình Dương"},
    {"075", "Đồng Nai"},
    {"077", "Bà Rịa - Vũng Tàu"},
    {"079", "Thành phố Hồ Chí Minh"},
    {"080", "Long An"},
    {"082", "Tiền Giang"},
    {"083", "Bến Tre"},
    {"084", "Trà Vinh"},
    {"086", "Vĩnh Long"},
    {"087", "Đồng Tháp"},
    {"089", "An Giang"},
    {"091", "Kiên Giang"},
    {"092", "Cần Thơ"},
    {"093", "Hậu Giang"},
    {"094", "Sóc Trăng"},
    {"095", "Bạc Liêu"},
    {"096", "Cà Mau"},
}};

}  // namespace

std::string explain(PersonalIdRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case PersonalIdRefusal::empty:
      return vi ? "Hãy nhập số định danh cá nhân." : "Enter the personal identification number.";
    case PersonalIdRefusal::not_digits:
      return vi ? "Số định danh chỉ gồm chữ số." : "The number consists of digits only.";
    case PersonalIdRefusal::wrong_length:
      return vi ? "Số định danh có 12 chữ số (chứng minh nhân dân cũ có 9)."
                : "The number has 12 digits (9 on an old identity card).";
  }
  return {};
}

base::Result<PersonalId, PersonalIdRefusal> PersonalId::parse(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ' ' || c == '.' || c == '-' || c == '\t') continue;
    if (c < '0' || c > '9') return base::Failure{PersonalIdRefusal::not_digits};
    digits += c;
    if (digits.size() > 12) return base::Failure{PersonalIdRefusal::wrong_length};
  }
  if (digits.empty()) return base::Failure{PersonalIdRefusal::empty};
  if (digits.size() != 12 && digits.size() != 9) {
    return base::Failure{PersonalIdRefusal::wrong_length};
  }
  return PersonalId(std::move(digits));
}

std::string_view PersonalId::place_code() const {
  return is_old() ? std::string_view{} : std::string_view(digits_).substr(0, 3);
}

std::string_view PersonalId::place_name() const {
  for (const Place& place : kPlaces) {
    if (place.code == place_code()) return place.name;
  }
  return {};
}

// The fourth digit: 0 and 1 are men and women of the 1900s, 2 and 3 of the 2000s, and so on.
std::optional<Sex> PersonalId::sex() const {
  if (is_old()) return std::nullopt;
  return (digits_[3] - '0') % 2 == 0 ? Sex::male : Sex::female;
}

std::optional<int> PersonalId::birth_year() const {
  if (is_old()) return std::nullopt;
  return 1900 + (digits_[3] - '0') / 2 * 100 + (digits_[4] - '0') * 10 + (digits_[5] - '0');
}

Findings check(const PersonalId& id, std::optional<Sex> sex, std::optional<int> birth_year,
               int this_year) {
  Findings findings;
  const auto warn = [&](std::string vi, std::string en) {
    findings.push_back({Severity::warning, Bilingual{std::move(vi), std::move(en)}});
  };
  if (id.is_old()) {
    warn("Đây là số chứng minh nhân dân cũ; nên dùng số định danh 12 chữ số.",
         "This is the number of an old identity card; prefer the 12-digit number.");
    return findings;
  }
  if (id.place_name().empty()) {
    const std::string code(id.place_code());
    warn("Ba chữ số đầu " + code + " không phải mã tỉnh đã biết (có thể khai sinh ở nước ngoài).",
         "The first three digits " + code + " are no known province (perhaps born abroad).");
  }
  if (*id.birth_year() > this_year) {
    warn("Năm sinh trong số định danh là " + std::to_string(*id.birth_year()) + ", ở tương lai.",
         "The year of birth in the number, " + std::to_string(*id.birth_year()) +
             ", is in the future.");
  }
  if (sex && *sex != *id.sex()) {
    const bool male = *id.sex() == Sex::male;
    warn(std::string("Số định danh là của ") + (male ? "nam" : "nữ") +
             ", khác với giới tính đã nhập.",
         std::string("The number belongs to a ") + (male ? "man" : "woman") +
             ", unlike the sex entered.");
  }
  if (birth_year && *birth_year != *id.birth_year()) {
    warn("Số định danh ghi năm sinh " + std::to_string(*id.birth_year()) +
             ", khác với năm sinh đã nhập.",
         "The number says born in " + std::to_string(*id.birth_year()) +
             ", unlike the year entered.");
  }
  return findings;
}

}  // namespace party
