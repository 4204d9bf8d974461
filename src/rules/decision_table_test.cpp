// decision_table_test.cpp - hit policies, defaults, allowed values and the cells of decision
// tables.
#include "rules/test_models.h"

namespace rules {
namespace {

struct Column {
  std::string name;
  std::string type = {};
  std::string allowed = {};
  std::string otherwise = {};
};
struct Cells {
  std::vector<std::string> tests;
  std::vector<std::string> outputs;
};
struct Table {
  std::string policy;
  std::vector<Column> inputs;
  std::vector<Column> outputs;
  std::vector<Cells> rules;
};

std::string text_element(const std::string& name, const std::string& text) {
  return "<" + name + "><text>" + escaped(text) + "</text></" + name + ">";
}

std::string table_xml(const Table& table) {
  std::string xml = "<decisionTable " + table.policy + ">";
  for (const Column& each : table.inputs) {
    xml += "<input><inputExpression typeRef=\"" + (each.type.empty() ? "Any" : each.type) +
           "\"><text>" + escaped(each.name) + "</text></inputExpression>";
    if (!each.allowed.empty()) xml += text_element("inputValues", each.allowed);
    xml += "</input>";
  }
  for (const Column& each : table.outputs) {
    xml += "<output name=\"" + each.name + "\" typeRef=\"" +
           (each.type.empty() ? "Any" : each.type) + "\">";
    if (!each.allowed.empty()) xml += text_element("outputValues", each.allowed);
    if (!each.otherwise.empty()) xml += text_element("defaultOutputEntry", each.otherwise);
    xml += "</output>";
  }
  for (const Cells& rule : table.rules) {
    xml += "<rule>";
    for (const std::string& test : rule.tests) xml += text_element("inputEntry", test);
    for (const std::string& output : rule.outputs) xml += text_element("outputEntry", output);
    xml += "</rule>";
  }
  return xml + "</decisionTable>";
}

std::string answer(const Table& table, const Value& x) {
  const Model model = model_of(
      model_xml(input("x") + decision("d", "", {{Requires::input, "#x"}}, table_xml(table))));
  EXPECT_EQ(model.findings(), std::vector<ModelFinding>{});
  return decided(model, "d", {{"x", x}});
}

// Three rules: over 1, over 2, over 3.
Table rising(const std::string& policy) {
  return {policy, {{"x"}}, {{"out"}}, {{{"> 1"}, {"10"}}, {{"> 2"}, {"30"}}, {{"> 3"}, {"20"}}}};
}

TEST(DecisionTable, ItsHitPolicySaysWhatManyHitsGive) {
  struct Case {
    const char* policy;
    const char* none;  // for 0
    const char* one;   // for 2
    const char* all;   // for 9
  };
  for (const Case& each : std::initializer_list<Case>{
           {"", "null", "10", "null"},
           {"hitPolicy=\"UNIQUE\"", "null", "10", "null"},
           {"hitPolicy=\"ANY\"", "null", "10", "null"},
           {"hitPolicy=\"FIRST\"", "null", "10", "10"},
           {"hitPolicy=\"RULE ORDER\"", "null", "[10]", "[10, 30, 20]"},
           {"hitPolicy=\"COLLECT\"", "[]", "[10]", "[10, 30, 20]"},
           {"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "null", "10", "60"},
           {"hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "null", "10", "10"},
           {"hitPolicy=\"COLLECT\" aggregation=\"MAX\"", "null", "10", "30"},
           {"hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "0", "1", "3"}}) {
    EXPECT_EQ(answer(rising(each.policy), 0), each.none) << each.policy;
    EXPECT_EQ(answer(rising(each.policy), 2), each.one) << each.policy;
    EXPECT_EQ(answer(rising(each.policy), 9), each.all) << each.policy;
  }
}

TEST(DecisionTable, WithAPolicyNobodyKnowsIsFound) {
  for (const char* policy : {"hitPolicy=\"UNIQ\"", "hitPolicy=\"COLLECT\" aggregation=\"AVG\""}) {
    const Model model = model_of(model_xml(
        input("x") + decision("d", "", {{Requires::input, "#x"}}, table_xml(rising(policy)))));
    EXPECT_EQ(model.findings().size(), 1U) << policy;
  }
}

TEST(DecisionTable, AnyAdmitsHitsThatAgree) {
  Table table = rising("hitPolicy=\"ANY\"");
  for (Cells& rule : table.rules) rule.outputs = {"7"};
  EXPECT_EQ(answer(table, 9), "7");
}

TEST(DecisionTable, PriorityIsTheOrderOfTheOutputValues) {
  Table table = rising("hitPolicy=\"PRIORITY\"");
  table.outputs = {{"out", "number", "20, 30, 10"}};
  EXPECT_EQ(answer(table, 9), "20");
  EXPECT_EQ(answer(table, 3), "30");
  table.policy = "hitPolicy=\"OUTPUT ORDER\"";
  EXPECT_EQ(answer(table, 9), "[20, 30, 10]");
  table.policy = "hitPolicy=\"PRIORITY\"";
  table.outputs = {{"a", "string", "\"high\", \"low\""}, {"b", "number", "2, 1"}};
  table.rules = {{{"-"}, {"\"low\"", "2"}}, {{"-"}, {"\"high\"", "1"}}, {{"-"}, {"\"high\"", "2"}}};
  EXPECT_EQ(answer(table, 0), "{a: \"high\", b: 2}");
  table.policy = "hitPolicy=\"OUTPUT ORDER\"";
  EXPECT_EQ(answer(table, 0), "[{a: \"high\", b: 2}, {a: \"high\", b: 1}, {a: \"low\", b: 2}]");
}

TEST(DecisionTable, DefaultsStandInWhereNoRuleHits) {
  Table table = rising("hitPolicy=\"UNIQUE\"");
  table.outputs = {{"out", "number", "", "0"}};
  EXPECT_EQ(answer(table, 0), "0");
  EXPECT_EQ(answer(table, 2), "10");
  table.outputs = {{"a", "", "", "1 + 1"}, {"b"}};
  for (Cells& rule : table.rules) rule.outputs = {"1", "2"};
  EXPECT_EQ(answer(table, 0), "{a: 2, b: null}");
}

TEST(DecisionTable, ManyOutputsAreAContextForEachHit) {
  Table table{"hitPolicy=\"COLLECT\"",
              {{"x"}},
              {{"a"}, {"b"}},
              {{{"> 1"}, {"1", "10"}}, {{"> 2"}, {"2", "5"}}}};
  EXPECT_EQ(answer(table, 9), "[{a: 1, b: 10}, {a: 2, b: 5}]");
  table.policy = "hitPolicy=\"COLLECT\" aggregation=\"SUM\"";
  EXPECT_EQ(answer(table, 9), "{a: 3, b: 15}");
  table.policy = "hitPolicy=\"COLLECT\" aggregation=\"MAX\"";
  EXPECT_EQ(answer(table, 9), "{a: 2, b: 10}");
  table.policy = "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"";
  EXPECT_EQ(answer(table, 9), "2");
}

TEST(DecisionTable, CellsTestTheInput) {
  const auto hits = [](const std::string& test, const std::string& value) {
    const Table table{"", {{"x"}}, {{"out"}}, {{{test}, {"\"hit\""}}}};
    const auto parsed = Expression::parse(value);
    return answer(table, evaluate(*parsed, {}).value) == "hit";
  };
  for (const auto& [test, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"-", "null"},
           {"", "1"},
           {"1", "1"},
           {"1, 2", "2"},
           {"[1, 2]", "2"},
           {"[1, 2]", "[1, 2]"},
           {"[1..2], 7", "7"},
           {"not(1, 2)", "3"},
           {"not([1..3])", "4"},
           {"< 5", "4"},
           {"(<5)", "4"},
           {"? > 3 and ? < 5", "4"},
           {"list contains(?, 2)", "[1, 2]"},
           {"count(?) = 2", "[1, 2]"},
           {"some y in ? satisfies y > 1", "[1, 2]"},
           {"starts with(?, \"a\")", "\"ab\""},
           {"\"a\", \"b\"", "\"b\""},
           {"true", "true"},
           {"not(true)", "false"},
           {"null", "null"},
           {"@\"2026-01-01\"", "@\"2026-01-01\""},
           {"< date(\"2026-01-02\")", "@\"2026-01-01\""},
           {"[date(\"2026-01-01\")..date(\"2026-02-01\")]", "@\"2026-01-15\""},
           {"> duration(\"P1D\")", "@\"PT25H\""},
           {"x", "1"},
           {"{a: 1}", "{a: 1}"},
           {"?.a > 0", "{a: 1}"}}) {
    EXPECT_TRUE(hits(test, value)) << test << " of " << value;
  }
  for (const auto& [test, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"1", "2"},
                                                                  {"1", "\"1\""},
                                                                  {"< 5", "null"},
                                                                  {"not(null)", "null"},
                                                                  {"not(< 5)", "\"a\""},
                                                                  {"true", "1"},
                                                                  {"false", "null"},
                                                                  {"[1..2]", "null"},
                                                                  {"? > 3", "\"a\""},
                                                                  {"[1, 2]", "[2, 1]"},
                                                                  {"unknown name", "1"}}) {
    EXPECT_FALSE(hits(test, value)) << test << " of " << value;
  }
}

TEST(DecisionTable, ValuesThatAreNotAllowedMakeItNull) {
  Table table = rising("hitPolicy=\"FIRST\"");
  table.inputs = {{"x", "number", "[0..5]"}};
  EXPECT_EQ(answer(table, 5), "10");
  EXPECT_EQ(answer(table, 6), "null");
  EXPECT_EQ(answer(table, "a"), "null");
  table.inputs = {{"x", "number"}};
  table.outputs = {{"out", "number", "20, 30"}};
  EXPECT_EQ(answer(table, 2), "null");
}

TEST(DecisionTable, InsideAKnowledgeModelReadsItsParameters) {
  const Table table{"", {{"n", "number"}}, {{"out"}}, {{{"< limit"}, {"limit - n"}}}};
  const Model model = model_of(model_xml(
      R"(<businessKnowledgeModel id="k" name="left over"><encapsulatedLogic>
         <formalParameter name="n" typeRef="number"/><formalParameter name="limit"/>)" +
      table_xml(table) + "</encapsulatedLogic></businessKnowledgeModel>" +
      decision("d", "", {{Requires::knowledge, "#k"}},
               literal("[left over(3, 5), left over(5, 3)]"))));
  EXPECT_EQ(decided(model, "d"), "[2, null]");
}

}  // namespace
}  // namespace rules
