#pragma once
// test_models.h - short spellings of DMN models and FEEL tables, for tests.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "rules/dmn_xml.h"
#include "rules/expression.h"

namespace rules {

struct Row {
  std::string text;
  std::string expected;  // as FEEL's string() would write it
};

// The moment that now() gives in these tests.
[[nodiscard]] inline Bounds test_bounds() {
  Bounds bounds;
  bounds.now = DateTime::parse("2026-08-20T10:00:00+07:00");
  return bounds;
}

[[nodiscard]] inline std::string value_text(const std::string& expression,
                                            const Value& context = {}) {
  const auto parsed = Expression::parse(expression);
  if (!parsed) return "syntax error: " + parsed.error().message;
  return to_text(evaluate(*parsed, context, test_bounds()).value);
}

inline void expect_rows(std::initializer_list<Row> rows, const Value& context = {}) {
  for (const Row& row : rows) {
    EXPECT_EQ(value_text(row.text, context), row.expected) << row.text;
  }
}

inline void expect_refused(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_FALSE(Expression::parse(text)) << text;
}

[[nodiscard]] inline std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '&') {
      result += "&amp;";
    } else if (c == '"') {
      result += "&quot;";
    } else {
      result += c;
    }
  }
  return result;
}

// Boxed expressions.

[[nodiscard]] inline std::string literal(std::string_view feel, std::string_view type = {}) {
  const std::string attribute = type.empty() ? "" : " typeRef=\"" + escaped(type) + "\"";
  return "<literalExpression" + attribute + "><text>" + escaped(feel) +
         "</text></literalExpression>";
}

// Elements of a model; the id of each is its name with `#` before it in references.

[[nodiscard]] inline std::string variable(std::string_view name, std::string_view type = {}) {
  const std::string attribute = type.empty() ? "" : " typeRef=\"" + escaped(type) + "\"";
  return "<variable name=\"" + escaped(name) + "\"" + attribute + "/>";
}

[[nodiscard]] inline std::string input(std::string_view name, std::string_view type = {}) {
  return "<inputData id=\"" + escaped(name) + "\" name=\"" + escaped(name) + "\">" +
         variable(name, type) + "</inputData>";
}

enum class Requires { input, decision, knowledge };
struct Requirement {
  Requires kind;
  std::string href;
};

[[nodiscard]] inline std::string requirements(std::initializer_list<Requirement> all) {
  std::string xml;
  for (const Requirement& each : all) {
    const bool knowledge = each.kind == Requires::knowledge;
    const std::string outer = knowledge ? "knowledgeRequirement" : "informationRequirement";
    const std::string inner = knowledge                         ? "requiredKnowledge"
                              : each.kind == Requires::decision ? "requiredDecision"
                                                                : "requiredInput";
    xml += "<" + outer + "><" + inner + " href=\"" + escaped(each.href) + "\"/></" + outer + ">";
  }
  return xml;
}

[[nodiscard]] inline std::string decision(std::string_view name, std::string_view type,
                                          std::initializer_list<Requirement> needs,
                                          std::string_view boxed) {
  return "<decision id=\"" + escaped(name) + "\" name=\"" + escaped(name) + "\">" +
         variable(name, type) + requirements(needs) + std::string{boxed} + "</decision>";
}

[[nodiscard]] inline std::string model_xml(std::string_view body, std::string_view space = "test",
                                           std::string_view version = "20230324") {
  const std::string name = "https://www.omg.org/spec/DMN/" + std::string{version} + "/MODEL/";
  return R"(<?xml version="1.0" encoding="UTF-8"?><definitions xmlns=")" + name +
         "\" name=\"test\" namespace=\"" + std::string{space} + "\">" + std::string{body} +
         "</definitions>";
}

// What the decision (or service, or knowledge model) gives, as text.
[[nodiscard]] inline std::string decided(const Model& model, std::string_view name,
                                         const Context& inputs = {}) {
  const auto evaluated = decide_with_problems(model, name, Value{inputs}, test_bounds());
  return evaluated ? to_text(evaluated->value) : "refused: " + evaluated.error().message;
}

[[nodiscard]] inline Model model_of(const std::string& xml,
                                    const std::vector<Model>& imports = {}) {
  auto model = read_dmn(xml, imports);
  EXPECT_TRUE(model) << model.error().message;
  return model.value();
}

}  // namespace rules
