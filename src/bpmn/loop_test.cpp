#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// Completes A until B is open; how often.
int runs_of(Play& play) {
  play.start();
  int runs = 0;
  while (play.tasks() == "A" && runs < 2'000 && !play.complete("A")) ++runs;
  return play.tasks() == "B" ? runs : -1;
}

std::string loop(const std::string& how) {
  return "startEvent s\nuserTask A " + how + "\nuserTask B\ns -> A\nA -> B";
}

TEST(StandardLoop, RunsWhileItsConditionHolds) {
  struct Row {
    const char* how;
    int runs;
  };
  for (const Row& row :
       {Row{"while=loopCounter_<_3", 3}, Row{"while=loopCounter_<_3 before=yes", 3},
        Row{"while=false", 1}, Row{"while=false before=yes", 0}, Row{"max=4", 4},
        Row{"while=true max=2", 2}, Row{"while=loopCounter_<_2 max=5", 2}, Row{"max=1000", 1000}}) {
    Play play(loop(row.how));
    EXPECT_EQ(runs_of(play), row.runs) << row.how;
  }
}

TEST(StandardLoop, WithoutEndIsRefusedAtItsBound) {
  const Process process = process_of(loop("while=true"));
  Instance instance;
  std::optional<StepReason> refusal;
  const auto take = [&](const Trigger& trigger) {
    const auto events = step(process, instance, trigger, {});
    if (!events) {
      refusal = events.error().reason;
      return;
    }
    for (const Event& event : *events) apply_to(process, instance, event);
  };
  take(Start{});
  int runs = 1;
  for (; !refusal && runs < 3'000; ++runs) take(CompleteTask{instance.activities.back().id});
  EXPECT_EQ(refusal, StepReason::too_many_repetitions);
  EXPECT_EQ(instance.activities.back().loop, 1'000U);
}

TEST(StandardLoop, NeedsAConditionOrAMaximum) {
  for (const char* how : {"max=1001", "max=many", "max=0", "max=-1"}) {
    EXPECT_FALSE(compile(model_of(loop(how)))) << how;
  }
}

TEST(StandardLoop, RepeatsASubProcessUnderOneBoundary) {
  Play play(R"(
    startEvent s
    subProcess p while=again {
      startEvent ps
      userTask A
      exclusiveGateway g default=g_B
      userTask B
      userTask C
      ps -> A
      A -> g
      g -> B
      g -> C [loopCounter = 2]
    }
    boundaryEvent late on=p timer=P1D
    userTask After
    userTask Late
    s -> p
    p -> After
    late -> Late
  )");
  play.set("again", true);
  play.start();
  EXPECT_EQ(play.open(), "p late p A");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
  play.complete("B");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "C") << "conditions inside see the number of the run";
  play.set("again", false);
  Play late(Process{play.process()}, rules::Context{{"again", true}});
  play.complete("C");
  EXPECT_EQ(play.open(), "After");
  late.start();
  late.fire("late");
  EXPECT_EQ(late.open(), "Late");
}

TEST(MultiInstance, ConditionsInsideSeeTheItem) {
  Play play(R"(
    startEvent s
    subProcess p parallel=agencies item=agency {
      startEvent ps
      exclusiveGateway g default=g_Ask
      userTask Ask
      userTask Skip
      ps -> g
      g -> Ask
      g -> Skip [agency.level = "xã"]
    }
    s -> p
  )",
            rules::Context{{"agencies", rules::List{rules::Context{{"level", "tỉnh"}},
                                                    rules::Context{{"level", "xã"}}}}});
  EXPECT_EQ(play.start(), std::nullopt);
  EXPECT_EQ(play.tasks(), "Ask Skip");
}

TEST(MultiInstance, TheCallerLearnsTheItemOfATask) {
  const rules::Value variables{rules::Context{{"agencies", rules::List{"Sở A", "Sở B"}}, {"x", 1}}};
  Play play("startEvent s\nuserTask A parallel=agencies item=agency\ns -> A", variables);
  play.start();
  std::string seen;
  for (const Activity& task : open_tasks(play.process(), play.instance())) {
    const rules::Value inside = variables_in(play.process(), play.instance(), task.id, variables);
    seen += rules::to_text(inside["agency"]) + rules::to_text(inside["loopCounter"]) +
            rules::to_text(inside["x"]) + " ";
  }
  EXPECT_EQ(seen, "Sở A11 Sở B21 ");
  EXPECT_EQ(variables_in(play.process(), play.instance(), 0, variables), variables);
}

TEST(MultiInstance, NestedOnesRepeatTheListOfTheItem) {
  Play play(R"(
    startEvent s
    subProcess p sequential=groups item=group {
      startEvent ps
      userTask A parallel=group
      ps -> A
    }
    s -> p
  )",
            rules::Context{{"groups", rules::List{rules::List{1, 2, 3}, rules::List{4}}}});
  play.start();
  EXPECT_EQ(play.tasks(), "A A A");
  for (int i = 0; i < 3; ++i) play.complete("A");
  EXPECT_EQ(play.tasks(), "A");
  play.complete("A");
  EXPECT_EQ(play.state(), "completed");
}

}  // namespace
}  // namespace bpmn
