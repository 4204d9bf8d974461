#include "procedure/package.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/check.h"
#include "procedure/test_packages.h"

namespace procedure {
namespace {

using testing::HasSubstr;

class ShippedPackage : public testing::TestWithParam<const char*> {};

TEST_P(ShippedPackage, LoadsAndPassesItsChecks) {
  const PackageFiles files = shipped_files(GetParam());
  const auto procedure = load_package(files, shipped_dictionary());
  ASSERT_TRUE(procedure) << told(procedure.error());
  EXPECT_EQ(procedure->code, GetParam());
  EXPECT_EQ(procedure->digest.size(), 64U);
  EXPECT_NE(procedure->process, nullptr);
  EXPECT_NE(procedure->rules, nullptr);
  EXPECT_GE(procedure->steps.size(), 5U);
  EXPECT_GE(procedure->examples.size(), procedure->cases.size());
  EXPECT_TRUE(check(*procedure, shipped_dictionary(), files).empty());
}

TEST_P(ShippedPackage, ShowsItsDiagramToAModeller) {
  const PackageFiles files = shipped_files(GetParam());
  const std::string& bpmn = files.at("process.bpmn");
  EXPECT_THAT(bpmn, HasSubstr("bpmndi:BPMNDiagram"));
  for (const Step& step : shipped(GetParam()).steps) {
    EXPECT_THAT(bpmn, HasSubstr("bpmnElement=\"" + step.id + "\""));
  }
  EXPECT_THAT(files.at("rules.dmn"), HasSubstr("dmndi:DMNDiagram"));
}

TEST_P(ShippedPackage, AsksAtMostSixQuestionsAPage) {
  for (const form::Page& page : shipped(GetParam()).form.pages) {
    EXPECT_LE(page.fields.size(), 6U) << page.id;
    EXPECT_GE(page.fields.size(), 1U) << page.id;
  }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedPackage, testing::ValuesIn(kShipped));

TEST(Package, FolderHoldsNoPackageThatIsNotTested) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path{PROJECT_ROOT} /
                                                               "procedures/national")) {
    count += entry.is_directory() ? 1U : 0U;
  }
  EXPECT_EQ(count, std::size(kShipped));
}

TEST(Package, LandMoneyTakes168WorkingHoursInside30Days) {
  const Procedure& procedure = shipped("1.012994");
  std::int64_t minutes = 0;
  for (const Step& step : procedure.steps) {
    if (step.counted && step.limit) minutes += step.limit->working_minutes();
  }
  EXPECT_EQ(minutes, 168 * 60);
  EXPECT_EQ(procedure.authority.rule, Authority::Rule::lead_and_committee);
  EXPECT_EQ(procedure.find_step("appraise")->agency, AgencyPart::lead);
  EXPECT_EQ(procedure.find_step("decide")->agency, AgencyPart::committee);
  EXPECT_FALSE(procedure.find_step("hand_over")->counted);
}

TEST(Package, SaysWhatSilenceMeansByWhichArticle) {
  PackageFiles files = shipped_files("1.012994");
  std::string& text = files.at("procedure.yaml");
  const std::string when = "    when: count(project_communes) > 1\n";
  text.replace(text.find(when), when.size(),
               when + "    silence: {rule: accept, basis: \"Luật thử, điều 7\"}\n");
  const auto procedure = load_package(files, shipped_dictionary());
  ASSERT_TRUE(procedure) << told(procedure.error());
  EXPECT_EQ(procedure->cases.front().silence,
            (SilenceRule{.rule = Silence::accept, .basis = "Luật thử, điều 7"}));
  EXPECT_EQ(procedure->cases.back().silence, SilenceRule{});
}

TEST(Package, DigestIsThatOfTheTextsNotOfTheirLineEnds) {
  const PackageFiles unix_ends{{"a", "x\ny\n"}, {"b", ""}};
  const PackageFiles dos_ends{{"a", "x\r\ny\r\n"}, {"b", ""}};
  const PackageFiles moved{{"a", "x\ny"}, {"b", "\n"}};
  EXPECT_EQ(digest_of(unix_ends), digest_of(dos_ends));
  EXPECT_NE(digest_of(unix_ends), digest_of(moved));
}

// One change to a good package, and what has to be told about it.
struct Damage {
  const char* file;
  const char* from;
  const char* to;
  const char* message;
};

class DamagedPackage : public testing::TestWithParam<Damage> {};

TEST_P(DamagedPackage, IsRefusedWithTheFileAndARemedy) {
  const Damage& damage = GetParam();
  PackageFiles files = shipped_files("1.012994");
  std::string& text = files.at(damage.file);
  const std::size_t at = text.find(damage.from);
  ASSERT_NE(at, std::string::npos) << damage.from;
  text.replace(at, std::string_view{damage.from}.size(), damage.to);
  const auto refused = load_package(files, shipped_dictionary());
  ASSERT_FALSE(refused) << damage.message;
  EXPECT_THAT(told(refused.error()), HasSubstr(damage.message));
  for (const PackageProblem& problem : refused.error()) {
    EXPECT_FALSE(problem.file.empty());
    EXPECT_FALSE(problem.remedy.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, DamagedPackage,
    testing::Values(
        Damage{"procedure.yaml", "\"1.012994\"", "\"12994\"", "procedure.yaml:1: `12994` is no"},
        Damage{"procedure.yaml", "level: province", "level: district", "`district` is no level"},
        Damage{"procedure.yaml", "channels: [online, counter, post]", "channels: [online, fax]",
               "`fax` is no channel"},
        Damage{"procedure.yaml", "internal: 168h", "internal: 160h", "add up to 21 working days"},
        Damage{"procedure.yaml", "published: 30d", "published: 20d", "longer than the published"},
        Damage{"procedure.yaml", "published: 30d", "published: soon", "`soon`"},
        Damage{"procedure.yaml", "when: count(project_communes) > 1", "when: count(communes) > 1",
               "which nobody asks for"},
        Damage{"procedure.yaml", "    when: count(project_communes) > 1\n", "",
               "takes all the rest, but others follow it"},
        Damage{"procedure.yaml", "when: count(project_communes) > 1", "when: count(", "FEEL"},
        Damage{"procedure.yaml", "lead: H41.002", "lead: Sở Tài chính", "is no agency code"},
        Damage{"procedure.yaml", "decision: fees", "decision: prices", "rules.dmn does not have"},
        Damage{"procedure.yaml", "case: several_communes\n    fee: 0",
               "case: several_communes\n    fee: 5", "costs 0 dong, not 5"},
        Damage{"procedure.yaml", "case: several_communes", "case: one_commune",
               "is the case `several_communes`, not `one_commune`"},
        Damage{"procedure.yaml", "components: [request, approved_plan,", "components: [request,",
               "requires the papers [request, approved_plan"},
        Damage{"procedure.yaml", "    when: count(project_communes) > 1\n",
               "    when: count(project_communes) > 1\n    silence: maybe\n",
               "`maybe` is no rule of silence"},
        Damage{"procedure.yaml", "    when: count(project_communes) > 1\n",
               "    when: count(project_communes) > 1\n    silence: accept\n",
               "needs the article that says so"},
        Damage{"process.bpmn", "mc:limit=\"112h\"", "mc:limit=\"112h\" mc:silence=\"granted\"",
               "`granted`, which is no outcome"},
        Damage{"process.bpmn", "mc:outcomes=\"assigned\"",
               "mc:outcomes=\"assigned\" mc:silence=\"assigned\"",
               "needs a limit, and an action process or consult"},
        Damage{"procedure.yaml", "kind: submit", "kind: give", "is no kind of paper"},
        Damage{"procedure.yaml", "    originals: 1\n", "    originals: 1\n    template: letter\n",
               "the template `letter` does not exist"},
        Damage{"process.bpmn", "mc:role=\"reception\"", "mc:role=\"porter\"", "is no role"},
        Damage{"process.bpmn", "mc:role=\"head\"", "", "`mc:role` is missing"},
        Damage{"process.bpmn", "mc:limit=\"112h\"", "", "`mc:limit` is missing"},
        Damage{"process.bpmn", "mc:limit=\"112h\"", "mc:limit=\"112\"", "is no limit"},
        Damage{"process.bpmn", "mc:limit=\"112h\"", "mc:limit=\"120h\"",
               "add up to 22 working days"},
        Damage{"process.bpmn", "mc:outcomes=\"assigned\"", "", "`mc:outcomes` is missing"},
        Damage{"process.bpmn", "mc:outcomes=\"assigned\"", "mc:outcomes=\"assigned other\"",
               "outcome `other` has no label"},
        Damage{"process.bpmn", "mc:action=\"assign\"", "mc:action=\"assing\"", "is no action"},
        Damage{"process.bpmn", "mc:status=\"2\"", "mc:status=\"12\"", "is no national status"},
        Damage{"process.bpmn", "mc:status=\"2\"", "mc:statu=\"2\"", "unknown attribute"},
        Damage{"process.bpmn", "review_outcome = ", "reviewer_outcome = ", "which nobody sets"},
        Damage{"process.bpmn", "review_outcome = \"approved\"", "review_outcome = = 1",
               "process.bpmn:"},
        Damage{"process.bpmn", "</bpmn:process>", "", "process.bpmn:"},
        Damage{"rules.dmn", "</definitions>", "", "rules.dmn:"},
        Damage{"rules.dmn", "amount: 0", "amount: 0 +", "rules.dmn:"},
        Damage{"form.yaml", "from: land.area", "from: land.size", "form.yaml:"}));

TEST(Package, NamesEveryMissingFile) {
  const auto refused = load_package({}, shipped_dictionary());
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().size(), 3U);
  EXPECT_EQ(refused.error()[0].file, "procedure.yaml");
  EXPECT_EQ(refused.error()[1].file, "process.bpmn");
  EXPECT_EQ(refused.error()[2].file, "form.yaml");
}

TEST(Package, TooMuchIsRefusedBeforeItIsRead) {
  PackageFiles files = shipped_files("1.012994");
  files["scan.pdf"] = std::string(17U << 20U, 'x');
  const auto refused = load_package(files, shipped_dictionary());
  ASSERT_FALSE(refused);
  EXPECT_THAT(told(refused.error()), HasSubstr("16 MiB"));
}

TEST(Package, TellsAllProblemsOfAllFilesAtOnce) {
  PackageFiles files = shipped_files("1.012994");
  files["form.yaml"] = "pages: x";
  files["process.bpmn"] = "<html/>";
  files["procedure.yaml"] = "code: 1";
  files["rules.dmn"] = "nothing";
  const auto refused = load_package(files, shipped_dictionary());
  ASSERT_FALSE(refused);
  const std::string text = told(refused.error());
  for (const char* file : {"form.yaml:", "process.bpmn:", "procedure.yaml:", "rules.dmn:"}) {
    EXPECT_THAT(text, HasSubstr(file));
  }
}

}  // namespace
}  // namespace procedure
