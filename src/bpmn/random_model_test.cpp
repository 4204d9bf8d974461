// random_model_test.cpp - processes that are sound by construction must end, whatever happens.
//
// MOTCUA_BPMN_ROUNDS makes it longer (nightly), MOTCUA_SEED repeats a run.
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/instance_json.h"
#include "bpmn/test_drawing.h"
#include "bpmn/test_ledger.h"
#include "bpmn/test_play.h"
#include "bpmn/trail.h"

namespace bpmn {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

// Steps after which nothing new is begun that need not be: then every run comes to its end.
constexpr int kLongRun = 150;

class Driver {
 public:
  Driver(Play& play, base::SeededRandom& random, bool may_fail, std::set<std::size_t>& seen)
      : play_(play), ledger_(play.process()), random_(random), may_fail_(may_fail), seen_(seen) {}

  // Nullopt, or what is wrong.
  std::string run() {
    play_.set("n", static_cast<std::int64_t>(random_.below(3)));
    if (std::string wrong = take(Start{}); !wrong.empty()) return wrong;
    for (int steps = 1; !play_.instance().is_over(); ++steps) {
      if (steps > 5'000) return "does not come to its end";
      is_long_ = steps > kLongRun;
      if (std::string wrong = take(any_trigger()); !wrong.empty()) return wrong;
    }
    const bool ended = play_.state() == "completed" || (may_fail_ && play_.state() == "failed");
    return ended ? "" : "ended as " + play_.state();
  }

 private:
  std::string take(const Trigger& trigger) {
    play_.set("x", static_cast<std::int64_t>(is_long_ ? 0 : random_.below(10)));
    play_.set("c", static_cast<std::int64_t>(random_.below(10)));
    if (const auto* move = std::get_if<MoveToken>(&trigger)) {
      const Activity from = *play_.instance().find(move->activity);
      ledger_.grant(from.scope, play_.process().index_of(move->target));
    }
    if (std::holds_alternative<ThrowError>(trigger)) ledger_.throw_from_outside();
    if (const auto refused = play_.step(trigger)) {
      return "refused: " + std::string{to_string(*refused)};
    }
    for (const Event& event : play_.events()) {
      ledger_.take(event);
      seen_.insert(event.index());
    }
    if (std::string wrong = ledger_.settle(play_.instance()); !wrong.empty()) return wrong;
    return testing::Test::HasFailure() ? "a step does not survive being stored" : "";
  }

  // Something that may happen now: mostly work that is done.
  Trigger any_trigger() {
    std::vector<Activity> work;
    std::vector<Activity> events;
    std::vector<Activity> beside;  // need not happen
    for (const Activity& activity : play_.instance().activities) {
      const Role role = role_of(play_.process(), activity);
      const EventKind kind = definition_of(play_.process(), activity).kind;
      if (role == Role::task) work.push_back(activity);
      const bool happens = role == Role::timer || kind == EventKind::message ||
                           kind == EventKind::signal || kind == EventKind::conditional;
      if (role != Role::timer && (role != Role::wait || !happens)) continue;
      const NodeKind node = play_.process().node(activity.node).kind;
      const bool must = node == NodeKind::catch_event || node == NodeKind::receive_task;
      (must ? events : beside).push_back(activity);
    }
    if (!beside.empty() && !is_long_ && random_.below(8) == 0) return happens(one_of(beside));
    if (!events.empty() && (work.empty() || random_.below(3) == 0)) return happens(one_of(events));
    if (!work.empty()) return done(one_of(work));
    return events.empty() ? Trigger{ConditionsChanged{}} : happens(one_of(events));
  }

  Trigger done(const Activity& task) {
    const Process& process = play_.process();
    if (may_fail_ && !is_long_ && random_.below(40) == 0) return ThrowError{task.id, "E"};
    const auto before = predecessor_tasks(process, task.node);
    const bool moves = !before.empty() && task.loop == 0 && !is_long_ && random_.below(20) == 0;
    if (!moves || process.node(task.node).for_compensation) return CompleteTask{task.id};
    return MoveToken{task.id, process.node(before[random_.below(before.size())]).id};
  }

  Trigger happens(const Activity& event) {
    const EventDefinition& what = definition_of(play_.process(), event);
    if (what.kind == EventKind::timer) return FireTimer{event.id};
    if (what.kind == EventKind::message) return DeliverMessage{what.name};
    if (what.kind == EventKind::signal) return DeliverSignal{what.name};
    return ConditionsChanged{};
  }

  const Activity& one_of(const std::vector<Activity>& list) {
    return list[random_.below(list.size())];
  }

  Play& play_;
  Ledger ledger_;
  base::SeededRandom& random_;
  bool may_fail_;
  std::set<std::size_t>& seen_;  // kinds of events
  bool is_long_ = false;
};

TEST(RandomModels, EveryRunEndsConservesTokensAndReplaysToTheSameInstance) {
  const std::uint64_t seed = number_from("MOTCUA_SEED", std::random_device{}());
  const std::uint64_t rounds = number_from("MOTCUA_BPMN_ROUNDS", 500);
  std::cout << "seed " << seed << ", " << rounds << " rounds\n";
  std::set<std::size_t> seen;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    base::SeededRandom random(seed + round);
    RandomDrawing drawing(random);
    const std::string text = drawing.draw();
    Play play(text);
    ASSERT_FALSE(HasFailure()) << "seed " << seed + round << "\n" << text;
    const std::string wrong = Driver(play, random, drawing.catches_errors(), seen).run();
    ASSERT_EQ(wrong, "") << "seed " << seed + round << "\n" << text << play.open();
  }
  // The models are rich enough to make everything happen.
  EXPECT_TRUE(rounds < 500 || seen.size() == std::variant_size_v<Event>) << seen.size();
}

// A stored instance that was tampered with may be refused or do nonsense; it must not crash, and
// every refusal leaves nothing behind.
TEST(RandomModels, SurviveDamageOfTheStoredInstance) {
  const std::uint64_t seed = number_from("MOTCUA_SEED", std::random_device{}());
  const std::uint64_t rounds = number_from("MOTCUA_BPMN_ROUNDS", 500) / 5;
  std::cout << "seed " << seed << ", " << rounds << " rounds\n";
  for (std::uint64_t round = 0; round < rounds; ++round) {
    base::SeededRandom random(seed + round);
    RandomDrawing drawing(random);
    Play play(drawing.draw());
    const auto nodes = play.process().nodes();
    if (play.start()) continue;
    for (int steps = 0; steps < 20 && !play.instance().activities.empty(); ++steps) {
      const auto& open = play.instance().activities;
      std::ignore = play.step(CompleteTask{open[random.below(open.size())].id});
    }
    const std::string stored = to_json_text(play.process(), play.instance());
    for (int damage = 0; damage < 20; ++damage) {
      std::string text = stored;
      for (std::uint64_t i = 0; i <= random.below(3); ++i) {
        const std::size_t from = text.find('[', random.below(text.size()));
        if (from == std::string::npos) continue;
        const std::size_t to = text.find_first_of(",]", from);
        if (random.below(2) == 0 && to != std::string::npos) {  // another element
          text.replace(from + 1, to - from - 1, '"' + nodes[random.below(nodes.size())].id + '"');
        } else {  // another number
          const std::size_t digit = text.find_first_of("0123456789", from + random.below(12));
          if (digit != std::string::npos) text[digit] = "0123456789"[random.below(10)];
        }
      }
      const auto instance = read_instance(play.process(), text);
      if (!instance) continue;
      for (ActivityId id = 0; id <= instance->last_activity && id < 40; ++id) {
        for (const Trigger& trigger :
             std::vector<Trigger>{CompleteTask{id}, FireTimer{id}, ThrowError{id, "E"},
                                  MoveToken{id, nodes[random.below(nodes.size())].id}}) {
          std::ignore = step(play.process(), *instance, trigger, {});
        }
      }
      for (const Trigger& trigger :
           std::vector<Trigger>{DeliverMessage{"m1"}, DeliverMessage{"m2"}, DeliverSignal{"x1"},
                                ConditionsChanged{}, Terminate{}}) {
        std::ignore = step(play.process(), *instance, trigger, {});
      }
    }
  }
}

}  // namespace
}  // namespace bpmn
