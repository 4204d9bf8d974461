#include "bpmn/analysis.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/analysis_condition_cover.h"
#include "bpmn/analysis_timer_text.h"
#include "bpmn/model_xml.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "deadlock j; unreachable A", without notes.
std::vector<std::string> told(const Model& model, bool notes = false) {
  std::vector<std::string> out;
  for (const AnalysisFinding& finding : analyse(model)) {
    if (!notes && finding.severity == Severity::note) continue;
    if (finding.kind == FindingKind::nobody_named) continue;
    out.push_back(std::string{to_string(finding.kind)} + " " + finding.element);
  }
  return out;
}

std::vector<std::string> told(std::string_view drawing, bool notes = false) {
  return told(model_of(drawing), notes);
}

AnalysisFinding one(std::string_view drawing, FindingKind kind) {
  for (const AnalysisFinding& finding : analyse(model_of(drawing))) {
    if (finding.kind == kind) return finding;
  }
  ADD_FAILURE() << "no " << to_string(kind);
  return {};
}

TEST(Analysis, AProcessInOrderHasNoFindings) {
  EXPECT_THAT(told(R"(
    startEvent s
    userTask A
    exclusiveGateway g default=g_B
    userTask B
    userTask C
    endEvent e
    s -> A
    A -> g
    g -> B
    g -> C [x > 1]
    B -> e
    C -> e
  )",
                   true),
              IsEmpty());
}

TEST(Analysis, TellsWhatNoTokenReachesOnceForEachPart) {
  const AnalysisFinding finding = one(R"(
    startEvent s
    endEvent e
    userTask A
    userTask B
    userTask C
    s -> e
    A -> B
    B -> C
    C -> e
  )",
                                      FindingKind::unreachable);
  EXPECT_EQ(finding.element, "A");
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_THAT(finding.message, HasSubstr("2 elements after it"));
  EXPECT_THAT(finding.vietnamese, HasSubstr("Không có đường nào"));
  EXPECT_GT(finding.line, 0);
}

TEST(Analysis, TellsFromWhereNoEndIsReachedAndEndlessLoops) {
  EXPECT_THAT(told(R"(
    startEvent s
    exclusiveGateway m
    userTask A
    userTask B
    s -> m
    m -> A
    A -> B
    B -> m
  )"),
              Contains("no_way_to_end s"));
  constexpr std::string_view kLoop = R"(
    startEvent s
    exclusiveGateway a
    exclusiveGateway b default=b_e
    endEvent e
    s -> a
    a -> b
    b -> a [x]
    b -> e
  )";
  EXPECT_THAT(told(kLoop), ElementsAre("endless_loop a"));
  EXPECT_THAT(one(kLoop, FindingKind::endless_loop).message, HasSubstr("a → b"));
  EXPECT_THAT(told(R"(
    startEvent s
    exclusiveGateway a
    userTask A
    exclusiveGateway b default=b_e
    endEvent e
    s -> a
    a -> A
    A -> b
    b -> a [x]
    b -> e
  )"),
              IsEmpty());
}

TEST(Analysis, ADeadlockIsToldWithThePairAndTheRoute) {
  const AnalysisFinding finding = one(R"(
    startEvent s
    exclusiveGateway g name=Đủ_hồ_sơ?
    userTask A name=Thẩm_định
    userTask B
    parallelGateway j
    endEvent e
    s -> g
    g -> A [x]
    g -> B [not(x)]
    A -> j
    B -> j
    j -> e
  )",
                                      FindingKind::deadlock);
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.element, "j");
  EXPECT_EQ(finding.related, "g");
  EXPECT_THAT(finding.message, HasSubstr("the parallel gateway j waits"));
  EXPECT_THAT(finding.message, HasSubstr("the exclusive gateway “Đủ hồ sơ?” has gone another way"));
  EXPECT_THAT(finding.message, HasSubstr("s → “Đủ hồ sơ?” → “Thẩm định”"));
  EXPECT_THAT(finding.vietnamese, HasSubstr("cổng song song j"));
}

TEST(Analysis, LooksIntoSubProcessesOnTheirOwn) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    subProcess p {
      startEvent ps
      exclusiveGateway g
      userTask A
      userTask B
      parallelGateway j
      endEvent pe
      ps -> g
      g -> A [x]
      g -> B [not(x)]
      A -> j
      B -> j
      j -> pe
    }
    userTask C
    endEvent e
    s -> p
    p -> C
    C -> e
  )";
  EXPECT_THAT(told(kDrawing), ElementsAre("deadlock j"));
}

TEST(Analysis, RecognisesConditionsThatLeaveNoGap) {
  const auto covers = [](const std::vector<std::string>& conditions) {
    const ConditionCover cover = cover_of(conditions);
    return cover.decided && cover.complete;
  };
  EXPECT_TRUE(covers({R"(x = "a")", R"(x != "a")"}));
  EXPECT_TRUE(covers({"x < 5", "x >= 5"}));
  EXPECT_TRUE(covers({"x < 5", "x = 5", "5 < x"}));
  EXPECT_TRUE(covers({"b", "not(b)"}));
  EXPECT_TRUE(covers({"b = true", "b = false"}));
  EXPECT_TRUE(covers({"a.b and c", "not(a.b)", "not(c)"}));
  EXPECT_TRUE(covers({"x between 1 and 5", "x < 1", "x > 5"}));
  EXPECT_TRUE(covers({"x in [1..5)", "x < 1 or x >= 5"}));
  EXPECT_TRUE(covers({R"(x in ("a", "b"))", R"(not(x in ("a", "b")))"}));
  EXPECT_TRUE(covers({"a < b", "a >= b"}));
  EXPECT_TRUE(covers({R"(contains(t, "x"))", R"(not(contains(t, "x")))"}));
  EXPECT_TRUE(covers({R"(d < date("2026-01-01"))", R"(d >= date("2026-01-01"))"}));
  EXPECT_TRUE(covers({"true", "x"}));
  EXPECT_FALSE(covers({"x < 5", "x > 5"}));
  EXPECT_FALSE(covers({R"(x = "a")", R"(x = "b")"}));
  EXPECT_FALSE(covers({"a < b", "a > b"}));
  EXPECT_FALSE(covers({"a", "b"}));
  EXPECT_FALSE(covers({"x >= 1", "x < 0"}));
  EXPECT_EQ(cover_of({"x < 5", "x > 5"}).gap, "x = 5");
  EXPECT_FALSE(cover_of({R"(x < "b")", R"(x >= "b")"}).decided);
}

TEST(Analysis, WarnsOfSplitsWithoutADefault) {
  constexpr std::string_view kGap = R"(
    startEvent s
    exclusiveGateway g
    userTask A
    userTask B
    s -> g
    g -> A [x < 5]
    g -> B [x > 5]
  )";
  EXPECT_THAT(told(kGap), ElementsAre("no_default g"));
  EXPECT_THAT(one(kGap, FindingKind::no_default).message, HasSubstr("(x = 5)"));
  std::string closed{kGap};
  closed.replace(closed.find("x > 5"), 5, "x >= 5");
  EXPECT_THAT(told(closed), IsEmpty());
  EXPECT_THAT(told(R"(
    startEvent s
    userTask A
    userTask B
    s -> A
    A -> B [x]
  )"),
              ElementsAre("no_default A"));
}

TEST(Analysis, KnowsTheOutcomesThatTheProductWritesBesideAStep) {
  const std::string drawing = R"(
    startEvent s
    userTask sign motcua:outcomes=OUT
    exclusiveGateway g
    userTask A
    userTask B
    s -> sign
    sign -> g
    g -> A [sign_outcome = "approved"]
    g -> B [sign_outcome = "refused"]
  )";
  Model model = model_of(drawing);
  for (Node& node : model.processes[0].nodes) {
    for (Extension& extension : node.extensions) extension.value = "approved refused";
  }
  EXPECT_THAT(told(model), IsEmpty());
  for (Node& node : model.processes[0].nodes) {
    for (Extension& extension : node.extensions) extension.value = "approved refused sent_back";
  }
  EXPECT_THAT(told(model), ElementsAre("no_default g"));
}

TEST(Analysis, TellsWaysThatAreNeverTaken) {
  const std::string head = R"(
    startEvent s
    exclusiveGateway g default=g_C
    userTask A
    userTask B
    userTask C
    s -> g
    g -> C
  )";
  EXPECT_THAT(told(head + "g -> A [x > 1]\ng -> B [x>1]\n"), Contains("flow_never_taken g_B"));
  EXPECT_THAT(told(head + "g -> A [x > 1]\ng -> B [x  >  1]\n"), ElementsAre("same_condition g_B"));
  EXPECT_THAT(told(head + "g -> A [true]\ng -> B [x = 1]\n"), ElementsAre("flow_never_taken g_B"));
  EXPECT_THAT(told(head + "g -> A [x > 1]\ng -> B [x > 2]\n"), ElementsAre("flow_never_taken g_B"));
  EXPECT_THAT(told(head + "g -> A [x > 2]\ng -> B [x > 1]\n"), IsEmpty());
  EXPECT_THAT(told(head + "g -> A [x > 2 and x < 1]\ng -> B [x > 1]\n"),
              ElementsAre("flow_never_taken g_A"));
}

TEST(Analysis, TellsWhereFeelRejectsACondition) {
  const AnalysisFinding finding = one(R"(
    startEvent s
    exclusiveGateway g default=g_B
    userTask A
    userTask B
    s -> g
    g -> A [amount > > limit]
    g -> B
  )",
                                      FindingKind::condition_rejected);
  EXPECT_EQ(finding.element, "g_A");
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_THAT(finding.message, HasSubstr("at 1:10"));
  EXPECT_THAT(finding.message, HasSubstr("it names amount, limit"));
}

TEST(Analysis, ReadsTimersAsIsoAndAsFeel) {
  struct Row {
    TimerKind kind;
    std::string_view text;
    TimerText::Verdict verdict;
  };
  using V = TimerText::Verdict;
  constexpr Row kRows[] = {
      {TimerKind::duration, "P3D", V::fixed},
      {TimerKind::duration, "PT15M", V::fixed},
      {TimerKind::duration, "P1Y2M10DT2H30M", V::fixed},
      {TimerKind::duration, "P2W", V::fixed},
      {TimerKind::duration, "PT0.5S", V::fixed},
      {TimerKind::duration, "-P1D", V::fixed},
      {TimerKind::duration, "P", V::depends},  // a FEEL name
      {TimerKind::duration, "PT", V::unreadable},
      {TimerKind::duration, "P1", V::unreadable},
      {TimerKind::duration, "P1H", V::unreadable},
      {TimerKind::duration, "P1D2Y", V::unreadable},
      {TimerKind::duration, "3 ngày", V::unreadable},
      {TimerKind::duration, "${limit}", V::unreadable},
      {TimerKind::duration, "", V::empty},
      {TimerKind::duration, "2026-01-01", V::wrong_kind},
      {TimerKind::duration, "duration(\"P3D\")", V::fixed},
      {TimerKind::duration, "=duration(\"P3D\")", V::fixed},
      {TimerKind::duration, "limit", V::depends},
      {TimerKind::duration, "=limit * 2", V::depends},
      {TimerKind::date, "2026-08-20", V::fixed},
      {TimerKind::date, "2026-08-20T07:30:00+07:00", V::fixed},
      {TimerKind::date, "2026-08-20T07:30Z", V::fixed},
      {TimerKind::date, "2026-13-45", V::unreadable},
      {TimerKind::date, "20/08/2026", V::unreadable},
      {TimerKind::date, "P1D", V::wrong_kind},
      {TimerKind::date, "=date(\"2026-08-20\")", V::fixed},
      {TimerKind::cycle, "R3/PT10M", V::fixed},
      {TimerKind::cycle, "R/P1D", V::fixed},
      {TimerKind::cycle, "R0/PT10M", V::fixed},
      {TimerKind::cycle, "R2/2026-01-01T08:00:00/P1D", V::fixed},
      {TimerKind::cycle, "R3", V::unreadable},
      {TimerKind::cycle, "0 0 9 * * ?", V::schedule},
      {TimerKind::cycle, "2026-01-01", V::wrong_kind},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(read_timer(row.kind, row.text).verdict, row.verdict) << row.text;
  }
  EXPECT_EQ(read_timer(TimerKind::cycle, "R0/PT10M").repetitions, 0U);
  EXPECT_TRUE(read_timer(TimerKind::duration, "-P1D").negative);
  EXPECT_EQ(read_timer(TimerKind::duration, "P1DT1H").seconds, 90'000);
}

TEST(Analysis, TellsTimersThatNeverFire) {
  const std::string head = R"(
    startEvent s
    userTask A
    endEvent e
    s -> A
    A -> e
  )";
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=P3D\nt -> e\n"), IsEmpty());
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=P1H\nt -> e\n"),
              ElementsAre("timer_unreadable t"));
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=-P1D\nt -> e\n"),
              ElementsAre("timer_in_the_past t"));
  EXPECT_THAT(told(head + "boundaryEvent t on=A cycle=R0/P1D\nt -> e\n"),
              ElementsAre("timer_never_fires t"));
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=P3D\nt -> e\n"
                          "boundaryEvent u on=A timer=P2D\nu -> e\n"),
              ElementsAre("timer_never_fires t"));
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=P3D\nt -> e\n"
                          "boundaryEvent u on=A timer=P2D interrupting=no\nu -> e\n"),
              Not(Contains("timer_never_fires t")));
  EXPECT_THAT(told(head + "boundaryEvent t on=A timer=P1M\nt -> e\n"
                          "boundaryEvent u on=A timer=P30D\nu -> e\n"),
              IsEmpty());
  EXPECT_THAT(told(R"(
    startEvent s
    subProcess p {
      startEvent ps
      endEvent pe
      ps -> pe
    }
    boundaryEvent t on=p timer=P1D
    endEvent e
    s -> p
    p -> e
    t -> e
  )"),
              ElementsAre("timer_never_fires t"));
  EXPECT_THAT(told(R"(
    startEvent s
    eventBasedGateway g
    intermediateCatchEvent a timer=P1D
    intermediateCatchEvent b timer=P2D
    endEvent e
    s -> g
    g -> a
    g -> b
    a -> e
    b -> e
  )"),
              ElementsAre("timer_never_fires b"));
}

TEST(Analysis, TellsUserTasksNobodyIsNamedFor) {
  const auto nobody = [](const Model& model) {
    return std::ranges::any_of(analyse(model), [](const AnalysisFinding& finding) {
      return finding.kind == FindingKind::nobody_named;
    });
  };
  Model model = model_of("startEvent s\nuserTask A\nendEvent e\ns -> A\nA -> e\n");
  EXPECT_TRUE(nobody(model));
  Model laned = model;
  laned.processes[0].lanes.push_back({"l", "Một cửa", "", {"A"}, {}});
  EXPECT_FALSE(nobody(laned));
  Model named = model;
  named.processes[0].nodes[1].performers = {"officer"};
  EXPECT_FALSE(nobody(named));
  Model vendor = model;
  vendor.processes[0].nodes[1].extensions.push_back({"http://vendor", "candidateGroups", "clerks"});
  EXPECT_FALSE(nobody(vendor));
  EXPECT_FALSE(
      nobody(model_of("startEvent s\nuserTask A motcua:role=clerk\nendEvent e\ns -> A\nA -> e\n")));
}

TEST(Analysis, NotesWhatIsThrownOrCaughtAlone) {
  EXPECT_THAT(told(R"(
    startEvent s
    intermediateThrowEvent a message=paid
    intermediateThrowEvent b signal=closed
    intermediateCatchEvent c signal=closed
    intermediateCatchEvent d message=letter
    endEvent e
    s -> a
    a -> b
    b -> c
    c -> d
    d -> e
  )",
                   true),
              ElementsAre("never_caught a", "never_thrown d"));
  EXPECT_THAT(told(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      endEvent pe error=E1
      ps -> A
      A -> pe
    }
    boundaryEvent x on=p error=E1
    boundaryEvent y on=p error=E2
    endEvent e
    s -> p
    p -> e
    x -> e
    y -> e
  )",
                   true),
              Contains("never_thrown y"));
}

TEST(Analysis, TellsLinksWithoutPartnerAndWhatCannotBeWaitedFor) {
  EXPECT_THAT(told(R"(
    startEvent s
    intermediateThrowEvent a link=one
    intermediateCatchEvent b link=two
    endEvent e
    s -> a
    b -> e
  )"),
              testing::IsSupersetOf({"link_without_pair a", "link_without_pair b"}));
  EXPECT_THAT(told(R"(
    startEvent s
    intermediateThrowEvent a link=one
    intermediateCatchEvent b link=one
    endEvent e
    s -> a
    b -> e
  )"),
              IsEmpty());
  EXPECT_THAT(told(R"(
    startEvent s
    eventBasedGateway g
    intermediateCatchEvent a message=m
    userTask b
    endEvent e
    s -> g
    g -> a
    g -> b
    a -> e
    b -> e
  )"),
              ElementsAre("not_waitable b"));
}

TEST(Analysis, LeavesOutTheMiddleOfLongRoutes) {
  std::vector<RouteStep> route;
  for (int i = 0; i < 50; ++i) route.push_back({"n" + std::to_string(i), {}});
  EXPECT_EQ(to_text(route, {}, 4), "n0 → n1 → … → n48 → n49");
}

// The packages that are shipped are an example to others.
TEST(Analysis, FindsNothingWrongWithTheNationalProcedures) {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path{PROJECT_ROOT} /
                                                               "procedures" / "national")) {
    std::ifstream file(entry.path() / "process.bpmn");
    if (!file) continue;
    std::stringstream text;
    text << file.rdbuf();
    const auto model = read_model(text.str());
    ASSERT_TRUE(model);
    for (const AnalysisFinding& finding : analyse(*model)) {
      ADD_FAILURE() << entry.path() << " " << finding.element << ": " << finding.message;
    }
    ++seen;
  }
  EXPECT_GE(seen, 5);
}

TEST(Analysis, LooksAtEveryReferenceModelWithinItsBounds) {
  const std::filesystem::path folder =
      std::filesystem::path{PROJECT_ROOT} / "../shared/data/bpmn-miwg";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the reference models lie outside this folder";
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".bpmn") continue;
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const auto model = read_model(text.str());
    ASSERT_TRUE(model);
    for (const AnalysisFinding& finding : analyse(*model)) {
      EXPECT_NE(finding.kind, FindingKind::not_decided) << finding.message;
      EXPECT_FALSE(finding.message.empty());
      EXPECT_FALSE(finding.vietnamese.empty());
    }
  }
}

}  // namespace
}  // namespace bpmn
