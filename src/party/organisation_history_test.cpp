#include "party/organisation_history.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "party/test_organisation.h"

namespace party {
namespace {

using test::agency;
using test::an_act;
using test::day;
using test::history_with;
using test::id;
using enum OrganisationTrouble;

OrganisationProblems refused(std::vector<OrganisationChange> changes) {
  const auto founding = Organisation::build(test::small_province());
  auto built = OrganisationHistory::build(*founding, std::move(changes));
  return built ? OrganisationProblems{} : std::move(built).error();
}

std::vector<OrganisationTrouble> troubles(std::vector<OrganisationChange> changes) {
  std::vector<OrganisationTrouble> found;
  for (const auto& problem : refused(std::move(changes))) found.push_back(problem.trouble);
  return found;
}

OrganisationChange change(const std::string& called, ChangeKind kind, const char* on) {
  return {.id = called, .kind = kind, .on = day(on), .act = an_act()};
}

TEST(OrganisationHistory, HasTheOldAgenciesTheDayBeforeAMergerAndTheNewOnesOnTheDay) {
  const auto history = history_with({test::three_communes_merge(day("2027-01-01"))});
  const Organisation before = history.at(day("2026-12-31"));
  EXPECT_EQ(before.communes().size(), 3U);
  EXPECT_EQ(before.find("H41.231"), nullptr);
  EXPECT_TRUE(before.takes_over(id("H41.231")).empty());

  const Organisation after = history.at(day("2027-01-01"));
  ASSERT_EQ(after.communes().size(), 1U);
  EXPECT_EQ(after.communes().front()->id.text(), "H41.231");
  EXPECT_EQ(after.agencies().size(), 5U);
  EXPECT_TRUE(after.is_former("H41.102"));
  EXPECT_EQ(after.find("H41.102")->name.vi, "Ủy ban nhân dân phường Vinh Hưng") << "keeps its name";
  EXPECT_EQ(after.find("H41.102")->valid_to, day("2026-12-31"));
  EXPECT_EQ(after.heir("H41.102")->id.text(), "H41.231");
  EXPECT_EQ(after.heir("H41.231")->id.text(), "H41.231");
  EXPECT_EQ(after.heir("H99"), nullptr);
  EXPECT_EQ(after.takes_over(id("H41.231.01")),
            (std::vector{id("H41.101.01"), id("H41.102.01"), id("H41.103.01")}));
}

TEST(OrganisationHistory, LeadsFromAnOldCommunesCodeToTheSuccessor) {
  const auto history = history_with({test::three_communes_merge(day("2027-01-01"))});
  const Organisation after = history.at(day("2027-03-01"));
  EXPECT_EQ(after.commune("16682")->id.text(), "H41.231");
  EXPECT_EQ(after.commune_of_name("16682")->name.vi, "Ủy ban nhân dân phường Vinh Hưng");
  EXPECT_EQ(after.commune("16999")->id.text(), "H41.231");
  EXPECT_EQ(after.commune("00000"), nullptr);
  for (const char* old : {"H41.101", "H41.102.01", "H41.016.103"}) {
    ASSERT_NE(after.one_stop_centre(id(old)), nullptr) << old;
    EXPECT_EQ(after.one_stop_centre(id(old))->id.text(), "H41.231.01") << old;
  }
}

TEST(OrganisationHistory, TakesTheUnitCodeOfAPredecessorOver) {
  OrganisationChange merge = test::three_communes_merge(day("2027-01-01"));
  merge.founds[0].unit_code = "16681";
  merge.founds[2].unit_code = "16681";
  const auto history = history_with({merge});
  EXPECT_EQ(history.at(day("2026-12-31")).commune("16681")->id.text(), "H41.101");
  EXPECT_EQ(history.at(day("2027-01-01")).commune("16681")->id.text(), "H41.231");
}

TEST(OrganisationHistory, MergesIntoACommuneThatGoesOn) {
  OrganisationChange merge = change("nhap", ChangeKind::merge, "2027-01-01");
  for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
           {"H41.102", "H41.101"}, {"H41.102.01", "H41.101.01"}, {"H41.016.102", "H41.016.101"}}) {
    merge.ends.push_back(id(from));
    merge.passes.push_back({.from = id(from), .to = id(to)});
  }
  const auto history = history_with({merge});
  const Organisation after = history.at(day("2027-01-01"));
  EXPECT_EQ(after.communes().size(), 2U);
  EXPECT_EQ(after.takes_over(id("H41.101")), std::vector{id("H41.102")});
  EXPECT_EQ(history.successors(id("H41.102"), day("2027-01-01")), std::vector{id("H41.101")});
  EXPECT_EQ(history.predecessors(id("H41.101"), day("2027-01-01")), std::vector{id("H41.102")});
  EXPECT_TRUE(history.predecessors(id("H41.101"), day("2026-12-31")).empty());
}

TEST(OrganisationHistory, FollowsThroughWhatHappensToASuccessor) {
  OrganisationChange renamed = change("doi-ten", ChangeKind::rename, "2027-05-01");
  renamed.states = {
      agency("H41.231", AgencyKind::commune_committee, "", "Ủy ban nhân dân phường Vinh")};
  OrganisationChange split = change("chia", ChangeKind::split, "2028-01-01");
  split.founds = {
      agency("H41.232", AgencyKind::commune_committee, "H41", "UBND phường Bắc Vinh", "17001"),
      agency("H41.233", AgencyKind::commune_committee, "H41", "UBND phường Nam Vinh", "17002"),
      agency("H41.232.01", AgencyKind::commune_centre, "H41.232", "TTPVHCC Bắc Vinh")};
  split.ends = {id("H41.231"), id("H41.231.01")};
  split.passes = {{.from = id("H41.231"), .to = id("H41.232")},
                  {.from = id("H41.231"),
                   .to = id("H41.233"),
                   .procedures = {.all = false, .fields = {"Hộ tịch"}, .codes = {}}},
                  {.from = id("H41.231.01"), .to = id("H41.232.01")}};
  const auto history =
      history_with({split, renamed, test::three_communes_merge(day("2027-01-01"))});
  EXPECT_EQ(history.find("H41.231", day("2027-04-30"))->name.vi, "Ủy ban nhân dân phường Vinh Lộc");
  EXPECT_EQ(history.find("H41.231", day("2027-05-01"))->name.vi, "Ủy ban nhân dân phường Vinh");
  EXPECT_EQ(history.find("H41.231", day("2027-05-01"))->parent, id("H41")) << "only the name";
  EXPECT_EQ(history.find("H41.231", day("2028-01-01")), nullptr);
  const Organisation after = history.at(day("2028-06-01"));
  EXPECT_EQ(after.heir("H41.101")->id.text(), "H41.232") << "the default heir";
  EXPECT_EQ(after.heir("H41.101", "1.001193", "Hộ tịch")->id.text(), "H41.233");
  EXPECT_EQ(after.heir("H41.101", "1.001193", "Đất đai")->id.text(), "H41.232");
  EXPECT_EQ(history.successors(id("H41.101"), day("2028-06-01")),
            (std::vector{id("H41.232"), id("H41.233")}));
  EXPECT_EQ(history.predecessors(id("H41.233"), day("2028-06-01")),
            (std::vector{id("H41.101"), id("H41.102"), id("H41.103"), id("H41.231")}));
  EXPECT_EQ(history.states("H41.231").size(), 2U);
  EXPECT_EQ(history.changes_of("H41.231").size(), 3U);
  EXPECT_EQ(history.days(), (std::vector{day("2027-01-01"), day("2027-05-01"), day("2028-01-01")}));
  EXPECT_EQ(history.span_of(day("2027-02-02")).from, day("2027-01-01"));
  EXPECT_EQ(history.span_of(day("2027-02-02")).to, day("2027-04-30"));
  EXPECT_EQ(history.span_of(day("2028-01-01")).to, std::nullopt);
}

TEST(OrganisationHistory, LetsWorkComeBackToWhereItWas) {
  OrganisationChange out = change("tach", ChangeKind::split, "2027-01-01");
  out.founds = {agency("H41.050", AgencyKind::department, "H41", "Sở Mới")};
  out.passes = {{.from = id("H41.016"),
                 .to = id("H41.050"),
                 .procedures = {.all = false, .fields = {}, .codes = {"1.000001"}}}};
  OrganisationChange back = change("nhap-lai", ChangeKind::dissolve, "2028-01-01");
  back.ends = {id("H41.050")};
  back.passes = {{.from = id("H41.050"), .to = id("H41.016")}};
  const auto history = history_with({out, back});
  EXPECT_EQ(history.at(day("2027-06-01")).heir("H41.016", "1.000001", "")->id.text(), "H41.050");
  EXPECT_EQ(history.at(day("2027-06-01")).heir("H41.016", "1.000002", "")->id.text(), "H41.016");
  EXPECT_EQ(history.at(day("2028-06-01")).heir("H41.016", "1.000001", "")->id.text(), "H41.016");
  EXPECT_EQ(history.successors(id("H41.016"), day("2027-06-01")),
            (std::vector{id("H41.016"), id("H41.050")}));
}

TEST(OrganisationHistory, TellsAllProblemsAtOnce) {
  OrganisationChange again = change("a", ChangeKind::establish, "2027-01-01");
  again.founds = {agency("H41.101", AgencyKind::department, "H41", "Sở"),
                  agency("H41.060", AgencyKind::department, "H41.999", "")};
  OrganisationChange ring = change("b", ChangeKind::move, "2027-01-02");
  ring.states = {agency("H41", AgencyKind::province_committee, "H41.101", "x")};
  OrganisationChange gone = change("c", ChangeKind::dissolve, "2027-01-03");
  gone.act = {};
  gone.ends = {id("H41.102"), id("H41.777")};
  gone.passes = {{.from = id("H41.102"), .to = id("H41.102")}};
  const auto found = troubles({again, ring, gone});
  for (const auto expected :
       {code_used_again, parent_not_there, name_missing, below_itself, act_missing, agency_unknown,
        heir_missing, heir_is_itself, heir_not_there, left_behind}) {
    EXPECT_NE(std::ranges::find(found, expected), found.end()) << name(expected);
  }
}

TEST(OrganisationHistory, NamesTheItemAndTheAgencyOfAProblemInBothLanguages) {
  OrganisationChange gone = change("giai-the", ChangeKind::dissolve, "2027-01-01");
  gone.ends = {id("H41.102.01")};
  gone.passes = {{.from = id("H41.102.01"), .to = id("H41.404")}};
  const auto problems = refused({gone});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].trouble, heir_not_there);
  EXPECT_EQ(problems[0].item, "giai-the");
  EXPECT_EQ(problems[0].subject, "H41.404");
  EXPECT_NE(problems[0].message.vi.find("H41.404"), std::string::npos);
  EXPECT_NE(problems[0].message.en.find("H41.404"), std::string::npos);
}

TEST(OrganisationHistory, RefusesTwoCommitteesOfOneCommuneAndTwoHeirsOfOneWork) {
  OrganisationChange twin = change("a", ChangeKind::establish, "2027-01-01");
  twin.founds = {agency("H41.240", AgencyKind::commune_committee, "H41", "UBND", "16681")};
  EXPECT_EQ(troubles({twin}), std::vector{unit_code_taken});
  OrganisationChange split = change("b", ChangeKind::split, "2027-01-01");
  const ProcedureScope civil{.all = false, .fields = {"Hộ tịch"}, .codes = {}};
  split.passes = {{.from = id("H41.101"), .to = id("H41.102"), .procedures = civil},
                  {.from = id("H41.101"), .to = id("H41.103"), .procedures = civil}};
  EXPECT_EQ(troubles({split}), std::vector{heirs_overlap});
  split.passes.pop_back();
  EXPECT_TRUE(troubles({split}).empty()) << "it goes on, without the registers";
}

TEST(OrganisationHistory, RefusesWhatIsSaidTwiceOrChangesNothing) {
  OrganisationChange same = change("a", ChangeKind::rename, "2027-01-01");
  same.states = {
      agency("H41.101", AgencyKind::commune_committee, "", "Ủy ban nhân dân phường Thành Vinh")};
  EXPECT_EQ(troubles({same}), std::vector{nothing_changes});
  same.states[0].name.vi = "Ủy ban nhân dân phường Vinh";
  OrganisationChange later = same;
  later.states[0].name.vi = "Ủy ban nhân dân phường Đội Cung";
  later.on = day("2027-02-01");
  EXPECT_EQ(troubles({same, later}), std::vector{id_used_again});
}

// ---------------------------------------------------------------- against a slow, obvious one

// The state of one day, made by doing every change up to it, one after the other.
struct Replayed {
  std::map<std::string, Agency> there;
  std::set<std::string> former;
  std::map<std::string, std::string> owner;  // of the work of every agency there ever was

  void make(const OrganisationChange& change) {
    for (const AgencyId& one : change.ends) {
      there.erase(one.text());
      former.insert(one.text());
    }
    for (const Agency& one : change.founds) {
      there.emplace(one.id.text(), one);
      owner[one.id.text()] = one.id.text();
    }
    for (const Agency& one : change.states) {
      Agency& now = there.at(one.id.text());
      if (change.kind == ChangeKind::rename) now.name = one.name;
      if (change.kind == ChangeKind::move) now.parent = one.parent;
    }
    for (const Passing& one : change.passes) {
      for (auto& [code, has] : owner) {
        if (has == one.from.text()) has = one.to.text();
      }
    }
  }
};

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_);
  }

 private:
  std::mt19937 engine_;
};

OrganisationChange random_change(Dice& dice, int number, const std::vector<std::string>& codes) {
  const auto any = [&] { return id(codes[dice.below(codes.size())]); };
  OrganisationChange made{.id = "t" + std::to_string(number),
                          .kind = static_cast<ChangeKind>(dice.below(7)),
                          .on = day("2027-01-01") + std::chrono::days{dice.below(60)},
                          .act = an_act()};
  const std::string fresh = "H41.9" + std::to_string(number);
  switch (made.kind) {
    case ChangeKind::establish:
      made.founds = {agency(fresh, AgencyKind::department, any().text(), "Sở " + fresh)};
      break;
    case ChangeKind::rename:
    case ChangeKind::amend:
      made.kind = ChangeKind::rename;
      made.states = {agency(any().text(), AgencyKind::department, "", "Tên " + fresh)};
      break;
    case ChangeKind::move:
      made.states = {agency(any().text(), AgencyKind::department, any().text(), "x")};
      break;
    case ChangeKind::merge:
    case ChangeKind::split:
      made.kind = ChangeKind::merge;
      made.founds = {agency(fresh, AgencyKind::department, "H41", "Sở " + fresh)};
      for (std::size_t i = 0; i <= dice.below(3); ++i) {
        const AgencyId from = any();
        made.ends.push_back(from);
        made.passes.push_back({.from = from, .to = id(fresh)});
      }
      break;
    case ChangeKind::dissolve: {
      const AgencyId from = any();
      made.ends = {from};
      made.passes = {{.from = from, .to = any()}};
      break;
    }
  }
  return made;
}

TEST(OrganisationHistory, IsOnEveryDayWhatDoingOneChangeAfterTheOtherMakes) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    const auto founding = Organisation::build(test::small_province());
    std::vector<std::string> codes;
    for (const Agency& one : founding->agencies()) codes.push_back(one.id.text());
    std::vector<OrganisationChange> accepted;
    OrganisationHistory history;
    for (int number = 10; number < 60; ++number) {
      std::vector<OrganisationChange> tried = accepted;
      tried.push_back(random_change(dice, number, codes));
      auto built = OrganisationHistory::build(*founding, tried);
      if (!built) {
        EXPECT_FALSE(built.error().empty());
        continue;
      }
      for (const Agency& one : tried.back().founds) codes.push_back(one.id.text());
      accepted = std::move(tried);
      history = std::move(built).value();
    }
    ASSERT_GT(accepted.size(), 5U);
    for (int days = -1; days <= 61; days += 2) {
      const calendar::Date on = day("2027-01-01") + std::chrono::days{days};
      Replayed replayed;
      for (const Agency& one : founding->agencies()) {
        replayed.there.emplace(one.id.text(), one);
        replayed.owner[one.id.text()] = one.id.text();
      }
      for (const OrganisationChange& one : history.changes()) {
        if (one.on <= on) replayed.make(one);
      }
      const Organisation made = history.at(on);
      ASSERT_EQ(made.agencies().size(), replayed.there.size());
      ASSERT_EQ(made.former().size(), replayed.former.size());
      for (const Agency& one : made.agencies()) {
        const Agency& expected = replayed.there.at(one.id.text());
        EXPECT_EQ(one.name, expected.name);
        EXPECT_EQ(one.parent, expected.parent);
        if (one.parent) {
          EXPECT_FALSE(made.is_former(one.parent->text())) << one.id.text();
        }
      }
      for (const auto& [code, owner] : replayed.owner) {
        const bool known = made.find(code) != nullptr;
        ASSERT_TRUE(known) << code;
        ASSERT_NE(made.heir(code), nullptr) << code;
        EXPECT_EQ(made.heir(code)->id.text(), owner);
        EXPECT_EQ(history.successors(id(code), on), std::vector{id(owner)});
        if (code != owner) {
          const auto before = history.predecessors(id(owner), on);
          EXPECT_NE(std::ranges::find(before, id(code)), before.end());
          const auto& taken = made.takes_over(id(owner));
          EXPECT_NE(std::ranges::find(taken, id(code)), taken.end());
        }
      }
    }
  }
}

}  // namespace
}  // namespace party
