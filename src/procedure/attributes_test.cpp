// The attributes that a package may have beside what every package has.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/assessment.h"
#include "procedure/procedure_json.h"
#include "procedure/test_packages.h"

namespace procedure {
namespace {

using testing::HasSubstr;

// The land money package with more text at the end of procedure.yaml, or in place of something.
PackageFiles land_money(const std::string& more, const std::string& old = {},
                        const std::string& replacement = {}) {
  PackageFiles files = shipped_files("1.012994");
  std::string& text = files.at("procedure.yaml");
  if (!old.empty()) {
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    text.replace(at, old.size(), replacement);
  }
  text += more;
  return files;
}

Procedure loaded(const PackageFiles& files) {
  auto procedure = load_package(files, shipped_dictionary());
  EXPECT_TRUE(procedure) << told(procedure.error());
  return procedure ? std::move(procedure).value() : Procedure{};
}

std::string problems_of(const PackageFiles& files) {
  const auto procedure = load_package(files, shipped_dictionary());
  EXPECT_FALSE(procedure);
  return procedure ? "" : told(procedure.error());
}

constexpr const char* kOldAuthority =
    "  rule: lead_and_committee\n  lead: H41.002\n  committee: H41\n";

Situation with_communes(int count) {
  base::json::array rows;
  for (int i = 0; i < count; ++i) rows.push_back({{"commune", "16681"}, {"area", 10}});
  return {.answers = {{"project_communes", rows}},
          .channel = Channel::online,
          .on = *calendar::make_date(2026, 8, 20)};
}

TEST(Attributes, OneFixedAgencyMayDecideAndAnotherBeAsked) {
  const Procedure procedure = loaded(
      land_money("", kOldAuthority, "  rule: agency\n  agency: H41.004\n  consulted: H41.005\n"));
  EXPECT_EQ(procedure.authority.rule, Authority::Rule::agency);
  EXPECT_EQ(procedure.authority.agency, "H41.004");
  EXPECT_EQ(procedure.authority.consulted, "H41.005");
  EXPECT_THAT(problems_of(land_money("", kOldAuthority, "  rule: agency\n")),
              HasSubstr("`agency` is missing"));
  EXPECT_THAT(problems_of(land_money("", kOldAuthority, "  rule: agency\n  agency: 4\n")),
              HasSubstr("`4` is no agency code"));
}

TEST(Attributes, ADecisionMayNameTheAgencyFromTheAnswers) {
  PackageFiles files =
      land_money("", kOldAuthority, "  rule: decision\n  decision: competent_agency\n");
  EXPECT_THAT(problems_of(files), HasSubstr("`competent_agency`, which rules.dmn does not have"));
  std::string& rules = files.at("rules.dmn");
  const auto at = rules.find("<decision ");
  ASSERT_NE(at, std::string::npos);
  rules.insert(at, R"(<decision id="competent_agency" name="competent_agency">
    <variable name="competent_agency"/>
    <informationRequirement><requiredInput href="#project_communes"/></informationRequirement>
    <literalExpression><text>if count(project_communes) > 1 then "H41.002" else project_communes[1].commune</text></literalExpression>
  </decision>
  )");
  if (rules.find("inputData id=\"project_communes\"") == std::string::npos) {
    rules.insert(at,
                 "<inputData id=\"project_communes\" name=\"project_communes\">"
                 "<variable name=\"project_communes\"/></inputData>\n  ");
  }
  const Procedure procedure = loaded(files);
  EXPECT_EQ(decided_authority(procedure, with_communes(2)).value(), "H41.002");
  EXPECT_EQ(decided_authority(procedure, with_communes(1)).value(), "16681");
  EXPECT_FALSE(decided_authority(procedure, with_communes(0)));
}

TEST(Attributes, EligibilityIsJudgedOnTheAnswersAndNamesItsArticle) {
  const std::string more = R"(
eligibility:
  - id: few_communes
    holds: if project_communes = null then null else count(project_communes) < 3
    message: {vi: "Dự án trên quá nhiều xã.", en: "Too many communes."}
    basis: "Điều 3 Luật thử 1/2026"
    field: project_communes
  - id: rather_one
    holds: if project_communes = null then null else count(project_communes) = 1
    severity: warning
    message: {vi: "Nên tách dự án.", en: "Better split the project."}
    basis: "Điều 4 Luật thử 1/2026"
)";
  const Procedure procedure = loaded(land_money(more));
  ASSERT_EQ(procedure.eligibility.size(), 2U);
  EXPECT_TRUE(unmet_eligibility(procedure, with_communes(1)).empty());
  const auto two = eligibility_problems(procedure, with_communes(2));
  ASSERT_EQ(two.size(), 1U);
  EXPECT_EQ(two.front().severity, form::Severity::warning);
  EXPECT_EQ(two.front().field, "");
  const auto many = eligibility_problems(procedure, with_communes(3));
  ASSERT_EQ(many.size(), 2U);
  EXPECT_EQ(many.front().severity, form::Severity::error);
  EXPECT_EQ(many.front().field, "project_communes");
  EXPECT_FALSE(many.front().page.empty());
  EXPECT_THAT(many.front().message.vi, HasSubstr("(Điều 3 Luật thử 1/2026)"));
  // A missing answer is silence where the condition comes out as null.
  EXPECT_TRUE(unmet_eligibility(procedure, {.answers = {},
                                            .channel = Channel::online,
                                            .on = *calendar::make_date(2026, 8, 20)})
                  .empty());
  EXPECT_EQ(detail_json(procedure).at("eligibility").as_array().size(), 2U);
}

TEST(Attributes, EligibilityThatNobodyCouldJudgeIsRefused) {
  EXPECT_THAT(problems_of(land_money("eligibility:\n  - {id: a, holds: 'nobody > 1', message: {vi: "
                                     "x, en: x}, basis: y}\n")),
              HasSubstr("reads `nobody`"));
  EXPECT_THAT(
      problems_of(land_money("eligibility:\n  - {id: a, message: {vi: x, en: x}, basis: y}\n")),
      HasSubstr("`holds` is missing"));
  EXPECT_THAT(problems_of(land_money("eligibility:\n  - {id: a, holds: 'true', message: {vi: x, "
                                     "en: x}, basis: y, severity: grave}\n")),
              HasSubstr("`grave` is no severity"));
}

constexpr const char* kPaper = "    copies: 1\n    issued_by_state: true\n";

TEST(Attributes, SeveralDatabasesMayReplaceAPaperOneAfterTheOther) {
  PackageFiles files = land_money("", kPaper, std::string{kPaper} + R"(
    replaced_by:
      - database: {vi: "Cơ sở dữ liệu A", en: "Database A"}
        fields: [land.area]
        basis: {act: "66.7/2025/NQ-CP", title: {vi: a, en: a}, from: 2026-01-01, to: 2026-06-30}
        fallback: {vi: "Yêu cầu giấy và cập nhật dữ liệu.", en: "Ask for the paper and a correction."}
      - database: {vi: "Cơ sở dữ liệu B", en: "Database B"}
        fields: [land.area]
        basis: {act: "1/2026/QH16", title: {vi: b, en: b}, from: 2026-07-01}
)");
  std::string& yaml = files.at("procedure.yaml");
  const std::string papers =
      "    components: [request, approved_plan, payment_list, transfer_vouchers]\n";
  yaml.erase(yaml.find(papers), papers.size());
  const Procedure procedure = loaded(files);
  ;
  const Component& plan = *procedure.find_component("approved_plan");
  ASSERT_EQ(plan.replaced_by.size(), 2U);
  EXPECT_EQ(plan.replacement_on(*calendar::make_date(2025, 12, 31)), nullptr);
  EXPECT_EQ(plan.replacement_on(*calendar::make_date(2026, 6, 30))->database.en, "Database A");
  EXPECT_EQ(plan.replacement_on(*calendar::make_date(2026, 7, 1))->database.en, "Database B");
  for (const NeededComponent& needed :
       components_for(procedure, procedure.cases.back(), with_communes(1))) {
    if (needed.component->id != "approved_plan") continue;
    EXPECT_TRUE(needed.replaced);
    EXPECT_FALSE(needed.required);
    EXPECT_EQ(to_json(needed).at("replaced_by").at("database").at("en").as_string(), "Database B");
    EXPECT_EQ(to_json(needed).at("replacements").as_array().size(), 2U);
  }
}

TEST(Attributes, LinkedProceduresAndAssumedValuesAreTold) {
  const Procedure procedure = loaded(land_money(R"(
linked:
  - {code: "1.004222", name: {vi: "Đăng ký thường trú", en: "Permanent residence"}, agency: {vi: "Công an xã", en: "Commune police"}, limit: 2wd}
assumed: [cases.one_commune.limits, fees]
)"));
  ASSERT_EQ(procedure.linked.size(), 1U);
  EXPECT_EQ(procedure.linked.front().limit.text(), "2wd");
  EXPECT_EQ(procedure.assumed.size(), 2U);
  const auto json = detail_json(procedure);
  EXPECT_EQ(json.at("assumed").as_array().size(), 2U);
  EXPECT_EQ(json.at("linked").as_array().at(0).at("code").as_string(), "1.004222");
  EXPECT_THAT(problems_of(land_money("linked:\n  - {code: x, name: {vi: a, en: a}, agency: {vi: a, "
                                     "en: a}, limit: 2wd}\n")),
              HasSubstr("`x` is no procedure code"));
}

TEST(Attributes, ATemplateMayBeNamedWithItsFile) {
  const std::string more =
      "templates:\n  - {id: don, name: {vi: Đơn, en: Request}, file: templates/don.html}\n";
  EXPECT_THAT(problems_of(land_money(more)), HasSubstr("templates/don.html, which does not exist"));
  PackageFiles files = land_money(more);
  files["templates/don.html"] = "<p>Đơn</p>";
  EXPECT_EQ(loaded(files).find_template("don")->file, "templates/don.html");
}

}  // namespace
}  // namespace procedure
