#include "casework/account_identity.h"

#include <boost/json.hpp>

#include "base/json.h"

namespace casework {

namespace {

constexpr const char* kClaim = "account_identity";
constexpr const char* kAccount = "account";
constexpr std::chrono::minutes kClaimLasts{1};
// Two claims of one number at the same moment happen, ten do not.
constexpr int kAttempts = 10;

base::Outcome<bool> has_number(const AccountRow& account, const std::string& identity) {
  const base::json::value officer = TRY(base::parse_json(account.officer));
  return base::string_or(officer, "identity_number") == identity;
}

base::Outcome<bool> has_number(Store& store, const std::string& username,
                               const std::string& identity) {
  const auto account = TRY(store.find_account(username));
  if (!account.has_value()) return false;
  return TRY(has_number(*account, identity));
}

// The clock of another server may be a little ahead.
bool is_fresh(const EntryRow& claim, Instant now) {
  return claim.at > now - kClaimLasts && claim.at < now + kClaimLasts;
}

}  // namespace

base::Outcome<bool> claim_identity(Store& store, const std::string& identity,
                                   const std::string& username, Instant now) {
  if (identity.empty() || TRY(has_number(store, username, identity))) return true;
  EntryRow claim{.kind = kClaim,
                 .key = identity,
                 .version = 1,
                 .at = now,
                 .body = base::to_text(base::json::object{{kAccount, username}})};
  for (int attempt = 1;; ++attempt) {
    if (const auto there = TRY(store.find_entry(kClaim, identity))) {
      const base::json::value said = TRY(base::parse_json(there->body));
      const std::string owner = base::string_or(said, kAccount);
      if (owner != username) {
        if (is_fresh(*there, now) || TRY(has_number(store, owner, identity))) return false;
      }
      claim.version = there->version + 1;
    }
    const auto saved = store.save_entries({claim}, std::nullopt);
    if (saved) break;
    if (saved.error().code != base::FaultCode::conflict || attempt == kAttempts) {
      return base::Failure{saved.error()};
    }
  }
  // Nobody else can be given it from here on; those who had it before claims were kept still do.
  for (const AccountRow& account : TRY(store.accounts())) {
    if (account.username != username && TRY(has_number(account, identity))) return false;
  }
  return true;
}

}  // namespace casework
