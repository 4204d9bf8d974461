#include "catalogue/reconciliation.h"

#include <algorithm>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/test_drafts.h"

namespace catalogue {
namespace {

using procedure::Channel;
using testing::ElementsAre;
using testing::IsEmpty;

procedure::Procedure in_force(const Entry& entry, procedure::Level level) {
  const auto draft = draft_package(entry, {level, "H41"}, shipped_sources());
  EXPECT_TRUE(draft);
  return draft ? loaded(*draft) : procedure::Procedure{};
}

std::vector<std::string> what(const std::vector<Difference>& differences) {
  std::vector<std::string> list;
  for (const Difference& one : differences) list.push_back(one.what);
  return list;
}

TEST(Differences, AreNoneWhereItWasTakenOverAsPublished) {
  Entry entry = commune_entry();
  entry.components.push_back(paper(std::string(900, 'x') + " dài"));
  EXPECT_THAT(
      what(differences(entry, in_force(entry, procedure::Level::commune), shipped_policy())),
      IsEmpty());
}

TEST(Differences, AreToldInPlainWords) {
  const Entry before = commune_entry();
  const procedure::Procedure here = in_force(before, procedure::Level::commune);
  Entry entry = before;
  entry.name = "Thủ tục " + before.name;
  EXPECT_THAT(what(differences(entry, here, shipped_policy())), IsEmpty());
  entry.name = "Tên khác";
  entry.tiers = {Tier::province};
  entry.field = "Quốc tịch";
  entry.channels = {channel_line(Channel::online, "5wd", {fee(FeeKind::amount, 20'000)}),
                    channel_line(Channel::post, "5wd", {fee(FeeKind::amount, 20'000)})};
  entry.components[1] = paper("Bản đồ khu đất");
  entry.results[0].code = "KQ.G15.000002";
  const auto found = differences(entry, here, shipped_policy());
  EXPECT_THAT(what(found), ElementsAre("name", "level", "field", "limit", "channel", "channel",
                                       "fee", "paper", "paper", "result"));
  EXPECT_EQ(found[3].published.vi, "5 ngày làm việc");
  EXPECT_EQ(found[3].here.en, "3 working days");
  EXPECT_EQ(found[6].published.vi, "20.000 đồng");
  EXPECT_EQ(found[6].here.en, "free");
}

TEST(Differences, OfFeesThatACouncilSetsAreNotGuessed) {
  Entry entry = commune_entry();
  const procedure::Procedure here = in_force(entry, procedure::Level::commune);
  for (ChannelLine& line : entry.channels) line.fees = {fee(FeeKind::by_rule)};
  EXPECT_THAT(what(differences(entry, here, shipped_policy())), IsEmpty());
}

TEST(Reconcile, SortsWhatIsMissingOnEitherSide) {
  const Entry both = commune_entry();
  Entry published = province_entry();
  published.code = "9.000002";
  Entry changed = commune_entry();
  changed.code = "9.000003";
  const procedure::Procedure taken = in_force(both, procedure::Level::commune);
  procedure::Procedure other = in_force(changed, procedure::Level::commune);
  changed.field = "Khác";
  procedure::Procedure own = taken;
  own.code = "9.000009";
  const auto rows = reconcile({&both, &published, &changed}, {&own, &taken, &other}, "H41",
                              shipped_policy(), shipped_organisation());
  std::vector<std::string> kinds;
  for (const ReconciliationRow& row : rows) {
    kinds.push_back(row.code + " " + std::string{to_text(row.kind)});
  }
  EXPECT_THAT(kinds, ElementsAre("9.000002 only_published", "9.000009 only_here",
                                 "9.000003 differing", "9.000001 agreeing"));
  EXPECT_EQ(rows[0].agency, "H41.005");
  EXPECT_EQ(to_json(rows[2]).at("differences").as_array().size(), 1U);
}

TEST(Concerns, EachAgencyHasItsOwn) {
  const party::Organisation& organisation = shipped_organisation();
  const auto ours = [&](const Entry& entry, const char* code) {
    return concerns(entry, *organisation.find(code), shipped_policy(), organisation);
  };
  EXPECT_TRUE(ours(commune_entry(), "H41"));
  EXPECT_TRUE(ours(commune_entry(), "H41.101"));
  EXPECT_FALSE(ours(commune_entry(), "H41.005"));
  EXPECT_TRUE(ours(province_entry(), "H41.005"));
  EXPECT_FALSE(ours(province_entry(), "H41.004"));
  EXPECT_FALSE(ours(province_entry(), "H41.101"));
  const procedure::Procedure here = in_force(province_entry(), procedure::Level::province);
  EXPECT_TRUE(concerns(here, *organisation.find("H41.005")));
  EXPECT_FALSE(concerns(here, *organisation.find("H41.004")));
}

}  // namespace
}  // namespace catalogue
