#pragma once
// finding.h - what a reader of the diagram should be told about one element of it.
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

enum class Severity {
  note,     // kept as data, has no influence on execution
  warning,  // executable, but probably not what the author means
  error,    // the process cannot be executed as drawn
};

struct Finding {
  Severity severity = Severity::note;
  std::string element;  // id of the element, empty when it has none
  int line = 0;         // 1-based; 0 when unknown
  std::string message;  // English, one sentence without the element's id

  friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] bool has_error(const std::vector<Finding>& findings);
[[nodiscard]] std::string_view to_string(Severity severity);
// "42: error: Task_1: no such element", for people.
[[nodiscard]] std::string to_text(const Finding& finding);

}  // namespace bpmn
