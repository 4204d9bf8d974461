#pragma once
// organisation_history.h - the organisation of every day: what was founded, and what changed since.
//
// Pure and immutable.  A code names one agency for ever.  What is past is never rewritten: a
// mistake in a change that has taken effect is mended by another change.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "party/organisation.h"
#include "party/organisation_change.h"
#include "party/organisation_problem.h"

namespace party {

// An agency as it was, is or will be from one day to another.
struct AgencyState {
  Agency agency;
  std::optional<calendar::Date> from{};  // absent: from the beginning
  std::optional<calendar::Date> to{};    // last day; absent: still
};

// The days between two changes: the organisation is the same on all of them.
struct DaySpan {
  std::optional<calendar::Date> from{};  // absent: from the beginning
  std::optional<calendar::Date> to{};    // last day; absent: no change is known
};

class OrganisationHistory {
 public:
  OrganisationHistory() = default;
  // The changes in any order; those of one day count in the order given.  Everything that is wrong
  // is told at once; a change that cannot be made is left out while the others are looked at.
  [[nodiscard]] static base::Result<OrganisationHistory, OrganisationProblems> build(
      const Organisation& founding, std::vector<OrganisationChange> changes);

  [[nodiscard]] Organisation at(calendar::Date on) const;
  [[nodiscard]] DaySpan span_of(calendar::Date on) const;
  // Days on which something changes, in order.
  [[nodiscard]] const std::vector<calendar::Date>& days() const { return days_; }

  // In order of their days.
  [[nodiscard]] const std::vector<OrganisationChange>& changes() const { return changes_; }
  // Of one agency: those that name it, in order.
  [[nodiscard]] std::vector<const OrganisationChange*> changes_of(std::string_view code) const;
  // Oldest first; empty: no agency ever had the code.
  [[nodiscard]] std::vector<AgencyState> states(std::string_view code) const;
  // As it is on that day; nothing: it does not exist then.
  [[nodiscard]] const Agency* find(std::string_view code, calendar::Date on) const;

  // Who has that agency's running work on that day; itself while it exists.  Several where a split
  // told procedures apart, the default heir first.
  [[nodiscard]] std::vector<AgencyId> successors(const AgencyId& id, calendar::Date on) const;
  // Whose work, or a part of it, has come to that agency by that day; in order of code.
  [[nodiscard]] std::vector<AgencyId> predecessors(const AgencyId& id, calendar::Date on) const;

 private:
  friend class HistoryBuilder;
  struct Life {
    std::vector<AgencyState> states;
  };
  [[nodiscard]] const AgencyState* state_on(const Life& life, calendar::Date on) const;
  [[nodiscard]] std::vector<PassedWork> passed_by(calendar::Date on) const;

  std::vector<Life> lives_;  // in the order of the founding, then of the changes
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<OrganisationChange> changes_;
  std::vector<calendar::Date> days_;
};

}  // namespace party
