// The cases about time that practice gives us, each under its own name.
#include <gtest/gtest.h>

#include "calendar/deadline.h"
#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;
using test::on;

class StatutoryVectors : public testing::Test {
 protected:
  // "2026-08-24T17:30"
  [[nodiscard]] std::string due(const char* start, const char* limit,
                                const char* cutoff = nullptr) const {
    DeadlineRequest asked{.start = at(start), .limit = *Limit::parse(limit)};
    if (cutoff != nullptr) asked.cutoff = parse_time_of_day(cutoff);
    const auto end = due_of(asked, office_);
    return end && *end ? to_iso(**end).substr(0, 16) : "none";
  }
  // The days that count, in order.
  [[nodiscard]] std::vector<std::string> counted(const char* start, const char* limit) const {
    const auto result = deadline({.start = at(start), .limit = *Limit::parse(limit)}, office_);
    std::vector<std::string> dates;
    for (const DerivationStep& step : result->steps) {
      if (step.kind != StepKind::counted) continue;
      for (Date day = step.first; day <= step.last; day += std::chrono::days{1}) {
        dates.push_back(to_iso(day));
      }
    }
    return dates;
  }
  const OfficeCalendar office_ = test::office();
};

TEST_F(StatutoryVectors, ThursdayPlusThreeWorkingDaysCountsTheMakeUpSaturday) {
  EXPECT_EQ(due("2026-08-20T10:00", "3wd"), "2026-08-24T17:30");
  EXPECT_EQ(counted("2026-08-20T10:00", "3wd"),
            (std::vector<std::string>{"2026-08-21", "2026-08-22", "2026-08-24"}));
}

TEST_F(StatutoryVectors, AfterFifteenOClockBeforeALongHolidayCountsFromTheDayAfterIt) {
  EXPECT_EQ(due("2026-08-28T15:30", "3wd", "15:00"), "2026-09-08T17:30");
  DeadlineRequest asked{.start = at("2026-08-28T15:30"), .limit = *Limit::parse("3wd")};
  asked.cutoff = kUsualCutoff;
  const auto result = deadline(asked, office_);
  EXPECT_EQ(result->steps[1].kind, StepKind::rolled_over);
  EXPECT_EQ(result->steps[1].to, at("2026-09-03T07:30"));
}

TEST_F(StatutoryVectors, FifteenOClockItselfIsInTime) {
  EXPECT_EQ(due("2026-08-28T15:00", "3wd", "15:00"), "2026-09-07T17:30");
  EXPECT_EQ(due("2026-08-28T15:00:01", "3wd", "15:00"), "2026-09-08T17:30");
}

TEST_F(StatutoryVectors, TheNewHolidayOfNovember2026IsSkipped) {
  EXPECT_EQ(due("2026-11-23T10:00", "1wd"), "2026-11-25T17:30");
  EXPECT_EQ(due("2025-11-21T10:00", "1wd"), "2025-11-24T17:30") << "not yet in 2025";
}

TEST_F(StatutoryVectors, TheSecondOfJanuary2026IsOffAndSaturdayTheTenthIsWorked) {
  EXPECT_EQ(due("2025-12-31T10:00", "1wd"), "2026-01-05T17:30");
  EXPECT_EQ(due("2026-01-09T10:00", "1wd"), "2026-01-10T17:30");
}

TEST_F(StatutoryVectors, TheWholeTetBlockIsSkipped) {
  EXPECT_EQ(due("2026-02-13T10:00", "1wd"), "2026-02-23T17:30");
  EXPECT_EQ(due("2027-02-03T10:00", "1wd"), "2027-02-11T17:30");
  EXPECT_EQ(due("2024-02-07T10:00", "1wd"), "2024-02-15T17:30");
  EXPECT_EQ(due("2025-01-24T10:00", "1wd"), "2025-02-03T17:30");
}

TEST_F(StatutoryVectors, APauseAcrossAHolidayLosesOnlyWorkingDays) {
  DeadlineRequest asked{.start = at("2026-08-27T10:00"), .limit = *Limit::parse("3wd")};
  asked.pauses = {{at("2026-08-28T09:00"), at("2026-09-03T12:00"), PauseReason::supplement}};
  // 28 August and 3 September are lost, the five days off between them are not.
  EXPECT_EQ(to_iso(**due_of(asked, office_)), "2026-09-08T17:30:00+07:00");
}

TEST_F(StatutoryVectors, TheStepsOfProcedure1012994AddUpToTwentyOneWorkingDays) {
  constexpr const char* kSteps[]{"4h", "4h", "112h", "24h", "16h", "8h"};
  std::int64_t minutes = 0;
  Instant at_hand = at("2026-10-01T17:30");
  for (const char* step : kSteps) {
    const Limit limit = *Limit::parse(step);
    minutes += limit.working_minutes();
    at_hand = **due_of({.start = at_hand, .limit = limit}, office_);
  }
  EXPECT_EQ(minutes, Limit::parse("168h")->working_minutes());
  EXPECT_EQ(minutes, Limit::parse("21wd")->working_minutes());
  EXPECT_EQ(at_hand,
            **due_of({.start = at("2026-10-01T17:30"), .limit = *Limit::parse("168h")}, office_));
  EXPECT_EQ(at_hand,
            **due_of({.start = at("2026-10-01T17:30"), .limit = *Limit::parse("21wd")}, office_));
  // The published 30 days end later than the internal 21 working days.
  EXPECT_GT(**due_of({.start = at("2026-10-01T17:30"), .limit = *Limit::parse("30d")}, office_),
            at_hand);
}

TEST_F(StatutoryVectors, TheApologyIsDueAtLeastADayBeforeTheDate) {
  for (const char* start : {"2026-08-20T10:00", "2026-08-24T10:00", "2026-08-27T10:00",
                            "2026-02-12T10:00", "2026-01-08T10:00"}) {
    for (const char* limit : {"1wd", "3wd", "0.5wd", "9h", "4d", "1mo"}) {
      const Instant end = **due_of({.start = at(start), .limit = *Limit::parse(limit)}, office_);
      const Instant notice = notice_due(end, 1, office_);
      EXPECT_LE(notice, end - std::chrono::days{1}) << start << " " << limit;
      EXPECT_TRUE(office_.is_working_day(local_date(notice))) << start << " " << limit;
    }
  }
  EXPECT_EQ(notice_due(at("2026-08-24T17:30"), 1, office_), at("2026-08-22T17:30"));
}

TEST_F(StatutoryVectors, CertificationIsSameDayUntilFifteenOClock) {
  EXPECT_EQ(due("2026-08-20T14:59", "same-day"), "2026-08-20T17:30");
  EXPECT_EQ(due("2026-08-20T15:30", "same-day"), "2026-08-21T17:30");
  EXPECT_EQ(due("2026-08-21T15:30", "same-day"), "2026-08-22T17:30") << "a worked Saturday";
  EXPECT_EQ(due("2026-08-28T15:30", "same-day"), "2026-09-03T17:30");
}

TEST_F(StatutoryVectors, ASupplementRestartsTheWholeTerm) {
  DeadlineRequest asked{.start = at("2026-08-10T10:00"), .limit = *Limit::parse("5wd")};
  asked.pauses = {{at("2026-08-12T10:00"), at("2026-08-20T10:00"), PauseReason::supplement}};
  // Where the law only subtracts the waiting: 11, then 21, 22, 24 and 25 August.
  EXPECT_EQ(to_iso(**due_of(asked, office_)), "2026-08-25T17:30:00+07:00");
  // Where the term restarts: 21, 22, 24, 25 and 26 August.
  asked.restart = at("2026-08-20T10:00");
  EXPECT_EQ(to_iso(**due_of(asked, office_)), "2026-08-26T17:30:00+07:00");
}

}  // namespace
}  // namespace calendar
