#include "casework/organisation_day.h"

#include <algorithm>

#include "party/standing.h"

namespace casework {

namespace {

using calendar::Date;

// By which act the work of each agency passed that had passed by that day.
std::map<std::string, party::LegalAct> passing_acts_by(const party::OrganisationHistory& history,
                                                       Date day) {
  std::map<std::string, party::LegalAct> acts;
  for (const party::OrganisationChange& change : history.changes()) {
    if (change.on > day) break;
    for (const party::Passing& one : change.passes) acts[one.from.text()] = change.act;
  }
  return acts;
}

// Signing for an agency ends with the agency: who shall sign for the successor is appointed there.
void end_signing(party::Officer& officer) {
  std::erase(officer.roles, party::Role::leader);
}

Instant begin_of(Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// A second post: his roles there, as long as he has it.
void add_second_post(party::Officer& officer, const party::Post& post) {
  const party::Appointment& one = *post.appointment;
  for (const party::Role role : post.position->roles) {
    officer.mandates.push_back(
        {.id = std::string{party::kSecondPost} + one.agency.text() + "/" + one.position + "/" +
               calendar::to_iso(one.from),
         .kind = party::MandateKind::grant,
         .role = role,
         .agency = one.agency,
         .from = begin_of(one.from),
         .until = post.until ? begin_of(*post.until + std::chrono::days{1}) : Instant::max(),
         .act = one.act});
  }
}

// What an account says he may do he may where it was given, and at the heir; with a post elsewhere
// he has the roles of its position, and none where the position has none.
void take_roles(party::Officer& officer, const party::Post& post, const party::AgencyId& given_at,
                const party::Organisation& organisation) {
  const party::AgencyId& agency = post.appointment->agency;
  if (!post.position->roles.empty()) {
    officer.roles = post.position->roles;
    return;
  }
  if (agency == given_at) return;
  const party::Agency* heir =
      organisation.is_former(given_at.text()) ? organisation.heir(given_at.text()) : nullptr;
  if (heir == nullptr || heir->id != agency) {
    officer.roles.clear();
  } else {
    end_signing(officer);
  }
}

void appoint(party::Officer& officer, const party::StaffRoster& roster,
             const party::Organisation& organisation, Date day) {
  std::optional<party::Post> main;
  for (const party::Post& post : roster.posts_of(officer.identity_number)) {
    const bool begun = post.appointment->from <= day;
    if (begun && !post.appointment->concurrent) main = post;  // the newest that has begun
  }
  if (!main) return;
  const bool over = main->until && *main->until < day;
  const std::optional<Date>& to = main->appointment->to;
  if (over && to && *to < day) {
    // He left; he did not lose his agency.
    officer.active_to = officer.active_to ? std::min(*officer.active_to, *to) : *to;
  }
  take_roles(officer, *main, officer.agency, organisation);
  officer.agency = main->appointment->agency;
  officer.position = main->position->title;
}

// What he holds at an agency that is no more he holds at its heir as well: of what runs there under
// the old name, and of what comes.
void follow_mandates(party::Officer& officer, const party::Organisation& organisation) {
  const std::size_t held = officer.mandates.size();
  for (std::size_t i = 0; i < held; ++i) {
    if (!organisation.is_former(officer.mandates[i].agency.text())) continue;
    const party::Agency* heir = organisation.heir(officer.mandates[i].agency.text());
    if (heir == nullptr) continue;
    party::Mandate there = officer.mandates[i];
    there.agency = heir->id;
    officer.mandates.push_back(std::move(there));
  }
}

bool reaches_down(party::Role role) {
  return role == party::Role::head || role == party::Role::leader ||
         role == party::Role::supervisor || role == party::Role::administrator;
}

// Who answers for an agency answers for what was below those whose work came to it; and where a
// split named the procedures, their heir has those of the work.
void add_inherited(party::Officer& officer, const party::Organisation& organisation,
                   const std::map<std::string, party::LegalAct>& acts) {
  const auto add = [&](const party::AgencyId& from, party::Role role,
                       const party::ProcedureScope& procedures) {
    const auto act = acts.find(from.text());
    officer.mandates.push_back({.id = "succession/" + from.text(),
                                .kind = party::MandateKind::grant,
                                .role = role,
                                .agency = from,
                                .procedures = procedures,
                                .act = act == acts.end() ? party::LegalAct{} : act->second});
  };
  for (const party::AgencyId& from : officer.takes_over) {
    for (const party::Role role : officer.roles) {
      if (reaches_down(role)) add(from, role, {});
    }
  }
  for (const party::PassedWork& part : organisation.shares(officer.agency)) {
    for (const party::Role role : officer.roles) add(part.from, role, part.procedures);
  }
}

}  // namespace

OrganisationDay::OrganisationDay(OrganisationPtr organisation, OrganisationStatePtr state, Date on)
    : organisation_(std::move(organisation)),
      state_(std::move(state)),
      acts_(passing_acts_by(state_->history, on)) {}

void OrganisationDay::place(party::Officer& officer, Date on) const {
  if (!officer.identity_number.empty()) appoint(officer, state_->roster, *organisation_, on);
  if (organisation_->is_former(officer.agency.text())) {
    end_signing(officer);
    if (const party::Agency* heir = organisation_->heir(officer.agency.text())) {
      officer.agency = heir->id;
    }
  }
  officer.takes_over = organisation_->takes_over(officer.agency);
}

void OrganisationDay::add_mandates(party::Officer& officer) const {
  if (!officer.identity_number.empty()) {
    for (const party::Post& post : state_->roster.posts_of(officer.identity_number)) {
      if (post.appointment->concurrent) add_second_post(officer, post);
    }
  }
  follow_mandates(officer, *organisation_);
  add_inherited(officer, *organisation_, acts_);
}

void OrganisationDay::dress(party::Officer& officer, Date on, const Entrust& entrust) const {
  place(officer, on);
  entrust(officer);
  add_mandates(officer);
}

std::vector<Date> OrganisationDay::turns_of(const std::string& identity, Date after,
                                            Date before) const {
  std::vector<Date> turns;
  if (identity.empty()) return turns;
  const auto add = [&](Date day) {
    if (after < day && day < before) turns.push_back(day);
  };
  for (const party::Post& post : state_->roster.posts_of(identity)) {
    if (post.appointment->concurrent) continue;
    add(post.appointment->from);
    if (post.appointment->to) add(*post.appointment->to + std::chrono::days{1});
  }
  std::ranges::sort(turns);
  const auto [first, last] = std::ranges::unique(turns);
  turns.erase(first, last);
  return turns;
}

}  // namespace casework
