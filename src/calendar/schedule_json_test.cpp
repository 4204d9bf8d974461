#include "calendar/schedule_json.h"

#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "base/random.h"
#include "calendar/test_calendar.h"
#include "calendar/year_json.h"

namespace calendar {
namespace {

using test::on;

base::json::value parsed(const std::string& text) {
  auto value = base::parse_json(text);
  ENSURE(value.has_value(), "the test's JSON is valid");
  return std::move(value).value();
}

// "code path" of each problem.
std::vector<std::string> problems(const std::string& text) {
  std::vector<std::string> found;
  const auto read = read_schedule(parsed(text));
  if (read) return found;
  for (const ScheduleProblem& problem : read.error()) {
    EXPECT_FALSE(problem.message.vi.empty());
    EXPECT_FALSE(problem.message.en.empty());
    found.push_back(problem.code + " " + problem.path);
  }
  return found;
}
using Found = std::vector<std::string>;

TEST(ScheduleJson, ReadsWhatAScreenSends) {
  const auto read = read_schedule(parsed(R"({
    "hours": [{"valid_from": "2026-01-01", "source": "QĐ 12/QĐ-UBND", "provisional": false,
               "processing": {"mon": ["07:30-11:30", "13:30-17:00"], "sat": []},
               "reception": {"mon": ["07:30-11:00"], "sat": ["07:30-11:30"]}}],
    "closures": [{"first": "2026-07-06", "last": "2026-07-07", "hours": null,
                  "reason": {"vi": "Chuyển trụ sở", "en": "Moving"}, "act": "QĐ 13"},
                 {"first": "08/07/2026", "hours": "10:00 – 14:00", "reason": {"vi": "Mất điện"}}],
    "extra_days": [{"on": "2026-08-29", "processing": ["08:00-11:00"],
                    "reason": {"vi": "Làm bù"}}]})"));
  ASSERT_TRUE(read) << read.error().front().path << " " << read.error().front().message.en;
  EXPECT_EQ(read->hours[0].processing[0].size(), 2U);
  EXPECT_EQ(read->hours[0].reception[5].size(), 1U);
  EXPECT_FALSE(read->hours[0].provisional);
  EXPECT_EQ(read->closures[1].last, on("2026-07-08"));
  EXPECT_EQ(read->closures[1].hours->to, hour_minute(14));
  EXPECT_EQ(read->extra_days[0].reception, read->extra_days[0].processing);
  EXPECT_TRUE(OfficeCalendar::build(test::shipped_days(), *read));
  EXPECT_EQ(read_schedule(to_json(*read)).value(), *read);
}

TEST(ScheduleJson, AcceptsAScheduleThatInheritsEverything) {
  for (const char* text : {"{}", R"({"hours": []})", R"({"hours": null, "closures": []})"}) {
    const auto read = read_schedule(parsed(text));
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(*read, OfficeSchedule{});
  }
}

TEST(ScheduleJson, ReportsEveryProblemAtOnceWithItsPlace) {
  EXPECT_EQ(problems(R"({
    "hours": [{"valid_from": "2026-02-30",
               "processing": {"mon": ["07:30-11:30", "11:00-13:00"], "tue": ["11:30-07:30"],
                              "wed": ["13:00-14:00", "07:00-08:00"], "thu": ["07:30-11:30", "11:30-12:00"]},
               "reception": {"mon": [7], "someday": []}}],
    "closures": [{"first": "2026-07-07", "last": "2026-07-06", "reason": {"en": "a"}},
                 {"first": "1926-07-07", "hours": "ten", "reason": {"vi": "a"}},
                 {"first": "2026-01-01", "last": "2030-01-01", "reason": {"vi": "  "}}, 5],
    "extra_days": [{"on": "2026-08-29", "processing": [], "reason": "vì"},
                   {"processing": {}, "reason": {"vi": 1}}],
    "typo": 1})"),
            (Found{"unknown_key ",
                   "not_a_date hours/0/valid_from",
                   "overlap hours/0/processing/mon/1",
                   "not_hours hours/0/processing/tue/0",
                   "not_in_order hours/0/processing/wed/1",
                   "overlap hours/0/processing/thu/1",
                   "unknown_key hours/0/reception",
                   "not_hours hours/0/reception/mon/0",
                   "ends_before_it_begins closures/0/last",
                   "no_reason closures/0/reason/vi",
                   "year_out_of_range closures/1/first",
                   "not_hours closures/1/hours",
                   "closed_too_long closures/2/last",
                   "no_reason closures/2/reason/vi",
                   "not_an_object closures/3",
                   "no_hours extra_days/0/processing",
                   "not_an_object extra_days/0/reason",
                   "missing extra_days/1/on",
                   "not_a_list extra_days/1/processing",
                   "not_text extra_days/1/reason/vi"}));
}

TEST(ScheduleJson, RefusesContradictions) {
  EXPECT_EQ(problems(R"({"hours": [{"valid_from": "2026-01-01", "processing": {"mon": []}}]})"),
            (Found{"no_hours hours/0/processing"}));
  EXPECT_EQ(
      problems(R"({"hours": [{"valid_from": "2026-01-01", "processing": {"mon": ["8:00-9:00"]}},
                                   {"valid_from": "2026-01-01", "processing": {"mon": ["8:00-9:00"]}}]})"),
      (Found{"twice hours"}));
  EXPECT_EQ(problems(R"({"extra_days": [
      {"on": "2026-08-29", "processing": ["8:00-9:00"], "reason": {"vi": "a"}},
      {"on": "2026-08-29", "processing": ["8:00-9:00"], "reason": {"vi": "a"}}],
      "closures": [{"first": "2026-08-29", "reason": {"vi": "a"}}]})"),
            (Found{"closed_as_well extra_days/0/on", "twice extra_days/1/on",
                   "closed_as_well extra_days/1/on"}));
}

TEST(ScheduleJson, IsBounded) {
  for (const char* text : {"[]", "null", "7", "\"hours\""}) {
    EXPECT_EQ(problems(text), (Found{"not_an_object "})) << text;
  }
  std::string many = R"({"closures": [)";
  for (int i = 0; i < 501; ++i) many += std::string(i == 0 ? "" : ",") + "{}";
  EXPECT_EQ(problems(many + "]}"), (Found{"too_many closures"}));
  many = R"({"closures": [{})";
  for (int i = 1; i < 500; ++i) many += ",{}";
  EXPECT_EQ(problems(many + "]}").size(), 100U);
  EXPECT_EQ(problems(R"({"hours": [{"valid_from": "2026-01-01", "source": ")" +
                     std::string(501, 'a') + R"(", "processing": {"mon": ["8:00-9:00"]}}]})"),
            (Found{"too_long hours/0/source"}));
}

class RandomSchedules {
 public:
  explicit RandomSchedules(std::uint64_t seed) : random_(seed) {}

  OfficeSchedule next() {
    OfficeSchedule schedule;
    Date from = on("2001-01-01");
    for (std::uint64_t i = random_.below(4); i > 0; --i) {
      WeeklyHours hours;
      hours.valid_from = from += std::chrono::days{1 + static_cast<int>(random_.below(3000))};
      for (std::size_t d = 0; d < 7; ++d) {
        hours.processing[d] = intervals();
        hours.reception[d] = intervals();
      }
      hours.processing[random_.below(7)] = {{hour_minute(8), hour_minute(9)}};
      hours.source = text();
      hours.provisional = random_.below(2) == 0;
      schedule.hours.push_back(hours);
    }
    for (std::uint64_t i = random_.below(5); i > 0; --i) {
      Closure closure;
      closure.first = day(200);
      closure.last = closure.first + std::chrono::days{static_cast<int>(random_.below(10))};
      if (random_.below(2) == 0) closure.hours = {{hour_minute(8), hour_minute(16)}};
      closure.reason = {"Lý do, " + text() + ".", text()};
      closure.act = text();
      schedule.closures.push_back(closure);
    }
    for (int i = static_cast<int>(random_.below(5)); i > 0; --i) {
      ExtraDay extra;
      extra.on = day(100) + std::chrono::days{400 * i};
      extra.processing = intervals();
      extra.reception = {{hour_minute(8), hour_minute(9)}};
      extra.reason = {"Làm thêm", text()};
      extra.act = text();
      schedule.extra_days.push_back(extra);
    }
    return schedule;
  }

 private:
  std::vector<Interval> intervals() {
    std::vector<Interval> made;
    int at = static_cast<int>(random_.below(600));
    for (std::uint64_t i = random_.below(3); i > 0; --i) {
      const int to = at + 1 + static_cast<int>(random_.below(300));
      made.push_back({TimeOfDay{at}, TimeOfDay{to}});
      at = to + 1 + static_cast<int>(random_.below(200));
    }
    return made;
  }
  std::string text() {
    constexpr const char* kTexts[]{"", "QĐ 12/QĐ-UBND", "Đường \"Lê Lợi\" \\ 5", "a – b", "😀"};
    return kTexts[random_.below(5)];
  }
  Date day(std::uint64_t span) {
    return on("2026-01-01") + std::chrono::days{static_cast<int>(random_.below(span))};
  }

  base::SeededRandom random_;
};

TEST(ScheduleJson, GivesBackWhatWasWritten) {
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed = given == nullptr ? 20260820 : std::strtoull(given, nullptr, 10);
  std::cout << "seed " << seed << "\n";
  RandomSchedules schedules(seed);
  for (int i = 0; i < 2000; ++i) {
    const OfficeSchedule schedule = schedules.next();
    const std::string text = base::to_text(to_json(schedule));
    const auto read = read_schedule(parsed(text));
    ASSERT_TRUE(read) << text << "\n" << read.error().front().message.en;
    ASSERT_EQ(*read, schedule) << text;
    ASSERT_EQ(base::to_text(to_json(*read)), text);
  }
}

TEST(InheritedSchedules, AreAcceptedWhereBothPartsAre) {
  RandomSchedules schedules(4711);
  for (int i = 0; i < 100; ++i) {
    const OfficeSchedule upper = inherit(default_schedule(), schedules.next());
    const OfficeSchedule own = schedules.next();
    const auto built = OfficeCalendar::build(test::shipped_days(), inherit(upper, own));
    ASSERT_TRUE(built) << built.error().message;
    if (own.hours.empty()) continue;
    const auto alone = OfficeCalendar::build(test::shipped_days(), own);
    for (const ExtraDay& day : own.extra_days) {
      ASSERT_EQ(built->working_minutes(day.on), alone->working_minutes(day.on));
    }
    for (const Closure& closure : own.closures) {
      ASSERT_EQ(built->working_minutes(closure.last), alone->working_minutes(closure.last));
    }
  }
}

TEST(YearJson, SaysOfEachDayWhyItIsNotOrdinary) {
  OfficeSchedule schedule = default_schedule();
  schedule.hours[0].reception[5] = {{hour_minute(8), hour_minute(11)}};
  schedule.closures = {
      {on("2026-07-06"), on("2026-07-06"), std::nullopt, {"Chuyển trụ sở", "Moving"}, "QĐ 1"},
      {on("2026-07-08"),
       on("2026-07-08"),
       Interval{hour_minute(10), hour_minute(14)},
       {"Mất điện", ""},
       ""}};
  schedule.extra_days = {
      {on("2026-08-29"), {{hour_minute(8), hour_minute(11)}}, {}, {"Làm thêm", "Extra"}, "TB 5"}};
  const base::json::array year = year_json(2026, test::office(schedule));
  ASSERT_EQ(year.size(), 365U);
  const auto shown = [&](const char* day) {
    return base::to_text(year.at(static_cast<std::size_t>((on(day) - on("2026-01-01")).count())));
  };
  EXPECT_EQ(shown("2026-08-20"),
            R"({"on":"2026-08-20","works":true,"kind":"work","intervals":["07:30-11:30",)"
            R"("13:30-17:30"],"reception":["07:30-11:30","13:30-17:30"],"why":null,"act":"",)"
            R"("provisional":false})");
  EXPECT_EQ(shown("2026-08-15"),
            R"({"on":"2026-08-15","works":false,"kind":"weekly_rest","intervals":[],)"
            R"("reception":["08:00-11:00"],"why":{"vi":"Nghỉ hằng tuần","en":"Weekly rest"},)"
            R"("act":"","provisional":false})");
  const auto has = [&](const char* day, const char* part) {
    EXPECT_NE(shown(day).find(part), std::string::npos) << shown(day);
  };
  has("2026-09-02", R"("kind":"holiday")");
  has("2026-09-02", R"("why":{"vi":"Quốc khánh","en":"National Day"},"act":"Bộ luật)");
  has("2026-08-31", R"("vi":"Nghỉ hoán đổi với thứ Bảy 22/08/2026")");
  has("2026-08-22", R"("vi":"Làm bù cho thứ Hai 31/08/2026")");
  has("2026-04-27", R"("kind":"compensation")");
  has("2026-07-06",
      R"("why":{"vi":"Cơ quan nghỉ: Chuyển trụ sở","en":"Closed: Moving"},"act":"QĐ 1")");
  has("2026-07-08",
      R"("why":{"vi":"Nghỉ 10:00-14:00: Mất điện","en":"Closed 10:00-14:00: Mất điện"})");
  has("2026-08-29", R"("kind":"extra")");
  has("2026-08-29", R"("why":{"vi":"Làm thêm","en":"Extra"},"act":"TB 5")");
  const std::string later = base::to_text(year_json(2028, test::office()).at(0));
  EXPECT_NE(later.find(R"("provisional":true)"), std::string::npos) << later;
  EXPECT_EQ(year_json(2028, test::office()).size(), 366U);
}

}  // namespace
}  // namespace calendar
