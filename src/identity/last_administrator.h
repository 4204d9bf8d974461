#pragma once
// last_administrator.h - somebody always administers the whole installation.
//
// Two who close each other at the same moment, on one server or on two, would leave nobody: so
// whoever is about to cease says so first in an entry of the store, and the next one counts without
// him.  Such a word lasts a minute, in which the account is written or left as it was.
#include <string>

#include "casework/live_organisation.h"
#include "casework/officers.h"
#include "casework/store.h"

namespace identity {

class LastAdministrator {
 public:
  LastAdministrator(casework::Store& store, const casework::Officers& officers,
                    casework::LiveOrganisation organisation, calendar::Instant now)
      : store_(store), officers_(officers), organisation_(organisation), now_(now) {}

  // By his post, in service, at the top of the organisation.
  [[nodiscard]] bool administers_all(const party::Officer& officer) const;
  // That account is about to cease; false: nobody would be left.
  [[nodiscard]] base::Outcome<bool> may_leave(const std::string& username) const;

 private:
  casework::Store& store_;
  const casework::Officers& officers_;
  casework::LiveOrganisation organisation_;
  calendar::Instant now_;
};

}  // namespace identity
