#include "identity/account_records.h"

#include <algorithm>

#include <boost/json.hpp>

namespace identity {
namespace {

// Two of one account at the same moment happen, ten do not.
constexpr int kAttempts = 10;

std::vector<std::string> words_of(const AccountSecurity& account) {
  std::vector<std::string> words;
  if (account.disabled_at.has_value()) words.emplace_back("disabled");
  if (account.has_second_factor()) words.emplace_back("second-factor");
  if (account.has_doubted_passkey()) words.emplace_back("in-doubt");
  return words;
}

}  // namespace

base::Outcome<AccountSecurity> AccountRecords::load(const std::string& username, Moment now) {
  const auto row = TRY(store_.find_entry(kAccountSecurity, username));
  if (row.has_value()) return read_account_security(row->body, row->version);
  AccountSecurity fresh;
  fresh.known_since = now;
  return fresh;
}

base::Outcome<AccountSecurity> AccountRecords::update(
    const std::string& username, Moment now, const std::function<void(AccountSecurity&)>& change) {
  for (int attempt = 1;; ++attempt) {
    AccountSecurity account = TRY(load(username, now));
    change(account);
    ++account.version;
    const auto saved = store_.save_entries({{.kind = kAccountSecurity,
                                             .key = username,
                                             .version = account.version,
                                             .at = now,
                                             .body = base::to_text(account_security_json(account)),
                                             .found_by = words_of(account)}},
                                           std::nullopt);
    if (saved) return account;
    if (saved.error().code != base::FaultCode::conflict || attempt == kAttempts) {
      return base::Failure{saved.error()};
    }
  }
}

base::Outcome<std::map<std::string, AccountRecords::Mark>> AccountRecords::marks() {
  constexpr int kMost = 20'000;
  std::map<std::string, Mark> marks;
  for (const char* word : {"disabled", "second-factor", "in-doubt"}) {
    for (const casework::EntryRow& row :
         TRY(store_.entries_found_by(kAccountSecurity, word, kMost))) {
      if (marks.contains(row.key)) continue;
      const AccountSecurity account = TRY(read_account_security(row.body, row.version));
      marks[row.key] = {.disabled_at = account.disabled_at,
                        .has_second_factor = account.has_second_factor(),
                        .has_doubted_passkey = account.has_doubted_passkey()};
    }
  }
  return marks;
}

}  // namespace identity
