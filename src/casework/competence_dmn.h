#pragma once
// competence_dmn.h - the table of competence as a DMN model, and its decisions.
//
// The table is what people write and change; the model made from it is what decides, so that it
// can be looked at, exported and tested like every other decision: two decision tables, hit policy
// FIRST, over procedure, field, place, subject, age, residence and day.
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "casework/competence_table.h"
#include "rules/dmn_model.h"

namespace casework {

// What the decisions read.  What is not known fits no row that asks for it.
struct CompetenceFacts {
  std::string procedure{};
  std::string field{};  // in Vietnamese
  std::string place{};  // five digits, or empty
  Subject subject = Subject::any;
  std::optional<int> age{};
  Residence residence = Residence::any;
  Date on{};
};

class CompetenceModel {
 public:
  // Fault `internal` when the model made of the table cannot be read: the table was not checked.
  [[nodiscard]] static base::Outcome<CompetenceModel> build(CompetenceTable table);

  [[nodiscard]] const CompetenceTable& table() const { return table_; }
  // Null: no row; the procedure's own rule stands.
  [[nodiscard]] const CompetenceRule* rule_for(const CompetenceFacts& facts) const;
  [[nodiscard]] const ReceptionRule* reception_for(const CompetenceFacts& facts) const;

 private:
  CompetenceModel(CompetenceTable table, rules::Model model)
      : table_(std::move(table)), model_(std::move(model)) {}

  CompetenceTable table_;
  rules::Model model_;
};

// DMN 1.3 XML of the table.
[[nodiscard]] std::string dmn_of(const CompetenceTable& table);

}  // namespace casework
