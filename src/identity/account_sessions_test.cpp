// What ends all sessions of an account ends those too that are being opened at that moment.
#include "identity/test_accounts.h"

namespace identity {
namespace {

using test::kPassword;
using test::Role;
using test::Server;

constexpr const char* kNext = "hoa phượng đỏ rực sân trường";
const Visitor kOffice{.address = "10.1.2.3", .user_agent = "Firefox"};

class AccountSessions : public test::Province {
 protected:
  AccountSessions() { put("hoa", "H41.101", {Role::clerk}); }
  NewSignIn sign_in() {
    auto signed_in = server_->accounts.sign_in("hoa", kPassword, kOffice);
    EXPECT_TRUE(signed_in.has_value());
    return std::move(signed_in).value();
  }
  std::size_t sessions() const { return store_->sessions("hoa")->size(); }
};

TEST_F(AccountSessions, ASignInWithAPasswordThatIsChangedMeanwhileOpensNothing) {
  Server other{*store_, clock_};
  const NewSignIn owner = sign_in();
  server_->random.meanwhile = [&] {
    EXPECT_TRUE(other.accounts.change_password(owner.signed_in, kPassword, kNext, kOffice));
  };
  const auto thief = server_->accounts.sign_in("hoa", kPassword, kOffice);
  ASSERT_FALSE(thief.has_value());
  EXPECT_EQ(thief.error().kind, casework::FailureKind::unauthenticated);
  EXPECT_EQ(sessions(), 1U) << "the owner's own";
}

TEST_F(AccountSessions, ASignInToAnAccountThatIsClosedMeanwhileOpensNothing) {
  for (const bool by_provider : {false, true}) {
    server_->random.meanwhile = [&] {
      OfficerForm closed = form_of("hoa");
      closed.active = false;
      EXPECT_TRUE(update("tinh", closed));
    };
    const auto opened =
        by_provider ? server_->accounts.open_session("hoa", Strength::external, true, kOffice)
                    : server_->accounts.sign_in("hoa", kPassword, kOffice);
    EXPECT_FALSE(opened.has_value());
    EXPECT_EQ(sessions(), 0U);
    OfficerForm open = form_of("hoa");
    open.active = true;
    ASSERT_TRUE(update("tinh", open));
  }
}

TEST_F(AccountSessions, ARenewalOfASessionThatIsEndedMeanwhileOpensNothing) {
  const NewSignIn owner = sign_in();
  server_->random.meanwhile = [&] { EXPECT_TRUE(store_->delete_sessions("hoa", "")); };
  EXPECT_FALSE(server_->accounts.unlock(owner.signed_in, {.password = kPassword}, kOffice));
  EXPECT_EQ(sessions(), 0U);
}

TEST_F(AccountSessions, WhatIsWrittenOfASessionThatHasEndedDoesNotBeginItAnew) {
  const NewSignIn owner = sign_in();
  Sessions& all = server_->accounts.sessions();
  const auto now = [&] { return std::chrono::floor<std::chrono::seconds>(clock_.now()); };
  const auto live = all.find(owner.token, now());
  ASSERT_TRUE(live.has_value() && live->has_value());
  ASSERT_TRUE(all.end_all("hoa", ""));
  EXPECT_TRUE(all.lock(**live, now()));
  EXPECT_FALSE(all.find(owner.token, now())->has_value());
  EXPECT_EQ(sessions(), 0U);
}

TEST_F(AccountSessions, ASessionThatGoesOnKeepsItsBeginning) {
  const NewSignIn owner = sign_in();
  const auto begun = store_->sessions("hoa")->front().created_at;
  clock_.advance(std::chrono::minutes{5});
  EXPECT_TRUE(server_->accounts.find(owner.token).has_value());
  EXPECT_TRUE(server_->accounts.lock(owner.signed_in));
  EXPECT_EQ(store_->sessions("hoa")->front().created_at, begun);
  EXPECT_EQ(store_->sessions("hoa")->front().strength, "locked:password");
}

}  // namespace
}  // namespace identity
