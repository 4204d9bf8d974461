#pragma once
// model_xml.h - BPMN 2.0 XML to a Model and back, without loss.
//
// The reader takes text, never a path; UTF-8, UTF-16 or what the XML declaration names.  Entities
// of the document type are expanded within bounds; nothing outside the text is fetched.  A Model
// remembers what it was read from: write_model() gives that back with the Model's changes, so that
// diagrams, data, vendors' extensions and comments survive what the Model does not know.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bpmn/model.h"

namespace bpmn {

enum class ReadFailure : std::uint8_t {
  not_xml,   // not well-formed, or not text
  not_bpmn,  // the root is not definitions of BPMN 2.0
  too_large,
};

struct ReadError {
  int line = 0;  // 1-based
  std::string message;
  ReadFailure failure = ReadFailure::not_xml;
  friend bool operator==(const ReadError&, const ReadError&) = default;
};

struct ReadLimits {
  std::size_t bytes = std::size_t{8} << 20U;
  std::size_t flow_elements = 20'000;
};

// An error only for what is not well-formed XML, is too large, or whose root is not BPMN
// definitions; an inconsistent model is a Model with findings.  Besides `limits`: 1,000 levels of
// XML, 64 levels of sub-processes or lanes, 2,000,000 parts.
[[nodiscard]] base::Result<Model, ReadError> read_model(std::string_view xml,
                                                        const ReadLimits& limits = {});

// BPMN 2.0 XML in UTF-8.  Of a Model that was read: its source, byte for byte but for what was
// changed in the Model.  Of one made by hand: what it says, without a diagram.  Either way,
// read_model(write_model(m)) equals m but for lines and findings.
//
// A flow node whose id changed counts as another one.  With a node or flow that is gone, its
// shapes, associations and message flows go as well.
[[nodiscard]] std::string write_model(const Model& model);

}  // namespace bpmn
