#pragma once
// authority.h - who is competent for a procedure: a rule, and what the rule reads.
//
// Which agency that is in one dossier is found by casework/competence.h, which knows the agencies.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/bilingual.h"
#include "procedure/step.h"

namespace procedure {

using form::Bilingual;

// A further agency that has a part of the process: of the commune, or the nearest above it.
struct Partner {
  AgencyPart part = AgencyPart::consulted;
  std::string kind;  // of agency, as party::AgencyKind names it: "commune_police"
};

struct Authority {
  enum class Rule {
    commune_of_place,    // the people's committee of the commune; `place_field` names the answer
    lead_and_committee,  // `lead` prepares, `committee` decides
    agency,              // `agency` does it all: the parts competent, lead and committee are its
    decision,            // `decision` of rules.dmn says which agency or commune, from the answers
  };
  Rule rule = Rule::commune_of_place;
  Bilingual text;           // who that is, in words
  std::string place_field;  // id of a commune field of the form; empty: the receiving commune
  std::string lead;         // agency code, for lead_and_committee
  std::string committee;    // agency code, for lead_and_committee
  std::string agency;       // agency code, for agency
  std::string decision;     // name of a decision: yields "H41.004", or a commune's five digits
  std::string consulted;    // agency code that is asked for its opinion; empty: the competent one
  // Kind of the commune's agency that decides ("commune_police"); empty: its committee.
  std::string body;
  std::vector<Partner> partners;
};

[[nodiscard]] std::string_view to_text(Authority::Rule rule);
[[nodiscard]] std::optional<Authority::Rule> find_authority_rule(std::string_view text);

}  // namespace procedure
