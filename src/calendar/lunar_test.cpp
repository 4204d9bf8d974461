#include "calendar/lunar.h"

#include <gtest/gtest.h>

#include "calendar/test_calendar.h"

namespace calendar {
namespace {

TEST(LunarNewYear, IsOnItsPublishedDay) {
  for (const char* day :
       {"1975-02-11", "1985-01-21", "1990-01-27", "1995-01-31", "2000-02-05", "2005-02-09",
        "2007-02-17", "2010-02-14", "2015-02-19", "2018-02-16", "2019-02-05", "2020-01-25",
        "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
        "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02"}) {
    EXPECT_EQ(to_iso(lunar_new_year(year_of(test::on(day)))), day);
  }
}

TEST(LunarNewYear, DiffersFromChinasWhereItDid) {
  EXPECT_EQ(to_iso(lunar_new_year(1968)), "1968-01-29");  // China: 30 January
  EXPECT_EQ(to_iso(lunar_new_year(1969)), "1969-02-16");  // China: 17 February
  EXPECT_EQ(to_iso(lunar_new_year(1985)), "1985-01-21");  // China: 20 February
  EXPECT_EQ(to_iso(lunar_new_year(2007)), "2007-02-17");  // China: 18 February
  EXPECT_EQ(to_iso(lunar_new_year(2030)), "2030-02-02");  // China: 3 February
}

TEST(LunarDate, GivesHungKingsDay) {
  EXPECT_EQ(to_iso(*from_lunar({2024, 3, 10, false})), "2024-04-18");
  EXPECT_EQ(to_iso(*from_lunar({2025, 3, 10, false})), "2025-04-07");
  EXPECT_EQ(to_iso(*from_lunar({2026, 3, 10, false})), "2026-04-26");
  EXPECT_EQ(to_iso(*from_lunar({2027, 3, 10, false})), "2027-04-16");
}

TEST(LunarDate, RoundTripsThroughThreeCenturies) {
  for (Date day = test::on("1901-01-01"); day < test::on("2199-12-20");
       day += std::chrono::days{97}) {
    const auto lunar = to_lunar(day);
    ASSERT_TRUE(lunar) << to_iso(day);
    ASSERT_EQ(from_lunar(*lunar), day) << to_iso(day);
  }
}

TEST(LunarDate, RefusesWhatDoesNotExist) {
  EXPECT_FALSE(from_lunar({2026, 13, 1, false}));
  EXPECT_FALSE(from_lunar({2026, 1, 31, false}));
  EXPECT_FALSE(from_lunar({2026, 1, 0, false}));
  EXPECT_FALSE(from_lunar({2026, 6, 1, true}));
  EXPECT_TRUE(from_lunar({2025, 6, 1, true}));
  EXPECT_FALSE(from_lunar({1899, 1, 1, false}));
  EXPECT_FALSE(from_lunar({2200, 1, 1, false}));
}

}  // namespace
}  // namespace calendar
