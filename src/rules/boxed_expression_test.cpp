// boxed_expression_test.cpp - each boxed expression of DMN beside the FEEL text it stands for.
#include "rules/test_models.h"

namespace rules {
namespace {

std::string value_of(const std::string& boxed, const std::string& type = {}) {
  const Model model = model_of(model_xml(decision("d", type, {}, boxed)));
  EXPECT_EQ(model.findings(), std::vector<ModelFinding>{});
  return decided(model, "d");
}

std::string wrapped(const std::string& element, const std::string& boxed) {
  return "<" + element + ">" + boxed + "</" + element + ">";
}

std::string entry(const std::string& name, const std::string& boxed, const std::string& type = {}) {
  return "<contextEntry>" + (name.empty() ? "" : variable(name, type)) + boxed + "</contextEntry>";
}

TEST(BoxedExpression, ContextSeesEarlierEntriesAndEndsInItsResult) {
  EXPECT_EQ(value_of(wrapped("context", entry("a", literal("1")) + entry("b c", literal("a + 1")))),
            "{a: 1, b c: 2}");
  EXPECT_EQ(value_of(wrapped("context", entry("a", literal("1")) + entry("b c", literal("a + 1")) +
                                            entry("", literal("b c * 10")))),
            "20");
  EXPECT_EQ(value_of(wrapped("context", entry("a", literal("\"x\""), "number"))), "{a: null}");
}

TEST(BoxedExpression, FunctionIsCalledByNameOrInvocation) {
  const std::string twice = wrapped(
      "functionDefinition", R"(<formalParameter name="n" typeRef="number"/>)" + literal("n * 2"));
  EXPECT_EQ(value_of(wrapped("context", entry("twice", twice) + entry("", literal("twice(4)")))),
            "8");
  EXPECT_EQ(value_of(wrapped("context",
                             entry("twice", twice, "number") + entry("", literal("twice(n: 4)")))),
            "8");
  EXPECT_EQ(value_of(wrapped(
                "context", entry("twice", twice) +
                               entry("", wrapped("invocation",
                                                 literal("twice") +
                                                     wrapped("binding", R"(<parameter name="n"/>)" +
                                                                            literal("5")))))),
            "10");
}

TEST(BoxedExpression, FunctionOfAnotherLanguageIsNullWithAFinding) {
  const Model model = model_of(
      model_xml(decision("d", "", {},
                         wrapped("context", entry("cos",
                                                  "<functionDefinition kind=\"Java\">"
                                                  "<formalParameter name=\"x\"/>" +
                                                      literal("{class: \"java.lang.Math\"}") +
                                                      "</functionDefinition>") +
                                                entry("", literal("cos(1)"))))));
  ASSERT_EQ(model.findings().size(), 1U);
  EXPECT_EQ(decided(model, "d"), "null");
}

TEST(BoxedExpression, RelationIsAListOfContexts) {
  EXPECT_EQ(value_of(R"(<relation><column name="a b" typeRef="number"/><column name="c"/>)" +
                     wrapped("row", literal("1") + literal("\"x\"")) +
                     wrapped("row", literal("\"2\"") + literal("null")) + "</relation>"),
            "[{a b: 1, c: \"x\"}, {a b: null, c: null}]");
}

TEST(BoxedExpression, ListHoldsAnything) {
  EXPECT_EQ(value_of(wrapped("list", literal("1") + wrapped("list", literal("2")) +
                                         wrapped("context", entry("a", literal("3"))))),
            "[1, [2], {a: 3}]");
  EXPECT_EQ(value_of("<list/>"), "[]");
}

TEST(BoxedExpression, ConditionalTakesOneSide) {
  const auto choice = [](const char* condition) {
    return wrapped("conditional", wrapped("if", literal(condition)) +
                                      wrapped("then", literal("\"yes\"")) +
                                      wrapped("else", literal("\"no\"")));
  };
  EXPECT_EQ(value_of(choice("1 < 2")), "yes");
  EXPECT_EQ(value_of(choice("1 > 2")), "no");
  EXPECT_EQ(value_of(choice("null")), "no");
}

TEST(BoxedExpression, FilterReadsItemsAndTheirEntries) {
  const auto filter = [](const char* in, const char* match) {
    return wrapped("filter", wrapped("in", literal(in)) + wrapped("match", literal(match)));
  };
  EXPECT_EQ(value_of(filter("[1, 2, 3]", "item > 1")), "[2, 3]");
  EXPECT_EQ(value_of(filter("[{a: 1}, {a: 2}]", "a > 1")), "[{a: 2}]");
  EXPECT_EQ(value_of(filter("[{a: 1}, {a: 2}]", "item.a > 1")), "[{a: 2}]");
  EXPECT_EQ(value_of(filter("[1, 2, 3]", "-1")), "3");
  EXPECT_EQ(value_of(filter("[1, 2, 3]", "count([1, 2])")), "2");
  EXPECT_EQ(value_of(filter("null", "item > 1")), "null");
  EXPECT_EQ(value_of(filter("[1, 2]", "\"x\"")), "null");
}

TEST(BoxedExpression, IterationsBindTheirVariable) {
  const auto iteration = [](const char* kind, const char* in, const char* part, const char* body) {
    return std::string{"<"} + kind + " iteratorVariable=\"x y\">" + wrapped("in", literal(in)) +
           wrapped(part, literal(body)) + "</" + kind + ">";
  };
  EXPECT_EQ(value_of(iteration("for", "[1, 2]", "return", "x y * 2")), "[2, 4]");
  EXPECT_EQ(value_of(iteration("for", "[1..3]", "return", "count(partial)")), "[0, 1, 2]");
  EXPECT_EQ(value_of(iteration("for", "null", "return", "x y")), "null");
  EXPECT_EQ(value_of(iteration("some", "[1, 2]", "satisfies", "x y > 1")), "true");
  EXPECT_EQ(value_of(iteration("some", "[]", "satisfies", "x y > 1")), "false");
  EXPECT_EQ(value_of(iteration("every", "[1, 2]", "satisfies", "x y > 1")), "false");
  EXPECT_EQ(value_of(iteration("every", "[]", "satisfies", "x y > 1")), "true");
}

TEST(BoxedExpression, ATypeOnItIsHeldAgainstItsValue) {
  EXPECT_EQ(value_of(literal("\"x\"", "number")), "null");
  EXPECT_EQ(value_of(literal("[1]", "number")), "1");
  EXPECT_EQ(value_of(literal("1"), "feel:number"), "1");
}

TEST(Dmn, ReadsEveryVersionOfItsNamespace) {
  for (const char* version : {"20151101", "20180521", "20191111", "20211108", "20230324"}) {
    const Model model =
        model_of(model_xml(decision("d", "number", {}, literal("1 + 1")), "n", version));
    EXPECT_EQ(decided(model, "d"), "2") << version;
  }
  EXPECT_EQ(decided(model_of("<dmn:definitions xmlns:dmn=\"http://www.omg.org/spec/DMN/20180521/"
                             "MODEL/\"><dmn:decision name=\"d\"><dmn:literalExpression><dmn:text>"
                             "<![CDATA[1 < 2]]></dmn:text></dmn:literalExpression></dmn:decision>"
                             "</dmn:definitions>"),
                    "d"),
            "true");
}

TEST(Dmn, FollowsReferencesWithAndWithoutTheNamespace) {
  const Model model =
      model_of(model_xml(decision("a", "", {}, literal("1")) +
                             decision("b", "", {{Requires::decision, "#a"}}, literal("a + 1")) +
                             decision("c", "", {{Requires::decision, "here#a"}}, literal("a + 2")) +
                             decision("lost", "", {{Requires::decision, "#z"}}, literal("a")),
                         "here"));
  EXPECT_EQ(decided(model, "b"), "2");
  EXPECT_EQ(decided(model, "c"), "3");
  EXPECT_EQ(decided(model, "lost"), "null");
  EXPECT_EQ(model.findings().size(), 1U);
}

TEST(Dmn, ADecisionWithoutLogicIsNullAndSoIsWhatReadsIt) {
  const Model model =
      model_of(model_xml(decision("empty", "number", {}, "") +
                         decision("reader", "", {{Requires::decision, "#empty"}},
                                  literal("if empty = null then \"none\" else \"some\""))));
  EXPECT_EQ(decided(model, "empty"), "null");
  EXPECT_EQ(decided(model, "reader"), "none");
}

TEST(Dmn, NamesMayHoldOperatorsAndKeywords) {
  const Model model = model_of(model_xml(
      input("date of birth - year", "number") + input("for sale") + input("tỷ lệ / năm", "number") +
      decision("d", "",
               {{Requires::input, "#date of birth - year"},
                {Requires::input, "#for sale"},
                {Requires::input, "#tỷ lệ / năm"}},
               literal("if for sale then date of birth - year-1 else tỷ lệ / năm/2"))));
  EXPECT_EQ(decided(model, "d", {{"date of birth - year", 2000}, {"for sale", true}}), "1999");
  EXPECT_EQ(decided(model, "d", {{"tỷ lệ / năm", 9}, {"for sale", false}}), "4.5");
}

TEST(Dmn, ReadsOnlyTheNamesAnElementRequires) {
  const Model model = model_of(model_xml(
      "<itemDefinition name=\"t\"><itemComponent name=\"a*b\"><typeRef>number</typeRef>"
      "</itemComponent></itemDefinition>" +
      input("a", "number") + input("b", "number") + input("a-b", "number") + input("a in b") +
      decision("difference", "", {{Requires::input, "#a"}, {Requires::input, "#b"}},
               literal("[a-b, a*b, a in b]")) +
      decision("named", "", {{Requires::input, "#a-b"}}, literal("a-b + 1"))));
  const Context inputs{{"a", 5}, {"b", 3}, {"a-b", 100}};
  EXPECT_EQ(decided(model, "difference", inputs), "[2, 15, false]");
  EXPECT_EQ(decided(model, "named", inputs), "101");
}

TEST(Dmn, TakesAnySpaceInANameForOne) {
  const Model model = model_of(
      model_xml("<inputData id=\"i\" name=\"a  b\n c\"><variable name=\"a  b\n c\"/></inputData>" +
                decision("d", "", {{Requires::input, "#i"}}, literal("a b c + 1"))));
  EXPECT_EQ(decided(model, "d", {{"a b c", 1}}), "2");
}

TEST(Dmn, FollowsLongChainsOfRequirementsAndSaysWhereItStops) {
  const auto chain = [](int length) {
    std::string xml = decision("d0", "", {}, literal("1"));
    for (int i = 1; i <= length; ++i) {
      const std::string before = "d" + std::to_string(i - 1);
      xml += decision("d" + std::to_string(i), "", {{Requires::decision, "#" + before}},
                      literal(before + " + 1"));
    }
    const auto evaluated =
        decide_with_problems(model_of(model_xml(xml)), "d" + std::to_string(length), {});
    return evaluated ? evaluated.value() : Evaluation{};
  };
  EXPECT_EQ(chain(300).value, Value{301});
  const Evaluation stopped = chain(500);
  EXPECT_TRUE(stopped.value.is_null());
  ASSERT_FALSE(stopped.problems.empty());
  EXPECT_EQ(stopped.problems.front().code, ProblemCode::bound_reached);
}

}  // namespace
}  // namespace rules
