#pragma once
// model_references.h - ids that stand twice, and references that lead nowhere, in the whole file.
// Internal to the module.
#include <vector>

#include "bpmn/finding.h"
#include "bpmn/xml_source.h"

namespace bpmn {

// Data, pools, resources, diagrams and all: what the Model knows of and what it does not.  A
// reference into another namespace than the file's own is not followed.
[[nodiscard]] std::vector<Finding> check_references(XmlSource& source);

}  // namespace bpmn
