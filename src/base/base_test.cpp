#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace {

TEST(Sha256, MatchesThePublishedVectorAndItsOwnStream) {
  EXPECT_EQ(base::to_hex(base::sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  base::Sha256Stream stream;
  stream.update("a");
  stream.update("bc");
  EXPECT_EQ(stream.finish(), base::sha256("abc"));
}

TEST(Sha256, HmacMatchesRfc4231Case2) {
  EXPECT_EQ(base::to_hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Json, SaysWhereTextStopsBeingJsonAndBoundsDepth) {
  EXPECT_TRUE(base::parse_json(R"({"a":[1,2]})").has_value());
  EXPECT_FALSE(base::parse_json(R"({"a":)").has_value());
  EXPECT_FALSE(base::parse_json(R"({} x)").has_value());
  EXPECT_FALSE(base::parse_json("").has_value());
  EXPECT_FALSE(base::parse_json(std::string(10000, '[')).has_value());
}

TEST(Random, CodesUseNoLookAlikesAndSeedsRepeat) {
  base::SeededRandom a{7};
  base::SeededRandom b{7};
  const std::string code = base::random_code(a, 12);
  EXPECT_EQ(code, base::random_code(b, 12));
  EXPECT_EQ(code.find_first_of("01OILUab"), std::string::npos) << code;
}

TEST(Random, GivesThreadsThatShareASeedEachWordOnce) {
  constexpr std::size_t kWords = 20'000;
  base::SeededRandom random{7};
  std::vector<std::vector<std::uint64_t>> drawn(4);
  std::vector<std::thread> threads;
  for (auto& words : drawn) {
    words.resize(kWords);
    threads.emplace_back([&] { random.fill(std::as_writable_bytes(std::span{words})); });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::uint64_t> all;
  for (const auto& words : drawn) all.insert(all.end(), words.begin(), words.end());
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
}

base::Result<int, std::string> half(int n) {
  if (n % 2 != 0) return base::Failure{std::string{"odd"}};
  return n / 2;
}
base::Result<int, std::string> quarter(int n) {
  const int once = TRY(half(n));
  return TRY(half(once));
}

TEST(Result, TryReturnsTheFirstErrorUnchanged) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error(), "odd");
}

}  // namespace
