#pragma once
// demo_people.h - the officers and citizens of the demonstration data: invented, and said to be so.
#include <string>
#include <vector>

#include "base/random.h"
#include "identity/accounts.h"

namespace cli {

inline constexpr const char* kDemoPassword = "thu-nghiem-mot-cua";

// Officers of two communes, the provincial centre, a department and the provincial committee.
[[nodiscard]] std::vector<identity::OfficerForm> demo_officers();
// What `serve` prints of them.
[[nodiscard]] std::string demo_accounts_text();

struct DemoCitizen {
  std::string name;
  std::string personal_id;  // well formed, invented
  std::string phone;
  std::string email;
  std::string address;
  bool female = false;
  int birth_year = 1990;
};
[[nodiscard]] DemoCitizen demo_citizen(base::SeededRandom& random);
// A child's name with the family name of a parent.
[[nodiscard]] std::string demo_child_name(base::SeededRandom& random, const std::string& parent,
                                          bool female);

}  // namespace cli
