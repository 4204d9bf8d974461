#include "connect/outbox_runner.h"

#include <atomic>
#include <map>
#include <mutex>

#include <gtest/gtest.h>

#include "casework/test_history.h"

namespace connectors {
namespace {

using namespace std::chrono_literals;
using base::FaultCode;
using casework::OutboxRow;
using casework::test::HistoryStore;

// Fails as often as it is told to.
class Scripted final : public Deliverer {
 public:
  std::vector<std::string> delivered;  // effects
  int failures = 0;
  FaultCode with = FaultCode::unavailable;
  std::atomic<int> calls{0};
  std::string poisoned;               // an effect that always fails
  std::vector<std::string> in_doubt;  // effects that came so
  std::mutex mutex;

  base::Outcome<base::Done> deliver(const OutboxRow& row) override {
    const std::scoped_lock lock(mutex);
    ++calls;
    if (row.in_doubt) in_doubt.push_back(row.effect);
    if (row.effect == poisoned) return base::fault(with, "always");
    if (failures > 0) {
      --failures;
      return base::fault(with, "not now");
    }
    delivered.push_back(row.effect);
    return base::Done{};
  }
};

class Runner : public testing::Test {
 protected:
  void add(std::int64_t id, const std::string& dossier, const std::string& kind = "mail") {
    HistoryStore::Open open;
    open.row = {.id = id,
                .dossier_id = dossier,
                .kind = kind,
                .payload = "{}",
                .effect = dossier + "/" + std::to_string(id),
                .attempts = 0};
    open.due = clock.now();
    store.outbox.push_back(open);
  }
  OutboxRunner runner(OutboxRunner::Options options = {}) {
    return OutboxRunner(
        store, event_clock, {{"mail", &mail}},
        [this](const DeliveryReport& report) { reports.push_back(report); }, options);
  }

  calendar::ManualClock clock{dossier::test::at("2026-08-20T10:00:00+07:00")};
  casework::EventClock event_clock{clock, {}};
  HistoryStore store;
  Scripted mail;
  std::vector<DeliveryReport> reports;
};

TEST(RetryDelay, DoublesThenGoesHourlyForADayThenGivesUp) {
  EXPECT_EQ(retry_delay(1), 30s);
  EXPECT_EQ(retry_delay(2), 60s);
  EXPECT_EQ(retry_delay(5), 480s);
  EXPECT_EQ(retry_delay(6), 1h);
  EXPECT_EQ(retry_delay(29), 1h);
  EXPECT_EQ(retry_delay(30), std::nullopt);
  EXPECT_EQ(retry_delay(0), 30s);
}

TEST_F(Runner, DeliversEveryDossiersRowsInTheirOrder) {
  add(1, "a");
  add(2, "a");
  add(3, "b");
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 3);
  EXPECT_EQ(mail.delivered, (std::vector<std::string>{"a/1", "a/2", "b/3"}));
  EXPECT_EQ(one.run_once().value_or(-1), 0);
  EXPECT_EQ(reports.size(), 3U);
}

TEST_F(Runner, RowWhoseAttemptNobodySawTheEndOfIsDoneAgainInDoubt) {
  add(1, "a");
  ASSERT_EQ(store.outbox_claim({.now = clock.now(), .until = clock.now() + kClaim})->size(), 1U);
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 0) << "somebody has it";
  clock.advance(kClaim);
  EXPECT_EQ(one.run_once().value_or(-1), 1);
  EXPECT_EQ(mail.in_doubt, std::vector<std::string>{"a/1"});
  EXPECT_TRUE(reports.back().in_doubt);
  EXPECT_EQ(reports.back().attempt, 2);
}

TEST_F(Runner, RowThatEndsTheProgramEachTimeIsSetAsideInTheEnd) {
  add(1, "a");
  store.outbox[0].row.attempts = 30;
  store.outbox[0].begun = true;
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 1);
  EXPECT_EQ(mail.calls, 0);
  EXPECT_EQ(reports.back().state, DeliveryState::set_aside);
}

TEST_F(Runner, PeerThatIsAwayForThreeDaysCostsNoRowItsPlace) {
  constexpr int kDossiers = 40;
  for (int i = 0; i < kDossiers; ++i) {
    add(2 * i + 1, "d" + std::to_string(i));
    add(2 * i + 2, "d" + std::to_string(i));
  }
  mail.failures = 1'000'000;
  OutboxRunner one = runner();
  const auto begun = clock.now();
  while (clock.now() - begun < 72h) {
    ASSERT_TRUE(one.run_once());
    clock.advance(30s);
  }
  EXPECT_LT(mail.calls, 1200) << "probes, not a storm";
  for (const DeliveryReport& report : reports) {
    ASSERT_NE(report.state, DeliveryState::set_aside);
  }
  mail.failures = 0;
  for (int i = 0; i < 30 && mail.delivered.size() < 2 * kDossiers; ++i) {
    ASSERT_TRUE(one.run_once());
    clock.advance(30s);
  }
  EXPECT_LE(clock.now() - begun, 72h + 10min);
  ASSERT_EQ(mail.delivered.size(), 2U * kDossiers);
  std::map<std::string, int> last;
  for (const std::string& effect : mail.delivered) {
    const int id = std::stoi(effect.substr(effect.find('/') + 1));
    int& before = last[effect.substr(0, effect.find('/'))];
    EXPECT_GT(id, before) << effect;
    before = id;
  }
}

TEST_F(Runner, RowThatFailsAloneHoldsUpNobodyElse) {
  add(1, "poison");
  add(2, "poison");
  for (int i = 3; i < 60; ++i) add(i, "d" + std::to_string(i));
  mail.poisoned = "poison/1";
  mail.with = FaultCode::internal;
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 58);
  EXPECT_EQ(mail.delivered.size(), 57U);
}

TEST_F(Runner, FailedRowWaitsAndHoldsTheDossiersNextOneBack) {
  add(1, "a");
  add(2, "a");
  mail.failures = 1;
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 1);
  EXPECT_EQ(reports.back().state, DeliveryState::to_retry);
  EXPECT_EQ(store.outbox[0].due, clock.now() + 30s);
  EXPECT_EQ(store.outbox[0].error, "not now");
  EXPECT_EQ(one.run_once().value_or(-1), 0);
  clock.advance(30s);
  EXPECT_EQ(one.run_once().value_or(-1), 2);
  EXPECT_EQ(mail.delivered, (std::vector<std::string>{"a/1", "a/2"}));
}

TEST_F(Runner, RowIsSetAsideAfterADayOfTrying) {
  add(1, "a");
  mail.failures = 1000;
  OutboxRunner one = runner();
  const auto begun = clock.now();
  while (store.outbox[0].due < begun + std::chrono::hours(24 * 365)) {
    clock.set(store.outbox[0].due);
    ASSERT_EQ(one.run_once().value_or(-1), 1);
    ASSERT_LE(reports.size(), 40U);
  }
  EXPECT_EQ(reports.size(), 30U);
  EXPECT_EQ(reports.back().state, DeliveryState::set_aside);
  EXPECT_GE(clock.now() - begun, 24h);
  EXPECT_LE(clock.now() - begun, 25h);
  EXPECT_FALSE(store.outbox[0].done);
  EXPECT_EQ(store.outbox[0].error, "not now");
}

TEST_F(Runner, HopelessRowIsSetAsideAtOnce) {
  add(1, "a");
  add(2, "b", "fax");
  mail.failures = 1;
  mail.with = FaultCode::invalid;
  OutboxRunner one = runner();
  EXPECT_EQ(one.run_once().value_or(-1), 2);
  EXPECT_EQ(reports[0].state, DeliveryState::set_aside);
  EXPECT_EQ(reports[1].state, DeliveryState::set_aside);
  EXPECT_NE(store.outbox[1].error.find("fax"), std::string::npos);
}

TEST_F(Runner, BrokenStoreIsTold) {
  store.is_broken = true;
  OutboxRunner one = runner();
  EXPECT_FALSE(one.run_once());
}

TEST_F(Runner, ThreadWakesWhenNotifiedAndStopsPromptly) {
  OutboxRunner one = runner({.interval = 1h, .threads = 1});
  one.start();
  one.start();  // twice does no harm
  // The runner waits for an hour now; the test's store is not shared while it waits.
  std::this_thread::sleep_for(20ms);
  add(1, "a");
  add(2, "a");
  one.notify();
  for (int i = 0; i < 500 && mail.calls < 2; ++i) std::this_thread::sleep_for(2ms);
  const auto before = std::chrono::steady_clock::now();
  one.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
  EXPECT_EQ(mail.delivered, (std::vector<std::string>{"a/1", "a/2"}));
  one.stop();
}

TEST_F(Runner, WhatIsLeftAfterAStopIsEmptiedByTheCaller) {
  OutboxRunner one = runner();
  one.start();
  one.stop();
  add(1, "a");
  EXPECT_EQ(one.run_once().value_or(-1), 1);
}

}  // namespace
}  // namespace connectors
