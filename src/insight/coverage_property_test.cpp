// Coverage against the obvious: ask the gate about every officer, for every cell, at every moment
// that matters.  Random organisations; the seed is told with a failure.
#include <gtest/gtest.h>

#include "casework/entitlement.h"
#include "insight/foresight.h"
#include "insight/test_offices.h"

namespace insight {
namespace {

using namespace testing;

class RandomOffice {
 public:
  explicit RandomOffice(unsigned seed) : random_(seed) {
    std::vector<AgencyId> ids{agency("H41")};
    for (int i = 1; i <= 3; ++i) {
      const std::string commune = "H41." + std::to_string(i);
      ids.push_back(agency(commune));
      ids.push_back(agency(commune + ".1"));
      communes_.emplace_back(commune, commune + ".1");
    }
    table_ = std::make_shared<const AgencyTable>(ids);
    for (int i = 0; i < 12; ++i) procedures_.push_back(procedure("1.00" + std::to_string(i % 9)));
    for (int i = 0; i < 14; ++i) {
      const std::string id = "o" + std::to_string(i);
      if (pick(3) == 0) {
        for (const StaffMemberPtr& one : moved(id)) staff_.push_back(one);
      } else {
        staff_.push_back(officer(id));
      }
    }
  }

  [[nodiscard]] Coverage coverage() const { return {table_, procedures_, staff_, period_}; }

  StaffMemberPtr officer(const std::string& id) {
    StaffMember one{.officer = {.id = party::OfficerId{id}, .agency = any_agency()}};
    for (int i = pick(3); i > 0; --i) one.officer.roles.push_back(any_role());
    one.account_active = pick(8) != 0;
    if (pick(4) == 0) one.officer.active_from = any_day();
    if (pick(4) == 0) one.officer.active_to = any_day();
    for (int i = pick(3); i > 0; --i) {
      party::ProcedureScope scope;
      scope.all = pick(3) == 0;
      if (!scope.all) {
        for (int c = pick(3); c > 0; --c) scope.codes.push_back("1.00" + std::to_string(pick(9)));
        for (int f = pick(2); f > 0; --f) scope.fields.push_back(any_field());
      }
      auto given = mandate(any_role(), any_agency().text(), any_moment(), any_moment(), scope);
      given.kind = static_cast<party::MandateKind>(pick(4));
      if (pick(4) == 0) given.until = Instant::max();
      one.officer.mandates.push_back(std::move(given));
    }
    if (pick(5) == 0) one.officer.takes_over.push_back(any_agency());
    for (int i = pick(3); i > 1; --i) {
      one.officer.absences.push_back({any_moment(), any_moment()});
    }
    return std::make_shared<const StaffMember>(std::move(one));
  }

  // Whose main post becomes another one, once or twice.
  std::vector<StaffMemberPtr> moved(const std::string& id) {
    std::vector<StaffMemberPtr> all;
    Instant from = Instant::min();
    for (int i = 1 + pick(2); i >= 0; --i) {
      StaffMember one = *officer(id);
      one.holds.from = from;
      if (i > 0) {
        const Instant turn = std::max(any_moment(), from) + std::chrono::hours{1};
        one.holds.until = from = turn;
      }
      all.push_back(std::make_shared<const StaffMember>(std::move(one)));
    }
    return all;
  }

  ProcedureDemandPtr procedure(const std::string& code) {
    ProcedureDemand one{.code = code, .field = any_field()};
    if (pick(3) == 0) one.in_force.from = any_moment();
    if (pick(3) == 0) one.in_force.until = any_moment();
    for (int i = 0; i <= pick(4); ++i) {
      one.steps.push_back(step("s" + std::to_string(i), static_cast<StepAction>(pick(7)),
                               any_role(), static_cast<AgencyPart>(pick(2))));
    }
    auto some = communes_;
    some.resize(static_cast<std::size_t>(1 + pick(3)));
    one.places = places(*table_, some);
    return std::make_shared<const ProcedureDemand>(std::move(one));
  }

  int pick(int below) { return std::uniform_int_distribution<int>{0, below - 1}(random_); }
  Role any_role() { return static_cast<Role>(pick(pick(2) == 0 ? 5 : party::kRoleCount)); }
  AgencyId any_agency() { return (*table_)[static_cast<AgencyIndex>(pick(7))]; }
  std::string any_field() { return pick(2) == 0 ? "Hộ tịch" : "Đất đai"; }
  calendar::Date any_day() { return calendar::local_date(any_moment()); }
  Instant any_moment() { return period_.from + std::chrono::hours{pick(24 * 40) - 120}; }

  [[nodiscard]] const std::vector<StaffMemberPtr>& staff() const { return staff_; }
  [[nodiscard]] const std::vector<ProcedureDemandPtr>& procedures() const { return procedures_; }
  [[nodiscard]] const Period& period() const { return period_; }

 private:
  std::mt19937 random_;
  Period period_{at(2026, 11, 1, 0), at(2026, 12, 1, 0)};
  AgencyTablePtr table_;
  std::vector<std::pair<std::string, std::string>> communes_;
  std::vector<ProcedureDemandPtr> procedures_;
  std::vector<StaffMemberPtr> staff_;
};

// The slow answer: everybody is asked.
std::uint32_t asked(const Coverage& coverage, const Cell& cell, Instant at) {
  const ProcedureDemand& procedure = *coverage.procedures()[cell.procedure];
  const StepDemand& step = coverage.step(cell);
  const party::Subject subject{.agency = coverage.agencies()[agency_of(coverage.place(cell), step)],
                               .role = step.ask.role,
                               .assignee = std::nullopt,
                               .procedure = procedure.code,
                               .field = procedure.field};
  std::uint32_t count = 0;
  for (const auto& [id, member] : coverage.staff()) {
    const party::Officer& one = member->officer;
    if (!member->account_active || one.is_absent_at(at)) continue;
    if (at < member->holds.from || member->holds.until <= at) continue;
    if (!party::may(one, party::Action::claim_task, subject, at).allowed) continue;
    if (party::may(one, casework::action_of(step.ask.action), subject, at).allowed) ++count;
  }
  return count;
}

void expect_agreement(const Coverage& coverage, RandomOffice& random) {
  coverage.each_cell(coverage.period(), [&](const Cell& cell) {
    const Timeline timeline = coverage.timeline(coverage.seat(cell));
    for (std::size_t i = 0; i < timeline.size(); ++i) {
      ASSERT_EQ(timeline[i].count, asked(coverage, cell, timeline[i].from));
      const Instant end = i + 1 < timeline.size() ? timeline[i + 1].from : coverage.period().until;
      ASSERT_EQ(timeline[i].count, asked(coverage, cell, end - std::chrono::milliseconds{1}));
      if (timeline[i].count == 1) {
        const auto there = people(coverage, cell, timeline[i].from);
        ASSERT_EQ(there.size(), 1U);
        ASSERT_EQ(there[0], coverage.seats(coverage.seat(cell).agency).members()[timeline[i].only]);
      }
    }
    const Instant any = std::clamp(random.any_moment(), coverage.period().from,
                                   coverage.period().until - std::chrono::milliseconds{1});
    ASSERT_EQ(stretch_at(timeline, any).count, asked(coverage, cell, any));
  });
}

TEST(CoverageProperty, AgreesWithTheGateAskedAboutEverybody) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  for (unsigned round = 0; round < 60; ++round) {
    RandomOffice random(seed + round);
    expect_agreement(random.coverage(), random);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(CoverageProperty, AfterChangesIsWhatItWouldBeMadeAnew) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  for (unsigned round = 0; round < 40; ++round) {
    RandomOffice random(seed + round);
    Coverage coverage = random.coverage();
    for (int change = 0; change < 6; ++change) {
      Changes changes;
      if (random.pick(2) == 0) {
        const std::string id = "o" + std::to_string(random.pick(16));
        changes.staff.push_back({id, random.pick(4) == 0 ? nullptr : random.officer(id)});
      } else {
        const std::string code = "1.00" + std::to_string(random.pick(11));
        changes.codes.push_back(code);
        if (random.pick(4) != 0) changes.procedures.push_back(random.procedure(code));
      }
      coverage = coverage.with(changes);
      expect_agreement(coverage, random);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(CoverageProperty, GapsAreTheMomentsWithNobodyAndNoOthers) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  for (unsigned round = 0; round < 40; ++round) {
    RandomOffice random(seed + round);
    const Coverage coverage = random.coverage();
    const auto found = gaps(coverage, {.within = coverage.period(), .cells_max = 100'000});
    const Instant at = std::clamp(random.any_moment(), coverage.period().from,
                                  coverage.period().until - std::chrono::milliseconds{1});
    std::int64_t told = 0;
    for (const Gap& gap : found) {
      EXPECT_EQ(gap.steps, static_cast<std::int64_t>(gap.cells.size()));
      told += gap.when.holds(at) ? gap.steps : 0;
      for (const Cell& cell : gap.cells) {
        ASSERT_EQ(asked(coverage, cell, gap.when.from), 0U);
        ASSERT_TRUE(coverage.procedures()[cell.procedure]->in_force.holds(gap.when.from));
      }
    }
    EXPECT_EQ(told, coverage.count(at).gaps);
  }
}

TEST(CoverageProperty, WhatIsForeseenIsWhatGetsWorse) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  for (unsigned round = 0; round < 60; ++round) {
    RandomOffice random(seed + round);
    const Coverage before = random.coverage();
    const std::string id = "o" + std::to_string(random.pick(14));
    const Coverage after =
        before.with({.staff = {{id, random.pick(3) == 0 ? nullptr : random.officer(id)}}});
    const Foresight seen = foresee(before, after, before.period(), 100'000);
    const Instant at = std::clamp(random.any_moment(), before.period().from,
                                  before.period().until - std::chrono::milliseconds{1});
    std::int64_t told = 0;
    for (const Gap& gap : seen.gaps) told += gap.when.holds(at) ? gap.steps : 0;
    std::int64_t worse = 0;
    after.each_cell(after.period(), [&](const Cell& cell) {
      if (!after.procedures()[cell.procedure]->in_force.holds(at)) return;
      worse += asked(before, cell, at) > 0 && asked(after, cell, at) == 0 ? 1 : 0;
    });
    EXPECT_EQ(told, worse);
  }
}

}  // namespace
}  // namespace insight
