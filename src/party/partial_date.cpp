#include "party/partial_date.h"

#include "calendar/digits.h"

namespace party {

using calendar::internal::padded;
using calendar::internal::take_char;
using calendar::internal::take_number;

namespace {

// Zero stands for unknown; a known day needs a known month.
std::optional<PartialDate> make(int year, int month, int day) {
  if (month == 0 && day != 0) return std::nullopt;
  if (!calendar::make_date(year, month == 0 ? 1 : month, day == 0 ? 1 : day)) return std::nullopt;
  PartialDate date{year, {}, {}};
  if (month != 0) date.month = month;
  if (day != 0) date.day = day;
  return date;
}

std::optional<PartialDate> parse_packed(std::string_view digits) {
  const auto day = take_number(digits, 2, 2);
  const auto month = take_number(digits, 2, 2);
  const auto year = take_number(digits, 4, 4);
  if (!day || !month || !year || !digits.empty()) return std::nullopt;
  return make(*year, *month, *day);
}

}  // namespace

std::optional<calendar::Date> full_date(const PartialDate& date) {
  if (!date.month || !date.day) return std::nullopt;
  return calendar::make_date(date.year, *date.month, *date.day);
}

std::string to_iso(const PartialDate& date) {
  std::string text = padded(date.year, 4);
  if (date.month) text += "-" + padded(*date.month, 2);
  if (date.day) text += "-" + padded(*date.day, 2);
  return text;
}

std::string to_vietnamese(const PartialDate& date) {
  std::string text;
  if (date.day) text += padded(*date.day, 2) + "/";
  if (date.month) text += padded(*date.month, 2) + "/";
  return text + padded(date.year, 4);
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (text.size() > 10) return std::nullopt;
  if (text.find_first_not_of("0123456789") == std::string_view::npos && text.size() == 8) {
    return parse_packed(text);
  }
  std::string_view rest = text;
  const auto first = take_number(rest, 1, 4);
  if (!first) return std::nullopt;
  if (text.size() - rest.size() == 4) {  // the year leads: yyyy, yyyy-mm, yyyy-mm-dd
    if (rest.empty()) return make(*first, 0, 0);
    if (!take_char(rest, '-')) return std::nullopt;
    const auto month = take_number(rest, 2, 2);
    if (!month || *month == 0) return std::nullopt;
    if (rest.empty()) return make(*first, *month, 0);
    if (!take_char(rest, '-')) return std::nullopt;
    const auto day = take_number(rest, 2, 2);
    if (!day || *day == 0 || !rest.empty()) return std::nullopt;
    return make(*first, *month, *day);
  }
  if (!take_char(rest, '/') || *first == 0) return std::nullopt;
  const std::string_view after = rest;
  const auto second = take_number(rest, 1, 4);
  if (!second || *second == 0) return std::nullopt;
  if (rest.empty()) {  // mm/yyyy
    return after.size() == 4 ? make(*second, *first, 0) : std::nullopt;
  }
  if (!take_char(rest, '/')) return std::nullopt;
  const auto year = take_number(rest, 4, 4);
  if (!year || !rest.empty() || *second > 12) return std::nullopt;
  return make(*year, *second, *first);
}

}  // namespace party
