#include "bpmn/model_check.h"

#include <algorithm>
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/model_xml.h"

namespace bpmn {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string of(const std::string& content, const std::string& around = {}) {
  return "<definitions xmlns=\"" + std::string{kBpmnNamespace} +
         "\" xmlns:t=\"urn:t\" xmlns:o=\"urn:other\" targetNamespace=\"urn:t\">\n" + around +
         "<process id=\"P\">\n" + content + "</process></definitions>";
}

std::string said(const std::string& xml) {
  return to_text(check_model(xml));
}

const std::string kRuns =
    "<startEvent id=\"s\"/>\n<userTask id=\"A\"/>\n<endEvent id=\"e\"/>\n"
    "<sequenceFlow id=\"f\" sourceRef=\"t:s\" targetRef=\"A\"/>\n"
    "<sequenceFlow id=\"g\" sourceRef=\"A\" targetRef=\"e\"/>\n";

TEST(CheckModel, CallsExecutableWhatCompilesAndIsConsistent) {
  EXPECT_EQ(said(of(kRuns)), "executable");
  EXPECT_EQ(said("\xEF\xBB\xBF" + of(kRuns)), "executable");
  EXPECT_EQ(said("<!DOCTYPE definitions SYSTEM \"http://example.invalid/x.dtd\">\n" + of(kRuns)),
            "executable");
  // Pools without a process, other files' parts and vendors' own are no hindrance.
  EXPECT_EQ(
      said(of(kRuns +
                  "<callActivity id=\"C\" calledElement=\"o:far\"/>"
                  "<sequenceFlow id=\"h\" sourceRef=\"A\" targetRef=\"C\"/>"
                  "<dataObject id=\"d\" itemSubjectRef=\"o:I\"/>"
                  "<extensionElements><o:x sourceRef=\"nothing\" id=\"A\"/></extensionElements>",
              "<collaboration><participant id=\"b\" name=\"Dân\"/>"
              "<participant id=\"c\" processRef=\"P\"/></collaboration>")),
      "executable");
}

TEST(CheckModel, NamesWhatLeadsNowhereAndWhatStandsTwice) {
  struct Case {
    std::string xml;
    const char* said;
  };
  for (const Case& c : {
           Case{of(kRuns + "<dataObjectReference id=\"r\" dataObjectRef=\"t:gone\"/>"),
                "readable: 8: r: dataObjectRef refers to 't:gone', which does not exist"},
           Case{of(kRuns + "<userTask id=\"A\"/>"),
                "readable: 8: A: the id is used twice; 8: A: its id is used already in line 4"},
           Case{of("<userTask id=\"A\"><incoming>x</incoming></userTask>"),
                "readable: 3: A: incoming refers to 'x', which does not exist"},
           Case{of(kRuns + "<task id=\"B\"><incoming>f</incoming></task>"),
                "readable: 8: B: incoming names the flow 'f', which leads elsewhere"},
           Case{of(kRuns + "<boundaryEvent id=\"b\" attachedToRef=\"A\"><messageEventDefinition "
                           "messageRef=\"M\"/></boundaryEvent>"),
                "readable: 8: b: messageRef refers to 'M', which does not exist"},
           Case{of(kRuns,
                   "<collaboration><messageFlow id=\"m\" sourceRef=\"P\" targetRef=\"Q\"/>"
                   "</collaboration>"),
                "readable: 2: m: targetRef refers to 'Q', which does not exist"},
           Case{of(""), "readable: no process with content"},
       }) {
    EXPECT_THAT(said(c.xml), StartsWith(c.said)) << c.xml;
  }
  std::string many;
  for (int i = 0; i < 40; ++i) many += "<task id=\"x\"/>\n";
  EXPECT_THAT(said(of(many)), HasSubstr("; … and "));
  EXPECT_EQ(std::ranges::count(said(of(many)), '\n'), 0);
}

TEST(CheckModel, CallsInvalidOnlyWhatIsNoXmlOrNoBpmn) {
  struct Case {
    std::string xml;
    const char* said;
  };
  for (const Case& c : {
           Case{"", "invalid: 1: "},
           Case{"<definitions>\n<a></definitions>", "invalid: 2: "},
           Case{of("<task id=\"a\" id=\"b\"/>"), "invalid: 3: "},
           Case{of("a & b"), "invalid: 3: "},
           Case{of("&nbsp;"), "invalid: 3: "},
           Case{of("\n<task/><task>"), "invalid: 4: "},
           Case{of("") + "<x/>", "invalid: 3: "},
           Case{"<definitions xmlns=\"http://schema.omg.org/spec/BPMN/2.0\"/>",
                "invalid: 1: the root definitions is of the namespace "
                "http://schema.omg.org/spec/BPMN/2.0"},
           Case{"\n<process/>", "invalid: 2: the root is <process>, not definitions of BPMN 2.0"},
       }) {
    EXPECT_THAT(said(c.xml), StartsWith(c.said)) << c.xml;
  }
}

TEST(CheckModel, IsNotBroughtDownByWhatIsLarge) {
  const std::size_t many = 200'000;
  std::string deep = of("");
  std::string nested;
  for (std::size_t i = 0; i < many; ++i) nested += "<a>";
  for (std::size_t i = 0; i < many; ++i) nested += "</a>";
  deep.insert(deep.find("</process>"), nested);
  std::string laughs = "<!DOCTYPE x [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + last + last + last + "\">";
  }
  // As deep as an entity may be, and far too much.
  laughs += "]>\n" + of("<documentation>&a15;</documentation>");
  const std::string wide =
      of(kRuns + "<documentation id=\"" + std::string(8'000'000, 'x') + "\"/>");
  struct Case {
    const std::string& xml;
    const char* said;
  };
  for (const Case& c : {Case{deep, "readable: too large to be read here: nested deeper than 1,000"},
                        Case{laughs, "readable: too large to be read here: its entities stand for"},
                        Case{wide, "executable"}}) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(said(c.xml), StartsWith(c.said));
    const auto took = std::chrono::steady_clock::now() - begin;
    RecordProperty(
        "milliseconds",
        static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
  }
  const std::string foreign(kCheckBytesMax, ' ');
  EXPECT_THAT(said("<html>" + foreign + "</html>"), StartsWith("invalid: 1: the root is <html>"));
  EXPECT_THAT(said(of(foreign)),
              StartsWith("readable: too large to be read here: larger than 64 MiB"));
}

// Both took more than twenty seconds when each name was compared with 200,000 others, and each
// process was compiled with all that it calls.
TEST(CheckModel, CostsNoMoreThanTheFileIsWorth) {
  const std::string head =
      R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="v">)";
  std::string named = head + R"(<process id="p"><userTask id="t" v:candidateUsers=")";
  for (int i = 0; i < 50'000; ++i) named += "u" + std::to_string(i) + ",";
  const ModelCheck many = check_model(named + R"("/></process></definitions>)");
  EXPECT_EQ(many.usability, Usability::executable) << to_text(many);
  const auto told = std::ranges::find_if(many.remarks, [](const Finding& finding) {
    return finding.message.find("the first 1,000") != std::string::npos;
  });
  EXPECT_NE(told, many.remarks.end());

  std::string calls = head + R"(<process id="big">)";
  for (int i = 0; i < 1'000; ++i) calls += "<task id=\"t" + std::to_string(i) + "\"/>";
  calls += "</process>";
  for (int p = 0; p < 200; ++p) {
    const std::string id = "p" + std::to_string(p);
    calls += "<process id=\"" + id + "\">";
    for (int c = 0; c < 10; ++c) {
      calls += "<callActivity id=\"" + id + "c" + std::to_string(c) + "\" calledElement=\"big\"/>";
    }
    calls += "</process>";
  }
  const ModelCheck spread = check_model(calls + "</definitions>");
  EXPECT_EQ(spread.usability, Usability::readable);
  EXPECT_NE(to_text(spread).find("too large to be checked"), std::string::npos) << to_text(spread);
}

}  // namespace
}  // namespace bpmn
