// Who may make and change which account, on the real store.
#include "casework/account_identity.h"
#include "casework/organisation_tables.h"
#include "identity/last_administrator.h"
#include "identity/test_accounts.h"

namespace identity {
namespace {

using test::day;
using test::id;
using test::kPassword;
using test::Role;
using test::Server;

constexpr const char* kBinh = "040075009999";

class AccountOfficers : public test::Province {};

const char* code_of(const auto& answer) {
  return answer.has_value() ? "" : answer.error().code.c_str();
}

TEST_F(AccountOfficers, GivesNobodyAPostThatItsMakerDoesNotAdminister) {
  appoint(kBinh, "H41", "2026-11-01");
  const auto made = create("xa", form("gia.mao", "H41.101", {Role::clerk}, kBinh));
  EXPECT_STREQ(code_of(made), "holds-more-elsewhere");
  EXPECT_EQ(server_->officers->find_username("gia.mao"), nullptr);
  EXPECT_TRUE(create("tinh", form("tran.binh", "H41.101", {Role::clerk}, kBinh)).has_value())
      << "who administers the place of the post may";
  EXPECT_TRUE(server_->officer("tran.binh").has_role(Role::leader));
}

TEST_F(AccountOfficers, LooksAtSecondPostsAndAtThoseThatLieAhead) {
  appoint(kBinh, "H41.102", "2026-11-01", true);
  const char* other = "040075009998";
  appoint(other, "H41", "2027-02-01");
  for (const char* identity : {kBinh, other}) {
    const auto made = create("xa", form("gia.mao", "H41.101", {Role::clerk}, identity));
    EXPECT_STREQ(code_of(made), "holds-more-elsewhere") << identity;
  }
  const char* own = "040075009997";
  appoint(own, "H41.101", "2027-02-01");
  EXPECT_TRUE(create("xa", form("cua.minh", "H41.101", {Role::clerk}, own)).has_value());
}

TEST_F(AccountOfficers, FollowsAPostToTheHeirOfItsAgency) {
  appoint(kBinh, "H41.102", "2026-11-01");
  party::OrganisationBatch batch;
  batch.changes = {party::test::three_communes_merge(day("2027-01-01"))};
  casework::Registration merger;
  merger.batch = batch;
  ASSERT_TRUE(server_->organisations->save(*store_, merger, 1));
  EXPECT_STREQ(code_of(create("xa", form("gia.mao", "H41.101", {Role::clerk}, kBinh))),
               "holds-more-elsewhere");
  clock_.set(calendar::at_local(day("2027-01-02"), calendar::hour_minute(9)));
  EXPECT_TRUE(create("xa", form("tran.binh", "H41.231", {Role::clerk}, kBinh)).has_value())
      << "both work at the heir now";
}

TEST_F(AccountOfficers, AsksTheSameOfAChange) {
  appoint(kBinh, "H41", "2026-11-01");
  put("v.v", "H41.101", {Role::specialist});
  OfficerForm changed = form_of("v.v");
  changed.officer.identity_number = kBinh;
  EXPECT_STREQ(code_of(update("xa", changed)), "holds-more-elsewhere");
  EXPECT_EQ(server_->officer("v.v").agency, id("H41.101"));
  EXPECT_TRUE(update("tinh", changed).has_value());
}

TEST_F(AccountOfficers, LeavesAnAccountThatHoldsMoreElsewhereToWhoAdministersThere) {
  put("kiem.nhiem", "H41.101", {Role::specialist});
  OfficerForm changed = form_of("kiem.nhiem");
  changed.officer.identity_number = kBinh;
  ASSERT_TRUE(update("tinh", changed));
  appoint(kBinh, "H41.102", "2026-11-01", true);
  const std::string officer = changed.officer.id.text;
  auto& accounts = server_->accounts;
  EXPECT_STREQ(code_of(accounts.reset_password(server_->officer("xa"), officer)),
               "holds-more-elsewhere");
  EXPECT_STREQ(code_of(accounts.reset_factors(server_->officer("xa"), officer)),
               "holds-more-elsewhere");
  OfficerForm given_away = form_of("kiem.nhiem");
  given_away.officer.identity_number = "040075009990";
  EXPECT_STREQ(code_of(update("xa", given_away)), "holds-more-elsewhere");
  OfficerForm called = form_of("kiem.nhiem");
  called.officer.phone = "0912345678";
  EXPECT_TRUE(update("xa", called).has_value()) << "what gives nobody anything stays his to keep";
  OfficerForm closed = form_of("kiem.nhiem");
  closed.active = false;
  EXPECT_TRUE(update("xa", closed).has_value());
  EXPECT_TRUE(accounts.reset_password(server_->officer("tinh"), officer).has_value());
}

TEST_F(AccountOfficers, KnowsWhoseAUserNameIsByTheRoster) {
  appoint(kBinh, "H41.102", "2026-11-01", true, "tran.binh");
  EXPECT_STREQ(code_of(create("xa", form("tran.binh", "H41.101", {Role::clerk}))),
               "holds-more-elsewhere");
  EXPECT_STREQ(code_of(create("xa", form("tran.binh", "H41.101", {Role::clerk}, "040075009990"))),
               "username-taken");
}

// What an administrator's second server would do while the first one hashes a password.
TEST_F(AccountOfficers, GivesANumberToOneAccountWhoeverElseIsBeingGivenItAtThatMoment) {
  Server other{*store_, clock_};
  bool second = false;
  server_->random.meanwhile = [&] {  // both have looked, and found it free
    const auto made = other.accounts.create_officer(
        other.officer("tinh"), form("hai.hai", "H41.102", {Role::clerk}, kBinh), request("k2"));
    second = made.has_value();
  };
  const auto made = create("tinh", form("mot.mot", "H41.101", {Role::clerk}, kBinh));
  EXPECT_TRUE(second);
  ASSERT_STREQ(code_of(made), "officer-not-valid");
  EXPECT_EQ(made.error().problems.front().field, "identity_number");
  EXPECT_FALSE(store_->find_account("mot.mot")->has_value());
}

TEST_F(AccountOfficers, LeavesANumberToAnAccountFromBeforeNumbersWereClaimed) {
  OfficerForm old = form("cu.cu", "H41.102", {Role::clerk}, kBinh);
  Server other{*store_, clock_};
  ASSERT_TRUE(other.accounts.put_account(old, kPassword, false))
      << "this server has not heard of it";
  EXPECT_STREQ(code_of(create("tinh", form("moi.moi", "H41.101", {Role::clerk}, kBinh))),
               "officer-not-valid");
  put("v.v", "H41.101", {Role::specialist});
  OfficerForm changed = form_of("v.v");
  changed.officer.identity_number = kBinh;
  EXPECT_STREQ(code_of(update("tinh", changed)), "officer-not-valid");
}

TEST_F(AccountOfficers, NamesTheAccountThatAnImportedPersonHasAlready) {
  ASSERT_TRUE(create("tinh", form("co.so", "H41.101", {Role::clerk}, kBinh)));
  party::OrganisationBatch batch;
  batch.staff.people = {{.identity = kBinh, .name = "Trần Bình", .username = "ten.khac"}};
  const auto shown = [&] {
    return casework::preview_batch(*server_->organisations, batch, server_->officers.get());
  };
  ASSERT_EQ(shown().count(casework::ImportEffect::refused), 1);
  EXPECT_NE(shown().lines.back().what.en.find("co.so"), std::string::npos);
  batch.staff.people.front().username = "co.so";
  EXPECT_EQ(shown().count(casework::ImportEffect::refused), 0);
}

TEST_F(AccountOfficers, FreesANumberThatWasClaimedAndNotWrittenAfterAMinute) {
  ASSERT_TRUE(*casework::claim_identity(*store_, kBinh, "chua.xong", clock_.now()));
  EXPECT_STREQ(code_of(create("tinh", form("mot.mot", "H41.101", {Role::clerk}, kBinh))),
               "officer-not-valid");
  clock_.advance(std::chrono::minutes{2});
  EXPECT_TRUE(create("tinh", form("mot.mot", "H41.101", {Role::clerk}, kBinh)).has_value());
  clock_.advance(std::chrono::minutes{2});
  EXPECT_FALSE(*casework::claim_identity(*store_, kBinh, "chua.xong", clock_.now()));
}

TEST_F(AccountOfficers, GivesTheSameRequestItsAccountAndAnotherBodyNone) {
  auto& accounts = server_->accounts;
  const party::Officer by = server_->officer("tinh");
  const OfficerForm mine = form("mot.mot", "H41.101", {Role::clerk});
  const auto first = accounts.create_officer(by, mine, request("k", "a"));
  ASSERT_TRUE(first.has_value());
  const auto again = accounts.create_officer(by, mine, request("k", "a"));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->account->officer.id, first->account->officer.id);
  OfficerForm other = mine;
  other.officer.roles = {Role::leader};
  EXPECT_STREQ(code_of(accounts.create_officer(by, other, request("k", "b"))),
               "idempotency-key-reused");
  EXPECT_FALSE(server_->officer("mot.mot").has_role(Role::leader));
  server_->random.meanwhile = [&] {
    EXPECT_STREQ(code_of(accounts.create_officer(by, mine, request("k", "a"))),
                 "request-in-flight");
  };
  EXPECT_TRUE(accounts.create_officer(by, mine, request("k", "a")).has_value());
}

TEST_F(AccountOfficers, ChangesNothingForWhoHasNotSeenWhatIsThere) {
  put("v.v", "H41.101", {Role::leader});
  OfficerForm blind = form_of("v.v");
  OfficerForm early = blind;
  early.officer.roles = {Role::specialist};
  ASSERT_TRUE(update("tinh", early));
  EXPECT_STREQ(code_of(update("tinh", blind)), "stale");
  blind.version.clear();
  EXPECT_STREQ(code_of(update("tinh", blind)), "version-missing");
  EXPECT_FALSE(server_->officer("v.v").has_role(Role::leader));
}

TEST_F(AccountOfficers, LetsNobodyWhoWasClosedMeanwhileChangeAnAccount) {
  put("hai", "H41", {Role::administrator});
  Server other{*store_, clock_};
  SignedIn late = session_of("hai");
  late.account = other.officers->find_username("hai");
  OfficerForm closed = form_of("hai");
  closed.active = false;
  ASSERT_TRUE(update("tinh", closed));
  OfficerForm back = form_of("tinh");
  back.active = false;
  EXPECT_STREQ(code_of(other.accounts.update_officer(late, "cb-tinh", back)), "forbidden");
  EXPECT_STREQ(code_of(server_->accounts.update_officer(late, "cb-tinh", back)), "forbidden");
  EXPECT_TRUE((*store_->find_account("tinh"))->active);
}

TEST_F(AccountOfficers, KeepsAnAdministratorOfTheWholeInstallation) {
  put("hai", "H41", {Role::administrator});
  const LastAdministrator last{*store_, *server_->officers, *server_->organisations, clock_.now()};
  EXPECT_TRUE(*last.may_leave("tinh"));
  EXPECT_FALSE(*last.may_leave("hai"))
      << "the other one is just leaving, here or at another server";
  clock_.advance(std::chrono::minutes{2});
  OfficerForm closed = form_of("hai");
  closed.active = false;
  ASSERT_TRUE(update("tinh", closed)) << "he has not left after all";
  // By a mandate, not by a post: nobody is left who administers all when the one who does goes.
  server_->officers->look_through([](party::Officer& officer) {
    if (officer.id.text != "cb-xa") return;
    officer.mandates.push_back({.id = "tq-1", .role = Role::administrator, .agency = id("H41")});
  });
  clock_.advance(std::chrono::minutes{2});
  for (const bool active : {false, true}) {
    OfficerForm gone = form_of("tinh");
    gone.active = active;
    gone.officer.roles = {Role::clerk};
    EXPECT_STREQ(code_of(update("xa", gone)), "last-administrator");
  }
}

}  // namespace
}  // namespace identity
