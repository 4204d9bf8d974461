// import_test.cpp - models that use types, decisions, knowledge and services of other models.
#include "rules/test_models.h"

namespace rules {
namespace {

std::string import_of(const std::string& space, const std::string& name) {
  return "<import importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"" +
         space + "\" name=\"" + name + "\"/>";
}

Model persons() {
  return model_of(model_xml(
      R"(<itemDefinition name="tPerson">
           <itemComponent name="full name"><typeRef>string</typeRef></itemComponent>
           <itemComponent name="age-in-years"><typeRef>number</typeRef></itemComponent>
         </itemDefinition>)" +
          input("person", "tPerson") +
          R"(<businessKnowledgeModel id="greet" name="say hello"><variable name="say hello"/>
             <knowledgeRequirement><requiredKnowledge href="#polite"/></knowledgeRequirement>
             <encapsulatedLogic><formalParameter name="who" typeRef="tPerson"/>)" +
          literal("polite(who.full name)") + R"(</encapsulatedLogic></businessKnowledgeModel>
             <businessKnowledgeModel id="polite" name="polite"><encapsulatedLogic>
             <formalParameter name="name" typeRef="string"/>)" +
          literal("\"Hello \" + name") + "</encapsulatedLogic></businessKnowledgeModel>" +
          decision("greeting", "string",
                   {{Requires::input, "#person"}, {Requires::knowledge, "#greet"}},
                   literal("say hello(person)")) +
          R"(<decisionService id="svc" name="greeter"><outputDecision href="#greeting"/>
             <inputData href="#person"/></decisionService>)",
      "persons"));
}

const Context kAn{{"full name", "An"}, {"age-in-years", 30}};

TEST(Import, UnderANameReachesTypesDecisionsAndKnowledge) {
  const Model importing = model_of(
      model_xml(import_of("persons", "people") + input("who", "people.tPerson") +
                    decision("hello", "string",
                             {{Requires::input, "#who"}, {Requires::knowledge, "persons#greet"}},
                             literal("people.say hello(who)")) +
                    decision("next year", "number", {{Requires::input, "#who"}},
                             literal("who.age-in-years + 1")) +
                    decision("decided there", "string", {{Requires::decision, "persons#greeting"}},
                             literal("people.greeting + \"!\"")) +
                    decision("served there", "string",
                             {{Requires::input, "#who"}, {Requires::knowledge, "persons#svc"}},
                             literal("people.greeter(who)")),
                "importing"),
      {persons()});
  EXPECT_EQ(importing.findings(), std::vector<ModelFinding>{});
  EXPECT_EQ(decided(importing, "hello", {{"who", kAn}}), "Hello An");
  EXPECT_EQ(decided(importing, "next year", {{"who", kAn}}), "31");
  EXPECT_EQ(decided(importing, "next year", {{"who", Context{{"full name", "An"}}}}), "null");
  EXPECT_EQ(decided(importing, "decided there", {{"people", Context{{"person", kAn}}}}),
            "Hello An!");
  EXPECT_EQ(decided(importing, "served there", {{"who", kAn}}), "Hello An");
}

TEST(Import, WithoutANameBelongsToTheImportingModel) {
  const Model importing = model_of(
      model_xml(import_of("persons", "") + input("who", "tPerson") +
                    decision("hello", "string",
                             {{Requires::input, "#who"}, {Requires::knowledge, "persons#greet"}},
                             literal("say hello(who)")),
                "importing"),
      {persons()});
  EXPECT_EQ(importing.findings(), std::vector<ModelFinding>{});
  EXPECT_EQ(decided(importing, "hello", {{"who", kAn}}), "Hello An");
}

TEST(Import, GoesThroughSeveralModels) {
  const Model middle = model_of(
      model_xml(import_of("persons", "p") + decision("shouted", "string",
                                                     {{Requires::decision, "persons#greeting"}},
                                                     literal("upper case(p.greeting)")),
                "middle"),
      {persons()});
  const Model outer = model_of(model_xml(import_of("middle", "m") + import_of("persons", "p") +
                                             decision("both", "",
                                                      {{Requires::decision, "middle#shouted"},
                                                       {Requires::decision, "persons#greeting"}},
                                                      literal("[m.shouted, p.greeting]")),
                                         "outer"),
                               {middle, persons()});
  EXPECT_EQ(
      decided(outer, "both",
              {{"m", Context{{"p", Context{{"person", kAn}}}}}, {"p", Context{{"person", kAn}}}}),
      "[\"HELLO AN\", \"Hello An\"]");
}

TEST(Import, OfAModelThatIsNotThereIsAFinding) {
  const Model model =
      model_of(model_xml(import_of("nowhere", "n") +
                         decision("d", "", {{Requires::decision, "nowhere#x"}}, literal("n.x"))));
  EXPECT_EQ(model.findings().size(), 2U);
  EXPECT_EQ(decided(model, "d"), "null");
}

TEST(Import, OfItselfOrOfNothingEndsWell) {
  const Model first =
      model_of(model_xml(import_of("test", "me") + decision("d", "", {}, literal("1"))));
  EXPECT_EQ(decided(first, "d"), "1");
  const Model again =
      model_of(model_xml(import_of("test", "me") +
                         decision("d", "", {{Requires::decision, "test#d"}}, literal("d"))),
               {first});
  EXPECT_EQ(decided(again, "d"), "null");
}

}  // namespace
}  // namespace rules
