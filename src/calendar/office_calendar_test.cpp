#include "calendar/office_calendar.h"

#include <gtest/gtest.h>

#include "calendar/statutory_days.h"
#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;
using test::office;
using test::on;

TEST(OfficeCalendar, KnowsTheOfficialDaysOfFourYears) {
  const OfficeCalendar calendar = office();
  for (const char* off :
       {"2024-02-08", "2024-02-14", "2024-04-18", "2024-04-29", "2024-05-01", "2024-09-03",
        "2025-01-27", "2025-01-31", "2025-04-07", "2025-05-02", "2025-09-01", "2026-01-01",
        "2026-01-02", "2026-02-16", "2026-02-20", "2026-04-27", "2026-04-30", "2026-05-01",
        "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24", "2027-01-01", "2027-02-04",
        "2027-02-10", "2027-04-16", "2027-04-30", "2027-05-03", "2027-09-02", "2027-09-03",
        "2027-11-24", "2026-08-23", "2026-08-29"}) {
    EXPECT_FALSE(calendar.is_working_day(on(off))) << off;
  }
  for (const char* worked : {"2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22", "2024-02-15",
                             "2025-11-24", "2026-11-23", "2027-02-11", "2027-09-06"}) {
    EXPECT_TRUE(calendar.is_working_day(on(worked))) << worked;
  }
}

TEST(OfficeCalendar, SaysWhyADayIsOff) {
  const OfficeCalendar calendar = office();
  EXPECT_EQ(calendar.why_off(on("2026-08-29"))->reason, OffReason::weekly_rest);
  const auto national_day = calendar.why_off(on("2026-09-02"));
  ASSERT_NE(national_day, nullptr);
  EXPECT_EQ(national_day->reason, OffReason::holiday);
  EXPECT_EQ(national_day->name.vi, "Quốc khánh");
  EXPECT_EQ(national_day->name.en, "National Day");
  EXPECT_EQ(national_day->act, "Bộ luật Lao động 2019, điều 112");
  EXPECT_EQ(calendar.why_off(on("2026-01-02"))->reason, OffReason::swapped);
  EXPECT_EQ(calendar.why_off(on("2026-04-27"))->reason, OffReason::compensation);
  EXPECT_EQ(calendar.why_off(on("2026-08-20")), nullptr);
  EXPECT_EQ(calendar.make_up_day(on("2026-08-22"))->instead_of, on("2026-08-31"));
  EXPECT_EQ(calendar.make_up_day(on("2026-08-21")), nullptr);
}

TEST(OfficeCalendar, MarksWhatIsNotCertain) {
  const OfficeCalendar calendar = office();
  EXPECT_FALSE(calendar.is_provisional(on("2026-09-02")));
  EXPECT_TRUE(calendar.is_provisional(on("2027-05-03")));
  EXPECT_TRUE(calendar.is_provisional(on("2028-03-01")));
  EXPECT_TRUE(calendar.weekly_hours(on("2026-09-02")).provisional);
}

TEST(OfficeCalendar, ComputesYearsThatAreNotPublished) {
  const OfficeCalendar calendar = office();
  // Tết 2028 begins on 26 January; 2 September is a Saturday, 3 September a Sunday.
  EXPECT_FALSE(calendar.is_working_day(on("2028-01-25")));
  EXPECT_FALSE(calendar.is_working_day(on("2028-01-28")));
  EXPECT_FALSE(calendar.is_working_day(on("2028-09-04")));
  EXPECT_FALSE(calendar.is_working_day(on("2028-09-05")));
  EXPECT_TRUE(calendar.is_working_day(on("2028-09-06")));
  EXPECT_FALSE(calendar.is_working_day(on("2028-11-24")));
  for (int year = 2028; year <= NationalDays::kLastYear; ++year) {
    int weekdays_off = 0;
    for (const DayOff& day : statutory_year(year).days_off) {
      EXPECT_TRUE(day.provisional);
      if (iso_weekday(day.on) < 6) ++weekdays_off;
    }
    EXPECT_EQ(weekdays_off, 12) << year;  // each day off is compensated
  }
}

TEST(OfficeCalendar, KeepsTheHistoryOfItsHours) {
  OfficeSchedule schedule = default_schedule();
  WeeklyHours later = schedule.hours.front();
  later.valid_from = on("2026-06-01");
  later.processing[0] = {{hour_minute(8), hour_minute(12)}};
  later.reception[5] = {{hour_minute(8), hour_minute(11)}};
  schedule.hours.push_back(later);
  const OfficeCalendar calendar = office(schedule);
  EXPECT_EQ(calendar.working_minutes(on("2026-05-25")), 480);
  EXPECT_EQ(calendar.working_minutes(on("2026-06-01")), 240);
  EXPECT_EQ(calendar.end_of_last_interval(on("2026-06-01")), at("2026-06-01T12:00"));
  EXPECT_EQ(calendar.start_of_first_interval(on("2026-06-02")), at("2026-06-02T07:30"));
  // The counter is open on Saturday morning, but limits do not run.
  EXPECT_FALSE(calendar.is_working_day(on("2026-06-06")));
  EXPECT_EQ(calendar.reception_intervals(on("2026-06-06")).size(), 1U);
  // A make-up Saturday has the hours of the Monday it replaces.
  EXPECT_EQ(calendar.working_minutes(on("2026-08-22")), 240);
}

TEST(OfficeCalendar, ClosesForItsOwnReasons) {
  OfficeSchedule schedule = default_schedule();
  schedule.closures.push_back({on("2026-07-06"),
                               on("2026-07-07"),
                               std::nullopt,
                               {"Chuyển trụ sở", "Moving house"},
                               "QĐ 12/QĐ-UBND"});
  schedule.closures.push_back({on("2026-07-08"),
                               on("2026-07-08"),
                               Interval{hour_minute(10), hour_minute(14)},
                               {"Mất điện", "Power cut"},
                               ""});
  const OfficeCalendar calendar = office(schedule);
  EXPECT_EQ(calendar.why_off(on("2026-07-07"))->reason, OffReason::closure);
  EXPECT_EQ(calendar.why_off(on("2026-07-07"))->name.en, "Moving house");
  EXPECT_EQ(calendar.working_minutes(on("2026-07-08")), 150 + 210);
  EXPECT_TRUE(calendar.is_working_day(on("2026-07-08")));
  EXPECT_EQ(calendar.next_working_day(on("2026-07-03")), on("2026-07-08"));
}

TEST(OfficeCalendar, RefusesSchedulesThatContradictThemselves) {
  const auto refused = [](auto change) {
    OfficeSchedule schedule = default_schedule();
    change(schedule);
    return !OfficeCalendar::build(test::shipped_days(), schedule).has_value();
  };
  EXPECT_TRUE(refused([](OfficeSchedule& s) { s.hours.clear(); }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) { s.hours.push_back(s.hours.front()); }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) {
    s.hours[0].processing[0] = {{hour_minute(8), hour_minute(12)},
                                {hour_minute(11), hour_minute(13)}};
  }));
  EXPECT_TRUE(refused(
      [](OfficeSchedule& s) { s.hours[0].reception[0] = {{hour_minute(12), hour_minute(8)}}; }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) {
    s.closures.push_back({on("2026-07-07"), on("2026-07-06"), {}, {"a", ""}, ""});
  }));
  EXPECT_TRUE(refused([](OfficeSchedule& s) {
    s.closures.push_back({on("2026-07-07"), on("2036-07-06"), {}, {"a", ""}, ""});
  }));
}

TEST(CalendarYaml, ReadsTheShippedOfficeHoursAsTheDefault) {
  const auto schedule = parse_office_schedule(test::shipped("office-hours.yaml"));
  ASSERT_TRUE(schedule) << schedule.error().message;
  EXPECT_EQ(*schedule, default_schedule());
}

TEST(CalendarYaml, RefusesBadTextWithItsPlace) {
  const std::string head = "format: motcua-national-days/1\n";
  const std::string day = "name: {vi: a}, act: b}";
  for (const std::string& text : {
           std::string{},
           std::string{"a: ["},
           std::string{"format: other/1\nyears: []\n"},
           head,
           head + "years: 5\n",
           head + "years: [{year: 26, days_off: []}]\n",
           head + "years: [{year: 2026}]\n",
           head + "years: [{year: 2026, days_off: [{on: 2026-02-30, " + day + "]}]\n",
           head + "years: [{year: 2026, days_off: [{on: 2025-02-03, " + day + "]}]\n",
           head + "years: [{year: 2026, days_off: [{from: 2026-02-03, " + day + "]}]\n",
           head + "years: [{year: 2026, days_off: [{from: 2026-01-03, to: 2026-12-03, " + day +
               "]}]\n",
           head + "years: [{year: 2026, days_off: [{on: 2026-02-03, " + day +
               ", {on: 2026-02-03, " + day + "]}]\n",
           head + "years: [{year: 2026, days_off: []}, {year: 2026, days_off: []}]\n",
           head + "years: [{year: 1026, days_off: []}]\n",
           head + "years: [{year: 2026, days_off: [], typo: 1}]\n",
           head + "years: [{year: 2026, days_off: [], make_up_days: [{on: 2026-08-20, instead_of: "
                  "2026-08-21, act: a}]}]\n",
           head + "years: &a []\n",
           head + "years: *a\n",
           head + "years: " + std::string(5000, '[') + "\n",
           head + "years: []\n" + std::string(300000, '#'),
           std::string("\xff\xfe"),
       }) {
    const auto parsed = parse_national_days(text);
    ASSERT_FALSE(parsed) << text.substr(0, 200);
    EXPECT_FALSE(parsed.error().message.empty());
  }
  const auto placed = parse_national_days(head + "years:\n  - year: 2026\n    days_off: 7\n");
  ASSERT_FALSE(placed);
  EXPECT_NE(placed.error().message.find("line 4"), std::string::npos) << placed.error().message;
}

TEST(CalendarYaml, ReadsAnOfficeWithClosures) {
  const auto schedule = parse_office_schedule(
      "format: motcua-office-hours/1\n"
      "hours:\n"
      "  - {valid_from: 2026-01-01, provisional: false, processing: {mon-fri: ['08:00-12:00']},\n"
      "     reception: {mon-fri: ['08:00-11:30'], sat: ['08:00-11:00']}}\n"
      "closures:\n"
      "  - {from: 2026-07-06, reason: {vi: Chuyển trụ sở, en: Moving}, act: 'QĐ 1'}\n"
      "  - {from: 2026-07-07, hours: '10:00-11:00', reason: {vi: Mất điện}}\n");
  ASSERT_TRUE(schedule) << schedule.error().message;
  EXPECT_EQ(schedule->hours[0].reception[5].size(), 1U);
  EXPECT_FALSE(schedule->hours[0].provisional);
  EXPECT_EQ(schedule->closures[1].hours->from, hour_minute(10));
  EXPECT_FALSE(
      parse_office_schedule("format: motcua-office-hours/1\nhours: [{valid_from: "
                            "2026-01-01, processing: {someday: []}}]\n"));
}

TEST(CalendarYaml, ReadsExtraDays) {
  const std::string head =
      "format: motcua-office-hours/1\n"
      "hours: [{valid_from: 2026-01-01, processing: {mon-fri: ['08:00-12:00']}}]\n";
  const auto schedule = parse_office_schedule(
      head + "extra_days: [{on: 2026-08-29, processing: ['08:00-11:00'], reason: {vi: Làm bù}}]\n");
  ASSERT_TRUE(schedule) << schedule.error().message;
  ASSERT_EQ(schedule->extra_days.size(), 1U);
  EXPECT_EQ(schedule->extra_days[0].reception, schedule->extra_days[0].processing);
  EXPECT_FALSE(parse_office_schedule(head + "extra_days: [{on: 2026-08-29, reason: {vi: a}}]\n"));
  EXPECT_FALSE(parse_office_schedule(head + "extra_days: [{on: 2026-08-29, processing: []}]\n"));
}

TEST(CalendarYaml, ReadsTheShippedRulesAboutTimeAsTheDefault) {
  const auto rules = parse_time_rules(test::shipped("time-rules.yaml"));
  ASSERT_TRUE(rules) << rules.error().message;
  TimeRules expected;
  expected.effective_from = on("2025-07-01");
  expected.source = "Nghị định 118/2025/NĐ-CP";
  EXPECT_EQ(rules->on(on("2026-08-20")), expected);
  EXPECT_EQ(rules->on(on("2020-01-01")), expected) << "the first set serves all time before it";
}

TEST(CalendarYaml, KeepsTheHistoryOfRulesAboutTime) {
  const std::string head = "format: motcua-time-rules/1\nrules:\n";
  const auto rules = parse_time_rules(
      head +
      "  - {effective_from: 2027-01-01, source: B, apology_days: 2, transfer_cutoff: '16:00'}\n"
      "  - {effective_from: 2026-01-01, source: A, extensions_max: 0}\n");
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_EQ(rules->on(on("2026-12-31")).source, "A");
  EXPECT_EQ(rules->on(on("2026-12-31")).extensions_max, 0);
  EXPECT_EQ(rules->on(on("2027-01-01")).apology_days, 2);
  EXPECT_EQ(rules->on(on("2027-01-01")).transfer_cutoff, hour_minute(16));
  for (const char* bad :
       {"  []\n", "  - {source: A}\n", "  - {effective_from: 2026-01-01}\n",
        "  - {effective_from: 2026-01-01, source: A, apology_days: -1}\n",
        "  - {effective_from: 2026-01-01, source: A, apology_days: 1.5}\n",
        "  - {effective_from: 2026-01-01, source: A, apology_days: 99999999999}\n",
        "  - {effective_from: 2026-01-01, source: A, transfer_cutoff: '25:00'}\n",
        "  - {effective_from: 2026-01-01, source: A, supplement_reminder_days: 0}\n",
        "  - {effective_from: 2026-01-01, source: A, typo: 1}\n",
        "  - {effective_from: 2026-01-01, source: A}\n"
        "  - {effective_from: 2026-01-01, source: B}\n"}) {
    EXPECT_FALSE(parse_time_rules(head + bad)) << bad;
  }
}

}  // namespace
}  // namespace calendar
