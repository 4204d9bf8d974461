#pragma once
// draft_fees.h - the fees of a draft: rules.dmn, and the question that its amounts depend on.
//
// One fee a channel: the decision reads the channel.  Several: whoever files, or the counter, ticks
// those that apply, for a page does not say whether they add up or exclude each other.  An amount
// that is set elsewhere stands as an example of 0 dong, said on every screen.
//
// Internal to the drafts.
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalogue/entry.h"
#include "form/bilingual.h"

namespace catalogue {

using form::Bilingual;

struct DraftFees {
  std::string rules;           // text of rules.dmn; its decision is `fees`
  Bilingual text;              // how fees work, in words
  bool unknown = false;        // an amount is set elsewhere
  bool other_money = false;    // an amount is not in dong
  std::string field;           // of form.yaml, lines without indentation; empty: nothing is asked
  base::json::object answers;  // of the example
  std::int64_t example_total = 0;  // what it costs with these, through the first channel
};

// `channels`: those of the procedure, in its order; not empty.
[[nodiscard]] DraftFees draft_fees(const Entry& entry,
                                   const std::vector<procedure::Channel>& channels);

}  // namespace catalogue
