#pragma once
// revision_pin.h - what a dossier pins: the revision whose law it was filed under, and the one
// whose process it goes by.
//
//   pin := digest | digest "+" digest
//
// The first digest is that of the law (questions, cases, limits, papers, fees, results), the second
// that of the process where a migration has given it another one.
//
// Our reading: a new revision changes how the office works; what the applicant was told at the
// filing stands.
#include <string>
#include <string_view>

#include "procedure/procedure.h"

namespace procedure {

struct RevisionPin {
  std::string law;
  std::string process;

  [[nodiscard]] static RevisionPin of(std::string_view text);
  [[nodiscard]] bool is_mixed() const { return law != process; }
  [[nodiscard]] std::string text() const { return is_mixed() ? law + "+" + process : law; }

  friend bool operator==(const RevisionPin&, const RevisionPin&) = default;
};

// The law of one with the process and the steps of the other; its digest is the pin of both.
[[nodiscard]] Procedure with_process_of(const Procedure& law, const Procedure& process);

}  // namespace procedure
