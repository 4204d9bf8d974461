#include "calendar/working_time.h"

#include <gtest/gtest.h>

#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;
using test::office;
using test::on;

OfficeCalendar idle_office() {
  OfficeSchedule never = default_schedule();
  never.hours[0].processing = {};
  return office(never);
}

TEST(WorkingMinutes, AreCountedInsideTheHoursOnly) {
  const OfficeCalendar calendar = office();
  EXPECT_EQ(working_minutes_between(at("2026-08-20T10:00"), at("2026-08-20T14:00"), calendar), 120);
  EXPECT_EQ(working_minutes_between(at("2026-08-20T17:30"), at("2026-08-21T07:30"), calendar), 0);
  EXPECT_EQ(working_minutes_between(at("2026-08-20T10:00"), at("2026-08-24T17:30"), calendar),
            330 + 3 * 480);
  EXPECT_EQ(working_minutes_between(at("2026-08-24T17:30"), at("2026-08-20T10:00"), calendar), 0);
  EXPECT_EQ(working_minutes_between(at("2026-08-28T17:30"), at("2026-09-03T07:30"), calendar), 0);
}

TEST(AddWorkingMinutes, EndsWithAnIntervalAndNotWithTheNext) {
  const OfficeCalendar calendar = office();
  const auto after = [&](const char* from, std::int64_t minutes) {
    const auto end = add_working_minutes(at(from), minutes, calendar);
    return end ? to_iso(*end).substr(0, 16) : "never";
  };
  EXPECT_EQ(after("2026-08-20T10:00", 0), "2026-08-20T10:00");
  EXPECT_EQ(after("2026-08-20T10:00", -5), "2026-08-20T10:00");
  EXPECT_EQ(after("2026-08-20T10:00", 90), "2026-08-20T11:30");
  EXPECT_EQ(after("2026-08-20T10:00", 91), "2026-08-20T13:31");
  EXPECT_EQ(after("2026-08-20T10:00:59", 1), "2026-08-20T10:01");
  EXPECT_EQ(after("2026-08-20T17:30", 480), "2026-08-21T17:30");
  EXPECT_EQ(after("2026-08-20T00:00", 480), "2026-08-20T17:30");
  EXPECT_EQ(after("2026-08-28T17:00", 31), "2026-09-03T07:31");
  EXPECT_EQ(after("2026-08-21T17:30", 960), "2026-08-24T17:30") << "Saturday 22 August is worked";
  EXPECT_EQ(after("2099-12-30T08:00", 100000), "never");
  EXPECT_EQ(after("2150-01-01T08:00", 1), "never");
  EXPECT_FALSE(add_working_minutes(at("2026-08-20T10:00"), 1, idle_office()));
}

TEST(WorkingMinutesBefore, IsTheLatestMomentThatLeavesThemAll) {
  const OfficeCalendar calendar = office();
  const auto before = [&](const char* due, std::int64_t minutes) {
    return to_iso(working_minutes_before(at(due), minutes, calendar)).substr(0, 19);
  };
  EXPECT_EQ(before("2026-08-24T17:30", 0), "2026-08-24T17:30:00");
  EXPECT_EQ(before("2026-08-24T17:30", 480), "2026-08-24T07:30:00");
  EXPECT_EQ(before("2026-08-24T17:30", 481), "2026-08-22T17:29:00");
  EXPECT_EQ(before("2026-08-24T11:30", 60), "2026-08-24T10:30:00");
  EXPECT_EQ(before("2026-08-24T13:45", 60), "2026-08-24T10:45:00");
  EXPECT_EQ(before("2026-08-24T10:00:30", 1), "2026-08-24T09:59:30");
  EXPECT_EQ(before("2026-09-03T07:30", 60), "2026-08-28T16:30:00");
  EXPECT_EQ(before("2026-08-24T17:30", 1'000'000'000'000), "2016-08-23T17:30:00");
  EXPECT_EQ(working_minutes_before(at("2026-08-24T17:30"), 1, idle_office()),
            at("2016-08-23T17:30"));
}

TEST(NoticeDue, IsTheLastWorkingMomentADayBefore) {
  const OfficeCalendar calendar = office();
  const auto notice = [&](const char* due, int days) {
    return to_iso(notice_due(at(due), days, calendar)).substr(0, 16);
  };
  EXPECT_EQ(notice("2026-08-25T17:30", 1), "2026-08-24T17:30");
  EXPECT_EQ(notice("2026-08-25T11:30", 1), "2026-08-24T11:30");
  EXPECT_EQ(notice("2026-08-25T10:00", 1), "2026-08-24T10:00");
  EXPECT_EQ(notice("2026-08-24T17:30", 1), "2026-08-22T17:30") << "Saturday is worked";
  EXPECT_EQ(notice("2026-09-03T17:30", 1), "2026-08-28T17:30") << "the whole holiday lies between";
  EXPECT_EQ(notice("2026-08-25T12:00", 1), "2026-08-24T11:30") << "not at noon";
  EXPECT_EQ(notice("2026-08-25T17:30", 0), "2026-08-25T17:30");
  EXPECT_EQ(notice("2026-08-25T17:30", 3), "2026-08-22T17:30");
  EXPECT_EQ(notice_due(at("2026-08-25T17:30"), 1, idle_office()), at("2026-08-24T17:30"));
}

TEST(TransferDue, IsTheSameDayUntilTheCutOff) {
  const OfficeCalendar calendar = office();
  const auto due = [&](const char* received) {
    return to_iso(transfer_due(at(received), hour_minute(15), calendar)).substr(0, 16);
  };
  EXPECT_EQ(due("2026-08-20T08:00"), "2026-08-20T17:30");
  EXPECT_EQ(due("2026-08-20T15:00"), "2026-08-20T17:30");
  EXPECT_EQ(due("2026-08-20T15:01"), "2026-08-21T07:30");
  EXPECT_EQ(due("2026-08-28T15:30"), "2026-09-03T07:30");
  EXPECT_EQ(due("2026-08-29T08:00"), "2026-09-03T07:30") << "a day off";
  EXPECT_EQ(due("2026-08-22T08:00"), "2026-08-22T17:30") << "a Saturday that is worked";
  EXPECT_EQ(transfer_due(at("2026-08-20T08:00"), hour_minute(15), idle_office()),
            at("2026-08-20T08:00"));
  OfficeSchedule mornings = default_schedule();
  mornings.hours[0].processing[3] = {{hour_minute(8), hour_minute(12)}};
  EXPECT_EQ(transfer_due(at("2026-08-20T13:00"), hour_minute(15), office(mornings)),
            at("2026-08-21T07:30"))
      << "before the cut-off, but the day's work is over";
}

}  // namespace
}  // namespace calendar
