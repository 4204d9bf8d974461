#include "bpmn/step.h"

#include <gtest/gtest.h>

#include "bpmn/test_play.h"
#include "bpmn/trail.h"

namespace bpmn {
namespace {

constexpr std::string_view kLine = R"(
  startEvent s
  userTask Receive
  userTask Assess
  exclusiveGateway ok default=ok_Refuse
  userTask Approve
  userTask Refuse
  userTask Issue
  endEvent e
  s -> Receive
  Receive -> Assess
  Assess -> ok
  ok -> Approve [outcome = "agree"]
  ok -> Refuse
  Approve -> Issue
  Refuse -> Issue
  Issue -> e
)";

TEST(Step, IsRefusedBeforeTheStartAfterTheEndAndTwice) {
  Play play(kLine);
  EXPECT_EQ(play.step(CompleteTask{1}), StepReason::not_started);
  EXPECT_EQ(play.step(Terminate{}), StepReason::not_started);
  EXPECT_EQ(play.start(), std::nullopt);
  EXPECT_EQ(play.start(), StepReason::already_started);
  const ActivityId receive = play.activity_at("Receive");
  EXPECT_EQ(play.step(CompleteTask{receive}), std::nullopt);
  EXPECT_EQ(play.step(CompleteTask{receive}), StepReason::no_such_activity);
  EXPECT_EQ(play.step(CompleteTask{0}), StepReason::no_such_activity);
  EXPECT_EQ(play.step(FireTimer{play.activity_at("Assess")}), StepReason::not_a_timer);
  EXPECT_EQ(play.step(DeliverMessage{"x"}), StepReason::nothing_waits);
  EXPECT_EQ(play.step(Terminate{}), std::nullopt);
  EXPECT_EQ(play.state(), "terminated");
  EXPECT_EQ(play.step(Terminate{}), StepReason::already_over);
  EXPECT_EQ(play.start(), StepReason::already_over);
}

TEST(Step, ReportsWhatHappenedInOrder) {
  Play play(kLine, rules::Context{{"outcome", "agree"}});
  play.start();
  play.complete("Receive");
  play.complete("Assess");
  const std::vector<Event> expected = {TaskCompleted{2, "Assess"}, FlowTaken{"Assess_ok", 0},
                                       FlowTaken{"ok_Approve", 0}, TaskOpened{3, "Approve", 0, 0}};
  EXPECT_EQ(play.events(), expected);
}

TEST(Step, StartIsChosenByNameWhenThereAreSeveral) {
  constexpr std::string_view kDrawing = R"(
    startEvent counter
    startEvent portal message=filed
    startEvent post message=letter
    userTask A
    userTask B
    counter -> A
    portal -> B
    post -> B
  )";
  Play by_default(kDrawing);
  EXPECT_EQ(by_default.step(Start{"nowhere"}), StepReason::no_such_start);
  EXPECT_EQ(by_default.step(Start{"A"}), StepReason::no_such_start);
  by_default.start();
  EXPECT_EQ(by_default.tasks(), "A");
  Play by_name(kDrawing);
  by_name.step(Start{"portal"});
  EXPECT_EQ(by_name.tasks(), "B");
}

TEST(Step, WithoutStartEventsEveryNodeWithoutIncomingFlowBegins) {
  Play play(R"(
    userTask A
    userTask B
    userTask C
    A -> C
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A B");
}

TEST(MoveToken, SendsTheWorkBackAndForth) {
  Play play(kLine, rules::Context{{"outcome", "agree"}});
  play.start();
  play.complete("Receive");
  play.complete("Assess");
  EXPECT_EQ(play.tasks(), "Approve");
  EXPECT_EQ(play.move("Approve", "Assess"), std::nullopt);
  const std::vector<Event> expected = {TaskCancelled{3, "Approve"}, TaskOpened{4, "Assess", 0, 0}};
  EXPECT_EQ(play.events(), expected);
  EXPECT_EQ(play.tasks(), "Assess");
  EXPECT_EQ(play.move("Assess", "Assess"), std::nullopt);
  play.complete("Assess");
  play.complete("Approve");
  play.complete("Issue");
  EXPECT_EQ(play.state(), "completed");
}

TEST(MoveToken, IsRefusedWhereThereIsNoTask) {
  Play play(kLine);
  play.start();
  EXPECT_EQ(play.move("Receive", "nowhere"), StepReason::no_such_target);
  EXPECT_EQ(play.move("Receive", "ok"), StepReason::target_not_a_task);
  EXPECT_EQ(play.step(MoveToken{99, "Assess"}), StepReason::no_such_activity);
}

constexpr std::string_view kBranches = R"(
  startEvent s
  userTask First
  parallelGateway split
  userTask A
  userTask A2
  userTask B
  parallelGateway join
  userTask Last
  subProcess p {
    startEvent ps
    userTask Inner
    ps -> Inner
  }
  s -> First
  First -> split
  split -> A
  A -> A2
  split -> B
  A2 -> join
  B -> join
  join -> Last
  Last -> p
)";

TEST(MoveToken, NeverLeavesAParallelBranchNorASubProcess) {
  Play play(kBranches);
  play.start();
  play.complete("First");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B A2");
  EXPECT_EQ(play.move("A2", "First"), StepReason::target_in_other_branch);
  EXPECT_EQ(play.move("A2", "B"), StepReason::target_in_other_branch);
  EXPECT_EQ(play.move("A2", "Last"), StepReason::target_in_other_branch);
  EXPECT_EQ(play.move("A2", "A"), std::nullopt);
  EXPECT_EQ(play.tasks(), "B A");
  play.complete("A");
  play.complete("A2");
  EXPECT_EQ(play.move("B", "First"),
            StepReason::target_in_other_branch);  // a token waits at the join
  play.complete("B");
  EXPECT_EQ(play.move("Last", "A"), StepReason::target_in_other_branch);
  EXPECT_EQ(play.move("Last", "Inner"), StepReason::target_in_other_scope);
  EXPECT_EQ(play.move("Last", "First"), std::nullopt);
  EXPECT_EQ(play.tasks(), "First");
  play.complete("First");
  EXPECT_EQ(play.tasks(), "A B");
}

std::string names(const Process& process, const std::vector<NodeIndex>& nodes) {
  std::string out;
  for (const NodeIndex node : nodes) out += (out.empty() ? "" : " ") + process.node(node).id;
  return out;
}

TEST(Trail, FindsTheTasksBeforeAndAfterATask) {
  const Process line = process_of(kLine);
  const auto before = [](const Process& process, std::string_view node) {
    return names(process, predecessor_tasks(process, process.index_of(node)));
  };
  const auto after = [](const Process& process, std::string_view node) {
    return names(process, successor_tasks(process, process.index_of(node)));
  };
  EXPECT_EQ(before(line, "Receive"), "");
  EXPECT_EQ(before(line, "Approve"), "Assess");
  EXPECT_EQ(before(line, "Issue"), "Approve Refuse");
  EXPECT_EQ(after(line, "Assess"), "Approve Refuse");
  EXPECT_EQ(after(line, "s"), "Receive");
  EXPECT_EQ(after(line, "Issue"), "");

  const Process branches = process_of(kBranches);
  EXPECT_EQ(before(branches, "A2"), "A");
  EXPECT_EQ(before(branches, "A"), "");
  EXPECT_EQ(before(branches, "Last"), "");
  EXPECT_EQ(after(branches, "First"), "A B");
  EXPECT_EQ(after(branches, "Last"), "Inner");
}

// What comes too late, twice, or for the wrong thing, for every kind of thing that can be open.
TEST(Step, RefusesWhatDoesNotFitWhatIsOpen) {
  Play play(R"(
    startEvent s
    userTask Before
    boundaryEvent b on=Before by=Undo
    userTask Undo isForCompensation=true
    parallelGateway split
    intermediateThrowEvent undo compensate=all
    userTask A
    subProcess p {
      startEvent ps
      userTask C
      ps -> C
    }
    intermediateCatchEvent wait message=m
    intermediateCatchEvent later timer=PT1H
    intermediateCatchEvent rich condition=false
    intermediateCatchEvent any message=n signal=x
    s -> Before
    Before -> split
    split -> undo
    split -> A
    split -> p
    split -> wait
    split -> later
    split -> rich
    split -> any
    eventSubProcess q {
      startEvent qs escalation=any
      userTask Q
      qs -> Q
    }
    eventSubProcess r {
      startEvent rs signal=never
      userTask R
      rs -> R
    }
  )");
  play.start();
  play.complete("Before");
  EXPECT_EQ(play.tasks(), "A C Undo");
  for (const Activity& activity : std::vector<Activity>{play.instance().activities}) {
    const Role role = role_of(play.process(), activity);
    const std::string& node = play.process().node(activity.node).id;
    if (role != Role::timer) {
      EXPECT_EQ(play.step(FireTimer{activity.id}), StepReason::not_a_timer) << node;
    }
    if (role != Role::task) {
      EXPECT_EQ(play.step(CompleteTask{activity.id}), StepReason::not_a_task) << node;
      EXPECT_EQ(play.step(ThrowError{activity.id, "E"}), StepReason::not_a_task) << node;
      EXPECT_EQ(play.step(MoveToken{activity.id, "A"}), StepReason::not_a_task) << node;
    }
  }
  EXPECT_EQ(play.move("Undo", "Undo"), StepReason::target_in_other_branch);
  EXPECT_EQ(play.move("A", "Q"), StepReason::target_in_other_scope);
  EXPECT_EQ(play.step(DeliverMessage{"x"}), StepReason::nothing_waits);
  EXPECT_EQ(play.step(DeliverSignal{"n"}), StepReason::nothing_waits);
  EXPECT_EQ(play.step(DeliverMessage{"n"}), std::nullopt);
  EXPECT_EQ(play.step(DeliverMessage{"n"}), StepReason::nothing_waits);
  EXPECT_EQ(play.step(DeliverSignal{"x"}), StepReason::nothing_waits);
  const ActivityId timer = play.activity_at("later");
  EXPECT_EQ(play.step(FireTimer{timer}), std::nullopt);
  EXPECT_EQ(play.step(FireTimer{timer}), StepReason::no_such_activity);
  const ActivityId undo = play.activity_at("Undo");
  EXPECT_EQ(play.step(CompleteTask{undo}), std::nullopt);
  EXPECT_EQ(play.step(CompleteTask{undo}), StepReason::no_such_activity);
  EXPECT_EQ(play.step(Start{"rs"}), StepReason::already_started);
  EXPECT_EQ(play.step(DeliverSignal{"never"}), std::nullopt);
  EXPECT_EQ(play.open(), "r R");
}

TEST(StepReason, EachHasAName) {
  for (int i = 0; i <= static_cast<int>(StepReason::too_many_repetitions); ++i) {
    EXPECT_FALSE(to_string(static_cast<StepReason>(i)).empty());
  }
}

}  // namespace
}  // namespace bpmn
