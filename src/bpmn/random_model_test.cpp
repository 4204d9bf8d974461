// random_model_test.cpp - processes that are sound by construction must end, whatever happens.
#include <iostream>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/test_play.h"
#include "bpmn/trail.h"

namespace bpmn {
namespace {

// Draws nested blocks with one way in and one way out each.
class RandomDrawing {
 public:
  explicit RandomDrawing(base::SeededRandom& random) : random_(random) {}

  std::string draw() {
    lines_ = "startEvent s\nendEvent e\n";
    const Block block = any(4);
    flow("s", block.in);
    flow(block.out, "e");
    return lines_;
  }

 private:
  struct Block {
    std::string in;
    std::string out;
  };

  std::string node(const std::string& element, const std::string& rest = {}) {
    std::string id = "n" + std::to_string(++count_);
    lines_ += element + " " + id + " " + rest + "\n";
    return id;
  }
  void flow(const std::string& from, const std::string& to, const std::string& condition = {}) {
    lines_ += from + " -> " + to + (condition.empty() ? "" : " [" + condition + "]") + "\n";
  }
  Block task() {
    const std::string id = node("userTask");
    return {id, id};
  }
  Block any(int depth) {
    if (depth == 0 || count_ > 60) return task();
    switch (random_.below(9)) {
      case 0:
        return task();
      case 1:
        return sequence(depth);
      case 2:
        return branches(depth, "exclusiveGateway");
      case 3:
        return branches(depth, "parallelGateway");
      case 4:
        return branches(depth, "inclusiveGateway");
      case 5:
        return loop(depth);
      case 6:
        return sub_process(depth);
      case 7:
        return with_timer();
      default:
        return race(depth);
    }
  }
  Block sequence(int depth) {
    const Block a = any(depth - 1);
    const Block b = any(depth - 1);
    flow(a.out, b.in);
    return {a.in, b.out};
  }
  Block branches(int depth, const std::string& gateway) {
    const std::string split = node(gateway);
    const std::string join = node(gateway);
    const std::uint64_t ways = 2 + random_.below(2);
    for (std::uint64_t way = 0; way < ways; ++way) {
      const Block block = any(depth - 1);
      const bool plain = way == 0 || gateway == "parallelGateway";
      flow(split, block.in, plain ? "" : "x > " + std::to_string(random_.below(10)));
      flow(block.out, join);
      if (way == 0 && gateway != "parallelGateway") {
        const std::string line = gateway + " " + split + " ";
        lines_.insert(lines_.find(line) + line.size(), "default=" + split + "_" + block.in);
      }
    }
    return {split, join};
  }
  Block loop(int depth) {
    const std::string merge = node("exclusiveGateway");
    const Block block = any(depth - 1);
    const std::string id = "n" + std::to_string(count_ + 2);
    const std::string check =
        node("exclusiveGateway", "default=n" + std::to_string(count_ + 1) + "_" + id);
    const Block after = task();
    flow(merge, block.in);
    flow(block.out, check);
    flow(check, merge, "x > 6");
    flow(check, after.in);
    return {merge, after.out};
  }
  Block sub_process(int depth) {
    constexpr std::string_view kRepeat[] = {"", "parallel=2", "sequential=2", "parallel=3"};
    const std::string id = node("subProcess", std::string{kRepeat[random_.below(4)]} + " {");
    const std::string start = node("startEvent");
    const Block block = any(depth - 1);
    flow(start, block.in);
    lines_ += "}\n";
    return {id, id};
  }
  Block with_timer() {
    const Block worked = task();
    const std::string late = node("boundaryEvent", "on=" + worked.in + " timer=PT1H");
    const std::string merge = node("exclusiveGateway");
    flow(worked.out, merge);
    flow(late, merge);
    return {worked.in, merge};
  }
  Block race(int depth) {
    const std::string gateway = node("eventBasedGateway");
    const std::string timer = node("intermediateCatchEvent", "timer=PT1H");
    const std::string message = node("intermediateCatchEvent", "message=m");
    const std::string merge = node("exclusiveGateway");
    const Block block = any(depth - 1);
    flow(gateway, timer);
    flow(gateway, message);
    flow(timer, merge);
    flow(message, block.in);
    flow(block.out, merge);
    return {gateway, merge};
  }

  base::SeededRandom& random_;
  std::string lines_;
  int count_ = 0;
};

// Something that may happen now.  Sometimes the work goes back a step.
Trigger any_trigger(const Play& play, base::SeededRandom& random) {
  const std::vector<Activity>& open = play.instance().activities;
  for (;;) {
    const Activity& activity = open[random.below(open.size())];
    switch (role_of(play.process(), activity)) {
      case Role::task: {
        const auto before = predecessor_tasks(play.process(), activity.node);
        if (!before.empty() && activity.loop == 0 && random.below(20) == 0) {
          return MoveToken{activity.id,
                           play.process().node(before[random.below(before.size())]).id};
        }
        return CompleteTask{activity.id};
      }
      case Role::timer:
        return FireTimer{activity.id};
      case Role::wait:
        // The gateway itself is a wait without a name.
        if (play.process().node(activity.node).event.kind == EventKind::message) {
          return DeliverMessage{"m"};
        }
        break;
      case Role::scope:
        break;
    }
  }
}

TEST(RandomModels, EveryRunEndsAndReplaysToTheSameInstance) {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  base::SeededRandom random(seed);
  for (int round = 0; round < 60; ++round) {
    const std::string drawing = RandomDrawing(random).draw();
    SCOPED_TRACE(drawing);
    Play play(drawing);
    play.set("x", static_cast<std::int64_t>(random.below(10)));
    ASSERT_EQ(play.start(), std::nullopt);
    int steps = 0;
    while (!play.instance().is_over()) {
      ASSERT_FALSE(play.instance().activities.empty()) << "nothing is open, yet it goes on";
      ASSERT_LT(++steps, 5'000) << "does not come to its end";
      play.set("x", static_cast<std::int64_t>(random.below(10)));
      ASSERT_EQ(play.step(any_trigger(play, random)), std::nullopt) << "step " << steps;
      if (HasFailure()) return;
    }
    EXPECT_EQ(play.state(), "completed");
  }
}

}  // namespace
}  // namespace bpmn
