#pragma once
// result_layout.h - how a result document is filled from what its dossier knows: result.yaml.
//
// A layout names a printed template and gives, for paths of its context ("child.name"), FEEL
// expressions over the answers and the facts of the dossier.  docs/formats/result-yaml.md is the
// format.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "form/definition_problem.h"
#include "form/form.h"

namespace rules {
class Expression;
}

namespace procedure {

// "child.name" <- child_name.
struct ResultField {
  std::string path;
  std::shared_ptr<const rules::Expression> value;
};

struct ResultLayout {
  std::string code;         // of the result document: "KQ.G15.000031"
  std::string template_id;  // of the printed template: "khai-sinh"
  std::vector<ResultField> fields;
};

// What an expression may read beside the answers (each by its field's id) and today, channel,
// case_id: texts, but the dates `issued_on` and `received_on`; `shown`, a context with every answer
// as it is printed ("Nữ", "12.000 đồng"; a table is a list of such rows), and `in_words`, with
// dates and whole numbers written out.
[[nodiscard]] bool is_result_fact(std::string_view name);

[[nodiscard]] std::vector<ResultLayout> read_result_layouts(std::string_view text,
                                                            const std::string& file,
                                                            const form::Form& form,
                                                            form::DefinitionProblems& problems);

// nullptr when the package lays no such result out.
[[nodiscard]] const ResultLayout* find_layout(const std::vector<ResultLayout>& layouts,
                                              std::string_view code);

}  // namespace procedure
