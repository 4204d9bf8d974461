// model_patch_test.cpp - what a Model does not know survives being written; what changed in the
// Model is the only change in the text.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/model_source.h"
#include "bpmn/model_xml.h"
#include "bpmn/xml_source.h"

namespace bpmn {
namespace {

using testing::HasSubstr;
using testing::Not;

// The infoset as text: names with their namespace, attributes in a fixed order, text, comments and
// instructions in the order of the file.
void canonical(XmlSource& names, const pugi::xml_node& node, std::string& out) {
  if (node.type() != pugi::node_element) {
    out += "(" + std::to_string(node.type()) + ":" + node.name() + "|" + node.value() + ")";
    return;
  }
  const XmlScope scope(names, node);
  const XmlName name = names.name_of(node);
  out += "\n{" + std::string{name.uri} + "}" + std::string{name.local};
  std::map<std::string, std::string> attributes;
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const XmlName key = names.name_of(attribute);
    attributes["{" + std::string{key.uri} + "}" + std::string{key.local}] = attribute.value();
  }
  for (const auto& [key, value] : attributes) out += " " + key + "=" + value;
  for (const pugi::xml_node& child : node.children()) canonical(names, child, out);
  out += "\n/";
}

std::string canonical(const std::string& xml) {
  pugi::xml_document document;
  EXPECT_TRUE(
      document.load_buffer(xml.data(), xml.size(), pugi::parse_full | pugi::parse_ws_pcdata));
  XmlSource names;
  std::string out;
  for (const pugi::xml_node& node : document.children()) canonical(names, node, out);
  return out;
}

Model model_of(const std::string& xml) {
  auto model = read_model(xml);
  EXPECT_TRUE(model) << model.error().line << ": " << model.error().message;
  return model ? *model : Model{};
}

Node& node_of(Model& model, std::string_view id) {
  for (ProcessModel& process : model.processes) {
    const auto found = std::ranges::find(process.nodes, id, &Node::id);
    if (found != process.nodes.end()) return *found;
  }
  ADD_FAILURE() << "no node " << id;
  return model.processes.front().nodes.front();
}

// The lines that differ, those of the first text with -, those of the second with +.
std::string difference(const std::string& a, const std::string& b) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  };
  const auto x = lines(a);
  const auto y = lines(b);
  std::vector<std::vector<int>> common(x.size() + 1, std::vector<int>(y.size() + 1, 0));
  for (std::size_t i = x.size(); i-- > 0;) {
    for (std::size_t j = y.size(); j-- > 0;) {
      common[i][j] =
          x[i] == y[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::string out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < x.size() || j < y.size()) {
    if (i < x.size() && j < y.size() && x[i] == y[j]) {
      ++i, ++j;
    } else if (i < x.size() && (j == y.size() || common[i + 1][j] >= common[i][j + 1])) {
      out += "- " + x[i++] + "\n";
    } else {
      out += "+ " + y[j++] + "\n";
    }
  }
  return out;
}

// Everything of the standard that is not executed, and what vendors add.
const std::string kNasty = R"(<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<?editor hint?>
<!-- trước <root> -->
<!DOCTYPE semantic:definitions [<!ENTITY co "Một Cửa">]>
<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:unused="urn:unused"
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:v="urn:vendor" xmlns="urn:default"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="urn:dc"
    targetNamespace="https://motcua.vn/t" id="D">
  <semantic:import importType="http://www.w3.org/TR/wsdl20/" location="a.wsdl" namespace="urn:w"/>
  <semantic:itemDefinition id="I" structureRef="xsd:string" itemKind="Information"/>
  <semantic:interface id="F" name="Dịch vụ"><semantic:operation id="O" name="gửi">
      <semantic:inMessageRef>semantic:M</semantic:inMessageRef></semantic:operation></semantic:interface>
  <semantic:message id="M" name="Thông báo" itemRef="I"/>
  <semantic:resource id="R" name="Cán bộ"><semantic:resourceParameter id="RP" type="xsd:int"/></semantic:resource>
  <semantic:category id="C"><semantic:categoryValue id="CV" value="nhóm"/></semantic:category>
  <semantic:collaboration id="K"><semantic:participant id="P1" name="UBND" processRef="P"/>
    <semantic:participant id="P2" name="Người dân"/>
    <semantic:messageFlow id="MF" sourceRef="P2" targetRef="A"/>
    <semantic:conversation id="V"><semantic:participantRef>P1</semantic:participantRef></semantic:conversation>
  </semantic:collaboration>
  <semantic:process id="P" name='&co; &#x2014; "khai sinh"' isExecutable="true">
    <semantic:documentation textFormat="text/html"><![CDATA[<p>Hồ sơ & giấy tờ</p>]]></semantic:documentation>
    <semantic:extensionElements><v:images><v:png>iVBORw0KGgo=</v:png></v:images><plain note="x"/></semantic:extensionElements>
    <semantic:ioSpecification><semantic:inputSet/><semantic:outputSet/></semantic:ioSpecification>
    <semantic:property id="Pr" itemSubjectRef="I"/>
    <semantic:laneSet id="LS"><semantic:lane id="L" name="Một cửa"><semantic:flowNodeRef>A</semantic:flowNodeRef>
        <semantic:flowNodeRef>s</semantic:flowNodeRef></semantic:lane></semantic:laneSet>
    <semantic:startEvent id="s"><semantic:outgoing>f1</semantic:outgoing></semantic:startEvent>
    <semantic:userTask id="A" name="Tiếp nhận" v:colour="đỏ" implementation="##unspecified">
      <semantic:incoming>f1</semantic:incoming>
      <semantic:outgoing>f2</semantic:outgoing>
      <semantic:ioSpecification id="IO"><semantic:dataInput id="DI" itemSubjectRef="I"/>
        <semantic:inputSet><semantic:dataInputRefs>DI</semantic:dataInputRefs></semantic:inputSet><semantic:outputSet/>
      </semantic:ioSpecification>
      <semantic:dataInputAssociation><semantic:sourceRef>DO</semantic:sourceRef><semantic:targetRef>DI</semantic:targetRef>
        <semantic:assignment><semantic:from xsi:type="semantic:tFormalExpression">x</semantic:from><semantic:to>y</semantic:to></semantic:assignment>
      </semantic:dataInputAssociation>
      <semantic:potentialOwner><semantic:resourceRef>R</semantic:resourceRef>
        <semantic:resourceParameterBinding parameterRef="RP"><semantic:formalExpression>1</semantic:formalExpression></semantic:resourceParameterBinding>
      </semantic:potentialOwner>
      <semantic:rendering/>
    </semantic:userTask>
    <semantic:exclusiveGateway id="g" gatewayDirection="Diverging" default="semantic:f4"/>
    <m:task xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" id="B"/>
    <endEvent xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="e"><terminateEventDefinition/></endEvent>
    <semantic:sequenceFlow id="f1" sourceRef="s" targetRef="A"/>
    <semantic:sequenceFlow id="f2" sourceRef="A" targetRef="g"><!-- ghi chú --></semantic:sequenceFlow>
    <semantic:sequenceFlow id="f3" sourceRef="g" targetRef="B">
      <semantic:conditionExpression xsi:type="semantic:tFormalExpression" evaluatesToTypeRef="xsd:boolean">phí &gt; 0</semantic:conditionExpression>
    </semantic:sequenceFlow>
    <semantic:sequenceFlow id="f4" sourceRef="g" targetRef="e"/>
    <semantic:dataObject id="dob" isCollection="true"><semantic:dataState name="đã ký"/></semantic:dataObject>
    <semantic:dataObjectReference id="DO" dataObjectRef="dob"/>
    <semantic:textAnnotation id="T"><semantic:text>Lý do: NFC é, NFD é</semantic:text></semantic:textAnnotation>
    <semantic:group id="G" categoryValueRef="CV"/>
    <semantic:association id="As" sourceRef="B" targetRef="T"/>
  </semantic:process>
  <bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane bpmnElement="K">
    <bpmndi:BPMNShape id="shA" bpmnElement="A"><dc:Bounds x="1" y="2"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="shB" bpmnElement="semantic:B"><dc:Bounds x="1" y="2"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="edf3" bpmnElement="f3"/>
    <bpmndi:BPMNEdge id="edAs" bpmnElement="As"/>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</semantic:definitions>
<!-- sau -->
)";

// The entity is expanded, as every reader of the file must.
std::string expanded(std::string xml) {
  return xml.replace(xml.find("&co;"), 4, "Một Cửa");
}

TEST(WriteModel, GivesBackByteForByteWhatWasRead) {
  EXPECT_EQ(write_model(model_of(kNasty)), expanded(kNasty));
  std::string windows;
  for (const char c : kNasty) windows += c == '\n' ? "\r\n" : std::string{c};
  EXPECT_EQ(write_model(model_of(windows)), expanded(windows));
}

TEST(WriteModel, ChangesOnlyTheNameThatChanged) {
  Model model = model_of(kNasty);
  EXPECT_EQ(model.processes[0].name, "Một Cửa — \"khai sinh\"");
  model.processes[0].name = "Nói \"được\" & 'làm' <1>";
  node_of(model, "A").name = "Thẩm định";
  const std::string xml = write_model(model);
  EXPECT_EQ(difference(expanded(kNasty), xml),
            "-   <semantic:process id=\"P\" name='Một Cửa &#x2014; \"khai sinh\"' "
            "isExecutable=\"true\">\n"
            "+   <semantic:process id=\"P\" name='Nói &quot;được&quot; &amp; &apos;làm&apos; "
            "&lt;1&gt;' isExecutable=\"true\">\n"
            "-     <semantic:userTask id=\"A\" name=\"Tiếp nhận\" v:colour=\"đỏ\" "
            "implementation=\"##unspecified\">\n"
            "+     <semantic:userTask id=\"A\" name=\"Thẩm định\" v:colour=\"đỏ\" "
            "implementation=\"##unspecified\">\n");
  EXPECT_EQ(model_of(xml).processes[0].name, model.processes[0].name);
}

TEST(WriteModel, PutsANewNodeAndItsFlowsInTheirPlaces) {
  Model model = model_of(kNasty);
  ProcessModel& process = model.processes[0];
  Node node;
  node.id = "N";
  node.name = "Ký";
  node.kind = NodeKind::user_task;
  node.performers = {"lãnh đạo"};
  node.extensions = {{std::string{kExtensionNamespace}, "role", "leader"}};
  process.nodes.insert(process.nodes.begin() + 2, node);
  process.lanes[0].nodes.emplace_back("N");
  const auto flow = std::ranges::find(process.flows, "f2", &Flow::id);
  flow->target = "N";
  process.flows.push_back({.id = "f5",
                           .name = {},
                           .source = "N",
                           .target = "g",
                           .line = 0,
                           .scope = {},
                           .condition = "a < b",
                           .language = {},
                           .extensions = {}});
  const std::string xml = write_model(model);
  EXPECT_EQ(
      difference(expanded(kNasty), xml),
      R"(-         <semantic:flowNodeRef>s</semantic:flowNodeRef></semantic:lane></semantic:laneSet>
+         <semantic:flowNodeRef>s</semantic:flowNodeRef>
+         <semantic:flowNodeRef>N</semantic:flowNodeRef></semantic:lane></semantic:laneSet>
-     <semantic:exclusiveGateway id="g" gatewayDirection="Diverging" default="semantic:f4"/>
+     <semantic:userTask id="N" name="Ký" xmlns:motcua="https://motcua.vn/ns/bpmn" motcua:role="leader">
+       <semantic:incoming>f2</semantic:incoming>
+       <semantic:outgoing>f5</semantic:outgoing>
+       <semantic:potentialOwner>
+         <semantic:resourceAssignmentExpression>
+           <semantic:formalExpression>lãnh đạo</semantic:formalExpression>
+         </semantic:resourceAssignmentExpression>
+       </semantic:potentialOwner>
+     </semantic:userTask>
+     <semantic:exclusiveGateway id="g" gatewayDirection="Diverging" default="semantic:f4">
+       <semantic:incoming>f5</semantic:incoming>
+     </semantic:exclusiveGateway>
-     <semantic:sequenceFlow id="f2" sourceRef="A" targetRef="g"><!-- ghi chú --></semantic:sequenceFlow>
+     <semantic:sequenceFlow id="f2" sourceRef="A" targetRef="N"><!-- ghi chú --></semantic:sequenceFlow>
+     <semantic:sequenceFlow id="f5" sourceRef="N" targetRef="g">
+       <semantic:conditionExpression xsi:type="semantic:tFormalExpression">a &lt; b</semantic:conditionExpression>
+     </semantic:sequenceFlow>
)");
  const Model again = model_of(xml);
  EXPECT_EQ(again.processes[0].nodes.size(), process.nodes.size());
  EXPECT_EQ(again.processes[0].nodes[2].performers, node.performers);
}

TEST(WriteModel, TakesAwayWhatHangsOnANodeThatIsGone) {
  Model model = model_of(kNasty);
  ProcessModel& process = model.processes[0];
  std::erase_if(process.nodes, [](const Node& node) { return node.id == "B"; });
  std::erase_if(process.flows, [](const Flow& flow) { return flow.id == "f3"; });
  EXPECT_EQ(difference(expanded(kNasty), write_model(model)),
            R"(-     <m:task xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" id="B"/>
-     <semantic:sequenceFlow id="f3" sourceRef="g" targetRef="B">
-       <semantic:conditionExpression xsi:type="semantic:tFormalExpression" evaluatesToTypeRef="xsd:boolean">phí &gt; 0</semantic:conditionExpression>
-     </semantic:sequenceFlow>
-     <semantic:association id="As" sourceRef="B" targetRef="T"/>
-     <bpmndi:BPMNShape id="shB" bpmnElement="semantic:B"><dc:Bounds x="1" y="2"/></bpmndi:BPMNShape>
-     <bpmndi:BPMNEdge id="edf3" bpmnElement="f3"/>
-     <bpmndi:BPMNEdge id="edAs" bpmnElement="As"/>
)");
}

TEST(WriteModel, ChangesKindsConditionsEventsLoopsAndExtensionsWhereTheyStand) {
  Model model = model_of(kNasty);
  node_of(model, "B").kind = NodeKind::service_task;
  node_of(model, "B").loop = {Loop::Kind::standard, "", "x > 1", "", true, "5"};
  node_of(model, "e").event.kind = EventKind::error;
  node_of(model, "e").event.reference = "Err";
  node_of(model, "A").extensions = {{"urn:vendor", "colour", "xanh"}, {"urn:vendor", "size", "2"}};
  node_of(model, "A").documentation = "Xem <hồ sơ>";
  model.items.push_back({EventKind::error, "Err", "lỗi", "E1"});
  for (Flow& flow : model.processes[0].flows) {
    if (flow.id == "f3") flow.condition = "phí > 5 & true";
    if (flow.id == "f4") flow.condition = "false";
  }
  const std::string xml = write_model(model);
  EXPECT_EQ(
      difference(expanded(kNasty), xml),
      R"(-     <semantic:userTask id="A" name="Tiếp nhận" v:colour="đỏ" implementation="##unspecified">
+     <semantic:userTask id="A" name="Tiếp nhận" v:colour="xanh" implementation="##unspecified" v:size="2">
+       <semantic:documentation>Xem &lt;hồ sơ&gt;</semantic:documentation>
-     <m:task xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" id="B"/>
-     <endEvent xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="e"><terminateEventDefinition/></endEvent>
+     <m:serviceTask xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" id="B">
+       <m:standardLoopCharacteristics testBefore="true" loopMaximum="5">
+         <m:loopCondition>x &gt; 1</m:loopCondition>
+       </m:standardLoopCharacteristics>
+     </m:serviceTask>
+     <endEvent xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="e"><errorEventDefinition errorRef="Err"/></endEvent>
-       <semantic:conditionExpression xsi:type="semantic:tFormalExpression" evaluatesToTypeRef="xsd:boolean">phí &gt; 0</semantic:conditionExpression>
+       <semantic:conditionExpression xsi:type="semantic:tFormalExpression" evaluatesToTypeRef="xsd:boolean">phí &gt; 5 &amp; true</semantic:conditionExpression>
-     <semantic:sequenceFlow id="f4" sourceRef="g" targetRef="e"/>
+     <semantic:sequenceFlow id="f4" sourceRef="g" targetRef="e">
+       <semantic:conditionExpression xsi:type="semantic:tFormalExpression">false</semantic:conditionExpression>
+     </semantic:sequenceFlow>
+   <semantic:error id="Err" name="lỗi" errorCode="E1"/>
)");
  Model again = model_of(xml);
  EXPECT_EQ(node_of(again, "B").loop, node_of(model, "B").loop);
  EXPECT_EQ(node_of(again, "e").event.name, "E1");
}

TEST(WriteModel, WritesOtherEncodingsAsUtf8) {
  const std::string latin = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<definitions xmlns=\"" +
                            std::string{kBpmnNamespace} +
                            "\"><process id=\"P\" name=\"d\xE9j\xE0\"/></definitions>";
  const Model model = model_of(latin);
  ASSERT_EQ(model.processes.size(), 1U);
  EXPECT_EQ(model.processes[0].name, "déjà");
  EXPECT_THAT(write_model(model), testing::StartsWith("<?xml version='1.0' encoding='UTF-8'?>"));
  EXPECT_THAT(write_model(model), HasSubstr("name=\"déjà\""));
  std::u16string wide;
  const std::string ascii = "<definitions xmlns=\"" + std::string{kBpmnNamespace} +
                            "\">\n<process id=\"P\"/></definitions>";
  for (const char c : ascii) wide += static_cast<char16_t>(c);
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      std::string bytes = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
      for (const char16_t c : wide) {
        const char low = static_cast<char>(c & 0xFFU);
        bytes += big ? std::string{'\0', low} : std::string{low, '\0'};
      }
      EXPECT_EQ(write_model(model_of(bytes)), ascii);
    }
  }
}

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

TEST(ReferenceModels, AreWrittenBackWithTheSameInfoset) {
  const std::vector<std::filesystem::path> files = reference_files();
  if (files.empty()) GTEST_SKIP() << "no MIWG files beside the project";
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path.filename());
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    Model model = model_of(bytes.str());
    const std::string before = canonical(bytes.str());
    EXPECT_EQ(canonical(write_model(model)), before);
    // There and back again: every name changed, and changed back.
    std::vector<std::string> names;
    for (ProcessModel& process : model.processes) {
      for (Node& node : process.nodes) names.push_back(std::exchange(node.name, "Đã đổi <tên>"));
    }
    auto changed = model_of(write_model(model));
    EXPECT_NE(canonical(write_model(changed)), before);
    auto name = names.begin();
    for (ProcessModel& process : changed.processes) {
      for (Node& node : process.nodes) {
        EXPECT_EQ(node.name, "Đã đổi <tên>");
        node.name = *name++;
      }
    }
    Model back = model_of(write_model(changed));
    ASSERT_EQ(back.processes.size(), model.processes.size());
    name = names.begin();
    for (const ProcessModel& process : back.processes) {
      for (const Node& node : process.nodes) EXPECT_EQ(node.name, *name++);
    }
  }
}

}  // namespace
}  // namespace bpmn
