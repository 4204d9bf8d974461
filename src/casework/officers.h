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
};
using OfficerAccountPtr = std::shared_ptr<const OfficerAccount>;

// {"id","name","agency","title","roles","email","phone","identity_number","active_from","active_to"};
// the identity number as it is: whoever shows this to somebody masks it.
[[nodiscard]] base::json::object officer_json(const party::Officer& officer);
// Fault `invalid` when a member is missing or makes no sense.
[[nodiscard]] base::Outcome<party::Officer> read_officer(const base::json::value& json);

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
  [[nodiscard]] std::vector<OfficerAccountPtr> all() const;
  // After the account row was written.
  void remember(const AccountRow& row, party::Officer officer);

  // Before anybody is asked for; `look` is called from any thread.
  void look_through(Look look) { looks_.push_back(std::move(look)); }
  // The officer as he stands now: his account if there is one, else what is given.  An account that
  // was closed meanwhile is of nobody in service.
  [[nodiscard]] party::Officer as_now(const party::Officer& officer) const;

 private:
  [[nodiscard]] OfficerAccountPtr seen(const OfficerAccountPtr& account) const;

  std::vector<Look> looks_;
  mutable std::mutex mutex_;
  std::map<std::string, OfficerAccountPtr> by_id_;
  std::map<std::string, OfficerAccountPtr> by_username_;
};

}  // namespace casework
