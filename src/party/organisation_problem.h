#pragma once
// organisation_problem.h - what is wrong with what is said of agencies, posts and people; all of it
// at once, each with the item that says it.
#include <string>
#include <string_view>
#include <vector>

#include "calendar/language.h"

namespace party {

enum class OrganisationTrouble {
  id_used_again,     // two items have one id
  act_missing,       // number, issuer or day of the decision is not said
  name_missing,      // an agency, position or person needs a name in Vietnamese
  shape,             // what that kind of change needs is missing, or it has what it may not have
  nothing_changes,   // it is so already
  agency_unknown,    // no agency ever had that code by that day
  agency_not_there,  // it did not exist yet, or no more, that day
  code_used_again,   // a code names one agency for ever
  parent_not_there,  // the agency above does not exist that day
  below_itself,      // the tree would close to a ring, or be too deep
  left_behind,       // the agency above ends, and nothing is said of this one
  unit_code_taken,   // another committee has that commune that day
  heir_missing,      // nobody goes on with the work of an agency that ends
  heir_not_there,    // who shall go on with the work does not exist that day
  heir_is_itself,    // work passes to somebody else
  heirs_overlap,     // two heirs of the same work
  too_many,          // more than the limits
  person_unknown,    // the identity number is not in the list of officers
  position_unknown,  // no position has that code
  bad_value,         // a value is not of its form
  period_reversed,   // it ends before it begins
  two_main_posts,    // one main post at a time; the others are concurrent
  post_twice,        // the same post, twice at a time
  post_full,         // more holders than the position has
  account_shared,    // an account belongs to one person
};
[[nodiscard]] std::string_view name(OrganisationTrouble trouble);

struct OrganisationProblem {
  OrganisationTrouble trouble = OrganisationTrouble::shape;
  std::string item;     // id of the change, code of the position, identity number …
  std::string subject;  // agency code, or what else it is about
  calendar::Bilingual message{};

  friend bool operator==(const OrganisationProblem&, const OrganisationProblem&) = default;
};
using OrganisationProblems = std::vector<OrganisationProblem>;

// With the words for it; `subject` stands in them.
[[nodiscard]] OrganisationProblem problem_of(OrganisationTrouble trouble, std::string item,
                                             std::string subject);

}  // namespace party
