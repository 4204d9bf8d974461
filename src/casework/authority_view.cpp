#include "casework/authority_view.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/authority_gate.h"
#include "casework/definition_kinds.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using party::AuthorityEntry;

constexpr std::size_t kShownMax = 500;

bool is_about_agency(const Workplace& workplace, const AuthorityEntry& entry,
                     const party::AgencyId& agency) {
  const auto within = [&](const std::optional<party::AgencyId>& one) {
    return one.has_value() && one->is_within(agency);
  };
  const auto of_officer = [&](const party::OfficerId& id) {
    const OfficerAccountPtr account = workplace.officers.find(id.text);
    return account != nullptr && account->officer.agency.is_within(agency);
  };
  return within(entry.agency) || within(entry.from_agency) || within(entry.to_agency) ||
         of_officer(entry.from_officer) || of_officer(entry.to_officer);
}

bool is_asked_for(Workplace& workplace, const AuthorityEntry& entry,
                  const party::AuthorityRegister& entries, const AuthorityQuery& query,
                  Instant now) {
  if (!query.officer.empty() && entry.from_officer.text != query.officer &&
      entry.to_officer.text != query.officer) {
    return false;
  }
  if (!query.state.empty()) {
    const AuthorityState state = state_of(entry, entries, now);
    const bool over = state == AuthorityState::ended || state == AuthorityState::revoked;
    if (query.state == "ended" ? !over : query.state != name(state)) return false;
  }
  if (!query.procedure.empty()) {
    const ProcedurePtr procedure = workplace.publications.find(query.procedure);
    const std::string field = procedure == nullptr ? std::string{} : procedure->field.vi;
    if (!entry.procedures.covers(query.procedure, field)) return false;
  }
  if (!query.agency.empty()) {
    const auto agency = party::AgencyId::parse(query.agency);
    if (!agency.has_value() || !is_about_agency(workplace, entry, *agency)) return false;
  }
  return true;
}

int rank(AuthorityState state) {
  return state == AuthorityState::current ? 0 : state == AuthorityState::coming ? 1 : 2;
}

}  // namespace

object authorities_json(Workplace& workplace, const party::Officer& by,
                        const AuthorityQuery& query) {
  const Instant now = workplace.clock.now();
  const auto entries = workplace.authority->now();
  std::vector<const AuthorityEntry*> found;
  for (const AuthorityEntry& entry : entries->entries()) {
    if (may_see(workplace, by, entry, now) &&
        is_asked_for(workplace, entry, *entries, query, now)) {
      found.push_back(&entry);
    }
  }
  std::ranges::stable_sort(found, [&](const AuthorityEntry* a, const AuthorityEntry* b) {
    const int one = rank(state_of(*a, *entries, now));
    const int other = rank(state_of(*b, *entries, now));
    if (one != other) return one < other;
    return a->recorded_at > b->recorded_at;
  });
  const bool more = found.size() > kShownMax;
  if (more) found.resize(kShownMax);
  array items;
  for (const AuthorityEntry* one : found) {
    items.push_back(shown_authority(workplace, *one, *entries, now));
  }
  return {{"items", std::move(items)}, {"more", more}};
}

Answer<object> authority_details(Workplace& workplace, const party::Officer& by,
                                 const std::string& id) {
  const Instant now = workplace.clock.now();
  const auto entries = workplace.authority->now();
  const AuthorityEntry* entry = entries->find(id);
  if (entry == nullptr || !may_see(workplace, by, *entry, now)) {
    return fail(FailureKind::not_found, "authority-not-found",
                {"Không có bản ghi phân quyền, ủy quyền này.",
                 "There is no such grant, delegation or absence."});
  }
  object json = shown_authority(workplace, *entry, *entries, now);
  json["may_revoke"] = !entry->revocation.has_value() && entries->effective(*entry).until > now &&
                       may_revoke(workplace, by, *entry, now).has_value();
  array history;
  for (const DefinitionRow& row :
       TRY_AS_FAILURE(workplace.store.definition_history(definition::kAuthority, id))) {
    const auto then = TRY_AS_FAILURE(read_authority(row.body));
    history.push_back(
        object{{"at", calendar::to_iso(row.at)},
               {"what", row.version == 1 ? "recorded" : "revoked"},
               {"by", row.actor.name},
               {"act", act_json(then.revocation.has_value() ? then.revocation->act : then.act)},
               {"reason", then.revocation.has_value() ? then.revocation->reason : then.reason}});
  }
  json["history"] = std::move(history);
  return json;
}

}  // namespace casework
