#include "insight/gap.h"

#include <algorithm>

#include "insight/entitlement.h"

namespace insight {

namespace {

Occasion occasion_of(const Coverage& coverage, const Cell& cell) {
  const ProcedureDemand& procedure = *coverage.procedures()[cell.procedure];
  const StepDemand& step = coverage.step(cell);
  return {step.ask, coverage.agencies()[agency_of(coverage.place(cell), step)], procedure.code,
          procedure.field};
}

party::Officer at_any_time(party::Officer officer) {
  for (party::Mandate& mandate : officer.mandates) {
    mandate.from = Instant::min();
    mandate.until = Instant::max();
  }
  return officer;
}

party::Officer in_service(party::Officer officer) {
  officer.active_from.reset();
  officer.active_to.reset();
  return officer;
}

std::optional<Hindrance> hindrance_of(const StaffMemberPtr& member, const Occasion& occasion,
                                      Instant at) {
  const party::Officer& officer = member->officer;
  if (is_available(*member, occasion, at)) return std::nullopt;
  if (!member->holds.holds(at)) {
    // With another post of his, before or after.
    if (!is_entitled(in_service(at_any_time(officer)), occasion, at)) return std::nullopt;
    return Hindrance{.member = member, .why = GapReason::not_in_service};
  }
  if (is_entitled(officer, occasion, at)) {
    if (!member->account_active) return Hindrance{.member = member, .why = GapReason::disabled};
    std::optional<Instant> until;
    for (const party::Officer::Absence& away : officer.absences) {
      if (away.from <= at && at < away.until) until = std::max(until.value_or(at), away.until);
    }
    return Hindrance{.member = member, .why = GapReason::absent, .until = until};
  }
  if (is_entitled(in_service(officer), occasion, at)) {
    return Hindrance{.member = member, .why = GapReason::not_in_service};
  }
  if (is_entitled(in_service(at_any_time(officer)), occasion, at)) {
    return Hindrance{.member = member, .why = GapReason::authority_over};
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(GapReason reason) {
  switch (reason) {
    case GapReason::impossible:
      return "impossible";
    case GapReason::nobody_here:
      return "nobody_here";
    case GapReason::role_not_held:
      return "role_not_held";
    case GapReason::disabled:
      return "disabled";
    case GapReason::not_in_service:
      return "not_in_service";
    case GapReason::authority_over:
      return "authority_over";
    case GapReason::absent:
      return "absent";
  }
  return {};
}

calendar::Bilingual explain(GapReason reason) {
  switch (reason) {
    case GapReason::impossible:
      return {
          "Bước này giao cho một vai trò không được làm việc đó. Hãy sửa quy trình của thủ tục.",
          "The step is given to a role that may not do it. Mend the procedure's process."};
    case GapReason::nobody_here:
      return {"Cơ quan chưa có cán bộ nào. Hãy tạo tài khoản hoặc giao quyền cho người nơi khác.",
              "The agency has no officer. Make an account or give somebody else the authority."};
    case GapReason::role_not_held:
      return {"Không ai ở cơ quan giữ vai trò này cho thủ tục. Hãy giao vai trò hoặc ủy quyền.",
              "Nobody at the agency has this role for the procedure. Give it or delegate it."};
    case GapReason::disabled:
      return {"Tài khoản của người giữ vai trò đã bị khóa. Hãy mở lại hoặc giao cho người khác.",
              "The account of whoever has the role is disabled. Enable it or give the role to "
              "somebody else."};
    case GapReason::not_in_service:
      return {"Người giữ vai trò chưa nhận hoặc đã thôi công tác. Hãy giao cho người khác.",
              "Whoever has the role is not in service. Give the role to somebody else."};
    case GapReason::authority_over:
      return {"Quyền được giao hoặc ủy quyền chưa có hoặc đã hết hiệu lực. Hãy giao lại.",
              "The grant or delegation has not begun or has ended. Give it again."};
    case GapReason::absent:
      return {"Tất cả những người giữ vai trò đều vắng mặt. Hãy cử người thay.",
              "Everybody who has the role is away. Name a deputy."};
  }
  return {};
}

Diagnosis diagnose(const Coverage& coverage, const Cell& cell, Instant at) {
  return diagnose(coverage, coverage.seat(cell).agency, occasion_of(coverage, cell), at);
}

Diagnosis diagnose(const Coverage& coverage, AgencyIndex agency, const Occasion& occasion,
                   Instant at) {
  Diagnosis found;
  if (is_impossible(occasion.ask)) return {.reason = GapReason::impossible};
  const auto& members = coverage.seats(agency).members();
  if (members.empty()) return {.reason = GapReason::nobody_here};
  for (const StaffMemberPtr& member : members) {
    auto one = hindrance_of(member, occasion, at);
    if (!one) continue;
    const auto told = std::ranges::find_if(found.hindrances, [&](const Hindrance& other) {
      return other.member->officer.id == member->officer.id;
    });
    // Of several posts of his the one he has then says why.
    if (told == found.hindrances.end()) {
      found.hindrances.push_back(std::move(*one));
    } else if (member->holds.holds(at)) {
      *told = std::move(*one);
    }
  }
  // What is soonest mended comes first.
  for (const GapReason why : {GapReason::absent, GapReason::disabled, GapReason::authority_over,
                              GapReason::not_in_service}) {
    const bool any = std::ranges::any_of(found.hindrances,
                                         [why](const Hindrance& one) { return one.why == why; });
    if (any) {
      found.reason = why;
      break;
    }
  }
  return found;
}

std::vector<StaffMemberPtr> people(const Coverage& coverage, const Cell& cell, Instant at) {
  const Occasion occasion = occasion_of(coverage, cell);
  std::vector<StaffMemberPtr> found;
  for (const StaffMemberPtr& member : coverage.seats(coverage.seat(cell).agency).members()) {
    if (is_available(*member, occasion, at)) found.push_back(member);
  }
  return found;
}

std::vector<StaffMemberPtr> candidates(const Coverage& coverage, AgencyIndex agency, const Ask& ask,
                                       Instant at, std::size_t most, const Reach& of) {
  std::vector<StaffMemberPtr> found;
  const auto consider = [&](const StaffMemberPtr& member) {
    if (of && !of(member->officer.agency)) return;
    if (is_there(*member, at) && std::ranges::find(found, member) == found.end())
      found.push_back(member);
  };
  const party::AgencyId& id = coverage.agencies()[agency];
  for (const StaffMemberPtr& member : coverage.seats(agency).members()) {
    if (member->officer.agency == id && found.size() < most) consider(member);
  }
  // Near by: of the unit above, or of its sisters.
  const std::size_t dot = id.text().rfind('.');
  if (dot == std::string::npos) return found;
  const auto above = party::AgencyId::parse(id.text().substr(0, dot));
  if (!above) return found;
  for (AgencyIndex other = 0; other < coverage.agencies().size() && found.size() < most; ++other) {
    const party::AgencyId& theirs = coverage.agencies()[other];
    if (other == agency || !theirs.is_within(*above)) continue;
    for (const StaffMemberPtr& member : coverage.seats(other).members()) {
      if (found.size() == most) break;
      if (member->officer.agency == theirs && member->officer.has_role(ask.role)) consider(member);
    }
  }
  return found;
}

std::vector<Period> empty_periods(Timeline timeline, const Period& within, Instant end) {
  std::vector<Period> found;
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (timeline[i].count != 0) continue;
    const Period empty =
        both({timeline[i].from, i + 1 < timeline.size() ? timeline[i + 1].from : end}, within);
    if (!empty.is_empty()) found.push_back(empty);
  }
  return found;
}

void GapCollector::add(const Cell& cell, const Period& when) {
  const SeatPlace seat = coverage_.seat(cell);
  const auto [known, fresh] = diagnoses_.try_emplace({seat, when.from});
  if (fresh) known->second = diagnose(coverage_, cell, when.from);
  const Ask& ask = coverage_.step(cell).ask;
  const auto number = static_cast<std::uint32_t>(std::ranges::find(coverage_.asks(), ask) -
                                                 coverage_.asks().begin());
  Gathered& gathered =
      gathered_[{seat.agency, number, when.from, when.until, known->second.reason}];
  Gap& gap = gathered.gap;
  if (gap.steps == 0) {
    gap.agency = seat.agency;
    gap.ask = ask;
    gap.when = when;
    gap.lasts = when.until >= coverage_.period().until;
    gap.reason = known->second.reason;
    gap.hindrances = known->second.hindrances;
  }
  ++gap.steps;
  if (gathered.last_procedure != cell.procedure) ++gap.procedures;
  gathered.last_procedure = cell.procedure;
  if (gap.cells.size() < cells_max_) gap.cells.push_back(cell);
}

std::vector<Gap> GapCollector::take() {
  std::vector<Gap> found;
  found.reserve(gathered_.size());
  for (auto& [key, gathered] : gathered_) found.push_back(std::move(gathered.gap));
  std::ranges::stable_sort(found, [](const Gap& a, const Gap& b) {
    return a.when.from != b.when.from ? a.when.from < b.when.from : a.steps > b.steps;
  });
  return found;
}

std::vector<Gap> gaps(const Coverage& coverage, const GapQuery& query) {
  GapCollector collector(coverage, query.cells_max);
  const Period looked_at = both(query.within, coverage.period());
  std::map<SeatPlace, std::vector<Period>> known;
  coverage.each_cell(looked_at, [&](const Cell& cell) {
    const SeatPlace seat = coverage.seat(cell);
    // Most are covered throughout.
    const Timeline timeline = coverage.timeline(seat);
    if (timeline.size() == 1 && timeline.front().count > 0) return;
    if (query.only && !query.only(cell)) return;
    const auto [found, fresh] = known.try_emplace(seat);
    if (fresh) {
      found->second = empty_periods(timeline, coverage.period(), coverage.period().until);
    }
    // A gap is told from its begin to its end, also beyond what was looked at.
    for (const Period& empty : found->second) {
      const Period when = both(empty, coverage.procedures()[cell.procedure]->in_force);
      if (!both(when, looked_at).is_empty()) collector.add(cell, when);
    }
  });
  return collector.take();
}

}  // namespace insight
