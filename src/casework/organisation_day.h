#pragma once
// organisation_day.h - what the organisation and the posts of a day make of an officer.
//
// Immutable; any number of threads may ask.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "casework/organisation_state.h"
#include "party/officer.h"
#include "party/organisation.h"

namespace casework {

// Gives an officer what was given to him.
using Entrust = std::function<void(party::Officer&)>;

class OrganisationDay {
 public:
  // `organisation`: that of `on` by the state's history.
  OrganisationDay(OrganisationPtr organisation, OrganisationStatePtr state, calendar::Date on);

  [[nodiscard]] const OrganisationPtr& organisation() const { return organisation_; }

  // His post by his appointment, where his agency ended the heir, and the agencies whose work came
  // to it.  `on`: this day, or another one up to which the organisation does not change.
  void place(party::Officer& officer, calendar::Date on) const;
  // Then, with what he was given at his post: his second posts, and what follows all of it to the
  // successors of agencies that are no more.
  void add_mandates(party::Officer& officer) const;
  // Both; `entrust` comes between them.
  void dress(party::Officer& officer, calendar::Date on, const Entrust& entrust) const;

  // The days between the two on which the main post of whoever has that identity number begins or
  // has ended; each once, in order.
  [[nodiscard]] std::vector<calendar::Date> turns_of(const std::string& identity,
                                                     calendar::Date after,
                                                     calendar::Date before) const;

 private:
  OrganisationPtr organisation_;
  OrganisationStatePtr state_;
  std::map<std::string, party::LegalAct> acts_;  // by the agency whose work passed
};

}  // namespace casework
