#pragma once
// form_yaml.h - reads a form.yaml over a dictionary.  The format is in docs/formats/procedure.md.
#include <string>
#include <string_view>

#include "form/definition_problem.h"
#include "form/dictionary.h"
#include "form/form.h"

namespace form {

// `file` is the name used in problems.  All problems at once.
[[nodiscard]] Defined<Form> read_form(std::string_view text, const Dictionary& dictionary,
                                      const std::string& file = "form.yaml");

}  // namespace form
