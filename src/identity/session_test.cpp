#include "identity/session.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Moment kNow{seconds{1'790'000'000}};

TEST(Session, StoresOnlyTheHashOfItsToken) {
  base::SeededRandom random{7};
  const NewSession made = start_session("an", kNow, random);
  EXPECT_EQ(made.token.size(), 64U);
  EXPECT_EQ(made.session.token_hash, base::to_hex(base::sha256(made.token)));
  EXPECT_EQ(hash_of_session_token(made.token), made.session.token_hash);
  EXPECT_NE(made.session.csrf_token, made.token);
  EXPECT_NE(start_session("an", kNow, random).token, made.token);
}

TEST(Session, TokenOfAnotherFormIsNotLookedUp) {
  EXPECT_FALSE(hash_of_session_token(""));
  EXPECT_FALSE(hash_of_session_token(std::string(63, 'a')));
  EXPECT_FALSE(hash_of_session_token(std::string(64, 'A')));
  EXPECT_FALSE(hash_of_session_token(std::string(64, 'g')));
  EXPECT_FALSE(hash_of_session_token(std::string(100'000, 'a')));
}

TEST(Session, IsLockedAfterFifteenIdleMinutesAndEndsAfterEightHoursOrTwelveInAll) {
  base::SeededRandom random{7};
  Session session = start_session("an", kNow, random).session;
  EXPECT_EQ(state_of(session, kNow), SessionState::live);
  EXPECT_EQ(state_of(session, kNow + minutes{1}), SessionState::live_touch);
  EXPECT_EQ(state_of(session, kNow + minutes{15} - seconds{1}), SessionState::live_touch);
  EXPECT_EQ(state_of(session, kNow + minutes{15}), SessionState::locked);
  EXPECT_EQ(state_of(session, kNow + hours{8} - seconds{1}), SessionState::locked);
  EXPECT_EQ(state_of(session, kNow + hours{8}), SessionState::idle_too_long);
  session.last_seen_at = kNow + hours{12} - seconds{1};
  EXPECT_EQ(state_of(session, kNow + hours{12} - seconds{1}), SessionState::live);
  EXPECT_EQ(state_of(session, kNow + hours{12}), SessionState::too_old);
}

TEST(Session, OutlivesAClockThatWentBackwards) {
  base::SeededRandom random{7};
  const Session session = start_session("an", kNow, random).session;
  EXPECT_EQ(state_of(session, kNow - hours{3}), SessionState::live);
}

TEST(Session, TakesItsOwnCsrfTokenOnly) {
  base::SeededRandom random{7};
  const Session session = start_session("an", kNow, random).session;
  EXPECT_TRUE(csrf_token_matches(session, session.csrf_token));
  EXPECT_FALSE(csrf_token_matches(session, ""));
  EXPECT_FALSE(csrf_token_matches(session, session.token_hash));
  EXPECT_FALSE(csrf_token_matches(Session{}, ""));
}

TEST(SessionCookie, IsOutOfReachOfScriptsAndOfOtherSites) {
  EXPECT_EQ(session_cookie("t0k3n", Transport::plain),
            "motcua_session=t0k3n; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(session_cookie("t0k3n", Transport::tls),
            "__Host-motcua_session=t0k3n; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(expired_session_cookie(Transport::tls),
            "__Host-motcua_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
}

}  // namespace
}  // namespace identity
