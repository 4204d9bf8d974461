#pragma once
// officers.h - the officers of this installation, kept in memory and in the store.
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

// {"id","name","agency","title","roles","email","phone","active_from","active_to"}
[[nodiscard]] base::json::object officer_json(const party::Officer& officer);
// Fault `invalid` when a member is missing or makes no sense.
[[nodiscard]] base::Outcome<party::Officer> read_officer(const base::json::value& json);

// Thread-safe.  Changes go to the store first.
class Officers {
 public:
  [[nodiscard]] static base::Outcome<std::unique_ptr<Officers>> load(Store& store);

  [[nodiscard]] OfficerAccountPtr find(const std::string& officer_id) const;
  [[nodiscard]] OfficerAccountPtr find_username(const std::string& username) const;
  [[nodiscard]] std::vector<OfficerAccountPtr> all() const;
  // After the account row was written.
  void remember(const AccountRow& row, party::Officer officer);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, OfficerAccountPtr> by_id_;
  std::map<std::string, OfficerAccountPtr> by_username_;
};

}  // namespace casework
