#pragma once
// account_changes.h - what a new version of an account changes about what its officer may do, and
// about who gets in by it.
#include <string>
#include <vector>

#include "party/officer.h"

namespace identity {

struct AccountChanges {
  bool roles = false;
  bool agency = false;
  bool service = false;   // its first or last day
  bool identity = false;  // the number by which identity providers know the person
  bool opened = false;
  bool closed = false;  // nobody gains by it

  [[nodiscard]] bool any() const { return roles || agency || service || identity || opened; }
  // As the journal has them: "roles-changed", "account-closed" …
  [[nodiscard]] std::vector<const char*> names() const;
};
[[nodiscard]] AccountChanges changes_of(const party::Officer& before, bool was_active,
                                        const party::Officer& after, bool is_active);

// Changes whenever the account does, but for its password and identity number: a form that was
// filled in from another version is refused.
[[nodiscard]] std::string version_of(const party::Officer& officer, bool active);

// `form`, which was filled in from `seen` (the officer as he stands now, by his appointments too):
// what was left as seen stays as it is `stored`, so that an appointment's roles do not become the
// account's own.
[[nodiscard]] party::Officer with_what_stays(party::Officer form, const party::Officer& seen,
                                             const party::Officer& stored);

}  // namespace identity
