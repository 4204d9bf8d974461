#pragma once
// journal_answers.h - proofs of a dossier's events, for whoever may see the dossier.
#include "casework/execute.h"
#include "http/routes/api.h"

namespace http::routes {

// The query's `sequence`: of the event within its dossier; the filing, where it is absent.
[[nodiscard]] Answer<std::int64_t> sequence_of(const Request& request);

// The proof file; what the event says is in it where `opened`.  Failure "proof-pending" until a
// signed head covers it.
[[nodiscard]] Answer<Response> proof_response(Api& api, const casework::OpenDossier& open,
                                              std::int64_t sequence, bool opened);

}  // namespace http::routes
