#include "bpmn/diagram.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "bpmn/diagram_svg.h"
#include "bpmn/diagram_svg_text.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Well-formed, and nothing in it that acts or fetches.
void expect_harmless(const std::string& svg) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg.c_str())) << svg.substr(0, 400);
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
      const std::string name = node.name();
      EXPECT_NE(name, "script");
      EXPECT_NE(name, "foreignObject");
      EXPECT_NE(name, "image");
      EXPECT_NE(name, "use");
      for (const pugi::xml_attribute& attribute : node.attributes()) {
        const std::string key = attribute.name();
        EXPECT_FALSE(key.starts_with("on")) << key;
        EXPECT_EQ(key.find("href"), std::string::npos) << key;
      }
      return true;
    }
  } walker;
  document.traverse(walker);
  EXPECT_THAT(svg, Not(HasSubstr("url(")));
  EXPECT_THAT(svg, Not(HasSubstr("@import")));
}

constexpr std::string_view kDeadlock = R"(
  startEvent s
  exclusiveGateway g name=Đủ_hồ_sơ?
  userTask A name=Thẩm_định
  userTask B
  boundaryEvent late on=B timer=P1D
  parallelGateway j
  endEvent e
  s -> g
  g -> A [x]
  g -> B [not(x)]
  A -> j
  B -> j
  late -> e
  j -> e
)";

TEST(Diagram, ReadsShapesAndWaypoints) {
  const auto diagrams = read_diagrams(
      read_text(std::filesystem::path{PROJECT_ROOT} / "procedures/national/1.001193/process.bpmn"));
  ASSERT_TRUE(diagrams);
  ASSERT_EQ(diagrams->size(), 1U);
  const Diagram& diagram = diagrams->front();
  EXPECT_EQ(diagram.shapes.size(), 15U);
  EXPECT_EQ(diagram.edges.size(), 12U);
  EXPECT_EQ(diagram.shapes[0].kind, ShapeKind::participant);
  EXPECT_EQ(diagram.shapes[0].name, "Đăng ký khai sinh");
  EXPECT_EQ(diagram.shapes[0].bounds, (Box{160, 80, 1820, 450}));
  EXPECT_EQ(diagram.shapes[1].kind, ShapeKind::lane);
  EXPECT_EQ(diagram.edges[0].element, "start_to_receive");
  EXPECT_EQ(diagram.edges[0].waypoints[1], (Point{375, 155}));
}

TEST(Diagram, LeavesOutWildNumbersAndWhatHasNone) {
  const auto diagrams = read_diagrams(
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:d='d'>"
      "<d:BPMNDiagram><d:BPMNPlane>"
      "<d:BPMNShape bpmnElement='a'/>"
      "<d:BPMNShape bpmnElement='b'><d:Bounds x='1e300' y='0' width='1' height='1'/></d:BPMNShape>"
      "<d:BPMNShape bpmnElement='c'><d:Bounds x='nan' y='0' width='1' height='1'/></d:BPMNShape>"
      "<d:BPMNShape bpmnElement='e'><d:Bounds x='0' y='0' width='-1' height='1'/></d:BPMNShape>"
      "<d:BPMNShape bpmnElement='f'><d:Bounds x='0' y='0' width='9' height='9'/></d:BPMNShape>"
      "<d:BPMNEdge bpmnElement='g'><d:waypoint x='0' y='0'/></d:BPMNEdge>"
      "</d:BPMNPlane></d:BPMNDiagram></definitions>");
  ASSERT_TRUE(diagrams);
  ASSERT_EQ(diagrams->size(), 1U);
  ASSERT_EQ(diagrams->front().shapes.size(), 1U);
  EXPECT_EQ(diagrams->front().shapes[0].element, "f");
  EXPECT_TRUE(diagrams->front().edges.empty());
  EXPECT_FALSE(read_diagrams("<a"));
}

TEST(Diagram, LaysOutWhatHasNoDrawingFromLeftToRight) {
  const Model model = model_of(kDeadlock);
  const Diagram diagram = lay_out(model.processes[0]);
  EXPECT_TRUE(diagram.laid_out);
  ASSERT_EQ(diagram.shapes.size(), 7U);
  ASSERT_EQ(diagram.edges.size(), 7U);
  const auto box = [&](std::string_view id) {
    return std::ranges::find(diagram.shapes, id, &Shape::element)->bounds;
  };
  EXPECT_LT(box("s").x, box("g").x);
  EXPECT_LT(box("g").x, box("A").x);
  EXPECT_LT(box("A").x, box("j").x);
  EXPECT_LT(box("j").x, box("e").x);
  // The boundary event sits on the lower edge of its host.
  EXPECT_NEAR(box("late").centre().y, box("B").y + box("B").height, 1);
  EXPECT_GE(std::abs(box("A").y - box("B").y), 80);
}

TEST(Diagram, LaysOutLoopsAndSubProcesses) {
  const Diagram diagram = lay_out(model_of(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      exclusiveGateway m
      endEvent pe
      ps -> m
      m -> A
      A -> m
      A -> pe
    }
    s -> p
    p -> p
  )")
                                      .processes[0]);
  const auto box = [&](std::string_view id) {
    return std::ranges::find(diagram.shapes, id, &Shape::element)->bounds;
  };
  for (const std::string_view inner : {"ps", "A", "m", "pe"}) {
    EXPECT_GT(box(inner).x, box("p").x);
    EXPECT_LT(box(inner).x + box(inner).width, box("p").x + box("p").width);
    EXPECT_LT(box(inner).y + box(inner).height, box("p").y + box("p").height);
  }
}

TEST(DiagramSvg, MarksFindingsWithNumbersAndTheRoute) {
  const Model model = model_of(kDeadlock);
  const std::vector<AnalysisFinding> findings = analyse(model);
  ASSERT_FALSE(findings.empty());
  const std::string svg = draw_svg(model, lay_out(model.processes[0]), findings);
  expect_harmless(svg);
  EXPECT_THAT(svg, HasSubstr("data-element=\"j\" class=\"marked error\""));
  EXPECT_THAT(svg, HasSubstr("class=\"badge error\""));
  EXPECT_THAT(svg, HasSubstr("<title>Thẩm định</title>"));
  EXPECT_THAT(svg, HasSubstr("class=\"route\""));
  EXPECT_THAT(svg, HasSubstr("cổng song song"));
  SvgOptions english;
  english.language = TextLanguage::english;
  EXPECT_THAT(draw_svg(model, lay_out(model.processes[0]), findings, english),
              HasSubstr("the parallel gateway"));
}

TEST(DiagramSvg, HostileNamesStayText) {
  Model model = model_of(kDeadlock);
  for (Node& node : model.processes[0].nodes) {
    node.name = "\"><script>alert(1)</script>\x01\xFF & ]]> \xE2\x80\xAE";
  }
  model.processes[0].name = "</title><script>";
  const std::string svg =
      draw_svg(model, lay_out(model.processes[0]), analyse(model), SvgOptions{});
  expect_harmless(svg);
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("\x01")));
}

TEST(DiagramSvg, BreaksVietnameseTextIntoLines) {
  const auto lines = wrapped("Thẩm định hồ sơ, dự thảo văn bản xác nhận", 110, 12, 4);
  EXPECT_THAT(lines, testing::SizeIs(testing::Ge(2U)));
  for (const std::string& line : lines) EXPECT_LE(text_width(line, 12), 110);
  // The same text composed and decomposed takes the same room.
  EXPECT_DOUBLE_EQ(text_width("ệ", 12), text_width("e\xCC\xA3\xCC\x82", 12));
  EXPECT_THAT(wrapped("a b c d e f g h", 14, 12, 2).back(), HasSubstr("…"));
  EXPECT_THAT(wrapped(std::string(200, 'x'), 50, 12, 3), testing::SizeIs(3));
  EXPECT_EQ(svg_number(12.0), "12");
  EXPECT_EQ(svg_number(-0.04), "0");
  EXPECT_EQ(svg_number(3.14159), "3.1");
}

TEST(DiagramSvg, DrawsEveryReferenceModel) {
  const std::filesystem::path folder =
      std::filesystem::path{PROJECT_ROOT} / "../shared/data/bpmn-miwg";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the reference models lie outside this folder";
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".bpmn") continue;
    SCOPED_TRACE(entry.path());
    const std::string xml = read_text(entry.path());
    const auto model = read_model(xml);
    const auto diagrams = read_diagrams(xml);
    ASSERT_TRUE(model && diagrams);
    EXPECT_FALSE(diagrams->empty());
    for (const Diagram& diagram : *diagrams) {
      EXPECT_FALSE(diagram.shapes.empty());
      expect_harmless(draw_svg(*model, diagram, analyse(*model)));
    }
    for (const ProcessModel& process : model->processes) {
      expect_harmless(draw_svg(*model, lay_out(process)));
    }
  }
}

}  // namespace
}  // namespace bpmn
