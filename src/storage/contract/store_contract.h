#pragma once
// store_contract.h - what every casework::Store keeps, as one typed test suite.
//
// A store's test names a type that opens it:
//   struct SqliteStores { std::unique_ptr<casework::Store> open(); /* again: the same store */ };
//   INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, SqliteStores);
#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "calendar/instant.h"
#include "casework/store.h"
#include "casework/test_commits.h"

namespace storage::contract {

template <class Stores>
class StoreContract : public testing::Test {
 protected:
  StoreContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  void must(const Commit& commit) {
    const auto done = store_->commit(commit);
    ASSERT_TRUE(done) << static_cast<int>(done.error().failure) << " "
                      << done.error().fault.message;
  }
  CommitFailure failure_of(const Commit& commit) {
    const auto done = store_->commit(commit);
    EXPECT_FALSE(done);
    return done ? CommitFailure::fault : done.error().failure;
  }

  Stores stores_;
  std::unique_ptr<casework::Store> store_;
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, GivesBackWhatWasCommitted) {
  ASSERT_FALSE(this->store().last_event_at()->has_value());
  Commit commit = new_dossier("a1");
  commit.row.due_at = moment(100);
  commit.slip_number = casework::number_placeholder("a1", 0);
  const auto done = this->store().commit(commit);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->version, 2);
  ASSERT_EQ(done->numbers, std::vector<std::string>{"H41.101.01-260820-0001"});
  const auto loaded = this->store().load("a1");
  ASSERT_TRUE(loaded && loaded->has_value());
  const casework::LoadedDossier& one = **loaded;
  EXPECT_EQ(one.row.code, "H41.101.01-260820-0001");
  EXPECT_EQ(one.state, R"({"code":"H41.101.01-260820-0001"})");
  EXPECT_EQ(one.slip_number, "H41.101.01-260820-0001");
  EXPECT_EQ(one.row.applicant, "Nguyễn Văn a1");
  EXPECT_EQ(one.row.due_at, moment(100));
  EXPECT_FALSE(one.row.received_at.has_value());
  const auto events = this->store().events("a1", 0);
  ASSERT_EQ(events->size(), 2U);
  EXPECT_EQ((*events)[0].sequence, 1);
  EXPECT_EQ((*events)[0].number, "H41.101.01-260820-0001");
  EXPECT_EQ((*events)[0].payload, R"({"a":1})");
  EXPECT_EQ((*events)[0].actor, commit.actor);
  EXPECT_EQ((*events)[1].number, "");
  EXPECT_EQ(this->store().events("a1", 1)->size(), 1U);
  EXPECT_EQ(this->store().events("none", 0)->size(), 0U);
  EXPECT_EQ(*this->store().find_by_code("H41.101.01-260820-0001"), "a1");
  EXPECT_FALSE(this->store().find_by_code("H41.101.01-260820-0002")->has_value());
  EXPECT_FALSE(this->store().load("A1")->has_value());
  EXPECT_EQ(*this->store().dossier_count(), 1);
  EXPECT_EQ(*this->store().last_event_at(), moment(0));
}

TYPED_TEST_P(StoreContract, RefusesAConflictARepetitionAndABackwardClock) {
  const Commit first = new_dossier("a1");
  this->must(first);
  EXPECT_EQ(this->failure_of(first), CommitFailure::repeated);
  Commit twice = first;
  twice.request.key = "other";
  EXPECT_EQ(this->failure_of(twice), CommitFailure::conflict);
  const Commit second = next_of(first, "k2");
  this->must(second);
  Commit stale = next_of(first, "k3");
  EXPECT_EQ(this->failure_of(stale), CommitFailure::conflict);
  Commit early = next_of(second, "k4");
  early.at = moment(-1);
  EXPECT_EQ(this->failure_of(early), CommitFailure::backwards);
  Commit missing = next_of(first, "k5");
  missing.row.id = "nobody";
  EXPECT_EQ(this->failure_of(missing), CommitFailure::conflict);
  // The same key of somebody else is another key.
  Commit other = next_of(second, "k2");
  other.request.actor = "o2";
  this->must(other);
  EXPECT_EQ(this->store().events("a1", 0)->size(), 4U);
}

TYPED_TEST_P(StoreContract, TheNewestMomentNeverGoesBack) {
  Commit late = new_dossier("a1", "s", 10);
  this->must(late);
  Commit earlier = new_dossier("a2", "s", 10);
  earlier.at = late.at - std::chrono::seconds{4};  // decided at once, committed in another order
  this->must(earlier);
  EXPECT_EQ(*this->store().last_event_at(), late.at);
  earlier = new_dossier("a3", "s", 10);
  earlier.at = late.at - std::chrono::seconds{8};
  EXPECT_EQ(this->failure_of(earlier), CommitFailure::backwards)
      << "small steps back do not add up";
}

TYPED_TEST_P(StoreContract, RemembersWhatBecameOfARequest) {
  this->must(new_dossier("a1"));
  const auto record =
      this->store().find_request({.key = "file-a1", .hash = "", .actor = "citizen"});
  ASSERT_TRUE(record && record->has_value());
  EXPECT_EQ((*record)->hash, "hash-a1");
  EXPECT_EQ((*record)->dossier_id, "a1");
  EXPECT_EQ((*record)->version, 2);
  EXPECT_FALSE(
      this->store().find_request({.key = "file-a1", .hash = "", .actor = "x"})->has_value());
}

TYPED_TEST_P(StoreContract, NumbersWithoutGapsWhileSixteenWriteAndSomeAreRefused) {
  constexpr int kThreads = 16;
  constexpr int kEach = 200;
  std::atomic<int> refused{0};
  std::atomic<int> kept{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        Commit commit = new_dossier(id, "s");
        if (i % 5 == 0) commit.expected_version = 7;  // is refused
        if (i % 7 == 1) {
          // A fault after the number was taken: two tasks of one activity.
          commit.tasks.push_back(commit.tasks.front());
        }
        (this->store().commit(commit) ? kept : refused) += 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kept + refused, kThreads * kEach);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(*this->store().dossier_count(), kept);
  // Every number from one to the count of those kept.
  for (int n = 1; n <= kept; ++n) {
    const auto code = dossier::format_number(
        {.key = "s", .prefix = "H41.101.01-260820-", .width = 4, .suffix = {}}, n);
    ASSERT_TRUE(this->store().find_by_code(code)->has_value()) << code;
  }
}

TYPED_TEST_P(StoreContract, AFailingCommitLeavesNothingAndHarmsNoNeighbour) {
  Commit broken = new_dossier("bad");
  broken.tasks.push_back(broken.tasks.front());
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        if (t % 2 == 0) {
          EXPECT_FALSE(this->store().commit(broken));
        } else if (this->store().commit(new_dossier(std::to_string(t) + "-" + std::to_string(i)))) {
          ++good;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 80);
  EXPECT_FALSE(this->store().load("bad")->has_value());
  EXPECT_EQ(this->store().events("bad", 0)->size(), 0U);
  EXPECT_FALSE(this->store().find_request(broken.request)->has_value());
  EXPECT_EQ(*this->store().dossier_count(), 80);
}

inline casework::InboxQuery inbox_of(const std::string& officer, std::vector<std::string> roles,
                                     const std::string& state = "all") {
  return {.officer = officer,
          .agency = "H41.101.01",
          .roles = std::move(roles),
          .state = state,
          .procedure = {},
          .now = moment(60),
          .soon = moment(120),
          .cursor = {},
          .limit = 25};
}

TYPED_TEST_P(StoreContract, TheInboxIsOrderedByWhatIsDueAndCountsByState) {
  const auto add = [&](const std::string& id, auto change) {
    Commit commit = new_dossier(id);
    change(commit);
    this->must(commit);
  };
  add("late", [](Commit& c) { c.row.received_at = moment(0), c.row.due_at = moment(30); });
  add("soon", [](Commit& c) {
    c.row.received_at = moment(0), c.row.due_at = moment(90), c.tasks[0].due_at = moment(80);
  });
  add("fresh", [](Commit& c) { c.tasks[0].due_at = moment(200); });
  add("mine", [](Commit& c) {
    c.row.received_at = moment(0), c.row.due_at = moment(500), c.tasks[0].due_at = moment(300);
    c.tasks[0].assignee_id = "o1", c.tasks[0].role = "specialist";
  });
  add("his", [](Commit& c) { c.tasks[0].assignee_id = "o2"; });
  add("paused", [](Commit& c) {
    // Its step was due first of all, but nobody at the office is waited for.
    c.row.received_at = moment(0), c.row.paused = true, c.tasks[0].due_at = moment(1);
  });
  add("ready", [](Commit& c) {
    c.row.received_at = moment(0), c.row.due_at = moment(10), c.tasks[0].action = "return";
    c.tasks[0].due_at = std::nullopt, c.row.finished_at = moment(5);
  });
  add("elsewhere", [](Commit& c) { c.tasks[0].agency = "H41.102.01"; });
  add("clerks", [](Commit& c) { c.tasks[0].role = "clerk"; });

  const auto ids = [&](const std::string& state) {
    std::vector<std::string> found;
    const auto page = this->store().inbox(inbox_of("o1", {"reception"}, state));
    EXPECT_TRUE(page) << page.error().message;
    for (const auto& row : page->rows) found.push_back(row.dossier.id);
    return found;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids("all"), (Ids{"ready", "late", "soon", "fresh", "mine", "paused"}));
  EXPECT_EQ(ids("new"), (Ids{"fresh"}));
  EXPECT_EQ(ids("mine"), (Ids{"mine"}));
  EXPECT_EQ(ids("overdue"), (Ids{"late"})) << "what is ready to return is not late any more";
  EXPECT_EQ(ids("soon"), (Ids{"soon"}));
  EXPECT_EQ(ids("paused"), (Ids{"paused"}));
  EXPECT_EQ(ids("to_return"), (Ids{"ready"}));
  EXPECT_EQ(ids("unassigned").size(), 5U);
  const auto counts = this->store().inbox(inbox_of("o1", {"reception"}, "mine"))->counts;
  EXPECT_EQ(counts.all, 6);
  EXPECT_EQ(counts.fresh, 1);
  EXPECT_EQ(counts.mine, 1);
  EXPECT_EQ(counts.unassigned, 5);
  EXPECT_EQ(counts.overdue, 1);
  EXPECT_EQ(counts.soon, 1);
  EXPECT_EQ(counts.paused, 1);
  EXPECT_EQ(counts.to_return, 1);
  // Nobody sees what no role of his may take.
  EXPECT_EQ(this->store().inbox(inbox_of("", {}))->rows.size(), 0U);
  casework::InboxQuery other = inbox_of("o1", {"reception"});
  other.procedure = "9.999999";
  EXPECT_EQ(this->store().inbox(other)->counts.all, 0);
  other.limit = 0;
  EXPECT_FALSE(this->store().inbox(other)) << "a page of nothing is a mistake";
}

TYPED_TEST_P(StoreContract, PagesShowEveryRowOnceWhileRowsAreAdded) {
  for (int i = 0; i < 60; ++i) this->must(new_dossier("p" + std::to_string(100 + i), "s", i / 4));
  std::map<std::string, int> seen;
  casework::InboxQuery query = inbox_of("o1", {"reception"});
  query.limit = 7;
  int added = 0;
  do {
    const auto page = this->store().inbox(query);
    ASSERT_TRUE(page);
    for (const auto& row : page->rows) ++seen[row.dossier.id];
    query.cursor = page->next_cursor;
    this->must(new_dossier("new" + std::to_string(added++), "s", 15));
  } while (!query.cursor.empty());
  for (int i = 0; i < 60; ++i) EXPECT_EQ(seen["p" + std::to_string(100 + i)], 1) << i;

  for (const char* words : {"", "khai sinh"}) {
    seen.clear();
    casework::SearchQuery search;
    search.words = words;
    search.now = moment(60);
    search.limit = 7;
    do {
      const auto page = this->store().search(search);
      ASSERT_TRUE(page) << page.error().message;
      for (const auto& row : page->rows) ++seen[row.id];
      search.cursor = page->next_cursor;
      this->must(new_dossier("new" + std::to_string(added++), "s", 16));
    } while (!search.cursor.empty());
    for (int i = 0; i < 60; ++i) EXPECT_EQ(seen["p" + std::to_string(100 + i)], 1) << words << i;
    for (const auto& [id, times] : seen) EXPECT_EQ(times, 1) << id;
  }
  for (const char* nonsense : {"x", "|", "9|9|9|9|9|9", "99999999999999999999|a|b", "1|\"|'"}) {
    query.cursor = nonsense;
    EXPECT_TRUE(this->store().inbox(query)) << nonsense;
    casework::SearchQuery search;
    search.cursor = nonsense;
    EXPECT_TRUE(this->store().search(search)) << nonsense;
  }
}

TYPED_TEST_P(StoreContract, SearchFindsWithoutDiacriticsByWordBeginnings) {
  Commit commit = new_dossier("a1");
  commit.search_text = base::fold_for_search("Nguyễn Thị Đào 040190000001 khai sinh");
  this->must(commit);
  const auto found = [&](const std::string& words) {
    casework::SearchQuery query;
    query.words = base::fold_for_search(words);
    query.now = moment(60);
    const auto page = this->store().search(query);
    EXPECT_TRUE(page) << words << ": " << page.error().message;
    return page ? page->rows.size() : 99U;
  };
  for (const char* words :
       {"Nguyễn", "nguyen", "NGUYỄN thi", "đào", "dao", "Nguye", "khai sinh dao", "040190000001",
        "Nguye\u0302\u0303n", "D\u0323a\u0300o", "0001", "260820-0001", "H41.101.01-260820"}) {
    EXPECT_EQ(found(words), 1U) << words;
  }
  // Numbers are whole, or one that is masked could be found out digit by digit.
  for (const char* words : {"0", "0401", "04019000000", "dao 040", "H41.101.01-040", "2608"}) {
    EXPECT_EQ(found(words), 0U) << words;
  }
  EXPECT_EQ(found("Trần"), 0U);
  EXPECT_EQ(found("nguyen tran"), 0U) << "every word counts";
  casework::SearchQuery hostile;
  for (const char* words : {"\"", "a\"b", "* OR *", "NEAR(", "^x", "-", "words:x", "\"\" \"\""}) {
    hostile.words = words;
    EXPECT_TRUE(this->store().search(hostile)) << words;
  }
  // A correction changes what it is found by.
  Commit changed = next_of(commit, "k");
  changed.search_text = base::fold_for_search("Trần Thị Đào");
  this->must(changed);
  EXPECT_EQ(found("Nguyễn"), 0U);
  EXPECT_EQ(found("Trần"), 1U);
  EXPECT_EQ(found("260820-0001"), 1U) << "its code stays what it is";
}

TYPED_TEST_P(StoreContract, SearchFilters) {
  Commit a = new_dossier("a", "s", 0);
  a.row.status = 4, a.row.due_at = moment(30), a.row.received_at = moment(0);
  Commit b = new_dossier("b", "s", 10);
  b.row.procedure = "1.004873", b.agencies = {"H41.10", "H41.101"}, b.row.agency = "H41.10";
  Commit c = new_dossier("c", "s", 20);
  c.agencies = {"H41.1012"}, c.row.status = 10, c.row.closed = true;
  c.row.due_at = moment(30), c.row.finished_at = moment(40);
  for (const Commit& one : {a, b, c}) this->must(one);
  const auto ids = [&](auto change) {
    casework::SearchQuery query;
    query.now = moment(60);
    change(query);
    std::string found;
    const auto page = this->store().search(query);
    EXPECT_TRUE(page);
    for (const auto& row : page->rows) found += row.id;
    return found;
  };
  EXPECT_EQ(ids([](auto&) {}), "cba") << "newest first";
  EXPECT_EQ(ids([](auto& q) { q.agency_prefix = "H41.101"; }), "ba") << "not H41.1012";
  EXPECT_EQ(ids([](auto& q) { q.agency_prefix = "H41.10"; }), "b");
  EXPECT_EQ(ids([](auto& q) { q.agency_prefix = "H41"; }), "cba");
  EXPECT_EQ(ids([](auto& q) { q.statuses = {4, 10}; }), "ca");
  EXPECT_EQ(ids([](auto& q) { q.procedure = "1.004873"; }), "b");
  EXPECT_EQ(ids([](auto& q) { q.overdue = true; }), "ca");
  EXPECT_EQ(ids([](auto& q) { q.filed_from = moment(10); }), "cb");
  EXPECT_EQ(ids([](auto& q) { q.filed_before = moment(10); }), "a");
  EXPECT_EQ(ids([](auto& q) { q.code = "H41.101.01-260820-0002"; }), "b");
  EXPECT_EQ(ids([](auto& q) { q.code = "H41.101.01-260820-0002", q.agency_prefix = "H41.555"; }),
            "");
  EXPECT_EQ(ids([](auto& q) { q.words = "khai", q.statuses = {10}; }), "c");
}

TYPED_TEST_P(StoreContract, WhoeverJoinsADossierLaterFindsIt) {
  Commit commit = new_dossier("a");
  commit.row.returning_agency = "H41.102.01";
  this->must(commit);
  EXPECT_EQ((*this->store().load("a"))->row.returning_agency, "H41.102.01");
  const auto found_at = [&](const std::string& agency, const std::string& words = {}) {
    casework::SearchQuery query;
    query.agency_prefix = agency;
    query.words = words;
    query.now = moment(60);
    const auto page = this->store().search(query);
    EXPECT_TRUE(page) << page.error().message;
    return page ? page->rows.size() : 99U;
  };
  EXPECT_EQ(found_at("H41.103.01"), 0U);
  Commit joined = next_of(commit, "k");
  joined.row.returning_agency = "H41.103.01";
  joined.agencies = {"H41.101", "H41.101.01", "H41.103.01"};
  joined.search_text = commit.search_text;
  this->must(joined);
  EXPECT_EQ((*this->store().load("a"))->row.returning_agency, "H41.103.01");
  EXPECT_EQ(found_at("H41.103.01"), 1U);
  EXPECT_EQ(found_at("H41.103.01", "khai"), 1U);
  EXPECT_EQ(found_at("H41.101"), 1U) << "nobody is put out";
}

TYPED_TEST_P(StoreContract, PapersThatWaitAndPapersOnTheirWayHaveListsOfTheirOwn) {
  Commit commit = new_dossier("a");
  for (const auto& [activity, action] :
       {std::pair{10U, "hand_over"}, std::pair{11U, "take_over"}}) {
    casework::TaskRow row = commit.tasks.front();
    row.activity = activity;
    row.action = action;
    commit.tasks.push_back(row);
  }
  this->must(commit);
  const auto listed = [&](const std::string& state) {
    casework::InboxQuery query;
    query.officer = "o1";
    query.agency = "H41.101.01";
    query.roles = {"reception"};
    query.state = state;
    query.now = moment(1);
    query.soon = moment(2);
    const auto page = this->store().inbox(query);
    EXPECT_TRUE(page) << page.error().message;
    std::string actions;
    for (const auto& row : page->rows) actions += row.task.action + " ";
    return actions;
  };
  EXPECT_EQ(listed("to_hand_over"), "hand_over ");
  EXPECT_EQ(listed("to_take_over"), "take_over ");
}

TYPED_TEST_P(StoreContract, OpenWorkIsListedOnceForEachKindPlaceAndHand) {
  Commit first = new_dossier("a");
  const casework::TaskRow open = first.tasks.front();
  const auto add = [](Commit& commit, casework::TaskRow row, std::uint32_t activity,
                      const char* officer, const char* agency) {
    row.activity = activity;
    row.assignee_id = officer;
    row.agency = agency;
    commit.tasks.push_back(row);
  };
  add(first, open, 10, "o2", "H41.102");
  add(first, open, 11, "o2", "H41.102");
  add(first, open, 12, "o2", "H41.101");
  this->must(first);
  Commit second = new_dossier("b");
  add(second, open, 13, "o1", "H41.102");
  add(second, open, 14, "o2", "H41.102");
  this->must(second);
  const auto held = this->store().open_work();
  ASSERT_TRUE(held) << held.error().message;
  const auto of = [&](const char* officer, const char* agency) {
    return casework::OpenWork{.officer = officer,
                              .agency = agency,
                              .role = open.role,
                              .action = open.action,
                              .procedure = first.row.procedure};
  };
  EXPECT_EQ(*held, (std::vector{of("", open.agency.c_str()), of("o1", "H41.102"),
                                of("o2", "H41.101"), of("o2", "H41.102")}));
}

TYPED_TEST_P(StoreContract, TwinsAreOpenDossiersOfTheSamePerson) {
  Commit by_id = new_dossier("a");
  by_id.row.applicant_id = "040085000002";
  this->must(by_id);
  Commit by_name = new_dossier("b");
  by_name.row.applicant = "Đặng Thị Lan";
  this->must(by_name);
  const auto twins = [&](const char* procedure, const char* id, const char* name) {
    return this->store().open_twins(procedure, id, name)->size();
  };
  EXPECT_EQ(twins("1.001193", "040085000002", "whoever"), 1U);
  EXPECT_EQ(twins("1.001193", "040085000003", "Nguyễn Văn a"), 0U);
  EXPECT_EQ(twins("1.001193", "", "dang thi lan"), 1U);
  EXPECT_EQ(twins("1.001193", "", ""), 0U);
  EXPECT_EQ(twins("1.004873", "040085000002", ""), 0U);
  Commit closed = next_of(by_id, "k");
  closed.row.closed = true;
  this->must(closed);
  EXPECT_EQ(twins("1.001193", "040085000002", ""), 0U);
}

TYPED_TEST_P(StoreContract, KeepsPaymentsAndReports) {
  Commit commit = new_dossier("a");
  commit.payments = {{.receipt = casework::number_placeholder("a", 0),
                      .kind = "payment",
                      .amount = 8000,
                      .method = "cash",
                      .reason = "x",
                      .cashier_id = "c1",
                      .cashier_name = "Thu",
                      .agency = "H41.101.01",
                      .at = moment(0)}};
  this->must(commit);
  const auto rows = this->store().payments("H41.101.01", moment(0), moment(1));
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ((*rows)[0].first, "H41.101.01-260820-0001");
  EXPECT_EQ((*rows)[0].second.receipt, "H41.101.01-260820-0001");
  EXPECT_EQ((*rows)[0].second.amount, 8000);
  EXPECT_EQ(this->store().payments("H41.101.01", moment(1), moment(2))->size(), 0U);
  EXPECT_EQ(this->store().payments("H41.101", moment(0), moment(1))->size(),
            this->store().payments("H41.101.01", moment(0), moment(1))->size())
      << "the committee sees what its counter took";
  EXPECT_EQ(this->store().payments("H41.1", moment(0), moment(1))->size(), 0U);
  EXPECT_GT(this->store().payments("", moment(0), moment(1))->size(), 0U);

  Commit done = new_dossier("b", "s", -60);
  done.row.finished_at = moment(-30);
  done.at = moment(0);
  done.events[0].number->prefix = "X";
  this->must(done);
  const auto report = [&](std::int64_t from, std::int64_t to, const char* agency = "H41.101") {
    return this->store()
        .report({.agency_prefix = agency, .from = moment(from), .to = moment(to)})
        ->size();
  };
  EXPECT_EQ(report(-20, 10), 1U) << "finished before the period is not in it";
  EXPECT_EQ(report(-40, 10), 2U);
  EXPECT_EQ(report(-50, -10), 1U);
  EXPECT_EQ(report(-100, 100, "H41.102"), 0U);
  EXPECT_EQ(report(-100, 100, ""), 2U);
}

TYPED_TEST_P(StoreContract, TheOutboxKeepsTheOrderOfEachDossier) {
  Commit a = new_dossier("a");
  a.outbox = {{.kind = "mail", .payload = "1", .effect = "a/1"},
              {.kind = "mail", .payload = "2", .effect = "a/2"}};
  this->must(a);
  Commit b = new_dossier("b");
  b.outbox = {{.kind = "mail", .payload = "3", .effect = "b/1"}};
  this->must(b);
  const auto due = [&](std::int64_t minutes) {
    std::string payloads;
    const auto rows = this->store().outbox_due(moment(minutes), 10);
    for (const auto& row : *rows) payloads += row.payload;
    return payloads;
  };
  EXPECT_EQ(due(-1), "");
  EXPECT_EQ(due(0), "13") << "the second of a dossier waits for the first";
  const auto first = this->store().outbox_due(moment(0), 1)->at(0);
  ASSERT_TRUE(this->store().outbox_retry(first.id, 0, moment(10), "no connection"));
  EXPECT_EQ(due(5), "3");
  constexpr std::int64_t kAge = std::int64_t{100} * 365 * 24 * 60;
  ASSERT_TRUE(this->store().outbox_retry(first.id, 0, moment(kAge), "no such mailbox"));
  EXPECT_EQ(due(5), "23") << "what was set aside holds nothing up";
  ASSERT_TRUE(this->store().outbox_retry(first.id, 0, moment(10), "no connection"));
  EXPECT_EQ(due(10), "31");
  ASSERT_TRUE(this->store().outbox_done(first.id, moment(10)));
  EXPECT_EQ(due(10), "23");
  Commit again = next_of(b, "k");
  again.outbox = {{.kind = "mail", .payload = "4", .effect = "b/1"}};
  EXPECT_EQ(this->failure_of(again), CommitFailure::fault) << "an effect is promised once";
}

TYPED_TEST_P(StoreContract, KeepsDraftsFilesAccountsSessionsAndSettings) {
  casework::Store& store = this->store();
  casework::DraftRow draft{.id = "d",
                           .procedure = "p",
                           .agency = "a",
                           .page = "1",
                           .answers = "{}",
                           .attachments = "[]",
                           .saved_at = moment(0),
                           .expires_at = moment(10)};
  const casework::RequestKey key{.key = "k", .hash = "h", .actor = "x"};
  ASSERT_TRUE(store.save_draft(draft, key));
  const auto repeated = store.save_draft(draft, key);
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().code, base::FaultCode::conflict);
  EXPECT_EQ((*store.find_request(key))->dossier_id, "d");
  draft.answers = R"({"a":"đ"})";
  ASSERT_TRUE(store.save_draft(draft, std::nullopt));
  EXPECT_EQ((*store.load_draft("d"))->answers, draft.answers);
  EXPECT_EQ((*store.load_draft("d"))->expires_at, moment(10));
  EXPECT_EQ(*store.delete_drafts_expired_at(moment(9)), 0);
  EXPECT_EQ(*store.delete_drafts_expired_at(moment(10)), 1);
  EXPECT_FALSE(store.load_draft("d")->has_value());
  ASSERT_TRUE(store.delete_draft("never"));

  const casework::FileRow file{.id = "f",
                               .name = "Giấy.pdf",
                               .component = "c",
                               .media_type = "application/pdf",
                               .converted_from = "",
                               .sha256 = "s",
                               .size = 5'000'000'000,
                               .owner = "draft:d",
                               .uploaded_at = moment(1)};
  ASSERT_TRUE(store.save_file(file, std::nullopt));
  EXPECT_EQ((*store.find_file("f"))->size, 5'000'000'000);
  EXPECT_EQ((*store.find_file("f"))->owner, "draft:d");
  EXPECT_FALSE(store.find_file("g")->has_value());

  casework::AccountRow account{.username = "tu",
                               .officer = "{}",
                               .officer_id = "o1",
                               .password_hash = "x",
                               .must_change = true,
                               .active = true};
  ASSERT_TRUE(store.create_account(account));
  EXPECT_EQ(store.create_account(account).error().code, base::FaultCode::conflict);
  account.active = false;
  ASSERT_TRUE(store.save_account(account));
  EXPECT_FALSE((*store.find_account("tu"))->active);
  EXPECT_TRUE((*store.find_account("tu"))->must_change);
  casework::AccountRow stale = account;
  stale.active = true;
  casework::AccountRow with_password = stale;
  with_password.password_hash = "y";
  EXPECT_EQ(store.replace_account(stale, with_password).error().code, base::FaultCode::conflict)
      << "what was read before somebody else's change writes nothing back";
  EXPECT_EQ(*store.find_account("tu"), account);
  with_password.active = false;
  ASSERT_TRUE(store.replace_account(account, with_password));
  EXPECT_EQ(*store.find_account("tu"), with_password);
  stale.username = "nobody";
  EXPECT_EQ(store.replace_account(stale, stale).error().code, base::FaultCode::conflict);
  account.username = "nam";
  EXPECT_EQ(store.create_account(account).error().code, base::FaultCode::conflict)
      << "an officer has one account";
  EXPECT_EQ(store.accounts()->size(), 1U);

  for (const char* token : {"t1", "t2", "t3"}) {
    ASSERT_TRUE(store.save_session({.token_hash = token,
                                    .username = "tu",
                                    .csrf = "c",
                                    .created_at = moment(0),
                                    .seen_at = moment(0)}));
  }
  ASSERT_TRUE(store.save_session({.token_hash = "t1",
                                  .username = "tu",
                                  .csrf = "c",
                                  .created_at = moment(0),
                                  .seen_at = moment(5)}));
  EXPECT_EQ((*store.find_session("t1"))->seen_at, moment(5));
  ASSERT_TRUE(store.delete_sessions_seen_before(moment(1)));
  EXPECT_FALSE(store.find_session("t2")->has_value());
  ASSERT_TRUE(store.delete_sessions("tu", "t1"));
  EXPECT_TRUE(store.find_session("t1")->has_value());
  ASSERT_TRUE(store.delete_session("t1"));
  EXPECT_FALSE(store.find_session("t1")->has_value());

  ASSERT_TRUE(store.save_setting("demo", "yes"));
  ASSERT_TRUE(store.save_setting("demo", ""));
  EXPECT_EQ(*store.setting("demo"), "");
  EXPECT_FALSE(store.setting("none")->has_value());
  ASSERT_TRUE(store.save_revision("d1", "1.1", "files"));
  ASSERT_TRUE(store.save_revision("d1", "1.1", "others"));
  EXPECT_EQ(*store.find_revision("d1"), "files") << "a digest means the same for ever";
}

TYPED_TEST_P(StoreContract, KeepsEverythingWhenOpenedAgain) {
  const Commit first = new_dossier("a1");
  this->must(first);
  this->must(next_of(first, "k2"));
  this->reopen();
  EXPECT_EQ((*this->store().load("a1"))->row.version, 3);
  EXPECT_EQ(this->store().events("a1", 0)->size(), 3U);
  EXPECT_EQ(*this->store().last_event_at(), moment(1));
  EXPECT_EQ(this->failure_of(first), CommitFailure::repeated);
  this->must(new_dossier("a2", "dossier/H41.101.01/260820", 1));
  EXPECT_TRUE(this->store().find_by_code("H41.101.01-260820-0002")->has_value()) << "numbers go on";
}

TYPED_TEST_P(StoreContract, TextIsKeptAsItIs) {
  Commit commit = new_dossier("q");
  commit.row.applicant = "O'Đăng \"; DROP TABLE dossier; --";
  commit.state = std::string{"{\"nul\":\"\\u0000\",\"é\":\"e\u0301\"}"};
  this->must(commit);
  EXPECT_EQ((*this->store().load("q"))->row.applicant, commit.row.applicant);
  EXPECT_EQ((*this->store().load("q"))->state, commit.state);
}

// ---------------------------------------------------------------- time

// A dossier that was received at `agency`: its clock runs and it wakes at that minute.
inline Commit running_dossier(const std::string& id, std::int64_t wake_minute,
                              const std::string& agency = "H41.101") {
  Commit commit = new_dossier(id);
  commit.row.agency = agency;
  commit.row.received_at = moment(0);
  commit.row.due_at = moment(1000);
  commit.wake_at = moment(wake_minute);
  commit.clock = "3wd from " + id;
  return commit;
}

// "id@minute " of each, in order.
inline std::string due_text(casework::Store& store, std::int64_t minutes, int limit = 100) {
  std::string text;
  const auto rows = store.wakes_due(moment(minutes), limit);
  EXPECT_TRUE(rows) << rows.error().message;
  for (const casework::WakeRow& row : *rows) {
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(row.at - moment(0));
    text += row.dossier + "@" + std::to_string(minute.count()) + " ";
  }
  return text;
}
// "id " of each, sorted.
inline std::string running_text(casework::Store& store, const std::string& agency = {}) {
  std::set<std::string> ids;
  EXPECT_TRUE(store.each_running(agency, [&](const casework::RunningRow& row) {
    EXPECT_TRUE(ids.insert(std::string{row.id}).second) << row.id << " came twice";
    return true;
  }));
  std::string text;
  for (const std::string& id : ids) text += id + " ";
  return text;
}

TYPED_TEST_P(StoreContract, TimeIsKeptAndReplacedByEachCommit) {
  EXPECT_FALSE(this->store().next_wake_at()->has_value());
  this->must(new_dossier("filed"));  // nothing about it has to do with time yet
  const Commit a = running_dossier("a", 30);
  this->must(a);
  this->must(running_dossier("b", 10));
  Commit silent = running_dossier("silent", 0);
  silent.wake_at = casework::kNever;
  this->must(silent);
  Commit only_wakes = running_dossier("c", 20);
  only_wakes.clock.clear();
  this->must(only_wakes);

  EXPECT_EQ(*this->store().next_wake_at(), moment(10));
  EXPECT_EQ(due_text(this->store(), 9), "");
  EXPECT_EQ(due_text(this->store(), 10), "b@10 ");
  EXPECT_EQ(due_text(this->store(), 1000), "b@10 c@20 a@30 ") << "oldest first";
  EXPECT_EQ(due_text(this->store(), 1000, 2), "b@10 c@20 ");
  EXPECT_EQ(this->store().wakes_due(moment(10), 1)->at(0).version, 2);
  EXPECT_EQ(running_text(this->store()), "a b silent ");

  ASSERT_TRUE(this->store().each_running("H41.101", [&](const casework::RunningRow& row) {
    if (row.id != "a") return true;
    EXPECT_EQ(row.code, this->store().load("a")->value().row.code);
    EXPECT_EQ(row.agency, "H41.101");
    EXPECT_EQ(row.clock, "3wd from a");
    EXPECT_EQ(row.version, 2);
    EXPECT_EQ(row.due_at, moment(1000));
    return true;
  }));

  Commit paused = next_of(a, "k1");
  paused.clock = "stands";
  paused.row.due_at.reset();
  paused.wake_at = moment(500);
  this->must(paused);
  EXPECT_EQ(due_text(this->store(), 499), "b@10 c@20 ");
  EXPECT_EQ(due_text(this->store(), 500), "b@10 c@20 a@500 ");
  int seen = 0;
  ASSERT_TRUE(this->store().each_running({}, [&](const casework::RunningRow& row) {
    if (row.id != "a") return true;
    ++seen;
    EXPECT_EQ(row.clock, "stands");
    EXPECT_EQ(row.version, 3);
    EXPECT_EQ(row.due_at, std::nullopt);
    return true;
  }));
  EXPECT_EQ(seen, 1);

  Commit ended = next_of(paused, "k2");
  ended.clock.clear();
  ended.wake_at.reset();
  this->must(ended);
  EXPECT_EQ(due_text(this->store(), 1000), "b@10 c@20 ");
  EXPECT_EQ(running_text(this->store()), "b silent ");
  Commit reopened = next_of(ended, "k3");
  reopened.clock = "again";
  this->must(reopened);
  EXPECT_EQ(running_text(this->store()), "a b silent ");
  // A refused commit changes nothing of it.
  Commit stale = next_of(ended, "k4");
  stale.wake_at = moment(1);
  EXPECT_EQ(this->failure_of(stale), CommitFailure::conflict);
  EXPECT_EQ(due_text(this->store(), 1000), "b@10 c@20 ");
  this->reopen();
  EXPECT_EQ(due_text(this->store(), 1000), "b@10 c@20 ");
  EXPECT_EQ(running_text(this->store()), "a b silent ");
}

TYPED_TEST_P(StoreContract, MovesTheWakesOfDossiersThatStayedWhatTheyWere) {
  const Commit a = running_dossier("a", 10);
  this->must(a);
  this->must(running_dossier("b", 20));
  Commit only_wakes = running_dossier("c", 30);
  only_wakes.clock.clear();
  this->must(only_wakes);
  this->must(new_dossier("filed"));
  this->must(next_of(a, "k"));  // keeps the clock and the wake, at version 3
  ASSERT_TRUE(this->store().move_wakes({{.dossier = "a", .at = moment(100), .version = 2},
                                        {.dossier = "b", .at = moment(200), .version = 2},
                                        {.dossier = "c", .at = casework::kNever, .version = 2},
                                        {.dossier = "filed", .at = moment(1), .version = 2},
                                        {.dossier = "nobody", .at = moment(1), .version = 1}}));
  EXPECT_EQ(due_text(this->store(), 1000), "a@10 b@200 ")
      << "a has changed since, c sleeps, the others never ran";
  ASSERT_TRUE(
      this->store().move_wakes({{.dossier = "a", .at = casework::kNever, .version = 3},
                                {.dossier = "b", .at = moment(5), .version = 2, .clock = "new"}}));
  EXPECT_EQ(due_text(this->store(), 1000), "b@5 ");
  EXPECT_EQ(running_text(this->store()), "a b ") << "the clock of a runs without a wake";
  ASSERT_TRUE(this->store().each_running({}, [&](const casework::RunningRow& row) {
    EXPECT_EQ(row.clock, row.id == "b" ? "new" : "3wd from a");
    return true;
  }));
  ASSERT_TRUE(this->store().move_wakes({}));
  // A row that sleeps can be woken again, one that is gone cannot.
  ASSERT_TRUE(this->store().move_wakes({{.dossier = "a", .at = moment(7), .version = 3},
                                        {.dossier = "c", .at = moment(8), .version = 2}}));
  EXPECT_EQ(due_text(this->store(), 1000), "b@5 a@7 ");
}

TYPED_TEST_P(StoreContract, RunningDossiersAreFoundByAgencyAndThoseBelow) {
  this->must(running_dossier("a", 1, "H41.99"));
  this->must(running_dossier("b", 1, "H41.99.01"));
  this->must(running_dossier("c", 1, "H41.990"));
  this->must(running_dossier("d", 1, "H41.99-1"));
  this->must(running_dossier("e", 1, "H41.98"));
  EXPECT_EQ(running_text(this->store(), "H41.99"), "a b ");
  EXPECT_EQ(running_text(this->store(), "H41.99.01"), "b ");
  EXPECT_EQ(running_text(this->store(), "H41"), "a b c d e ");
  EXPECT_EQ(running_text(this->store(), "H41.9"), "");
  EXPECT_EQ(running_text(this->store(), "H41.99."), "");
  EXPECT_EQ(running_text(this->store(), "%"), "");
  EXPECT_EQ(running_text(this->store()), "a b c d e ");
  int visits = 0;
  ASSERT_TRUE(
      this->store().each_running({}, [&](const casework::RunningRow&) { return ++visits < 3; }));
  EXPECT_EQ(visits, 3);
}

TYPED_TEST_P(StoreContract, AWalkOverRunningDossiersSeesOneMoment) {
  constexpr int kDossiers = 300;
  std::vector<Commit> commits;
  for (int i = 0; i < kDossiers; ++i) {
    commits.push_back(running_dossier("d" + std::to_string(1000 + i), i));
  }
  for (const auto& done : this->store().commit_all(commits)) ASSERT_TRUE(done);
  int visits = 0;
  ASSERT_TRUE(this->store().each_running({}, [&](const casework::RunningRow& row) {
    EXPECT_EQ(row.version, 2);
    if (visits++ == 0) {
      // Everything changes while the walk is under way, by its own thread at that.
      std::vector<Commit> next;
      for (const Commit& one : commits) next.push_back(next_of(one, "next-" + one.row.id));
      for (const auto& done : this->store().commit_all(next)) EXPECT_TRUE(done);
      Commit added = running_dossier("z", 1);
      added.at = moment(1);
      this->must(added);
    }
    return true;
  }));
  EXPECT_EQ(visits, kDossiers);
  visits = 0;
  ASSERT_TRUE(this->store().each_running({}, [&](const casework::RunningRow& row) {
    visits += row.version == 3 ? 1 : 0;
    return true;
  }));
  EXPECT_EQ(visits, kDossiers);
}

TYPED_TEST_P(StoreContract, CommitsHandedOverTogetherAreEachTheirOwn) {
  EXPECT_TRUE(this->store().commit_all({}).empty());
  const Commit a = new_dossier("a");
  Commit broken = new_dossier("broken");
  broken.tasks.push_back(broken.tasks.front());
  const Commit second = next_of(a, "k2");
  Commit rival = next_of(a, "k3");  // expects what `second` has just changed
  Commit early = new_dossier("early", "s", -10);
  const auto done = this->store().commit_all(
      {a, broken, second, rival, early, new_dossier("b"), a, next_of(second, "k4")});
  ASSERT_EQ(done.size(), 8U);
  ASSERT_TRUE(done[0]);
  EXPECT_EQ(done[0]->numbers, std::vector<std::string>{"H41.101.01-260820-0001"});
  ASSERT_FALSE(done[1]);
  EXPECT_EQ(done[1].error().failure, CommitFailure::fault);
  ASSERT_TRUE(done[2]);
  EXPECT_EQ(done[2]->version, 3);
  ASSERT_FALSE(done[3]);
  EXPECT_EQ(done[3].error().failure, CommitFailure::conflict);
  ASSERT_FALSE(done[4]);
  EXPECT_EQ(done[4].error().failure, CommitFailure::backwards);
  ASSERT_FALSE(done[5]) << "its moment lies before the second of a";
  EXPECT_EQ(done[5].error().failure, CommitFailure::backwards);
  ASSERT_FALSE(done[6]);
  EXPECT_EQ(done[6].error().failure, CommitFailure::repeated);
  ASSERT_TRUE(done[7]);
  EXPECT_EQ(done[7]->version, 4);
  EXPECT_EQ(*this->store().dossier_count(), 1);
  EXPECT_EQ(this->store().events("a", 0)->size(), 4U);
}

TYPED_TEST_P(StoreContract, ManyCommitsTogetherPassTheirNeighboursBy) {
  constexpr int kMany = 1500;  // more than wait at once
  std::vector<Commit> commits;
  for (int i = 0; i < kMany; ++i) {
    commits.push_back(new_dossier("m" + std::to_string(i), "m"));
    commits.back().events[0].number->prefix = "M-";
  }
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        if (this->store().commit(new_dossier(id, "s"))) ++good;
      }
    });
  }
  const auto done = this->store().commit_all(commits);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 160);
  ASSERT_EQ(done.size(), commits.size());
  for (int i = 0; i < kMany; ++i) {
    ASSERT_TRUE(done[static_cast<std::size_t>(i)]) << i;
    ASSERT_EQ(done[static_cast<std::size_t>(i)]->numbers.at(0),
              dossier::format_number({.key = "m", .prefix = "M-", .width = 4, .suffix = {}}, i + 1))
        << "in their order";
  }
}

inline casework::CalendarVersionRow calendar_of(const std::string& office,
                                                const std::string& content) {
  return {.office = office,
          .version = 0,
          .at = moment(0),
          .actor = {.kind = dossier::ActorKind::officer,
                    .id = "o1",
                    .name = "Bà Tư",
                    .agency = "H41.101"},
          .kind = office.empty() ? "national" : "schedule",
          .content = content,
          .reason = "Nghỉ bão số 3",
          .act = "CV 12/UBND"};
}

TYPED_TEST_P(StoreContract, CalendarsAreAppendedVersionByVersion) {
  casework::Store& store = this->store();
  EXPECT_TRUE(store.calendars()->empty());
  EXPECT_EQ(*store.save_calendar(calendar_of("H41.101", "1"), 0, std::nullopt), 1);
  EXPECT_EQ(*store.save_calendar(calendar_of("", "days"), 0, std::nullopt), 1);
  EXPECT_EQ(*store.save_calendar(calendar_of("H41.101", "2"), 1, std::nullopt), 2);
  for (const std::int64_t wrong : {0, 1, 3, -1}) {
    const auto refused = store.save_calendar(calendar_of("H41.101", "x"), wrong, std::nullopt);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, base::FaultCode::conflict) << refused.error().message;
  }
  this->reopen();
  const auto rows = this->store().calendars();
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[0].office, "");
  EXPECT_EQ((*rows)[0].kind, "national");
  EXPECT_EQ((*rows)[0].content, "days");
  EXPECT_EQ((*rows)[1].office, "H41.101");
  EXPECT_EQ((*rows)[1].version, 1);
  EXPECT_EQ((*rows)[1].content, "1");
  const casework::CalendarVersionRow& last = (*rows)[2];
  EXPECT_EQ(last.version, 2);
  EXPECT_EQ(last.kind, "schedule");
  EXPECT_EQ(last.content, "2");
  EXPECT_EQ(last.at, moment(0));
  EXPECT_EQ(last.actor, calendar_of("H41.101", "2").actor);
  EXPECT_EQ(last.reason, "Nghỉ bão số 3");
  EXPECT_EQ(last.act, "CV 12/UBND");
}

TYPED_TEST_P(StoreContract, ACalendarRequestGivesTheSameVersionAgain) {
  casework::Store& store = this->store();
  const casework::RequestKey key{.key = "k", .hash = "h", .actor = "o1"};
  EXPECT_EQ(*store.save_calendar(calendar_of("a", "1"), 0, key), 1);
  EXPECT_EQ(*store.save_calendar(calendar_of("a", "1"), 0, key), 1);
  EXPECT_EQ(*store.save_calendar(calendar_of("a", "2"), 1, std::nullopt), 2);
  EXPECT_EQ(*store.save_calendar(calendar_of("a", "1"), 0, key), 1) << "as it was then";
  EXPECT_EQ(store.find_request(key)->value().version, 1);
  casework::RequestKey changed = key;
  changed.hash = "other";
  EXPECT_EQ(store.save_calendar(calendar_of("a", "3"), 2, changed).error().code,
            base::FaultCode::conflict);
  EXPECT_EQ(store.save_calendar(calendar_of("b", "1"), 0, key).error().code,
            base::FaultCode::conflict)
      << "the key was for another office";
  casework::RequestKey others = key;
  others.actor = "o2";
  EXPECT_EQ(*store.save_calendar(calendar_of("a", "3"), 2, others), 3);
  EXPECT_EQ(store.calendars()->size(), 3U);
}

TYPED_TEST_P(StoreContract, OfCalendarsSavedAtOnceOneIsTaken) {
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int version = 0; version < 10; ++version) {
        if (this->store().save_calendar(calendar_of("a", "x"), version, std::nullopt)) ++taken;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(static_cast<std::size_t>(taken), this->store().calendars()->size());
  EXPECT_GE(taken, 1);
  EXPECT_LE(taken, 10);
}

REGISTER_TYPED_TEST_SUITE_P(
    StoreContract, GivesBackWhatWasCommitted, RefusesAConflictARepetitionAndABackwardClock,
    TheNewestMomentNeverGoesBack, RemembersWhatBecameOfARequest,
    NumbersWithoutGapsWhileSixteenWriteAndSomeAreRefused,
    AFailingCommitLeavesNothingAndHarmsNoNeighbour, TheInboxIsOrderedByWhatIsDueAndCountsByState,
    PagesShowEveryRowOnceWhileRowsAreAdded, SearchFindsWithoutDiacriticsByWordBeginnings,
    SearchFilters, OpenWorkIsListedOnceForEachKindPlaceAndHand, TwinsAreOpenDossiersOfTheSamePerson,
    KeepsPaymentsAndReports, TheOutboxKeepsTheOrderOfEachDossier,
    KeepsDraftsFilesAccountsSessionsAndSettings, KeepsEverythingWhenOpenedAgain, TextIsKeptAsItIs,
    TimeIsKeptAndReplacedByEachCommit, MovesTheWakesOfDossiersThatStayedWhatTheyWere,
    RunningDossiersAreFoundByAgencyAndThoseBelow, AWalkOverRunningDossiersSeesOneMoment,
    CommitsHandedOverTogetherAreEachTheirOwn, ManyCommitsTogetherPassTheirNeighboursBy,
    CalendarsAreAppendedVersionByVersion, ACalendarRequestGivesTheSameVersionAgain,
    OfCalendarsSavedAtOnceOneIsTaken, WhoeverJoinsADossierLaterFindsIt,
    PapersThatWaitAndPapersOnTheirWayHaveListsOfTheirOwn);

}  // namespace storage::contract
