#pragma once
// account_records.h - what account_security.h says of an account, in the store.
//
// Entries are found by the words "disabled" (for being unused), "second-factor" and "in-doubt" (a
// passkey whose counter went back), for lists of accounts.
//
// Changes are read, made and written with a version check; who comes second reads again and decides
// again, so that nothing counts twice.  Thread-safe.
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "casework/store.h"
#include "identity/account_security.h"

namespace identity {

class AccountRecords {
 public:
  explicit AccountRecords(casework::Store& store) : store_(store) {}

  // Of an account nobody has seen before: an empty one, version 0, known since now.
  [[nodiscard]] base::Outcome<AccountSecurity> load(const std::string& username, Moment now);
  // `change` may run several times, each time on what is there.  The changed value.
  [[nodiscard]] base::Outcome<AccountSecurity> update(
      const std::string& username, Moment now, const std::function<void(AccountSecurity&)>& change);
  // What a list of accounts says of each, by user name; of the others there is nothing to say.
  struct Mark {
    std::optional<Moment> disabled_at{};
    bool has_second_factor = false;
    bool has_doubted_passkey = false;
  };
  [[nodiscard]] base::Outcome<std::map<std::string, Mark>> marks();

 private:
  casework::Store& store_;
};

}  // namespace identity
