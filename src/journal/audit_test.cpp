#include "journal/audit.h"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "journal/test_journal.h"

namespace journal {
namespace {

constexpr const char* kOrigin = "motcua.nghean.gov.vn/H41";

// A store of records in memory, open to every kind of damage.
class AuditedStore {
 public:
  struct Row {
    std::int64_t index;
    std::unique_ptr<test::Record> record;
    bool leaf_gone = false;
  };

  explicit AuditedStore(std::int64_t size, std::vector<std::int64_t> heads)
      : tree(test::record_leaves(size)) {
    for (std::int64_t i = 0; i < size; ++i) {
      rows.push_back({.index = i, .record = std::make_unique<test::Record>(i)});
    }
    for (const std::int64_t at : heads) head_at(at);
  }

  void head_at(std::int64_t size) {
    StoredTree stored{tree.source()};
    saved.push_back(
        {.name = "head " + std::to_string(size),
         .checkpoint = sign_checkpoint({kOrigin, size, stored.root_at(size).value()}, key),
         .size = size,
         .timestamp = ""});
  }
  // Makes leaves, tiles and heads anew from the records as they are now.
  void rebuild(std::vector<std::int64_t> heads) {
    std::vector<Hash> leaves;
    for (Row& row : rows) {
      row.index = static_cast<std::int64_t>(leaves.size());
      row.record->leaf.content = row.record->content();
      leaves.push_back(leaf_hash(row.record->leaf));
    }
    tree = test::MemoryTree{leaves};
    saved.clear();
    for (const std::int64_t at : heads) head_at(at);
  }

  [[nodiscard]] AuditReport audit(std::vector<AuditHead> elsewhere = {}) {
    std::vector<AuditHead> heads = saved;
    heads.insert(heads.end(), elsewhere.begin(), elsewhere.end());
    Audit audit{{.tenant = "H41",
                 .size = static_cast<std::int64_t>(tree.leaves.size()),
                 .source = tree.source(),
                 .keys = known,
                 .heads = std::move(heads),
                 .ca = ""}};
    for (const Row& row : rows) {
      Leaf leaf = row.record->leaf;
      leaf.content = row.record->content();
      const bool stored =
          row.index >= 0 && row.index < static_cast<std::int64_t>(tree.leaves.size());
      const Hash hash = stored ? tree.leaves[static_cast<std::size_t>(row.index)] : Hash{};
      EXPECT_TRUE(
          audit.add({.index = row.index,
                     .leaf = leaf,
                     .erased = false,
                     .leaf_hash = stored && !row.leaf_gone ? bytes_of(hash) : std::string_view{}}));
    }
    return audit.finish().value();
  }

  SigningKey key = test::key_of(kOrigin, 41);
  std::vector<VerifierKey> known{key.verifier()};
  test::MemoryTree tree;
  std::vector<Row> rows;
  std::vector<AuditHead> saved;
};

bool has(const AuditReport& report, Damage damage) {
  return std::ranges::any_of(report.findings, [&](const auto& f) { return f.damage == damage; });
}

TEST(Audit, FindsNothingInAWholeStore) {
  for (const std::int64_t size : {0, 1, 2, 255, 256, 257, 700}) {
    AuditedStore store{size, size > 1 ? std::vector<std::int64_t>{1, size} : std::vector{size}};
    const AuditReport report = store.audit();
    EXPECT_TRUE(report.whole()) << to_text(report.findings[0].damage) << report.findings[0].detail;
    EXPECT_EQ(report.leaves, size);
    EXPECT_EQ(report.covered, size);
    EXPECT_EQ(report.first_bad_index, -1);
    EXPECT_EQ(report.root, store.tree.builder.root());
  }
}

TEST(Audit, NamesARecordThatChanged) {
  AuditedStore store{700, {300, 700}};
  store.rows[523].record->opening.payload += " ";
  const AuditReport report = store.audit();
  ASSERT_EQ(report.findings_in_all, 1);
  EXPECT_EQ(report.findings[0].damage, Damage::record_changed);
  EXPECT_EQ(report.first_bad_index, 523);
  EXPECT_EQ(report.heads_held, 2);
}

TEST(Audit, NamesALeafThatChanged) {
  AuditedStore store{700, {300, 700}};
  store.tree.leaves[523][0] ^= std::byte{1};
  const AuditReport report = store.audit();
  EXPECT_EQ(report.first_bad_index, 523);
  EXPECT_TRUE(has(report, Damage::leaf_changed));
  EXPECT_FALSE(has(report, Damage::record_changed));
  EXPECT_FALSE(has(report, Damage::head_not_of_this_tree));
}

TEST(Audit, TellsChangedLeavesFromChangedRecordsBeforeAndAfterAHead) {
  AuditedStore store{700, {300, 700}};
  store.tree.leaves[100][0] ^= std::byte{1};
  store.rows[523].record->opening.actor_name = "x";
  const AuditReport report = store.audit();
  ASSERT_GE(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].damage, Damage::leaf_changed);
  EXPECT_EQ(report.findings[0].index, 100);
  EXPECT_TRUE(has(report, Damage::record_changed));
  EXPECT_EQ(report.first_bad_index, 100);
}

TEST(Audit, NamesARecordThatIsGone) {
  AuditedStore store{700, {700}};
  store.rows.erase(store.rows.begin() + 523);
  AuditReport report = store.audit();
  ASSERT_EQ(report.findings_in_all, 1);
  EXPECT_EQ(report.findings[0].damage, Damage::record_missing);
  EXPECT_EQ(report.first_bad_index, 523);
  store.rows.resize(600);
  report = store.audit();
  EXPECT_EQ(report.findings_in_all, 1 + 99);
  EXPECT_EQ(report.first_bad_index, 523);
}

TEST(Audit, NamesALeafThatIsGone) {
  AuditedStore store{700, {700}};
  store.rows[523].leaf_gone = true;
  AuditReport report = store.audit();
  EXPECT_EQ(report.first_bad_index, 523);
  EXPECT_TRUE(has(report, Damage::leaf_missing));
  // The record as well: no root can be made from there on.
  AuditedStore other{700, {300, 700}};
  other.rows.erase(other.rows.begin() + 523);
  Audit audit{
      {.tenant = "H41",
       .size = 700,
       .source = {.tile = [](int, std::int64_t) -> base::Outcome<std::optional<std::string>> {
                    return std::optional<std::string>{};
                  },
                  .leaf_hashes = [](std::int64_t, std::int64_t) -> base::Outcome<std::string> {
                    return std::string{};
                  }},
       .keys = other.known,
       .heads = other.saved,
       .ca = ""}};
  for (const auto& row : other.rows) {
    const Hash hash = other.tree.leaves[static_cast<std::size_t>(row.index)];
    ASSERT_TRUE(audit.add({.index = row.index,
                           .leaf = row.record->leaf,
                           .erased = false,
                           .leaf_hash = bytes_of(hash)}));
  }
  report = audit.finish().value();
  EXPECT_TRUE(has(report, Damage::leaf_missing));
  EXPECT_TRUE(has(report, Damage::head_not_of_this_tree));
  EXPECT_EQ(report.first_bad_index, 523);
}

TEST(Audit, FindsRecordsThatChangedPlaces) {
  AuditedStore store{700, {700}};
  std::swap(store.rows[300].record, store.rows[301].record);
  AuditReport report = store.audit();
  EXPECT_EQ(report.first_bad_index, 300);
  EXPECT_EQ(report.findings_in_all, 2);
  AuditedStore twice{700, {700}};
  twice.rows[301].index = 300;
  report = twice.audit();
  EXPECT_TRUE(has(report, Damage::record_out_of_place));
  EXPECT_TRUE(has(report, Damage::record_missing));
  AuditedStore beyond{700, {700}};
  beyond.rows[699].index = std::int64_t{1} << 60;
  report = beyond.audit();
  EXPECT_TRUE(has(report, Damage::leaf_missing));
  EXPECT_TRUE(has(report, Damage::record_missing));
}

TEST(Audit, FindsARecordOfAnotherTenant) {
  AuditedStore store{10, {10}};
  store.rows[4].record->leaf.tenant = "H42";
  EXPECT_EQ(store.audit().first_bad_index, 4);
}

TEST(Audit, FindsDamagedTiles) {
  AuditedStore store{66'000, {66'000}};
  store.tree.tiles.at({0, 3})[32 * 7] ^= 1;
  store.tree.tiles.at({1, 0})[32 * 9] ^= 1;
  AuditReport report = store.audit();
  EXPECT_EQ(report.findings_in_all, 2);
  EXPECT_EQ(report.first_bad_index, 3 * 256 + 7);
  EXPECT_EQ(report.findings[1].index, 9 * 256);
  store.tree.tiles.erase({1, 0});
  report = store.audit();
  EXPECT_EQ(report.findings_in_all, 2);
  EXPECT_EQ(report.findings[1].index, 0) << "a tile that is gone: where it begins";
}

// Whoever holds the store's key makes everything fit again; the older checkpoint tells.
TEST(Audit, FindsAHistoryThatWasRewrittenWithAnOlderCheckpointAtHand) {
  AuditedStore store{700, {300, 500, 700}};
  const AuditHead kept{
      .name = "kept.txt", .checkpoint = store.saved[1].checkpoint, .timestamp = ""};
  const AuditHead early{
      .name = "early.txt", .checkpoint = store.saved[0].checkpoint, .timestamp = ""};
  EXPECT_TRUE(store.audit({kept, early}).whole());
  store.rows[421].record->opening.payload = "{}";
  store.rebuild({500, 700});
  EXPECT_TRUE(store.audit().whole()) << "the store alone does not know";
  const AuditReport report = store.audit({kept, early});
  EXPECT_TRUE(has(report, Damage::head_not_of_this_tree));
  EXPECT_EQ(report.first_bad_index, 300) << "between the heads of 300 and 500";
}

TEST(Audit, FindsATailThatWasCutOff) {
  AuditedStore store{700, {300, 700}};
  const AuditHead kept{
      .name = "kept.txt", .checkpoint = store.saved[1].checkpoint, .timestamp = ""};
  AuditedStore older{600, {300}};
  EXPECT_TRUE(older.audit().whole());
  const AuditReport report = older.audit({kept});
  EXPECT_TRUE(has(report, Damage::tree_too_short));
  EXPECT_EQ(report.first_bad_index, 600);
}

TEST(Audit, FindsHeadsThatNobodySigned) {
  AuditedStore store{700, {300, 700}};
  const SigningKey other = test::key_of(kOrigin, 99);
  store.saved[1].checkpoint = sign_checkpoint({kOrigin, 700, store.tree.builder.root()}, other);
  AuditReport report = store.audit();
  EXPECT_TRUE(has(report, Damage::head_signature_bad));
  store.saved[1].checkpoint = "nonsense";
  report = store.audit();
  EXPECT_TRUE(has(report, Damage::head_malformed));
  store.saved[1] = store.saved[0];
  store.saved[1].size = 400;
  EXPECT_TRUE(has(store.audit(), Damage::head_malformed));
  store.saved[1] = store.saved[0];
  store.saved[1].timestamp = "no token";
  EXPECT_TRUE(has(store.audit(), Damage::timestamp_bad));
}

TEST(Audit, CountsWhatIsErasedAndWhatWaits) {
  AuditedStore store{10, {10}};
  Audit audit{{.tenant = "H41",
               .size = 10,
               .source = store.tree.source(),
               .keys = store.known,
               .heads = store.saved,
               .ca = ""}};
  for (const auto& row : store.rows) {
    const Hash hash = leaf_hash(row.record->leaf);
    ASSERT_TRUE(audit.add({.index = row.index,
                           .leaf = row.record->leaf,
                           .erased = row.index == 3,
                           .leaf_hash = bytes_of(hash)}));
  }
  ASSERT_TRUE(audit.add(
      {.index = -1, .leaf = store.rows[0].record->leaf, .erased = false, .leaf_hash = ""}));
  const AuditReport report = audit.finish().value();
  EXPECT_TRUE(report.whole());
  EXPECT_EQ(report.records_erased, 1);
  EXPECT_EQ(report.records_waiting, 1);
}

TEST(Audit, KeepsABoundedListOfFindings) {
  AuditedStore store{1'500, {1'500}};
  for (auto& row : store.rows) row.record->opening.payload += "x";
  const AuditReport report = store.audit();
  EXPECT_EQ(report.findings_in_all, 1'500);
  EXPECT_EQ(report.findings.size(), kFindingsKept);
  EXPECT_EQ(report.first_bad_index, 0);
}

}  // namespace
}  // namespace journal
