#pragma once
// catalogue_drafting.h - what drafting, replacing and comparing read: the shipped policy, and what
// the store holds about papers that data replace.
#include <functional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "catalogue/draft.h"
#include "catalogue/replacement.h"
#include "cli/data_folder.h"
#include "form/dictionary.h"
#include "party/organisation.h"

namespace cli {

// Everything that drafting reads.  Does not move once it is made: sources() points into it.
struct DraftingMaterial {
  form::Dictionary dictionary;
  party::Organisation organisation;
  catalogue::DraftPolicy policy;
  catalogue::ReplacementBook replacements;

  [[nodiscard]] catalogue::DraftSources sources() const {
    return {policy, organisation, dictionary, &replacements};
  }
};
[[nodiscard]] base::Outcome<DraftingMaterial> read_drafting_material(const Shipped& shipped,
                                                                     casework::Store& store);

// The newest version of each definition of a kind whose key begins with `prefix`, in order.
[[nodiscard]] base::Outcome<base::Done> each_definition(
    casework::Store& store, const char* kind, const std::string& prefix, bool with_body,
    const std::function<base::Outcome<base::Done>(const casework::DefinitionRow&)>& visit);

// A row of the appendix as it is stored: the row and what was decided about it,
// `{…, "decisions": {folded name of a paper: {"accepted", "by", "note"}}}`.
[[nodiscard]] base::json::object replacement_body(const catalogue::Replacement& row,
                                                  const catalogue::ReplacementBook& book);
[[nodiscard]] base::Outcome<base::Done> take_replacement(const base::json::value& body,
                                                         catalogue::ReplacementBook& book);

// Who a command of the program acts as.
[[nodiscard]] dossier::Actor program_actor();

}  // namespace cli
