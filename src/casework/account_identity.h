#pragma once
// account_identity.h - one person, one account: whose account an identity number is in.
//
// Memory cannot tell: two servers, or two requests while a password is being hashed, would both
// find a number free.  So whoever is about to write a number into an account first claims it by an
// entry of the store, whose key is there once.  A claim says what is about to be; what is is in the
// accounts, and accounts from before claims were kept have none.  Hence a claim whose account does
// not have the number counts for a minute, in which it is written or given up.
#include <string>

#include "casework/store.h"

namespace casework {

// Takes the number for that account, which is written next; false: it is another account's, or
// another one is just being given it.  An empty number is anybody's.
[[nodiscard]] base::Outcome<bool> claim_identity(Store& store, const std::string& identity,
                                                 const std::string& username, Instant now);

}  // namespace casework
