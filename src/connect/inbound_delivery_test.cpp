#include "connect/inbound_delivery.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "calendar/clock.h"
#include "casework/test_commits.h"
#include "casework/test_stores.h"

namespace connectors {
namespace {

using namespace std::chrono_literals;
using storage::contract::moment;

// A till that believes what its source says: one amount of each key, in order.
class Till final : public InboundHandler {
 public:
  std::vector<std::string> handled;  // "SUBJECT:KEY"
  std::map<std::string, int> booked;
  int failures = 0;
  base::FaultCode with = base::FaultCode::unavailable;

  base::Outcome<std::string> handle(const InboundMessageView& message) override {
    if (failures > 0) {
      --failures;
      return base::fault(with, "the till is closed");
    }
    handled.push_back(std::string{message.subject} + ":" + std::string{message.key});
    booked.try_emplace(std::string{message.key}, std::stoi(std::string{message.body}));
    return "{\"đã ghi\": \"" + std::string{message.key} + "\" }\n";
  }
};

class Inbound : public testing::Test {
 protected:
  Inbound() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    store = casework::test::open_test_store(folder_);
    runner = make_runner();
  }
  ~Inbound() override {
    runner.reset();
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::unique_ptr<OutboxRunner> make_runner() {
    delivery = std::make_unique<InboundDelivery>(*store, source.name, till);
    return std::make_unique<OutboxRunner>(
        *store, event_clock, std::map<std::string, Deliverer*>{{delivery->kind(), delivery.get()}},
        [this](const DeliveryReport& report) { reports.push_back(report); });
  }
  void restart() {
    runner.reset();
    store.reset();
    store = casework::test::open_test_store(folder_);
    runner = make_runner();
  }
  InboundRequest request(const std::string& key, const std::string& subject,
                         const std::string& body) const {
    return {.key = key,
            .subject = subject,
            .body = body,
            .signature = inbound_signature(source, key, subject, body)};
  }
  base::Result<InboundReply, InboundError> send(const InboundRequest& sent) {
    return accept_inbound(*store, source, sent, clock.now());
  }
  InboundRefusal refusal_of(const InboundRequest& sent) {
    const auto reply = send(sent);
    EXPECT_FALSE(reply);
    return reply ? InboundRefusal::fault : reply.error().refusal;
  }

  InboundSource source{.name = "till", .secret = std::string(32, 's')};
  Till till;
  calendar::ManualClock clock{moment()};
  casework::EventClock event_clock{clock, {}};
  std::vector<DeliveryReport> reports;
  std::filesystem::path folder_;
  std::unique_ptr<casework::Store> store;
  std::unique_ptr<InboundDelivery> delivery;
  std::unique_ptr<OutboxRunner> runner;
};

TEST_F(Inbound, IsKeptThenDoneOnceAndAnsweredAlikeForEver) {
  const InboundRequest first = request("m1", "d1", "80000");
  EXPECT_EQ(send(first)->state, InboundState::accepted);
  EXPECT_EQ(send(first)->state, InboundState::in_flight);
  restart();
  EXPECT_EQ(send(first)->state, InboundState::in_flight) << "kept before it was acknowledged";
  EXPECT_EQ(runner->run_once().value_or(-1), 1);
  const auto answered = send(first);
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->state, InboundState::answered);
  EXPECT_EQ(answered->answer, "{\"đã ghi\": \"m1\" }\n");
  clock.advance(48h);
  restart();
  EXPECT_EQ(send(first)->answer, answered->answer);
  EXPECT_EQ(runner->run_once().value_or(-1), 0);
  EXPECT_EQ(till.handled.size(), 1U);
}

TEST_F(Inbound, ChangedContentUnderAKnownKeyIsAConflict) {
  ASSERT_TRUE(send(request("m1", "d1", "80000")));
  EXPECT_EQ(refusal_of(request("m1", "d1", "80001")), InboundRefusal::changed) << "1 đ more";
  EXPECT_EQ(refusal_of(request("m1", "d2", "80000")), InboundRefusal::changed);
  ASSERT_TRUE(runner->run_once());
  EXPECT_EQ(refusal_of(request("m1", "d1", "80001")), InboundRefusal::changed);
  EXPECT_EQ(till.booked, (std::map<std::string, int>{{"m1", 80000}}));
}

TEST_F(Inbound, ForgedMessageIsRefusedBeforeAnythingIsWritten) {
  InboundRequest forged = request("m1", "d1", "80000");
  for (std::size_t i = 0; i < forged.signature.size(); i += 7) {
    InboundRequest one = forged;
    one.signature[i] = one.signature[i] == '0' ? '1' : '0';
    EXPECT_EQ(refusal_of(one), InboundRefusal::forged);
  }
  // The line breaks moved: the same text is signed.
  InboundRequest moved = request("m1", "d1", "1\n2");
  moved.key = "m1\nd1";
  moved.subject = "1";
  moved.body = "2";
  EXPECT_EQ(refusal_of(moved), InboundRefusal::malformed);
  InboundRequest other = forged;
  other.body = "90000";
  EXPECT_EQ(refusal_of(other), InboundRefusal::forged);
  other = forged;
  other.signature =
      inbound_signature({.name = "till", .secret = std::string(32, 'x')}, "m1", "d1", "80000");
  EXPECT_EQ(refusal_of(other), InboundRefusal::forged);
  other.signature.clear();
  EXPECT_EQ(refusal_of(other), InboundRefusal::forged);
  source.secret = "short";
  EXPECT_EQ(refusal_of(request("m1", "d1", "80000")), InboundRefusal::forged);
  EXPECT_FALSE(store->find_inbound("till", "m1")->has_value());
}

TEST_F(Inbound, KeysSubjectsAndBodiesAreBounded) {
  EXPECT_EQ(refusal_of(request("", "d1", "1")), InboundRefusal::malformed);
  EXPECT_EQ(refusal_of(request(std::string(129, 'k'), "d1", "1")), InboundRefusal::malformed);
  EXPECT_EQ(refusal_of(request("m 1", "d1", "1")), InboundRefusal::malformed);
  EXPECT_EQ(refusal_of(request("đ", "d1", "1")), InboundRefusal::malformed);
  EXPECT_EQ(refusal_of(request("m1", "d/1", "1")), InboundRefusal::malformed);
  EXPECT_EQ(refusal_of(request("m1", "d1", std::string(kInboundBytesMax + 1, '1'))),
            InboundRefusal::malformed);
  EXPECT_TRUE(send(request("a/b", "d1", std::string(100, '1'))));
}

TEST_F(Inbound, FailedMessageIsTriedAgainAndHoldsUpItsSubjectOnly) {
  ASSERT_TRUE(send(request("m1", "d1", "1")));
  ASSERT_TRUE(send(request("m2", "d1", "2")));
  ASSERT_TRUE(send(request("m3", "d2", "3")));
  till.failures = 1;
  ASSERT_TRUE(runner->run_once());
  EXPECT_EQ(till.handled, std::vector<std::string>{"d2:m3"});
  EXPECT_EQ(send(request("m1", "d1", "1"))->state, InboundState::in_flight);
  clock.advance(30s);
  ASSERT_TRUE(runner->run_once());
  EXPECT_EQ(till.handled, (std::vector<std::string>{"d2:m3", "d1:m1", "d1:m2"}));
}

TEST_F(Inbound, HopelessMessageIsSetAsideWhereTheAdministratorSeesIt) {
  ASSERT_TRUE(send(request("m1", "d1", "1")));
  till.failures = 1;
  till.with = base::FaultCode::invalid;
  ASSERT_TRUE(runner->run_once());
  EXPECT_EQ(reports.back().state, DeliveryState::set_aside);
  EXPECT_EQ(store->outbox_counts(clock.now())->set_aside, 1);
  EXPECT_EQ(send(request("m1", "d1", "1"))->state, InboundState::in_flight);
}

TEST_F(Inbound, ProgramThatEndedBetweenAnswerAndMarkDoesNotHandleAgain) {
  ASSERT_TRUE(send(request("m1", "d1", "1")));
  const auto rows = store->outbox_claim({.now = clock.now(), .until = clock.now() + kClaim});
  ASSERT_EQ(rows->size(), 1U);
  ASSERT_TRUE(delivery->deliver(rows->front()));
  restart();
  clock.advance(kClaim);
  EXPECT_EQ(runner->run_once().value_or(-1), 1);
  EXPECT_EQ(till.handled.size(), 1U);
}

// Messages duplicated, out of order, late by up to 48 hours, forged, and with an amount that
// differs by 1 đ: what is booked is exactly what the source meant.
TEST_F(Inbound, StormOfRepetitionsBooksEachKeyOnce) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::map<std::string, int> meant;
  std::vector<InboundRequest> genuine;
  for (int i = 0; i < 60; ++i) {
    const std::string key = "t" + std::to_string(i);
    const int amount = 1000 + static_cast<int>(random() % 100'000);
    meant[key] = amount;
    genuine.push_back(request(key, "d" + std::to_string(random() % 7), std::to_string(amount)));
    ASSERT_TRUE(send(genuine.back()));
  }
  std::map<std::string, std::string> answers;
  for (int i = 0; i < 300; ++i) {
    InboundRequest one = genuine[random() % genuine.size()];
    const auto kind = random() % 6;
    if (kind == 0) {
      one.signature[random() % 64] = 'z';
      EXPECT_EQ(refusal_of(one), InboundRefusal::forged);
    } else if (kind == 1) {
      one = request(one.key, one.subject, std::to_string(std::stoi(one.body) + 1));
      EXPECT_EQ(refusal_of(one), InboundRefusal::changed);
    } else {
      const auto reply = send(one);
      ASSERT_TRUE(reply);
      if (reply->state == InboundState::answered) {
        EXPECT_EQ(answers.try_emplace(one.key, reply->answer).first->second, reply->answer);
      }
    }
    if (random() % 20 == 0) {
      till.failures = static_cast<int>(random() % 3);
      ASSERT_TRUE(runner->run_once());
    }
    if (random() % 10 == 0) clock.advance(std::chrono::minutes{random() % (48 * 6)});
  }
  till.failures = 0;
  for (int i = 0; i < 5; ++i) {
    clock.advance(1h);
    ASSERT_TRUE(runner->run_once());
  }
  EXPECT_EQ(till.booked, meant);
  EXPECT_EQ(till.handled.size(), meant.size());
}

}  // namespace
}  // namespace connectors
