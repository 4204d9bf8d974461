#include "calendar/instant.h"

#include <gtest/gtest.h>

#include "calendar/clock.h"

namespace calendar {
namespace {

TEST(InstantText, IsWrittenWithVietnamsZone) {
  const auto at = parse_instant("2026-08-20T03:00:00Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(to_iso(*at), "2026-08-20T10:00:00+07:00");
  EXPECT_EQ(to_iso(*at + std::chrono::milliseconds{5}), "2026-08-20T10:00:00.005+07:00");
  EXPECT_EQ(to_vietnamese(*at), "10:00 ngày 20/08/2026");
}

TEST(InstantText, MayLackSecondsAndZone) {
  const auto at = parse_instant("2026-08-20T10:00:00+07:00");
  EXPECT_EQ(parse_instant("2026-08-20T10:00"), at);
  EXPECT_EQ(parse_instant("2026-08-20 10:00"), at);
  EXPECT_EQ(parse_instant("2026-08-20T10:00:00.000"), at);
  EXPECT_EQ(parse_instant("2026-08-19T22:00:00-0500"), at);
  EXPECT_EQ(parse_instant("2026-08-20T08:30+05:30"), at);
  EXPECT_EQ(*parse_instant("2026-08-20T10:00:00.1239"), *at + std::chrono::milliseconds{123});
}

TEST(InstantText, RefusesWhatDoesNotExist) {
  for (const char* text :
       {"", "2026-08-20", "2026-02-30T10:00", "2026-08-20T24:00", "2026-08-20T10:60",
        "2026-08-20T10:00:61", "2026-08-20T10:00+", "2026-08-20T10:00+7", "2026-08-20T10:00+07:60",
        "2026-08-20T10:00+19:00", "2026-08-20T10:00:00.", "2026-08-20T10:00Zx", "0000-00-00T00:00",
        "2026-08-20T1:00", "9999-08-20T10:00", "2026-08-20T10:00:00.1234567890"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(DateText, IsStrict) {
  ASSERT_TRUE(parse_date("2024-02-29"));
  EXPECT_EQ(to_iso(*parse_date("2024-02-29")), "2024-02-29");
  for (const char* text : {"2026-02-29", "2026-2-9", "2026-13-01", "2026-00-10", "2026-01-00",
                           "2026-01-011", " 2026-01-01", "2026/01/01", "20260101", "1799-12-31"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(DateText, IsReadTheVietnameseWay) {
  EXPECT_EQ(parse_vietnamese_date("2/9/2026"), parse_date("2026-09-02"));
  EXPECT_EQ(parse_vietnamese_date("02-09-2026"), parse_date("2026-09-02"));
  EXPECT_EQ(parse_vietnamese_date("02.09.2026"), parse_date("2026-09-02"));
  EXPECT_EQ(to_vietnamese(*parse_date("2026-09-02")), "02/09/2026");
  for (const char* text : {"31/4/2026", "2/9-2026", "2/9/26", "2/9", "", "a/b/c", "2/9/2026 "}) {
    EXPECT_FALSE(parse_vietnamese_date(text)) << text;
  }
}

TEST(LocalTime, CrossesMidnightSevenHoursBeforeUtc) {
  const auto before = parse_instant("2026-08-19T16:59:59Z");
  const auto after = parse_instant("2026-08-19T17:00:00Z");
  EXPECT_EQ(to_iso(local_date(*before)), "2026-08-19");
  EXPECT_EQ(local_time(*before), hour_minute(23, 59));
  EXPECT_EQ(to_iso(local_date(*after)), "2026-08-20");
  EXPECT_EQ(local_time(*after), hour_minute(0));
  EXPECT_EQ(at_local(local_date(*after), hour_minute(0)), *after);
  const auto old = parse_instant("1900-01-01T00:00");
  EXPECT_EQ(to_iso(local_date(*old)), "1900-01-01");
}

TEST(TimeOfDayText, ReadsHoursAndMinutes) {
  EXPECT_EQ(parse_time_of_day("7:30"), hour_minute(7, 30));
  EXPECT_EQ(parse_time_of_day("24:00"), hour_minute(24));
  EXPECT_EQ(to_text(hour_minute(7, 5)), "07:05");
  for (const char* text : {"24:01", "25:00", "7:3", "7", "7:60", "-7:00", "07:30:00"}) {
    EXPECT_FALSE(parse_time_of_day(text)) << text;
  }
}

TEST(Clocks, TellTheTimeTheyAreGiven) {
  ManualClock clock(*parse_instant("2026-08-20T10:00"));
  clock.advance(std::chrono::minutes{5});
  EXPECT_EQ(to_iso(clock.now()), "2026-08-20T10:05:00+07:00");
  SystemClock system;
  EXPECT_GT(system.now(), *parse_instant("2024-01-01T00:00"));
}

}  // namespace
}  // namespace calendar
