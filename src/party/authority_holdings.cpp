// authority_holdings.cpp - what an officer or agency could pass on, and until when.
#include "party/authority_check.h"
#include "party/authority_words.h"
#include "party/standing.h"

namespace party {

namespace {

bool is_held_by(const AuthorityEntry& entry, const Officer& officer) {
  if (entry.to_officer == officer.id) return !officer.id.text.empty();
  return entry.to_agency.has_value() && officer.answers_for(*entry.to_agency) &&
         entry.from_officer != officer.id;
}

}  // namespace

std::vector<Holding> holdings_of(const Officer& officer, const AuthorityRegister& in_register) {
  std::vector<Holding> all;
  const Period service = service_of(officer);
  for (const Role role : officer.roles) {
    all.push_back({.id = {},
                   .role = role,
                   .agency = officer.agency,
                   .procedures = {},
                   .period = service,
                   .may_pass_on = true});
  }
  for (const Mandate& post : officer.mandates) {
    if (!is_second_post(post)) continue;
    const Period period = service.within({post.from, post.until});
    if (period.is_empty()) continue;
    all.push_back({.id = {},
                   .role = post.role,
                   .agency = post.agency,
                   .procedures = post.procedures,
                   .period = period,
                   .may_pass_on = true});
  }
  for (const AuthorityEntry& entry : in_register.entries()) {
    if (!entry.agency.has_value() || !is_held_by(entry, officer)) continue;
    const Period period = service.within(in_register.effective(entry));
    if (period.is_empty()) continue;
    for (const Role role : entry.all_roles()) {
      if (entry.to_agency.has_value() && !officer.has_role(role)) continue;
      // What is granted is his own; where he only stands in for somebody it stays the other's.
      all.push_back(
          {.id = entry.id,
           .role = role,
           .agency = *entry.agency,
           .procedures = entry.procedures,
           .period = period,
           .may_pass_on = entry.kind == AuthorityKind::grant ||
                          (entry.kind != AuthorityKind::absence && entry.may_delegate_further)});
    }
  }
  return all;
}

std::vector<Holding> holdings_of(const AgencyId& agency, const AuthorityRegister& in_register) {
  std::vector<Holding> all;
  for (const Role role : decentralised_roles()) {
    all.push_back({.id = {},
                   .role = role,
                   .agency = agency,
                   .procedures = {},
                   .period = {},
                   .may_pass_on = true});
  }
  for (const AuthorityEntry& entry : in_register.entries()) {
    if (!entry.agency.has_value() || entry.to_agency != agency) continue;
    const Period period = in_register.effective(entry);
    if (period.is_empty()) continue;
    for (const Role role : entry.all_roles()) {
      all.push_back({.id = entry.id,
                     .role = role,
                     .agency = *entry.agency,
                     .procedures = entry.procedures,
                     .period = period,
                     .may_pass_on = entry.may_delegate_further});
    }
  }
  return all;
}

}  // namespace party
