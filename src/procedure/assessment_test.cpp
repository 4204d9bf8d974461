#include "procedure/assessment.h"

#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"

namespace procedure {
namespace {

using testing::ElementsAre;

base::json::object answers_of(std::string_view json) {
  auto value = base::parse_json(json);
  EXPECT_TRUE(value) << json;
  return value->as_object();
}

Situation situation(std::string_view json, Channel channel = Channel::counter,
                    calendar::Date on = *calendar::make_date(2026, 8, 20)) {
  return {answers_of(json), channel, on};
}

struct Row {
  const char* code;
  Channel channel;
  const char* answers;
  const char* case_id;
  std::int64_t total;  // -1: cannot be computed
};

class CaseAndFee : public testing::TestWithParam<Row> {};

TEST_P(CaseAndFee, FollowFromTheAnswers) {
  const Row& row = GetParam();
  const Procedure& procedure = shipped(row.code);
  const Situation given = situation(row.answers, row.channel);
  const Case* chosen = select_case(procedure, given);
  ASSERT_NE(chosen, nullptr);
  EXPECT_EQ(chosen->id, row.case_id) << row.answers;
  const auto fees = fees_for(procedure, *chosen, given);
  if (row.total < 0) {
    EXPECT_FALSE(fees) << row.answers;
    return;
  }
  ASSERT_TRUE(fees) << fees.error().message;
  EXPECT_EQ(fees->total, row.total) << row.answers;
  for (const FeeLine& line : fees->lines) {
    EXPECT_FALSE(line.reason.vi.empty());
    EXPECT_FALSE(line.reason.en.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, CaseAndFee,
    testing::Values(
        Row{"1.001193", Channel::counter, R"({"child_birth_date":"2026-08-20"})", "on_time", 0},
        Row{"1.001193", Channel::counter, R"({"child_birth_date":"2026-06-21"})", "on_time", 0},
        Row{"1.001193", Channel::counter,
            R"({"child_birth_date":"2026-06-20","fee_exemption":"none"})", "late", 5000},
        Row{"1.001193", Channel::online,
            R"({"child_birth_date":"2026-06-20","fee_exemption":"merit","extract_copies":2})",
            "late", 16000},
        Row{"1.001193", Channel::counter,
            R"({"child_birth_date":"2026-06-20","fee_exemption":"disabled"})", "late", 0},
        Row{"1.001193", Channel::counter, "{}", "on_time", -1},
        Row{"1.001193", Channel::counter,
            R"({"child_birth_date":"2026-08-01","child_situation":"surrogacy","marriage_registration":"registered_unknown"})",
            "surrogacy", 0},
        Row{"1.001193", Channel::counter,
            R"({"child_birth_date":"2025-08-01","marriage_registration":"registered_unknown","fee_exemption":"none"})",
            "verification", 5000},
        Row{"1.004873", Channel::counter,
            R"({"marital_status":"never_married","fee_exemption":"none"})", "first", 3000},
        Row{"1.004873", Channel::counter, R"({"marital_status":"widowed","fee_exemption":"poor"})",
            "divorced_or_widowed", 0},
        Row{"1.004873", Channel::counter,
            R"({"marital_status":"divorced","reissue":true,"earlier_returned":false,"purpose":"other","fee_exemption":"none"})",
            "reissue", 3000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":1,"copies":1}]})", "ordinary", 2000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":3,"copies":1}]})", "ordinary", 5000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":5,"copies":1}]})", "ordinary", 7000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":5,"copies":3}]})", "ordinary", 21000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":500,"copies":1}]})", "many_pages",
            200000},
        Row{"2.000815", Channel::counter,
            R"({"documents":[{"document_title":"A","pages":500,"copies":2},{"document_title":"B","pages":2,"copies":1}]})",
            "many_pages", 404000},
        Row{"2.000815", Channel::counter, R"({"documents":[{"document_title":"A"}]})", "ordinary",
            -1},
        Row{"2.000815", Channel::counter, "{}", "ordinary", -1},
        Row{"1.001612", Channel::counter, R"({"founder":"individual"})", "individual", 100000},
        Row{"1.001612", Channel::online, R"({"founder":"household"})", "household", 0},
        Row{"1.012994", Channel::post, "{}", "one_commune", 0}));

TEST(Assessment, MarksFeesWhoseLocalLevelIsNotKnown) {
  const Procedure& birth = shipped("1.001193");
  const Situation late = situation(R"({"child_birth_date":"2025-06-20","fee_exemption":"none"})");
  EXPECT_TRUE(fees_for(birth, *select_case(birth, late), late)->example_value);
  const Situation early = situation(R"({"child_birth_date":"2026-08-20"})");
  EXPECT_FALSE(fees_for(birth, *select_case(birth, early), early)->example_value);
}

std::vector<std::string> ids(const Procedure& procedure, const Situation& given, bool required) {
  std::vector<std::string> list;
  for (const NeededComponent& one :
       components_for(procedure, *select_case(procedure, given), given)) {
    if (!required || one.required) list.push_back(one.component->id);
  }
  return list;
}

TEST(Assessment, AsksForThePapersOfTheCase) {
  const Procedure& birth = shipped("1.001193");
  const Situation given = situation(
      R"({"child_situation":"surrogacy","child_birth_date":"2026-08-01","birth_proof":"birth_paper","relation":"authorised"})");
  EXPECT_THAT(ids(birth, given, false),
              ElementsAre("declaration", "birth_paper", "surrogacy_confirmation", "authorisation",
                          "identity_paper"));
  EXPECT_THAT(ids(birth, given, true),
              ElementsAre("birth_paper", "surrogacy_confirmation", "authorisation"));
}

TEST(Assessment, DataReplaceAPaperOnlyWhileTheActIsInForce) {
  const Procedure& birth = shipped("1.001193");
  const auto identity_paper = [&](calendar::Date on) {
    const Situation given = situation(R"({"child_birth_date":"2026-08-01"})", Channel::counter, on);
    for (const NeededComponent& one : components_for(birth, *select_case(birth, given), given)) {
      if (one.component->id == "identity_paper") return one;
    }
    return NeededComponent{};
  };
  EXPECT_TRUE(identity_paper(*calendar::make_date(2026, 1, 1)).replaced);
  EXPECT_TRUE(identity_paper(*calendar::make_date(2027, 2, 28)).replaced);
  EXPECT_FALSE(identity_paper(*calendar::make_date(2027, 3, 1)).replaced);
  EXPECT_TRUE(identity_paper(*calendar::make_date(2027, 3, 1)).required);
  EXPECT_FALSE(identity_paper(*calendar::make_date(2025, 12, 31)).replaced);
}

TEST(Assessment, PromisesTheShorterLimitAndNamesBoth) {
  const Procedure& land = shipped("1.012994");
  const auto offer = limit_for(land, land.cases.front(), Channel::online);
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->published.text(), "30d");
  EXPECT_EQ(offer->internal->text(), "168h");
  EXPECT_EQ(offer->promised.text(), "168h");
  EXPECT_TRUE(offer->promised_is_internal);
  const Procedure& birth = shipped("1.001193");
  const auto same_day = limit_for(birth, birth.cases.back(), Channel::counter);
  ASSERT_TRUE(same_day);
  EXPECT_EQ(same_day->promised.text(), "same-day");
  EXPECT_EQ(same_day->cutoff, calendar::hour_minute(15));
  const Procedure& copies = shipped("2.000815");
  EXPECT_FALSE(limit_for(copies, copies.cases.back(), Channel::online));
}

TEST(Assessment, NominalLengthsOrderLimitsOfAllUnits) {
  const auto minutes = [](const char* text) {
    return nominal_working_minutes(*calendar::Limit::parse(text));
  };
  EXPECT_EQ(minutes("same-day"), 480);
  EXPECT_EQ(minutes("3wd"), 3 * 480);
  EXPECT_EQ(minutes("7d"), 5 * 480);
  EXPECT_LT(minutes("168h"), minutes("30d"));
  EXPECT_LT(minutes("30d"), minutes("2mo"));
  EXPECT_LT(minutes("2mo"), minutes("1y"));
}

}  // namespace
}  // namespace procedure
