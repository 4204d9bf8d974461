#include "party/organisation_history.h"

#include <algorithm>
#include <set>

#include "base/ensure.h"

namespace party {

using calendar::Date;

namespace {

bool covers(const AgencyState& state, Date on) {
  return (!state.from || *state.from <= on) && (!state.to || on <= *state.to);
}

bool names(const OrganisationChange& change, std::string_view code) {
  const auto is = [&](const Agency& one) { return one.id.text() == code; };
  return std::ranges::any_of(change.founds, is) || std::ranges::any_of(change.states, is) ||
         std::ranges::any_of(change.ends,
                             [&](const AgencyId& one) { return one.text() == code; }) ||
         std::ranges::any_of(change.passes, [&](const Passing& one) {
           return one.from.text() == code || one.to.text() == code;
         });
}

}  // namespace

const AgencyState* OrganisationHistory::state_on(const Life& life, Date on) const {
  const auto found =
      std::ranges::find_if(life.states, [&](const AgencyState& one) { return covers(one, on); });
  return found == life.states.end() ? nullptr : &*found;
}

std::vector<PassedWork> OrganisationHistory::passed_by(Date on) const {
  std::vector<PassedWork> passed;
  for (const OrganisationChange& change : changes_) {
    if (change.on > on) break;
    for (const Passing& one : change.passes) passed.push_back({one.from, one.to, one.procedures});
  }
  return passed;
}

Organisation OrganisationHistory::at(Date on) const {
  std::vector<Agency> there;
  std::vector<Agency> former;
  there.reserve(lives_.size());
  for (const Life& life : lives_) {
    if (const AgencyState* state = state_on(life, on)) {
      there.push_back(state->agency);
    } else if (life.states.back().to && *life.states.back().to < on) {
      former.push_back(life.states.back().agency);
    }
  }
  auto built = Organisation::build(std::move(there), std::move(former), passed_by(on));
  ENSURE(built.has_value(), "a history that was accepted has an organisation on every day");
  return std::move(built).value();
}

DaySpan OrganisationHistory::span_of(Date on) const {
  DaySpan span;
  for (const Date day : days_) {
    if (day <= on) {
      span.from = day;
    } else {
      span.to = day - std::chrono::days{1};
      break;
    }
  }
  return span;
}

std::vector<const OrganisationChange*> OrganisationHistory::changes_of(
    std::string_view code) const {
  std::vector<const OrganisationChange*> found;
  for (const OrganisationChange& change : changes_) {
    if (names(change, code)) found.push_back(&change);
  }
  return found;
}

std::vector<AgencyState> OrganisationHistory::states(std::string_view code) const {
  const auto found = index_.find(std::string(code));
  return found == index_.end() ? std::vector<AgencyState>{} : lives_[found->second].states;
}

const Agency* OrganisationHistory::find(std::string_view code, Date on) const {
  const auto found = index_.find(std::string(code));
  if (found == index_.end()) return nullptr;
  const AgencyState* state = state_on(lives_[found->second], on);
  return state == nullptr ? nullptr : &state->agency;
}

std::vector<AgencyId> OrganisationHistory::successors(const AgencyId& id, Date on) const {
  const std::vector<PassedWork> passed = passed_by(on);
  std::vector<AgencyId> heirs;
  // Where the work is, and from which passing on one has to look further.
  std::vector<std::pair<AgencyId, std::size_t>> open{{id, 0}};
  for (std::size_t next = 0; next < open.size(); ++next) {
    const auto [at, from] = open[next];
    // All of it passed at once, the default heir first; or parts did, and the rest goes on.
    bool stays = true;
    for (const bool all : {true, false}) {
      for (std::size_t i = from; i < passed.size(); ++i) {
        if (passed[i].from != at || passed[i].procedures.all != all) continue;
        if (all) stays = false;
        open.emplace_back(passed[i].to, i + 1);
      }
    }
    if (stays && find(at.text(), on) != nullptr && std::ranges::find(heirs, at) == heirs.end()) {
      heirs.push_back(at);
    }
  }
  return heirs;
}

std::vector<AgencyId> OrganisationHistory::predecessors(const AgencyId& id, Date on) const {
  const std::vector<PassedWork> passed = passed_by(on);
  std::set<AgencyId> before;
  // Backwards: what had come to somebody before that passing came along with it.
  std::vector<std::pair<AgencyId, std::size_t>> open{{id, passed.size()}};
  for (std::size_t next = 0; next < open.size(); ++next) {
    const auto [at, until] = open[next];
    for (std::size_t i = 0; i < until; ++i) {
      if (passed[i].to != at) continue;
      if (passed[i].from != id) before.insert(passed[i].from);
      open.emplace_back(passed[i].from, i);
    }
  }
  return {before.begin(), before.end()};
}

}  // namespace party
