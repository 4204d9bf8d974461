#pragma once
// sign_in_failures.h - what people are told when signing in does not go on.  Internal to identity.
#include <chrono>
#include <string>

#include "casework/failure.h"
#include "identity/password.h"
#include "identity/second_factor.h"

namespace identity {

// The same for a wrong password, a name that does not exist and an account that is closed.
[[nodiscard]] base::Failure<casework::Failure> wrong_credentials();
[[nodiscard]] base::Failure<casework::Failure> throttled(std::chrono::seconds wait);
[[nodiscard]] base::Failure<casework::Failure> wrong_password();
[[nodiscard]] base::Failure<casework::Failure> factor_failure(FactorRefusal refusal);
[[nodiscard]] base::Failure<casework::Failure> password_failure(PasswordRefusal refusal,
                                                                const PasswordRules& rules);
[[nodiscard]] base::Failure<casework::Failure> password_used_before(int history);
[[nodiscard]] base::Failure<casework::Failure> needed_at_the_office();
[[nodiscard]] base::Failure<casework::Failure> confirmation_required();
[[nodiscard]] base::Failure<casework::Failure> officer_not_found();
[[nodiscard]] base::Failure<casework::Failure> own_authority();

}  // namespace identity
