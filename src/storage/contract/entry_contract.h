#pragma once
// entry_contract.h - what every casework::Store keeps of register entries and sessions, and whom it
// shows the work of several places, as one typed test suite.  `Stores` as for store_contract.h.
#include <algorithm>
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
class EntryContract : public testing::Test {
 protected:
  EntryContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  static casework::EntryRow row(const std::string& key, std::int64_t version,
                                std::vector<std::string> found_by = {}) {
    return {.kind = "person",
            .key = key,
            .version = version,
            .at = moment(version),
            .body = R"({"name":"Đào Thị Hường","nth":)" + std::to_string(version) + "}",
            .found_by = std::move(found_by)};
  }
  static std::string keys(const base::Outcome<std::vector<casework::EntryRow>>& rows) {
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
TYPED_TEST_SUITE_P(EntryContract);

TYPED_TEST_P(EntryContract, KeepsTheNewestOfEachAsItCame) {
  ASSERT_TRUE(this->store().save_entries({this->row("p1", 1, {"id:038", "id:111", "id:038"})}, {}));
  ASSERT_TRUE(this->store().save_entries({this->row("p1", 2, {"id:038"})}, {}));
  this->reopen();
  const auto there = this->store().find_entry("person", "p1");
  ASSERT_TRUE(there);
  ASSERT_TRUE(there->has_value());
  EXPECT_EQ((*there)->version, 2);
  EXPECT_EQ((*there)->body, this->row("p1", 2).body);
  EXPECT_EQ((*there)->found_by, std::vector<std::string>{"id:038"});
  EXPECT_FALSE((*there)->expires_at.has_value());
  EXPECT_FALSE(this->store().find_entry("person", "p2")->has_value());
  EXPECT_FALSE(this->store().find_entry("account", "p1")->has_value());
}

TYPED_TEST_P(EntryContract, IsFoundByTheWordsItHasNowAndNoOthers) {
  ASSERT_TRUE(this->store().save_entries(
      {this->row("p1", 1, {"id:038", "phone:09"}), this->row("p2", 1, {"phone:09"})}, {}));
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "phone:09", 10)), "p1:1 p2:1 ");
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "phone:09", 1)), "p1:1 ");
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "phone", 10)), "");
  EXPECT_EQ(this->keys(this->store().entries_found_by("other", "phone:09", 10)), "");
  ASSERT_TRUE(this->store().save_entries({this->row("p1", 2, {"id:038"})}, {}));
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "phone:09", 10)), "p2:1 ");
  ASSERT_TRUE(this->store().delete_entries({{"person", "p2"}, {"person", "nobody"}}));
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "phone:09", 10)), "");
  EXPECT_FALSE(this->store().find_entry("person", "p2")->has_value());
}

TYPED_TEST_P(EntryContract, WritesAllOfThemOrNothing) {
  ASSERT_TRUE(this->store().save_entries({this->row("p1", 1)}, {}));
  const auto both = this->store().save_entries({this->row("p2", 1), this->row("p1", 3)}, {});
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, base::FaultCode::conflict);
  EXPECT_FALSE(this->store().find_entry("person", "p2")->has_value());
  EXPECT_FALSE(this->store().save_entries({this->row("p1", 1)}, {})) << "there is one already";
  EXPECT_FALSE(this->store().save_entries({this->row("p3", 2)}, {})) << "there is no first one";
  EXPECT_FALSE(this->store().save_entries({this->row("p3", 0)}, {}));
}

TYPED_TEST_P(EntryContract, ARequestIsDoneOnce) {
  const casework::RequestKey key{.key = "k1", .hash = "h", .actor = "a"};
  ASSERT_TRUE(this->store().save_entries({this->row("p1", 1)}, key));
  const auto again = this->store().save_entries({this->row("p2", 1)}, key);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, base::FaultCode::conflict);
  EXPECT_FALSE(this->store().find_entry("person", "p2")->has_value());
}

TYPED_TEST_P(EntryContract, OfManyWritersOfOneVersionOneWins) {
  constexpr int kWriters = 8;
  std::atomic<int> won = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([this, &won] {
      if (this->store().save_entries({this->row("p1", 1, {"w"})}, {})) ++won;
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(won, 1);
}

TYPED_TEST_P(EntryContract, ListsByKeyInPages) {
  for (const char* key : {"b/2", "a/1", "b/1", "c", "b%"}) {
    ASSERT_TRUE(this->store().save_entries({this->row(key, 1)}, {}));
  }
  EXPECT_EQ(this->keys(this->store().entries({.kind = "person"})), "a/1:1 b%:1 b/1:1 b/2:1 c:1 ");
  EXPECT_EQ(this->keys(this->store().entries({.kind = "person", .key_prefix = "b/"})),
            "b/1:1 b/2:1 ");
  EXPECT_EQ(this->keys(this->store().entries({.kind = "person", .after_key = "b/1", .limit = 1})),
            "b/2:1 ");
}

TYPED_TEST_P(EntryContract, ForgetsWhatHasExpired) {
  casework::EntryRow soon = this->row("p1", 1, {"w"});
  soon.expires_at = moment(10);
  ASSERT_TRUE(this->store().save_entries({soon, this->row("p2", 1, {"w"})}, {}));
  EXPECT_EQ(*this->store().delete_entries_expired_at(moment(9)), 0);
  EXPECT_EQ(*this->store().delete_entries_expired_at(moment(10)), 1);
  EXPECT_EQ(this->keys(this->store().entries_found_by("person", "w", 10)), "p2:1 ");
}

TYPED_TEST_P(EntryContract, TellsOfASessionWhereItComesFromAndHowStrongItIs) {
  casework::SessionRow one{.token_hash = "t1",
                           .username = "lan",
                           .csrf = "c",
                           .created_at = moment(1),
                           .seen_at = moment(1),
                           .device = "Firefox, Linux",
                           .address = "10.1.2.0/24",
                           .strength = "password"};
  ASSERT_TRUE(this->store().save_session(one));
  one.strength = "two-factor";
  one.confirmed_at = moment(2);
  one.device = "another";
  ASSERT_TRUE(this->store().save_session(one));
  casework::SessionRow two = one;
  two.token_hash = "t2";
  two.created_at = moment(3);
  ASSERT_TRUE(this->store().save_session(two));
  const auto there = this->store().sessions("lan");
  ASSERT_TRUE(there);
  ASSERT_EQ(there->size(), 2U);
  EXPECT_EQ(there->front().token_hash, "t2");
  EXPECT_EQ(there->back().device, "Firefox, Linux");
  EXPECT_EQ(there->back().strength, "two-factor");
  EXPECT_EQ(there->back().confirmed_at, moment(2));
  EXPECT_TRUE(this->store().sessions("hung")->empty());
}

TYPED_TEST_P(EntryContract, ShowsTheWorkOfOtherPlacesToWhoeverHasARoleThere) {
  const auto put = [this](const char* id, const char* agency, const char* role,
                          const char* assignee, const char* procedure) {
    casework::Commit commit = new_dossier(id);
    commit.row.agency = agency;
    commit.row.procedure = procedure;
    commit.agencies = {agency};
    for (casework::TaskRow& task : commit.tasks) {
      task.agency = agency;
      task.role = role;
      task.assignee_id = assignee;
    }
    ASSERT_TRUE(this->store().commit(commit));
  };
  put("d1", "H41.101", "specialist", "", "1.1");
  put("d2", "H41.102", "leader", "", "1.1");
  put("d3", "H41.102", "leader", "", "1.2");
  put("d4", "H41.102", "leader", "hung", "1.1");
  put("d5", "H41.102", "specialist", "", "1.1");
  put("d6", "H41.103", "leader", "", "1.1");
  casework::InboxQuery query{.officer = "lan",
                             .agency = "H41.101",
                             .roles = {"specialist"},
                             .state = "all",
                             .procedure = {},
                             .now = moment(100),
                             .soon = moment(200),
                             .cursor = {}};
  const auto seen = [this, &query] {
    const auto page = this->store().inbox(query);
    EXPECT_TRUE(page) << (page ? "" : page.error().message);
    std::vector<std::string> ids;
    if (page) {
      EXPECT_EQ(page->counts.all, static_cast<std::int64_t>(page->rows.size()));
      for (const auto& one : page->rows) ids.push_back(one.dossier.id);
    }
    std::ranges::sort(ids);
    return ids;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(seen(), (Ids{"d1"}));
  query.places = {{.agency = "H41.102", .role = "leader"}};
  EXPECT_EQ(seen(), (Ids{"d1", "d2", "d3"}));
  query.places.front().procedures = {"1.1", "1.9"};
  EXPECT_EQ(seen(), (Ids{"d1", "d2"}));
  query.places.front().in_place_of = "hung";
  EXPECT_EQ(seen(), (Ids{"d1", "d2", "d4"}));
  query.limit = 1;
  const auto first = this->store().inbox(query);
  ASSERT_TRUE(first);
  ASSERT_FALSE(first->next_cursor.empty());
  query.cursor = first->next_cursor;
  const auto second = this->store().inbox(query);
  ASSERT_TRUE(second);
  ASSERT_EQ(second->rows.size(), 1U);
  EXPECT_NE(second->rows.front().dossier.id, first->rows.front().dossier.id);

  casework::SearchQuery search;
  search.agency_prefix = "H41.101";
  search.now = moment(100);
  EXPECT_EQ(this->store().search(search)->rows.size(), 1U);
  search.more_prefixes = {"H41.103", "H41.10"};
  EXPECT_EQ(this->store().search(search)->rows.size(), 2U) << "a prefix ends at a dot";
  search.more_prefixes = {"H41.102", "H41.103"};
  search.limit = 4;
  const auto page = this->store().search(search);
  ASSERT_EQ(page->rows.size(), 4U);
  search.cursor = page->next_cursor;
  const auto rest = this->store().search(search);
  EXPECT_EQ(rest->rows.size(), 2U);
  EXPECT_TRUE(rest->next_cursor.empty());
}

REGISTER_TYPED_TEST_SUITE_P(EntryContract, KeepsTheNewestOfEachAsItCame,
                            IsFoundByTheWordsItHasNowAndNoOthers, WritesAllOfThemOrNothing,
                            ARequestIsDoneOnce, OfManyWritersOfOneVersionOneWins, ListsByKeyInPages,
                            ForgetsWhatHasExpired, TellsOfASessionWhereItComesFromAndHowStrongItIs,
                            ShowsTheWorkOfOtherPlacesToWhoeverHasARoleThere);

}  // namespace storage::contract
