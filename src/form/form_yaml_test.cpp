#include "form/form_yaml.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "form/form_json.h"
#include "form/test_form.h"

namespace form {
namespace {

using testing::HasSubstr;

DefinitionProblems refused(std::string_view yaml) {
  auto form = read_form(yaml, test_dictionary());
  EXPECT_FALSE(form) << "accepted: " << yaml;
  return form ? DefinitionProblems{} : form.error();
}

std::string page(const std::string& fields, const std::string& rest = "") {
  return "pages:\n  - id: p\n    title: {vi: T, en: T}\n    fields:\n" + fields + rest;
}

TEST(FormYaml, TakesFieldsFromTheDictionaryAndNarrowsThem) {
  const Form form =
      form_of(page("      - {id: mother, from: person.full_name, label: {vi: Tên mẹ, en: Mother}, "
                   "max_length: 10, "
                   "required: true, prefill: applicant.full_name}\n"));
  const Field* mother = form.find_field("mother");
  ASSERT_NE(mother, nullptr);
  EXPECT_EQ(mother->code, "person.full_name");
  EXPECT_EQ(mother->label.vi, "Tên mẹ");
  EXPECT_EQ(mother->max_length, 10U);
  EXPECT_EQ(mother->personal_data, PersonalData::basic);
  EXPECT_TRUE(mother->required);
  EXPECT_EQ(form.find_field("father"), nullptr);
  EXPECT_EQ(form.find_page("p"), 0U);
  EXPECT_EQ(form.find_page("q"), std::nullopt);
}

TEST(FormYaml, IsShownToTheBrowserAsTheContractSays) {
  const Form form =
      form_of(page("      - {id: sex, from: person.sex, required: true}\n"
                   "      - {id: age, type: integer, label: {vi: Tuổi, en: Age}, min: 1, max: 150, "
                   "visible_when: sex != null}\n"
                   "      - {id: rows, type: table, label: {vi: Bảng, en: Table}, max_rows: 5, "
                   "columns: [{id: a, from: person.birth_date}]}\n"));
  const auto json = to_json(form);
  const auto& fields = json.at("pages").as_array().front().at("fields").as_array();
  EXPECT_EQ(
      base::to_text(fields.at(0)),
      R"({"id":"sex","type":"choice","label":{"vi":"Giới tính","en":"Sex"},"required":true,"conditional":false,"code":"person.sex","options":[{"value":"male","label":{"vi":"Nam","en":"Male"}},{"value":"female","label":{"vi":"Nữ","en":"Female"}}]})");
  EXPECT_EQ(fields.at(1).at("conditional"), true);
  EXPECT_EQ(fields.at(1).at("visible_when"), "sex != null");
  EXPECT_FALSE(fields.at(1).as_object().contains("required_when"));
  EXPECT_EQ(fields.at(1).at("min"), 1);
  EXPECT_EQ(fields.at(1).at("max"), 150);
  EXPECT_EQ(fields.at(2).at("max_rows"), 5U);
  EXPECT_EQ(fields.at(2).at("columns").as_array().front().at("max"), "today");
}

TEST(FormYaml, SaysFileLineAndRemedyOfEverySlip) {
  const auto problems =
      refused(page("      - {id: a, from: person.unknown}\n"
                   "      - {id: b, type: txt, label: {vi: B, en: B}}\n"
                   "      - {id: b, type: text, label: {vi: B, en: B}, requird: true}\n"));
  ASSERT_EQ(problems.size(), 4U) << told(problems);
  EXPECT_EQ(problems[0].file, "form.yaml");
  EXPECT_EQ(problems[0].line, 5);
  EXPECT_THAT(problems[0].message, HasSubstr("person.unknown"));
  EXPECT_THAT(problems[1].message, HasSubstr("txt"));
  EXPECT_EQ(problems[1].line, 6);
  EXPECT_THAT(problems[2].message, HasSubstr("requird"));
  EXPECT_THAT(problems[2].remedy, HasSubstr("required"));
  EXPECT_THAT(problems[3].message, HasSubstr("twice"));
}

struct Slip {
  const char* fields;
  const char* message;
};

class FormYamlSlip : public testing::TestWithParam<Slip> {};

TEST_P(FormYamlSlip, IsRefused) {
  const auto problems = refused(page(std::string{"      - "} + GetParam().fields + "\n"));
  ASSERT_FALSE(problems.empty());
  EXPECT_THAT(told(problems), HasSubstr(GetParam().message));
  for (const DefinitionProblem& problem : problems) {
    EXPECT_FALSE(problem.remedy.empty());
    EXPECT_GT(problem.line, 0) << problem.message;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, FormYamlSlip,
    testing::Values(
        Slip{"{id: A, from: person.sex}", "cannot be a name"},
        Slip{"{id: today, from: person.sex}", "day of filing"},
        Slip{"{id: a, type: text, label: {vi: A}}", "`en` is missing"},
        Slip{"{id: a, type: text}", "no label"},
        Slip{"{id: a, type: choice, label: {vi: A, en: A}}", "without options"},
        Slip{"{id: a, type: text, label: {vi: A, en: A}, options: [{value: x, label: {vi: X, en: "
             "X}}]}",
             "options without a choice"},
        Slip{"{id: a, type: table, label: {vi: A, en: A}}", "needs columns"},
        Slip{"{id: a, type: table, label: {vi: A, en: A}, columns: [{id: b, type: table, label: "
             "{vi: "
             "B, en: B}}]}",
             "table within a table"},
        Slip{
            "{id: a, type: text, label: {vi: A, en: A}, pattern: '(', pattern_message: {vi: A, en: "
            "A}}",
            "not a regular expression"},
        Slip{"{id: a, type: text, label: {vi: A, en: A}, pattern: 'x'}", "leaves people guessing"},
        Slip{"{id: a, type: integer, label: {vi: A, en: A}, min: 9, max: 1}", "above the largest"},
        Slip{"{id: a, type: integer, label: {vi: A, en: A}, min: x}", "not a whole number"},
        Slip{"{id: a, type: date, label: {vi: A, en: A}, latest: '2026-02-30'}", "is no day"},
        Slip{"{id: a, from: person.sex, visible_when: 'b ='}", "not a FEEL expression"},
        Slip{"{id: a, from: person.sex, visible_when: later = 1}", "not asked before"},
        Slip{"{id: a, from: person.sex, required: maybe}", "neither true nor false"},
        Slip{"{id: a, from: person.personal_id, sex_field: nowhere}", "is no field"},
        Slip{"{id: a, from: person.sex, type: text}", "given the type already"}));

TEST(FormYaml, HostileTextsAreRefusedNotFollowed) {
  EXPECT_THAT(told(refused("pages: [")), HasSubstr("not YAML"));
  EXPECT_THAT(told(refused("")), HasSubstr("keys and values"));
  EXPECT_THAT(told(refused("- a")), HasSubstr("keys and values"));
  EXPECT_THAT(told(refused("pages: x")), HasSubstr("no list"));
  EXPECT_THAT(told(refused("pages: []\npages: []")), HasSubstr("twice"));
  EXPECT_THAT(told(refused(std::string{"pages: \xC3("})), HasSubstr("UTF-8"));
  EXPECT_THAT(told(refused(std::string(2'000'000, 'a'))), HasSubstr("1 MiB"));
  std::string deep = "pages: ";
  for (int i = 0; i < 100; ++i) deep += "[";
  for (int i = 0; i < 100; ++i) deep += "]";
  EXPECT_THAT(told(refused(deep)), HasSubstr("nested too deep"));
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'i'; ++c) {
    const std::string one(1, c);
    const std::string before = "*" + std::string(1, static_cast<char>(c - 1));
    bomb += one + ": &" + one + " [";
    for (int i = 0; i < 10; ++i) bomb += (i == 0 ? "" : ",") + before;
    bomb += "]\n";
  }
  EXPECT_THAT(told(refused(bomb)), HasSubstr("too many"));
}

TEST(DictionaryYaml, RefusesDoubleAndMalformedEntries) {
  const auto problems = read_dictionary({{"a.yaml", R"(entries:
  - {code: person.name, type: text, label: {vi: A, en: A}}
  - {code: person.name, type: text, label: {vi: A, en: A}}
  - {code: name, type: text, label: {vi: A, en: A}}
  - {code: x.rows, type: table, label: {vi: A, en: A}}
)"},
                                         {"b.yaml", "fields: []"}});
  ASSERT_FALSE(problems);
  const std::string text = told(problems.error());
  EXPECT_THAT(text, HasSubstr("a.yaml:3: `person.name` is defined twice"));
  EXPECT_THAT(text, HasSubstr("a.yaml:4: `name` is no code"));
  EXPECT_THAT(text, HasSubstr("a.yaml:5: the dictionary holds no tables"));
  EXPECT_THAT(text, HasSubstr("b.yaml:1: unknown key `fields`"));
}

}  // namespace
}  // namespace form
