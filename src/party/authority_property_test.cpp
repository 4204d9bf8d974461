// Random offices: whatever is recorded and revoked, the register says what a slow reading of the
// records says, and nothing stands that the law forbids.
#include <cstdlib>

#include "base/random.h"
#include "party/test_authority.h"

namespace party {
namespace {

using calendar::Instant;
using test::at;
using test::People;

constexpr std::array kIds{"chairman", "vice", "specialist", "clerk", "director", "expert"};
constexpr std::array kCodes{"1.001193", "1.000894", "2.000815", "2.000884"};
constexpr std::array kRoles{Role::leader, Role::head, Role::specialist, Role::clerk};

std::string field_of(const std::string& code) {
  return code.starts_with("1.") ? "Hộ tịch" : "Chứng thực";
}

// The records as a clerk would read them, one after the other, at one moment.
class SlowOffice {
 public:
  SlowOffice(const std::vector<AuthorityEntry>& entries, const People& people)
      : entries_(entries), people_(people) {}

  [[nodiscard]] bool stands(const AuthorityEntry& entry, Instant when) const {
    if (when < entry.period.from || when >= entry.period.until) return false;
    if (when < entry.recorded_at) return false;
    if (entry.revocation.has_value() && when >= entry.revocation->at &&
        when >= entry.revocation->recorded_at) {
      return false;
    }
    if (entry.rests_on.empty()) return true;
    for (const AuthorityEntry& below : entries_) {
      if (below.id == entry.rests_on) return stands(below, when);
    }
    return false;
  }
  [[nodiscard]] bool gives(const AuthorityEntry& entry, Role role, const std::string& code) const {
    const std::vector<Role> roles = entry.all_roles();
    return std::ranges::find(roles, role) != roles.end() &&
           entry.procedures.covers(code, field_of(code));
  }
  // By a record, not by his post.
  [[nodiscard]] bool holds(const std::string& who, Role role, const std::string& where,
                           const std::string& code, Instant when) const {
    const Officer& officer = people_.officers().at(who);
    for (const AuthorityEntry& entry : entries_) {
      if (!entry.agency.has_value() || !stands(entry, when)) continue;
      const bool his = entry.to_officer.text == who ||
                       (entry.to_agency == officer.agency && officer.has_role(role) &&
                        entry.from_officer.text != who);
      if (!his) continue;
      if (entry.agency->text() == where && gives(entry, role, code)) return true;
      if (entry.kind != AuthorityKind::absence) continue;
      for (const AuthorityEntry& passed : entries_) {
        const bool passes =
            passed.to_officer == entry.from_officer &&
            (passed.kind == AuthorityKind::grant ||
             (passed.kind == AuthorityKind::delegation && passed.may_delegate_further));
        if (passes && passed.agency->text() == where && stands(passed, when) &&
            gives(passed, role, code)) {
          return true;
        }
      }
    }
    return false;
  }

 private:
  const std::vector<AuthorityEntry>& entries_;
  const People& people_;
};

class RandomOffice {
 public:
  explicit RandomOffice(std::uint64_t seed) : random_(seed), records_(people_) {}

  void live(int steps) {
    for (int i = 0; i < steps; ++i) {
      now_ += std::chrono::minutes{chance(600)};
      if (!ids_.empty() && chance(6) == 0) {
        revoke();
      } else {
        record();
      }
    }
  }
  void compare_with_the_slow_reading() {
    const SlowOffice slow(records_->entries(), people_);
    for (int i = 0; i < 300; ++i) {
      const std::string who = kIds.at(chance(kIds.size()));
      const Role role = kRoles.at(chance(kRoles.size()));
      const std::string where = chance(3) == 0 ? "H41.002" : "H41.101";
      const std::string code = kCodes.at(chance(kCodes.size()));
      const Instant when = moment(chance(4) == 0);
      const Officer officer = people_.entrusted(who, *records_);
      const bool held = std::ranges::any_of(officer.mandates, [&](const Mandate& one) {
        return one.role == role && one.agency.text() == where && one.counts_at(when) &&
               one.procedures.covers(code, field_of(code));
      });
      ASSERT_EQ(held, slow.holds(who, role, where, code, when))
          << who << " " << name(role) << "@" << where << " " << code << " "
          << calendar::to_iso(when);
    }
  }
  // At every beginning and end there is.
  void check_what_must_hold() {
    const SlowOffice slow(records_->entries(), people_);
    for (const AuthorityEntry& moment_of : records_->entries()) {
      const Instant when = records_->effective(moment_of).from;
      std::map<std::string, std::string> given;
      for (const AuthorityEntry& entry : records_->entries()) {
        if (!slow.stands(entry, when)) continue;
        if (entry.kind == AuthorityKind::delegation) within_what_it_rests_on(entry, slow, when);
        if (entry.kind == AuthorityKind::grant) continue;
        for (const char* code : kCodes) {
          if (!entry.procedures.covers(code, field_of(code))) continue;
          const std::string what =
              std::string{name(entry.kind)} + " of " + entry.from_officer.text +
              (entry.from_agency ? entry.from_agency->text() : "") + " as " +
              (entry.kind == AuthorityKind::delegation ? std::string{name(entry.role)} : "") + "@" +
              (entry.agency ? entry.agency->text() : "") + " " + code;
          ASSERT_TRUE(given.emplace(what, entry.id).second)
              << what << " is given twice: " << entry.id << " and " << given[what];
        }
        no_way_back(entry, slow, when);
      }
    }
  }
  [[nodiscard]] std::size_t kept() const { return ids_.size(); }

 private:
  std::uint64_t chance(std::uint64_t in) { return random_.below(in); }
  // Near the edges, where it matters.
  Instant moment(bool edge) {
    if (edge && !records_->entries().empty()) {
      const AuthorityEntry& one = records_->entries().at(chance(records_->entries().size()));
      const Period period = records_->effective(one);
      const Instant corner = chance(2) == 0 ? period.from : period.until;
      if (corner < Instant::max() - std::chrono::hours{1}) {
        return corner + std::chrono::milliseconds{static_cast<int>(chance(3)) - 1};
      }
    }
    return test::kNow + std::chrono::minutes{chance(60 * 24 * 60)};
  }
  ProcedureScope scope() {
    switch (chance(4)) {
      case 0:
        return {};
      case 1:
        return {.all = false, .fields = {chance(2) == 0 ? "Hộ tịch" : "Chứng thực"}, .codes = {}};
      default:
        return {.all = false, .fields = {}, .codes = {kCodes.at(chance(kCodes.size()))}};
    }
  }
  void record() {
    AuthorityEntry entry;
    entry.kind = static_cast<AuthorityKind>(chance(kAuthorityKindCount));
    entry.from_officer = {kIds.at(chance(kIds.size()))};
    entry.to_officer = {kIds.at(chance(kIds.size()))};
    entry.role = kRoles.at(chance(kRoles.size()));
    entry.agency = test::agency(chance(3) == 0 ? "H41.002" : "H41.101");
    entry.procedures = scope();
    const Instant from = std::chrono::floor<std::chrono::minutes>(now_) - std::chrono::hours{24} +
                         std::chrono::minutes{chance(60 * 24 * 20)};
    entry.period = {from, from + std::chrono::minutes{1 + chance(60 * 24 * 20)}};
    entry.may_delegate_further = chance(2) == 0;
    entry.act = test::act();
    entry.act.issued_on = calendar::parse_date("2026-07-01");
    if (entry.kind == AuthorityKind::decentralisation ||
        (entry.kind == AuthorityKind::delegation && chance(4) == 0)) {
      entry.from_officer = {};
      entry.from_agency = test::agency(chance(2) == 0 ? "H41.002" : "H41.101");
      entry.agency = entry.from_agency;
      if (entry.kind == AuthorityKind::decentralisation || chance(2) == 0) {
        entry.to_officer = {};
        entry.to_agency = test::agency(chance(2) == 0 ? "H41.002" : "H41.101");
      }
    }
    const std::string id = "r" + std::to_string(++numbered_);
    const std::size_t before = records_->entries().size();
    records_.keep(id.c_str(), entry, now_);
    if (records_->entries().size() > before) ids_.push_back(id);
  }
  void revoke() {
    const std::string& id = ids_.at(chance(ids_.size()));
    records_.revoke(id.c_str(),
                    {.at = now_ + std::chrono::minutes{chance(3000)} - std::chrono::minutes{600},
                     .act = test::act()},
                    now_);
  }
  // Whoever gives has it, by his post or by what it rests on.
  void within_what_it_rests_on(const AuthorityEntry& entry, const SlowOffice& slow, Instant when) {
    if (entry.rests_on.empty()) {
      if (entry.from_officer.text.empty()) {
        ASSERT_EQ(entry.from_agency, entry.agency) << entry.id;
        return;
      }
      const Officer& giver = people_.officers().at(entry.from_officer.text);
      ASSERT_TRUE(giver.has_role(entry.role) && giver.agency == *entry.agency) << entry.id;
      return;
    }
    const AuthorityEntry* below = records_->find(entry.rests_on);
    ASSERT_NE(below, nullptr);
    ASSERT_TRUE(below->kind == AuthorityKind::grant || below->may_delegate_further) << entry.id;
    ASSERT_TRUE(slow.stands(*below, when));
    ASSERT_EQ(below->agency, entry.agency);
    for (const char* code : kCodes) {
      if (slow.gives(entry, entry.role, code)) {
        ASSERT_TRUE(slow.gives(*below, entry.role, code)) << entry.id << " is wider: " << code;
      }
    }
  }
  // Following who gives what to whom at that moment never comes back to this giver.
  void no_way_back(const AuthorityEntry& entry, const SlowOffice& slow, Instant when) {
    if (entry.from_officer.text.empty() || entry.to_officer.text.empty()) return;
    for (const Role role : entry.all_roles()) {
      for (const char* code : kCodes) {
        if (!slow.gives(entry, role, code)) continue;
        std::vector<std::string> reached{entry.to_officer.text};
        for (std::size_t i = 0; i < reached.size() && i < 20; ++i) {
          ASSERT_NE(reached[i], entry.from_officer.text) << entry.id << " is part of a circle";
          for (const AuthorityEntry& next : records_->entries()) {
            if (next.kind == AuthorityKind::grant || next.from_officer.text != reached[i] ||
                next.to_officer.text.empty() || next.agency != entry.agency ||
                !slow.stands(next, when) || !slow.gives(next, role, code)) {
              continue;
            }
            reached.push_back(next.to_officer.text);
          }
        }
      }
    }
  }

  People people_;
  base::SeededRandom random_;
  test::Records records_;
  Instant now_ = test::kNow;
  std::vector<std::string> ids_;
  int numbered_ = 0;
};

TEST(AuthorityRegister, SaysWhatASlowReadingOfTheRecordsSays) {
  const char* given = std::getenv("MOTCUA_TEST_SEED");
  const std::uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  const int offices = given == nullptr ? 60 : 1;
  std::size_t kept = 0;
  for (int i = 0; i < offices; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("MOTCUA_TEST_SEED=" + std::to_string(seed));
    RandomOffice office(seed);
    office.live(120);
    office.compare_with_the_slow_reading();
    office.check_what_must_hold();
    kept += office.kept();
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(kept, given == nullptr ? 500U : 0U) << "too little was accepted to mean anything";
}

}  // namespace
}  // namespace party
