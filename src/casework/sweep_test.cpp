// Time passes on the real store: each thing once, from however many threads, after however long.
#include "casework/sweep.h"

#include <thread>

#include <boost/json.hpp>

#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;

class Sweep : public ::testing::Test {
 protected:
  void receive(const std::string& id) {
    const auto done = receive_of(id);
    ASSERT_TRUE(done) << Commune::told(done.error());
  }
  Answer<CommandDone> receive_of(const std::string& id) {
    return casework::receive(*office.workplace, office.request(id, "reception@H41.101.01"), {});
  }
  void go_to(const char* moment) { office.clock.set(dossier::test::at(moment)); }
  SweepDone swept(int limit = kSweepLimit) {
    const auto done = sweep(*office.workplace, limit);
    EXPECT_TRUE(done) << (done ? "" : Commune::told(done.error()));
    return done ? *done : SweepDone{};
  }
  std::vector<std::string> types(const std::string& id) {
    std::vector<std::string> all;
    const auto stored = office.store->events(id, 0);
    for (const StoredEvent& one : *stored) all.push_back(one.type);
    return all;
  }
  std::int64_t count(const std::string& id, const std::string& type) {
    return std::ranges::count(types(id), type);
  }

  Commune office;
};

TEST_F(Sweep, FindsNothingToDoAtOnce) {
  const std::string id = office.filed("1.004873");
  EXPECT_EQ(swept().woken, 0) << "what is not received has no clock";
  receive(id);
  EXPECT_EQ(swept().woken, 0);
}

TEST_F(Sweep, WarnsDraftsAndMarksOnceHoweverOftenItRuns) {
  const std::string id = office.filed("1.004873");
  receive(id);
  for (int hour = 0; hour < 24 * 6; ++hour) {
    office.clock.set(office.clock.now() + std::chrono::hours{1});
    swept();
    swept();
  }
  EXPECT_EQ(count(id, "due_soon"), 1);
  EXPECT_EQ(count(id, "apology_drafted"), 1);
  EXPECT_EQ(count(id, "due_passed"), 1);
  EXPECT_FALSE(office.store->next_wake_at()->has_value());
  office.expect_replays(id);
}

TEST_F(Sweep, OfManyThreadsAtOnceSaysEverythingOnce) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    ids.push_back(office.filed("1.004873"));
    receive(ids.back());
  }
  go_to("2026-09-20T08:00:00+07:00");
  std::vector<std::thread> sweepers;
  for (int i = 0; i < 4; ++i) {
    sweepers.emplace_back([&] {
      for (int round = 0; round < 5; ++round) swept(7);
    });
  }
  for (std::thread& one : sweepers) one.join();
  while (swept().woken > 0) {
  }
  for (const std::string& id : ids) {
    EXPECT_EQ(count(id, "due_passed"), 1);
    EXPECT_EQ(count(id, "apology_drafted"), 1);
    office.expect_replays(id);
  }
}

TEST_F(Sweep, TakesAtMostItsLimitAndSaysThatThereIsMore) {
  for (int i = 0; i < 5; ++i) receive(office.filed("1.004873"));
  go_to("2026-09-20T08:00:00+07:00");
  const SweepDone first = swept(3);
  EXPECT_EQ(first.woken, 3);
  EXPECT_TRUE(first.more);
  const SweepDone second = swept(3);
  EXPECT_EQ(second.woken, 2);
  EXPECT_FALSE(second.more);
  EXPECT_EQ(first.overdue + second.overdue, 5);
}

TEST_F(Sweep, PutsADraftedApologyBeforeTheLeaderWhoSignsItOnce) {
  const std::string id = office.filed("1.012994");
  const auto taken =
      casework::receive(*office.workplace, office.request(id, "reception@H41.001.01"), {});
  ASSERT_TRUE(taken) << Commune::told(taken.error());
  const Instant due = *taken->dossier.due_at;
  while (count(id, "apology_drafted") == 0 && office.clock.now() < due) {
    office.clock.set(office.clock.now() + std::chrono::hours{2});
    swept();
  }
  ASSERT_LT(office.clock.now(), due);
  const auto inbox = [&](const char* officer) {
    const auto page = inbox_json(*office.workplace, office.officer(officer), {});
    EXPECT_TRUE(page);
    return base::to_text(*page);
  };
  EXPECT_NE(inbox("leader@H41.002").find("sign_apology"), std::string::npos);
  EXPECT_EQ(inbox("specialist@H41.002").find("sign_apology"), std::string::npos);
  EXPECT_EQ(inbox("leader@H41").find("sign_apology"), std::string::npos)
      << "nobody signs for another agency";
  const auto sign = [&](const char* officer) {
    return sign_apology(*office.workplace, office.request(id, officer), {});
  };
  EXPECT_EQ(sign("specialist@H41.002").error().kind, FailureKind::forbidden);
  EXPECT_EQ(sign("leader@H41").error().kind, FailureKind::forbidden);
  const auto done = sign("leader@H41.002");
  ASSERT_TRUE(done) << Commune::told(done.error());
  EXPECT_TRUE(done->dossier.apology->in_time);
  EXPECT_EQ(done->number, "1/2026/PXL");
  EXPECT_GT(*done->dossier.due_at, due);
  EXPECT_EQ(inbox("leader@H41.002").find("sign_apology"), std::string::npos);
  EXPECT_EQ(sign("leader@H41.002").error().code, "already-extended");
  office.expect_replays(id);
}

TEST_F(Sweep, DoesNotRefuseWhatSomebodyWasTyping) {
  const std::string id = office.filed("1.004873");
  receive(id);
  const std::int64_t seen = office.state(id).version;
  go_to("2026-09-20T08:00:00+07:00");
  EXPECT_GT(swept().overdue, 0);
  ASSERT_GT(office.state(id).version, seen);
  CommandRequest request = office.request(id, "specialist@H41.101");
  request.if_match = seen;
  const auto done = pause_clock(*office.workplace, request,
                                {.cause = calendar::PauseReason::financial_obligation,
                                 .basis = "Luật Quản lý thuế",
                                 .note = {},
                                 .expected_until = calendar::parse_date("2026-10-30")});
  EXPECT_TRUE(done) << Commune::told(done.error());
  // What an officer has done since is another matter.
  request = office.request(id, "specialist@H41.101");
  request.if_match = seen;
  EXPECT_EQ(resume_clock(*office.workplace, request, {}).error().kind, FailureKind::stale);
}

TEST_F(Sweep, OneUnreadableDossierDoesNotHoldUpTheOthers) {
  // A dossier whose procedure is gone: it is put off, the other is marked.
  const std::string id = office.filed("1.004873");
  receive(id);
  const auto stray = office.filed("1.004873");
  receive(stray);
  go_to("2026-09-20T08:00:00+07:00");
  office.publications = std::make_unique<Publications>(
      std::vector<ProcedurePtr>{}, procedure::shipped_dictionary(),
      [](const std::string&) { return std::optional<std::string>{}; });
  Workplace& before = *office.workplace;
  Workplace blind{.store = before.store,
                  .files = before.files,
                  .inspector = before.inspector,
                  .printer = before.printer,
                  .officers = before.officers,
                  .clock = before.clock,
                  .random = before.random,
                  .publications = *office.publications,
                  .organisation = before.organisation,
                  .calendars = before.calendars,
                  .time_rules = before.time_rules,
                  .secrets = before.secrets,
                  .in_flight = before.in_flight,
                  .public_url = {},
                  .demo = false};
  const auto done = sweep(blind);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->postponed, 2);
  EXPECT_EQ(sweep(blind)->woken, 0) << "not again at once";
}

}  // namespace
}  // namespace casework
