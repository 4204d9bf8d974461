#pragma once
// test_authority.h - a commune with its people, and records about them, for tests.
#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>

#include "party/authority.h"
#include "party/authority_check.h"

namespace party::test {

inline calendar::Instant at(std::string_view text) {
  return *calendar::parse_instant(text);
}
inline AgencyId agency(std::string_view code) {
  return *AgencyId::parse(code);
}
inline LegalAct act(const char* number = "12/QĐ-UBND") {
  return {.number = number,
          .issuer = "Ủy ban nhân dân phường Thành Vinh",
          .issued_on = calendar::parse_date("2026-07-01"),
          .title = "Về việc giao quyền"};
}

// Ward H41.101 (chairman, vice chairman, specialist, clerk, administrator), department H41.002 with
// its director, and the province H41.
class People {
 public:
  People() {
    hire("chairman", "H41.101", {Role::leader, Role::head, Role::supervisor});
    hire("vice", "H41.101", {Role::head});
    hire("specialist", "H41.101", {Role::specialist});
    hire("clerk", "H41.101", {Role::clerk});
    hire("admin", "H41.101", {Role::administrator});
    hire("director", "H41.002", {Role::leader});
    hire("expert", "H41.002", {Role::specialist});
    hire("governor", "H41", {Role::leader});
    for (const char* code : {"H41", "H41.002", "H41.101", "H41.102"}) {
      Agency one{.id = agency(code), .kind = AgencyKind::department};
      one.name.vi = std::string{"Cơ quan "} + code;
      agencies_.emplace(code, std::move(one));
    }
  }
  Officer& hire(const char* id, const char* where, std::vector<Role> roles) {
    Officer officer{.id = {id}, .name = id, .agency = agency(where)};
    officer.roles = std::move(roles);
    return officers_.insert_or_assign(id, std::move(officer)).first->second;
  }
  [[nodiscard]] Officer& officer(const std::string& id) { return officers_.at(id); }
  [[nodiscard]] Agency& at_agency(const std::string& code) { return agencies_.at(code); }
  [[nodiscard]] const std::map<std::string, Officer>& officers() const { return officers_; }

  [[nodiscard]] AuthorityWorld world(calendar::Instant now) const {
    return {.officer =
                [this](const OfficerId& id) {
                  const auto found = officers_.find(id.text);
                  return found == officers_.end() ? nullptr : &found->second;
                },
            .agency =
                [this](const AgencyId& id) {
                  const auto found = agencies_.find(id.text());
                  return found == agencies_.end() ? nullptr : &found->second;
                },
            .field_of = [](std::string_view code) -> std::optional<std::string> {
              if (code.starts_with("1.")) return "Hộ tịch";
              if (code.starts_with("2.")) return "Chứng thực";
              return std::nullopt;
            },
            .now = now};
  }
  // As the register has it at that moment.
  [[nodiscard]] Officer entrusted(const std::string& id, const AuthorityRegister& entries) const {
    Officer officer = officers_.at(id);
    entries.entrust(officer);
    return officer;
  }

 private:
  std::map<std::string, Officer> officers_;
  std::map<std::string, Agency> agencies_;
};

inline const calendar::Instant kNow = at("2026-08-01T08:00:00+07:00");

inline AuthorityEntry delegation(const char* from, const char* to, const char* begins,
                                 const char* ends) {
  AuthorityEntry entry;
  entry.kind = AuthorityKind::delegation;
  entry.from_officer = {from};
  entry.to_officer = {to};
  entry.role = Role::leader;
  entry.agency = agency("H41.101");
  entry.period = {at(begins), at(ends)};
  entry.act = act();
  return entry;
}
inline AuthorityEntry leave(const char* who, const char* deputy, const char* begins,
                            const char* ends) {
  AuthorityEntry entry;
  entry.kind = AuthorityKind::absence;
  entry.from_officer = {who};
  entry.to_officer = {deputy};
  entry.period = {at(begins), at(ends)};
  entry.act = act("3/TB-UBND");
  return entry;
}
inline AuthorityEntry grant(const char* to, Role role, const char* where) {
  AuthorityEntry entry;
  entry.kind = AuthorityKind::grant;
  entry.to_officer = {to};
  entry.role = role;
  entry.agency = agency(where);
  entry.period.from = kNow;
  entry.act = act("7/QĐ-UBND");
  return entry;
}

inline std::multiset<std::string> faults(const AuthorityProblems& problems) {
  std::multiset<std::string> names;
  for (const AuthorityProblem& one : problems) names.insert(std::string{name(one.fault)});
  return names;
}

// Records kept as the use cases keep them: checked first.
class Records {
 public:
  explicit Records(const People& people) : people_(people) {}

  // The faults; without an error it is kept under `id`.
  std::multiset<std::string> keep(const char* id, AuthorityEntry draft,
                                  calendar::Instant now = kNow) {
    CheckedEntry checked = check(std::move(draft), entries_, people_.world(now));
    for (const AuthorityProblem& one : checked.problems) {
      EXPECT_FALSE(one.message.vi.empty());
      EXPECT_FALSE(one.message.en.empty());
    }
    if (!has_errors(checked.problems)) {
      checked.entry.id = id;
      add(checked.entry);
    }
    return faults(checked.problems);
  }
  std::multiset<std::string> revoke(const char* id, Revocation revocation,
                                    calendar::Instant now = kNow) {
    AuthorityEntry entry = *entries_.find(id);
    revocation.recorded_at = now;
    const AuthorityProblems problems = check_revocation(entry, revocation, entries_);
    if (!has_errors(problems)) {
      entry.revocation = std::move(revocation);
      add(entry);
    }
    return faults(problems);
  }
  void add(const AuthorityEntry& entry) {
    std::vector<AuthorityEntry> all = entries_.entries();
    all.push_back(entry);
    entries_ = AuthorityRegister::build(std::move(all));
  }
  [[nodiscard]] const AuthorityRegister& operator*() const { return entries_; }
  [[nodiscard]] const AuthorityRegister* operator->() const { return &entries_; }

 private:
  const People& people_;
  AuthorityRegister entries_;
};

}  // namespace party::test
