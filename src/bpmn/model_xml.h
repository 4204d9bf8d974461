#pragma once
// model_xml.h - BPMN 2.0 XML to a Model and back.
//
// The reader takes text, never a path.  Bounded: 8 MiB, 64 levels of nesting, 20,000 flow elements.
// Document types and entities are not expanded.  A byte-order mark is accepted.  Everything of the
// BPMN namespace that has no place in the Model becomes a finding with its line, so that nothing is
// dropped in silence.
#include <string>
#include <string_view>

#include "base/result.h"
#include "bpmn/model.h"

namespace bpmn {

struct ReadError {
  int line = 0;  // 1-based
  std::string message;
  friend bool operator==(const ReadError&, const ReadError&) = default;
};

// An error only for what is not well-formed XML, is too large, or whose root is not BPMN
// definitions; an inconsistent model is a Model with findings.
[[nodiscard]] base::Result<Model, ReadError> read_model(std::string_view xml);

// What the Model knows, as BPMN 2.0 XML without diagram: read_model(write_model(m)) equals m but
// for lines and findings.
[[nodiscard]] std::string write_model(const Model& model);

}  // namespace bpmn
