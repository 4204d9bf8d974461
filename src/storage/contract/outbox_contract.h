#pragma once
// outbox_contract.h - what every casework::Store does with its outbox and with messages of other
// systems, as one typed test suite.  `Stores` as for store_contract.h.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "casework/store.h"
#include "casework/test_commits.h"

namespace storage::contract {

template <class Stores>
class OutboxContract : public testing::Test {
 protected:
  OutboxContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  // A dossier with rows "ID/1", "ID/2" … of that kind.
  void file(const std::string& id, int rows, const std::string& kind = "mail") {
    Commit commit = new_dossier(id);
    for (int i = 1; i <= rows; ++i) {
      const std::string effect = id + "/" + std::to_string(i);
      commit.outbox.push_back({.kind = kind, .payload = "{}", .effect = effect});
    }
    const auto done = store_->commit(commit);
    ASSERT_TRUE(done) << done.error().fault.message;
  }
  std::vector<casework::OutboxRow> claim(std::int64_t minutes, int limit = 100) {
    return claim({.now = moment(minutes), .until = moment(minutes + 2), .limit = limit});
  }
  std::vector<casework::OutboxRow> claim(const casework::OutboxClaim& asked) {
    auto rows = store_->outbox_claim(asked);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? std::move(rows).value() : std::vector<casework::OutboxRow>{};
  }
  static std::string effects(const std::vector<casework::OutboxRow>& rows) {
    std::string text;
    for (const casework::OutboxRow& row : rows) text += row.effect + " ";
    return text;
  }
  std::vector<casework::OutboxEntry> page(casework::OutboxState state, std::int64_t minutes) {
    auto found = store_->outbox_page({.state = state, .now = moment(minutes), .cursor = {}});
    EXPECT_TRUE(found) << (found ? "" : found.error().message);
    return found ? std::move(found->entries) : std::vector<casework::OutboxEntry>{};
  }
  void set_aside(const casework::OutboxRow& row, const std::string& error) {
    ASSERT_TRUE(store_->outbox_retry(row.id, row.attempts + 1,
                                     moment(0) + std::chrono::days{36'500}, error));
  }
  static casework::OutboxOrder order(std::vector<std::int64_t> rows, bool gives_up,
                                     std::int64_t minutes) {
    casework::OutboxOrder one{.gives_up = gives_up,
                              .rows = std::move(rows),
                              .at = moment(minutes),
                              .reason = gives_up ? "wrong address" : "",
                              .record = {}};
    one.record.at = one.at;
    one.record.actor = {
        .kind = dossier::ActorKind::officer, .id = "admin", .name = "Bà Quản Trị", .agency = "H41"};
    one.record.what = "deliveries";
    one.record.why = gives_up ? "give up: wrong address" : "try again";
    return one;
  }
  static casework::RequestKey key(const std::string& text) {
    return {.key = text, .hash = "hash-" + text, .actor = "admin"};
  }
  static casework::InboundMessage message(const std::string& name, const std::string& subject,
                                          std::int64_t minutes = 0) {
    return {.source = "payments",
            .key = name,
            .hash = "hash-" + name,
            .subject = subject,
            .body = R"({"key":")" + name + R"("})",
            .at = moment(minutes)};
  }

  Stores stores_;
  std::unique_ptr<casework::Store> store_;
};
TYPED_TEST_SUITE_P(OutboxContract);

TYPED_TEST_P(OutboxContract, AClaimTakesTheFirstOfEachDossierAndNobodyElseIsGivenIt) {
  this->file("a", 2);
  this->file("b", 1);
  EXPECT_EQ(this->effects(this->claim(-1)), "");
  const auto taken = this->claim(0);
  EXPECT_EQ(this->effects(taken), "a/1 b/1 ");
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].attempts, 0);
  EXPECT_FALSE(taken[0].in_doubt);
  EXPECT_EQ(taken[0].dossier_id, "a");
  EXPECT_EQ(this->effects(this->claim(1)), "") << "neither them nor what comes after them";
  ASSERT_TRUE(this->store().outbox_done(taken[0].id, moment(1)));
  EXPECT_EQ(this->effects(this->claim(1)), "a/2 ");
}

TYPED_TEST_P(OutboxContract, AClaimThatRanOutIsGivenAgainAndInDoubt) {
  this->file("a", 1);
  const auto first = this->claim(0);
  ASSERT_EQ(first.size(), 1U);
  this->reopen();
  EXPECT_EQ(this->effects(this->claim(1)), "") << "a claim outlives the program";
  const auto second = this->claim(2);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].id, first[0].id);
  EXPECT_TRUE(second[0].in_doubt);
  EXPECT_EQ(second[0].attempts, 1);
  // What the first one says too late does not disturb the second.
  ASSERT_TRUE(this->store().outbox_retry(first[0].id, 1, moment(2), "late"));
  EXPECT_EQ(this->effects(this->claim(3)), "");
  ASSERT_TRUE(this->store().outbox_retry(second[0].id, 2, moment(3), "no connection"));
  const auto third = this->claim(3);
  ASSERT_EQ(third.size(), 1U);
  EXPECT_FALSE(third[0].in_doubt) << "how the second ended is known";
  EXPECT_EQ(third[0].attempts, 2);
  ASSERT_TRUE(this->store().outbox_done(third[0].id, moment(3)));
  ASSERT_TRUE(this->store().outbox_retry(third[0].id, 3, moment(3), "late"));
  EXPECT_EQ(this->effects(this->claim(9)), "") << "done stays done";
}

TYPED_TEST_P(OutboxContract, AClaimPicksKindsAndKeepsTheOrderAcrossThem) {
  this->file("a", 2, "fax");
  this->file("b", 1, "mail");
  Commit next = next_of(new_dossier("a"), "k");
  next.outbox = {{.kind = "mail", .payload = "{}", .effect = "a/mail"}};
  ASSERT_TRUE(this->store().commit(next));
  const auto mails = this->claim({.now = moment(5),
                                  .until = moment(6),
                                  .limit = 9,
                                  .only_kind = {},
                                  .except_kinds = {"fax", "sms"}});
  EXPECT_EQ(this->effects(mails), "b/1 ") << "the dossier's mail waits for its fax";
  EXPECT_EQ(this->effects(this->claim({.now = moment(5),
                                       .until = moment(6),
                                       .limit = 1,
                                       .only_kind = "fax",
                                       .except_kinds = {}})),
            "a/1 ");
}

TYPED_TEST_P(OutboxContract, ManyTakersAtOnceTakeEachRowOnceAndInOrder) {
  constexpr int kDossiers = 12;
  constexpr int kRows = 5;
  for (int i = 0; i < kDossiers; ++i) this->file("d" + std::to_string(i), kRows);
  const std::unique_ptr<casework::Store> other = this->stores_.open();
  std::mutex mutex;
  std::vector<std::string> delivered;
  const auto take = [&](casework::Store& store) {
    for (int idle = 0; idle < 20;) {
      const auto rows = store.outbox_claim({.now = moment(1), .until = moment(60)});
      ASSERT_TRUE(rows) << rows.error().message;
      if (rows->empty()) {
        ++idle;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
      }
      for (const casework::OutboxRow& row : *rows) {
        idle = 0;
        {
          const std::scoped_lock lock(mutex);
          delivered.push_back(row.effect);
        }
        ASSERT_TRUE(store.outbox_done(row.id, moment(1)));
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] { take(i % 2 == 0 ? this->store() : *other); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(delivered.size(), static_cast<std::size_t>(kDossiers * kRows));
  std::map<std::string, int> last;
  for (const std::string& effect : delivered) {
    const std::string dossier = effect.substr(0, effect.find('/'));
    EXPECT_EQ(std::stoi(effect.substr(effect.find('/') + 1)), ++last[dossier]) << effect;
  }
}

TYPED_TEST_P(OutboxContract, AnAdministratorSeesWhatWaitsWhatFailedAndWhatWasSetAside) {
  this->file("a", 2);
  this->file("b", 1);
  this->file("c", 1);
  const auto taken = this->claim(0);
  ASSERT_EQ(taken.size(), 3U);
  this->set_aside(taken[0], "no such mailbox");
  ASSERT_TRUE(this->store().outbox_retry(taken[1].id, 1, moment(10), "no connection"));
  ASSERT_TRUE(this->store().outbox_done(taken[2].id, moment(0)));
  const auto counts = this->store().outbox_counts(moment(5));
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->waiting, 1);
  EXPECT_EQ(counts->retrying, 1);
  EXPECT_EQ(counts->set_aside, 1);
  EXPECT_EQ(counts->oldest_at, moment(0));
  const auto aside = this->page(casework::OutboxState::set_aside, 5);
  ASSERT_EQ(aside.size(), 1U);
  EXPECT_EQ(aside[0].row.effect, "a/1");
  EXPECT_EQ(aside[0].row.attempts, 1);
  EXPECT_EQ(aside[0].code, "H41.101.01-260820-0001");
  EXPECT_EQ(aside[0].error, "no such mailbox");
  EXPECT_EQ(aside[0].written_at, moment(0));
  const auto retrying = this->page(casework::OutboxState::retrying, 5);
  ASSERT_EQ(retrying.size(), 1U);
  EXPECT_EQ(retrying[0].due_at, moment(10));
  EXPECT_EQ(retrying[0].row.effect, "b/1");
  EXPECT_EQ(this->page(casework::OutboxState::waiting, 5).at(0).row.effect, "a/2");
}

TYPED_TEST_P(OutboxContract, PagesOfTheListShowEveryRowOnce) {
  for (int i = 0; i < 7; ++i) this->file("d" + std::to_string(i), 1);
  for (const auto& row : this->claim(0)) this->set_aside(row, "gone");
  std::string seen;
  std::string cursor;
  int pages = 0;
  do {
    const auto found = this->store().outbox_page({.state = casework::OutboxState::set_aside,
                                                  .now = moment(1),
                                                  .cursor = cursor,
                                                  .limit = 3});
    ASSERT_TRUE(found);
    for (const auto& entry : found->entries) seen += entry.row.effect.substr(1, 1);
    cursor = found->next_cursor;
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(seen, "0123456");
  EXPECT_EQ(pages, 3);
  EXPECT_FALSE(this->store().outbox_page(
      {.state = casework::OutboxState::waiting, .now = moment(1), .cursor = "x.y", .limit = 3}));
}

TYPED_TEST_P(OutboxContract, AnOrderIsDoneOnceJournalledAndKnownByItsKey) {
  this->file("a", 1);
  this->file("b", 1);
  for (const auto& row : this->claim(0)) this->set_aside(row, "gone");
  const std::int64_t leaves = this->store().integrate_journal().value_or(0);
  EXPECT_EQ(this->store().outbox_order(this->order({}, false, 5), this->key("k1")).value_or(-1), 2);
  const auto repeated = this->store().outbox_order(this->order({}, false, 6), this->key("k1"));
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().code, base::FaultCode::conflict);
  const auto known = this->store().find_request(this->key("k1"));
  ASSERT_TRUE(known && known->has_value());
  EXPECT_EQ((*known)->version, 2);
  EXPECT_EQ(this->store().integrate_journal().value_or(0), leaves + 1);
  std::string why;
  ASSERT_TRUE(this->store().each_record([&](const casework::JournalRecord& record) {
    if (record.kind == "access") why = record.actor.id + ": " + record.payload;
    return true;
  }));
  EXPECT_EQ(why, "admin: try again");
  const auto again = this->claim(5);
  EXPECT_EQ(this->effects(again), "a/1 b/1 ");
  EXPECT_EQ(again.at(0).attempts, 0) << "as if new";
  EXPECT_EQ(this->store()
                .outbox_order(this->order({again.at(0).id}, true, 6), this->key("k2"))
                .value_or(-1),
            0)
      << "somebody is delivering it";
  this->set_aside(again.at(0), "gone");
  EXPECT_EQ(this->store()
                .outbox_order(this->order({again.at(0).id}, true, 6), this->key("k3"))
                .value_or(-1),
            1);
  EXPECT_EQ(this->store().outbox_counts(moment(6))->set_aside, 0);
  EXPECT_EQ(this->effects(this->claim(60 * 24)), "b/1 ") << "given up stays undone";
}

TYPED_TEST_P(OutboxContract, WhatFailedIsHastenedByKind) {
  this->file("a", 1);
  this->file("b", 1, "fax");
  this->file("c", 1);
  const auto taken = this->claim(0);
  ASSERT_EQ(taken.size(), 3U);
  for (int i = 0; i < 2; ++i) {
    const auto& row = taken[static_cast<std::size_t>(i)];
    ASSERT_TRUE(this->store().outbox_retry(row.id, 1, moment(60), "no"));
  }
  this->set_aside(taken[2], "no");
  ASSERT_TRUE(this->store().outbox_hasten("mail", moment(5)));
  EXPECT_EQ(this->effects(this->claim(5)), "a/1 ");
}

TYPED_TEST_P(OutboxContract, DoneRowsArePurgedAndErasedWithTheirDossier) {
  this->file("a", 2);
  this->file("b", 1);
  ASSERT_TRUE(this->store().accept_inbound(this->message("m1", "b")));
  for (int round = 0; round < 2; ++round) {
    for (const auto& row : this->claim(round)) {
      ASSERT_TRUE(this->store().outbox_done(row.id, moment(round * 10)));
    }
  }
  EXPECT_EQ(this->store().outbox_purge(moment(0), 100).value_or(-1), 0);
  EXPECT_EQ(this->store().outbox_purge(moment(1), 1).value_or(-1), 1) << "at most so many";
  Commit erase = next_of(new_dossier("b"), "erase");
  erase.erases = true;
  ASSERT_TRUE(this->store().commit(erase));
  EXPECT_EQ(this->store().outbox_purge(moment(1000), 100).value_or(-1), 1) << "that of a is left";
}

TYPED_TEST_P(OutboxContract, AMessageIsKeptOnceAndItsFirstAnswerStays) {
  const auto first = this->store().accept_inbound(this->message("m1", "a", 1));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(first->fresh);
  EXPECT_FALSE(first->answer.has_value());
  this->reopen();
  auto changed = this->message("m1", "b", 2);
  changed.hash = "another";
  const auto second = this->store().accept_inbound(changed);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->fresh);
  EXPECT_EQ(second->hash, "hash-m1");
  EXPECT_EQ(second->received_at, moment(1));
  const auto rows = this->claim(5);
  ASSERT_EQ(rows.size(), 1U) << "it is done once";
  EXPECT_EQ(rows[0].kind, "inbound/payments");
  EXPECT_EQ(rows[0].effect, "inbound/payments/m1");
  EXPECT_EQ(rows[0].dossier_id, "a/inbound/payments");
  EXPECT_EQ(rows[0].payload, R"({"key":"m1"})");
  const std::string answer = "{\"câu\" : \"trả lời\"}\n";
  ASSERT_TRUE(this->store().answer_inbound("payments", "m1", answer));
  ASSERT_TRUE(this->store().answer_inbound("payments", "m1", "later"));
  ASSERT_TRUE(this->store().answer_inbound("payments", "never", "x"));
  const auto found = this->store().find_inbound("payments", "m1");
  ASSERT_TRUE(found && found->has_value());
  EXPECT_EQ((*found)->answer, answer);
  EXPECT_FALSE(this->store().find_inbound("payments", "never")->has_value());
  EXPECT_FALSE(this->store().find_inbound("others", "m1")->has_value());
}

TYPED_TEST_P(OutboxContract, MessagesAreDoneInTheOrderOfTheirSubjectApartFromWhatGoesOut) {
  this->file("a", 1);
  ASSERT_TRUE(this->store().accept_inbound(this->message("m1", "a")));
  ASSERT_TRUE(this->store().accept_inbound(this->message("m2", "a")));
  ASSERT_TRUE(this->store().accept_inbound(this->message("m3", "b")));
  EXPECT_EQ(this->effects(this->claim(1)), "a/1 inbound/payments/m1 inbound/payments/m3 ");
}

TYPED_TEST_P(OutboxContract, OfOneMessageSentManyTimesAtOnceOneIsKept) {
  const std::unique_ptr<casework::Store> other = this->stores_.open();
  std::atomic<int> fresh{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      casework::Store& store = i % 2 == 0 ? this->store() : *other;
      const auto record = store.accept_inbound(this->message("m1", "a"));
      ASSERT_TRUE(record) << record.error().message;
      EXPECT_EQ(record->hash, "hash-m1");
      if (record->fresh) ++fresh;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(this->claim(1).size(), 1U);
}

REGISTER_TYPED_TEST_SUITE_P(OutboxContract, AClaimTakesTheFirstOfEachDossierAndNobodyElseIsGivenIt,
                            AClaimThatRanOutIsGivenAgainAndInDoubt,
                            AClaimPicksKindsAndKeepsTheOrderAcrossThem,
                            ManyTakersAtOnceTakeEachRowOnceAndInOrder,
                            AnAdministratorSeesWhatWaitsWhatFailedAndWhatWasSetAside,
                            PagesOfTheListShowEveryRowOnce,
                            AnOrderIsDoneOnceJournalledAndKnownByItsKey, WhatFailedIsHastenedByKind,
                            DoneRowsArePurgedAndErasedWithTheirDossier,
                            AMessageIsKeptOnceAndItsFirstAnswerStays,
                            MessagesAreDoneInTheOrderOfTheirSubjectApartFromWhatGoesOut,
                            OfOneMessageSentManyTimesAtOnceOneIsKept);

}  // namespace storage::contract
