#include "insight/coverage.h"

#include <algorithm>
#include <set>

#include "base/ensure.h"

namespace insight {

namespace {

CellState state_of(std::uint32_t count) {
  if (count == 0) return CellState::gap;
  return count == 1 ? CellState::thin : CellState::covered;
}

}  // namespace

Coverage::Coverage(AgencyTablePtr agencies, std::vector<ProcedureDemandPtr> procedures,
                   const std::vector<StaffMemberPtr>& staff, const Period& period)
    : agencies_(std::move(agencies)), period_(period), procedures_(std::move(procedures)) {
  number_asks();
  auto by_id = std::make_shared<std::map<std::string, StaffMemberPtr>>();
  std::vector<std::vector<StaffMemberPtr>> members(agencies_->size());
  for (const StaffMemberPtr& member : staff) {
    if (!by_id->emplace(member->key(), member).second) continue;
    for (const AgencyIndex agency : agencies_of(member->officer)) {
      members[agency].push_back(member);
    }
  }
  staff_ = std::move(by_id);
  seats_.resize(agencies_->size());
  classes_.resize(agencies_->size());
  for (AgencyIndex agency = 0; agency < agencies_->size(); ++agency) {
    build_agency(agency, std::move(members[agency]));
  }
}

void Coverage::number_asks() {
  ask_of_.assign(procedures_.size(), {});
  for (std::size_t p = 0; p < procedures_.size(); ++p) {
    for (const StepDemand& step : procedures_[p]->steps) {
      const auto known = std::ranges::find(asks_, step.ask);
      ask_of_[p].push_back(static_cast<std::uint32_t>(known - asks_.begin()));
      if (known == asks_.end()) asks_.push_back(step.ask);
    }
  }
}

std::vector<AgencyIndex> Coverage::agencies_of(const party::Officer& officer) const {
  std::vector<AgencyIndex> found;
  const auto add = [&](const party::AgencyId& id) {
    const AgencyIndex index = agencies_->index_of(id);
    if (index != kNoAgency && std::ranges::find(found, index) == found.end()) {
      found.push_back(index);
    }
  };
  add(officer.agency);
  for (const party::AgencyId& id : officer.takes_over) add(id);
  for (const party::Mandate& mandate : officer.mandates) add(mandate.agency);
  return found;
}

void Coverage::build_agency(AgencyIndex agency, std::vector<StaffMemberPtr> members) {
  seats_[agency] = std::make_shared<const AgencySeats>((*agencies_)[agency], std::move(members),
                                                       asks_, procedures_, period_);
  classify(agency);
}

void Coverage::classify(AgencyIndex agency) {
  if (seats_[agency]->class_count() <= 1) {
    classes_[agency] = nullptr;
    return;
  }
  auto classes = std::make_shared<std::vector<AgencySeats::Class>>();
  classes->reserve(procedures_.size());
  for (const ProcedureDemandPtr& procedure : procedures_) {
    const auto of = seats_[agency]->class_of(*procedure);
    classes->push_back(of.value_or(0));
  }
  classes_[agency] = std::move(classes);
}

bool Coverage::reclassify(AgencyIndex agency, const std::vector<std::uint32_t>& kept,
                          const Classes& before, const std::vector<ProcedureDemandPtr>& fresh) {
  std::vector<AgencySeats::Class> added;
  for (const ProcedureDemandPtr& one : fresh) {
    const auto of = seats_[agency]->class_of(*one);
    if (!of.has_value()) return false;
    added.push_back(*of);
  }
  if (before == nullptr) return true;
  auto classes = std::make_shared<std::vector<AgencySeats::Class>>();
  classes->reserve(kept.size() + added.size());
  for (const std::uint32_t p : kept) classes->push_back((*before)[p]);
  classes->insert(classes->end(), added.begin(), added.end());
  classes_[agency] = std::move(classes);
  return true;
}

Coverage Coverage::with(const Changes& changes) const {
  Coverage next = *this;
  std::set<AgencyIndex> stale;
  if (!changes.codes.empty() || !changes.procedures.empty()) {
    const std::set<std::string> codes(changes.codes.begin(), changes.codes.end());
    std::vector<std::uint32_t> kept;
    next.procedures_.clear();
    for (std::uint32_t p = 0; p < procedures_.size(); ++p) {
      if (codes.contains(procedures_[p]->code)) continue;
      kept.push_back(p);
      next.procedures_.push_back(procedures_[p]);
    }
    next.procedures_.insert(next.procedures_.end(), changes.procedures.begin(),
                            changes.procedures.end());
    next.number_asks();
    const bool another_ask = next.asks_.size() != asks_.size();
    for (AgencyIndex agency = 0; agency < agencies_->size(); ++agency) {
      if (another_ask || !next.reclassify(agency, kept, classes_[agency], changes.procedures)) {
        stale.insert(agency);
      }
    }
  }

  std::map<AgencyIndex, std::vector<StaffMemberPtr>> members;
  const auto members_of = [&](AgencyIndex agency) -> std::vector<StaffMemberPtr>& {
    return members.try_emplace(agency, seats_[agency]->members()).first->second;
  };
  if (!changes.staff.empty()) {
    auto staff = std::make_shared<std::map<std::string, StaffMemberPtr>>(*staff_);
    for (const StaffChange& change : changes.staff) {
      if (const auto old = staff->find(change.officer); old != staff->end()) {
        for (const AgencyIndex agency : agencies_of(old->second->officer)) {
          stale.insert(agency);
          std::erase(members_of(agency), old->second);
        }
        staff->erase(old);
      }
      if (change.now == nullptr) continue;
      for (const AgencyIndex agency : agencies_of(change.now->officer)) {
        stale.insert(agency);
        members_of(agency).push_back(change.now);
      }
      staff->emplace(change.officer, change.now);
    }
    next.staff_ = std::move(staff);
  }
  for (const AgencyIndex agency : stale) next.build_agency(agency, std::move(members_of(agency)));
  return next;
}

StaffMemberPtr Coverage::find_member(const std::string& officer) const {
  const auto found = staff_->find(officer);
  return found == staff_->end() ? nullptr : found->second;
}

const StepDemand& Coverage::step(const Cell& cell) const {
  return procedures_[cell.procedure]->steps[cell.step];
}

const Place& Coverage::place(const Cell& cell) const {
  return (*procedures_[cell.procedure]->places)[cell.place];
}

SeatPlace Coverage::seat(const Cell& cell) const {
  const AgencyIndex agency = agency_of(place(cell), step(cell));
  const AgencySeats::Class of =
      classes_[agency] == nullptr ? AgencySeats::Class{0} : (*classes_[agency])[cell.procedure];
  return {.agency = agency,
          .seat = static_cast<std::uint32_t>(
              seats_[agency]->seat_of(ask_of_[cell.procedure][cell.step], of))};
}

Timeline Coverage::timeline(const SeatPlace& seat) const {
  return seats_[seat.agency]->timeline(seat.seat);
}

CellState Coverage::state(const Cell& cell, Instant at) const {
  return state_of(stretch_at(timeline(seat(cell)), at).count);
}

void Coverage::each_cell_of(std::uint32_t procedure,
                            const std::function<void(const Cell&)>& visit) const {
  const ProcedureDemand& demand = *procedures_[procedure];
  const auto steps = static_cast<std::uint32_t>(demand.steps.size());
  const auto places = static_cast<std::uint32_t>(demand.places->size());
  for (std::uint32_t place = 0; place < places; ++place) {
    for (std::uint32_t step = 0; step < steps; ++step) {
      visit({.procedure = procedure, .place = place, .step = step});
    }
  }
}

void Coverage::each_cell(const Period& within,
                         const std::function<void(const Cell&)>& visit) const {
  for (std::uint32_t p = 0; p < procedures_.size(); ++p) {
    if (!both(procedures_[p]->in_force, within).is_empty()) each_cell_of(p, visit);
  }
}

Coverage::Snapshot::Snapshot(const Coverage& coverage, Instant at) : at_(at) {
  states_.resize(coverage.seats_.size());
  for (std::size_t agency = 0; agency < states_.size(); ++agency) {
    const AgencySeats& seats = *coverage.seats_[agency];
    states_[agency].reserve(seats.seat_count());
    for (std::size_t seat = 0; seat < seats.seat_count(); ++seat) {
      states_[agency].push_back(state_of(stretch_at(seats.timeline(seat), at).count));
    }
  }
}

CellCount Coverage::count(const Snapshot& snapshot, std::uint32_t procedure,
                          std::uint32_t place) const {
  CellCount counted;
  const ProcedureDemand& demand = *procedures_[procedure];
  if (!demand.in_force.holds(snapshot.at())) return counted;
  for (std::uint32_t step = 0; step < demand.steps.size(); ++step) {
    counted.add(snapshot.state(seat({.procedure = procedure, .place = place, .step = step})));
  }
  return counted;
}

CellCount Coverage::count(Instant at) const {
  const Snapshot snapshot(*this, at);
  CellCount counted;
  for (std::uint32_t p = 0; p < procedures_.size(); ++p) {
    const auto places = static_cast<std::uint32_t>(procedures_[p]->places->size());
    for (std::uint32_t place = 0; place < places; ++place) {
      counted.add(count(snapshot, p, place));
    }
  }
  return counted;
}

}  // namespace insight
