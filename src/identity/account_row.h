#pragma once
// account_row.h - what the store keeps of what an administrator says.  Internal to identity.
#include <string>

#include "identity/accounts.h"

namespace identity {

[[nodiscard]] std::string account_key(const std::string& username);
[[nodiscard]] casework::AccountRow row_of(const OfficerForm& form, const std::string& hash,
                                          bool must_change);

}  // namespace identity
