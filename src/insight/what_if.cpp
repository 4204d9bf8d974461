#include "insight/what_if.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "insight/foresight.h"
#include "party/standing.h"

namespace insight {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

base::Failure<casework::Failure> nonsense(const std::string& member) {
  return fail(FailureKind::unprocessable, "change-not-valid",
              {"Thay đổi cần xem trước chưa đúng ở mục " + member + ". Hãy kiểm tra lại.",
               "The change to be foreseen is not right in its member " + member + "."});
}

// A day or a moment; a day is its first moment, or the end of it.
Answer<Instant> moment_of(const object& json, const char* name, Instant otherwise, bool end) {
  const std::string text = base::string_or(json, name);
  if (text.empty()) return otherwise;
  if (const auto at = calendar::parse_instant(text)) return *at;
  const auto day = calendar::parse_date(text);
  if (!day) return nonsense(name);
  return calendar::at_local(end ? *day + std::chrono::days{1} : *day, calendar::TimeOfDay{0});
}

std::vector<std::string> texts_of(const object& json, const char* name) {
  std::vector<std::string> texts;
  const auto* list = json.if_contains(name);
  if (list == nullptr || !list->is_array()) return texts;
  for (const auto& one : list->get_array()) {
    if (one.is_string() && texts.size() < 5000) {
      texts.emplace_back(one.get_string().data(), one.get_string().size());
    }
  }
  return texts;
}

Answer<Deed> read_officer_becomes(const object& json) {
  OfficerBecomes deed{.officer = base::string_or(json, "officer")};
  if (const auto* active = json.if_contains("active"); active != nullptr && active->is_bool()) {
    deed.active = active->get_bool();
  }
  if (json.contains("agency")) {
    deed.agency = party::AgencyId::parse(base::string_or(json, "agency"));
    if (!deed.agency) return nonsense("agency");
  }
  if (json.contains("roles")) {
    deed.roles.emplace();
    for (const std::string& one : texts_of(json, "roles")) {
      const auto role = party::parse_role(one);
      if (!role) return nonsense("roles");
      deed.roles->push_back(*role);
    }
  }
  if (const std::string day = base::string_or(json, "active_to"); !day.empty()) {
    deed.active_to = calendar::parse_date(day);
    if (!deed.active_to) return nonsense("active_to");
  }
  return Deed{std::move(deed)};
}

Answer<Deed> read_grant(const object& json, Instant now) {
  const auto role = party::parse_role(base::string_or(json, "role"));
  const auto agency = party::AgencyId::parse(base::string_or(json, "agency"));
  if (!role) return nonsense("role");
  if (!agency) return nonsense("agency");
  RoleGiven deed{.officer = base::string_or(json, "officer"),
                 .mandate = {.id = "foreseen", .role = *role, .agency = *agency}};
  deed.mandate.procedures.codes = texts_of(json, "codes");
  deed.mandate.procedures.fields = texts_of(json, "fields");
  deed.mandate.procedures.all =
      deed.mandate.procedures.codes.empty() && deed.mandate.procedures.fields.empty();
  deed.mandate.from = TRY(moment_of(json, "from", now, false));
  deed.mandate.until = TRY(moment_of(json, "until", Instant::max(), true));
  return Deed{std::move(deed)};
}

// The officers after the deeds, over days of one organisation.
class Staff {
 public:
  // `today`: who is there today.
  Staff(const CoverageView& view, const Coverage& today)
      : before_(*view.coverage), organisation_(*view.organisation), today_(today) {}

  [[nodiscard]] const party::Organisation& organisation() const { return organisation_; }
  // Of somebody who is known.
  [[nodiscard]] party::AgencyId agency_today(const std::string& id) const {
    const StaffMemberPtr member = today_.find_member(id);
    return (member == nullptr ? before_.find_member(id) : member)->officer.agency;
  }

  [[nodiscard]] StaffMember* find(const std::string& id) {
    const auto known = changed_.find(id);
    if (known != changed_.end()) return &known->second;
    const StaffMemberPtr member = before_.find_member(id);
    if (member == nullptr) return nullptr;
    return &changed_.emplace(id, *member).first->second;
  }

  // As he is now, and with every later post of his; none: he is not known.
  [[nodiscard]] std::vector<StaffMember*> forms(const std::string& id) {
    std::vector<StaffMember*> all;
    if (StaffMember* first = find(id)) all.push_back(first);
    const std::string later = id + StaffMember::kLater;
    const auto& staff = before_.staff();
    for (auto one = staff.lower_bound(later); one != staff.end() && one->first.starts_with(later);
         ++one) {
      all.push_back(find(one->first));
    }
    return all;
  }

  void end_mandate(const std::string& id, Instant at) {
    std::vector<std::string> concerned;
    for (const auto& [officer, member] : before_.staff()) {
      const bool any = std::ranges::any_of(member->officer.mandates,
                                           [&](const party::Mandate& one) { return one.id == id; });
      if (any) concerned.push_back(officer);
    }
    for (const std::string& officer : concerned) {
      for (party::Mandate& one : find(officer)->officer.mandates) {
        if (one.id != id) continue;
        const Instant ends = std::min(one.until, std::max(one.from, at));
        if (one.kind == party::MandateKind::deputy) come_back(one, ends);
        one.until = ends;
      }
    }
  }

  // It is about these roles only from then on.
  void keep_roles(const std::string& id, const std::vector<party::Role>& roles, Instant at) {
    const auto lost = [&](const party::Mandate& one) {
      return one.id == id && std::ranges::find(roles, one.role) == roles.end();
    };
    std::vector<std::string> concerned;
    for (const auto& [officer, member] : before_.staff()) {
      if (std::ranges::any_of(member->officer.mandates, lost)) concerned.push_back(officer);
    }
    for (const std::string& officer : concerned) {
      for (party::Mandate& one : find(officer)->officer.mandates) {
        if (lost(one)) one.until = std::min(one.until, std::max(one.from, at));
      }
    }
  }

  [[nodiscard]] std::vector<StaffChange> changes() const {
    std::vector<StaffChange> all;
    for (const auto& [id, member] : changed_) {
      all.push_back({id, std::make_shared<const StaffMember>(member)});
    }
    return all;
  }

 private:
  // Whose leave ends early is there again himself.
  void come_back(const party::Mandate& deputy, Instant at) {
    for (StaffMember* absent : forms(deputy.on_behalf_of.text)) {
      for (party::Officer::Absence& away : absent->officer.absences) {
        const bool this_one = away.from <= deputy.from && deputy.until <= away.until;
        if (this_one) away.until = std::min(away.until, std::max(away.from, at));
      }
    }
  }

  const Coverage& before_;
  const party::Organisation& organisation_;
  const Coverage& today_;
  std::map<std::string, StaffMember> changed_;
};

// With whatever rests on it.
void end_with_all(Staff& staff, const party::AuthorityRegister& entries, const std::string& id,
                  Instant at) {
  staff.end_mandate(id, at);
  for (const party::AuthorityEntry* one : entries.resting_on(id)) staff.end_mandate(one->id, at);
}

// What he gave to others ends with the post that it stands on, and what he had because he works
// somewhere he has there only.
void end_what_stood_on(Staff& staff, const party::AuthorityRegister& entries,
                       const OfficerBecomes& deed, Instant now) {
  StaffMember* member = staff.find(deed.officer);
  if (member == nullptr) return;
  party::Officer& officer = member->officer;
  std::erase_if(officer.mandates, [&](const party::Mandate& one) {
    const party::AuthorityEntry* entry = entries.find(one.id);
    return entry != nullptr && entry->to_agency.has_value() &&
           (!officer.answers_for(*entry->to_agency) || !officer.has_role(one.role));
  });
  const party::Officer giver = officer;
  const Instant leaves =
      giver.active_to
          ? calendar::at_local(*giver.active_to + std::chrono::days{1}, calendar::TimeOfDay{0})
          : Instant::max();
  for (const party::AuthorityEntry& entry : entries.entries()) {
    const bool gives = entry.kind == party::AuthorityKind::delegation ||
                       entry.kind == party::AuthorityKind::absence;
    if (!gives || entry.from_officer != giver.id || entries.effective(entry).until <= now) continue;
    const std::vector<party::Role> left = party::roles_left(entry, giver, entries, now);
    if (!member->account_active || left.empty()) {
      end_with_all(staff, entries, entry.id, now);
    } else {
      staff.keep_roles(entry.id, left, now);
      if (leaves != Instant::max()) end_with_all(staff, entries, entry.id, leaves);
    }
  }
}

base::Failure<casework::Failure> unknown_officer() {
  return fail(FailureKind::unprocessable, "officer-unknown",
              {"Không có cán bộ này. Hãy chọn lại.", "There is no such officer. Choose again."});
}

Answer<base::Done> apply(Staff& staff, const OfficerBecomes& deed) {
  const auto forms = staff.forms(deed.officer);
  if (forms.empty()) return unknown_officer();
  for (StaffMember* member : forms) {
    if (deed.active) member->account_active = *deed.active;
    if (deed.active_to) member->officer.active_to = deed.active_to;
  }
  // A post that is registered for later stays what it is.
  party::Officer& officer = forms.front()->officer;
  party::AgencyId agency = deed.agency.value_or(staff.agency_today(deed.officer));
  const bool former = staff.organisation().is_former(agency.text());
  if (const auto* heir = former ? staff.organisation().heir(agency.text()) : nullptr) {
    agency = heir->id;
  }
  if (deed.agency && officer.agency != agency) {
    officer.agency = agency;
    officer.takes_over = staff.organisation().takes_over(agency);
  }
  if (deed.roles) {
    officer.roles = *deed.roles;
    // Signing ends with the agency.
    if (former) std::erase(officer.roles, party::Role::leader);
  }
  return base::Done{};
}

Answer<base::Done> apply(Staff& staff, const OfficerAway& deed) {
  const auto forms = staff.forms(deed.officer);
  if (forms.empty()) return unknown_officer();
  for (StaffMember* member : forms) {
    member->officer.absences.push_back({deed.when.from, deed.when.until});
  }
  if (deed.deputy.empty()) return base::Done{};
  const party::Officer absent = forms.front()->officer;
  const auto deputies = staff.forms(deed.deputy);
  if (deputies.empty()) return unknown_officer();
  for (const party::Role role : absent.roles) {
    for (StaffMember* deputy : deputies) {
      deputy->officer.mandates.push_back({.id = "foreseen",
                                          .kind = party::MandateKind::deputy,
                                          .role = role,
                                          .agency = absent.agency,
                                          .from = deed.when.from,
                                          .until = deed.when.until,
                                          .on_behalf_of = absent.id});
    }
  }
  return base::Done{};
}

Answer<base::Done> apply(Staff& staff, const RoleGiven& deed) {
  const auto forms = staff.forms(deed.officer);
  if (forms.empty()) return unknown_officer();
  party::Mandate mandate = deed.mandate;
  const auto* heir = staff.organisation().is_former(mandate.agency.text())
                         ? staff.organisation().heir(mandate.agency.text())
                         : nullptr;
  if (heir != nullptr) mandate.agency = heir->id;
  for (StaffMember* member : forms) member->officer.mandates.push_back(mandate);
  return base::Done{};
}

Answer<base::Done> apply(Staff& staff, const MandateEnds& deed) {
  staff.end_mandate(deed.mandate, deed.at);
  return base::Done{};
}

Answer<base::Done> apply(Staff& /*staff*/, const ProcedurePublished& /*deed*/) {
  return base::Done{};
}
Answer<base::Done> apply(Staff& /*staff*/, const ProcedureWithdrawn& /*deed*/) {
  return base::Done{};
}

// The end of a phân cấp gives the competence back, and with it the demands.
void apply(DemandReader& reader, const MandateEnds& deed, const Coverage& before,
           std::map<std::string, std::vector<ProcedureDemandPtr>>& demands) {
  const party::AuthorityEntry* ended =
      reader.authority() == nullptr ? nullptr : reader.authority()->find(deed.mandate);
  if (ended == nullptr || ended->kind != party::AuthorityKind::decentralisation) return;
  std::vector<party::AuthorityEntry> entries = reader.authority()->entries();
  for (party::AuthorityEntry& entry : entries) {
    if (entry.id == deed.mandate) entry.revocation = party::Revocation{.at = deed.at};
  }
  const auto after = std::make_shared<const party::AuthorityRegister>(
      party::AuthorityRegister::build(std::move(entries)));
  std::set<std::string> codes;
  for (const ProcedureDemandPtr& demand : before.procedures()) {
    if (!ended->procedures.covers(demand->code, demand->field)) continue;
    codes.insert(demand->code);
    demands[demand->code].clear();
  }
  for (ProcedureDemandPtr& demand : reader.read_with(after, codes, before.period())) {
    demands[demand->code].push_back(std::move(demand));
  }
}

// One that is about a procedure takes the place of all demands of that code.
void apply(DemandReader& reader, const Deed& deed, const Coverage& before,
           std::map<std::string, std::vector<ProcedureDemandPtr>>& demands) {
  const Period& period = before.period();
  if (const auto* ends = std::get_if<MandateEnds>(&deed)) apply(reader, *ends, before, demands);
  if (const auto* published = std::get_if<ProcedurePublished>(&deed)) {
    demands[published->procedure->code] =
        reader.read_with(*published->procedure, published->from, published->agency, period);
  } else if (const auto* withdrawn = std::get_if<ProcedureWithdrawn>(&deed)) {
    demands[withdrawn->code] = reader.read_without(withdrawn->code, withdrawn->from, period);
  }
}

}  // namespace

Answer<Deed> read_deed(const object& json, Instant now) {
  const std::string kind = base::string_or(json, "kind");
  if (kind == "officer") return read_officer_becomes(json);
  if (kind == "grant") return read_grant(json, now);
  if (kind == "absence") {
    OfficerAway deed{.officer = base::string_or(json, "officer"),
                     .when = {.from = TRY(moment_of(json, "from", now, false)),
                              .until = TRY(moment_of(json, "until", Instant::max(), true))},
                     .deputy = base::string_or(json, "deputy")};
    if (deed.when.is_empty()) return nonsense("until");
    return Deed{std::move(deed)};
  }
  if (kind == "end") {
    return Deed{MandateEnds{.mandate = base::string_or(json, "id"),
                            .at = TRY(moment_of(json, "at", now, false))}};
  }
  if (kind == "withdrawal") {
    const auto from = calendar::parse_date(base::string_or(json, "from"));
    return Deed{ProcedureWithdrawn{.code = base::string_or(json, "procedure"),
                                   .from = from.value_or(calendar::local_date(now))}};
  }
  return nonsense("kind");
}

namespace {

using DemandsByCode = std::map<std::string, std::vector<ProcedureDemandPtr>>;

// One view of the days ahead, with what the deeds make of its demands.
struct Days {
  CoverageViewPtr view;
  DemandsByCode demands{};
};

Answer<std::shared_ptr<const Coverage>> after(const Days& days, const Coverage& today,
                                              const std::vector<Deed>& deeds,
                                              const party::AuthorityRegister& entries,
                                              Instant now) {
  Staff staff(*days.view, today);
  for (const Deed& deed : deeds) {
    TRY(std::visit([&](const auto& one) { return apply(staff, one); }, deed));
  }
  for (const Deed& deed : deeds) {
    if (const auto* becomes = std::get_if<OfficerBecomes>(&deed)) {
      end_what_stood_on(staff, entries, *becomes, now);
    } else if (const auto* ends = std::get_if<MandateEnds>(&deed)) {
      end_with_all(staff, entries, ends->mandate, ends->at);
    }
  }
  Changes changes{.staff = staff.changes()};
  for (const auto& [code, of_code] : days.demands) {
    changes.codes.push_back(code);
    changes.procedures.insert(changes.procedures.end(), of_code.begin(), of_code.end());
  }
  return std::make_shared<const Coverage>(days.view->coverage->with(changes));
}

// Each step once, whatever the organisation of the day numbers it.
class WorseSteps {
 public:
  void add(const Coverage& after, const std::vector<Cell>& worse) {
    for (const Cell& cell : worse) {
      const std::string& code = after.procedures()[cell.procedure]->code;
      const std::string& agency = after.agencies()[after.seat(cell).agency].text();
      // The receiving step of several competent agencies lies at one and the same.
      const std::string& place = after.agencies()[after.place(cell).agency].text();
      steps_.insert(code + '/' + place + '/' + after.step(cell).id);
      codes_.insert(code);
      agencies_.insert(agency);
    }
  }
  void count(WhatIf& answer) const {
    answer.steps = static_cast<std::int64_t>(steps_.size());
    answer.procedures = static_cast<std::int64_t>(codes_.size());
    answer.agencies = static_cast<std::int64_t>(agencies_.size());
  }

 private:
  std::unordered_set<std::string> steps_;
  std::set<std::string> codes_;
  std::set<std::string> agencies_;
};

}  // namespace

Answer<WhatIf> what_if(CoverageWatch& watch, const std::vector<Deed>& deeds, Instant now) {
  std::vector<Days> ahead;
  TRY_AS_FAILURE(watch.read_demands([&](const CoverageViewPtr& view, DemandReader& reader) {
    Days days{.view = view};
    for (const Deed& deed : deeds) apply(reader, deed, *view->coverage, days.demands);
    ahead.push_back(std::move(days));
  }));
  // As they are now: the readers have those of when they were made.
  const AuthorityPtr entries = watch.authority();
  const Coverage& today = *ahead.front().view->coverage;
  WhatIf answer;
  GapsAhead gaps;
  WorseSteps worse;
  for (const Days& days : ahead) {
    const Coverage& before = *days.view->coverage;
    const auto then = TRY(after(days, today, deeds, *entries, now));
    Foresight seen =
        foresee(before, *then, {std::max(now, before.period().from), before.period().until});
    if (ahead.size() == 1) {
      answer.steps = seen.steps;
      answer.procedures = seen.procedures;
      answer.agencies = seen.agencies;
    } else {
      worse.add(*then, seen.worse);
      worse.count(answer);
    }
    gaps.add(days.view, then, std::move(seen.gaps));
  }
  answer.gaps = gaps.take();
  return answer;
}

}  // namespace insight
