#include "bpmn/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/model_xml.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// The findings of a drawing, errors and warnings only, as text without lines.
std::vector<std::string> findings_of(std::string_view drawing) {
  const auto process = compile(model_of(drawing));
  std::vector<std::string> out;
  for (Finding finding : process ? process->findings() : process.error()) {
    if (finding.severity == Severity::note) continue;
    finding.line = 0;
    out.push_back(to_text(finding));
  }
  return out;
}

TEST(Compile, KeepsWhatTheCallerLooksUp) {
  const Process process = process_of(R"(
    startEvent s
    userTask A name=Tiếp_nhận motcua:role=một-cửa motcua:limit=PT4H
    endEvent e
    s -> A
    A -> e
  )");
  EXPECT_EQ(process.id(), "P");
  ASSERT_NE(process.find_node("A"), nullptr);
  EXPECT_EQ(process.find_node("A")->name, "Tiếp nhận");
  EXPECT_EQ(*process.find_extension("A", "role"), "một-cửa");
  EXPECT_EQ(process.find_extension("A", "agency"), nullptr);
  EXPECT_EQ(process.find_extension("B", "role"), nullptr);
  EXPECT_TRUE(process.findings().empty());
  EXPECT_TRUE(process.reaches(process.index_of("s"), process.index_of("e")));
  EXPECT_FALSE(process.reaches(process.index_of("e"), process.index_of("s")));
}

struct Case {
  const char* drawing;
  const char* finding;
};

class FindingOf : public testing::TestWithParam<Case> {};

TEST_P(FindingOf, IsReported) {
  EXPECT_THAT(findings_of(GetParam().drawing),
              testing::Contains(testing::HasSubstr(GetParam().finding)));
}

INSTANTIATE_TEST_SUITE_P(
    Compile, FindingOf,
    testing::Values(
        Case{"startEvent s\n s -> A",
             "error: s_A: leads from or to 'A', which is no flow node of this process"},
        Case{"startEvent s\n userTask s", "error: s: the id is used twice"},
        Case{"startEvent s\n userTask A\n s -> A\n s -> A", "error: s_A: the id is used twice"},
        Case{"startEvent s\n userTask A\n userTask B\n s -> A\n B -> A",
             "warning: B: no token can ever reach it"},
        Case{"startEvent s\n exclusiveGateway g\n userTask A\n userTask B\n s -> g\n g -> A [x]\n"
             "g -> B [y]",
             "warning: g: has no default flow"},
        Case{"startEvent s\n exclusiveGateway g\n userTask A\n userTask B\n s -> g\n g -> A [x]\n"
             "g -> B",
             "warning: g_B: has neither a condition nor"},
        Case{"startEvent s\n exclusiveGateway g default=zzz\n userTask A\n s -> g\n g -> A",
             "error: g: its default flow 'zzz'"},
        Case{"startEvent s\n exclusiveGateway g\n userTask A\n s -> g\n g -> A [x >]",
             "error: g_A: 'x >' is not FEEL"},
        Case{"startEvent s\n boundaryEvent b on=A timer=PT1H\n userTask C\n s -> C",
             "error: b: is attached to 'A'"},
        Case{"startEvent s\n scriptTask A\n s -> A", "error: A: scriptTask is not executed"},
        Case{"startEvent s\n complexGateway A\n s -> A",
             "error: A: complexGateway is not executed"},
        Case{"startEvent s\n userTask A\n endEvent e\n s -> A\n A -> e\n e -> A",
             "error: e: an end event has an outgoing flow"},
        Case{"startEvent s\n userTask A\n subProcess p {\n userTask B\n }\n s -> A\n A -> B",
             "error: A_B: crosses the border of a sub-process"},
        Case{"startEvent s\n intermediateCatchEvent c\n s -> c", "error: c: catches nothing"},
        Case{"startEvent s\n eventBasedGateway g\n userTask A\n s -> g\n g -> A",
             "error: g: 'A' after it is no simple event"},
        Case{"startEvent s\n adHocSubProcess A {\n }\n s -> A",
             "error: A: adHocSubProcess is not executed: its activities have no order"},
        Case{"startEvent s\n eventSubProcess q {\n userTask A\n }",
             "error: q: an event sub-process without a start event never starts"},
        Case{"startEvent s\n eventSubProcess q {\n startEvent a\n }",
             "error: a: nothing can start its event sub-process"},
        Case{"startEvent s\n eventSubProcess q {\n startEvent a message=m\n startEvent b "
             "message=n\n }",
             "error: b: a second start event in its sub-process"},
        Case{"startEvent s\n eventSubProcess q {\n startEvent a message=m\n }\n s -> q",
             "error: q: an event sub-process has sequence flows"},
        Case{"startEvent s\n subProcess p {\n startEvent a message=m\n }\n s -> p",
             "error: a: the start event of a sub-process has no trigger"},
        Case{"startEvent s\n userTask A\n userTask U isForCompensation=true\n s -> A\n A -> U",
             "error: U: an activity that compensates has sequence flows"},
        Case{"startEvent s\n userTask A\n boundaryEvent b on=A compensate=all\n s -> A",
             "warning: b: no association names the activity that compensates"},
        Case{"startEvent s\n intermediateThrowEvent t compensate=zzz\n s -> t",
             "error: t: compensates 'zzz', which is no activity"},
        Case{"startEvent s\n userTask A\n intermediateThrowEvent t compensate=A\n s -> A\n A -> t",
             "warning: t: nothing compensates 'A'"},
        Case{"startEvent s\n subProcess p {\n userTask A\n }\n intermediateThrowEvent t "
             "compensate=A\n s -> p\n p -> t",
             "warning: t: 'A' is in another scope: never compensated"},
        Case{"startEvent s\n endEvent e cancel=yes\n s -> e",
             "error: e: a cancel end event outside of a transaction"},
        Case{"startEvent s\n userTask A\n boundaryEvent b on=A cancel=yes\n userTask B\n s -> A\n"
             "b -> B",
             "error: b: a cancel event on something that is no transaction"},
        Case{"startEvent s\n endEvent e timer=PT1H\n s -> e",
             "error: e: timer cannot be thrown here"},
        Case{"startEvent s\n intermediateCatchEvent c message=m error=E\n s -> c",
             "error: c: catches nothing that can happen"},
        Case{"startEvent s\n userTask A\n boundaryEvent b on=A message=m error=E "
             "parallelMultiple=true\n userTask B\n s -> A\n b -> B",
             "error: b: error as one of several that must all happen is not executed"},
        Case{"startEvent s\n userTask A max=2x\n s -> A",
             "error: A: its loopMaximum '2x' is no number"},
        Case{"startEvent s error=E1\n userTask A\n s -> A",
             "error: s: no such event starts a process"},
        Case{"startEvent s\n intermediateCatchEvent c timer=\n s -> c",
             "warning: c: the timer does not say when"},
        Case{"startEvent s\n intermediateThrowEvent t link=x\n intermediateCatchEvent a link=x\n"
             "intermediateCatchEvent b link=x\n s -> t",
             "error: b: a second catching link 'x' beside it"},
        Case{"startEvent s\n userTask A parallel=\n s -> A",
             "error: A: the multi-instance activity does not say how many"},
        Case{"process a {\n startEvent s\n }\n process b {\n startEvent s\n }",
             "error: b: more than one process"}));

TEST(Compile, ConditionsThatNegateEachOtherNeedNoDefault) {
  EXPECT_THAT(findings_of(R"(
    startEvent s
    exclusiveGateway g
    endEvent a
    endEvent b
    s -> g
    g -> a [x > 1]
    g -> b [not(x > 1)]
  )"),
              testing::IsEmpty());
}

TEST(Compile, NamesTheProcessItCannotFind) {
  const auto process = compile(Model{}, "X");
  ASSERT_FALSE(process);
  EXPECT_EQ(process.error()[0].message, "no process of this id");
  EXPECT_FALSE(compile(Model{}));
}

TEST(Compile, AHandMadeModelCannotBreakIt) {
  Model model;
  ProcessModel process;
  process.id = "P";
  for (const char* id : {"a", "b", ""}) {
    Node node;
    node.id = id;
    node.kind = NodeKind::sub_process;
    node.scope = id;  // its own parent
    process.nodes.push_back(node);
  }
  process.flows.push_back({});
  model.processes.push_back(process);
  EXPECT_FALSE(compile(model));
}

}  // namespace
}  // namespace bpmn
