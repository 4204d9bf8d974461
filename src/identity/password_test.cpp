#include "identity/password.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "identity/password_pool.h"

namespace identity {
namespace {

PasswordRefusal refusal(std::string_view password, std::string_view username = "nguyen.van.an") {
  const auto checked = check_new_password(password, username);
  EXPECT_FALSE(checked) << password;
  return checked ? PasswordRefusal{} : checked.error();
}

TEST(NewPassword, MayBeAnySentenceOfFifteenCharactersOrMore) {
  for (const std::string_view good :
       {"con mèo trèo cây cau", "fifteen-letters", "Đường về quê hương", "mưa rơi ngoài hiên",
        "một hai ba bốn năm sáu bảy tám chín mười"}) {
    EXPECT_TRUE(check_new_password(good, "nguyen.van.an")) << good;
  }
}

TEST(NewPassword, IsCountedInCharactersOfItsNormalForm) {
  EXPECT_EQ(refusal("đđđéèẻẽẹăâ1234"), PasswordRefusal::too_short);  // 14 characters, 23 bytes
  EXPECT_EQ(refusal("e\u0301e\u0301a\u0300o\u0302u\u031b1"), PasswordRefusal::too_short);
  EXPECT_EQ(refusal("short"), PasswordRefusal::too_short);
  EXPECT_EQ(refusal(""), PasswordRefusal::too_short);
}

TEST(NewPassword, IsRefusedWhenTooLongOrNotText) {
  std::string long_one;
  while (long_one.size() <= kPasswordLengthMax) long_one += "a long sentence ";
  EXPECT_EQ(refusal(long_one), PasswordRefusal::too_long);
  EXPECT_EQ(refusal(std::string(10'000'000, 'x')), PasswordRefusal::too_long);
  EXPECT_EQ(refusal("tab\tin the middle"), PasswordRefusal::not_text);
  EXPECT_EQ(refusal("\xff\xfe not utf-8 at all"), PasswordRefusal::not_text);
}

TEST(NewPassword, IsRefusedWhenCommonOrAPattern) {
  for (const std::string_view bad : {"password--123456", "PassWord-123456", "Mật khẩu - 123456",
                                     "aaaaaaaaaaaaaaa", "abcabcabcabcabc", "123456789012345",
                                     "543210987654321", "abcdefghijklmno", "---------------"}) {
    EXPECT_EQ(refusal(bad), PasswordRefusal::common) << bad;
  }
}

TEST(NewPassword, IsRefusedWhenItIsOrHoldsTheUserName) {
  EXPECT_EQ(refusal("nguyen.van.an.."), PasswordRefusal::contains_username);
  EXPECT_EQ(refusal("Nguyễn Văn An 2026!"), PasswordRefusal::contains_username);
  EXPECT_TRUE(check_new_password("an cơm chưa, xóm giềng ơi", "an"));  // too short a name to forbid
}

// Source: QCVN 12:2026/BCA: 8 characters, upper and lower case, digit, sign.
TEST(NewPassword, NeedsFourKindsWhereTheProfileSaysSo) {
  const PasswordRules rules{.length_min = 8, .four_kinds = true};
  const auto refused = [&](std::string_view password) {
    const auto checked = check_new_password(password, "nguyen.van.an", rules);
    return checked ? std::optional<PasswordRefusal>{} : std::optional{checked.error()};
  };
  EXPECT_FALSE(refused("Sông-Lam7").has_value());
  EXPECT_FALSE(refused("Đò dọc 40 bến").has_value());
  EXPECT_EQ(refused("Sông-L7"), PasswordRefusal::too_short);
  for (const char* poor : {"sông-lam7", "SÔNG-LAM7", "SôngLam77", "Sông-Lam.", "12345678-"}) {
    EXPECT_EQ(refused(poor), PasswordRefusal::lacks_kinds) << poor;
  }
  for (const char* common :
       {"Admin@123", "P@ssw0rd", "Abcd@1234", "Matkhau@123", "Vietnam@123456", "Nghean@2026"}) {
    EXPECT_EQ(refused(common), PasswordRefusal::common) << common;
  }
}

TEST(PasswordHash, MatchesItsPasswordAndNoOther) {
  const std::string hash = hash_password("con mèo trèo cây cau");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password("con mèo trèo cây cau", hash));
  EXPECT_FALSE(verify_password("con meo treo cay cau", hash));
  EXPECT_FALSE(verify_password("", hash));
  EXPECT_NE(hash, hash_password("con mèo trèo cây cau"));  // another salt
  EXPECT_FALSE(needs_rehash(hash));
}

TEST(PasswordHash, IsTheSameForComposedAndDecomposedText) {
  EXPECT_TRUE(verify_password("me\u0300o me\u0300o me\u0300o", hash_password("mèo mèo mèo")));
}

TEST(PasswordHash, ThatIsMalformedMatchesNothing) {
  EXPECT_FALSE(verify_password("anything", ""));
  EXPECT_FALSE(verify_password("anything", "$argon2id$nonsense"));
  EXPECT_FALSE(verify_password("anything", std::string(5000, '$')));
  EXPECT_TRUE(needs_rehash("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHQ$aGFzaA"));
}

TEST(PasswordPool, HashesAndVerifies) {
  PasswordPool pool;
  const auto hash = pool.hash("con mèo trèo cây cau");
  ASSERT_TRUE(hash);
  const auto right = pool.verify("con mèo trèo cây cau", *hash);
  const auto wrong = pool.verify("con chó trèo cây cau", *hash);
  ASSERT_TRUE(right && wrong);
  EXPECT_TRUE(*right);
  EXPECT_FALSE(*wrong);
}

TEST(PasswordPool, NeverLetsAnUnknownAccountIn) {
  PasswordPool pool;
  const auto unknown = pool.verify("no account has this password", std::nullopt);
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(*unknown);
}

TEST(PasswordPool, RefusesWhatDoesNotFitItsQueue) {
  PasswordPool pool{1};
  std::atomic<int> refused = 0;
  std::atomic<int> served = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 12; ++i) {
    clients.emplace_back(
        [&] { ++(pool.verify("guess number one", std::nullopt) ? served : refused); });
  }
  clients.clear();
  EXPECT_GE(served, 1);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(served + refused, 12);
}

TEST(PasswordPool, ServesTheKnownWhileStrangersFillTheirQueue) {
  PasswordPool pool{2};
  std::atomic<bool> over = false;
  std::atomic<int> refused = 0;
  std::vector<std::jthread> strangers;
  for (int i = 0; i < 8; ++i) {
    strangers.emplace_back([&] {
      while (!over) refused += pool.verify("guess number one", std::nullopt) ? 0 : 1;
    });
  }
  while (refused < 20) std::this_thread::yield();
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(pool.verify("right or wrong", std::nullopt, Caller::known)) << i;
  }
  over = true;
}

}  // namespace
}  // namespace identity
