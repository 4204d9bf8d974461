#pragma once
// partial_date.h - a date of birth of which perhaps only the year, or year and month, is known.
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.h"

namespace party {

// Requires: `day` only with `month`; made by the parsers below, which refuse what does not exist.
struct PartialDate {
  int year = 0;
  std::optional<int> month;
  std::optional<int> day;

  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

// The date, if all of it is known.
[[nodiscard]] std::optional<calendar::Date> full_date(const PartialDate& date);
// "1990", "1990-05", "1990-05-17".
[[nodiscard]] std::string to_iso(const PartialDate& date);
// "1990", "05/1990", "17/05/1990".
[[nodiscard]] std::string to_vietnamese(const PartialDate& date);
// Either of the two forms above, or the packed forms of data exchange: ddMMyyyy with 00 for what is
// unknown, yyyy.
[[nodiscard]] std::optional<PartialDate> parse_partial_date(std::string_view text);

}  // namespace party
