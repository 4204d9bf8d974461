#include "form/validation.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "form/test_form.h"

namespace form {
namespace {

using testing::ElementsAre;

const calendar::Date kToday = day(2026, 8, 20);

Form family() {
  return form_of(R"(
pages:
  - id: who
    title: {vi: Ai, en: Who}
    fields:
      - {id: name, from: person.full_name, required: true}
      - {id: person_id, from: person.personal_id, required: true, birth_date_field: born, sex_field: sex}
      - {id: born, from: person.birth_date, required: true}
      - {id: sex, from: person.sex}
  - id: family
    title: {vi: Gia đình, en: Family}
    fields:
      - {id: married, type: boolean, label: {vi: Đã kết hôn, en: Married}, required: true}
      - {id: spouse, from: person.full_name, visible_when: married = true, required: true}
      - {id: spouse_note, type: text, label: {vi: Ghi chú, en: Note}, visible_when: 'spouse != null'}
      - {id: reason, type: text, label: {vi: Lý do, en: Reason}, required_when: married = false}
      - id: children
        type: table
        label: {vi: Các con, en: Children}
        max_rows: 3
        columns:
          - {id: child, from: person.full_name, required: true}
          - {id: child_born, from: person.birth_date}
          - {id: school, type: text, label: {vi: Trường, en: School}, visible_when: 'child_born + duration("P6Y") <= today', required: true}
checks:
  - {id: adult, field: born, holds: 'if married = true then born + duration("P18Y") <= today else null', message: {vi: Chưa đủ 18 tuổi, en: Below 18}}
  - {id: many, field: children, holds: 'children = null or count(children) < 3', severity: warning, message: {vi: Đông con, en: Many children}}
)");
}

constexpr const char* kGood =
    R"({"name":"Lê Thị Hoa","person_id":"040190000123","born":"1990-05-17","sex":"female","married":false,"reason":"độc thân"})";

TEST(Validation, AcceptsCompleteAnswers) {
  const FormEvaluation seen = evaluate(family(), answers_of(kGood), kToday);
  EXPECT_TRUE(seen.acceptable()) << codes_of(seen);
  EXPECT_TRUE(seen.problems.empty()) << codes_of(seen);
  EXPECT_THAT(seen.visible,
              ElementsAre("name", "person_id", "born", "sex", "married", "reason", "children"));
  EXPECT_THAT(seen.required, ElementsAre("name", "person_id", "born", "married", "reason"));
}

TEST(Validation, TellsAllProblemsAtOnceInTheOrderOfTheForm) {
  const FormEvaluation seen = evaluate(
      family(), answers_of(R"({"married":true,"born":"2030-01-01","person_id":"12"})"), kToday);
  EXPECT_EQ(codes_of(seen), "name:required person_id:bad_format born:too_late spouse:required");
  EXPECT_FALSE(seen.acceptable());
}

TEST(Validation, DropsTheAnswersOfHiddenFieldsAndWhatHangsOnThem) {
  auto answers = answers_of(kGood);
  answers["spouse"] = "Trần Văn Bình";
  answers["spouse_note"] = "không giữ";
  const FormEvaluation seen = evaluate(family(), answers, kToday);
  EXPECT_TRUE(seen.acceptable()) << codes_of(seen);
  EXPECT_FALSE(seen.answers.contains("spouse"));
  EXPECT_FALSE(seen.answers.contains("spouse_note"));
}

TEST(Validation, AHiddenFieldsBadAnswerIsNoProblem) {
  auto answers = answers_of(kGood);
  answers["spouse"] = 7;
  EXPECT_TRUE(evaluate(family(), answers, kToday).acceptable());
}

TEST(Validation, NamesUnknownFieldsAndStopsCounting) {
  auto answers = answers_of(kGood);
  answers["nhà"] = 1;
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "nhà:unknown_field");
  for (int i = 0; i < 500; ++i) answers["x" + std::to_string(i)] = i;
  EXPECT_EQ(evaluate(family(), answers, kToday).problems.size(), 21U);
}

TEST(Validation, LooksOnlyAtThePagesWrittenSoFar) {
  const FormEvaluation seen =
      evaluate(family(), answers_of(R"({"name":"Hoa"})"), kToday, std::size_t{0});
  EXPECT_EQ(codes_of(seen), "person_id:required born:required");
  EXPECT_THAT(seen.required, ElementsAre("name", "person_id", "born", "married"));
}

TEST(Validation, WarnsButDoesNotBlockWhenTheIdDisagrees) {
  auto answers = answers_of(kGood);
  answers["person_id"] = "040090000123";  // a man's number
  const FormEvaluation seen = evaluate(family(), answers, kToday);
  EXPECT_TRUE(seen.acceptable());
  EXPECT_EQ(codes_of(seen), "person_id:doubtful_id");
  answers["person_id"] = "999190000123";  // an odd province
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "person_id:doubtful_id");
  answers["person_id"] = "040191000123";  // another year
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "person_id:doubtful_id");
}

TEST(Validation, RunsChecksAcrossFieldsOnlyWhereTheyCanBeDecided) {
  auto answers = answers_of(
      R"({"name":"Hoa","person_id":"040310000123","born":"2010-05-17","married":true,"spouse":"Bình"})");
  const FormEvaluation seen = evaluate(family(), answers, kToday);
  EXPECT_EQ(codes_of(seen), "born:check_failed");
  EXPECT_EQ(seen.problems.front().message.en, "Below 18");
  answers.erase("born");
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "born:required");
}

TEST(Validation, ReadsTablesRowByRow) {
  auto answers = answers_of(kGood);
  answers["children"] =
      answers_of(
          R"({"c":[{"child":"An","child_born":"2024-01-01"},{},{"child":"Bé","child_born":"2010-01-01"},{"child_born":"x"}]})")
          .at("c");
  FormEvaluation seen = evaluate(family(), answers, kToday);
  EXPECT_EQ(codes_of(seen), "children:too_long");
  answers["children"].as_array().erase(answers["children"].as_array().begin());
  seen = evaluate(family(), answers, kToday);
  EXPECT_EQ(codes_of(seen),
            "children[1].school:required children[2].child:required "
            "children[2].child_born:bad_format");
  answers["children"] = answers_of(R"({"c":[{"child":"An","age":3}]})").at("c");
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "children[0]:unknown_field");
  answers["children"] = answers_of(R"({"c":[1]})").at("c");
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "children[0]:wrong_type");
  answers["children"] = "An";
  EXPECT_EQ(codes_of(evaluate(family(), answers, kToday)), "children:wrong_type");
}

TEST(Validation, AWarningCheckDoesNotBlock) {
  auto answers = answers_of(kGood);
  answers["children"] =
      answers_of(R"({"c":[{"child":"An"},{"child":"Bé"},{"child":"Cò"}]})").at("c");
  const FormEvaluation seen = evaluate(family(), answers, kToday);
  EXPECT_EQ(codes_of(seen), "children:check_failed");
  EXPECT_TRUE(seen.acceptable());
}

TEST(Validation, EvaluatingNormalisedAnswersAgainChangesNothing) {
  auto answers = answers_of(kGood);
  answers["name"] = "  Lê  Thị Hoa ";
  answers["children"] = answers_of(R"({"c":[{"child":" An "}]})").at("c");
  const FormEvaluation once = evaluate(family(), answers, kToday);
  const FormEvaluation twice = evaluate(family(), once.answers, kToday);
  EXPECT_EQ(once.answers, twice.answers);
}

TEST(Validation, ShowsConditionsDatesAsDatesAndMissingAnswersAsNull) {
  const Form form = family();
  const rules::Value context = feel_context(
      form, answers_of(R"({"born":"1990-05-17","children":[{"child":"An"}]})"), kToday);
  EXPECT_NE(context["born"].if_date(), nullptr);
  EXPECT_NE(context["today"].if_date(), nullptr);
  EXPECT_TRUE(context["name"].is_null());
  ASSERT_NE(context["children"].if_list(), nullptr);
  EXPECT_TRUE(context["children"].if_list()->front()["school"].is_null());
}

TEST(Validation, IsToldToTheBrowserAsJson) {
  const auto json =
      to_json(evaluate(family(), answers_of(R"({"name":"Hoa"})"), kToday, std::size_t{0}));
  const auto& problem = json.at("problems").as_array().front().as_object();
  EXPECT_EQ(problem.at("field"), "person_id");
  EXPECT_EQ(problem.at("page"), "who");
  EXPECT_EQ(problem.at("code"), "required");
  EXPECT_EQ(problem.at("severity"), "error");
  EXPECT_EQ(json.at("acceptable"), false);
}

}  // namespace
}  // namespace form
