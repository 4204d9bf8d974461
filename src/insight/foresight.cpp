#include "insight/foresight.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace insight {

namespace {

// The cells of `before` by what they are about, for demands that `after` has replaced.
class Replaced {
 public:
  Replaced(const Coverage& before, const Coverage& after) : before_(before) {
    std::set<const ProcedureDemand*> kept;
    for (const ProcedureDemandPtr& one : after.procedures()) kept.insert(one.get());
    for (std::uint32_t p = 0; p < before.procedures().size(); ++p) {
      const ProcedureDemandPtr& demand = before.procedures()[p];
      same_[demand.get()] = p;
      if (!kept.contains(demand.get())) gone_[demand->code].push_back(p);
    }
  }

  // The same demand in `before`.
  [[nodiscard]] std::optional<std::uint32_t> same(const ProcedureDemandPtr& demand) const {
    const auto found = same_.find(demand.get());
    if (found == same_.end()) return std::nullopt;
    return found->second;
  }

  // When the step had nobody before, where it was there at all.
  [[nodiscard]] std::vector<Period> empty(const ProcedureDemand& demand, AgencyIndex agency,
                                          const std::string& step, const Period& within) const {
    std::vector<Period> found;
    const auto gone = gone_.find(demand.code);
    if (gone == gone_.end()) return found;
    for (const std::uint32_t p : gone->second) {
      const ProcedureDemand& old = *before_.procedures()[p];
      const Period when = both(within, old.in_force);
      if (when.is_empty()) continue;
      before_.each_cell_of(p, [&](const Cell& cell) {
        if (before_.place(cell).agency != agency || before_.step(cell).id != step) return;
        const auto empty =
            empty_periods(before_.timeline(before_.seat(cell)), when, before_.period().until);
        found.insert(found.end(), empty.begin(), empty.end());
      });
    }
    std::ranges::sort(found, {}, &Period::from);
    return found;
  }

 private:
  const Coverage& before_;
  std::unordered_map<const ProcedureDemand*, std::uint32_t> same_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> gone_;
};

// Which places have an agency whose people are counted otherwise; many procedures share their
// places.
class Touched {
 public:
  Touched(const Coverage& before, const Coverage& after) {
    for (AgencyIndex agency = 0; agency < after.agencies().size(); ++agency) {
      changed_.push_back(!after.shares(before, agency));
    }
  }
  const std::vector<std::uint32_t>& places(const Places& places) {
    const auto [known, fresh] = known_.try_emplace(places.get());
    for (std::uint32_t i = 0; fresh && i < places->size(); ++i) {
      const auto& parts = (*places)[i].parts;
      const bool any =
          std::ranges::any_of(parts, [this](AgencyIndex one) { return changed_[one]; });
      if (any) known->second.push_back(i);
    }
    return known->second;
  }

 private:
  std::vector<bool> changed_;
  std::unordered_map<const std::vector<Place>*, std::vector<std::uint32_t>> known_;
};

}  // namespace

std::vector<Period> difference(const std::vector<Period>& all, const std::vector<Period>& without) {
  std::vector<Period> left;
  for (const Period& one : all) {
    Instant from = one.from;
    for (const Period& other : without) {
      if (other.until <= from || one.until <= other.from) continue;
      if (from < other.from) left.push_back({from, other.from});
      from = std::max(from, other.until);
    }
    if (from < one.until) left.push_back({from, one.until});
  }
  return left;
}

Foresight foresee(const Coverage& before, const Coverage& after, const Period& within,
                  std::size_t cells_max) {
  const Replaced replaced(before, after);
  const Period looked_at = both(within, after.period());
  GapCollector collector(after, cells_max);
  Foresight foresight;
  std::set<std::string> codes;
  std::set<AgencyIndex> agencies;
  // Of most cells nothing has changed but for their seat's neighbours: each pair of seats once.
  std::map<std::pair<SeatPlace, SeatPlace>, std::vector<Period>> known;
  const auto look_at = [&](const Cell& cell) {
    const ProcedureDemandPtr& demand = after.procedures()[cell.procedure];
    const SeatPlace seat = after.seat(cell);
    const auto same = replaced.same(demand);
    std::vector<Period> worse;
    if (same.has_value()) {
      if (after.shares(before, seat.agency)) return;
      const SeatPlace was =
          before.seat({.procedure = *same, .place = cell.place, .step = cell.step});
      const auto [found, fresh] = known.try_emplace({was, seat});
      if (fresh) {
        found->second =
            difference(empty_periods(after.timeline(seat), looked_at, after.period().until),
                       empty_periods(before.timeline(was), looked_at, before.period().until));
      }
      worse = found->second;
    } else {
      worse = difference(
          empty_periods(after.timeline(seat), looked_at, after.period().until),
          replaced.empty(*demand, after.place(cell).agency, after.step(cell).id, looked_at));
    }
    bool any = false;
    for (const Period& one : worse) {
      const Period when = both(one, demand->in_force);
      if (when.is_empty()) continue;
      collector.add(cell, when);
      any = true;
    }
    if (!any) return;
    ++foresight.steps;
    foresight.worse.push_back(cell);
    codes.insert(demand->code);
    agencies.insert(seat.agency);
  };
  Touched touched(before, after);
  for (std::uint32_t p = 0; p < after.procedures().size(); ++p) {
    const ProcedureDemandPtr& demand = after.procedures()[p];
    if (both(demand->in_force, looked_at).is_empty()) continue;
    if (!replaced.same(demand).has_value()) {
      after.each_cell_of(p, look_at);
      continue;
    }
    for (const std::uint32_t place : touched.places(demand->places)) {
      for (std::uint32_t step = 0; step < demand->steps.size(); ++step) {
        look_at({.procedure = p, .place = place, .step = step});
      }
    }
  }
  foresight.gaps = collector.take();
  foresight.procedures = static_cast<std::int64_t>(codes.size());
  foresight.agencies = static_cast<std::int64_t>(agencies.size());
  return foresight;
}

}  // namespace insight
