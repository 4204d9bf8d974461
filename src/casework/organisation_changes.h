#pragma once
// organisation_changes.h - registering changes of the organisation: typed or imported, always after
// a preview, by an administrator of the whole installation.
#include <string>

#include "casework/organisation_tables.h"
#include "casework/workplace.h"
#include "party/merger_plan.h"

namespace casework {

// May register: administers the agency at the top.
[[nodiscard]] Answer<base::Done> may_manage_organisation(const Workplace& workplace,
                                                         const party::Officer& officer);

struct RegisterOrder {
  std::string digest{};  // of the preview that was looked at
  std::string reason{};
};
struct Registered {
  std::int64_t version = 0;
  bool anew = false;  // false: nothing was left to do, or the same order had been done before
};

// Applies what the preview shows.  Failures: `preview-outdated` (412: things have changed since, or
// the order is about something else), `lines-refused` (422).  The same order again answers the same
// and does nothing.
[[nodiscard]] Answer<Registered> register_batch(Workplace& workplace, const party::Officer& by,
                                                const ImportPreview& preview,
                                                const RegisterOrder& order);

// Tells every registered person's account whose it is, and makes those that are missing (without a
// password: the administrator hands a first one out).  How many were written.  Not beside a server,
// which does so by itself.
[[nodiscard]] Answer<int> keep_accounts(Workplace& workplace, const dossier::Actor& by = {});

// For programs that work on the data folder; without the question who may, and without accounts.
[[nodiscard]] Answer<Registered> register_batch(Workplace& workplace, const dossier::Actor& by,
                                                const ImportPreview& preview,
                                                const RegisterOrder& order);

// The merger of communes as a batch, by the organisation of the day before it.
[[nodiscard]] party::OrganisationBatch merger_batch(const OrganisationRegister& organisations,
                                                    party::Merger merger);

}  // namespace casework
