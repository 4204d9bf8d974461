#pragma once
// test_form.h - a small dictionary and form for the tests of this module.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "form/dictionary_yaml.h"
#include "form/form_yaml.h"
#include "form/validation.h"

namespace form {

inline std::string told(const DefinitionProblems& problems) {
  std::string text;
  for (const DefinitionProblem& one : problems) {
    text +=
        one.file + ":" + std::to_string(one.line) + ": " + one.message + " -> " + one.remedy + "\n";
  }
  return text;
}

inline Dictionary test_dictionary() {
  auto dictionary = read_dictionary({{"d.yaml", R"(
entries:
  - {code: person.full_name, type: text, label: {vi: "Họ và tên", en: "Full name"}, max_length: 20, personal_data: true}
  - {code: person.personal_id, type: personal_id, label: {vi: "Số định danh", en: "Personal ID"}, personal_data: true}
  - {code: person.birth_date, type: date, label: {vi: "Ngày sinh", en: "Date of birth"}, latest: today}
  - code: person.sex
    type: choice
    label: {vi: "Giới tính", en: "Sex"}
    options:
      - {value: male, label: {vi: "Nam", en: "Male"}}
      - {value: female, label: {vi: "Nữ", en: "Female"}}
)"}});
  EXPECT_TRUE(dictionary) << told(dictionary.error());
  return std::move(dictionary).value();
}

inline Form form_of(std::string_view yaml) {
  auto form = read_form(yaml, test_dictionary());
  EXPECT_TRUE(form) << told(form.error());
  return form ? std::move(form).value() : Form{};
}

// A form of one page with one field, given as the inside of a YAML flow map.
inline Form form_of_field(const std::string& field) {
  return form_of(
      "pages:\n  - id: p\n    title: {vi: Trang, en: Page}\n    fields:\n      - {id: f, " + field +
      "}\n");
}

inline base::json::object answers_of(std::string_view json) {
  auto value = base::parse_json(json);
  EXPECT_TRUE(value) << json;
  return value->as_object();
}

inline calendar::Date day(int year, int month, int number) {
  return *calendar::make_date(year, month, number);
}

inline std::string codes_of(const FormEvaluation& evaluation) {
  std::string text;
  for (const FieldProblem& problem : evaluation.problems) {
    text += (text.empty() ? "" : " ") + problem.field + ":" + std::string{to_text(problem.code)};
  }
  return text;
}

}  // namespace form
