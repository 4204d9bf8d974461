#include "journal/proof_file.h"

#include <gtest/gtest.h>

#include "journal/leaf_reader.h"
#include "journal/line_reader.h"
#include "journal/test_journal.h"

namespace journal {
namespace {

constexpr const char* kOrigin = "motcua.nghean.gov.vn/H41";

class ProofFiles : public testing::Test {
 protected:
  const SigningKey key_ = test::key_of(kOrigin, 41);
  test::MemoryTree tree_{test::record_leaves(300)};

  [[nodiscard]] ProofFile proof(bool opened) {
    return test::proof_of(tree_, 171, 300, opened, key_);
  }
  [[nodiscard]] bool holds(std::string_view text) const {
    const auto parsed = parse_proof_file(text);
    return parsed && check_proof(*parsed, {&key_.verifier(), 1}).ok();
  }
};

TEST_F(ProofFiles, AreReadAsWritten) {
  for (const bool opened : {false, true}) {
    ProofFile written = proof(opened);
    for (const char* timestamp : {"", "any bytes"}) {
      written.timestamp = timestamp;
      const auto read = parse_proof_file(proof_file_text(written));
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_EQ(*read, written);
    }
  }
}

TEST_F(ProofFiles, SayEachThingThatWasChecked) {
  ProofChecks checks = check_proof(proof(true), {&key_.verifier(), 1});
  EXPECT_TRUE(checks.ok()) << checks.problem;
  EXPECT_EQ(checks.content, Check::passed);
  EXPECT_EQ(checks.inclusion, Check::passed);
  EXPECT_EQ(checks.signature, Check::passed);
  EXPECT_EQ(checks.timestamp, Check::absent);
  EXPECT_EQ(checks.head.size, 300);
  EXPECT_EQ(checks.signed_by, kOrigin);

  checks = check_proof(proof(false), {});
  EXPECT_FALSE(checks.ok());
  EXPECT_EQ(checks.content, Check::absent);
  EXPECT_EQ(checks.inclusion, Check::passed);
  EXPECT_EQ(checks.signature, Check::failed);

  ProofFile stamped = proof(false);
  stamped.timestamp = "not a token";
  checks = check_proof(stamped, {&key_.verifier(), 1});
  EXPECT_EQ(checks.timestamp, Check::failed);
  EXPECT_FALSE(checks.ok());
}

// Every bit of a file counts: its leaf, its opening, its path, its checkpoint and the lines
// between. The one part that is not bound is a time-stamp, of which only the authority's signature
// counts (timestamp_test.cpp); it can also be taken away.
TEST_F(ProofFiles, NoBitOfThemCanBeTurned) {
  for (const bool opened : {false, true}) {
    const std::string text = proof_file_text(proof(opened));
    ASSERT_TRUE(holds(text));
    for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
      std::string turned = text;
      turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ (1 << (bit % 8)));
      ASSERT_FALSE(holds(turned)) << "bit " << bit % 8 << " of byte " << bit / 8;
    }
  }
}

TEST_F(ProofFiles, NoByteCanBeTakenOutOrDoubled) {
  const std::string text = proof_file_text(proof(true));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string less = text;
    less.erase(at, 1);
    ASSERT_FALSE(holds(less)) << at;
    std::string more = text;
    more.insert(at, 1, text[at]);
    ASSERT_FALSE(holds(more)) << at;
    ASSERT_FALSE(holds(std::string_view{text}.substr(0, at))) << at;
  }
}

TEST_F(ProofFiles, OfRandomBytesAreRefused) {
  const std::uint64_t seed = 20'261'122;
  base::SeededRandom random{seed};
  const std::string text = proof_file_text(proof(true));
  for (int round = 0; round < 2'000; ++round) {
    // Pieces of a good file in another order.
    std::string mixed;
    while (mixed.size() < text.size()) {
      const auto from = random.below(text.size());
      mixed += text.substr(from, 1 + random.below(200));
    }
    ASSERT_FALSE(holds(mixed)) << "seed " << seed << " round " << round;
  }
}

TEST_F(ProofFiles, WithCarriageReturnsAreRefused) {
  std::string text = proof_file_text(proof(true));
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.insert(at, 1, '\r');
    EXPECT_FALSE(parse_proof_file(text));
  }
}

TEST_F(ProofFiles, WithoutBoundsAreRefused) {
  EXPECT_FALSE(parse_proof_file(std::string(kProofBytesMax + 1, 'x')));
  ProofFile long_path = proof(false);
  long_path.path.resize(64);
  EXPECT_FALSE(parse_proof_file(proof_file_text(long_path)));
  long_path.path.resize(63);
  EXPECT_TRUE(parse_proof_file(proof_file_text(long_path)));
  ProofFile long_token = proof(false);
  long_token.timestamp.resize(kTimestampBytesMax + 1);
  EXPECT_FALSE(parse_proof_file(proof_file_text(long_token)));
}

TEST(LeafReader, ReadsWhatIsWritten) {
  for (std::int64_t i = 0; i < 50; ++i) {
    const test::Record record{i};
    const std::string text = leaf_text(record.leaf);
    const auto leaf = parse_leaf(text);
    ASSERT_TRUE(leaf) << text;
    EXPECT_EQ(leaf_text(*leaf), text);
    EXPECT_EQ(leaf->content, record.leaf.content);
    EXPECT_EQ(leaf->number, record.leaf.number);
  }
  EXPECT_FALSE(parse_leaf(std::string(kLeafBytesMax + 1, 'x')));
}

}  // namespace
}  // namespace journal
