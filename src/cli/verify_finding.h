#pragma once
// verify_finding.h - what is not in order in a backup or a data folder, in words.
#include <string>
#include <vector>

#include "calendar/language.h"
#include "storage/sqlite/store_image.h"

namespace cli {

enum class Disorder {
  manifest_unreadable,   // not there, or no manifest
  manifest_changed,      // not what SHA256SUMS says
  manifest_disagrees,    // counts, last event or tree head are not those of the image
  part_missing,          // a file of the generation is gone
  part_changed,          // a file of the generation has another length or hash
  store_unreadable,      // no store, or one of a newer program
  store_damaged,         // SQLite finds it damaged
  events_disagree,       // a dossier's version is not the number of its events
  rows_without_dossier,  // of events, tasks or agencies
  clock_disagrees,       // what runs is not at its dossier's version
  not_searchable,        // a dossier that no search finds
  codes_with_gap,        // codes of an agency and day have a gap or a double
  numbers_with_gap,      // more or fewer numbers stand in events than were allotted
  paper_unaddressed,     // a paper is named by something that is no address
  paper_missing,         // named and not there
  paper_changed,         // there, but not what was stored
  key_missing,           // secret.key or the journal's keys
  journal_damaged,       // records and tree disagree
};

struct Finding {
  Disorder disorder{};
  std::string subject;  // which: name of a file, id of a dossier, series, address

  friend bool operator==(const Finding&, const Finding&) = default;
};

// For programs: "part-changed".
[[nodiscard]] std::string code_of(Disorder disorder);
[[nodiscard]] calendar::Bilingual explain(const Finding& finding);
[[nodiscard]] Finding finding_of(const storage::sqlite::StoreFinding& found);

}  // namespace cli
