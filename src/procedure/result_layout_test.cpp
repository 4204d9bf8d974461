#include "procedure/result_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"
#include "rules/expression.h"

namespace procedure {
namespace {

using testing::HasSubstr;

std::vector<ResultLayout> read(const std::string& text, form::DefinitionProblems& problems) {
  return read_result_layouts(text, "result.yaml", shipped("1.001193").form, problems);
}

TEST(ResultLayout, ShippedPackagesLayTheirFirstResultOut) {
  for (const char* code : kShipped) {
    SCOPED_TRACE(code);
    const Procedure& procedure = shipped(code);
    ASSERT_FALSE(procedure.results.empty());
    const ResultLayout* layout =
        find_layout(procedure.result_layouts, procedure.results.front().code);
    ASSERT_NE(layout, nullptr);
    EXPECT_FALSE(layout->template_id.empty());
    EXPECT_GE(layout->fields.size(), 5U);
  }
  EXPECT_EQ(find_layout({}, "KQ.G15.000031"), nullptr);
}

TEST(ResultLayout, ReadsPathsWithTheirExpressions) {
  form::DefinitionProblems problems;
  const auto layouts = read(
      "results:\n  - code: KQ.1\n    template: khai-sinh\n    fields:\n"
      "      child.name: child_name\n      number: 'result_number + \"/KS\"'\n",
      problems);
  EXPECT_TRUE(problems.empty()) << told(problems);
  ASSERT_EQ(layouts.size(), 1U);
  ASSERT_EQ(layouts[0].fields.size(), 2U);
  EXPECT_EQ(layouts[0].fields[0].path, "child.name");
  EXPECT_EQ(layouts[0].fields[0].value->text(), "child_name");
}

TEST(ResultLayout, TellsWhatADesignerGotWrong) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"      child.name: child_nam\n", "nobody asks for"},
      {"      child.name: '1 +'\n", "not a FEEL expression"},
      {"      'Child Name': child_name\n", "no path"},
      {"      child..name: child_name\n", "no path"},
      {"      child.name: [child_name]\n", "path with an expression"},
  };
  for (const auto& [line, message] : cases) {
    SCOPED_TRACE(line);
    form::DefinitionProblems problems;
    (void)read("results:\n  - code: K\n    template: t\n    fields:\n" + line, problems);
    EXPECT_THAT(told(problems), HasSubstr(message));
  }
  form::DefinitionProblems twice;
  (void)read("results:\n  - {code: K, template: t}\n  - {code: K, template: t}\n", twice);
  EXPECT_THAT(told(twice), HasSubstr("twice"));
}

TEST(ResultLayout, OfAnUnknownResultStopsThePackage) {
  PackageFiles files = shipped_files("1.001193");
  files["result.yaml"] = "results:\n  - {code: KQ.OTHER, template: khai-sinh}\n";
  const auto loaded = load_package(files, shipped_dictionary());
  ASSERT_FALSE(loaded);
  EXPECT_THAT(told(loaded.error()), HasSubstr("KQ.OTHER"));
}

}  // namespace
}  // namespace procedure
