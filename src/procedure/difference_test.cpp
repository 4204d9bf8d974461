#include "procedure/difference.h"

#include <functional>

#include <boost/pfr/tuple_size.hpp>
#include <gmock/gmock.h>

#include "procedure/test_overlays.h"

namespace procedure {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

TEST(Difference, OfAProcedureAndItselfIsNone) {
  for (const char* code : kShipped) {
    const auto base = shipped_base(code);
    EXPECT_THAT(differences(shipped(code), shipped(code), {{}, base.get(), base.get()}), SizeIs(0));
    EXPECT_EQ(to_text(differences(shipped(code), shipped(code)), calendar::Language::vietnamese),
              "Không có khác biệt.\n");
  }
}

// A new member of one of these has to be told in outline_citizen.cpp or outline_office.cpp, and to
// join the list of ComparesEveryMember below; then raise the number here.
template <class T>
constexpr std::size_t kMembers = boost::pfr::tuple_size_v<T>;

TEST(Difference, KnowsHowManyMembersThereAre) {
  EXPECT_EQ(kMembers<Procedure>, 31U);
  EXPECT_EQ(kMembers<Case>, 6U);
  EXPECT_EQ(kMembers<ChannelLimit>, 4U);
  EXPECT_EQ(kMembers<SilenceRule>, 2U);
  EXPECT_EQ(kMembers<Component>, 11U);
  EXPECT_EQ(kMembers<DataInstead>, 4U);
  EXPECT_EQ(kMembers<Eligibility>, 6U);
  EXPECT_EQ(kMembers<LinkedProcedure>, 5U);
  EXPECT_EQ(kMembers<ResultDocument>, 3U);
  EXPECT_EQ(kMembers<Template>, 3U);
  EXPECT_EQ(kMembers<ResultLayout>, 3U);
  EXPECT_EQ(kMembers<Retention>, 3U);
  EXPECT_EQ(kMembers<Example>, 7U);
  EXPECT_EQ(kMembers<Step>, 10U);
  EXPECT_EQ(kMembers<Outcome>, 3U);
  EXPECT_EQ(kMembers<form::Form>, 2U);
  EXPECT_EQ(kMembers<form::Page>, 4U);
  EXPECT_EQ(kMembers<form::Field>, 26U);
  EXPECT_EQ(kMembers<form::Check>, 5U);
  EXPECT_EQ(kMembers<Authority>, 10U);
  EXPECT_EQ(kMembers<LegalBasis>, 5U);
}

TEST(Difference, ComparesEveryMember) {
  const Procedure& before = shipped("1.001612");
  const Procedure& other = shipped("1.001193");
  struct Member {
    const char* name;
    std::function<void(Procedure&)> change;
  };
  const form::Condition condition = *form::Condition::parse("founder = null");
  const std::vector<Member> members{
      {"code", [](Procedure& p) { p.code = "1.000001"; }},
      {"revision", [](Procedure& p) { p.revision = 9; }},
      {"effective_from", [](Procedure& p) { p.effective_from = day("2026-02-01"); }},
      {"effective_to", [](Procedure& p) { p.effective_to = day("2036-02-01"); }},
      {"name", [](Procedure& p) { p.name.vi = "x"; }},
      {"summary", [](Procedure& p) { p.summary.en = "x"; }},
      {"keywords", [](Procedure& p) { p.keywords.pop_back(); }},
      {"field", [](Procedure& p) { p.field.vi = "x"; }},
      {"level", [](Procedure& p) { p.level = Level::province; }},
      {"authority", [](Procedure& p) { p.authority.place_field = "x"; }},
      {"authority.partners", [](Procedure& p) { p.authority.partners.push_back({}); }},
      {"authority.body", [](Procedure& p) { p.authority.body = "commune_police"; }},
      {"legal_basis", [](Procedure& p) { p.legal_basis.pop_back(); }},
      {"channels", [](Procedure& p) { p.channels.pop_back(); }},
      {"cases", [](Procedure& p) { std::swap(p.cases[0], p.cases[1]); }},
      {"cases.when", [&](Procedure& p) { p.cases[0].when = condition; }},
      {"cases.note", [](Procedure& p) { p.cases[0].note.vi = "x"; }},
      {"cases.silence", [](Procedure& p) { p.cases[0].silence.rule = Silence::escalate; }},
      {"cases.limits",
       [](Procedure& p) { p.cases[0].limits[0].internal = *calendar::Limit::parse("8h"); }},
      {"cases.cutoff",
       [](Procedure& p) { p.cases[0].limits[0].cutoff = calendar::parse_time_of_day("16:00"); }},
      {"components", [](Procedure& p) { p.components.pop_back(); }},
      {"components.required", [](Procedure& p) { p.components[1].required = false; }},
      {"components.replaced_by", [](Procedure& p) { p.components.back().replaced_by.clear(); }},
      {"eligibility",
       [&](Procedure& p) { p.eligibility.push_back({"e", condition, {"a", "b"}, "c", {}, ""}); }},
      {"linked",
       [](Procedure& p) {
         p.linked.push_back({"1.000001", {"a", "b"}, {}, "", *calendar::Limit::parse("2wd")});
       }},
      {"fees_text", [](Procedure& p) { p.fees_text.vi = "x"; }},
      {"fees_are_examples", [](Procedure& p) { p.fees_are_examples = false; }},
      {"fee_decision", [](Procedure& p) { p.fee_decision.clear(); }},
      {"results", [](Procedure& p) { p.results.pop_back(); }},
      {"templates",
       [](Procedure& p) { p.templates.push_back({"t", {"a", "b"}, "templates/t.html"}); }},
      {"result_layouts", [](Procedure& p) { p.result_layouts[0].fields.pop_back(); }},
      {"retention", [](Procedure& p) { p.retention = Retention{false, 10, "x"}; }},
      {"notes", [](Procedure& p) { p.notes.clear(); }},
      {"assumed", [](Procedure& p) { p.assumed.emplace_back("fees"); }},
      {"examples", [](Procedure& p) { p.examples[0].fee = 1; }},
      {"form", [](Procedure& p) { p.form.pages[0].fields[0].help.vi = "x"; }},
      {"form.checks",
       [&](Procedure& p) {
         p.form.checks.push_back({"c", "founder", condition, form::Severity::warning, {"a", "b"}});
       }},
      {"steps", [](Procedure& p) { p.steps[1].role = party::Role::head; }},
      {"steps.order", [](Procedure& p) { std::swap(p.steps[1], p.steps[2]); }},
      {"process", [&](Procedure& p) { p.process = other.process; }},
      {"rules", [&](Procedure& p) { p.rules = other.rules; }},
  };
  for (const Member& member : members) {
    Procedure after = before;
    member.change(after);
    const auto found = differences(before, after);
    EXPECT_FALSE(found.empty()) << member.name;
    for (const Difference& one : found) {
      EXPECT_FALSE(one.text.vi.empty()) << member.name;
      EXPECT_FALSE(one.text.en.empty()) << member.name;
    }
    EXPECT_FALSE(differences(after, before).empty()) << member.name;
  }
}

TEST(Difference, SpeaksOfTheProvinceInPlainWords) {
  const auto base = shipped_base("1.001612");
  const auto result = resolve(*base, {overlay_of(kProvinceStory)}, chain("H41.101"),
                              day("2026-08-20"), shipped_policy());
  ASSERT_TRUE(result) << told(result.error());
  const auto procedure = load_resolved(*base, *result, shipped_dictionary());
  ASSERT_TRUE(procedure) << told(procedure.error());
  const auto found = differences(shipped("1.001612"), *procedure);
  const std::string vi = to_text(found, calendar::Language::vietnamese);
  EXPECT_THAT(vi, HasSubstr("Về thời hạn"));
  EXPECT_THAT(vi, HasSubstr("thời hạn giải quyết, mọi cách nộp: từ “3 ngày làm việc” thành “2 ngày "
                            "làm việc” (ngắn hơn)"));
  EXPECT_THAT(vi, HasSubstr("Thêm: Giấy tờ “Cam kết về địa điểm kinh doanh”"));
  EXPECT_THAT(vi, HasSubstr("Thêm: Bước “Phó Chủ tịch được ủy quyền soát xét”"));
  EXPECT_THAT(vi, HasSubstr("Thêm: Căn cứ pháp lý 34/2026/QĐ-UBND, Điều 1"));
  const std::string en = to_text(found, calendar::Language::english);
  EXPECT_THAT(en, HasSubstr("from “3 working days” to “2 working days” (shorter)"));
}

TEST(Difference, WorksTheFeeOut) {
  PackageFiles files = shipped_files("1.001612");
  std::string& rules = files.at("rules.dmn");
  rules.replace(rules.find("<text>100000</text>"), 19, "<text>150000</text>");
  const auto after =
      load_package(files, shipped_dictionary(), {LoadOptions::Checks::passed, nullptr, nullptr});
  ASSERT_TRUE(after) << told(after.error());
  const auto before_package = shipped_base("1.001612");
  const auto after_package = prepared(files);
  const auto found =
      differences(shipped("1.001612"), *after, {{}, before_package.get(), after_package.get()});
  const std::string vi = to_text(found, calendar::Language::vietnamese);
  EXPECT_THAT(vi, HasSubstr("Tình huống “cá nhân, tại quầy”: phí, lệ phí từ 100.000 đồng thành "
                            "150.000 đồng (tăng)"));
  EXPECT_THAT(vi, HasSubstr("Quy tắc rules.decisions[registration_fee]"));
  const base::json::object json = to_json(found);
  EXPECT_GE(json.at("differences").at("fee").as_array().size(), 2U);
  EXPECT_TRUE(json.at("differences").at("officer").as_array().empty());
}

}  // namespace
}  // namespace procedure
