// proof_test.cpp - the tree and its proofs against the published vectors and against the
// definition.
#include "journal/proof.h"

#include <map>

#include <gtest/gtest.h>

#include "journal/compact_range.h"
#include "journal/line_reader.h"
#include "journal/test_journal.h"

namespace journal {
namespace {

Hash hash_of(std::string_view hex) {
  return *hash_from(*from_hex(hex));
}

// The eight leaves and the hashes that implementations of Certificate Transparency test with.
const std::vector<Hash>& reference_leaves() {
  static const std::vector<Hash> leaves = [] {
    std::vector<Hash> hashes;
    for (const char* leaf : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                             "606162636465666768696a6b6c6d6e6f"}) {
      hashes.push_back(hash_leaf(*from_hex(leaf)));
    }
    return hashes;
  }();
  return leaves;
}
constexpr const char* kRoots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

struct Path {
  std::int64_t from;  // index, or old size
  std::int64_t size;
  std::vector<const char*> hashes;

  [[nodiscard]] std::vector<Hash> path() const {
    std::vector<Hash> path;
    for (const char* hash : hashes) path.push_back(hash_of(hash));
    return path;
  }
};
constexpr const char* kA = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
constexpr const char* kB = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr const char* kC = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
constexpr const char* kD = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr const char* kE = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
constexpr const char* kF = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

TEST(Proof, RootsAreThoseOfTheReferenceTree) {
  EXPECT_EQ(base::to_hex(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CompactRange range;
  EXPECT_EQ(range.root(), empty_root());
  test::MemoryTree memory{reference_leaves()};
  StoredTree tree{memory.source()};
  for (std::size_t i = 0; i < reference_leaves().size(); ++i) {
    range.append(reference_leaves()[i]);
    EXPECT_EQ(base::to_hex(range.root()), kRoots[i]);
    EXPECT_EQ(tree.root_at(range.size()).value(), range.root());
  }
}

TEST(Proof, PathsAreThoseOfTheReferenceTree) {
  const std::vector<Path> inclusions = {{0, 1, {}},
                                        {0, 8, {kA, kB, kC}},
                                        {5, 8, {kD, kE, kRoots[3]}},
                                        {2, 3, {kRoots[1]}},
                                        {1, 5, {kRoots[0], kB, kD}}};
  const std::vector<Path> consistencies = {
      {1, 1, {}}, {1, 8, {kA, kB, kC}}, {6, 8, {kF, kE, kRoots[3]}}, {2, 5, {kB, kD}}};
  test::MemoryTree memory{reference_leaves()};
  StoredTree tree{memory.source()};
  for (const Path& path : inclusions) {
    EXPECT_EQ(tree.inclusion_proof(path.from, path.size).value(), path.path());
    EXPECT_TRUE(verify_inclusion(reference_leaves()[static_cast<std::size_t>(path.from)], path.from,
                                 path.size, path.path(), hash_of(kRoots[path.size - 1])));
  }
  for (const Path& path : consistencies) {
    EXPECT_EQ(tree.consistency_proof(path.from, path.size).value(), path.path());
    EXPECT_TRUE(verify_consistency(path.from, path.size, path.path(),
                                   hash_of(kRoots[path.from - 1]), hash_of(kRoots[path.size - 1])));
  }
}

constexpr std::int64_t kSizeMax = 600;

// The definition, with what was computed kept.
class Definition {
 public:
  explicit Definition(std::vector<Hash> leaves) : leaves_(std::move(leaves)) {}
  const Hash& root(std::int64_t from, std::int64_t to) {
    const auto known = roots_.find({from, to});
    if (known != roots_.end()) return known->second;
    const Hash made =
        to - from <= 1
            ? test::slow_root(leaves_, static_cast<std::size_t>(from), static_cast<std::size_t>(to))
            : hash_node(root(from, from + split(to - from)), root(from + split(to - from), to));
    return roots_.emplace(std::pair{from, to}, made).first->second;
  }
  std::vector<Hash> path(std::int64_t index, std::int64_t from, std::int64_t to) {
    if (to - from == 1) return {};
    const std::int64_t middle = from + split(to - from);
    auto hashes = index < middle ? path(index, from, middle) : path(index, middle, to);
    hashes.push_back(index < middle ? root(middle, to) : root(from, middle));
    return hashes;
  }
  std::vector<Hash> consistency(std::int64_t m, std::int64_t from, std::int64_t to, bool known) {
    if (m == to) return known ? std::vector<Hash>{} : std::vector<Hash>{root(from, to)};
    const std::int64_t middle = from + split(to - from);
    auto hashes =
        m <= middle ? consistency(m, from, middle, known) : consistency(m, middle, to, false);
    hashes.push_back(m <= middle ? root(middle, to) : root(from, middle));
    return hashes;
  }

 private:
  static std::int64_t split(std::int64_t n) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
  }
  std::vector<Hash> leaves_;
  std::map<std::pair<std::int64_t, std::int64_t>, Hash> roots_;
};

TEST(Proof, OfEveryLeafOfEveryTreeUpTo600Holds) {
  const auto leaves = test::numbered_leaves(kSizeMax);
  Definition definition{leaves};
  for (std::int64_t size = 1; size <= kSizeMax; ++size) {
    const Hash root = definition.root(0, size);
    for (std::int64_t index = 0; index < size; ++index) {
      const Hash& leaf = leaves[static_cast<std::size_t>(index)];
      std::vector<Hash> path = definition.path(index, 0, size);
      ASSERT_TRUE(verify_inclusion(leaf, index, size, path, root)) << index << " of " << size;
      // One wrong thing a time, another for each pair.
      const auto turn = (index + size) % 5;
      if (size == 1) continue;
      if (turn == 0) {
        ASSERT_FALSE(verify_inclusion(leaf, index ^ 1, size, path, root));
      }
      if (turn == 1) {
        ASSERT_FALSE(verify_inclusion(root, index, size, path, root));
      }
      if (turn == 2) path.pop_back();
      if (turn == 3) path.push_back(root);
      if (turn == 4) path[path.size() / 2][7] ^= std::byte{4};
      if (turn >= 2) {
        ASSERT_FALSE(verify_inclusion(leaf, index, size, path, root)) << index << " of " << size;
      }
    }
  }
}

TEST(Proof, OfEveryTreeBeingTheBeginningOfEveryOtherUpTo600Holds) {
  const auto leaves = test::numbered_leaves(kSizeMax);
  Definition definition{leaves};
  const Hash other = hash_leaf("other");
  for (std::int64_t size = 0; size <= kSizeMax; ++size) {
    const Hash root = size == 0 ? empty_root() : definition.root(0, size);
    ASSERT_TRUE(verify_consistency(0, size, {}, empty_root(), root));
    for (std::int64_t old_size = 1; old_size <= size; ++old_size) {
      const Hash old_root = definition.root(0, old_size);
      std::vector<Hash> path = definition.consistency(old_size, 0, size, true);
      ASSERT_TRUE(verify_consistency(old_size, size, path, old_root, root))
          << old_size << " of " << size;
      const auto turn = (old_size + size) % 5;
      if (turn == 0) {
        ASSERT_FALSE(verify_consistency(old_size, size, path, other, root));
      }
      if (turn == 1) {
        ASSERT_FALSE(verify_consistency(old_size, size, path, old_root, other));
      }
      if (turn == 2) path.push_back(other);
      if (turn == 3 && !path.empty()) path.back()[0] ^= std::byte{1};
      if (turn == 4 && !path.empty()) path.erase(path.begin());
      if (turn == 2 || (turn > 2 && old_size != size)) {
        ASSERT_FALSE(verify_consistency(old_size, size, path, old_root, root))
            << old_size << " of " << size;
      }
    }
  }
}

TEST(Proof, IsRefusedOutsideOfEveryTree) {
  const Hash hash = hash_leaf("x");
  const std::vector<Hash> path(70, hash);
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(verify_inclusion(hash, 0, 0, {}, hash));
  EXPECT_FALSE(verify_inclusion(hash, -1, 1, {}, hash));
  EXPECT_FALSE(verify_inclusion(hash, 1, 1, {}, hash));
  EXPECT_FALSE(verify_inclusion(hash, 0, -1, {}, hash));
  EXPECT_FALSE(verify_inclusion(hash, kMax - 1, kMax, path, hash));
  EXPECT_FALSE(verify_inclusion(hash, kMax - 1, kMax, {}, hash));
  EXPECT_FALSE(verify_consistency(-1, 1, {}, hash, hash));
  EXPECT_FALSE(verify_consistency(2, 1, {}, hash, hash));
  EXPECT_FALSE(verify_consistency(0, 5, {}, hash, hash));
  EXPECT_FALSE(verify_consistency(kMax - 1, kMax, path, hash, hash));
  EXPECT_FALSE(verify_consistency(3, 5, {}, hash, hash));
  EXPECT_TRUE(verify_consistency(5, 5, {}, hash, hash));
  EXPECT_FALSE(verify_consistency(5, 5, {&hash, 1}, hash, hash));
}

TEST(CompactRange, GoesOnFromWhatWasStored) {
  const auto leaves = test::numbered_leaves(300);
  CompactRange whole;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const auto again = CompactRange::parse(whole.to_text());
    ASSERT_TRUE(again);
    ASSERT_EQ(again->root(), whole.root());
    const auto restored = CompactRange::restore(whole.size(), whole.edge());
    ASSERT_TRUE(restored);
    whole = *restored;
    whole.append(leaves[i]);
    ASSERT_EQ(whole.root(), test::slow_root(leaves, 0, i + 1)) << i;
  }
}

TEST(CompactRange, RefusesAnEdgeOfAnotherSize) {
  const Hash hash = hash_leaf("x");
  EXPECT_FALSE(CompactRange::restore(-1, {}));
  EXPECT_FALSE(CompactRange::restore(3, {hash}));
  EXPECT_FALSE(CompactRange::restore(0, {hash}));
  for (const char* text : {"", "3", "3\n", "1\nzz", "01\n", "-1\n", "0\n00"}) {
    EXPECT_FALSE(CompactRange::parse(text)) << text;
  }
}

}  // namespace
}  // namespace journal
