#include "casework/printed_derivation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/test_calendar.h"

namespace casework {
namespace {

using calendar::Language;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<std::string> lines(const char* start, const char* limit,
                               std::vector<calendar::Pause> pauses = {},
                               std::optional<calendar::Instant> restart = std::nullopt,
                               Language language = Language::vietnamese) {
  static const calendar::OfficeCalendar office = calendar::test::office();
  const auto deadline = calendar::deadline({.start = calendar::test::at(start),
                                            .limit = *calendar::Limit::parse(limit),
                                            .cutoff = std::nullopt,
                                            .pauses = std::move(pauses),
                                            .restart = restart},
                                           office);
  EXPECT_TRUE(deadline);
  return deadline ? printed_derivation(*deadline, language) : std::vector<std::string>{};
}

TEST(PrintedDerivation, TellsTwentyOneWorkingDaysInAHandfulOfLines) {
  EXPECT_THAT(
      lines("2026-08-20T10:00:00+07:00", "21wd"),
      ElementsAre(HasSubstr("10:00 thứ Năm 20/08/2026; không tính ngày này (Bộ luật Dân sự"),
                  HasSubstr("Tính 21 ngày làm việc: từ thứ Sáu 21/08/2026 đến thứ Ba 22/09/2026 ("),
                  HasSubstr("Kể cả thứ Bảy 22/08/2026, ngày làm bù cho thứ Hai 31/08/2026 ("),
                  HasSubstr("Không tính 9 ngày nghỉ hằng tuần: 23/08, 29–30/08, 05–06/09, "
                            "12–13/09, 19–20/09/2026 (Quyết định 188/1999/QĐ-TTg)."),
                  HasSubstr("Không tính thứ Hai 31/08/2026: nghỉ hoán đổi"),
                  HasSubstr("Quốc khánh"), HasSubstr("Hạn trả kết quả: 17:30 thứ Ba 22/09/2026")));
}

TEST(PrintedDerivation, SpeaksEnglish) {
  EXPECT_THAT(lines("2026-08-06T10:00:00+07:00", "3wd", {}, std::nullopt, Language::english),
              ElementsAre(HasSubstr("Received at 10:00 Thursday 06/08/2026; that day does not"),
                          HasSubstr("Counted 3 working days"),
                          HasSubstr("Not counted: 2 days of weekly rest: 08–09/08/2026"),
                          HasSubstr("Due: ")));
}

TEST(PrintedDerivation, SaysWhereTheYearChanges) {
  const auto told = lines("2026-12-24T10:00:00+07:00", "10wd");
  ASSERT_THAT(told, SizeIs(testing::Ge(4U)));
  EXPECT_THAT(told[2], HasSubstr("26–27/12/2026, 02–03/01"));
}

TEST(PrintedDerivation, TellsAPauseOnceAndARestartAnew) {
  const std::vector<calendar::Pause> pauses{
      {.from = calendar::test::at("2026-08-24T09:00:00+07:00"),
       .to = calendar::test::at("2026-09-04T09:00:00+07:00"),
       .reason = calendar::PauseReason::financial_obligation}};
  const auto paused = lines("2026-08-20T10:00:00+07:00", "3wd", pauses);
  EXPECT_EQ(std::ranges::count_if(paused,
                                  [](const std::string& line) {
                                    return line.find("nghĩa vụ tài chính") != std::string::npos;
                                  }),
            1)
      << testing::PrintToString(paused);
  const auto restarted = lines("2026-08-20T10:00:00+07:00", "3wd", {},
                               calendar::test::at("2026-08-25T09:00:00+07:00"));
  EXPECT_THAT(restarted, testing::Contains(HasSubstr("tính lại từ đầu")));
}

TEST(PrintedDerivation, KeepsToAFewLinesHoweverLongTheTerm) {
  EXPECT_LE(lines("2026-08-20T10:00:00+07:00", "500wd").size(), 8U);
  EXPECT_LE(lines("2026-08-20T10:00:00+07:00", "5y").size(), 8U);
  EXPECT_LE(lines("2026-08-20T10:00:00+07:00", "300h").size(), 14U);
}

}  // namespace
}  // namespace casework
