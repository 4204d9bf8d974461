#pragma once
// model_source.h - what a Model was read from.  Internal to the module.
#include <string>

#include "bpmn/model_xml.h"

namespace bpmn {

struct ModelSource {
  std::string text;  // well-formed UTF-8
  ReadLimits limits;
};

}  // namespace bpmn
