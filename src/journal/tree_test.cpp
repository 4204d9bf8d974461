#include "journal/tree.h"

#include <chrono>

#include <gtest/gtest.h>

#include "journal/compact_range.h"
#include "journal/proof.h"
#include "journal/test_journal.h"
#include "journal/tiles_export.h"

namespace journal {
namespace {

TEST(StoredTree, GivesTheRootsAndProofsOfTheDefinition) {
  const auto leaves = test::numbered_leaves(600);
  test::MemoryTree memory{leaves};
  for (const std::int64_t size : {1, 2, 3, 7, 64, 100, 255, 256, 257, 258, 511, 512, 513, 600}) {
    StoredTree tree{memory.source()};
    const auto end = static_cast<std::size_t>(size);
    ASSERT_EQ(tree.root_at(size).value(), test::slow_root(leaves, 0, end));
    const std::int64_t step = size < 10 ? 1 : size / 7;
    for (std::int64_t i = 0; i < size; i += step) {
      ASSERT_EQ(tree.inclusion_proof(i, size).value(),
                test::slow_path(static_cast<std::size_t>(i), leaves, 0, end));
      ASSERT_EQ(tree.consistency_proof(i, size).value(),
                i == 0 ? std::vector<Hash>{}
                       : test::slow_consistency(static_cast<std::size_t>(i), leaves, 0, end, true));
    }
  }
}

// As the tree grows past the first tile of level 1, with the same reader throughout.
TEST(StoredTree, FollowsATreeThatGrows) {
  test::MemoryTree memory;
  StoredTree tree{memory.source()};
  CompactRange range;
  const auto leaves = test::numbered_leaves(66'100);
  std::vector<std::pair<std::int64_t, Hash>> heads;
  base::SeededRandom random{17};
  for (std::size_t at = 0; at < leaves.size();) {
    const std::size_t count = std::min<std::size_t>(1 + random.below(9'000), leaves.size() - at);
    const auto from = leaves.begin() + static_cast<std::ptrdiff_t>(at);
    memory.append({from, from + static_cast<std::ptrdiff_t>(count)});
    for (std::size_t i = at; i < at + count; ++i) range.append(leaves[i]);
    at += count;
    ASSERT_EQ(tree.root_at(range.size()).value(), range.root());
    ASSERT_EQ(tree.edge_at(range.size()).value(), range.edge());
    ASSERT_EQ(memory.builder.root(), range.root());
    ASSERT_EQ(memory.builder.edge(), range.edge());
    heads.emplace_back(range.size(), range.root());
    for (const auto& [size, root] : heads) {
      const auto path = tree.consistency_proof(size, range.size()).value();
      ASSERT_TRUE(verify_consistency(size, range.size(), path, root, range.root()));
      const auto index = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(size)));
      const auto proof = tree.inclusion_proof(index, size).value();
      ASSERT_TRUE(
          verify_inclusion(leaves[static_cast<std::size_t>(index)], index, size, proof, root));
    }
    const TileBuilder resumed = TileBuilder::resume(tree, range.size()).value();
    ASSERT_EQ(resumed.root(), range.root());
    ASSERT_EQ(resumed.levels(), memory.builder.levels());
    for (int level = 0; level < resumed.levels(); ++level) {
      ASSERT_EQ(resumed.partial(level), memory.builder.partial(level)) << level;
    }
  }
  EXPECT_TRUE(memory.tiles.contains({1, 0}));
  EXPECT_EQ(memory.builder.partial(9), "");
}

// A tree of a million leaves made of level-1 tiles that are all alike, so that the test is quick.
TEST(StoredTree, ReadsAHandfulOfTilesForAProofInALargeTree) {
  std::string leaf_tile;
  for (const Hash& leaf : test::numbered_leaves(256)) leaf_tile += bytes_of(leaf);
  test::MemoryTree small{test::numbered_leaves(256)};
  const Hash root_of_tile = small.builder.root();
  std::string level_1;
  for (int i = 0; i < 256; ++i) level_1 += bytes_of(root_of_tile);
  constexpr std::int64_t kLeaves = 1'000'000;
  int tiles_read = 0;
  StoredTree tree{
      {.tile = [&](int level, std::int64_t number) -> base::Outcome<std::optional<std::string>> {
         const std::int64_t width = std::int64_t{256} << (8 * level);
         if (level > 1 || (number + 1) * width > kLeaves) {
           return std::optional<std::string>{};
         }
         ++tiles_read;
         return std::optional{level == 0 ? leaf_tile : level_1};
       },
       .leaf_hashes = [&](std::int64_t from, std::int64_t count) -> base::Outcome<std::string> {
         return leaf_tile.substr(static_cast<std::size_t>(from % 256) * 32,
                                 static_cast<std::size_t>(count) * 32);
       }}};
  const Hash root = tree.root_at(kLeaves).value();
  EXPECT_LE(tiles_read, 15 + 66 + 2) << "what no complete tile covers is worked out once";
  base::SeededRandom random{5};
  tiles_read = 0;
  constexpr int kProofs = 200;
  for (int i = 0; i < kProofs; ++i) {
    const auto index = static_cast<std::int64_t>(random.below(kLeaves));
    const auto path = tree.inclusion_proof(index, kLeaves).value();
    const Hash leaf = hash_leaf("leaf " + std::to_string(index % 256));
    ASSERT_TRUE(verify_inclusion(leaf, index, kLeaves, path, root));
  }
  EXPECT_LE(tiles_read, kProofs * 3);
}

TEST(StoredTree, RefusesWhatCannotBe) {
  test::MemoryTree memory{test::numbered_leaves(300)};
  StoredTree tree{memory.source()};
  EXPECT_EQ(tree.root_at(-1).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.inclusion_proof(5, 5).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.inclusion_proof(-1, 5).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.consistency_proof(6, 5).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.node(-1, 0).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.node(63, 0).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.node(62, 2).error().code, base::FaultCode::invalid);
  EXPECT_EQ(tree.root_at(301).error().code, base::FaultCode::corrupt);
  memory.tiles[{0, 0}].pop_back();
  StoredTree again{memory.source()};
  EXPECT_EQ(again.root_at(300).error().code, base::FaultCode::corrupt);
  EXPECT_EQ(TileBuilder::resume(again, -1).error().code, base::FaultCode::invalid);
}

TEST(TilesExport, NamesFilesByGroupsOfThreeDigits) {
  EXPECT_EQ(tile_number_path(0), "000");
  EXPECT_EQ(tile_number_path(67), "067");
  EXPECT_EQ(tile_number_path(1'000), "x001/000");
  EXPECT_EQ(tile_number_path(1'234'067), "x001/x234/067");
  EXPECT_EQ((ExportFile{.level = 1, .number = 5, .width = 256}.path()), "tile/1/005");
  EXPECT_EQ((ExportFile{.level = 0, .number = 273, .width = 112}.path()), "tile/0/273.p/112");
  EXPECT_EQ((ExportFile{.level = -1, .number = 1'273, .width = 7}.path()),
            "tile/entries/x001/273.p/7");
}

TEST(TilesExport, ListsWhatATreeHasAndAnEarlierOneHadNot) {
  std::vector<std::string> paths;
  for (const ExportFile& file : files_between(0, 70'000)) paths.push_back(file.path());
  EXPECT_EQ(paths.size(), 274U + 2U + 1U + 274U);
  EXPECT_EQ(paths[273], "tile/0/273.p/112");
  EXPECT_EQ(paths[274], "tile/1/000");
  EXPECT_EQ(paths[275], "tile/1/001.p/17");
  EXPECT_EQ(paths[276], "tile/2/000.p/1");
  EXPECT_EQ(paths.back(), "tile/entries/273.p/112");

  paths.clear();
  for (const ExportFile& file : files_between(70'000, 70'001)) paths.push_back(file.path());
  EXPECT_EQ(paths, (std::vector<std::string>{"tile/0/273.p/113", "tile/entries/273.p/113"}));
  EXPECT_TRUE(files_between(70'000, 70'000).empty());
  EXPECT_TRUE(files_between(0, 0).empty());

  // A complete tile is there once.
  EXPECT_TRUE(files_between(256, 256).empty());
  paths.clear();
  for (const ExportFile& file : files_between(255, 256)) paths.push_back(file.path());
  EXPECT_EQ(paths, (std::vector<std::string>{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
}

// Whoever has only the files makes the same root.
TEST(TilesExport, CarriesTheWholeTree) {
  test::MemoryTree memory{test::numbered_leaves(1'000)};
  StoredTree tree{memory.source()};
  std::map<std::string, std::string> files;
  for (const std::int64_t size : {3, 300, 1'000}) {
    static std::int64_t before = 0;
    for (const ExportFile& file : files_between(before, size)) {
      if (file.level == ExportFile::kEntriesLevel) continue;
      files[file.path()] = tile_content(tree, file).value();
    }
    before = size;
  }
  CompactRange range;
  for (int i = 0; i < 1'000; ++i) {
    const std::string path = i < 768 ? "tile/0/00" + std::to_string(i / 256) : "tile/0/003.p/232";
    ASSERT_EQ(files[path].size(), i < 768 ? 8'192U : 232U * 32U);
    range.append(*hash_from(files[path].substr(static_cast<std::size_t>(i % 256) * 32, 32)));
  }
  EXPECT_EQ(range.root(), memory.builder.root());
  EXPECT_EQ(files["tile/1/000.p/3"].substr(0, 32), bytes_of(tree.root_at(256).value()));
}

TEST(TilesExport, BundlesOfLeavesAreReadAsWritten) {
  std::string bundle;
  append_entry(bundle, "một");
  append_entry(bundle, "");
  append_entry(bundle, std::string(300, 'x'));
  const auto leaves = parse_entries(bundle);
  ASSERT_TRUE(leaves);
  EXPECT_EQ(leaves->size(), 3U);
  EXPECT_EQ((*leaves)[0], "một");
  EXPECT_EQ((*leaves)[2].size(), 300U);
  for (std::size_t cut = 1; cut < 300; cut += 13) {
    EXPECT_FALSE(parse_entries(std::string_view{bundle}.substr(0, bundle.size() - cut)));
  }
  std::string many;
  for (int i = 0; i < 257; ++i) append_entry(many, "x");
  EXPECT_FALSE(parse_entries(many));
}

}  // namespace
}  // namespace journal
