#include "bpmn/soundness.h"

#include <algorithm>
#include <iostream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/step.h"
#include "bpmn/test_play.h"
#include "bpmn/test_token_game.h"

namespace bpmn {
namespace {

Soundness check(const Model& model, bool reduces = true, std::size_t states_max = 200'000) {
  const AnalysisGraph graph(model.processes.at(0));
  return check_soundness(graph, kNothing, {}, {.states_max = states_max, .reduces = reduces});
}

Soundness check(std::string_view drawing) {
  return check(model_of(drawing));
}

bool has(const Soundness& soundness, FindingKind kind) {
  return std::ranges::any_of(soundness.violations,
                             [&](const Violation& v) { return v.kind == kind; });
}

const Violation& first(const Soundness& soundness, FindingKind kind) {
  static const Violation kNone;
  const auto found = std::ranges::find(soundness.violations, kind, &Violation::kind);
  EXPECT_NE(found, soundness.violations.end());
  return found == soundness.violations.end() ? kNone : *found;
}

std::string route_of(const Violation& violation) {
  std::string text;
  for (const RouteStep& step : violation.route) text += (text.empty() ? "" : " ") + step.node;
  return text;
}

TEST(Soundness, AnExclusiveSplitJoinedByAParallelGatewayStops) {
  const Soundness found = check(R"(
    startEvent s
    exclusiveGateway g
    userTask A
    userTask B
    parallelGateway j
    endEvent e
    s -> g
    g -> A [x]
    g -> B [not(x)]
    A -> j
    B -> j
    j -> e
  )");
  const Violation& deadlock = first(found, FindingKind::deadlock);
  EXPECT_EQ(deadlock.element, "j");
  EXPECT_EQ(deadlock.related, "g");
  EXPECT_THAT(deadlock.flows, testing::ElementsAre("B_j"));
  EXPECT_EQ(route_of(deadlock), "s g A");
  EXPECT_FALSE(found.completes);
}

TEST(Soundness, AParallelSplitJoinedByAnExclusiveGatewayPassesTwice) {
  const Soundness found = check(R"(
    startEvent s
    parallelGateway g
    userTask A
    userTask B
    exclusiveGateway m
    userTask C
    endEvent e
    s -> g
    g -> A
    g -> B
    A -> m
    B -> m
    m -> C
    C -> e
  )");
  const Violation& doubled = first(found, FindingKind::lack_of_synchronisation);
  EXPECT_EQ(doubled.element, "m");
  EXPECT_EQ(doubled.related, "g");
  EXPECT_EQ(route_of(doubled), "s g A m B m");
  EXPECT_FALSE(has(found, FindingKind::deadlock));
}

TEST(Soundness, ALoopThatLeavesATokenEachRoundIsUnbounded) {
  const Soundness found = check(R"(
    startEvent s
    exclusiveGateway m
    parallelGateway g
    userTask A
    userTask B
    endEvent e
    s -> m
    m -> g
    g -> A
    g -> B
    A -> m
    B -> e
  )");
  EXPECT_TRUE(has(found, FindingKind::unbounded));
}

TEST(Soundness, InclusiveJoinsWaitForWhatWasTaken) {
  EXPECT_TRUE(check(R"(
    startEvent s
    inclusiveGateway g default=g_C
    userTask A
    userTask B
    userTask C
    inclusiveGateway j
    endEvent e
    s -> g
    g -> A [a]
    g -> B [b]
    g -> C
    A -> j
    B -> j
    C -> j
    j -> e
  )")
                  .is_sound());
}

TEST(Soundness, InterruptingBoundaryEventsAreOneWayOutOfMany) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    userTask A
    boundaryEvent late on=A timer=P1D
    exclusiveGateway m
    endEvent e
    s -> A
    A -> m
    late -> m
    m -> e
  )";
  EXPECT_TRUE(check(kDrawing).is_sound());
  std::string joined{kDrawing};
  joined.replace(joined.find("exclusiveGateway"), 16, "parallelGateway");
  const Soundness found = check(joined);
  EXPECT_EQ(first(found, FindingKind::deadlock).element, "m");
  EXPECT_EQ(first(found, FindingKind::deadlock).related, "A");
}

TEST(Soundness, ANonInterruptingReminderIsSoundUnlessItComesBackIntoTheWork) {
  EXPECT_TRUE(check(R"(
    startEvent s
    userTask A
    boundaryEvent late on=A cycle=R/P1D interrupting=no
    userTask Remind
    exclusiveGateway again default=again_e
    endEvent e
    endEvent reminded
    s -> A
    A -> again
    again -> A [x]
    again -> e
    late -> Remind
    Remind -> reminded
  )")
                  .is_sound());
  const Soundness found = check(R"(
    startEvent s
    userTask A
    boundaryEvent late on=A timer=P1D interrupting=no
    userTask B
    endEvent e
    s -> A
    A -> B
    late -> B
    B -> e
  )");
  const Violation& doubled = first(found, FindingKind::lack_of_synchronisation);
  EXPECT_EQ(doubled.element, "B");
  EXPECT_EQ(doubled.related, "late");
}

TEST(Soundness, ATerminateEventEndsWhatIsLeft) {
  const Soundness found = check(R"(
    startEvent s
    parallelGateway g
    userTask A
    userTask B
    endEvent stop terminate=yes
    endEvent e
    s -> g
    g -> A
    g -> B
    A -> stop
    B -> e
  )");
  EXPECT_TRUE(found.is_sound());
  EXPECT_TRUE(has(found, FindingKind::cut_short));
}

TEST(Soundness, AWayWithoutReturnIsToldWithItsRoute) {
  const Soundness found = check(R"(
    startEvent s
    exclusiveGateway g
    exclusiveGateway m
    userTask A
    endEvent e
    s -> g
    g -> m [x]
    g -> e [not(x)]
    m -> A
    A -> m
  )");
  EXPECT_EQ(first(found, FindingKind::never_completes).element, "g");
}

TEST(Soundness, WideBlocksAreSettledByReductionAlone) {
  std::string drawing = "startEvent s\nparallelGateway g\nparallelGateway j\nendEvent e\n";
  drawing += "s -> g\nj -> e\n";
  for (int way = 0; way < 200; ++way) {
    const std::string id = "n" + std::to_string(way);
    drawing += "userTask " + id + "\ng -> " + id + "\n" + id + " -> j\n";
  }
  const Soundness found = check(drawing);
  EXPECT_TRUE(found.is_sound());
  EXPECT_LT(found.states, 10U);
}

TEST(Soundness, MoreStatesThanTheBoundAreNotDecided) {
  std::string drawing = "startEvent s\nparallelGateway g\nendEvent e\ns -> g\n";
  for (int way = 0; way < 18; ++way) {
    const std::string id = "n" + std::to_string(way);
    drawing += "userTask " + id + "\ng -> " + id + "\n" + id + " -> e\n";
  }
  const Soundness found = check(model_of(drawing), true, 10'000);
  EXPECT_FALSE(found.decided);
  EXPECT_FALSE(found.is_sound());
  EXPECT_TRUE(found.violations.empty());
}

// Blocks with one way in and one way out each: sound by construction.
class RandomBlocks {
 public:
  explicit RandomBlocks(base::SeededRandom& random) : random_(random) {}

  struct Element {
    std::string kind;
    std::string id;
    std::string rest;
  };
  struct Arrow {
    std::string from;
    std::string to;
    std::string condition;
  };
  std::vector<Element> elements;
  std::vector<Arrow> arrows;

  void make(int depth) {
    elements = {{"startEvent", "s", ""}, {"endEvent", "e", ""}};
    const Block block = any(depth);
    arrow("s", block.in);
    arrow(block.out, "e");
  }

  // One thing wrong, perhaps.
  void mutate() {
    switch (random_.below(4)) {
      case 0:
      case 1: {
        std::vector<Element*> gateways;
        for (Element& element : elements) {
          if (element.kind.ends_with("Gateway") && element.kind != "eventBasedGateway") {
            gateways.push_back(&element);
          }
        }
        if (gateways.empty()) return;
        constexpr std::string_view kKinds[] = {"exclusiveGateway", "parallelGateway",
                                               "inclusiveGateway"};
        Element& gateway = *gateways[random_.below(gateways.size())];
        gateway.kind = kKinds[random_.below(3)];
        if (gateway.kind == "parallelGateway") gateway.rest.clear();
        break;
      }
      case 2:
        if (arrows.size() > 2) {
          arrows.erase(arrows.begin() + static_cast<std::ptrdiff_t>(random_.below(arrows.size())));
        }
        break;
      default: {
        // A way goes somewhere else.
        Arrow& changed = arrows[random_.below(arrows.size())];
        const Element& target = elements[random_.below(elements.size())];
        const bool may = target.kind != "startEvent" && target.kind != "boundaryEvent" &&
                         target.id != changed.from;
        const bool twice = std::ranges::any_of(arrows, [&](const Arrow& other) {
          return other.from == changed.from && other.to == target.id;
        });
        if (may && !twice) changed.to = target.id;
        break;
      }
    }
  }

  [[nodiscard]] std::string drawing() const {
    std::string text;
    for (const Element& element : elements) {
      text += element.kind + " " + element.id + " " + element.rest + "\n";
    }
    for (const Arrow& arrow : arrows) {
      text += arrow.from + " -> " + arrow.to +
              (arrow.condition.empty() ? "" : " [" + arrow.condition + "]") + "\n";
    }
    return text;
  }

 private:
  struct Block {
    std::string in;
    std::string out;
  };
  std::string node(const std::string& kind, const std::string& rest = {}) {
    elements.push_back({kind, "n" + std::to_string(elements.size()), rest});
    return elements.back().id;
  }
  void arrow(const std::string& from, const std::string& to, const std::string& condition = {}) {
    arrows.push_back({from, to, condition});
  }
  void set_default(const std::string& id, const std::string& to) {
    for (Element& element : elements) {
      if (element.id == id) element.rest = "default=" + id + "_" + to;
    }
  }
  Block task() {
    const std::string id = node("userTask");
    return {id, id};
  }
  Block any(int depth) {
    if (depth == 0 || elements.size() > 24) return task();
    switch (random_.below(8)) {
      case 0:
        return task();
      case 1:
      case 2: {
        const Block a = any(depth - 1);
        const Block b = any(depth - 1);
        arrow(a.out, b.in);
        return {a.in, b.out};
      }
      case 3:
        return branches(depth, "exclusiveGateway");
      case 4:
        return branches(depth, "parallelGateway");
      case 5:
        return branches(depth, "inclusiveGateway");
      case 6: {
        const std::string merge = node("exclusiveGateway");
        const Block body = any(depth - 1);
        const std::string split = node("exclusiveGateway");
        const Block after = task();
        arrow(merge, body.in);
        arrow(body.out, split);
        arrow(split, merge, "x > 5");
        arrow(split, after.in);
        set_default(split, after.in);
        return {merge, after.out};
      }
      default: {
        const Block worked = task();
        const std::string late = node("boundaryEvent", "on=" + worked.in + " timer=PT1H");
        const std::string merge = node("exclusiveGateway");
        arrow(worked.out, merge);
        arrow(late, merge);
        return {worked.in, merge};
      }
    }
  }
  Block branches(int depth, const std::string& gateway) {
    const std::string split = node(gateway);
    const std::string join = node(gateway);
    const std::uint64_t ways = 2 + random_.below(2);
    for (std::uint64_t way = 0; way < ways; ++way) {
      const bool plain = way == 0 || gateway == "parallelGateway";
      const std::string condition = plain ? "" : "x > " + std::to_string(random_.below(9));
      // At times a way is empty.
      if (way > 0 && random_.below(4) == 0) {
        const std::string passed = node("intermediateThrowEvent");
        arrow(split, passed, condition);
        arrow(passed, join);
        continue;
      }
      const Block block = any(depth - 1);
      arrow(split, block.in, condition);
      arrow(block.out, join);
      if (way == 0 && gateway != "parallelGateway") set_default(split, block.in);
    }
    return {split, join};
  }

  base::SeededRandom& random_;
};

// Runs the engine with random answers.  A mutated loop may have lost its conditions: such a run is
// never stuck, but need not end (`surely`).
void expect_runs_end(const Model& model, base::SeededRandom& random, const std::string& drawing,
                     bool surely) {
  const auto process = compile(model);
  if (!process) return;  // the mutation made it inconsistent
  for (int run = 0; run < 4; ++run) {
    Instance instance;
    int steps = 0;
    int refusals = 0;
    while (!instance.is_over() && ++steps < (surely ? 3'000 : 300)) {
      Trigger trigger = Start{};
      if (instance.state != InstanceState::created) {
        ASSERT_FALSE(instance.activities.empty()) << "stuck: " << drawing;
        const Activity& activity = instance.activities[random.below(instance.activities.size())];
        const Role role = role_of(*process, activity);
        if (role == Role::task) {
          trigger = CompleteTask{activity.id};
        } else if (role == Role::timer) {
          trigger = FireTimer{activity.id};
        } else {
          continue;
        }
      }
      const rules::Value variables{
          rules::Context{{"x", static_cast<std::int64_t>(random.below(10))}}};
      const auto events = step(*process, instance, trigger, variables);
      if (!events) {
        // No default, and x says nothing: ask again with another.
        ASSERT_TRUE(events.error().reason == StepReason::no_flow_applies ||
                    events.error().reason == StepReason::too_many_moves)
            << to_string(events.error().reason) << "\n"
            << drawing;
        if (++refusals > 200) return;
        continue;
      }
      for (const Event& event : *events) apply_to(*process, instance, event);
    }
    if (surely) {
      ASSERT_TRUE(instance.is_over()) << drawing;
    }
  }
}

void expect_routes_replay(const Model& model, const Soundness& found) {
  const TokenGame game(model.processes[0]);
  for (const Violation& violation : found.violations) {
    if (violation.route.empty()) continue;
    const std::set<TokenGame::Marking> after = game.replay(violation.route);
    ASSERT_FALSE(after.empty()) << to_string(violation.kind) << " " << violation.element << ": "
                                << route_of(violation);
    const bool confirmed = std::ranges::any_of(after, [&](const TokenGame::Marking& marking) {
      switch (violation.kind) {
        case FindingKind::deadlock:
          return game.is_stuck(marking);
        case FindingKind::lack_of_synchronisation:
        case FindingKind::unbounded:
          return game.is_doubled(marking);
        default:
          return true;
      }
    });
    EXPECT_TRUE(confirmed) << to_string(violation.kind) << " " << violation.element << ": "
                           << route_of(violation);
  }
}

class RandomSoundness : public testing::Test {
 protected:
  std::uint64_t seed_ = std::random_device{}();
  base::SeededRandom random_{seed_};
  void SetUp() override { std::cout << "seed " << seed_ << "\n"; }
};

TEST_F(RandomSoundness, BlocksAreFoundSoundAndTheirRunsEnd) {
  for (int round = 0; round < 150; ++round) {
    RandomBlocks blocks(random_);
    blocks.make(4);
    const std::string drawing = blocks.drawing();
    SCOPED_TRACE(drawing);
    const Model model = model_of(drawing);
    ASSERT_TRUE(check(model).is_sound());
    ASSERT_TRUE(check(model, false).is_sound());
    expect_runs_end(model, random_, drawing, true);
    if (HasFailure()) return;
  }
}

TEST_F(RandomSoundness, MutatedBlocksAreJudgedLikeTheTokenGame) {
  int sound = 0;
  int unsound = 0;
  for (int round = 0; round < 250; ++round) {
    RandomBlocks blocks(random_);
    blocks.make(3);
    for (std::uint64_t i = 0; i < 1 + random_.below(3); ++i) blocks.mutate();
    const std::string drawing = blocks.drawing();
    SCOPED_TRACE(drawing);
    const Model model = model_of(drawing);
    const TokenGame game(model.processes[0]);
    const TokenGame::Verdict least = game.play(TokenGame::Pace::engine, 600);
    const TokenGame::Verdict most = game.play(TokenGame::Pace::any, 600);
    if (!least.decided || !most.decided) continue;
    for (const bool reduces : {false, true}) {
      SCOPED_TRACE(reduces ? "reduced" : "as drawn");
      const Soundness found = check(model, reduces);
      ASSERT_TRUE(found.decided && found.analysed);
      const bool doubled =
          has(found, FindingKind::lack_of_synchronisation) || has(found, FindingKind::unbounded);
      // A reduced net knows less of what moves at once: nothing may be lost, nothing made up.
      ASSERT_TRUE(doubled || !least.doubled);
      ASSERT_TRUE(most.doubled || !doubled);
      if (!reduces) {
        ASSERT_EQ(doubled, least.doubled);
      }
      // Behind a second token the games stop looking at different moments.
      if (!doubled && !most.doubled) {
        ASSERT_EQ(has(found, FindingKind::deadlock), least.deadlock);
        ASSERT_EQ(has(found, FindingKind::never_completes), least.trapped);
      }
      expect_routes_replay(model, found);
      if (found.is_sound()) expect_runs_end(model, random_, drawing, false);
    }
    ++(least.sound() ? sound : unsound);
    if (HasFailure()) return;
  }
  EXPECT_GT(sound, 20);
  EXPECT_GT(unsound, 20);
}

}  // namespace
}  // namespace bpmn
