#pragma once
// test_accounts.h - the accounts of a small province on a real store: an administrator of all of it
// and one of the commune H41.101.
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "casework/organisation_changes.h"
#include "casework/test_stores.h"
#include "identity/account_changes.h"
#include "identity/accounts.h"
#include "party/test_organisation.h"

namespace identity::test {

using party::Role;
using party::test::day;
using party::test::id;

inline constexpr const char* kPassword = "nắng tháng ba rất đẹp";

// The system's, and what happens before the next bytes: random bytes are drawn for the token of a
// session once its password has been compared, and before the session is kept.
class HeldUpRandom : public base::RandomSource {
 public:
  void fill(std::span<std::byte> out) override {
    if (const auto happens = std::exchange(meanwhile, nullptr)) happens();
    base::system_random().fill(out);
  }
  std::function<void()> meanwhile;
};

// A server process: several may stand on one store.
struct Server {
  Server(casework::Store& store, calendar::ManualClock& clock)
      : organisations(opened(casework::OrganisationRegister::open(
            store, party::Organisation::build(party::test::small_province()).value(),
            [&clock] { return calendar::local_date(clock.now()); }))),
        officers(opened(casework::Officers::load(store))),
        accounts({.store = store,
                  .officers = *officers,
                  .organisation = *organisations,
                  .clock = clock,
                  .random = random,
                  .policy = {.second_factor = {.administrators = false, .outside_office = false}},
                  .installation_secret = std::string(32, 's'),
                  .organisations = organisations.get()}) {
    officers->look_through([this](party::Officer& officer) { organisations->dress(officer); });
  }
  template <class T>
  static T opened(base::Outcome<T> outcome) {
    EXPECT_TRUE(outcome.has_value());
    return std::move(outcome).value();
  }
  [[nodiscard]] party::Officer officer(const std::string& username) const {
    const auto account = officers->find_username(username);
    EXPECT_NE(account, nullptr) << username;
    return account->officer;
  }

  HeldUpRandom random;
  std::unique_ptr<casework::OrganisationRegister> organisations;
  std::unique_ptr<casework::Officers> officers;
  Accounts accounts;
};

class Province : public testing::Test {
 protected:
  Province() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-accounts-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store_ = casework::test::open_test_store(folder_);
    server_ = std::make_unique<Server>(*store_, clock_);
    put("tinh", "H41", {Role::administrator});
    put("xa", "H41.101", {Role::administrator});
  }
  ~Province() override {
    server_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static OfficerForm form(const std::string& username, const char* agency, std::vector<Role> roles,
                          const std::string& identity = {}) {
    OfficerForm made{.username = username,
                     .officer = {.id = {"cb-" + username}, .agency = id(agency)}};
    made.officer.name = "Võ Thị Ưởng";
    made.officer.roles = std::move(roles);
    made.officer.identity_number = identity;
    return made;
  }
  void put(const std::string& username, const char* agency, std::vector<Role> roles) {
    ASSERT_TRUE(
        server_->accounts.put_account(form(username, agency, std::move(roles)), kPassword, false));
  }
  // Its form as it is, for a change.
  OfficerForm form_of(const std::string& username) const {
    const auto account = server_->officers->find_username(username);
    EXPECT_NE(account, nullptr);
    const auto written = server_->officers->find_as_written(account->officer.id.text);
    return {.username = username,
            .officer = account->officer,
            .active = account->active,
            .version = version_of(written->officer, written->active)};
  }
  SignedIn session_of(const std::string& username) const {
    return {.account = server_->officers->find_username(username),
            .username = username,
            .csrf_token = {},
            .token_hash = {},
            .strength = Strength::password};
  }
  static casework::RequestKey request(const std::string& key, const std::string& body = "body") {
    return {.key = key, .hash = body, .actor = "somebody"};
  }
  casework::Answer<CreatedOfficer> create(const char* by, OfficerForm what) {
    return server_->accounts.create_officer(server_->officer(by), std::move(what),
                                            request("key-" + std::to_string(++keys_)));
  }
  casework::Answer<casework::OfficerAccountPtr> update(const char* by, const OfficerForm& what) {
    return server_->accounts.update_officer(session_of(by), what.officer.id.text, what);
  }
  // A person of the roster with that post from that day on; of the posts the first one is `main`.
  void appoint(const std::string& identity, const char* agency, const char* from,
               bool concurrent = false, const std::string& username = {}) {
    party::OrganisationBatch batch;
    batch.staff.positions = {{.code = "chu-tich",
                              .title = {"Chủ tịch", ""},
                              .rank = 1,
                              .roles = {Role::leader, Role::administrator}}};
    batch.staff.people = {{.identity = identity, .name = "Trần Bình", .username = username}};
    batch.staff.appointments = {{.identity = identity,
                                 .agency = id(agency),
                                 .position = "chu-tich",
                                 .from = day(from),
                                 .concurrent = concurrent,
                                 .act = party::test::an_act()}};
    casework::Registration one;
    one.reason = "Theo quyết định";
    one.batch = std::move(batch);
    const auto saved = server_->organisations->save(*store_, std::move(one),
                                                    server_->organisations->state()->version);
    ASSERT_TRUE(saved.has_value()) << saved.error().message;
  }

  std::filesystem::path folder_;
  std::unique_ptr<casework::Store> store_;
  calendar::ManualClock clock_{calendar::at_local(day("2026-12-01"), calendar::hour_minute(9))};
  std::unique_ptr<Server> server_;
  int keys_ = 0;
};

}  // namespace identity::test
