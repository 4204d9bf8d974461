#pragma once
// former_posts.h - what officers were by their accounts, moment by moment.
//
// An account says what its officer is; before it is changed, what it said until then is kept as a
// version of a definition (definition::kFormerPost), which nobody edits.  So a signature is judged
// by what the signer was when he signed.
#include <optional>
#include <string>

#include "casework/officers.h"
#include "casework/store.h"

namespace casework {

// Nothing is kept where the change is not about what the officer may do.  First this, then the
// account: should the second fail, it was true all the same.  Fault conflict: somebody else has
// changed the account meanwhile.
[[nodiscard]] base::Outcome<base::Done> keep_former_post(Store& store, const AccountRow& before,
                                                         const AccountRow& after,
                                                         const AccountChange& by);

// The officer as his account said at that moment; as it says today where it has not been changed
// since.  One whose account was closed then is of nobody in service.
[[nodiscard]] base::Outcome<party::Officer> officer_at(Store& store, const OfficerAccount& today,
                                                       Instant at);

struct Workplace;
// As he stood at that moment: by his account, his appointments and the organisation as they were
// registered then, with all that he held by grants and delegations.  Nothing: nobody has that id.
[[nodiscard]] base::Outcome<std::optional<party::Officer>> officer_then(const Workplace& workplace,
                                                                        const std::string& id,
                                                                        Instant at);

}  // namespace casework
