#include "casework/authority_gate.h"

#include <algorithm>

#include "party/standing.h"

namespace casework {

namespace {

using party::Action;
using party::AgencyId;
using party::AuthorityEntry;
using party::AuthorityKind;
using party::Officer;
using party::Role;

bool administers(const Officer& by, const AgencyId& agency, Instant at) {
  return party::may(by, Action::manage_officers, {.agency = agency}, at).allowed;
}

// By his post: who only stands in for a leader, or signs in his name, gives nothing away.
bool leads(const Officer& by, const AgencyId& agency, Instant at) {
  return by.is_active_on(calendar::local_date(at)) &&
         party::holds_by_post(by, Role::leader, agency, at);
}

// It would come to himself, by name or because he works where it goes to in the role it is about.
// Whoever gives something away himself does not gain by it: the check of the record says the rest.
bool gains_by(const Officer& by, const AuthorityEntry& entry) {
  const bool gives_himself = entry.kind != AuthorityKind::grant && entry.from_officer == by.id;
  if (gives_himself) return false;
  if (!entry.to_officer.text.empty() && entry.to_officer == by.id) return true;
  if (!entry.to_agency.has_value() || !by.answers_for(*entry.to_agency)) return false;
  return std::ranges::any_of(entry.all_roles(), [&](Role role) { return by.has_role(role); });
}

// Where that officer works; nobody's agency is nowhere.
std::optional<AgencyId> agency_of(const Workplace& workplace, const party::OfficerId& id) {
  const OfficerAccountPtr account = workplace.officers.find(id.text);
  if (account == nullptr) return std::nullopt;
  return account->officer.agency;
}

// An officer that does not exist is nobody's secret: the check of the record says so.
bool administers_officer(const Workplace& workplace, const Officer& by, const party::OfficerId& id,
                         Instant at) {
  const auto agency = agency_of(workplace, id);
  return administers(by, agency.value_or(by.agency), at);
}

base::Failure<Failure> not_yours(Bilingual why) {
  return fail(FailureKind::forbidden, "authority-not-yours", std::move(why));
}

Answer<base::Done> may_record_grant(const Workplace& workplace, const Officer& by,
                                    const AuthorityEntry& entry, Instant at) {
  const bool at_agency = administers(by, entry.agency.value_or(by.agency), at);
  if (at_agency && administers_officer(workplace, by, entry.to_officer, at)) return base::Done{};
  return not_yours(
      {"Chỉ quản trị viên của đơn vị mới phân quyền cho cán bộ trong đơn vị mình. Hãy "
       "đề nghị quản trị viên của đơn vị đó.",
       "Only a unit's administrator gives roles, within his unit. Ask the "
       "administrator of that unit."});
}

Answer<base::Done> may_record_move(const Officer& by, const AuthorityEntry& entry, Instant at) {
  const AgencyId from = entry.from_agency.value_or(by.agency);
  const bool whole = !entry.to_agency.has_value() || entry.to_agency->is_within(from) ||
                     administers(by, *entry.to_agency, at);
  if (whole && (administers(by, from, at) || leads(by, from, at))) return base::Done{};
  return not_yours(
      {"Chỉ người đứng đầu hoặc quản trị viên của cơ quan phân cấp ghi nhận được phân "
       "cấp, cho đơn vị trực thuộc.",
       "Only the head or the administrator of the agency that gives its competence "
       "away records that, for what is below it."});
}

Answer<base::Done> may_record_delegation(const Workplace& workplace, const Officer& by,
                                         const AuthorityEntry& entry, Instant at) {
  // Whose authority it is, is one question; whether it is exercised in his unit is another.
  const auto in_his_unit = [&](const AgencyId& otherwise) {
    return administers(by, entry.agency.value_or(otherwise), at);
  };
  if (entry.from_agency.has_value() && entry.from_officer.text.empty()) {
    const AgencyId& from = *entry.from_agency;
    if (leads(by, from, at) || (administers(by, from, at) && in_his_unit(from))) {
      return base::Done{};
    }
  } else if (entry.from_officer == by.id) {
    const bool leader = entry.role == Role::leader || entry.role == Role::head;
    if (leader && by.is_active_on(calendar::local_date(at))) return base::Done{};
    return not_yours(
        {"Chỉ lãnh đạo, trưởng bộ phận mới tự ủy quyền được. Hãy đề nghị quản trị viên "
         "của đơn vị.",
         "Only leaders and heads delegate by themselves. Ask the unit's "
         "administrator."});
  } else if (administers_officer(workplace, by, entry.from_officer, at) && in_his_unit(by.agency)) {
    return base::Done{};
  }
  return not_yours(
      {"Chỉ người có thẩm quyền, hoặc quản trị viên của cả đơn vị người đó và cơ quan nơi thực "
       "hiện thẩm quyền, ghi nhận được ủy quyền này.",
       "Only whoever has the authority, or who administers both his unit and the agency where it "
       "is exercised, records this delegation."});
}

Answer<base::Done> may_record_absence(const Workplace& workplace, const Officer& by,
                                      const AuthorityEntry& entry, Instant at) {
  const auto absent_at = agency_of(workplace, entry.from_officer);
  if (administers_officer(workplace, by, entry.from_officer, at)) return base::Done{};
  if (entry.from_officer == by.id && by.is_active_on(calendar::local_date(at))) {
    const auto deputy_at = agency_of(workplace, entry.to_officer);
    if (!deputy_at.has_value() || *deputy_at == by.agency) return base::Done{};
    return not_yours(
        {"Người thay phải cùng cơ quan. Nếu cần người ở cơ quan khác, hãy đề nghị quản "
         "trị viên.",
         "A deputy works at the same agency. For somebody of another agency ask the "
         "administrator."});
  }
  if (absent_at.has_value() && leads(by, *absent_at, at)) return base::Done{};
  return not_yours(
      {"Chỉ chính người nghỉ, lãnh đạo cơ quan hoặc quản trị viên ghi nhận được việc "
       "nghỉ này.",
       "Only the absent officer himself, his leader or the administrator records "
       "this absence."});
}

}  // namespace

std::optional<std::vector<AgencyId>> passes_on_at(const Workplace& workplace, const Officer& by,
                                                  const AuthorityEntry& entry, Instant at) {
  if (entry.kind != AuthorityKind::absence || entry.from_officer == by.id) return std::nullopt;
  std::vector<AgencyId> his;
  for (const AuthorityEntry& held : workplace.authority->now()->entries()) {
    if (held.to_officer != entry.from_officer || !held.agency.has_value()) continue;
    if (std::ranges::find(his, *held.agency) != his.end()) continue;
    if (administers(by, *held.agency, at) || leads(by, *held.agency, at)) {
      his.push_back(*held.agency);
    }
  }
  return his;
}

Answer<base::Done> may_record(const Workplace& workplace, const Officer& by,
                              const AuthorityEntry& entry, Instant at) {
  if (gains_by(by, entry)) {
    return not_yours(
        {"Không ai tự ghi nhận quyền cho chính mình. Hãy để người giao quyền hoặc quản "
         "trị viên khác ghi nhận.",
         "Nobody records authority in his own favour. Let whoever gives it, or "
         "another administrator, record it."});
  }
  switch (entry.kind) {
    case AuthorityKind::grant:
      return may_record_grant(workplace, by, entry, at);
    case AuthorityKind::decentralisation:
      return may_record_move(by, entry, at);
    case AuthorityKind::delegation:
      return may_record_delegation(workplace, by, entry, at);
    case AuthorityKind::absence:
      return may_record_absence(workplace, by, entry, at);
  }
  return not_yours({"Không có quyền.", "Not allowed."});
}

Answer<base::Done> may_revoke(const Workplace& workplace, const Officer& by,
                              const AuthorityEntry& entry, Instant at) {
  const bool in_service = by.is_active_on(calendar::local_date(at));
  const bool giver = in_service && !entry.from_officer.text.empty() && entry.from_officer == by.id;
  bool may = giver;
  switch (entry.kind) {
    case AuthorityKind::grant:
      may = entry.agency.has_value() && administers(by, *entry.agency, at);
      break;
    case AuthorityKind::decentralisation:
      may = entry.from_agency.has_value() &&
            (administers(by, *entry.from_agency, at) || leads(by, *entry.from_agency, at));
      break;
    case AuthorityKind::delegation:
      if (entry.from_agency.has_value()) {
        may = administers(by, *entry.from_agency, at) || leads(by, *entry.from_agency, at);
      } else {
        may = giver || administers_officer(workplace, by, entry.from_officer, at);
      }
      break;
    case AuthorityKind::absence: {
      const auto absent_at = agency_of(workplace, entry.from_officer);
      may = giver || administers_officer(workplace, by, entry.from_officer, at) ||
            (absent_at.has_value() && leads(by, *absent_at, at));
      break;
    }
  }
  if (may) return base::Done{};
  return not_yours({"Chỉ người giao quyền hoặc quản trị viên của đơn vị thu hồi được.",
                    "Only whoever gave it, or the unit's administrator, revokes it."});
}

bool may_see(const Workplace& workplace, const Officer& by, const AuthorityEntry& entry,
             Instant at) {
  if (!by.is_active_on(calendar::local_date(at))) return false;
  if (entry.from_officer == by.id || entry.to_officer == by.id || entry.recorded_by == by.id) {
    return true;
  }
  const bool reaches = by.has_role(Role::administrator) || by.has_role(Role::supervisor) ||
                       by.has_role(Role::leader) || by.has_role(Role::head);
  const auto near = [&](const std::optional<AgencyId>& agency) {
    return agency.has_value() &&
           (by.answers_for(*agency) || (reaches && agency->is_within(by.agency)));
  };
  return near(entry.agency) || near(entry.from_agency) || near(entry.to_agency) ||
         near(agency_of(workplace, entry.to_officer)) ||
         near(agency_of(workplace, entry.from_officer));
}

}  // namespace casework
