// organisation_history_build.cpp - one day after the other: make its changes, then look whether the
// tree of that day is whole.
#include <algorithm>
#include <set>

#include "party/organisation_history.h"

namespace party {

using calendar::Date;
using enum OrganisationTrouble;

namespace {

constexpr std::size_t kChangesMax = 100'000;
constexpr std::size_t kAgenciesMax = 100'000;
constexpr int kDepthMax = 32;

}  // namespace

class HistoryBuilder {
 public:
  explicit HistoryBuilder(const Organisation& founding) {
    for (const Agency& agency : founding.agencies()) {
      add_life(agency, agency.valid_from, agency.valid_to);
      if (agency.kind == AgencyKind::commune_committee) {
        committees_[agency.unit_code].push_back(history_.index_[agency.id.text()]);
      }
      if (agency.parent) children_[agency.parent->text()].insert(agency.id.text());
    }
  }

  base::Result<OrganisationHistory, OrganisationProblems> build(
      std::vector<OrganisationChange> changes) {
    if (changes.size() > kChangesMax) {
      problems_.push_back(problem_of(too_many, {}, std::to_string(changes.size())));
      return base::Failure{std::move(problems_)};
    }
    std::ranges::stable_sort(changes, {}, &OrganisationChange::on);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < changes.size();) {
      const Date day = changes[i].on;
      std::size_t end = i;
      touched_.clear();
      ended_.clear();
      for (; end < changes.size() && changes[end].on == day; ++end) {
        OrganisationChange& change = changes[end];
        if (change.id.empty() || !ids.insert(change.id).second) {
          trouble(id_used_again, change, change.id);
        }
        make(change);
      }
      for (; i < end; ++i) check_passes(changes[i]);
      check_day(day);
      history_.days_.push_back(day);
    }
    if (history_.lives_.size() > kAgenciesMax) {
      problems_.push_back(problem_of(too_many, {}, std::to_string(history_.lives_.size())));
    }
    if (!problems_.empty()) return base::Failure{std::move(problems_)};
    history_.changes_ = std::move(changes);
    for (const OrganisationHistory::Life& life : history_.lives_) {
      // Whoever is founded, or ends, without a change: as the founding says.
      const auto note = [&](const std::optional<Date>& on) {
        if (on) history_.days_.push_back(*on);
      };
      note(life.states.front().from);
      if (life.states.back().to) note(*life.states.back().to + std::chrono::days{1});
    }
    std::ranges::sort(history_.days_);
    const auto twice = std::ranges::unique(history_.days_);
    history_.days_.erase(twice.begin(), twice.end());
    return std::move(history_);
  }

 private:
  using Life = OrganisationHistory::Life;

  void trouble(OrganisationTrouble what, const OrganisationChange& change, std::string subject) {
    problems_.push_back(problem_of(what, change.id, std::move(subject)));
  }

  Life* find(const AgencyId& id) {
    const auto found = history_.index_.find(id.text());
    return found == history_.index_.end() ? nullptr : &history_.lives_[found->second];
  }
  const Agency* there(const AgencyId& id, Date on) { return history_.find(id.text(), on); }

  void add_life(const Agency& agency, std::optional<Date> from, std::optional<Date> to) {
    history_.index_[agency.id.text()] = history_.lives_.size();
    history_.lives_.push_back({.states = {{.agency = agency, .from = from, .to = to}}});
  }

  void make(const OrganisationChange& change) {
    if (!change.act.is_named() || change.act.issuer.empty() || !change.act.issued_on) {
      trouble(act_missing, change, change.act.number);
    }
    if (!has_shape(change)) trouble(shape, change, std::string{title(change.kind).vi});
    for (const AgencyId& id : change.ends) end(change, id);
    for (const Agency& agency : change.founds) found(change, agency);
    for (const Agency& agency : change.states) restate(change, agency);
  }

  // That an ending agency has an heir is looked at apart, for each.
  static bool has_shape(const OrganisationChange& change) {
    const bool founds = !change.founds.empty();
    const bool states = !change.states.empty();
    const bool ends = !change.ends.empty();
    const bool passes = !change.passes.empty();
    switch (change.kind) {
      case ChangeKind::establish:
        return founds && !states && !ends && !passes;
      case ChangeKind::rename:
      case ChangeKind::move:
      case ChangeKind::amend:
        return states && !founds && !ends && !passes;
      case ChangeKind::merge:
        return ends && !states && std::ranges::all_of(change.passes, [](const Passing& one) {
                 return one.procedures.all;
               });
      case ChangeKind::split:
        return passes && !states;
      case ChangeKind::dissolve:
        return ends && !states && !founds;
    }
    return false;
  }

  void end(const OrganisationChange& change, const AgencyId& id) {
    Life* life = find(id);
    if (life == nullptr) return trouble(agency_unknown, change, id.text());
    AgencyState& last = life->states.back();
    const Date day_before = change.on - std::chrono::days{1};
    if ((last.to && *last.to < change.on) || (last.from && *last.from > day_before)) {
      return trouble(agency_not_there, change, id.text());
    }
    last.to = day_before;
    last.agency.valid_to = day_before;
    ended_.emplace_back(id.text(), change.id);
    if (last.agency.parent) children_[last.agency.parent->text()].erase(id.text());
    if (last.agency.kind == AgencyKind::commune_committee) leave_commune(id, last.agency.unit_code);
  }

  void found(const OrganisationChange& change, const Agency& agency) {
    if (find(agency.id) != nullptr) return trouble(code_used_again, change, agency.id.text());
    if (agency.name.vi.empty()) trouble(name_missing, change, agency.id.text());
    Agency born = agency;
    born.valid_from = change.on;
    born.valid_to.reset();
    add_life(born, change.on, std::nullopt);
    settle(change, born);
  }

  // Only what the kind is about is taken from what was said, so that changes that were registered
  // out of order undo nothing of each other.
  void restate(const OrganisationChange& change, const Agency& said) {
    Life* life = find(said.id);
    if (life == nullptr) return trouble(agency_unknown, change, said.id.text());
    AgencyState& last = life->states.back();
    if ((last.to && *last.to < change.on) || (last.from && *last.from > change.on)) {
      return trouble(agency_not_there, change, said.id.text());
    }
    Agency next = last.agency;
    if (change.kind == ChangeKind::rename) next.name = said.name;
    if (change.kind == ChangeKind::move) next.parent = said.parent;
    if (change.kind == ChangeKind::amend) {
      next.address = said.address;
      next.unit_code = said.unit_code;
      next.code_is_example = said.code_is_example;
    }
    if (next == last.agency) return trouble(nothing_changes, change, said.id.text());
    if (next.name.vi.empty()) return trouble(name_missing, change, said.id.text());
    if (last.agency.parent) children_[last.agency.parent->text()].erase(said.id.text());
    if (last.agency.kind == AgencyKind::commune_committee) {
      leave_commune(said.id, last.agency.unit_code);
    }
    if (last.from && *last.from == change.on) {
      last.agency = next;
    } else {
      const std::optional<Date> to = last.to;
      last.to = change.on - std::chrono::days{1};
      life->states.push_back({.agency = next, .from = change.on, .to = to});
    }
    settle(change, next);
  }

  void settle(const OrganisationChange& change, const Agency& agency) {
    touched_.emplace_back(agency.id, change.id);
    if (agency.parent) children_[agency.parent->text()].insert(agency.id.text());
    if (agency.kind == AgencyKind::commune_committee) {
      committees_[agency.unit_code].push_back(history_.index_[agency.id.text()]);
    }
  }

  void leave_commune(const AgencyId& id, const std::string& unit_code) {
    std::erase(committees_[unit_code], history_.index_[id.text()]);
  }

  void check_passes(const OrganisationChange& change) {
    for (const AgencyId& id : change.ends) {
      const auto heirs = std::ranges::count_if(
          change.passes, [&](const Passing& one) { return one.from == id && one.procedures.all; });
      if (heirs == 0) trouble(heir_missing, change, id.text());
      if (heirs > 1) trouble(heirs_overlap, change, id.text());
    }
    for (std::size_t i = 0; i < change.passes.size(); ++i) {
      const Passing& one = change.passes[i];
      if (one.from == one.to) trouble(heir_is_itself, change, one.from.text());
      const bool ends = std::ranges::find(change.ends, one.from) != change.ends.end();
      if (!ends && (one.procedures.all || there(one.from, change.on) == nullptr)) {
        trouble(find(one.from) == nullptr ? agency_unknown : agency_not_there, change,
                one.from.text());
      }
      if (there(one.to, change.on) == nullptr) trouble(heir_not_there, change, one.to.text());
      if (one.procedures.all) continue;
      if (one.procedures.fields.empty() && one.procedures.codes.empty()) {
        trouble(shape, change, one.from.text());
      }
      for (std::size_t j = 0; j < i; ++j) {
        const Passing& other = change.passes[j];
        if (other.from == one.from && !other.procedures.all &&
            other.procedures.meets(one.procedures)) {
          trouble(heirs_overlap, change, one.from.text());
        }
      }
    }
  }

  void check_day(Date day) {
    const auto told = [&](OrganisationTrouble what, const std::string& change,
                          const std::string& subject) {
      problems_.push_back(problem_of(what, change, subject));
    };
    for (const auto& [id, change] : touched_) {
      const Agency* agency = there(id, day);
      if (agency == nullptr) continue;  // founded and ended on one day: told where it ends
      int depth = 0;
      const Agency* at = agency;
      while (at != nullptr && at->parent && depth <= kDepthMax) {
        const Agency* above = there(*at->parent, day);
        if (above == nullptr) {
          told(parent_not_there, change, at->id.text());
          break;
        }
        at = above;
        ++depth;
      }
      if (depth > kDepthMax) told(below_itself, change, id.text());
      if (agency->kind != AgencyKind::commune_committee) continue;
      const auto& there_too = committees_[agency->unit_code];
      const auto alive = std::ranges::count_if(there_too, [&](std::size_t i) {
        return history_.state_on(history_.lives_[i], day) != nullptr;
      });
      if (alive > 1) told(unit_code_taken, change, agency->unit_code);
    }
    for (const auto& [code, change] : ended_) {
      for (const std::string& child : children_[code]) {
        if (history_.find(child, day) != nullptr) told(left_behind, change, child);
      }
    }
  }

  OrganisationHistory history_;
  OrganisationProblems problems_;
  // As of the day that is being made:
  std::unordered_map<std::string, std::set<std::string>> children_;
  std::unordered_map<std::string, std::vector<std::size_t>> committees_;  // by unit code
  std::vector<std::pair<AgencyId, std::string>> touched_;                 // with the change's id
  std::vector<std::pair<std::string, std::string>> ended_;
};

base::Result<OrganisationHistory, OrganisationProblems> OrganisationHistory::build(
    const Organisation& founding, std::vector<OrganisationChange> changes) {
  return HistoryBuilder(founding).build(std::move(changes));
}

}  // namespace party
