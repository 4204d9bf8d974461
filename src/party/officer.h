#pragma once
// officer.h - a person who works on dossiers, in which roles, and what else he holds.
#include <optional>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"
#include "party/mandate.h"
#include "party/role.h"

namespace party {

struct Officer {
  OfficerId id;
  std::string name{};
  AgencyId agency;
  calendar::Bilingual position{};  // "Chủ tịch Ủy ban nhân dân xã"
  std::vector<Role> roles{};
  std::optional<calendar::Date> active_from{};
  std::optional<calendar::Date> active_to{};  // last day
  std::string email{};
  std::string phone{};
  std::string identity_number{};  // 12 digits, or empty; never shown but masked

  // Computed, not typed in: what he holds beyond his post, past and to come included ...
  std::vector<Mandate> mandates{};
  // ... agencies whose work has passed to his agency, by a merger or a split ...
  std::vector<AgencyId> takes_over{};
  // ... and when he is away: nobody counts on him then.  His own authority stays.
  struct Absence {
    calendar::Instant from = calendar::Instant::max();
    calendar::Instant until = calendar::Instant::max();  // exclusive
  };
  std::vector<Absence> absences{};

  [[nodiscard]] bool has_role(Role role) const;
  [[nodiscard]] bool is_active_on(calendar::Date on) const;
  [[nodiscard]] bool is_absent_at(calendar::Instant at) const;
  // His own agency, or one whose work has passed to it.
  [[nodiscard]] bool answers_for(const AgencyId& agency) const;
};

}  // namespace party
