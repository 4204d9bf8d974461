#include "insight/seats.h"

#include <algorithm>

#include "base/ensure.h"
#include "insight/entitlement.h"

namespace insight {

namespace {

// One person more, or less, from a moment on.
struct Turn {
  Instant at{};
  std::int32_t by = 0;
  std::uint32_t member = 0;
};

Instant midnight(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// Claiming asks for the task's own role (party::is_on_task): nobody else need be asked about.
bool holds_role(const party::Officer& officer, party::Role role) {
  return officer.has_role(role) ||
         std::ranges::any_of(officer.mandates,
                             [role](const party::Mandate& one) { return one.role == role; });
}

bool is_told_apart(const party::Officer& officer, const party::AgencyId& agency) {
  return std::ranges::any_of(officer.mandates, [&](const party::Mandate& one) {
    return !one.procedures.all && one.agency == agency;
  });
}

void sweep(std::vector<Turn>& turns, const Period& period, std::vector<Stretch>& into) {
  std::ranges::sort(turns, {}, &Turn::at);
  Stretch now{.from = period.from};
  // Of one person the sum of members is that person.
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < turns.size();) {
    const Instant at = turns[i].at;
    std::int64_t count = now.count;
    for (; i < turns.size() && turns[i].at == at; ++i) {
      count += turns[i].by;
      sum += static_cast<std::uint64_t>(static_cast<std::int64_t>(turns[i].by) *
                                        static_cast<std::int64_t>(turns[i].member));
    }
    const Stretch next{.from = at,
                       .count = static_cast<std::uint32_t>(count),
                       .only = count == 1 ? static_cast<std::uint32_t>(sum) : 0};
    if (next.count == now.count && next.only == now.only) continue;
    if (at > now.from) into.push_back(now);
    now = next;
  }
  into.push_back(now);
}

}  // namespace

std::vector<Instant> moments_of(const StaffMember& member, const Period& period) {
  const party::Officer& officer = member.officer;
  std::vector<Instant> moments{period.from};
  const auto add = [&](Instant at) {
    if (period.from < at && at < period.until) moments.push_back(at);
  };
  add(member.holds.from);
  add(member.holds.until);
  if (officer.active_from) add(midnight(*officer.active_from));
  if (officer.active_to) add(midnight(*officer.active_to + std::chrono::days{1}));
  for (const party::Officer::Absence& away : officer.absences) {
    add(away.from);
    add(away.until);
  }
  for (const party::Mandate& mandate : officer.mandates) {
    add(mandate.from);
    add(mandate.until);
  }
  std::ranges::sort(moments);
  const auto [first, last] = std::ranges::unique(moments);
  moments.erase(first, last);
  return moments;
}

const Stretch& stretch_at(Timeline timeline, Instant at) {
  const auto after = std::ranges::upper_bound(timeline, at, {}, &Stretch::from);
  return after == timeline.begin() ? timeline.front() : *(after - 1);
}

AgencySeats::AgencySeats(const party::AgencyId& agency, std::vector<StaffMemberPtr> members,
                         std::span<const Ask> asks, std::span<const ProcedureDemandPtr> procedures,
                         const Period& period)
    : members_(std::move(members)) {
  for (const StaffMemberPtr& member : members_) {
    for (const party::Mandate& mandate : member->officer.mandates) {
      if (mandate.procedures.all || mandate.agency != agency) continue;
      for (const std::string& code : mandate.procedures.codes) {
        codes_.emplace(code, static_cast<std::uint32_t>(codes_.size() + 1));
      }
      for (const std::string& field : mandate.procedures.fields) {
        fields_.emplace(field, static_cast<std::uint32_t>(fields_.size() + 1));
      }
    }
  }
  std::vector<const ProcedureDemand*> representatives;
  for (const ProcedureDemandPtr& procedure : procedures) {
    const auto [known, fresh] =
        known_.emplace(key_of(*procedure), static_cast<Class>(representatives.size()));
    if (fresh) representatives.push_back(procedure.get());
  }
  classes_ = representatives.size();

  std::vector<std::vector<Turn>> turns(asks.size() * classes_);
  for (std::uint32_t m = 0; m < members_.size(); ++m) {
    const StaffMember& member = *members_[m];
    if (!member.account_active) continue;
    const std::vector<Instant> moments = moments_of(member, period);
    // Whoever holds nothing by procedure is the same to all classes: asked once.
    const bool alike = !is_told_apart(member.officer, agency);
    for (std::size_t ask = 0; ask < asks.size(); ++ask) {
      if (!holds_role(member.officer, asks[ask].role)) continue;
      for (std::size_t of = 0; of < (alike ? std::min<std::size_t>(1, classes_) : classes_); ++of) {
        const Occasion occasion{asks[ask], agency, representatives[of]->code,
                                representatives[of]->field};
        bool was = false;
        for (const Instant at : moments) {
          const bool is = is_available(member, occasion, at);
          if (is == was) continue;
          const Turn turn{.at = at, .by = is ? 1 : -1, .member = m};
          for (std::size_t c = of; c < (alike ? classes_ : of + 1); ++c) {
            turns[ask * classes_ + c].push_back(turn);
          }
          was = is;
        }
      }
    }
  }
  begins_.reserve(turns.size() + 1);
  for (std::vector<Turn>& one : turns) {
    begins_.push_back(static_cast<std::uint32_t>(stretches_.size()));
    sweep(one, period, stretches_);
  }
  begins_.push_back(static_cast<std::uint32_t>(stretches_.size()));
  stretches_.shrink_to_fit();
}

std::uint64_t AgencySeats::key_of(const ProcedureDemand& procedure) const {
  const auto number = [](const auto& map, const std::string& text) -> std::uint64_t {
    const auto found = map.empty() ? map.end() : map.find(text);
    return found == map.end() ? 0 : found->second;
  };
  return (number(codes_, procedure.code) << 32U) | number(fields_, procedure.field);
}

std::optional<AgencySeats::Class> AgencySeats::class_of(const ProcedureDemand& procedure) const {
  const auto found = known_.find(key_of(procedure));
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

}  // namespace insight
