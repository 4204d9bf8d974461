#pragma once
// definition_problem.h - why a dictionary, form or procedure file cannot be used: for its designer.
#include <string>
#include <vector>

#include "base/result.h"

namespace form {

struct DefinitionProblem {
  std::string file;     // name within the package, e.g. "form.yaml"
  int line = 0;         // first line is 1; 0 when the whole file is meant
  std::string message;  // what is wrong
  std::string remedy;   // what to write instead

  friend bool operator==(const DefinitionProblem&, const DefinitionProblem&) = default;
};

using DefinitionProblems = std::vector<DefinitionProblem>;

template <class T>
using Defined = base::Result<T, DefinitionProblems>;

}  // namespace form
