#pragma once
// definition_contract.h - what every casework::Store keeps of definitions, as one typed test suite.
// `Stores` as for store_contract.h.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "casework/store.h"
#include "casework/test_commits.h"

namespace storage::contract {

template <class Stores>
class DefinitionContract : public testing::Test {
 protected:
  DefinitionContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  static casework::DefinitionRow row(const std::string& key, std::int64_t version,
                                     const std::string& body = "{}",
                                     const std::string& kind = "draft") {
    return {.kind = kind,
            .key = key,
            .version = version,
            .at = moment(version),
            .actor = {.kind = dossier::ActorKind::officer,
                      .id = "o1",
                      .name = "Nguyễn Thị Đào",
                      .agency = "H41.101"},
            .digest = "digest of " + body,
            .body = body};
  }
  static std::string keys(const base::Outcome<std::vector<casework::DefinitionRow>>& rows) {
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    std::string text;
    if (!rows) return text;
    for (const auto& one : *rows) text += one.key + ":" + std::to_string(one.version) + " ";
    return text;
  }

 private:
  Stores stores_;
  std::unique_ptr<casework::Store> store_;
};
TYPED_TEST_SUITE_P(DefinitionContract);

TYPED_TEST_P(DefinitionContract, KeepsEveryVersionAsItCame) {
  auto& store = this->store();
  const std::string vietnamese = R"({"name":"Đăng ký khai sinh \"quá hạn\" Hạn"})";
  ASSERT_TRUE(store.save_definitions({this->row("1.001193", 1, vietnamese)}));
  ASSERT_TRUE(store.save_definitions({this->row("1.001193", 2, "{}")}));
  this->reopen();
  auto& again = this->store();
  const auto newest = again.find_definition("draft", "1.001193", 0);
  ASSERT_TRUE(newest && newest->has_value());
  EXPECT_EQ((*newest)->version, 2);
  EXPECT_EQ((*newest)->at, moment(2));
  EXPECT_EQ((*newest)->actor.name, "Nguyễn Thị Đào");
  EXPECT_EQ((*newest)->actor.kind, dossier::ActorKind::officer);
  EXPECT_EQ((*newest)->digest, "digest of {}");
  const auto first = again.find_definition("draft", "1.001193", 1);
  ASSERT_TRUE(first && first->has_value());
  EXPECT_EQ((*first)->body, vietnamese);
  const auto history = again.definition_history("draft", "1.001193");
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ(history->front().body, vietnamese);
  EXPECT_FALSE(again.find_definition("draft", "1.001193", 3)->has_value());
  EXPECT_FALSE(again.find_definition("overlay", "1.001193", 0)->has_value());
  EXPECT_FALSE(again.find_definition("draft", "1.00119", 0)->has_value());
}

TYPED_TEST_P(DefinitionContract, AllOfABatchOrNothing) {
  auto& store = this->store();
  ASSERT_TRUE(store.save_definitions({this->row("a", 1), this->row("a", 2), this->row("b", 1)}));
  const auto before = *store.definitions_sequence();
  const auto refused = store.save_definitions({this->row("c", 1), this->row("a", 2)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::conflict);
  EXPECT_FALSE(store.save_definitions({this->row("b", 3)})) << "a version is left out";
  EXPECT_FALSE(store.save_definitions({this->row("d", 0)}));
  EXPECT_EQ(this->keys(store.definitions({.kind = "draft"})), "a:2 b:1 ");
  EXPECT_EQ(*store.definitions_sequence(), before);
  ASSERT_TRUE(store.save_definitions({this->row("b", 2)}));
  EXPECT_GT(*store.definitions_sequence(), before);
  EXPECT_TRUE(store.save_definitions({}));
}

TYPED_TEST_P(DefinitionContract, ListsTheNewestOfEachInPages) {
  auto& store = this->store();
  std::vector<casework::DefinitionRow> rows;
  for (const char* key : {"1.001193", "1.001193@H41", "1.001193@H41.101", "1.0011930", "Đ"}) {
    rows.push_back(this->row(key, 1));
    rows.push_back(this->row(key, 2));
  }
  rows.push_back(this->row("1.001193", 1, "{}", "overlay"));
  ASSERT_TRUE(store.save_definitions(rows));
  EXPECT_EQ(this->keys(store.definitions({.kind = "draft"})),
            "1.001193:2 1.0011930:2 1.001193@H41:2 1.001193@H41.101:2 Đ:2 ");
  EXPECT_EQ(this->keys(store.definitions({.kind = "draft", .limit = 2})),
            "1.001193:2 1.0011930:2 ");
  EXPECT_EQ(this->keys(store.definitions(
                {.kind = "draft", .key_prefix = "1.001193@", .after_key = "1.001193@H41"})),
            "1.001193@H41.101:2 ");
  EXPECT_EQ(this->keys(store.definitions({.kind = "draft", .key_prefix = "1.00_19%"})), "");
  EXPECT_EQ(this->keys(store.definitions({.kind = "overlay"})), "1.001193:1 ");
  const auto bare = store.definitions({.kind = "overlay", .with_body = false});
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->front().body, "");
  EXPECT_EQ(bare->front().digest, "digest of {}");
}

TYPED_TEST_P(DefinitionContract, OfThoseWhoWriteTheSameVersionOneIsTaken) {
  auto& store = this->store();
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&] {
      for (std::int64_t version = 1; version <= 10; ++version) {
        const auto saved = store.save_definitions({this->row("x", version)});
        if (saved) ++taken;
        if (!saved) {
          EXPECT_EQ(saved.error().code, base::FaultCode::conflict);
        }
      }
    });
  }
  for (std::thread& one : threads) one.join();
  EXPECT_EQ(taken, static_cast<int>(store.definition_history("draft", "x")->size()));
  EXPECT_EQ((*store.find_definition("draft", "x", 0))->version, taken);
}

REGISTER_TYPED_TEST_SUITE_P(DefinitionContract, KeepsEveryVersionAsItCame, AllOfABatchOrNothing,
                            ListsTheNewestOfEachInPages, OfThoseWhoWriteTheSameVersionOneIsTaken);

}  // namespace storage::contract
