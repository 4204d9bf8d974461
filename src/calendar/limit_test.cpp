#include "calendar/limit.h"

#include <gtest/gtest.h>

namespace calendar {
namespace {

TEST(LimitText, RoundTrips) {
  for (const char* text :
       {"3wd", "1.5wd", "0.5wd", "30d", "168h", "0.5h", "2mo", "1y", "same-day", "3650d"}) {
    const auto limit = Limit::parse(text);
    ASSERT_TRUE(limit) << text;
    EXPECT_EQ(limit->text(), text);
  }
  EXPECT_EQ(Limit::parse("1,5wd")->text(), "1.5wd");
  EXPECT_EQ(Limit::parse("3.0wd")->text(), "3wd");
  EXPECT_EQ(Limit::parse("003.50wd")->text(), "3.5wd");
}

TEST(LimitText, IsRefusedWithTheReason) {
  const struct {
    const char* text;
    LimitRefusal refusal;
  } kCases[] = {
      {"", LimitRefusal::malformed},
      {"wd", LimitRefusal::malformed},
      {"3", LimitRefusal::malformed},
      {"3 wd", LimitRefusal::malformed},
      {"3WD", LimitRefusal::malformed},
      {"-3wd", LimitRefusal::malformed},
      {"3.wd", LimitRefusal::malformed},
      {"3wdx", LimitRefusal::malformed},
      {"nan", LimitRefusal::malformed},
      {"3.25wd", LimitRefusal::not_halves},
      {"1.55wd", LimitRefusal::not_halves},
      {"1.5d", LimitRefusal::not_halves},
      {"0wd", LimitRefusal::zero},
      {"0.0d", LimitRefusal::zero},
      {"10000d", LimitRefusal::out_of_range},
      {"3651wd", LimitRefusal::out_of_range},
      {"10y", LimitRefusal::out_of_range},
      {"120mo", LimitRefusal::out_of_range},
      {"29201h", LimitRefusal::out_of_range},
      {"99999999999999wd", LimitRefusal::out_of_range},
  };
  for (const auto& given : kCases) {
    const auto limit = Limit::parse(given.text);
    ASSERT_FALSE(limit) << given.text;
    EXPECT_EQ(limit.error(), given.refusal) << given.text;
  }
}

TEST(LimitWords, SpeakBothLanguages) {
  const auto words = [](const char* text, Language language) {
    return to_words(*Limit::parse(text), language);
  };
  EXPECT_EQ(words("3wd", Language::vietnamese), "3 ngày làm việc");
  EXPECT_EQ(words("1.5wd", Language::vietnamese), "1,5 ngày làm việc");
  EXPECT_EQ(words("1wd", Language::english), "1 working day");
  EXPECT_EQ(words("3wd", Language::english), "3 working days");
  EXPECT_EQ(words("168h", Language::english), "168 working hours");
  EXPECT_EQ(words("same-day", Language::vietnamese), "trong ngày");
  EXPECT_EQ(working_time_in_words(570, Language::english), "1 working day 1 hour 30 minutes");
  EXPECT_EQ(working_time_in_words(1200, Language::vietnamese), "2 ngày 4 giờ làm việc");
}

TEST(Limit, CountsEightHoursAsADay) {
  EXPECT_EQ(Limit::parse("21wd")->working_minutes(), Limit::parse("168h")->working_minutes());
  // Source: approved internal process of procedure 1.012994 in Nghệ An.
  std::int64_t sum = 0;
  for (const char* step : {"4h", "4h", "112h", "24h", "16h", "8h"}) {
    sum += Limit::parse(step)->working_minutes();
  }
  EXPECT_EQ(sum, Limit::parse("21wd")->working_minutes());
}

}  // namespace
}  // namespace calendar
