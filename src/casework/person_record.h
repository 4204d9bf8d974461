#pragma once
// person_record.h - persons and representations as JSON: as stored, and as an officer sees them.
#include "base/fault.h"
#include "base/json.h"
#include "party/person.h"
#include "party/representation.h"

namespace casework {

[[nodiscard]] base::json::object person_record(const party::Person& person);
[[nodiscard]] base::Outcome<party::Person> read_person_record(const base::json::value& json);

[[nodiscard]] base::json::object representation_record(const party::Representation& one);
[[nodiscard]] base::Outcome<party::Representation> read_representation_record(
    const base::json::value& json);

// {"all", "fields", "codes"}
[[nodiscard]] base::json::object scope_record(const party::ProcedureScope& scope);

}  // namespace casework
