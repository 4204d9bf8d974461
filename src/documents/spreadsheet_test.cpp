#include "documents/spreadsheet.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/pdf_probe.h"

namespace documents {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

NextRow rows_of(std::vector<Row> rows) {
  return [rows = std::move(rows), next = std::size_t{0}](Row& row) mutable {
    if (next == rows.size()) return false;
    row = rows[next++];
    return true;
  };
}

std::string csv_of(const Sheet& sheet, std::vector<Row> rows) {
  std::string out;
  const auto done = write_csv(sheet, rows_of(std::move(rows)), [&](std::string_view piece) {
    out += piece;
    return true;
  });
  EXPECT_TRUE(done.has_value());
  return out;
}

std::string part_of_xlsx(const std::string& bytes, const std::string& part) {
  const probe::TemporaryFile file(bytes, ".xlsx");
  std::string out;
  if (probe::run("unzip -p " + file.path() + " " + part, out) == 127) return "unavailable";
  return out;
}

const Sheet kPeople{"Hồ sơ", {{"Họ và tên", 30}, {"Phí", 10}, {"Ngày", 12}, {"Lúc", 18}}};
const Moment kMorning = std::chrono::sys_days{2026y / 8 / 20} + 3h + 5min;  // 10:05 in Vietnam

TEST(Csv, HasAByteOrderMarkAndFollowsTheRfc) {
  EXPECT_EQ(csv_of(kPeople, {{"Nguyễn Thị Huế", std::int64_t{15000}, 2026y / 8 / 20, kMorning},
                             {"Đặng \"Ba\", Ưởng\nhai dòng", 2.5},
                             {std::monostate{}, -3.0}}),
            "\xef\xbb\xbf\"Họ và tên\",Phí,Ngày,Lúc\r\n"
            "\"Nguyễn Thị Huế\",15000,2026-08-20,\"2026-08-20 10:05:00\"\r\n"
            "\"Đặng \"\"Ba\"\", Ưởng\nhai dòng\",2.5,,\r\n"
            ",-3,,\r\n");
}

TEST(Csv, NeutralisesWhatCouldRunAsAFormula) {
  const Sheet sheet{"x", {{"a"}}};
  for (const std::string text : {"=1+1", "+84912", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1",
                                 "＝1", "\u00a0=1", "\u200b=1", "\x01=1"}) {
    const std::string line = csv_of(sheet, {{text}}).substr(3 + 3);
    EXPECT_TRUE(line.starts_with("'") || line.starts_with("\"'")) << line;
  }
  EXPECT_THAT(csv_of(sheet, {{"a=1"}}), EndsWith("\r\na=1\r\n"));
  EXPECT_THAT(csv_of(sheet, {{std::int64_t{-2}}}), EndsWith("\r\n-2\r\n"));
  EXPECT_THAT(csv_of({"x", {{"=title"}}}, {}), HasSubstr("'=title"));
}

TEST(Csv, StreamsInPiecesAndStopsWhenTheReaderLeaves) {
  int pieces = 0, asked = 0;
  const NextRow many = [&](Row& row) {
    row = {std::string(100, 'x')};
    return ++asked <= 100'000;
  };
  const auto done = write_csv({"x", {{"a"}}}, many, [&](std::string_view piece) {
    EXPECT_LE(piece.size(), 70'000U);
    return ++pieces < 3;
  });
  EXPECT_EQ(done.error().code, base::FaultCode::unavailable);
  EXPECT_LT(asked, 5'000);
}

TEST(Xlsx, OpensAndHoldsTypedVietnameseCells) {
  const auto bytes = write_xlsx(
      kPeople, rows_of({{"Nguyễn Thị Huế", std::int64_t{15000}, 2026y / 8 / 20, kMorning},
                        {"=HYPERLINK(\"http://x\")", 2.5, 1890y / 1 / 1, std::monostate{}},
                        {"a\x01\x1f<b>&", std::nan(""), std::monostate{}, std::monostate{}},
                        {"số lớn", std::int64_t{1} << 60}}));
  ASSERT_TRUE(bytes.has_value()) << bytes.error().message;
  EXPECT_THAT(*bytes, StartsWith("PK"));
  const std::string sheet = part_of_xlsx(*bytes, "xl/worksheets/sheet1.xml");
  if (sheet == "unavailable") GTEST_SKIP() << "unzip is not installed";
  EXPECT_THAT(sheet, HasSubstr("Nguyễn Thị Huế"));
  EXPECT_THAT(sheet, HasSubstr("<v>15000</v>"));
  EXPECT_THAT(sheet, HasSubstr("<v>46254</v>"));  // 2026-08-20
  EXPECT_THAT(sheet, HasSubstr("<v>46254.42013"));
  EXPECT_THAT(sheet, HasSubstr("'=HYPERLINK("));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(sheet, HasSubstr("1890-01-01"));
  EXPECT_THAT(sheet, HasSubstr("a&lt;b&gt;&amp;"));
  EXPECT_THAT(sheet, HasSubstr("1152921504606846976"));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter"));
  EXPECT_THAT(part_of_xlsx(*bytes, "xl/workbook.xml"), HasSubstr("name=\"Hồ sơ\""));
  EXPECT_THAT(part_of_xlsx(*bytes, "xl/styles.xml"), HasSubstr("<b/>"));
}

TEST(Xlsx, TakesAnyNameForItsSheetAndNoRows) {
  const std::vector<std::string> names = {"", "[a]:*?/\\", "'x'", std::string(60, 'x'),
                                          "Danh sách hồ sơ quá hạn của toàn tỉnh Nghệ An"};
  for (const auto& name : names) {
    const auto bytes = write_xlsx({name, {{"a"}}}, rows_of({}));
    EXPECT_TRUE(bytes.has_value()) << name;
  }
}

TEST(Xlsx, WritesManyRows) {
  int given = 0;
  const auto bytes = write_xlsx({"x", {{"Tên"}, {"Số"}}}, [&](Row& row) {
    row.emplace_back("Đặng Đình Ưởng");
    row.emplace_back(std::int64_t{given});
    return given++ < 20'000;
  });
  ASSERT_TRUE(bytes.has_value());
  EXPECT_LT(bytes->size(), 1'500'000U);
}

}  // namespace
}  // namespace documents
