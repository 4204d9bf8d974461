#include "procedure/procedure_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"

namespace procedure {
namespace {

TEST(ProcedureJson, SummaryHasWhatAListShows) {
  const auto json = summary_json(shipped("1.001193"));
  EXPECT_EQ(json.at("code"), "1.001193");
  EXPECT_EQ(json.at("name").at("vi"), "Đăng ký khai sinh");
  EXPECT_EQ(json.at("level"), "commune");
  EXPECT_EQ(json.at("online"), true);
  EXPECT_EQ(json.at("channels").as_array().size(), 3U);
  EXPECT_TRUE(json.at("limit").as_object().contains("en"));
  EXPECT_EQ(summary_json(shipped("2.000815")).at("online"), false);
  EXPECT_EQ(summary_json(shipped("1.012994")).at("limit").at("vi"), "30 ngày")
      << "citizens are told what the law promises, not the office's internal hours";
}

TEST(ProcedureJson, DetailHasWhatAPageShows) {
  for (const char* code : kShipped) {
    const auto json = detail_json(shipped(code));
    for (const char* key : {"digest", "authority", "legal_basis", "cases", "components", "fees",
                            "results", "form", "steps", "notes"}) {
      EXPECT_TRUE(json.contains(key)) << code << " " << key;
    }
    EXPECT_FALSE(json.at("form").at("pages").as_array().empty());
    for (const auto& step : json.at("steps").as_array()) {
      EXPECT_FALSE(step.at("role").at("vi").as_string().empty());
    }
  }
  const auto land = detail_json(shipped("1.012994"));
  const auto& limit = land.at("cases").as_array().front().at("limits").as_array().front();
  EXPECT_TRUE(limit.as_object().contains("internal"));
  EXPECT_EQ(detail_json(shipped("1.001193")).at("fees").at("example_value"), true);
}

TEST(ProcedureJson, FeesAndPapersTellTheirReasons) {
  const Procedure& birth = shipped("1.001193");
  Situation situation;
  situation.on = *calendar::make_date(2026, 8, 20);
  situation.answers["child_birth_date"] = "2026-01-01";
  situation.answers["fee_exemption"] = "none";
  situation.answers["extract_copies"] = 2;
  const Case* chosen = select_case(birth, situation);
  const auto fees = fees_for(birth, *chosen, situation);
  ASSERT_TRUE(fees);
  const auto json = to_json(*fees);
  EXPECT_EQ(json.at("total"), 21000);
  EXPECT_EQ(json.at("example_value"), true);
  EXPECT_EQ(json.at("lines").as_array().size(), 2U);
  for (const NeededComponent& one : components_for(birth, *chosen, situation)) {
    const auto paper = to_json(one);
    if (paper.at("id") != "identity_paper") continue;
    EXPECT_EQ(paper.at("kind"), "show");
    EXPECT_EQ(paper.at("required"), false);
    EXPECT_EQ(paper.at("replaced"), true);
    EXPECT_THAT(std::string{paper.at("replaced_by").at("basis").as_string().c_str()},
                testing::HasSubstr("66.7/2025/NQ-CP"));
  }
}

}  // namespace
}  // namespace procedure
