#include "bpmn/model_xml.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/process.h"
#include "bpmn/step.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

constexpr std::string_view kFile = R"(<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:mc="https://motcua.vn/ns/bpmn" xmlns:z="http://camunda.org/schema/zeebe/1.0" id="D">
  <bpmn:error id="Err" name="lỗi" errorCode="E1"/>
  <bpmn:process id="P" name="Khai sinh" isExecutable="true" mc:status="4">
    <bpmn:documentation>Quy trình <![CDATA[& mẫu]]></bpmn:documentation>
    <bpmn:dataObject id="DO"/>
    <bpmn:laneSet><bpmn:lane id="L" name="Bộ phận một cửa"><bpmn:flowNodeRef>A</bpmn:flowNodeRef>
      <bpmn:childLaneSet><bpmn:lane id="L2" name="Trong"><bpmn:flowNodeRef>A</bpmn:flowNodeRef>
      </bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>
    <bpmn:userTask id="A" name="Tiếp nhận" mc:role="officer">
      <bpmn:extensionElements><z:properties><z:property name="màu sắc" value="đỏ"/></z:properties>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="b" attachedToRef="A" cancelActivity="false">
      <bpmn:timerEventDefinition><bpmn:timeDuration> PT4H </bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="e"><bpmn:errorEventDefinition errorRef="Err"/></bpmn:endEvent>
    <bpmn:sequenceFlow id="f" sourceRef="A" targetRef="e">
      <bpmn:conditionExpression>a &lt; 3</bpmn:conditionExpression></bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>)";

TEST(ReadModel, KeepsNodesFlowsLanesEventsAndExtensions) {
  const auto model = read_model(kFile);
  ASSERT_TRUE(model) << model.error().message;
  const ProcessModel& process = model->processes.at(0);
  EXPECT_TRUE(process.executable);
  EXPECT_EQ(process.documentation, "Quy trình & mẫu");
  EXPECT_EQ(*find_extension(process.extensions, "status"), "4");
  ASSERT_EQ(process.nodes.size(), 3U);
  EXPECT_EQ(process.nodes[0].name, "Tiếp nhận");
  EXPECT_EQ(process.nodes[0].line, 11);
  EXPECT_EQ(*find_extension(process.nodes[0].extensions, "role"), "officer");
  EXPECT_EQ(*find_extension(process.nodes[0].extensions, "http://camunda.org/schema/zeebe/1.0",
                            "màu sắc"),
            "đỏ");
  EXPECT_EQ(process.nodes[1].event.timer, TimerKind::duration);
  EXPECT_EQ(process.nodes[1].event.text, "PT4H");
  EXPECT_FALSE(process.nodes[1].interrupting);
  EXPECT_EQ(process.nodes[2].event.name, "E1");
  EXPECT_EQ(process.flows[0].condition, "a < 3");
  ASSERT_EQ(process.lanes.size(), 2U);
  EXPECT_EQ(process.lanes[1].parent, "L");
  EXPECT_TRUE(model->findings.empty());
}

TEST(ReadModel, KeepsLoopsCompensationPerformersAndEveryDefinitionOfAnEvent) {
  const auto model = read_model(R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:f="http://flowable.org/bpmn" xmlns:z="http://camunda.org/schema/zeebe/1.0">
  <process id="P">
    <userTask id="A" f:assignee="lan" f:candidateGroups="một cửa, ${nhom(a, b)}">
      <extensionElements><z:assignmentDefinition candidateUsers="minh"/></extensionElements>
      <performer><resourceRef>R</resourceRef></performer>
      <potentialOwner><resourceAssignmentExpression><formalExpression>chief of office
        </formalExpression></resourceAssignmentExpression></potentialOwner>
      <standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>x > 1
      </loopCondition></standardLoopCharacteristics>
    </userTask>
    <task id="U" isForCompensation="1"/>
    <boundaryEvent id="b" attachedToRef="A"><compensateEventDefinition/></boundaryEvent>
    <association sourceRef="b" targetRef="U"/>
    <intermediateThrowEvent id="t"><compensateEventDefinition activityRef="A" waitForCompletion="false"/>
    </intermediateThrowEvent>
    <intermediateCatchEvent id="c" parallelMultiple="true"><timerEventDefinition>
      <timeCycle>R/P1D</timeCycle></timerEventDefinition><eventDefinitionRef>S</eventDefinitionRef>
      <conditionalEventDefinition><condition>y = 2</condition></conditionalEventDefinition>
    </intermediateCatchEvent>
    <complexGateway id="g"><activationCondition>count > 1</activationCondition></complexGateway>
    <serviceTask id="M"><multiInstanceLoopCharacteristics isSequential="true">
      <loopDataInputRef>papers</loopDataInputRef><inputDataItem name="paper"/>
      <completionCondition>done</completionCondition></multiInstanceLoopCharacteristics></serviceTask>
    <serviceTask id="N"><multiInstanceLoopCharacteristics f:collection="people" f:elementVariable="one"/>
    </serviceTask>
  </process>
  <resource id="R" name="Bộ phận một cửa"/>
  <signal id="sig" name="xong"/><signalEventDefinition id="S" signalRef="sig"/>
</definitions>)");
  ASSERT_TRUE(model) << model.error().message;
  const std::vector<Node>& nodes = model->processes.at(0).nodes;
  const auto node = [&](std::string_view id) { return *std::ranges::find(nodes, id, &Node::id); };
  EXPECT_THAT(node("A").performers, testing::ElementsAre("lan", "một cửa", "${nhom(a, b)}", "minh",
                                                         "Bộ phận một cửa", "chief of office"));
  EXPECT_EQ(node("A").loop, (Loop{Loop::Kind::standard, "", "x > 1", "", true, "3"}));
  EXPECT_TRUE(node("U").for_compensation);
  EXPECT_EQ(node("b").compensated_by, "U");
  EXPECT_EQ(node("t").event.activity, "A");
  EXPECT_FALSE(node("t").event.wait_for_completion);
  const Node several = node("c");
  EXPECT_EQ(several.event.kind, EventKind::multiple);
  EXPECT_TRUE(several.parallel_multiple);
  ASSERT_EQ(several.events.size(), 3U);
  EXPECT_EQ(several.events[0].text, "R/P1D");
  EXPECT_EQ(several.events[1].name, "xong");
  EXPECT_EQ(several.events[2].text, "y = 2");
  EXPECT_EQ(node("g").activation_condition, "count > 1");
  EXPECT_EQ(node("M").loop, (Loop{Loop::Kind::sequential, "papers", "done", "paper", false, ""}));
  EXPECT_EQ(node("N").loop, (Loop{Loop::Kind::parallel, "people", "", "one", false, ""}));
}

// What a model says, without lines and findings, with flows in a fixed order.
void strip(Model& model) {
  model.findings.clear();
  for (ProcessModel& process : model.processes) {
    process.line = 0;
    for (Node& node : process.nodes) node.line = 0;
    for (Flow& flow : process.flows) flow.line = 0;
    std::ranges::sort(process.flows, {}, &Flow::id);
    for (Node& node : process.nodes) std::ranges::sort(node.extensions, {}, &Extension::name);
    for (Flow& flow : process.flows) std::ranges::sort(flow.extensions, {}, &Extension::name);
    std::ranges::sort(process.extensions, {}, &Extension::name);
  }
}

void expect_round_trip(Model model) {
  model.source.reset();  // what the Model itself says, without what it was read from
  auto again = read_model(write_model(model));
  ASSERT_TRUE(again) << again.error().message << "\n" << write_model(model);
  Model before = model;
  strip(before);
  strip(*again);
  EXPECT_EQ(again->items, before.items);
  ASSERT_EQ(again->processes.size(), before.processes.size());
  for (std::size_t i = 0; i < before.processes.size(); ++i) {
    const ProcessModel& a = again->processes[i];
    const ProcessModel& b = before.processes[i];
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.participant, b.participant);
    EXPECT_EQ(a.documentation, b.documentation);
    EXPECT_EQ(a.extensions, b.extensions);
    EXPECT_EQ(a.flows, b.flows);
    ASSERT_EQ(a.nodes.size(), b.nodes.size());
    for (std::size_t n = 0; n < b.nodes.size(); ++n) {
      EXPECT_EQ(a.nodes[n], b.nodes[n]) << b.nodes[n].id;
    }
    EXPECT_EQ(a.lanes.size(), b.lanes.size());
  }
}

TEST(WriteModel, GivesBackWhatWasRead) {
  const auto model = read_model(kFile);
  ASSERT_TRUE(model);
  expect_round_trip(*model);
}

TEST(ReadModel, AcceptsAByteOrderMarkAndIgnoresDocumentTypes) {
  EXPECT_TRUE(read_model("\xEF\xBB\xBF" + std::string{kFile}));
  std::string with_type{kFile};
  with_type.insert(with_type.find("<bpmn:definitions"),
                   "<!DOCTYPE d [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n");
  const auto model = read_model(with_type);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->processes.size(), 1U);
}

TEST(ReadModel, RefusesWhatIsNotBpmnAndSaysWhere) {
  struct Case {
    std::string text;
    int line;
  };
  for (const Case& c :
       {Case{"", 1}, Case{"không phải XML", 1}, Case{"<a>\n<b>\n</a>", 3},
        Case{"<definitions/>", 1}, Case{"\n\n<bpmn xmlns=\"urn:x\"/>", 3}, Case{"<a/>\n<b/>", 2},
        Case{"\xFF\xFE\xFA", 1}, Case{"<a>\xC3\x28</a>", 1}}) {
    const auto model = read_model(c.text);
    ASSERT_FALSE(model) << c.text;
    EXPECT_EQ(model.error().line, c.line) << c.text;
    EXPECT_FALSE(model.error().message.empty());
  }
}

TEST(ReadModel, IsBounded) {
  std::string deep;
  for (int i = 0; i < 5'000; ++i) {
    deep += "<subProcess id=\"p" + std::to_string(i) + "\">";
  }
  for (int i = 0; i < 5'000; ++i) deep += "</subProcess>";
  const std::string head =
      "<definitions xmlns=\"" + std::string{kBpmnNamespace} + "\"><process id=\"P\">";
  const auto nested = read_model(head + deep + "</process></definitions>");
  ASSERT_FALSE(nested);
  EXPECT_EQ(nested.error().message, "nested deeper than 1,000 levels");
  EXPECT_EQ(nested.error().failure, ReadFailure::too_large);
  const std::string begin = "<subProcess id=\"p\">";
  std::string some;
  for (int i = 0; i < 100; ++i) some = begin + some + "</subProcess>";
  const auto scopes = read_model(head + some + "</process></definitions>");
  ASSERT_FALSE(scopes);
  EXPECT_EQ(scopes.error().message, "nested deeper than 64 levels");

  std::string many;
  for (int i = 0; i < 20'001; ++i) many += "<task/>";
  EXPECT_FALSE(read_model(head + many + "</process></definitions>"));
  EXPECT_FALSE(read_model(std::string(std::size_t{9} << 20U, ' ')));
}

// ---- files of other makers --------------------------------------------------------------------

std::vector<std::filesystem::path> reference_files() {
  const std::filesystem::path folder =
      std::filesystem::path{PROJECT_ROOT} / "../shared/data/bpmn-miwg";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(ReferenceModels, AreReadWrittenAndCompiled) {
  const std::vector<std::filesystem::path> files = reference_files();
  if (files.empty()) GTEST_SKIP() << "no MIWG files beside the project";
  int executable = 0;
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path.filename());
    const auto model = read_model(content_of(path));
    ASSERT_TRUE(model) << model.error().line << ": " << model.error().message;
    EXPECT_FALSE(model->processes.empty());
    expect_round_trip(*model);
    for (const ProcessModel& process : model->processes) {
      const auto compiled = compile(*model, process.id);
      if (compiled) ++executable;
    }
  }
  EXPECT_GT(executable, 20);
}

// Damages a text at random; whatever comes out is refused, or read and compiled and started.
TEST(ReadModel, SurvivesDamagedFiles) {
  const std::uint64_t seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  base::SeededRandom random(seed);
  std::vector<std::string> texts{std::string{kFile}};
  for (const std::filesystem::path& path : reference_files()) {
    std::string text = content_of(path);
    if (text.size() < 60'000) texts.push_back(std::move(text));
  }
  constexpr std::array<std::string_view, 12> kPieces = {
      "<",   ">",    "\"",       "/",          "&", "id=\"A\"", "<bpmn:subProcess id=\"A\">",
      "]]>", "<!--", "\xF0\x9F", "xmlns=\"\"", "/>"};
  for (int round = 0; round < 400; ++round) {
    std::string text = texts[random.below(texts.size())];
    const std::uint64_t cuts = 1 + random.below(4);
    for (std::uint64_t i = 0; i < cuts; ++i) {
      const std::size_t at = random.below(text.size());
      const std::size_t length = random.below(3) == 0 ? random.below(200) : random.below(3);
      if (random.below(3) == 0) {
        const std::size_t to = random.below(text.size());
        text.insert(to, text.substr(at, length * 10));
      } else {
        text.replace(at, length, kPieces[random.below(kPieces.size())]);
      }
    }
    const auto model = read_model(text);
    if (!model) continue;
    std::ignore = read_model(write_model(*model));
    for (const ProcessModel& process : model->processes) {
      const auto compiled = compile(*model, process.id);
      if (compiled) std::ignore = step(*compiled, Instance{}, Start{}, rules::Value{});
    }
  }
}

}  // namespace
}  // namespace bpmn
