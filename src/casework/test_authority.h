#pragma once
// test_authority.h - a commune whose officers have accounts, and who records what there.
#include "casework/authority.h"
#include "casework/authority_gate.h"
#include "casework/authority_json.h"
#include "casework/authority_view.h"
#include "casework/test_workplace.h"

namespace casework::test {

using dossier::test::at;
using party::AuthorityEntry;
using party::AuthorityKind;
using party::Role;

inline constexpr const char* kLeaves = "2026-08-21T08:00:00+07:00";
inline constexpr const char* kReturns = "2026-09-04T08:00:00+07:00";

class Office : public Commune {
 public:
  Office() {
    for (const auto& [id, officer] : people()) {
      officers.remember(account_of(officer), officer);
    }
    officers.look_through([records = workplace->authority](party::Officer& officer) {
      records->now()->entrust(officer);
    });
  }
  static AccountRow account_of(const party::Officer& officer) {
    return {.username = officer.id.text,
            .officer = account_text(officer),
            .officer_id = officer.id.text,
            .password_hash = "x",
            .must_change = false,
            .active = true};
  }
  // As an administrator does it: in the store, too.
  template <class Change>
  void change_account(const std::string& id, Change change) {
    if (!store->find_account(id)->has_value()) {
      ASSERT_TRUE(store->create_account(account_of(officer(id))));
    }
    const auto row = officers.change(
        *store, id, {.at = clock.now(), .by = {}}, [&](AccountRow& account) -> base::Outcome<bool> {
          const base::json::value said = TRY(base::parse_json(account.officer));
          party::Officer one = TRY(read_officer(said));
          change(account, one);
          account.officer = account_text(one, base::bool_or(said, "only_unused"));
          return true;
        });
    ASSERT_TRUE(row) << row.error().message;
  }
  void pass(std::chrono::seconds time) { clock.set(clock.now() + time); }
  Answer<RecordedAuthority> record(const char* by, AuthorityEntry entry) {
    return record_authority(*workplace, officer(by), std::move(entry), key(by));
  }
  Answer<RecordedAuthority> revoke(const char* by, const std::string& id) {
    return revoke_authority(*workplace, officer(by), id, {.at = clock.now(), .act = act()},
                            key(by));
  }
  static party::LegalAct act() {
    return {.number = "15/QĐ-UBND",
            .issuer = "Chủ tịch UBND phường",
            .issued_on = calendar::parse_date("2026-08-01"),
            .title = "Giao quyền"};
  }
  static AuthorityEntry leave(const char* who, const char* deputy) {
    AuthorityEntry entry;
    entry.kind = AuthorityKind::absence;
    entry.from_officer = {who};
    entry.to_officer = {deputy};
    entry.period = {at(kLeaves), at(kReturns)};
    entry.act = act();
    return entry;
  }
  static AuthorityEntry delegation(const char* from, const char* to) {
    AuthorityEntry entry;
    entry.kind = AuthorityKind::delegation;
    entry.from_officer = {from};
    entry.to_officer = {to};
    entry.role = Role::leader;
    entry.agency = party::AgencyId::parse("H41.101");
    entry.period = {at("2026-08-20T00:00+07:00"), at(kReturns)};
    entry.act = act();
    return entry;
  }
  static AuthorityEntry grant(const char* to, const char* where) {
    AuthorityEntry entry;
    entry.kind = AuthorityKind::grant;
    entry.to_officer = {to};
    entry.role = Role::clerk;
    entry.agency = party::AgencyId::parse(where);
    entry.act = act();
    return entry;
  }
  // Filed, received, examined: waits for the signature.
  std::string to_be_signed() {
    const std::string id = filed("1.001193");
    EXPECT_TRUE(receive(*workplace, request(id, "reception@H41.101.01"), {}));
    EXPECT_TRUE(complete_task(*workplace, request(id, "specialist@H41.101"), done(id, "proposed")));
    return id;
  }
  dossier::CompleteTask done(const std::string& id, const char* outcome) {
    return {.activity = state(id).tasks.at(0).activity, .outcome = outcome, .note = {}, .data = {}};
  }
  Answer<CommandDone> sign(const std::string& id, const char* who) {
    return complete_task(*workplace, request(id, who), done(id, "approved"));
  }
  // Somebody writes a signature into the store past the gate.
  void forge(const std::string& id, const char* who, const std::optional<dossier::Signature>& as) {
    auto open = open_dossier(*workplace, id);
    ASSERT_TRUE(open);
    const dossier::Circumstances around{.procedure = *open->procedure,
                                        .calendar = workplace->calendar_of("H41.101"),
                                        .actor = actor_of(officer(who)),
                                        .now = clock.now()};
    auto events = dossier::decide(open->dossier, done(id, "approved"), around);
    ASSERT_TRUE(events);
    for (dossier::NewEvent& one : *events) {
      auto* completed = std::get_if<dossier::TaskCompleted>(&one.event);
      if (completed != nullptr) completed->signature = as;
    }
    const Decided decided{.before = open->dossier, .events = std::move(events).value()};
    ASSERT_TRUE(store->commit(project(id, decided, around, key(who))));
  }
  base::json::object signatures(const std::string& id) {
    const auto open = open_dossier(*workplace, id);
    auto answer = signatures_json(*workplace, *open);
    EXPECT_TRUE(answer);
    return std::move(answer).value();
  }
  std::string finding(const std::string& id) {
    const base::json::object all = signatures(id);
    const auto& items = all.at("items").get_array();
    return items.empty() ? "none" : base::string_or(items.back(), "finding");
  }
};

}  // namespace casework::test
