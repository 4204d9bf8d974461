#pragma once
// evaluation.h - what answers given so far lead to: problems, case, papers, fee, due date.
#include "base/json.h"
#include "casework/workplace.h"

namespace casework {

struct EvaluationRequest {
  base::json::object answers;
  std::string page;  // checks this page and those before it; empty: all
  std::string channel = "online";
  std::string agency{};  // whose calendar counts the time; empty: the usual hours
};

// Evaluation of api/openapi.yaml.  Stores nothing.
[[nodiscard]] base::json::object evaluation_json(Workplace& workplace,
                                                 const procedure::Procedure& procedure,
                                                 const EvaluationRequest& request);

}  // namespace casework
