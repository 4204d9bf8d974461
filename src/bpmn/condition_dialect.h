#pragma once
// condition_dialect.h - conditions that other engines' languages write, said in FEEL.
//
// Diagrams drawn elsewhere carry conditions in the expression language of the Java servers
// (`${...}`,
// `#{...}`) or in XPath 1.0 with the function getDataObject of BPMN 2.0.2, 10.4.2.  Those that say
// what FEEL says the same way are read: variables and paths, numbers, texts, comparisons,
// arithmetic and, or, not, empty.  Everything else (calls, indices, choices, paths through
// documents) is refused rather than guessed.
#include <optional>
#include <string>
#include <string_view>

namespace bpmn {

// FEEL of the same meaning, or nothing.  A text that is FEEL already need not come here.
[[nodiscard]] std::optional<std::string> feel_of_condition(std::string_view text);

}  // namespace bpmn
