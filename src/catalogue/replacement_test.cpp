#include "catalogue/replacement.h"

#include <filesystem>
#include <iostream>
#include <map>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/test_drafts.h"
#include "procedure/assessment.h"

namespace catalogue {
namespace {

using testing::HasSubstr;

const char* const kHeader = "tt\tma_tthc\tten_tthc\tgiay_to\tcsdl\tco_quan\tvan_ban\tdieu_khoan\n";

ReplacementTerms terms() {
  return {"66.7/2025/NQ-CP", calendar::make_date(2026, 1, 1), calendar::make_date(2027, 2, 28)};
}

Replacement row(std::string paper, std::string database = "CSDL quốc gia về dân cư") {
  Replacement made;
  made.row = 7;
  made.procedure = "9.000001";
  made.paper = std::move(paper);
  made.database = std::move(database);
  made.by_act = terms().by_act;
  made.from = terms().from;
  made.to = terms().to;
  return made;
}

TEST(ReplacementList, IsReadWithItsDatesAndTellsLinesItLeavesOut) {
  const auto list = read_replacements(
      std::string{"\xEF\xBB\xBF"} + kHeader +
          "476\t1.000894\tKết hôn\tCăn cước\tCSDL dân cư\tBộ Công an\tNĐ 123\tKhoản 1\r\n"
          "\n"
          "x\t1.000894\ta\tb\tc\td\te\tf\n"
          "1\t1.0\ta\tb\tc\td\te\tf\n"
          "2\t1.000894\ta\t \tc\td\te\tf\n"
          "too\tfew\n",
      terms());
  ASSERT_TRUE(list);
  ASSERT_EQ(list->rows.size(), 1U);
  EXPECT_EQ(key_of(list->rows[0]), "66.7/2025/NQ-CP/476");
  EXPECT_EQ(list->rows[0].article, "Khoản 1");
  EXPECT_EQ(list->problems.size(), 4U);
  const auto again = read_replacement(to_json(list->rows[0]));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, list->rows[0]);
}

TEST(ReplacementList, KeepsBothRowsOfOneNumber) {
  const auto list = read_replacements(std::string{kHeader} +
                                          "7\t1.000894\ta\tGiấy A\tc\td\te\tf\n"
                                          "7\t1.000894\ta\tGiấy B\tc\td\te\tf\n",
                                      terms());
  ASSERT_TRUE(list);
  ASSERT_EQ(list->rows.size(), 2U);
  EXPECT_EQ(key_of(list->rows[1]), "66.7/2025/NQ-CP/7.2");
  EXPECT_EQ(*read_replacement(to_json(list->rows[1])), list->rows[1]);
}

TEST(ReplacementList, WithoutItsColumnsIsRefused) {
  EXPECT_FALSE(read_replacements("tt\tma_tthc\n", terms()));
  EXPECT_FALSE(read_replacements("", terms()));
  EXPECT_FALSE(read_replacement(base::json::value{base::json::object{}}));
}

TEST(Likeness, KnowsTheSamePaperInOtherWords) {
  const DraftPolicy& policy = shipped_policy();
  const auto sure = [&](const char* a, const char* b) {
    EXPECT_GE(likeness(a, b, policy), policy.match_accept) << a << " / " << b;
    EXPECT_DOUBLE_EQ(likeness(a, b, policy), likeness(b, a, policy));
  };
  const auto doubtful = [&](const char* a, const char* b) {
    const double score = likeness(a, b, policy);
    EXPECT_TRUE(score >= policy.match_review && score < policy.match_accept)
        << a << " / " << b << " " << score;
  };
  const auto other = [&](const char* a, const char* b) {
    EXPECT_LT(likeness(a, b, policy), policy.match_review) << a << " / " << b;
  };
  sure("Giấy chứng nhận đăng ký doanh nghiệp", "Bản sao giấy chứng nhận đăng ký doanh nghiệp");
  sure("Căn cước công dân", "Thẻ căn cước");
  sure("Giấy chứng nhận đăng ký kinh doanh", "Giấy chứng nhận đăng ký doanh nghiệp (bản sao)");
  doubtful("Căn cước", "Căn cước công dân hoặc Hộ chiếu còn giá trị của người đề nghị");
  other("Căn cước", "Đơn đề nghị cấp giấy phép");
  other("Giấy khai sinh", "Giấy chứng tử");
  other("Bản sao giấy tờ có liên quan", "Bản sao giấy chứng nhận hợp lệ");
  other("", "Căn cước");
}

TEST(MatchPapers, FindsExactFoldedFuzzyAndDoubtfulOnes) {
  const std::vector<PaperName> papers{{"a", "Giấy khai sinh"},
                                      {"b", "GIẤY KHAI-SINH"},
                                      {"c", "Bản sao giấy khai sinh"},
                                      {"d", "Đơn đề nghị"}};
  const std::vector<Replacement> rows{row("Giấy khai sinh"), row("Hộ chiếu; Căn cước")};
  const auto matches = match_papers(rows, papers, shipped_policy());
  std::map<std::string, MatchKind> found;
  for (const Match& match : matches) found[match.paper] = match.kind;
  EXPECT_EQ(found["a"], MatchKind::exact);
  EXPECT_EQ(found["b"], MatchKind::folded);
  EXPECT_EQ(found["c"], MatchKind::fuzzy);
  EXPECT_FALSE(found.contains("d"));
  EXPECT_EQ(found[""], MatchKind::none) << "a row without a paper is told";
}

TEST(ApplyingMatches, AreTheSureOnesAndWhatAPersonDecided) {
  ReplacementBook book;
  book.add(row("Căn cước"));
  const std::vector<PaperName> papers{
      {"id", "Căn cước công dân hoặc Hộ chiếu còn giá trị của người đề nghị"}};
  EXPECT_TRUE(applying_matches(book, "9.000001", papers, shipped_policy()).empty());
  book.decisions[decision_key(row("Căn cước"), papers[0].name)] = {true, "lan", ""};
  EXPECT_EQ(applying_matches(book, "9.000001", papers, shipped_policy()).size(), 1U);
  book.decisions[decision_key(row("Căn cước"), "Căn cước")] = {false, "lan", ""};
  EXPECT_TRUE(applying_matches(book, "9.000001", {{"id", "Căn cước"}}, shipped_policy()).empty());
}

// Source: Resolution 66.7/2025/NQ-CP: data first; where they are missing the paper, and a
// correction.
TEST(DraftWithReplacements, AsksForThePaperOnlyOutsideTheDatesAndTellsTheFallback) {
  ReplacementBook book;
  book.add(row("Căn cước"));
  Entry entry = commune_entry();
  entry.components.push_back(paper("Thẻ Căn cước"));
  DraftSources sources = shipped_sources();
  sources.replacements = &book;
  const auto draft = draft_package(entry, {procedure::Level::commune, "H41"}, sources);
  ASSERT_TRUE(draft) << told(draft.error());
  const procedure::Procedure procedure = loaded(*draft);
  const procedure::Component* card = procedure.find_component("the_can_cuoc");
  ASSERT_NE(card, nullptr);
  ASSERT_EQ(card->replaced_by.size(), 1U);
  EXPECT_EQ(card->replaced_by[0].basis.article, "Phụ lục, dòng 7");
  EXPECT_THAT(card->replaced_by[0].fallback.vi, HasSubstr("đề nghị người nộp bổ sung giấy tờ này"));
  EXPECT_THAT(card->replaced_by[0].fallback.vi, HasSubstr("sửa dữ liệu gốc"));
  const auto replaced_on = [&](int year, int month, int day) {
    procedure::Situation situation;
    situation.on = *calendar::make_date(year, month, day);
    for (const auto& needed : procedure::components_for(procedure, procedure.cases[0], situation)) {
      if (needed.component == card) return needed.replaced;
    }
    return false;
  };
  EXPECT_FALSE(replaced_on(2025, 12, 31));
  EXPECT_TRUE(replaced_on(2026, 1, 1));
  EXPECT_TRUE(replaced_on(2027, 2, 28));
  EXPECT_FALSE(replaced_on(2027, 3, 1));
}

TEST(DatabaseName, IsOneHoweverItIsWritten) {
  for (const char* published : {"CSDL quốc gia về Đất đai;", "CSDLQG về đất đai", "csdl đất đai"}) {
    EXPECT_EQ(database_name(published, shipped_policy()).vi, "Cơ sở dữ liệu quốc gia về đất đai");
  }
  EXPECT_EQ(database_name("CSDL trẻ em", shipped_policy()).vi, "CSDL trẻ em");
}

TEST(ReplacementsOfTheAppendix, AreReadWhole) {
  const auto file = std::filesystem::path{PROJECT_ROOT} / "../shared/data/legal/nq667_phuluc.tsv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the appendix is not at hand";
  const auto list = read_replacements(procedure::text_of_file(file), terms());
  ASSERT_TRUE(list);
  EXPECT_EQ(list->rows.size(), 761U);
  EXPECT_TRUE(list->problems.empty());
  ReplacementBook book;
  for (const Replacement& one : list->rows) book.add(one);
  std::size_t kept = 0;
  for (const auto& [code, rows] : book.rows) kept += rows.size();
  EXPECT_EQ(kept, list->rows.size()) << "rows of the same number are two";
  // The acceptance example: the identity card of who registers a marriage.
  ASSERT_TRUE(book.rows.contains("1.000894"));
  const auto matches = applying_matches(book, "1.000894", {{"identity_paper", "Căn cước công dân"}},
                                        shipped_policy());
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(database_name(matches[0].replacement->database, shipped_policy()).en,
            "National population database");
}

}  // namespace
}  // namespace catalogue
