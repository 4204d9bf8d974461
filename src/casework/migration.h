#pragma once
// migration.h - running dossiers go on with the process of another revision: looked at first, done
// by an explicit order, taken back as a whole.
//
// Only the way through the office changes.  What the applicant was told at the filing - questions,
// case, limits, papers, fees - stays (procedure/revision_pin.h).  Each dossier is moved by a
// command of its own with an idempotency key made of the migration's id, so that a migration that
// was broken off goes on when it is ordered again, and nothing is done twice.  Closed dossiers are
// never touched.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "casework/execute.h"
#include "casework/failure.h"
#include "casework/workplace.h"
#include "procedure/difference.h"

namespace casework {

struct MigrationPlan {
  std::string procedure;                       // code
  std::string from;                            // digest whose process they go by
  std::string to;                              // digest
  std::map<std::string, std::string> mapping;  // renamed steps: old id -> new id
};

enum class MigrationEffect {
  unchanged,    // the two processes say the same: nothing to move
  moves,        // goes on with the new process
  needs_human,  // cannot be carried over; stays as it is
};
[[nodiscard]] std::string_view to_text(MigrationEffect effect);

struct MigratedDossier {
  std::string id;
  std::string code;
  std::string agency;
  std::string step;  // where it stands
  MigrationEffect effect = MigrationEffect::moves;
  std::string to;              // the pin it would have
  std::vector<Bilingual> why;  // of needs_human
};

struct MigrationPreview {
  std::int64_t unchanged = 0;
  std::int64_t moves = 0;
  std::int64_t needs_human = 0;
  std::vector<MigratedDossier> dossiers;           // in the order of filing, newest first
  std::vector<procedure::Difference> differences;  // what changes for those that move
};

// Writes nothing.
[[nodiscard]] Answer<MigrationPreview> preview_migration(Workplace& workplace,
                                                         const MigrationPlan& plan);

struct MigrationOrder {
  MigrationPlan plan;
  std::string id;  // a new one for each migration; the same again to go on with it
  std::string reason;
  std::string act;
};
struct MigrationDone {
  std::string id;
  std::int64_t moved = 0;
  std::int64_t unchanged = 0;
  std::vector<MigratedDossier> left;  // with why
};
// Failure `forbidden` unless the officer manages procedures; dossiers of agencies that he has no
// power over are left.  The order is recorded before the first dossier moves.
[[nodiscard]] Answer<MigrationDone> apply_migration(Workplace& workplace,
                                                    const party::Officer& officer,
                                                    const MigrationOrder& order);

// Moves back every dossier that the migration moved and that can still be carried back.
[[nodiscard]] Answer<MigrationDone> revert_migration(Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const std::string& id,
                                                     const std::string& reason,
                                                     const std::string& act);

[[nodiscard]] base::json::object to_json(const MigrationPreview& preview);
[[nodiscard]] base::json::object to_json(const MigrationDone& done);

}  // namespace casework
