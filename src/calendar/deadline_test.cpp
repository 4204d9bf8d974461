#include "calendar/deadline.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;
using test::office;
using test::on;

struct Given {
  const char* start;
  const char* limit;
  const char* cutoff;
  const char* due;
};

std::string due_text(const DeadlineRequest& request, const OfficeCalendar& calendar) {
  const auto result = deadline(request, calendar);
  if (!result) return "refused: " + explain(result.error(), Language::english);
  return result->due ? to_iso(*result->due).substr(0, 16) : "none";
}

DeadlineRequest request(const char* start, const char* limit) {
  return {.start = at(start), .limit = *Limit::parse(limit)};
}

TEST(Deadline, FollowsTheTableOfVectors) {
  const OfficeCalendar calendar = office();
  constexpr Given kTable[] = {
      // Saturday 22 August 2026 is worked in place of Monday 31 August.
      {"2026-08-20T10:00", "3wd", nullptr, "2026-08-24T17:30"},
      {"2026-08-28T15:30", "3wd", "15:00", "2026-09-08T17:30"},
      {"2026-08-28T15:00", "3wd", "15:00", "2026-09-07T17:30"},
      {"2026-08-28T15:00:00.001", "3wd", "15:00", "2026-09-08T17:30"},
      // 24 November 2026 does not count, nor does 2 January; Saturday 10 January does.
      {"2026-11-23T08:00", "1wd", nullptr, "2026-11-25T17:30"},
      {"2025-12-31T08:00", "1wd", nullptr, "2026-01-05T17:30"},
      {"2026-01-09T08:00", "1wd", nullptr, "2026-01-10T17:30"},
      // Tết: Friday 13 February, back on Monday 23.
      {"2026-02-13T08:00", "1wd", nullptr, "2026-02-23T17:30"},
      // Halves.
      {"2026-08-20T10:00", "0.5wd", nullptr, "2026-08-21T11:30"},
      {"2026-08-20T10:00", "1.5wd", nullptr, "2026-08-22T11:30"},
      // Hours run from the minute of receipt, and end with the interval, not with the next.
      {"2026-08-20T10:00", "1.5h", nullptr, "2026-08-20T11:30"},
      {"2026-08-20T10:00", "2h", nullptr, "2026-08-20T14:00"},
      {"2026-08-20T10:00", "8h", nullptr, "2026-08-21T10:00"},
      {"2026-08-20T07:30", "8h", nullptr, "2026-08-20T17:30"},
      {"2026-08-20T10:00:59", "8h", nullptr, "2026-08-21T10:00"},
      {"2026-08-20T18:00", "1h", nullptr, "2026-08-21T08:30"},
      {"2026-08-20T15:01", "1h", "15:00", "2026-08-21T08:30"},
      {"2026-08-03T07:30", "168h", nullptr, "2026-08-28T17:30"},
      // Days of the wall calendar; a last day off moves on.
      {"2026-08-20T10:00", "4d", nullptr, "2026-08-24T17:30"},
      {"2026-08-20T10:00", "3d", nullptr, "2026-08-24T17:30"},
      {"2026-08-20T10:00", "30d", nullptr, "2026-09-21T17:30"},
      {"2026-08-01T10:00", "30d", nullptr, "2026-09-03T17:30"},
      // Months and years: the corresponding day, or the last of the month.
      {"2026-01-31T10:00", "1mo", nullptr, "2026-03-02T17:30"},
      {"2026-03-31T10:00", "1mo", nullptr, "2026-05-04T17:30"},
      {"2024-02-29T10:00", "1y", nullptr, "2025-02-28T17:30"},
      // The same day, or the next working day after the cut-off or from a day off.
      {"2026-08-20T10:00", "same-day", nullptr, "2026-08-20T17:30"},
      {"2026-08-20T15:01", "same-day", nullptr, "2026-08-21T17:30"},
      {"2026-08-20T16:01", "same-day", "16:00", "2026-08-21T17:30"},
      {"2026-08-28T15:30", "same-day", nullptr, "2026-09-03T17:30"},
      {"2026-08-23T10:00", "same-day", nullptr, "2026-08-24T17:30"},
      // Received on a day off without a cut-off: that day is the day of the event.
      {"2026-08-23T10:00", "1wd", nullptr, "2026-08-24T17:30"},
      {"2026-08-23T10:00", "1wd", "15:00", "2026-08-25T17:30"},
      // The day's work is over before the cut-off.
      {"2026-08-20T17:30", "same-day", "23:00", "2026-08-21T17:30"},
      {"2026-08-20T17:29", "same-day", "23:00", "2026-08-20T17:30"},
  };
  for (const Given& given : kTable) {
    DeadlineRequest asked = request(given.start, given.limit);
    if (given.cutoff != nullptr) asked.cutoff = parse_time_of_day(given.cutoff);
    EXPECT_EQ(due_text(asked, calendar), given.due) << given.start << " + " << given.limit;
  }
}

TEST(Deadline, MakesTwentyOneDaysOutOf168Hours) {
  const OfficeCalendar calendar = office();
  const auto days = deadline(request("2026-10-01T17:30", "21wd"), calendar);
  const auto hours = deadline(request("2026-10-01T17:30", "168h"), calendar);
  EXPECT_EQ(days->due, hours->due);
}

TEST(DeadlinePause, SkipsWorkingDaysThatItTouches) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T10:00", "3wd");
  asked.pauses = {{at("2026-08-21T10:00"), at("2026-08-24T14:00"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-27T17:30");
  // Outside of working hours nothing is lost.
  asked.pauses = {{at("2026-08-22T17:30"), at("2026-08-24T07:30"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-24T17:30");
  // Across a holiday only working days are lost.
  asked.pauses = {{at("2026-08-24T08:00"), at("2026-09-02T08:00"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-09-03T17:30");
}

TEST(DeadlinePause, GivesBackExactlyTheWorkingTimeOfLimitsInHours) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T10:00", "8h");
  asked.pauses = {
      {at("2026-08-20T11:00"), at("2026-08-20T14:15"), PauseReason::outside_consultation},
      {at("2026-08-20T08:00"), at("2026-08-20T10:15"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-21T11:30") << "15 + 30 + 45 minutes lost";
}

TEST(DeadlinePause, LeavesNoDueDateWhileItLasts) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T10:00", "3wd");
  asked.pauses = {{at("2026-08-22T10:00"), std::nullopt, PauseReason::financial_obligation}};
  const auto result = deadline(asked, calendar);
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->due);
  EXPECT_EQ(result->remaining_halves, 4);
  EXPECT_EQ(result->steps.back().kind, StepKind::remaining);
  EXPECT_EQ(explain(result->steps.back(), Language::english),
            "The clock stands; left: 2 working days.");

  asked = request("2026-08-20T10:00", "8h");
  asked.pauses = {{at("2026-08-20T14:30"), std::nullopt, PauseReason::supplement}};
  const auto hours = deadline(asked, calendar);
  EXPECT_FALSE(hours->due);
  EXPECT_EQ(hours->remaining_minutes, 480 - 150);

  // A pause that begins after the term has ended changes nothing.
  asked.pauses = {{at("2026-08-25T14:30"), std::nullopt, PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-21T10:00");
}

TEST(DeadlinePause, StretchesDaysOfTheWallCalendar) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T10:00", "4d");
  asked.pauses = {{at("2026-08-21T10:00"), at("2026-08-23T00:00"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-26T17:30");
  asked = request("2026-08-20T10:00", "1mo");
  asked.pauses = {{at("2026-08-21T10:00"), at("2026-08-21T11:00"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-09-21T17:30");
  asked.pauses = {{at("2026-08-21T10:00"), std::nullopt, PauseReason::supplement}};
  EXPECT_EQ(deadline(asked, calendar)->remaining_halves, 62);
}

TEST(DeadlinePause, BeforeTheTermBeginsStopsNothing) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T12:00", "same-day");
  asked.pauses = {{at("2026-08-20T10:00"), at("2026-08-20T12:15"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-20T17:30") << "what is left of it is lunch time";
  asked.pauses[0].to = at("2026-08-20T13:31");
  EXPECT_EQ(due_text(asked, calendar), "2026-08-21T17:30");
}

TEST(DeadlinePause, OfNoLengthOverlapsNothing) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-20T10:00", "3wd");
  const Instant ten = at("2026-08-21T10:00");
  asked.pauses = {{ten, at("2026-08-21T11:00"), {}}, {ten, ten, {}}};
  EXPECT_EQ(due_text(asked, calendar), "2026-08-25T17:30");
  std::swap(asked.pauses[0], asked.pauses[1]);
  EXPECT_EQ(due_text(asked, calendar), "2026-08-25T17:30");
}

TEST(DeadlinePause, AfterARollOverToTheLastOfAMonthStillNeverHelps) {
  // Received on Saturday 30 January 2027, which counts as Monday 1 February; on a worked Saturday
  // it would not have rolled.  Neither way may a pause on the Sunday bring the end forward.
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2027-01-30T10:00", "1mo");
  asked.cutoff = kUsualCutoff;
  asked.pauses = {{at("2027-01-31T08:00"), at("2027-01-31T09:00"), PauseReason::supplement}};
  EXPECT_EQ(due_text(asked, calendar), "2027-03-02T17:30");
}

TEST(DeadlineRestart, CountsFromTheBeginning) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-17T10:00", "3wd");
  asked.pauses = {{at("2026-08-18T10:00"), at("2026-08-20T10:00"), PauseReason::supplement}};
  asked.restart = at("2026-08-20T10:00");
  EXPECT_EQ(due_text(asked, calendar), "2026-08-24T17:30");
  const auto result = deadline(asked, calendar);
  EXPECT_TRUE(std::any_of(result->steps.begin(), result->steps.end(),
                          [](const auto& step) { return step.kind == StepKind::restarted; }));
  EXPECT_EQ(explain(result->steps[2], Language::vietnamese),
            "Không tính ngày bắt đầu tính lại: thứ Năm 20/08/2026 (Bộ luật Dân sự 2015, điều 147 "
            "khoản 2).");
}

TEST(DeadlineRefusals, AreClear) {
  const OfficeCalendar calendar = office();
  const auto refusal = [&](const DeadlineRequest& asked) {
    const auto result = deadline(asked, calendar);
    EXPECT_FALSE(result.has_value());
    return result.error();
  };
  DeadlineRequest asked = request("2026-08-20T10:00", "3wd");
  asked.pauses = {{at("2026-08-21T10:00"), at("2026-08-21T09:00"), {}}};
  EXPECT_EQ(refusal(asked), DeadlineRefusal::pause_ends_before_it_begins);
  asked.pauses = {{at("2026-08-21T10:00"), at("2026-08-21T12:00"), {}},
                  {at("2026-08-21T11:00"), at("2026-08-21T13:00"), {}}};
  EXPECT_EQ(refusal(asked), DeadlineRefusal::pauses_overlap);
  asked.pauses = {{at("2026-08-21T10:00"), std::nullopt, {}},
                  {at("2026-08-25T11:00"), at("2026-08-25T13:00"), {}}};
  EXPECT_EQ(refusal(asked), DeadlineRefusal::pauses_overlap);
  asked.pauses = {{at("2026-08-21T10:00"), at("2226-08-21T10:00"), {}}};
  EXPECT_EQ(refusal(asked), DeadlineRefusal::pause_never_ends);
  asked.pauses = {{at("2026-08-21T10:00"), at("2036-08-21T10:00"), {}}};
  EXPECT_TRUE(deadline(asked, calendar).has_value());
  asked.pauses.assign(1001, {at("2026-08-21T10:00"), at("2026-08-21T10:00"), {}});
  EXPECT_EQ(refusal(asked), DeadlineRefusal::too_many_pauses);
  asked.pauses.clear();
  asked.restart = at("2026-08-19T10:00");
  EXPECT_EQ(refusal(asked), DeadlineRefusal::restart_before_start);
  EXPECT_EQ(refusal(request("1999-08-20T10:00", "3wd")), DeadlineRefusal::outside_calendar);
  EXPECT_EQ(refusal(request("2099-12-31T10:00", "3wd")), DeadlineRefusal::outside_calendar);
  EXPECT_EQ(refusal(request("2095-12-31T10:00", "3650wd")), DeadlineRefusal::outside_calendar);

  OfficeSchedule never = default_schedule();
  never.hours[0].processing = {};
  const OfficeCalendar idle = office(never);
  for (const char* limit : {"3wd", "3d", "3h", "1mo", "1y", "same-day"}) {
    const auto result = deadline(request("2026-08-20T10:00", limit), idle);
    ASSERT_FALSE(result) << limit;
    EXPECT_EQ(result.error(), DeadlineRefusal::no_working_time) << limit;
  }
}

TEST(DeadlineRefusals, SayWhatToDoInBothLanguages) {
  for (const DeadlineRefusal refusal :
       {DeadlineRefusal::pause_ends_before_it_begins, DeadlineRefusal::pauses_overlap,
        DeadlineRefusal::pause_never_ends, DeadlineRefusal::too_many_pauses,
        DeadlineRefusal::restart_before_start, DeadlineRefusal::outside_calendar,
        DeadlineRefusal::no_working_time}) {
    const std::string vi = explain(refusal, Language::vietnamese);
    const std::string en = explain(refusal, Language::english);
    EXPECT_TRUE(vi.find("hãy ") != std::string::npos) << vi;
    EXPECT_GT(en.size(), 20U);
    EXPECT_NE(vi, en);
  }
}

TEST(Derivation, ExplainsItselfInBothLanguages) {
  const OfficeCalendar calendar = office();
  const auto result = deadline(request("2026-08-20T10:00", "3wd"), calendar);
  std::vector<std::string> vi;
  std::vector<std::string> en;
  for (const DerivationStep& step : result->steps) {
    vi.push_back(explain(step, Language::vietnamese));
    en.push_back(explain(step, Language::english));
  }
  EXPECT_EQ(vi, (std::vector<std::string>{
                    "Tiếp nhận hồ sơ lúc 10:00 thứ Năm 20/08/2026.",
                    "Không tính ngày tiếp nhận: thứ Năm 20/08/2026 (Bộ luật Dân sự 2015, điều 147 "
                    "khoản 2).",
                    "Tính 1 ngày làm việc: thứ Sáu 21/08/2026 (Bộ luật Dân sự 2015, điều 148 khoản "
                    "1).",
                    "Tính 1 ngày làm việc: thứ Bảy 22/08/2026, ngày làm bù cho thứ Hai 31/08/2026 "
                    "(Quyết định hoán đổi ngày làm việc dịp Quốc khánh 2026).",
                    "Không tính Chủ nhật 23/08/2026: ngày nghỉ hằng tuần (Quyết định "
                    "188/1999/QĐ-TTg).",
                    "Tính 1 ngày làm việc: thứ Hai 24/08/2026 (Bộ luật Dân sự 2015, điều 148 khoản "
                    "1).",
                    "Hạn trả kết quả: 17:30 thứ Hai 24/08/2026.",
                }));
  ASSERT_EQ(en.size(), 7U);
  EXPECT_EQ(en[3],
            "Counted 1 working day: Saturday 22/08/2026, worked in place of Monday 31/08/2026 "
            "(Quyết định hoán đổi ngày làm việc dịp Quốc khánh 2026).");
  EXPECT_EQ(en[6], "Due: 17:30 Monday 24/08/2026.");
}

TEST(Derivation, NamesHolidaysWithTheirAct) {
  const OfficeCalendar calendar = office();
  DeadlineRequest asked = request("2026-08-28T15:30", "3wd");
  asked.cutoff = kUsualCutoff;
  std::string all;
  const auto result = deadline(asked, calendar);
  for (const DerivationStep& step : result->steps)
    all += explain(step, Language::vietnamese) + "\n";
  EXPECT_NE(all.find("tính như nhận lúc 07:30 thứ Năm 03/09/2026"), std::string::npos) << all;
  const auto earlier = deadline(request("2026-08-28T10:00", "1wd"), calendar);
  all.clear();
  for (const DerivationStep& step : earlier->steps) all += explain(step, Language::english) + "\n";
  EXPECT_NE(all.find("Not counted: from Tuesday 01/09/2026 to Wednesday 02/09/2026: public "
                     "holiday: National Day (Bộ luật Lao động 2019, điều 112)."),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("swapped day off: exchanged with Saturday 22/08/2026"), std::string::npos);
}

TEST(Derivation, OutlivesTheCalendarItCameFrom) {
  std::vector<DerivationStep> steps;
  {
    const OfficeCalendar calendar = office();
    steps = deadline(request("2026-02-12T10:00", "5wd"), calendar)->steps;
  }
  std::string all;
  for (const DerivationStep& step : steps) all += explain(step, Language::english);
  EXPECT_NE(all.find("Lunar New Year"), std::string::npos);
}

TEST(Derivation, SaysWhenItRestsOnDaysThatMayChange) {
  const OfficeCalendar calendar = office();
  EXPECT_FALSE(deadline(request("2026-08-20T10:00", "3wd"), calendar)->provisional);
  EXPECT_TRUE(deadline(request("2027-04-29T10:00", "3wd"), calendar)->provisional);
  EXPECT_TRUE(deadline(request("2027-12-30T10:00", "3wd"), calendar)->provisional);
}

TEST(Derivation, AddsUpToTheLimit) {
  const OfficeCalendar calendar = office();
  for (const char* limit : {"21wd", "1.5wd", "168h", "30d"}) {
    DeadlineRequest asked = request("2026-08-20T10:00", limit);
    asked.pauses = {{at("2026-08-24T10:00"), at("2026-08-26T14:00"), PauseReason::supplement}};
    const auto result = deadline(asked, calendar);
    std::int64_t halves = 0;
    std::int64_t minutes = 0;
    for (const DerivationStep& step : result->steps) {
      if (step.kind != StepKind::counted) continue;
      halves += step.halves;
      minutes += step.minutes;
    }
    if (asked.limit.unit() == LimitUnit::working_hours) {
      EXPECT_EQ(minutes, asked.limit.working_minutes()) << limit;
    } else {
      EXPECT_EQ(halves, asked.limit.halves()) << limit;
    }
  }
}

TEST(PauseReasons, HaveNamesThatAreReadBack) {
  for (const PauseReason reason :
       {PauseReason::supplement, PauseReason::financial_obligation,
        PauseReason::outside_consultation, PauseReason::citizen_confirmation, PauseReason::other}) {
    EXPECT_EQ(parse_pause_reason(name(reason)), reason);
  }
  EXPECT_FALSE(parse_pause_reason("holiday"));
}

}  // namespace
}  // namespace calendar
