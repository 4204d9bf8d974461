// Random walks: whatever the people of an office do, a dossier stays a fold over its events.
#include <cstdlib>

#include "base/random.h"
#include "dossier/dossier_clock.h"
#include "dossier/dossier_json.h"
#include "dossier/event_json.h"
#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::Life;

class Walk {
 public:
  Walk(const std::string& code, std::uint64_t seed) : life_(test::filed(code)), random_(seed) {}

  void step() {
    life_.wait(std::chrono::minutes{static_cast<std::int64_t>(random_.below(3000))});
    const Dossier before = life_.state();
    const Actor actor = somebody();
    if (try_command(actor)) ++done_;
    check(before);
  }
  [[nodiscard]] const Life& life() const { return life_; }
  [[nodiscard]] int done() const { return done_; }

  // Every event survives its JSON, and together they are the state that is there.
  void check_replay() const {
    Dossier replayed;
    for (const EventRecord& record : life_.records()) {
      const auto payload = base::parse_json(base::to_text(payload_of(record.event)));
      auto event = read_event(type_of(record.event), *payload);
      ASSERT_TRUE(event);
      EventRecord stored = record;
      stored.event = *event;
      apply(life_.procedure(), replayed, stored);
    }
    EXPECT_EQ(replayed, life_.state());
    EXPECT_EQ(static_cast<std::size_t>(life_.state().version), life_.records().size());
    auto read = read_state(life_.procedure(), state_text(life_.procedure(), life_.state()));
    ASSERT_TRUE(read);
    read->code = replayed.code;
    read->slip_number = replayed.slip_number;
    EXPECT_EQ(*read, replayed);
  }

 private:
  bool chance(std::uint64_t in) { return random_.below(in) == 0; }
  std::string reason() { return chance(6) ? "" : "Vì một lý do"; }
  Actor somebody() {
    if (chance(5) && !life_.state().trail.empty()) {
      const TrailEntry& last = life_.state().trail.back();
      return {.kind = ActorKind::officer,
              .id = last.officer_id,
              .name = last.officer_name,
              .agency = last.agency};
    }
    if (life_.state().tasks.empty() || chance(8)) return test::citizen();
    return test::officer("o" + std::to_string(random_.below(4)), life_.task().agency);
  }
  std::uint32_t activity() {
    return life_.state().tasks.empty() || chance(12) ? static_cast<std::uint32_t>(random_.below(9))
                                                     : life_.task().activity;
  }

  bool try_command(const Actor& actor) {
    const auto act = [&](const auto& command) { return !life_.act(command, actor).has_value(); };
    switch (random_.below(24)) {
      case 0:
        return act(Refuse{.reason = reason()});
      case 1: {
        RequestSupplement request = test::supplement_request();
        request.by_supervisor = chance(2);
        request.repeat_reason = reason();
        return act(request);
      }
      case 2:
      case 3:
        return act(Supplement{.answers = {}, .attachments = {}, .note = "Đã bổ sung"});
      case 4:
        return act(Assign{.activity = activity(),
                          .officer = test::officer("o" + std::to_string(random_.below(4)), "H41"),
                          .reason = reason()});
      case 5:
      case 6:
        return act(Recall{.reason = reason()});
      case 7:
      case 8:
        return act(SendBack{.activity = activity(), .reason = reason()});
      case 9:
        return act(AttachFile{test::paper("x", "a" + std::to_string(random_.below(1000)))});
      case 10:
        return chance(6) && act(Withdraw{.reason = reason()});
      case 11:
        return chance(6) && act(Stop{.reason = reason()});
      case 12:
        return act(RecordPayment{.amount = static_cast<std::int64_t>(random_.below(9000)),
                                 .method = "cash",
                                 .reference = {},
                                 .reason = {}});
      case 13:
        return !life_.state().payments.empty() &&
               act(RecordRefund{.receipt = life_.state().payments[0].receipt,
                                .amount = static_cast<std::int64_t>(random_.below(3000)),
                                .reason = reason()});
      case 14:
        return act(Rate{.score = static_cast<int>(random_.below(7)), .comment = {}});
      case 15:
        return !life_.pay_all().has_value();
      default:
        return forward(actor);
    }
  }

  bool forward(const Actor& actor) {
    const auto act = [&](const auto& command) { return !life_.act(command, actor).has_value(); };
    if (life_.state().tasks.empty()) return false;
    const procedure::Step* step = life_.procedure().find_step(life_.task().step);
    switch (step->action) {
      case procedure::StepAction::receive:
        return act(Receive{});
      case procedure::StepAction::issue:
        return act(IssueResult{.activity = activity(), .file = {}, .number = {}, .note = {}});
      case procedure::StepAction::return_result:
        return act(ReturnResult{
            .activity = activity(), .method = "counter", .received_by = {}, .note = {}});
      default: {
        // Mostly on; sometimes another outcome, so that the walk comes to its end.
        const std::size_t which = chance(4) ? random_.below(step->outcomes.size()) : 0;
        return act(CompleteTask{.activity = activity(),
                                .outcome = step->outcomes[which].code,
                                .note = reason(),
                                .data = {}});
      }
    }
  }

  void check(const Dossier& before) const {
    const Dossier& now = life_.state();
    ASSERT_GE(now.version, before.version);
    const int status = static_cast<int>(status_of(life_.procedure(), now));
    ASSERT_TRUE(status >= 1 && status <= 10);
    if (before.is_closed()) {
      ASSERT_EQ(now.stage, before.stage);
    }
    const bool over = now.is_closed();
    ASSERT_EQ(over, now.process.is_over());
    ASSERT_EQ(over, now.tasks.empty()) << "an open dossier has somebody who must act";
    for (const Task& task : now.tasks) {
      ASSERT_NE(life_.procedure().find_step(task.step), nullptr);
      ASSERT_FALSE(task.agency.empty());
      ASSERT_TRUE(party::parse_role(task.role).has_value());
      ASSERT_NE(now.process.find(task.activity), nullptr);
    }
    ASSERT_GE(now.paid(), 0);
    ASSERT_EQ(now.stage == Stage::awaiting_supplement, now.supplement.has_value());
    ASSERT_EQ(now.result.has_value(), now.stage == Stage::finished || now.stage == Stage::returned);
    if (now.stage == Stage::processing || now.stage == Stage::finished) {
      ASSERT_TRUE(now.due_at.has_value());
      const auto term = term_of(now, test::office());
      ASSERT_TRUE(term.has_value());
      ASSERT_EQ(term->promised.due, now.due_at) << "the stored due day is the computed one";
    }
    for (std::size_t i = 0; i < now.pauses.size(); ++i) {
      ASSERT_EQ(now.pauses[i].to.has_value(),
                i + 1 < now.pauses.size() || now.stage != Stage::awaiting_supplement);
    }
  }

  Life life_;
  base::SeededRandom random_;
  int done_ = 0;
};

TEST(RandomWalk, StaysAFoldOverItsEventsUntilItIsClosed) {
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t first = given != nullptr ? std::strtoull(given, nullptr, 10) : 20260820;
  int closed = 0;
  int walks = 0;
  for (const char* code : procedure::kShipped) {
    for (std::uint64_t seed = first; seed < first + 25; ++seed) {
      SCOPED_TRACE(std::string{"procedure "} + code + ", MOTCUA_SEED=" + std::to_string(seed));
      Walk walk{code, seed};
      ASSERT_EQ(walk.life().state().stage, Stage::filed);
      for (int i = 0; i < 250 && !HasFatalFailure(); ++i) {
        walk.step();
        if (walk.life().state().is_closed() && i % 7 == 0) break;
      }
      ASSERT_FALSE(HasFatalFailure());
      walk.check_replay();
      ++walks;
      closed += walk.life().state().is_closed() ? 1 : 0;
    }
  }
  EXPECT_GT(closed, walks * 3 / 4) << "walks come to an end, or they show nothing";
}

}  // namespace
}  // namespace dossier
