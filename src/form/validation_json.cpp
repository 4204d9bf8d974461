#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "form/form_json.h"
#include "form/validation.h"

namespace form {

base::json::object to_json(const FieldProblem& problem) {
  return {{"field", problem.field},
          {"page", problem.page},
          {"code", to_text(problem.code)},
          {"severity", problem.severity == Severity::warning ? "warning" : "error"},
          {"message", to_json(problem.message)}};
}

base::json::object to_json(const FormEvaluation& evaluation) {
  const auto texts = [](const std::vector<std::string>& from) {
    base::json::array list;
    for (const std::string& one : from) list.emplace_back(one);
    return list;
  };
  base::json::array problems;
  for (const FieldProblem& problem : evaluation.problems) problems.push_back(to_json(problem));
  return {{"visible", texts(evaluation.visible)},
          {"required", texts(evaluation.required)},
          {"problems", std::move(problems)},
          {"answers", evaluation.answers},
          {"acceptable", evaluation.acceptable()}};
}

}  // namespace form
