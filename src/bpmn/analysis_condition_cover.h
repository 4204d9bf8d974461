#pragma once
// analysis_condition_cover.h - do the conditions of a split leave a gap, and is one of them hidden
// behind the others?  Internal to the module.
//
// Conditions are read as comparisons joined by and, or, not.  Whatever stands in a comparison (a
// variable, a path, a call) counts as an unknown of its own; every case of the unknowns against the
// literals they are compared with is tried.  So "complete" and "hidden" are certain, a gap is one
// unless the unknowns depend on each other.  An unknown is taken to have a value of the kind it is
// compared with.
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bpmn {

// Variables of which all values are known.
using ConditionDomains = std::map<std::string, std::vector<std::string>, std::less<>>;

struct ConditionCover {
  bool decided = false;         // false: too many cases
  bool complete = false;        // in every case at least one condition is true
  std::string gap;              // a case in which none is true: `x = 5, y = "a"`, if it can be said
  std::vector<bool> ever_true;  // of each condition
  std::vector<bool> ever_first;  // in some case it is true and none before it is
};

// `conditions`: FEEL texts that parse.
[[nodiscard]] ConditionCover cover_of(const std::vector<std::string>& conditions,
                                      const ConditionDomains& domains = {});

// One space between words, none at the ends; texts in quotes untouched.
[[nodiscard]] std::string normalised_condition(std::string_view text);

}  // namespace bpmn
