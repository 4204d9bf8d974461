#include "catalogue/draft.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/analysis.h"
#include "bpmn/diagram.h"
#include "bpmn/model_xml.h"
#include "bpmn/process.h"
#include "catalogue/test_drafts.h"
#include "procedure/assessment.h"

namespace catalogue {
namespace {

using procedure::Channel;
using procedure::Level;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Draft drafted(const Entry& entry, Level level) {
  const auto draft = draft_package(entry, {level, "H41"}, shipped_sources());
  EXPECT_TRUE(draft) << told(draft.error());
  return draft ? *draft : Draft{};
}

std::int64_t minutes_of_steps(const procedure::Procedure& procedure) {
  std::int64_t minutes = 0;
  for (const procedure::Step& step : procedure.steps) {
    if (step.counted && step.limit) minutes += step.limit->working_minutes();
  }
  return minutes;
}

TEST(Draft, OfACommuneRunsWithItsStepsAddingUpToTheLimit) {
  const Draft draft = drafted(commune_entry(), Level::commune);
  const procedure::Procedure procedure = loaded(draft);
  EXPECT_EQ(minutes_of_steps(procedure), 3 * 8 * 60);
  EXPECT_EQ(procedure.level, Level::commune);
  EXPECT_EQ(procedure.authority.place_field, "place_commune");
  EXPECT_TRUE(draft.doubts.empty());
  EXPECT_EQ(draft.process, (ProcessChoice{ProcessVariant::commune, false, false}));
  ASSERT_EQ(procedure.components.size(), 2U);
  EXPECT_EQ(procedure.components[1].id, "giay_khai_sinh");
  EXPECT_EQ(procedure.name.en, procedure.name.vi) << "no translation: the Vietnamese stands in";
}

TEST(Draft, TakesItsProcessFromTheWordsOfThePage) {
  Entry entry = province_entry();
  EXPECT_EQ(drafted(entry, Level::province).process.variant, ProcessVariant::department);
  entry.competent_agency = "Chủ tịch Ủy ban nhân dân cấp tỉnh";
  EXPECT_EQ(drafted(entry, Level::province).process.variant, ProcessVariant::department_committee);
  entry.competent_agency = "Cơ quan chuyên môn thuộc Ủy ban nhân dân cấp tỉnh";
  EXPECT_EQ(drafted(entry, Level::province).process.variant, ProcessVariant::department);
  entry.steps = "Sở thẩm định, TRÌNH Ủy ban nhân dân tỉnh xem xét.";
  EXPECT_EQ(drafted(entry, Level::province).process.variant, ProcessVariant::department_committee);
  entry.steps = "Tổ chức kiểm tra thực tế và lấy ý kiến các sở.";
  const ProcessChoice choice = drafted(entry, Level::province).process;
  EXPECT_TRUE(choice.inspection);
  EXPECT_TRUE(choice.consultation);
}

TEST(Draft, NamesTheDepartmentOfTheMinistryOrThePage) {
  Entry entry = province_entry();
  EXPECT_EQ(loaded(drafted(entry, Level::province)).authority.agency, "H41.005");
  entry.competent_agency = "Ủy ban nhân dân cấp tỉnh";
  const auto authority = loaded(drafted(entry, Level::province)).authority;
  EXPECT_EQ(authority.lead, "H41.005");
  EXPECT_EQ(authority.committee, "H41");
  entry.competent_agency.clear();
  entry.ministry = "BNNMT";
  EXPECT_EQ(loaded(drafted(entry, Level::province)).authority.agency, "H41.003");
  // A page that names a department goes before its ministry.
  entry.agencies = {"Sở Tư pháp"};
  EXPECT_EQ(loaded(drafted(entry, Level::province)).authority.agency, "H41.004");
}

TEST(Draft, OfAnAgencyThatNobodyRegisteredSaysSoAndIsHeldUp) {
  Entry entry = province_entry();
  entry.competent_agency = "Chi cục Hải quan khu vực";
  const Draft draft = drafted(entry, Level::province);
  EXPECT_THAT(draft.doubts, Contains(DraftDoubt::agency_unregistered));
  const auto body = to_json(draft, entry, {Level::province, "H41"});
  const auto verdict = judge_draft(body, procedure::shipped_dictionary(), false);
  EXPECT_FALSE(verdict.passes);
  EXPECT_THAT(verdict.reasons, ElementsAre("agency-unregistered"));
  EXPECT_TRUE(judge_draft(body, procedure::shipped_dictionary(), true).passes);
  EXPECT_THAT(draft.files.at("procedure.yaml"), HasSubstr("authority"));
}

// Every process, every mixture of limits: loaded, sound, drawn, and exact.
TEST(Draft, OfEveryVariantLoadsAndIsSoundForEveryLimit) {
  const char* const limits[] = {"same-day", "0.5h", "1h",  "2h", "4h",  "0.5wd", "1wd",
                                "1.5wd",    "2wd",  "3wd", "5d", "7wd", "10d",   "15wd",
                                "30d",      "60wd", "2mo", "1y", "1d"};
  struct Variant {
    Level level;
    const char* agency;
  };
  for (const Variant& variant :
       {Variant{Level::commune, ""}, Variant{Level::province, "Sở Tư pháp"},
        Variant{Level::province, "Ủy ban nhân dân tỉnh"}, Variant{Level::ministry, "Bộ Tư pháp"}}) {
    for (const bool inspection : {false, true}) {
      for (const bool consultation : {false, true}) {
        for (const char* limit : limits) {
          Entry entry = commune_entry();
          entry.tiers = {Tier::commune, Tier::province, Tier::ministry};
          entry.competent_agency = variant.agency;
          entry.steps = std::string{inspection ? "kiểm tra thực tế; " : ""} +
                        (consultation ? "lấy ý kiến" : "");
          entry.channels = {channel_line(Channel::counter, limit)};
          const Draft draft = drafted(entry, variant.level);
          ASSERT_FALSE(draft.files.empty()) << limit;
          EXPECT_EQ(draft.process.inspection, inspection);
          EXPECT_EQ(draft.process.consultation, consultation);
          const procedure::Procedure procedure = loaded(draft);
          const std::int64_t wanted =
              procedure::nominal_working_minutes(*calendar::Limit::parse(limit)) / 30 * 30;
          EXPECT_EQ(minutes_of_steps(procedure), wanted) << limit;
          EXPECT_LE(minutes_of_steps(procedure),
                    procedure::nominal_working_minutes(procedure.cases[0].limits[0].published));
          if (limit != std::string_view{"3wd"}) continue;
          const std::string& xml = draft.files.at("process.bpmn");
          const auto model = bpmn::read_model(xml);
          ASSERT_TRUE(model);
          EXPECT_TRUE(model->findings.empty());
          for (const bpmn::AnalysisFinding& finding : bpmn::analyse(*model)) {
            ADD_FAILURE() << to_text(draft.process.variant) << ": " << finding.message;
          }
          const auto diagrams = bpmn::read_diagrams(xml);
          ASSERT_TRUE(diagrams);
          ASSERT_EQ(diagrams->size(), 1U);
          for (const bpmn::ProcessNode& node : procedure.process->nodes()) {
            EXPECT_THAT(diagrams->front().shapes,
                        Contains(testing::Field(&bpmn::Shape::element, node.id)));
          }
        }
      }
    }
  }
}

TEST(Split, AddsUpAndKeepsItsBounds) {
  const auto& shares = shipped_policy().processes.at("department_committee");
  const auto steps = steps_of({ProcessVariant::department_committee, false, false});
  // The example it is taken from: 4 + 4 + 112 + 24 + 16 + 8 hours.
  EXPECT_THAT(split_limit(steps, 336, shares), ElementsAre(8, 8, 224, 48, 32, 16));
  for (int halves = 1; halves < 5000; halves += 7) {
    const auto split = split_limit(steps, halves, shares);
    int sum = 0;
    for (std::size_t i = 0; i < split.size(); ++i) {
      sum += split[i];
      const int most = shares.at(steps[i]).halves_max;
      EXPECT_TRUE(most == 0 || split[i] <= most);
      if (halves >= static_cast<int>(steps.size())) {
        EXPECT_GE(split[i], 1);
      }
    }
    EXPECT_EQ(sum, halves);
  }
}

TEST(Split, OfTooFewHalfHoursGivesThemToWhoDecides) {
  const auto& shares = shipped_policy().processes.at("commune");
  const auto steps =
      steps_of({ProcessVariant::commune, false, false});  // receive examine sign issue
  EXPECT_THAT(split_limit(steps, 1, shares), ElementsAre(0, 0, 1, 0));
  EXPECT_THAT(split_limit(steps, 2, shares), ElementsAre(0, 1, 1, 0));
  EXPECT_THAT(split_limit(steps, 3, shares), ElementsAre(1, 1, 1, 0));
  EXPECT_THAT(split_limit(steps, 48, shares), ElementsAre(4, 28, 12, 4));
}

TEST(Draft, PromisesEachChannelItsOwnLimitAndTheStepsTheShortest) {
  Entry entry = commune_entry();
  entry.channels = {channel_line(Channel::online, "18wd"), channel_line(Channel::counter, "4wd"),
                    channel_line(Channel::post, "")};
  const Draft draft = drafted(entry, Level::commune);
  const procedure::Procedure procedure = loaded(draft);
  EXPECT_EQ(minutes_of_steps(procedure), 4 * 8 * 60);
  const procedure::Case& one = procedure.cases.front();
  EXPECT_EQ(procedure::limit_for(procedure, one, Channel::online)->published.text(), "18wd");
  EXPECT_EQ(procedure::limit_for(procedure, one, Channel::counter)->published.text(), "4wd");
  EXPECT_EQ(procedure::limit_for(procedure, one, Channel::post)->published.text(), "4wd");
  EXPECT_THAT(draft.doubts, ElementsAre(DraftDoubt::limit_of_others, DraftDoubt::fee_unknown));
}

TEST(Draft, ReadsANumberWithoutUnitAsTheShortestOfDaysAndSaysSo) {
  Entry entry = commune_entry();
  entry.channels = {channel_line(Channel::online, ""), channel_line(Channel::counter, "")};
  entry.channels[0].raw_time = "7";
  entry.channels[1].raw_time = "5";
  const Draft draft = drafted(entry, Level::commune);
  EXPECT_EQ(loaded(draft).cases[0].limits[0].published.text(), "5d");
  EXPECT_THAT(draft.doubts, Contains(DraftDoubt::limit_assumed));
}

TEST(Draft, WithoutAnyLimitTakesThatOfThePolicyAndSaysSo) {
  Entry entry = commune_entry();
  entry.channels = {channel_line(Channel::counter, "")};
  const Draft draft = drafted(entry, Level::commune);
  const procedure::Procedure procedure = loaded(draft);
  EXPECT_EQ(procedure.cases[0].limits[0].published.text(), "10wd");
  EXPECT_THAT(draft.doubts, Contains(DraftDoubt::limit_assumed));
  EXPECT_TRUE(std::ranges::any_of(procedure.notes, [](const Bilingual& note) {
    return note.vi.find("không phải quy định của pháp luật") != std::string::npos;
  }));
}

TEST(Draft, AsksForTheCaseAndGivesEachItsPapers) {
  Entry entry = commune_entry();
  entry.cases = {
      {"Trường hợp cấp mới", {}}, {"Trường hợp cấp lại", {}}, {"Trường hợp cấp lại", {}}};
  entry.components = {paper("Đơn", 1, -1), paper("Giấy cũ", 1, 1)};
  const procedure::Procedure procedure = loaded(drafted(entry, Level::commune));
  ASSERT_EQ(procedure.cases.size(), 3U);
  EXPECT_EQ(procedure.cases[0].id, "truong_hop_cap_moi");
  EXPECT_EQ(procedure.cases[2].id, "truong_hop_cap_lai_2");
  procedure::Situation situation;
  situation.on = *calendar::make_date(2026, 8, 20);
  const auto count = [&](const char* chosen) {
    situation.answers["request_case"] = chosen;
    const auto* one = procedure::select_case(procedure, situation);
    EXPECT_EQ(one->id, chosen);
    return procedure::components_for(procedure, *one, situation).size();
  };
  EXPECT_EQ(count("truong_hop_cap_moi"), 1U);
  EXPECT_EQ(count("truong_hop_cap_lai"), 2U);
}

TEST(Draft, OfOneFeePerChannelChargesByTheChannel) {
  Entry entry = commune_entry();
  entry.channels = {channel_line(Channel::online, "3wd", {fee(FeeKind::amount, 10'000)}),
                    channel_line(Channel::counter, "3wd", {fee(FeeKind::amount, 20'000)})};
  const procedure::Procedure procedure = loaded(drafted(entry, Level::commune));
  procedure::Situation situation;
  situation.on = *calendar::make_date(2026, 8, 20);
  situation.channel = Channel::online;
  EXPECT_EQ(procedure::fees_for(procedure, procedure.cases[0], situation)->total, 10'000);
  situation.channel = Channel::counter;
  EXPECT_EQ(procedure::fees_for(procedure, procedure.cases[0], situation)->total, 20'000);
}

TEST(Draft, OfSeveralFeesAsksWhichApplyAndAddsThemUp) {
  Entry entry = commune_entry();
  entry.channels = {
      channel_line(Channel::counter, "3wd",
                   {fee(FeeKind::amount, 50'000, "Lệ phí \"cấp mới\""),
                    fee(FeeKind::amount, 100'000, "Phí công bố"),
                    fee(FeeKind::by_rule, 0, "Do Hội đồng nhân dân tỉnh quyết định")})};
  const Draft draft = drafted(entry, Level::commune);
  EXPECT_THAT(draft.doubts, Contains(DraftDoubt::fee_unknown));
  const procedure::Procedure procedure = loaded(draft);
  EXPECT_TRUE(procedure.fees_are_examples);
  procedure::Situation situation;
  situation.on = *calendar::make_date(2026, 8, 20);
  EXPECT_FALSE(procedure::fees_for(procedure, procedure.cases[0], situation));
  situation.answers["fee_items"] = base::json::array{"le_phi_cap_moi", "phi_cong_bo"};
  const auto fees = procedure::fees_for(procedure, procedure.cases[0], situation);
  ASSERT_TRUE(fees);
  EXPECT_EQ(fees->total, 150'000);
  EXPECT_FALSE(fees->example_value);
  situation.answers["fee_items"] = base::json::array{"do_hoi_dong_nhan_dan_tinh_quyet_dinh"};
  EXPECT_TRUE(procedure::fees_for(procedure, procedure.cases[0], situation)->example_value);
}

TEST(Draft, IsTheSameBytesEachTime) {
  EXPECT_EQ(drafted(commune_entry(), Level::commune).digest,
            drafted(commune_entry(), Level::commune).digest);
}

TEST(Draft, SaysWhyThereIsNone) {
  const auto refusal = [](const Entry& entry, Level level) {
    const auto draft = draft_package(entry, {level, "H41"}, shipped_sources());
    return draft ? std::string{"drafted"} : std::string{to_text(draft.error().front().refusal)};
  };
  Entry entry = commune_entry();
  EXPECT_EQ(refusal(entry, Level::province), "other-tier");
  entry.channels.clear();
  EXPECT_EQ(refusal(entry, Level::commune), "no-channel");
  entry.list_only = true;
  EXPECT_EQ(refusal(entry, Level::commune), "no-page");
  entry = commune_entry();
  entry.name = " … ";
  EXPECT_EQ(refusal(entry, Level::commune), "no-name");
  entry.code = "1.0011";
  EXPECT_EQ(refusal(entry, Level::commune), "bad-code");
}

TEST(Draft, OfHostileTextsIsStillAPackage) {
  const std::string specials =
      "\"quotes\" 'single' \\back\\slash: {a: [b, c]} # no comment & <b>x</b> ]]> %YAML !tag *alias"
      " \x01\x1F\x7F \u202E\uFEFF\uFFFE | > - ? `";
  const std::string decomposed = "Gia\u0302\u0301y chu\u031B\u0301ng nha\u0323\u0302n";
  Entry entry = province_entry();
  entry.name = specials + decomposed;
  entry.field = specials;
  entry.competent_agency = specials;
  entry.decision = specials;
  entry.conditions = std::string(100'000, 'x') + specials;
  entry.cases = {{specials, {}}, {specials, {}}, {"", {}}, {"!!!", {}}, {decomposed, {}}};
  entry.components.clear();
  for (int i = 0; i < 300; ++i) entry.components.push_back(paper(specials, i, i % 7 - 1));
  entry.components.push_back(paper("", 1));
  entry.components.push_back(paper(std::string(5000, 'a'), 1000));
  entry.components.push_back(paper(decomposed));
  entry.components.back().group = specials;
  entry.components.back().templates = {specials};
  entry.results = {{specials, specials, false}, {"", "", false}, {decomposed, "", false}};
  entry.legal_basis = {{specials, ""}, {"", specials}, {"", ""}};
  entry.channels = {channel_line(
      Channel::online, "3wd",
      {fee(FeeKind::amount, -5, specials), fee(FeeKind::amount, 1, decomposed),
       fee(FeeKind::amount, INT64_MAX, specials), fee(FeeKind::by_rule, 0, specials)})};
  entry.channels[0].fees[1].currency = specials;
  const procedure::Procedure procedure = loaded(drafted(entry, Level::province));
  EXPECT_EQ(procedure.components.size(), 200U);
  EXPECT_THAT(procedure.name.vi, HasSubstr("Giấy chứng nhận")) << "composed";
  EXPECT_THAT(procedure.name.vi, HasSubstr("\"quotes\" 'single' \\back\\slash: {a: [b, c]}"));
  EXPECT_EQ(procedure.cases.size(), 5U);
}

TEST(Draft, OfMoreCasesThanAPackageMayHaveHasOneForTheRest) {
  Entry entry = commune_entry();
  for (int i = 0; i < 80; ++i) entry.cases.push_back({"Trường hợp " + std::to_string(i), {}});
  entry.components = {paper("Giấy của trường hợp cuối", 1, 79)};
  const procedure::Procedure procedure = loaded(drafted(entry, Level::commune));
  ASSERT_EQ(procedure.cases.size(), 50U);
  EXPECT_EQ(procedure.cases.back().id, "truong_hop_khac");
}

TEST(NaturalLevel, IsTheLowestThatTheAgenciesSpeakOf) {
  Entry entry = commune_entry();
  EXPECT_EQ(natural_level(entry, shipped_policy()), Level::commune);
  entry.tiers = {Tier::ministry, Tier::province, Tier::commune};
  entry.competent_agency.clear();
  EXPECT_EQ(natural_level(entry, shipped_policy()), Level::commune);
  entry.agencies = {"Ủy ban nhân dân cấp tỉnh"};
  EXPECT_EQ(natural_level(entry, shipped_policy()), Level::province);
  entry.agencies = {"Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân cấp xã"};
  EXPECT_EQ(natural_level(entry, shipped_policy()), Level::commune);
  entry.tiers = {Tier::ministry};
  EXPECT_EQ(natural_level(entry, shipped_policy()), std::nullopt);
}

TEST(DraftPolicy, TellsWhatIsWrongWithItsFiles) {
  auto files = procedure::files_below(std::filesystem::path{PROJECT_ROOT} / "data/policy");
  files["departments-by-ministry.csv"] += "nonsense\n";
  files["step-shares.yaml"] = "processes: {commune: {receive: {weight: 0}}}\n";
  files.erase("draft-words.yaml");
  const auto read = read_draft_policy(files);
  ASSERT_FALSE(read);
  EXPECT_GE(read.error().size(), 4U);
}

}  // namespace
}  // namespace catalogue
