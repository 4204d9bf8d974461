#include <algorithm>
#include <iostream>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/event_json.h"
#include "bpmn/instance_json.h"
#include "bpmn/step.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// What is stored stays readable for ever: these texts may gain rows, never change.
TEST(EventJson, KeepsItsForm) {
  struct Row {
    Event event;
    const char* text;
  };
  const std::vector<Row> rows = {
      {ProcessStarted{"s"}, R"({"type":"process_started","node":"s"})"},
      {FlowTaken{"f", 2}, R"({"type":"flow_taken","flow":"f","scope":2})"},
      {JoinPassed{"g", 0}, R"({"type":"join_passed","node":"g"})"},
      {EventThrown{"t", 0, EventKind::message, "đã nhận"},
       R"({"type":"event_thrown","node":"t","kind":"message","name":"đã nhận"})"},
      {TaskOpened{3, "A", 2, 1},
       R"({"type":"task_opened","activity":3,"node":"A","scope":2,"loop":1})"},
      {TaskCompleted{3, "A"}, R"({"type":"task_completed","activity":3,"node":"A"})"},
      {TaskCancelled{3, "A"}, R"({"type":"task_cancelled","activity":3,"node":"A"})"},
      {ScopeOpened{4, "p", 1, 0, 5},
       R"({"type":"scope_opened","activity":4,"node":"p","scope":1,"count":5})"},
      {ScopeCompleted{4, "p"}, R"({"type":"scope_completed","activity":4,"node":"p"})"},
      {ScopeCancelled{4, "p"}, R"({"type":"scope_cancelled","activity":4,"node":"p"})"},
      {TimerArmed{5, "t", 0, 3, 1, TimerKind::cycle, "R3/PT8H"},
       R"({"type":"timer_armed","activity":5,"node":"t","host":3,"loop":1,"timer":"cycle","text":"R3/PT8H"})"},
      {TimerFired{5, "t"}, R"({"type":"timer_fired","activity":5,"node":"t"})"},
      {TimerCancelled{5, "t"}, R"({"type":"timer_cancelled","activity":5,"node":"t"})"},
      {WaitOpened{6, "m", 0, 0, EventKind::signal, "go"},
       R"({"type":"wait_opened","activity":6,"node":"m","kind":"signal","name":"go"})"},
      {WaitEnded{6, "m"}, R"({"type":"wait_ended","activity":6,"node":"m"})"},
      {WaitCancelled{6, "m"}, R"({"type":"wait_cancelled","activity":6,"node":"m"})"},
      {ProcessEnded{InstanceState::failed, "E1"},
       R"({"type":"process_ended","state":"failed","code":"E1"})"},
      {WaitRearmed{6, "c"}, R"({"type":"wait_rearmed","activity":6,"node":"c"})"},
      {ArrivalsDropped{2}, R"({"type":"arrivals_dropped","scope":2})"},
      {CompensationChosen{3, "A", 7},
       R"({"type":"compensation_chosen","activity":3,"node":"A","by":7})"},
      {CompensationBegun{3, "A", 7},
       R"({"type":"compensation_begun","activity":3,"node":"A","by":7})"},
      // Members that came later.
      {TaskOpened{8, "U", 7, 0, 3},
       R"({"type":"task_opened","activity":8,"node":"U","scope":7,"compensates":3})"},
      {ScopeOpened{8, "q", 7, 0, 0, 3},
       R"({"type":"scope_opened","activity":8,"node":"q","scope":7,"compensates":3})"},
      {TimerArmed{9, "t", 0, 8, 0, TimerKind::date, "2026-01-01", 2},
       R"({"type":"timer_armed","activity":9,"node":"t","host":8,"timer":"date","text":"2026-01-01","part":2})"},
      {WaitOpened{9, "c", 0, 8, EventKind::conditional, "", 1, 2},
       R"({"type":"wait_opened","activity":9,"node":"c","host":8,"kind":"conditional","loop":1,"part":2})"},
  };
  std::set<std::size_t> kinds;
  for (const Row& row : rows) kinds.insert(row.event.index());
  ASSERT_EQ(kinds.size(), std::variant_size_v<Event>);
  for (const Row& row : rows) {
    EXPECT_EQ(base::to_text(to_json(row.event)), row.text);
    const auto json = base::parse_json(row.text);
    ASSERT_TRUE(json);
    const auto read = read_event(*json);
    ASSERT_TRUE(read) << row.text;
    EXPECT_EQ(*read, row.event);
  }
}

TEST(EventJson, RefusesWhatIsNotAnEvent) {
  for (const char* text :
       {"null", "[]", "{}", R"({"type":"task_eaten"})", R"({"type":"task_opened","activity":-1})",
        R"({"type":"task_opened","activity":"3"})",
        R"({"type":"task_opened","activity":99999999999})", R"({"type":"task_opened","node":7})",
        R"({"type":"process_ended","state":"asleep"})"}) {
    const auto json = base::parse_json(text);
    ASSERT_TRUE(json);
    EXPECT_FALSE(read_event(*json)) << text;
  }
}

constexpr std::string_view kDrawing = R"(
  startEvent s
  parallelGateway split
  userTask Activity_0tiepnhan
  userTask Activity_1thamdinh
  boundaryEvent late on=Activity_1thamdinh timer=PT112H
  parallelGateway join
  subProcess p parallel=2 {
    startEvent ps
    userTask Activity_2kyduyet
    ps -> Activity_2kyduyet
  }
  s -> split
  split -> Activity_0tiepnhan
  split -> Activity_1thamdinh
  Activity_0tiepnhan -> join
  Activity_1thamdinh -> join
  join -> p
)";

TEST(InstanceJson, IsCompact) {
  Play play(kDrawing);
  play.start();
  play.complete("Activity_0tiepnhan");
  EXPECT_EQ(to_json_text(play.process(), play.instance()),
            R"({"s":"running","n":3,"a":[["Activity_1thamdinh",2],["late",3,0,2]],)"
            R"("j":[["Activity_0tiepnhan_join",0,1]]})");
  play.complete("Activity_1thamdinh");
  EXPECT_LT(to_json_text(play.process(), play.instance()).size(), 400U);
}

TEST(InstanceJson, RefusesWhatDoesNotFitTheProcess) {
  const Process process = process_of(kDrawing);
  for (const char* text :
       {"", "[]", "{}", R"({"s":"asleep"})", R"({"s":"running","n":-1})",
        R"({"s":"running","n":1,"a":{}})", R"({"s":"running","n":1,"a":[["nowhere",1]]})",
        R"({"s":"running","n":1,"a":[["late",2]]})", R"({"s":"running","n":2,"a":[["late",2,1]]})",
        R"({"s":"running","n":2,"a":[["late",2],["late",1]]})",
        R"({"s":"running","n":2,"a":[["late",2,0,0,0,0,0,0,0]]})",
        R"({"s":"running","n":2,"a":[["late",2,0,0,0,0,1]]})",
        R"({"s":"running","n":2,"c":[["nowhere",1]]})", R"({"s":"running","n":2,"c":[["late",3]]})",
        R"({"s":"running","n":2,"c":[["late",2,2]]})", R"({"s":"running","n":2,"q":{}})",
        R"({"s":"running","n":2,"q":[["late",2,0,0,3]]})",
        R"({"s":"running","n":2,"j":[["Activity_0tiepnhan_join",0,0]]})",
        R"({"s":"running","n":2,"j":[["nowhere",0,1]]})"}) {
    EXPECT_FALSE(read_instance(process, text)) << text;
  }
}

// As they were stored before the instance remembered anything but what is open.
TEST(InstanceJson, ReadsWhatWasStoredByEarlierVersions) {
  const Process process = process_of(kDrawing);
  for (const char* text :
       {R"({"s":"created"})", R"({"s":"completed","n":9})",
        R"({"s":"running","n":3,"a":[["Activity_1thamdinh",2],["late",3,0,2]],)"
        R"("j":[["Activity_0tiepnhan_join",0,1]]})",
        R"({"s":"running","n":8,"a":[["p",4,0,0,0,2],["p",5,4,0,1],["Activity_2kyduyet",6,5],)"
        R"(["p",7,4,0,2],["Activity_2kyduyet",8,7]]})"}) {
    const auto instance = read_instance(process, text);
    ASSERT_TRUE(instance) << text;
    EXPECT_EQ(to_json_text(process, *instance), text);
  }
}

TEST(InstanceJson, FlowsMayHaveAnotherOrderThanWhenTheyWereStored) {
  const Process process = process_of(R"(
    startEvent s
    parallelGateway split
    userTask A
    userTask B
    userTask C
    parallelGateway join
    s -> split
    split -> A
    split -> B
    split -> C
    A -> join
    B -> join
    C -> join
  )");
  const auto text = [](const std::string& arrivals) {
    return R"({"s":"running","n":3,"a":[["A",1],["B",2]],"j":[)" + arrivals + "]}";
  };
  const auto instance = read_instance(process, text(R"(["C_join",0,1],["A_join",0,1])"));
  ASSERT_TRUE(instance);
  EXPECT_TRUE(std::ranges::is_sorted(instance->arrivals, {}, &Arrival::flow));
  const auto events = step(process, *instance, CompleteTask{1}, {});
  ASSERT_TRUE(events);
  for (const Event& event : *events) {
    EXPECT_FALSE(std::holds_alternative<JoinPassed>(event)) << "nothing came from B";
  }
  EXPECT_FALSE(read_instance(process, text(R"(["C_join",0,1],["C_join",0,1])")));
  EXPECT_FALSE(read_instance(process, text(R"(["C_join",9,1])")));
  EXPECT_FALSE(read_instance(process, text(R"(["s_split",0,1])")));
}

// An instance that was tampered with may be refused or do nonsense; it must not crash.
TEST(InstanceJson, SurvivesDamage) {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  base::SeededRandom random(seed);
  Play play(kDrawing);
  play.start();
  play.complete("Activity_0tiepnhan");
  std::vector<std::string> texts{to_json_text(play.process(), play.instance())};
  play.complete("Activity_1thamdinh");
  texts.push_back(to_json_text(play.process(), play.instance()));
  constexpr std::string_view kAlphabet = "0123456789,[]\"late";
  for (int round = 0; round < 3'000; ++round) {
    std::string text = texts[random.below(texts.size())];
    for (std::uint64_t i = 0; i <= random.below(3); ++i) {
      text[random.below(text.size())] = kAlphabet[random.below(kAlphabet.size())];
    }
    const auto instance = read_instance(play.process(), text);
    if (!instance) continue;
    for (ActivityId id = 0; id < 9; ++id) {
      std::ignore = step(play.process(), *instance, CompleteTask{id}, {});
      std::ignore = step(play.process(), *instance, FireTimer{id}, {});
      std::ignore = step(play.process(), *instance, ThrowError{id, "x"}, {});
      std::ignore = step(play.process(), *instance, MoveToken{id, "Activity_0tiepnhan"}, {});
    }
    std::ignore = step(play.process(), *instance, ConditionsChanged{}, {});
    std::ignore = step(play.process(), *instance, Terminate{}, {});
  }
}

TEST(Apply, IgnoresEventsThatDoNotFit) {
  const Process process = process_of(kDrawing);
  Instance instance;
  const Instance before = instance;
  for (const Event& event : std::vector<Event>{
           TaskOpened{1, "nowhere", 0, 0}, TaskOpened{0, "late", 0, 0}, TaskCompleted{7, "late"},
           FlowTaken{"nowhere", 0}, FlowTaken{"s_split", 0}, JoinPassed{"nowhere", 0},
           JoinPassed{"join", 3}, ScopeCompleted{9, "p"}, WaitEnded{1, ""}}) {
    apply_to(process, instance, event);
    EXPECT_EQ(instance, before);
  }
}

}  // namespace
}  // namespace bpmn
