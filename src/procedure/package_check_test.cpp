#include "procedure/package_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"

namespace procedure {
namespace {

using testing::HasSubstr;

std::string text_of(const Findings& findings) {
  std::string text;
  for (const Finding& one : findings) text += to_text(one) + "\n";
  return text;
}

void replace(PackageFiles& files, const std::string& file, const std::string& old,
             const std::string& by) {
  std::string& text = files.at(file);
  const auto at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), by);
}

class ShippedCheck : public testing::TestWithParam<const char*> {};

TEST_P(ShippedCheck, HasNoError) {
  const CheckedPackage checked = check_package(shipped_files(GetParam()), shipped_dictionary());
  EXPECT_TRUE(checked.publishable()) << text_of(checked.findings);
  for (const Finding& one : checked.findings) {
    EXPECT_FALSE(one.remedy.empty()) << one.message;
  }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedCheck, testing::ValuesIn(kShipped));

TEST(PackageCheck, TellsAnActThatIsNoLongerInForceWithItsLine) {
  PackageFiles files = shipped_files("1.012994");
  replace(files, "procedure.yaml", "from: 2024-08-01}", "from: 2024-08-01, to: 2025-06-30}");
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_TRUE(checked.publishable());
  EXPECT_THAT(text_of(checked.findings),
              HasSubstr("warning: 103/2024/NĐ-CP is not in force on 2025-07-01"));
  EXPECT_GT(checked.findings.front().line, 10);
}

TEST(PackageCheck, TellsAPaperThatNobodyIsEverAskedFor) {
  PackageFiles files = shipped_files("1.001193");
  replace(files, "procedure.yaml", "applies_when: birth_proof = \"birth_paper\"",
          "applies_when: birth_proof = \"no_such_option\"");
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  const std::string told = text_of(checked.findings);
  // Either the example no longer comes true, or the paper is out of reach.
  EXPECT_THAT(told, testing::AnyOf(HasSubstr("is asked for in none"), HasSubstr("the papers")));
}

TEST(PackageCheck, TellsARuleThatCanNeverBeTaken) {
  PackageFiles files = shipped_files("1.001193");
  // A further rule for those who are exempt, behind one for everybody who is late.
  std::string& dmn = files.at("rules.dmn");
  const auto begin = dmn.find("<rule id=\"registration_fee_rule2\">");
  const auto end = dmn.find("</rule>", begin) + 7;
  ASSERT_NE(begin, std::string::npos);
  std::string copy = dmn.substr(begin, end - begin);
  for (auto at = copy.find("rule2"); at != std::string::npos; at = copy.find("rule2", at)) {
    copy.replace(at, 5, "rule4");
  }
  dmn.insert(dmn.find("</rule>", end) + 7, copy);
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_FALSE(checked.publishable());
  EXPECT_THAT(text_of(checked.findings),
              HasSubstr("rule 4 of the decision `registration_fee` can never be taken"));
}

TEST(PackageCheck, TellsOutcomesThatLeadToTheSamePlace) {
  PackageFiles files = shipped_files("1.012994");
  replace(files, "process.bpmn", "mc:outcomes=\"assigned\"", "mc:outcomes=\"assigned noted\"");
  replace(files, "process.bpmn", "<mc:property name=\"outcome.assigned.en\" value=\"Assigned\" />",
          "<mc:property name=\"outcome.assigned.en\" value=\"Assigned\" />"
          "<mc:property name=\"outcome.noted.vi\" value=\"Đã ghi nhận\" />"
          "<mc:property name=\"outcome.noted.en\" value=\"Noted\" />");
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_THAT(text_of(checked.findings),
              HasSubstr("assign_expert: the outcomes `assigned` and `noted` lead to the same"));
}

TEST(PackageCheck, TellsAnUnsoundProcess) {
  PackageFiles files = shipped_files("1.012994");
  // The token is lost at a join that waits for a second one.
  replace(files, "process.bpmn", "<bpmn:exclusiveGateway id=\"review_decision\"",
          "<bpmn:parallelGateway id=\"review_decision\"");
  std::string& xml = files.at("process.bpmn");
  const auto at = xml.find("</bpmn:exclusiveGateway>", xml.find("id=\"review_decision\" name"));
  ASSERT_NE(at, std::string::npos);
  xml.replace(at, 24, "</bpmn:parallelGateway>");
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_FALSE(checked.publishable());
  EXPECT_THAT(text_of(checked.findings), HasSubstr("process.bpmn:"));
}

TEST(PackageCheck, TellsATemplateThatReadsWhatDoesNotExist) {
  PackageFiles files = shipped_files("1.012994");
  files["templates/don.html"] = "<p>{{ project_name }}</p>\n<p>{{nobody}}</p>\n";
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_FALSE(checked.publishable());
  EXPECT_THAT(text_of(checked.findings),
              HasSubstr("templates/don.html:2: error: the template reads `nobody`"));
}

TEST(PackageCheck, TellsAnAssumedPathThatNamesNothing) {
  PackageFiles files = shipped_files("1.012994");
  files.at("procedure.yaml") += "assumed: [fees, 'cases[one_commune].limits', 'cases[none]']\n";
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  const std::string told = text_of(checked.findings);
  EXPECT_TRUE(checked.publishable());
  EXPECT_THAT(told, HasSubstr("`cases[none]` is no attribute"));
  EXPECT_THAT(told, testing::Not(HasSubstr("`fees`")));
}

TEST(PackageCheck, OfWhatDoesNotLoadTellsTheReadingProblems) {
  PackageFiles files = shipped_files("1.012994");
  files.at("procedure.yaml") = "code: [\n";
  const CheckedPackage checked = check_package(files, shipped_dictionary());
  EXPECT_FALSE(checked.procedure.has_value());
  EXPECT_TRUE(has_error(checked.findings));
}

}  // namespace
}  // namespace procedure
