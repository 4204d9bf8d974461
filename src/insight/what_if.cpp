#include "insight/what_if.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <boost/json.hpp>

#include "casework/authority.h"
#include "insight/foresight.h"
#include "insight/staffing.h"
#include "party/authority_check.h"

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
  RoleGiven deed{.officer = base::string_or(json, "officer"), .role = *role, .agency = *agency};
  deed.procedures.codes = texts_of(json, "codes");
  deed.procedures.fields = texts_of(json, "fields");
  deed.procedures.all = deed.procedures.codes.empty() && deed.procedures.fields.empty();
  deed.when.from = TRY(moment_of(json, "from", now, false));
  deed.when.until = TRY(moment_of(json, "until", Instant::max(), true));
  return Deed{std::move(deed)};
}

base::Failure<casework::Failure> unknown_officer() {
  return fail(FailureKind::unprocessable, "officer-unknown",
              {"Không có cán bộ này. Hãy chọn lại.", "There is no such officer. Choose again."});
}

// What people would be seen by after the deeds.
class Sources {
 public:
  explicit Sources(const casework::Workplace& workplace)
      : workplace_(workplace), sources_(sources_of(workplace)) {
    sources_.ends_at_once = true;
    entries_ = sources_.entries->entries();
  }

  [[nodiscard]] StaffSources take() {
    sources_.entries = std::make_shared<const party::AuthorityRegister>(
        party::AuthorityRegister::build(std::move(entries_)));
    return std::move(sources_);
  }

  Answer<base::Done> apply(const OfficerBecomes& deed) {
    const auto account = find(deed.officer);
    if (account == sources_.accounts.end()) return unknown_officer();
    auto becomes = std::make_shared<casework::OfficerAccount>(**account);
    if (deed.active) {
      becomes->active = *deed.active;
      becomes->only_unused = false;
    }
    if (deed.agency) becomes->officer.agency = *deed.agency;
    if (deed.roles) becomes->officer.roles = *deed.roles;
    if (deed.active_to) becomes->officer.active_to = deed.active_to;
    *account = std::move(becomes);
    return base::Done{};
  }

  Answer<base::Done> apply(const OfficerAway& deed) {
    const bool known = find(deed.officer) != sources_.accounts.end() &&
                       (deed.deputy.empty() || find(deed.deputy) != sources_.accounts.end());
    if (!known) return unknown_officer();
    record({.kind = party::AuthorityKind::absence,
            .from_officer = {deed.officer},
            .to_officer = {deed.deputy},
            .period = {deed.when.from, deed.when.until}});
    return base::Done{};
  }

  Answer<base::Done> apply(const RoleGiven& deed) {
    if (find(deed.officer) == sources_.accounts.end()) return unknown_officer();
    record({.kind = party::AuthorityKind::grant,
            .to_officer = {deed.officer},
            .role = deed.role,
            .agency = deed.agency,
            .procedures = deed.procedures,
            .period = {deed.when.from, deed.when.until}});
    return base::Done{};
  }

  // What rests on it ends with it.
  Answer<base::Done> apply(const MandateEnds& deed) {
    for (party::AuthorityEntry& one : entries_) {
      const bool earlier = one.revocation.has_value() && one.revocation->counts_from() <= deed.at;
      if (one.id == deed.mandate && !earlier) one.revocation = party::Revocation{.at = deed.at};
    }
    return base::Done{};
  }

  Answer<base::Done> apply(const ProcedurePublished& /*deed*/) { return base::Done{}; }
  Answer<base::Done> apply(const ProcedureWithdrawn& /*deed*/) { return base::Done{}; }

 private:
  [[nodiscard]] std::vector<casework::OfficerAccountPtr>::iterator find(const std::string& id) {
    return std::ranges::find_if(sources_.accounts, [&](const casework::OfficerAccountPtr& one) {
      return one->officer.id.text == id;
    });
  }

  // Filled in as it would be when it is recorded; what would be refused then is told there.
  void record(party::AuthorityEntry draft) {
    auto checked = party::check(std::move(draft), *sources_.entries,
                                casework::authority_world(workplace_, sources_.now));
    checked.entry.id = "foreseen/" + std::to_string(entries_.size());
    checked.entry.recorded_at = sources_.now;
    entries_.push_back(std::move(checked.entry));
  }

  const casework::Workplace& workplace_;
  StaffSources sources_;
  std::vector<party::AuthorityEntry> entries_;
};

using DemandsByCode = std::map<std::string, std::vector<ProcedureDemandPtr>>;

// The end of a phân cấp gives the competence back, and with it the demands.
void apply(DemandReader& reader, const MandateEnds& deed, const AuthorityPtr& after,
           const Coverage& before, DemandsByCode& demands) {
  const party::AuthorityEntry* ended = after->find(deed.mandate);
  if (ended == nullptr || ended->kind != party::AuthorityKind::decentralisation) return;
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
void apply(DemandReader& reader, const Deed& deed, const AuthorityPtr& after,
           const Coverage& before, DemandsByCode& demands) {
  const Period& period = before.period();
  if (const auto* ends = std::get_if<MandateEnds>(&deed)) {
    apply(reader, *ends, after, before, demands);
  }
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

// One stretch of the days ahead: as it is, and what would change.
struct Days {
  CoverageViewPtr view;
  Changes changes{};
};

Days days_of(CoverageStretch& stretch, const std::vector<Deed>& deeds,
             const StaffSources& sources) {
  Days days{.view = stretch.view()};
  const Coverage& before = *days.view->coverage;
  DemandsByCode demands;
  for (const Deed& deed : deeds) apply(stretch.reader(), deed, sources.entries, before, demands);
  for (auto& [code, of_code] : demands) {
    days.changes.codes.push_back(code);
    for (ProcedureDemandPtr& one : of_code) days.changes.procedures.push_back(std::move(one));
  }
  std::set<std::string> there;
  for (const StaffMemberPtr& one : stretch.staff_by(sources)) {
    const std::string key = one->key();
    there.insert(key);
    const StaffMemberPtr was = before.find_member(key);
    if (was == nullptr || fingerprint_of(*was) != fingerprint_of(*one)) {
      days.changes.staff.push_back({key, one});
    }
  }
  for (const auto& [key, member] : before.staff()) {
    if (!there.contains(key)) days.changes.staff.push_back({key, nullptr});
  }
  return days;
}

// Each step once, whatever the organisation of the day numbers it, and where another revision takes
// its procedure over.
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
  Sources changed(watch.workplace());
  for (const Deed& deed : deeds) {
    TRY(std::visit([&](const auto& one) { return changed.apply(one); }, deed));
  }
  const StaffSources sources = changed.take();
  std::vector<Days> ahead;
  TRY_AS_FAILURE(watch.each_ahead(
      [&](CoverageStretch& stretch) { ahead.push_back(days_of(stretch, deeds, sources)); }));
  WhatIf answer;
  GapsAhead gaps;
  WorseSteps worse;
  for (const Days& days : ahead) {
    const Coverage& before = *days.view->coverage;
    const auto then = std::make_shared<const Coverage>(before.with(days.changes));
    Foresight seen =
        foresee(before, *then, {std::max(now, before.period().from), before.period().until});
    worse.add(*then, seen.worse);
    gaps.add(days.view, then, std::move(seen.gaps));
  }
  worse.count(answer);
  answer.gaps = gaps.take();
  return answer;
}

}  // namespace insight
