// A script drives an instance and says at which line it did not go as written.
#include "bpmn/scripted_run.h"

#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

constexpr const char* kLeave = R"(
startEvent s
userTask A name=Ask_the_leader
exclusiveGateway g default=g_no
userTask B name=Xác_nhận
boundaryEvent late on=B timer=PT1H name=One_hour
endEvent yes
endEvent no error=404
endEvent overdue
s -> A
A -> g
g -> B [granted]
g -> no
B -> yes
late -> overdue
)";

TEST(ScriptedRun, PlaysAnInstanceToItsEnd) {
  const Process process = process_of(kLeave);
  const auto run = run_script(process, R"(
    # the leader agrees
    with days = 2
    with granted = days < 3
    start
    expect "Ask the leader"
    expect running
    complete "Ask the leader"
    expect B
    complete B
    expect completed
  )");
  ASSERT_TRUE(run) << run.error().line << " " << run.error().message;
  EXPECT_EQ(run->instance.state, InstanceState::completed);
  EXPECT_EQ(std::get<ProcessEnded>(run->events.back()).state, InstanceState::completed);
  EXPECT_TRUE(run_script(process,
                         "with granted = true\nstart\ncomplete A\ntimer \"One hour\"\n"
                         "expect completed"));
  EXPECT_TRUE(run_script(process, "start at s\ncomplete A\nexpect failed 404"));
}

TEST(ScriptedRun, AsksConditionsSendsBackAndEndsByOrder) {
  const Process process = process_of(R"(
startEvent s
userTask A
intermediateCatchEvent paid condition=fee_=_0
userTask B
endEvent e
s -> A
A -> paid
paid -> B
B -> e
)");
  const auto run = run_script(process, R"(
    with fee = 10
    start
    complete A
    conditions
    expect
    with fee = 0
    conditions
    expect B
    move B to A
    expect A
    terminate
    expect terminated
  )");
  ASSERT_TRUE(run) << run.error().line << " " << run.error().message;
  EXPECT_FALSE(run_script(process, "start\nmove A B"));
  EXPECT_FALSE(run_script(process, "start\nmove A to nowhere"));
}

TEST(ScriptedRun, NamesTheLineThatDidNotGoAsWritten) {
  const Process process = process_of(kLeave);
  struct Broken {
    const char* script;
    int line;
    const char* says;
  };
  for (const Broken& one : {
           Broken{"start\ncomplete B", 2, "open: A \"Ask the leader\""},
           Broken{"complete A", 1, "open: nothing"},
           Broken{"start\nstart", 2, "already_started"},
           Broken{"start\n\nexpect A, B", 3, "'B' is not open"},
           Broken{"start\nexpect", 2, "more is open"},
           Broken{"start\nexpect completed", 2, "it is running"},
           Broken{"start\ncomplete A\nexpect failed 405", 3, "it is failed 404"},
           Broken{"with x", 1, "with NAME = VALUE"},
           Broken{"with x = (", 1, "is not FEEL"},
           Broken{"error 404 A", 1, "error CODE at ELEMENT"},
           Broken{"start at nowhere", 1, "no start event"},
           Broken{"start\nmessage m", 2, "nothing_waits"},
           Broken{"dance", 1, "no such line"},
           Broken{"expect \"unfinished", 1, "is not open"},
       }) {
    const auto run = run_script(process, one.script);
    ASSERT_FALSE(run) << one.script;
    EXPECT_EQ(run.error().line, one.line) << one.script;
    EXPECT_NE(run.error().message.find(one.says), std::string::npos) << run.error().message;
  }
  EXPECT_FALSE(run_script(process, std::string(20'000, '\n')));
}

}  // namespace
}  // namespace bpmn
