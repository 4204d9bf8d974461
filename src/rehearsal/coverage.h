#pragma once
// coverage.h - the branches of a procedure, and which of them were taken.
//
// A branch is named by a key that stays the same as long as the package does: "flow/f3",
// "outcome/sign/approved", "case/late", "paper/authorisation/asked", "rule/registration_fee/2",
// "field/father_name/hidden".
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/event.h"
#include "procedure/assessment.h"
#include "procedure/package.h"
#include "procedure/procedure.h"

namespace rehearsal {

enum class BranchKind {
  flow,
  boundary,
  outcome,
  case_chosen,
  paper,
  eligibility,
  rule,
  choice,
  field
};
[[nodiscard]] std::string_view to_text(BranchKind kind);

struct Branch {
  std::string key;
  BranchKind kind = BranchKind::flow;
  std::string what;   // in words: "the flow `Trả lại` from `decision` to `examine`"
  std::string file;   // of the package
  int line = 0;       // 0: not known
  bool dead = false;  // no answers can lead there: `motcua procedure check` tells it, too
};

using Taken = std::set<std::string>;  // keys

// Every branch of the procedure, in the order of its files.  `files`, where they are at hand, tell
// the lines of what is not in the process or the rules.
[[nodiscard]] std::vector<Branch> branches_of(const procedure::Procedure& procedure,
                                              const procedure::PackageFiles& files = {});

// What one look at normalised answers takes of form, cases, papers and rules.
void note_situation(const procedure::Procedure& procedure, const procedure::Situation& situation,
                    Taken& taken);

// What an event of a dossier takes of the process.
void note_event(const dossier::Event& event, Taken& taken);

struct Coverage {
  std::vector<Branch> all;
  std::vector<Branch> missing;

  [[nodiscard]] std::size_t covered() const { return all.size() - missing.size(); }
  // Rounded down, so that 100 means all; a procedure without branches has 100.
  [[nodiscard]] int percent() const;
};
[[nodiscard]] Coverage coverage_of(const procedure::Procedure& procedure, const Taken& taken,
                                   const procedure::PackageFiles& files = {});

}  // namespace rehearsal
