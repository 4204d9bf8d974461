#pragma once
// officers.h - the officers of this installation, kept in memory and in the store.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/store.h"
#include "party/officer.h"

namespace casework {

struct OfficerAccount {
  party::Officer officer;
  std::string username;
  bool active = true;
  // It is not active only because nobody had used it for long: who it is of keeps his post.
  bool only_unused = false;
};
using OfficerAccountPtr = std::shared_ptr<const OfficerAccount>;

// {"id","name","agency","title","roles","email","phone","identity_number","active_from","active_to"};
// the identity number as it is: whoever shows this to somebody masks it.
[[nodiscard]] base::json::object officer_json(const party::Officer& officer);
// What an account row holds of its officer.
[[nodiscard]] std::string account_text(const party::Officer& officer, bool only_unused = false);
// Fault `invalid` when a member is missing or makes no sense.
[[nodiscard]] base::Outcome<party::Officer> read_officer(const base::json::value& json);

// Who changes an account, and when.
struct AccountChange {
  Instant at{};
  dossier::Actor by{};
};

// Thread-safe.  Changes go to the store first.
//
// Whoever is asked for is seen as he stands now: what an account says is looked through the hooks
// (mandates and absences, what has passed to his agency), in the order in which they were added,
// on every reading, so that a revocation counts for the next question.
class Officers {
 public:
  using Look = std::function<void(party::Officer&)>;

  [[nodiscard]] static base::Outcome<std::unique_ptr<Officers>> load(Store& store);

  [[nodiscard]] OfficerAccountPtr find(const std::string& officer_id) const;
  [[nodiscard]] OfficerAccountPtr find_username(const std::string& username) const;
  // By his account alone, not looked through the hooks.
  [[nodiscard]] OfficerAccountPtr find_as_written(const std::string& officer_id) const;
  [[nodiscard]] std::vector<OfficerAccountPtr> all() const;
  [[nodiscard]] std::vector<OfficerAccountPtr> all_as_written() const;
  // After the account row was written.
  void remember(const AccountRow& row, party::Officer officer);

  // Every change of an account that is there.  `change` is given the row as it is in the store, and
  // what it makes of it is written unless somebody else, of this program or another, wrote
  // meanwhile: then it is asked again.  False: nothing is written.  What the officer was until then
  // is kept (former_posts.h).  The row afterwards; fault not_found: there is no such account.
  using RowChange = std::function<base::Outcome<bool>(AccountRow&)>;
  [[nodiscard]] base::Outcome<AccountRow> change(Store& store, const std::string& username,
                                                 const AccountChange& by, const RowChange& change);

  // Before anybody is asked for; `look` is called from any thread.
  void look_through(Look look) { looks_.push_back(std::move(look)); }
  // The officer as he stands now: his account if there is one, else what is given.  An account that
  // was closed meanwhile is of nobody in service.
  [[nodiscard]] party::Officer as_now(const party::Officer& officer) const;

 private:
  [[nodiscard]] OfficerAccountPtr seen(const OfficerAccountPtr& account) const;

  std::vector<Look> looks_;
  std::mutex changing_;  // so that what is remembered last is what was written last
  mutable std::mutex mutex_;
  std::map<std::string, OfficerAccountPtr> by_id_;
  std::map<std::string, OfficerAccountPtr> by_username_;
};

}  // namespace casework
