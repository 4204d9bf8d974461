#include "calendar/deadline_json.h"

#include <gtest/gtest.h>

#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using test::at;

TEST(DeadlineJson, HoldsTheDueInstantAndEachStep) {
  const OfficeCalendar office = test::office();
  const auto result =
      deadline({.start = at("2026-08-28T10:00"), .limit = *Limit::parse("1wd")}, office);
  const base::json::value json = to_json(*result);
  EXPECT_EQ(base::string_or(json, "due"), "2026-09-03T17:30:00+07:00");
  const auto& steps = base::find(json, "steps")->as_array();
  ASSERT_EQ(steps.size(), result->steps.size());
  EXPECT_EQ(base::string_or(steps[0], "kind"), "received");
  EXPECT_EQ(base::string_or(steps[0], "from"), "2026-08-28T10:00:00+07:00");
  EXPECT_EQ(base::string_or(steps[2], "reason"), "weekly_rest");
  EXPECT_EQ(base::string_or(steps[2], "first"), "2026-08-29");
  EXPECT_EQ(base::string_or(steps[3], "reason"), "swapped");
  EXPECT_EQ(base::find(json, "remaining"), nullptr);
}

TEST(DeadlineJson, SaysWhyARestDayCounts) {
  OfficeSchedule schedule = default_schedule();
  schedule.extra_days = {
      {test::on("2026-08-23"), {{hour_minute(8), hour_minute(11)}}, {}, {"Trực", "Duty"}, "TB 5"}};
  const auto result = deadline({.start = at("2026-08-21T10:00"), .limit = *Limit::parse("2wd")},
                               test::office(schedule));
  const base::json::value json = to_json(*result);
  const auto& steps = base::find(json, "steps")->as_array();
  EXPECT_EQ(base::string_or(steps[2], "instead_of"), "2026-08-31");
  EXPECT_EQ(base::string_or(steps[2], "act"),
            "Quyết định hoán đổi ngày làm việc dịp Quốc khánh 2026");
  EXPECT_EQ(base::string_or(*base::find(steps[3], "reason"), "en"), "Duty");
  EXPECT_EQ(base::string_or(steps[3], "act"), "TB 5");
}

TEST(DeadlineJson, SaysWhatIsLeftWhileThereIsNoDueDate) {
  const OfficeCalendar office = test::office();
  const auto result = deadline(
      {.start = at("2026-08-20T10:00"),
       .limit = *Limit::parse("3wd"),
       .pauses = {{at("2026-08-21T10:00"), std::nullopt, PauseReason::financial_obligation}}},
      office);
  const base::json::value json = to_json(*result);
  EXPECT_TRUE(base::find(json, "due")->is_null());
  EXPECT_EQ(base::int_or(*base::find(json, "remaining"), "half_days"), 6);
  EXPECT_NE(base::to_text(json).find("financial_obligation"), std::string::npos);
}

}  // namespace
}  // namespace calendar
