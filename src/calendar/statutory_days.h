#pragma once
// statutory_days.h - the days off of a year as the law alone gives them, before the government
// publishes the year's list.
#include "calendar/national_days.h"

namespace calendar {

// Every day is marked provisional: which days Tết and the National Day take, and what is swapped,
// is decided year by year.  Requires: 1968 <= year <= kLunarYearMax.
[[nodiscard]] NationalYear statutory_year(int year);

}  // namespace calendar
