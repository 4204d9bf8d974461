#pragma once
// persons.h - the register of citizens and organisations: one person, several numbers with their
// history, and who acts for whom.
//
// Thread-safe.  Only officers who receive or correct dossiers look somebody up, by an exact number
// and never by a name; every look and every change is a record of the journal.  A number belongs to
// one person: of two writers who claim it one is told to look again, and does.
#include <optional>
#include <string>
#include <vector>

#include "casework/failure.h"
#include "casework/workplace.h"
#include "party/person.h"
#include "party/representation.h"

namespace casework {

// Nobody: none of the numbers is known.  Follows mergers.
[[nodiscard]] Answer<std::optional<party::Person>> find_person(
    Workplace& workplace, const std::vector<party::Identifier>& identifiers);
// Learns from the sighting, or begins a person.  Where its numbers belong to several persons, it is
// told (`persons-to-merge`): an officer merges them.
[[nodiscard]] Answer<party::Person> sight(Workplace& workplace, const party::Sighting& sighting);

// What the edge asks on behalf of officers; each asks the gate.
//
// Without a reason, the numbers that were not asked with, telephone, e-mail and address are covered
// (`masked`); for a reason all is shown, and the reason is a record of the journal.
[[nodiscard]] Answer<base::json::object> look_up_person(Workplace& workplace,
                                                        const party::Officer& by,
                                                        const std::string& number,
                                                        const std::string& reason = {});
[[nodiscard]] Answer<base::json::object> merge_persons(Workplace& workplace,
                                                       const party::Officer& by,
                                                       const std::string& kept,
                                                       const std::string& merged,
                                                       const std::string& reason);

// Somebody at the counter, as the officer sees his papers.
struct PersonSeen {
  std::string name{};
  std::string number{};  // as typed
  std::string born{};    // as typed, or empty
  bool organisation = false;
};
struct RepresentationForm {
  party::RepresentationKind kind = party::RepresentationKind::authorised;
  PersonSeen represented;
  PersonSeen representative;
  party::ProcedureScope procedures{};
  std::optional<calendar::Date> from{};
  std::optional<calendar::Date> until{};
  party::LegalAct evidence{};
  std::string file{};  // id of an uploaded copy, or empty
};
// The officer has seen the evidence.  All problems at once.
[[nodiscard]] Answer<party::Representation> record_representation(Workplace& workplace,
                                                                  const party::Officer& by,
                                                                  const RepresentationForm& form,
                                                                  const RequestKey& request);
// From today on it counts no more; what was done under it stands.
[[nodiscard]] Answer<party::Representation> revoke_representation(Workplace& workplace,
                                                                  const party::Officer& by,
                                                                  const std::string& id,
                                                                  const std::string& reason);
// Of which the person is either side; in order of id.
[[nodiscard]] Answer<std::vector<party::Representation>> representations_of(
    Workplace& workplace, const std::string& person);

// Whether one may act for the other in that procedure today, by what is recorded.
[[nodiscard]] Answer<party::RepresentationReason> represents(Workplace& workplace,
                                                             const party::Identifier& one,
                                                             const party::Identifier& other,
                                                             const procedure::Procedure& procedure,
                                                             std::string* by_which);

}  // namespace casework
