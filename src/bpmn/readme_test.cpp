// readme_test.cpp - the example of README.md, compiled and run.
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "bpmn/model_xml.h"
#include "bpmn/step.h"
#include "bpmn/test_play.h"

namespace {

std::string between(const std::string& file, const std::string& from, const std::string& to) {
  std::ifstream in(std::string{PROJECT_ROOT} + "/src/bpmn/" + file);
  std::ostringstream out;
  out << in.rdbuf();
  const std::string text = out.str();
  const std::size_t begin = text.find(from) + from.size();
  std::string part = text.substr(begin, text.find(to, begin) - begin);
  for (std::size_t at = part.find("\n  "); at != std::string::npos; at = part.find("\n  ", at)) {
    part.erase(at + 1, 2);
  }
  return part;
}

TEST(Readme, ExampleRuns) {
  const std::string xml = bpmn::draw("startEvent s\n userTask A\n s -> A");
  const rules::Value variables;
  // example
  const auto model = bpmn::read_model(xml);
  const auto process = bpmn::compile(*model);
  auto events = bpmn::step(*process, bpmn::Instance{}, bpmn::Start{}, variables);
  bpmn::Instance instance;
  for (const auto& event : *events) bpmn::apply_to(*process, instance, event);
  // end
  ASSERT_EQ(instance.activities.size(), 1U);
  EXPECT_EQ(process->node(instance.activities[0].node).id, "A");
}

TEST(Readme, ShowsTheExampleThatIsTested) {
  EXPECT_EQ(between("README.md", "```cpp\n", "```"),
            between("readme_test.cpp", "// example\n  ", "  // end\n"));
}

}  // namespace
