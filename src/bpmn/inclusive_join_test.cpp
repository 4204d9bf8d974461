// inclusive_join_test.cpp - the fast answer to "may this inclusive join pass?" against a slow one
// that follows the standard's words, on drawings without any order.
//
// Source: OMG BPMN 2.0.2, 13.4.3.  MOTCUA_BPMN_ROUNDS and MOTCUA_SEED as in random_model_test.cpp.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// The incoming flows of `gateway` at which some path from `node` ends that does not visit it.
std::set<FlowIndex> paths_from(const Process& process, NodeIndex node, NodeIndex gateway) {
  std::set<FlowIndex> ends;
  std::set<NodeIndex> seen;
  std::vector<NodeIndex> open{node};
  while (!open.empty()) {
    const NodeIndex at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    for (const FlowIndex flow : process.node(at).outgoing) {
      const NodeIndex target = process.flow(flow).target;
      if (target == gateway) {
        ends.insert(flow);
      } else {
        open.push_back(target);
      }
    }
    for (const NodeIndex boundary : process.node(at).boundary) open.push_back(boundary);
    if (process.node(at).link_target != kNone) open.push_back(process.node(at).link_target);
  }
  return ends;
}

bool may_pass(const Process& process, const Instance& instance, NodeIndex gateway,
              ActivityId scope) {
  std::set<FlowIndex> with_token;
  std::vector<NodeIndex> tokens;  // where the others are
  for (const Arrival& arrival : instance.arrivals) {
    if (arrival.scope != scope) continue;
    const NodeIndex at = process.flow(arrival.flow).target;
    if (at == gateway) {
      with_token.insert(arrival.flow);
    } else {
      tokens.push_back(at);
    }
  }
  if (with_token.empty()) return false;
  for (const Activity& activity : instance.activities) {
    if (activity.scope == scope && activity.host == 0) tokens.push_back(activity.node);
  }
  return std::ranges::none_of(tokens, [&](NodeIndex token) {
    const std::set<FlowIndex> ends = paths_from(process, token, gateway);
    const auto has = [&](FlowIndex flow) { return with_token.contains(flow); };
    return !ends.empty() && std::ranges::none_of(ends, has);
  });
}

// Gateways and tasks in one scope, joined by chance.
std::string tangle(base::SeededRandom& random) {
  const std::uint64_t count = 4 + random.below(8);
  std::string lines = "startEvent s\nendEvent e\ninclusiveGateway n0\n";
  std::vector<bool> is_choice(count, false);
  std::vector<bool> has_boundary(count, false);
  const auto id = [](std::uint64_t number) { return "n" + std::to_string(number); };
  for (std::uint64_t n = 1; n < count; ++n) {
    const std::uint64_t kind = random.below(6);
    if (kind < 3) {
      lines += "userTask " + id(n) + "\n";
      has_boundary[n] = random.below(3) == 0;
      if (has_boundary[n]) {
        lines += "boundaryEvent b" + std::to_string(n) + " on=" + id(n) + " timer=PT1H" +
                 (random.below(2) == 0 ? "" : " interrupting=no") + "\n";
      }
    } else if (kind < 5) {
      lines += "inclusiveGateway " + id(n) + "\n";
      is_choice[n] = true;
    } else {
      lines += "parallelGateway " + id(n) + "\n";
    }
  }
  is_choice[0] = true;
  std::set<std::pair<std::string, std::string>> flows;
  const auto flow = [&](const std::string& from, const std::string& to, const std::string& when) {
    if (flows.emplace(from, to).second) lines += from + " -> " + to + when + "\n";
  };
  flow("s", "n0", "");
  for (std::uint64_t n = 0; n < count; ++n) {
    flow(id(n), random.below(4) == 0 ? "e" : id(random.below(count)), "");
    for (std::uint64_t more = random.below(3); more > 0; --more) {
      const std::string when =
          is_choice[n] ? " [x > " + std::to_string(random.below(10)) + "]" : std::string{};
      flow(id(n), id(random.below(count)), when);
    }
    if (has_boundary[n]) flow("b" + std::to_string(n), id(random.below(count)), "");
  }
  return lines;
}

struct Seen {
  std::uint64_t passed = 0;
  std::uint64_t waited = 0;
};

// Every inclusive join of the last step passed when it might, and those that still wait must.
void compare(const Play& play, Instance instance, Seen& seen) {
  const Process& process = play.process();
  for (const Event& event : play.events()) {
    const auto* passed = std::get_if<JoinPassed>(&event);
    if (passed != nullptr) {
      const NodeIndex gateway = process.index_of(passed->node);
      if (process.node(gateway).kind == NodeKind::inclusive_gateway) {
        ++seen.passed;
        ASSERT_TRUE(may_pass(process, instance, gateway, passed->scope)) << passed->node;
      }
    }
    apply_to(process, instance, event);
  }
  for (const Arrival& arrival : instance.arrivals) {
    const NodeIndex gateway = process.flow(arrival.flow).target;
    if (process.node(gateway).kind != NodeKind::inclusive_gateway) continue;
    ++seen.waited;
    ASSERT_FALSE(may_pass(process, instance, gateway, arrival.scope)) << process.node(gateway).id;
  }
}

TEST(InclusiveJoin, PassesExactlyWhenTheStandardLetsIt) {
  const char* given = std::getenv("MOTCUA_SEED");
  const char* wanted = std::getenv("MOTCUA_BPMN_ROUNDS");
  const std::uint64_t seed =
      given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
  const std::uint64_t rounds = (wanted == nullptr ? 500 : std::strtoull(wanted, nullptr, 10)) / 4;
  std::cout << "seed " << seed << ", " << rounds << " rounds\n";
  Seen seen;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    base::SeededRandom random(seed + round);
    const std::string drawing = tangle(random);
    SCOPED_TRACE("seed " + std::to_string(seed + round) + "\n" + drawing);
    Play play(drawing);
    Instance before;
    Trigger trigger = Start{};
    for (int steps = 0; steps < 40; ++steps) {
      play.set("x", static_cast<std::int64_t>(random.below(10)));
      if (play.step(trigger)) break;  // a drawing may go round for ever
      compare(play, before, seen);
      if (HasFatalFailure()) return;
      before = play.instance();
      if (before.activities.empty()) break;
      const Activity& next = before.activities[random.below(before.activities.size())];
      if (role_of(play.process(), next) == Role::task) {
        trigger = CompleteTask{next.id};
      } else {
        trigger = FireTimer{next.id};
      }
    }
  }
  EXPECT_GT(seen.passed, rounds / 10);
  EXPECT_GT(seen.waited, rounds / 10);
}

}  // namespace
}  // namespace bpmn
