#include "party/dossier_code.h"

#include <vector>

#include "base/ensure.h"
#include "calendar/digits.h"

namespace party {
namespace {

using calendar::Language;
using calendar::internal::is_digit;
using calendar::internal::padded;

constexpr std::size_t kNumberMin = 4;
constexpr std::size_t kNumberMax = 10;
constexpr std::size_t kMinistryNumberMin = 6;
constexpr std::size_t kGroupsMax = 7;

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> groups;
  while (groups.size() <= kGroupsMax) {
    const std::size_t dot = text.find('.');
    groups.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  return groups;
}

bool is_level_one(std::string_view group) {
  return group.size() == 3 && group[0] >= 'A' && group[0] <= 'Y' && is_digit(group[1]) &&
         is_digit(group[2]);
}

// "000.00.12.H41" -> H41.12: groups turned round, padding of zeros only left out.
std::optional<AgencyId> from_the_right(const std::vector<std::string_view>& groups) {
  std::string code(groups.back());
  std::size_t kept = groups.size() - 1;
  std::size_t first = 0;
  while (first < kept && groups[first].find_first_not_of('0') == std::string_view::npos) ++first;
  for (; kept > first; --kept) code += "." + std::string(groups[kept - 1]);
  return AgencyId::parse(code);
}

}  // namespace

std::string explain(DossierCodeRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case DossierCodeRefusal::malformed:
      return vi ? "Mã hồ sơ viết như H41.101.01-260820-0001."
                : "A dossier code is written like "
                  "H41.101.01-260820-0001.";
    case DossierCodeRefusal::bad_agency:
      return vi ? "Phần đầu của mã hồ sơ không phải mã cơ quan."
                : "The first part is not an agency's code.";
    case DossierCodeRefusal::impossible_date:
      return vi ? "Sáu chữ số ở giữa phải là một ngày có thật (năm, tháng, ngày)."
                : "The six digits must be a day that exists (year, month, day).";
    case DossierCodeRefusal::bad_number:
      return vi ? "Số thứ tự có từ 4 đến 10 chữ số và lớn hơn 0."
                : "The number has 4 to 10 digits and is more than 0.";
  }
  return {};
}

base::Result<DossierCode, DossierCodeRefusal> DossierCode::parse(std::string_view text) {
  using Refusal = DossierCodeRefusal;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.size() > 80) return base::Failure{Refusal::malformed};
  std::string code(text);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const std::string_view whole(code);
  const std::size_t first = whole.find('-');
  const std::size_t second = first == std::string_view::npos ? first : whole.find('-', first + 1);
  if (second == std::string_view::npos || second - first != 7) {
    return base::Failure{Refusal::malformed};
  }
  const std::string_view agency_text = whole.substr(0, first);
  const std::string_view date = whole.substr(first + 1, 6);
  const std::string_view number = whole.substr(second + 1);
  if (!all_digits(date) || !all_digits(number)) return base::Failure{Refusal::malformed};

  const std::vector<std::string_view> groups = split(agency_text);
  if (groups.size() > kGroupsMax) return base::Failure{Refusal::bad_agency};
  const bool from_left = is_level_one(groups.front());
  if (!from_left && !is_level_one(groups.back())) return base::Failure{Refusal::bad_agency};
  const auto agency = from_left ? AgencyId::parse(agency_text) : from_the_right(groups);
  if (!agency) return base::Failure{Refusal::bad_agency};

  const auto two = [&](std::size_t at) { return (date[at] - '0') * 10 + (date[at + 1] - '0'); };
  const auto received_on = calendar::make_date(2000 + two(0), two(2), two(4));
  if (!received_on) return base::Failure{Refusal::impossible_date};

  if (number.size() < kNumberMin || number.size() > kNumberMax) {
    return base::Failure{Refusal::bad_number};
  }
  const bool ministry = from_left && number.size() >= kMinistryNumberMin;
  std::uint64_t value = 0;
  for (const char c : ministry ? number.substr(2) : number) {
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value == 0) return base::Failure{Refusal::bad_number};
  const auto generation = ministry    ? DossierCodeGeneration::ministry
                          : from_left ? DossierCodeGeneration::of_2025
                                      : DossierCodeGeneration::of_2018;
  return DossierCode(generation, *agency, *received_on, value, code);
}

DossierCode DossierCode::make(const AgencyId& agency, calendar::Date on, std::uint64_t number) {
  const std::chrono::year_month_day date{on};
  const int year = static_cast<int>(date.year());
  ENSURE(year >= 2000 && year <= 2099,
         "a dossier code has two digits for the year of this century");
  ENSURE(number > 0, "dossiers of a day are numbered from 1");
  std::string digits = std::to_string(number);
  if (digits.size() < kNumberMin) digits.insert(0, kNumberMin - digits.size(), '0');
  std::string text = agency.text() + "-" + padded(year - 2000, 2) +
                     padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
                     padded(static_cast<int>(static_cast<unsigned>(date.day())), 2) + "-" + digits;
  return DossierCode(DossierCodeGeneration::of_2025, agency, on, number, std::move(text));
}

std::optional<std::string> DossierCode::ministry() const {
  if (generation_ != DossierCodeGeneration::ministry) return std::nullopt;
  return text_.substr(text_.rfind('-') + 1, 2);
}

}  // namespace party
