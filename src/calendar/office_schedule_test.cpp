#include "calendar/office_schedule.h"

#include <gtest/gtest.h>

#include "calendar/deadline.h"
#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;
using test::office;
using test::on;

const Interval kMorning{hour_minute(8), hour_minute(11)};

ExtraDay extra(const char* day, const char* reason = "Làm thêm") {
  return {on(day), {kMorning}, {kMorning}, {reason, "Extra work"}, "TB 5/TB-UBND"};
}
Closure closed(const char* first, const char* last, const char* reason = "Nghỉ") {
  return {on(first), on(last), std::nullopt, {reason, "Closed"}, ""};
}

TEST(ExtraDays, MakeARestDayAWorkingDay) {
  OfficeSchedule schedule = default_schedule();
  schedule.extra_days = {extra("2026-08-29"), extra("2026-09-02"), extra("2026-08-20")};
  const OfficeCalendar calendar = office(schedule);
  EXPECT_TRUE(calendar.is_working_day(on("2026-08-29")));
  EXPECT_TRUE(calendar.is_working_day(on("2026-09-02"))) << "a national holiday";
  EXPECT_EQ(calendar.working_minutes(on("2026-08-29")), 180);
  EXPECT_EQ(calendar.extra_day(on("2026-08-29"))->reason.vi, "Làm thêm");
  EXPECT_EQ(calendar.working_minutes(on("2026-08-20")), 480) << "worked anyway";
  EXPECT_EQ(calendar.reception_intervals(on("2026-08-20")).size(), 1U);
  EXPECT_EQ(calendar.extra_day(on("2026-08-20")), nullptr);
  EXPECT_EQ(calendar.extra_day(on("2026-08-22")), nullptr) << "a make-up day of the whole country";
}

TEST(ExtraDays, AreNamedInTheDerivation) {
  OfficeSchedule schedule = default_schedule();
  schedule.extra_days = {extra("2026-08-29")};
  const OfficeCalendar calendar = office(schedule);
  const auto result =
      deadline({.start = at("2026-08-27T10:00"), .limit = *Limit::parse("2wd")}, calendar);
  EXPECT_EQ(to_iso(*result->due), "2026-08-29T11:00:00+07:00");
  ASSERT_EQ(result->steps.size(), 5U);
  EXPECT_EQ(explain(result->steps[3], Language::vietnamese),
            "Tính 1 ngày làm việc: thứ Bảy 29/08/2026, ngày nghỉ nhưng cơ quan làm việc: Làm thêm "
            "(TB 5/TB-UBND).");
  EXPECT_EQ(explain(result->steps[3], Language::english),
            "Counted 1 working day: Saturday 29/08/2026, a rest day on which the office works: "
            "Extra work (TB 5/TB-UBND).");
}

TEST(ExtraDays, CannotContradictTheSchedule) {
  const auto refused = [](auto change) {
    OfficeSchedule schedule = default_schedule();
    change(schedule);
    return !OfficeCalendar::build(test::shipped_days(), schedule).has_value();
  };
  EXPECT_TRUE(refused(
      [](OfficeSchedule& s) { s.extra_days = {extra("2026-08-29"), extra("2026-08-29")}; }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) {
    s.extra_days = {extra("2026-08-29")};
    s.closures = {closed("2026-08-28", "2026-08-30")};
  }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) {
    s.extra_days = {extra("2026-08-29")};
    s.extra_days[0].processing = s.extra_days[0].reception = {};
  }));
}

TEST(InheritedSchedules, KeepTheHoursOfTheUpperUnlessTheyHaveTheirOwn) {
  const OfficeSchedule upper = default_schedule();
  EXPECT_EQ(inherit(upper, {}), upper);
  OfficeSchedule own = default_schedule();
  own.hours[0].processing[0] = {kMorning};
  EXPECT_EQ(inherit(upper, own).hours, own.hours);
  EXPECT_EQ(inherit(inherit(upper, own), {}), own);
}

TEST(InheritedSchedules, LetTheirOwnEntriesWinOnTheSameDay) {
  OfficeSchedule upper = default_schedule();
  upper.closures = {closed("2026-08-24", "2026-08-29", "Lũ lụt")};
  upper.extra_days = {extra("2026-09-05"), extra("2026-09-06")};
  OfficeSchedule own;
  own.extra_days = {extra("2026-08-29", "Trực lũ")};
  own.closures = {closed("2026-08-26", "2026-08-26", "Mất điện"),
                  closed("2026-09-05", "2026-09-05", "Chuyển trụ sở")};
  own.closures[0].hours = kMorning;
  const OfficeSchedule joined = inherit(upper, own);
  EXPECT_EQ(joined.closures, (std::vector<Closure>{closed("2026-08-24", "2026-08-25", "Lũ lụt"),
                                                   closed("2026-08-27", "2026-08-28", "Lũ lụt"),
                                                   own.closures[0], own.closures[1]}));
  EXPECT_EQ(joined.extra_days, (std::vector<ExtraDay>{upper.extra_days[1], own.extra_days[0]}));
  const OfficeCalendar calendar = office(joined);
  EXPECT_FALSE(calendar.is_working_day(on("2026-08-25")));
  EXPECT_EQ(calendar.working_minutes(on("2026-08-26")), 480 - 180);
  EXPECT_TRUE(calendar.is_working_day(on("2026-08-29")));
  EXPECT_FALSE(calendar.is_working_day(on("2026-09-05")));
  EXPECT_TRUE(calendar.is_working_day(on("2026-09-06")));
}

TEST(InheritedSchedules, AreBuiltHoweverManyPiecesTheyAreCutInto) {
  OfficeSchedule upper = default_schedule();
  for (int i = 0; i < 200; ++i) {
    Closure closure = closed("2026-01-01", "2027-12-31", "Cắt điện");
    closure.hours = Interval{TimeOfDay{460 + i}, TimeOfDay{461 + i}};
    upper.closures.push_back(closure);
  }
  OfficeSchedule own;
  for (Date day = on("2026-01-02"); day < on("2027-12-31"); day += std::chrono::days{4}) {
    own.closures.push_back(closed("2026-01-02", "2026-01-02"));
    own.closures.back().first = own.closures.back().last = day;
    own.closures.back().hours = kMorning;
  }
  const OfficeCalendar calendar = office(inherit(upper, own));
  EXPECT_EQ(calendar.working_minutes(on("2026-01-05")), 480 - 200);
  EXPECT_EQ(calendar.working_minutes(on("2026-01-06")), 480 - 180);
}

TEST(IntervalText, IsReadAsPeopleWriteIt) {
  const Interval morning{hour_minute(7, 30), hour_minute(11, 30)};
  for (const char* text : {"07:30-11:30", "7:30 - 11:30", "07:30–11:30", " 07:30 –11:30 "}) {
    EXPECT_EQ(parse_interval(text), morning) << text;
  }
  EXPECT_EQ(to_text(morning), "07:30-11:30");
  EXPECT_EQ(parse_interval("00:00-24:00")->to, hour_minute(24));
  for (const char* text : {"", "-", "07:30", "11:30-07:30", "07:30-07:30", "07:30-24:01",
                           "07:30-11:30-12:00", "07h30-11h30", "a-b"}) {
    EXPECT_FALSE(parse_interval(text)) << text;
  }
}

}  // namespace
}  // namespace calendar
