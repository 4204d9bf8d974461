#pragma once
// value_text.h - how a value of a context is written on paper in Vietnamese.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace documents::internal {

enum class Filter {
  plain,
  upper,
  date,       // 20/08/2026
  long_date,  // ngày 20 tháng 8 năm 2026
  moment,     // 10 giờ 05 phút, ngày 20 tháng 8 năm 2026
  stamp,      // 10 giờ 05 phút, 20/08/2026
  clock,      // 10:05 20/08/2026
  number,     // 1.250.000
  money,      // 1.250.000 đồng
  words,      // Một triệu hai trăm năm mươi nghìn đồng
  two,        // 05
  brief,      // the first 16 characters, for digests
  yes_no,     // Có, Không
};
[[nodiscard]] std::optional<Filter> filter_of(std::string_view name);

// Absent, null, "", [] and {} are the same: "".  A value that the filter does not understand (a
// year where a date is expected) is written as it is.  Instants are moved to +07:00; without an
// offset they are taken as Vietnamese civil time.
[[nodiscard]] std::string text_of(const base::json::value* value, Filter filter);

// "một nghìn không trăm linh năm", for 0 up to 999,999,999,999,999; negative with "âm".
[[nodiscard]] std::string number_in_words(std::int64_t number);
// Thousands by dots.
[[nodiscard]] std::string grouped(std::int64_t number);

}  // namespace documents::internal
