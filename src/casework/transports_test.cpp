// A citizen files at one commune for a procedure of another; papers and the result travel.
#include "casework/transports.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "casework/hand_over_slips.h"
#include "casework/sweep.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using base::json::object;
using test::Commune;

constexpr const char* kHere = "reception@H41.102.01";
constexpr const char* kThere = "reception@H41.101.01";

std::string received_elsewhere(Commune& office, const std::string& return_method = "counter") {
  Filing filing = office.filing("1.001193");
  filing.channel = "counter";
  filing.receive = true;
  filing.return_method = return_method;
  filing.shown_components = {"identity_paper"};
  const auto done = office.file(filing, kHere);
  EXPECT_TRUE(done) << Commune::told(done.error());
  return done ? done->done.id : "";
}

Answer<object> list(Commune& office, const std::string& who, TransportSide side) {
  return transport_list_json(*office.workplace, office.officer(who), side, "", 50);
}
std::size_t listed(Commune& office, const std::string& who, TransportSide side) {
  const auto found = list(office, who, side);
  EXPECT_TRUE(found) << Commune::told(found.error());
  return found ? found->at("items").as_array().size() : 99;
}

HandOverBatch batch_of(const std::vector<std::string>& ids, std::uint32_t transport = 1) {
  HandOverBatch batch;
  batch.carrier = "Bưu điện xã";
  for (const std::string& id : ids) {
    batch.items.push_back({.dossier = id, .transport = transport, .pieces = {}, .note = {}});
  }
  return batch;
}

TEST(Transports, AreListedAtEachSideAndMoveTogetherWithOneSlip) {
  Commune office;
  const std::string first = received_elsewhere(office);
  Filing other = office.filing("1.004873");
  other.channel = "counter";
  other.receive = true;
  const auto second = office.file(other, kHere);
  ASSERT_TRUE(second) << Commune::told(second.error());
  EXPECT_EQ(listed(office, kHere, TransportSide::to_hand_over), 2U);
  EXPECT_EQ(listed(office, kThere, TransportSide::to_take_over), 0U);

  const RequestKey key = office.key(kHere);
  const HandOverBatch batch = batch_of({first, second->done.id});
  const auto handed = hand_over_all(*office.workplace, office.officer(kHere), batch, key);
  ASSERT_TRUE(handed) << Commune::told(handed.error());
  EXPECT_EQ(handed->at("slip").as_string(), "BG-H41.102.01-2026-1");
  for (const auto& item : handed->at("items").as_array()) {
    EXPECT_TRUE(item.as_object().at("done").as_bool());
  }
  EXPECT_EQ(listed(office, kHere, TransportSide::to_hand_over), 0U);
  EXPECT_EQ(listed(office, kThere, TransportSide::to_take_over), 2U);

  const auto version = office.state(first).version;
  const auto again = hand_over_all(*office.workplace, office.officer(kHere), batch, key);
  ASSERT_TRUE(again) << "the same request has the same answer";
  EXPECT_EQ(again->at("slip"), handed->at("slip"));
  EXPECT_EQ(office.state(first).version, version);
  RequestKey other_body = key;
  other_body.hash = "else";
  EXPECT_EQ(hand_over_all(*office.workplace, office.officer(kHere), batch, other_body).error().kind,
            FailureKind::key_reused);

  const auto printed =
      print_slip(*office.workplace, office.officer(kThere), "BG-H41.102.01-2026-1");
  EXPECT_TRUE(printed) << "who is to get it prints it as well";
  EXPECT_EQ(
      print_slip(*office.workplace, office.officer("reception@H41.001.01"), "BG-H41.102.01-2026-1")
          .error()
          .kind,
      FailureKind::not_found);
  const auto slips = slips_json(*office.workplace, office.officer(kHere));
  ASSERT_TRUE(slips);
  EXPECT_EQ(slips->at("items").as_array().size(), 1U);
  EXPECT_EQ(slips->at("items").as_array().at(0).as_object().at("on_the_way").as_int64(), 2);

  const auto taken =
      take_over_all(*office.workplace, office.officer(kThere),
                    {{.dossier = first, .transport = 1, .pieces = {}, .note = {}},
                     {.dossier = second->done.id, .transport = 1, .pieces = {}, .note = {}}},
                    office.key(kThere));
  ASSERT_TRUE(taken) << Commune::told(taken.error());
  EXPECT_EQ(listed(office, kThere, TransportSide::to_take_over), 0U);
  office.expect_replays(first);
}

TEST(Transports, AreForTheTwoCountersOnly) {
  Commune office;
  const std::string id = received_elsewhere(office);
  for (const char* stranger : {kThere, "specialist@H41.101", "reception@H41.001.01"}) {
    const auto done = hand_over_all(*office.workplace, office.officer(stranger), batch_of({id}),
                                    office.key(stranger));
    ASSERT_FALSE(done) << stranger;
    EXPECT_TRUE(done.error().kind == FailureKind::forbidden ||
                done.error().kind == FailureKind::not_found)
        << stranger;
  }
  ASSERT_TRUE(
      hand_over_all(*office.workplace, office.officer(kHere), batch_of({id}), office.key(kHere)));
  const std::vector<TransportChoice> one{{.dossier = id, .transport = 1, .pieces = {}, .note = {}}};
  EXPECT_EQ(
      take_over_all(*office.workplace, office.officer(kHere), one, office.key(kHere)).error().kind,
      FailureKind::forbidden)
      << "who sent it does not take it over";
  ASSERT_TRUE(take_over_all(*office.workplace, office.officer(kThere), one, office.key(kThere)));
  const auto twice =
      take_over_all(*office.workplace, office.officer(kThere), one, office.key(kThere));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, "not-on-its-way");
}

TEST(Transports, OneThatIsRefusedDoesNotHoldUpTheRest) {
  Commune office;
  const std::string first = received_elsewhere(office);
  HandOverBatch batch = batch_of({first, first});
  batch.items[0].pieces = {"passport"};
  const auto handed =
      hand_over_all(*office.workplace, office.officer(kHere), batch, office.key(kHere));
  ASSERT_TRUE(handed) << Commune::told(handed.error());
  const auto& items = handed->at("items").as_array();
  EXPECT_FALSE(items.at(0).as_object().at("done").as_bool());
  EXPECT_EQ(items.at(0).as_object().at("problem").as_object().at("code").as_string(),
            "piece-unknown");
  EXPECT_TRUE(items.at(1).as_object().at("done").as_bool());
}

TEST(Transports, AreWhereTheApplicantIsToldTheyAre) {
  Commune office;
  const std::string id = received_elsewhere(office);
  const auto told = [&] {
    const auto open = open_dossier(*office.workplace, id);
    const auto json = tracking_json(*office.workplace, *open);
    EXPECT_TRUE(json);
    const auto& where = json->at("whereabouts").as_array();
    return where.empty()
               ? std::string{}
               : std::string{where.back().as_object().at("text").as_object().at("vi").as_string()};
  };
  EXPECT_NE(told().find("chờ chuyển đến"), std::string::npos) << told();
  ASSERT_TRUE(
      hand_over_all(*office.workplace, office.officer(kHere), batch_of({id}), office.key(kHere)));
  EXPECT_NE(told().find("đang trên đường"), std::string::npos) << told();
  EXPECT_EQ(told().find("Cán bộ"), std::string::npos) << "no officer's name";
}

TEST(ReturnPlace, IsChangedByTheApplicantAndSeenByTheNewCounter) {
  Commune office;
  const std::string id = received_elsewhere(office);
  const auto sees = [&] {
    const auto open = open_dossier(*office.workplace, id);
    SearchRequest search;
    const auto found =
        search_json(*office.workplace, office.officer("reception@H41.001.01"), search);
    EXPECT_TRUE(found);
    return found->at("items").as_array().size();
  };
  EXPECT_EQ(sees(), 0U);
  const auto changed = change_return(*office.workplace, office.request(id, ""),
                                     {.agency = "H41.001.01", .method = "counter", .reason = {}});
  ASSERT_TRUE(changed) << Commune::told(changed.error());
  EXPECT_EQ(sees(), 1U);
  EXPECT_EQ(office.state(id).returning_agency, "H41.001.01");
  EXPECT_EQ(change_return(*office.workplace, office.request(id, ""),
                          {.agency = "H41.102", .method = "counter", .reason = {}})
                .error()
                .code,
            "return-place-unknown");
  EXPECT_EQ(change_return(*office.workplace, office.request(id, "reception@H41.101.01"),
                          {.agency = "H41.101.01", .method = "counter", .reason = "Ở gần"})
                .has_value(),
            true)
      << "any counter that takes part";
  office.expect_replays(id);
}

TEST(Transports, ThatAreLateWakeTheSweeper) {
  Commune office;
  const std::string id = received_elsewhere(office);
  const auto wake = office.store->next_wake_at();
  ASSERT_TRUE(wake && wake->has_value());
  EXPECT_LE(**wake, dossier::test::at("2026-08-20T17:30:01+07:00"));
}

}  // namespace
}  // namespace casework
