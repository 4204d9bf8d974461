#include "rehearsal/run_record.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"

namespace rehearsal {
namespace {

RunRecord record(std::vector<Miss> misses, Taken taken) {
  Outcome outcome{.name = "late",
                  .title = "Sau 60 ngày | là quá hạn",
                  .source = "Điều 15",
                  .steps = 3,
                  .expectations = 5,
                  .misses = std::move(misses),
                  .taken = std::move(taken)};
  RunRecord made = record_of(procedure::shipped("2.000815"), {std::move(outcome)});
  made.program = "0.1.0";
  made.at = *calendar::parse_instant("2026-08-20T09:00");
  made.milliseconds = 12;
  return made;
}

Taken everything() {
  Taken taken;
  for (const Branch& one : branches_of(procedure::shipped("2.000815"))) taken.insert(one.key);
  return taken;
}

const Miss kMiss{"scenarios/late.txt", 7, "clerk issues", "status 9", "status 4"};

TEST(RunRecord, IsReadAsItWasWritten) {
  const RunRecord made = record({kMiss}, {});
  const std::string text = base::to_text(to_json(made));
  const auto read = read_run_record(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(base::to_text(to_json(*read)), text);
  EXPECT_EQ(read->scenarios[0].misses[0].got, "status 4");
  EXPECT_EQ(read->missing.size(), read->branches);
  EXPECT_EQ(read->percent(), 0);
}

TEST(RunRecord, IsRefusedWhereItContradictsItself) {
  const std::string text = base::to_text(to_json(record({kMiss}, {})));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    const std::size_t at = other.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return other.replace(at, from.size(), to);
  };
  EXPECT_TRUE(read_run_record(text));
  EXPECT_FALSE(read_run_record(with("\"passed\":false", "\"passed\":true")));
  EXPECT_FALSE(read_run_record(with("\"covered\":0", "\"covered\":1")));
  EXPECT_FALSE(read_run_record(with("\"branches\":", "\"branch\":")));
  EXPECT_FALSE(read_run_record(with("\"digest\":", "\"digset\":")));
  for (const char* bad : {"", "{}", "[]", "null", "{\"procedure\":\"1\"}"}) {
    EXPECT_FALSE(read_run_record(bad)) << bad;
  }
}

TEST(RunRecord, LetsAPackageBePublishedOnlyWhenAllOfItWasTested) {
  const RunRecord whole = record({}, everything());
  EXPECT_EQ(whole.percent(), 100);
  EXPECT_TRUE(judge(whole, whole.digest).enough);
  EXPECT_FALSE(judge(whole, "another digest").enough);
  EXPECT_FALSE(judge(record({kMiss}, everything()), whole.digest).enough);
  Taken most = everything();
  most.erase(most.begin());
  const RunRecord partly = record({}, most);
  EXPECT_FALSE(judge(partly, whole.digest).enough);
  EXPECT_TRUE(judge(partly, whole.digest, partly.percent()).enough);
  RunRecord none = whole;
  none.scenarios.clear();
  const Verdict verdict = judge(none, whole.digest, 0);
  EXPECT_FALSE(verdict.enough);
  EXPECT_FALSE(verdict.why_vi.empty());
  EXPECT_FALSE(verdict.why_en.empty());
}

TEST(RunRecord, CanBeReadAndFiled) {
  const std::string text = to_markdown(record({kMiss}, {}));
  EXPECT_THAT(text, testing::HasSubstr("# Biên bản kiểm thử quy trình"));
  EXPECT_THAT(text, testing::HasSubstr("Sau 60 ngày \\| là quá hạn"));
  EXPECT_THAT(text, testing::HasSubstr("scenarios/late.txt:7"));
  EXPECT_THAT(text, testing::HasSubstr("## Nhánh chưa đi qua"));
  EXPECT_THAT(to_markdown(record({}, everything())),
              testing::Not(testing::HasSubstr("Nhánh chưa đi qua")));
}

TEST(Coverage, HundredMeansAllAndNothingLess) {
  const auto& procedure = procedure::shipped("1.001193");
  Taken taken;
  for (const Branch& one : branches_of(procedure)) taken.insert(one.key);
  EXPECT_EQ(coverage_of(procedure, taken).percent(), 100);
  taken.erase("case/late");
  const Coverage coverage = coverage_of(procedure, taken);
  ASSERT_EQ(coverage.missing.size(), 1U);
  EXPECT_EQ(coverage.percent(), 98);
  EXPECT_EQ(coverage.missing[0].key, "case/late");
}

TEST(Coverage, NamesTheLineOfEveryBranch) {
  const auto files = procedure::shipped_files("1.001193");
  std::set<std::string> keys;
  for (const Branch& one : branches_of(procedure::shipped("1.001193"), files)) {
    EXPECT_GT(one.line, 0) << one.key;
    EXPECT_TRUE(files.contains(one.file)) << one.file;
    EXPECT_TRUE(keys.insert(one.key).second) << one.key << " twice";
  }
  for (const char* key : {"flow/decision_to_refused_end", "outcome/sign/sent_back", "case/late",
                          "paper/authorisation/asked", "field/father_name/hidden",
                          "rule/registration_fee/2", "if/fees/1/else"}) {
    EXPECT_TRUE(keys.contains(key)) << key;
  }
}

}  // namespace
}  // namespace rehearsal
