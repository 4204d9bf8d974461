#pragma once
// filing_data.h - what the lines of data come to for the form of a procedure.  Internal to
// rehearsal.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "dossier/party_of_dossier.h"
#include "form/form.h"
#include "rehearsal/scenario.h"

namespace rehearsal {

struct FilingData {
  base::json::object answers{};
  std::optional<dossier::Person> applicant{};
  std::optional<dossier::Person> on_behalf_of{};
  std::string agency{};
  PapersGiven papers{};
  std::string return_by = "counter";
};

// The field that a line names: "child_name", "documents", or in a table "documents[0].pages".
struct NamedField {
  const form::Field* field = nullptr;   // nullptr: the form has none
  const form::Field* column = nullptr;  // of a table
  std::size_t row = 0;
};
[[nodiscard]] NamedField find_named(const form::Form& form, const std::string& name);

// As the form takes it: numbers, days and yes or no by the type of the field, anything else as it
// is written.  Null for `nothing`.
[[nodiscard]] base::json::value answer_of(const form::Field& field, const Written& value);

// In the order of the lines; settings of kind `like` have been replaced before.
void add_to(FilingData& data, const std::vector<Setting>& settings, const form::Form& form);

}  // namespace rehearsal
