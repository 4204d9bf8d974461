#include "casework/account_reach.h"

#include <algorithm>
#include <utility>

#include "party/authority.h"

namespace casework {

namespace {

using party::AgencyId;
using party::Mandate;
using party::Officer;

// Whoever else would work there in those roles.
Officer anybody_in_place_of(const Officer& officer) {
  return {.id = {}, .agency = officer.agency, .roles = officer.roles};
}

// What he holds that somebody else in his place would not.
std::vector<Mandate> own_mandates(const Officers& officers, const Officer& officer) {
  const Officer anybody = officers.as_now(anybody_in_place_of(officer));
  std::vector<Mandate> own;
  for (const Mandate& mandate : officer.mandates) {
    const auto found = std::ranges::find(anybody.mandates, mandate);
    if (found == anybody.mandates.end()) own.push_back(mandate);
  }
  return own;
}

}  // namespace

Officer as_written_now(const Officers& officers, Officer written) {
  const party::OfficerId id = std::exchange(written.id, {});
  Officer now = officers.as_now(written);
  now.id = id;
  return now;
}

std::vector<AgencyId> places_of(const Officers& officers, const OrganisationRegister* organisations,
                                const Officer& account, Instant at) {
  std::vector<AgencyId> places;
  const auto add = [&](AgencyId agency) {
    if (organisations != nullptr && organisations->today().is_former(agency.text())) {
      const party::Agency* heir = organisations->today().heir(agency.text());
      if (heir != nullptr) agency = heir->id;
    }
    if (!(std::ranges::find(places, agency) != places.end())) places.push_back(std::move(agency));
  };
  // Where his number brings him, and what the account that is there holds by its name.
  const Officer placed = as_written_now(officers, account);
  add(placed.agency);
  for (const Officer& one : {placed, officers.as_now(account)}) {
    for (const Mandate& mandate : own_mandates(officers, one)) {
      if (mandate.until > at) add(mandate.agency);
    }
  }
  if (organisations == nullptr || account.identity_number.empty()) return places;
  const OrganisationStatePtr state = organisations->state();
  const calendar::Date today = organisations->date_of_today();
  for (const party::Post& post : state->roster.posts_of(account.identity_number)) {
    if (!post.until || *post.until >= today) add(post.appointment->agency);
  }
  return places;
}

Answer<base::Done> may_manage_everywhere(const Officer& by, const Officers& officers,
                                         const OrganisationRegister* organisations,
                                         const Officer& account, Instant at) {
  for (const AgencyId& agency : places_of(officers, organisations, account, at)) {
    if (party::may(by, party::Action::manage_officers, {.agency = agency}, at)) continue;
    const std::string where = agency.text();
    return fail(FailureKind::forbidden, "holds-more-elsewhere",
                {"Người này còn giữ chức vụ hoặc quyền tại cơ quan " + where +
                     ", ngoài phạm vi quản trị của bạn. Hãy đề nghị quản trị viên của cơ quan đó.",
                 "This person also holds a post or authority at agency " + where +
                     ", which you do not administer. Ask the administrator of that agency."});
  }
  return base::Done{};
}

}  // namespace casework
