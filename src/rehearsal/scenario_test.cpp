#include "rehearsal/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rehearsal {
namespace {

std::string told(const DefinitionProblems& problems) {
  std::string text;
  for (const DefinitionProblem& one : problems) {
    text +=
        one.file + ":" + std::to_string(one.line) + ": " + one.message + " -> " + one.remedy + "\n";
  }
  return text;
}

Scenario read(const std::string& body) {
  auto read = read_scenario("scenarios/x.txt", "# Một câu.\n# Source: Điều 1\n" + body);
  EXPECT_TRUE(read) << told(read.error());
  return read ? std::move(read).value() : Scenario{};
}

DefinitionProblem problem_of(const std::string& body) {
  const auto read = read_scenario("scenarios/x.txt", "# Một câu.\n# Source: Điều 1\n" + body);
  EXPECT_FALSE(read) << body;
  return read ? DefinitionProblem{} : read.error().front();
}

constexpr const char* kEnd = "\non 2026-08-20 09:00 citizen files online\n";

TEST(Scenario, SaysItsSentenceItsSourceAndItsData) {
  const Scenario one = read(std::string{"given\n"
                                        "like newborn\n"
                                        "child_name = Nguyễn, Văn An\n"
                                        "note = \"nothing\"\n"
                                        "father_name = nothing\n"
                                        "applicant.email = an@example.vn\n"
                                        "agency H41.101\n"
                                        "papers all but a, b\n"
                                        "return by post\n"
                                        "documents =\n"
                                        "  | title | pages |\n"
                                        "  | Bằng  | 2     |\n"} +
                            kEnd);
  EXPECT_EQ(one.name, "x");
  EXPECT_EQ(one.title, "Một câu.");
  EXPECT_EQ(one.source, "Điều 1");
  ASSERT_EQ(one.data.size(), 9U);
  EXPECT_EQ(one.data[0].kind, Setting::Kind::like);
  EXPECT_EQ(one.data[1].value.text, "Nguyễn, Văn An");
  EXPECT_EQ(one.data[2].value, (Written{"nothing", true, false}));
  EXPECT_TRUE(one.data[3].value.nothing);
  EXPECT_EQ(one.data[4].kind, Setting::Kind::applicant);
  EXPECT_EQ(one.data[6].papers.names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(one.data[7].value.text, "post");
  ASSERT_TRUE(one.data[8].table);
  EXPECT_EQ(one.data[8].table->rows[0][0].text, "Bằng");
}

TEST(Scenario, KnowsWhenAndWhoAndWhatIsExpected) {
  const Scenario one = read(
      "on 2026-08-20 09:00  citizen files at counter and receives -> case late; fee 5.000\n"
      "   -> due 2026-08-20 17:00\n"
      "at 10:30 specialist \"Lan\" of lead completes examine \"proposed\" because \"Đủ; rõ\" \n"
      "on 21/8/2026 -> late; open nothing\n");
  ASSERT_EQ(one.steps.size(), 3U);
  EXPECT_EQ(one.steps[0].deed, Deed::file);
  EXPECT_TRUE(one.steps[0].receives);
  ASSERT_EQ(one.steps[0].expectations.size(), 3U);
  EXPECT_EQ(one.steps[0].expectations[1].amount, 5000);
  EXPECT_EQ(one.steps[0].expectations[2].line, 4);
  EXPECT_EQ(one.steps[1].at, calendar::hour_minute(10, 30));
  EXPECT_EQ(one.steps[1].who, (Who{false, party::Role::specialist, "Lan", "lead"}));
  EXPECT_EQ(one.steps[1].reason, "Đủ; rõ");
  EXPECT_EQ(one.steps[2].deed, Deed::pass_time);
  EXPECT_EQ(one.steps[2].at, calendar::hour_minute(9));
  EXPECT_TRUE(one.steps[2].expectations[1].names.empty());
}

TEST(Scenario, IsTheSameInVietnameseWithAndWithoutDiacritics) {
  const Scenario english = read(
      "agency H41.101\n"
      "on 2026-08-20 09:00 citizen files online -> case late; papers none\n"
      "reception receives -> specialist may not complete sign; open examine\n"
      "leader completes sign \"refused\" because \"x\" -> message ready containing \"a\"\n");
  const Scenario vietnamese = read(
      "cơ quan H41.101\n"
      "ngày 2026-08-20 lúc 09:00 người dân nộp trực tuyến → trường hợp late; giấy tờ không có\n"
      "một cửa tiếp nhận -> chuyên viên không được hoàn thành sign; đang chờ examine\n"
      "lanh dao hoan thanh sign \"refused\" vi \"x\" -> bao ready co chu \"a\"\n");
  EXPECT_EQ(english.data, vietnamese.data);
  ASSERT_EQ(english.steps.size(), vietnamese.steps.size());
  for (std::size_t i = 0; i < english.steps.size(); ++i) {
    Step a = english.steps[i];
    Step b = vietnamese.steps[i];
    a.text = b.text;
    ASSERT_EQ(a.expectations.size(), b.expectations.size());
    for (std::size_t k = 0; k < a.expectations.size(); ++k) {
      a.expectations[k].text = b.expectations[k].text;
    }
    EXPECT_EQ(a, b) << i;
  }
}

TEST(Scenario, SupposesSeveralChangesAtOnce) {
  const Scenario one = read(
      "on 2026-08-20\n"
      "supposing online causes = a, b, copies = 2, note = \"x, y = z\" -> fee unknown\n");
  ASSERT_EQ(one.steps.size(), 2U);
  ASSERT_EQ(one.steps[1].changes.size(), 3U);
  EXPECT_EQ(one.steps[1].changes[0].value.text, "a, b");
  EXPECT_EQ(one.steps[1].changes[1].value.text, "2");
  EXPECT_EQ(one.steps[1].changes[2].value.text, "x, y = z");
  EXPECT_EQ(one.steps[1].code, "online");
}

TEST(Scenario, TellsLineMistakeAndRemedy) {
  struct Row {
    const char* body;
    int line;
    const char* message;
  };
  const Row rows[] = {
      {"citizen files online\n", 3, "it is not said when"},
      {"on 2026-08-20 09:00 somebody files online\n", 3, "nobody is called `somebody`"},
      {"on 2026-08-20 09:00 citizen dances\n", 3, "`dances` is nothing that somebody does"},
      {"on 2026-02-30 citizen files online\n", 3, "where a day is expected"},
      {"on 2026-08-20 09:00 citizen files\n", 3, "where the channel is expected"},
      {"on 2026-08-20 09:00 citizen files online\nat 08:00 reception receives\n", 4,
       "time goes back"},
      {"-> case late\n", 3, "no step before this"},
      {"on 2026-08-20 citizen files online -> flies\n", 3,
       "`flies` is nothing that can be expected"},
      {"on 2026-08-20 citizen files online -> fee much\n", 3, "an amount in dong"},
      {"on 2026-08-20 citizen files online -> form 12\n", 3, "no form 12"},
      {"on 2026-08-20 citizen files online -> leader signs\n", 3, "where `may` or `may not`"},
      {"on 2026-08-20 citizen files online -> leader may complete\n", 3, "the step is not named"},
      {"on 2026-08-20 citizen files online tomorrow\n", 3, "`tomorrow` is not understood"},
      {"on 2026-08-20 specialist pauses lunch\n", 3, "does not stand because of `lunch`"},
      {"on 2026-08-20 reception refuses \"no\n", 3, "a quotation mark is not closed"},
      {"| a | b |\n", 3, "a row without a table"},
      {"t =\n| a | b |\n| 1 |\n", 5, "the row has 1 cells"},
      {"applicant.age = 5\n", 3, "a person has no `age`"},
      {"on 2026-08-20 citizen files online\nx = 1\n", 4, "data after the first step"},
  };
  for (const Row& row : rows) {
    const DefinitionProblem problem = problem_of(row.body);
    EXPECT_EQ(problem.file, "scenarios/x.txt");
    EXPECT_EQ(problem.line, row.line) << row.body << problem.message;
    EXPECT_THAT(problem.message, testing::HasSubstr(row.message)) << row.body;
    EXPECT_FALSE(problem.remedy.empty()) << row.body;
  }
}

TEST(Scenario, NeedsASentenceASourceAndAStep) {
  const auto read = read_scenario("scenarios/x.txt", "on 2026-08-20\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().size(), 2U) << told(read.error());
  EXPECT_FALSE(read_scenario("scenarios/x.txt", "# a\n# Source: b\n"));
  EXPECT_FALSE(read_scenario("scenarios/x.txt", ""));
  EXPECT_FALSE(read_scenario("scenarios/ã.txt", "# a\n# Source: b\non 2026-08-20\n"));
}

TEST(Scenario, RefusesWhatIsTooLargeAndWhatIsNoText) {
  const std::string head = "# a\n# Source: b\non 2026-08-20\n";
  EXPECT_FALSE(read_scenario("x.txt", head + std::string(300'000, '#')));
  EXPECT_FALSE(read_scenario("x.txt", head + "# " + std::string(3'000, 'x') + "\n"));
  EXPECT_FALSE(read_scenario("x.txt", head + std::string(6'000, '\n') + "#\n"));
  EXPECT_FALSE(read_scenario("x.txt", head + "\xFF\xFE"));
  EXPECT_TRUE(read_scenario("x.txt", "\xEF\xBB\xBF# a\r\n# Source: b\r\non 2026-08-20\r\n"));
}

TEST(Scenario, MayLookAtDaysInAnyOrderUntilSomethingIsFiled) {
  const Scenario one = read(
      "like a, b\n"
      "on 2026-08-20 supposing x = 1\n"
      "on 2025-12-31 supposing x = 1\n"
      "on 2026-08-20 citizen files online as 2 and receives\n");
  EXPECT_EQ(one.data.size(), 2U);
  EXPECT_EQ(one.steps.size(), 3U);
  EXPECT_TRUE(one.steps[2].receives && one.steps[2].another);
}

TEST(Scenario, TellsPapersFromTextsAndAnswersBehindThem) {
  const Scenario one = read("on 2026-08-20 citizen supplies papers a, b, x = 1, \"Xin gửi\"\n");
  ASSERT_EQ(one.steps[0].changes.size(), 2U);
  EXPECT_EQ(one.steps[0].changes[0].papers.names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(one.steps[0].reason, "Xin gửi");
}

TEST(DataBlocks, AreNamedAndHoldDataOnly) {
  const auto blocks = read_data_blocks(
      "scenarios/common.txt", "# chung\ndata one\na = 1\npapers none\ndata two\nlike one\n");
  ASSERT_TRUE(blocks) << told(blocks.error());
  EXPECT_EQ(blocks->at("one").size(), 2U);
  EXPECT_EQ(blocks->at("two").front().name, "one");
  for (const char* bad : {"a = 1\n", "data one\ncitizen files online\n", "data one\ndata one\n",
                          "data\n", "| a |\n"}) {
    EXPECT_FALSE(read_data_blocks("scenarios/common.txt", bad)) << bad;
  }
}

}  // namespace
}  // namespace rehearsal
