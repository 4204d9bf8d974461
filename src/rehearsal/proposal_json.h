#pragma once
// proposal_json.h - a proposal as it is kept and as pages receive it.
#include <string_view>

#include "rehearsal/publishing.h"

namespace rehearsal {

[[nodiscard]] base::Outcome<Proposal> read_proposal(std::string_view body, std::int64_t version);

}  // namespace rehearsal
