#include "bpmn/soundness_explorer.h"

#include <algorithm>

namespace bpmn {
namespace {

constexpr std::size_t kArenaCellsMax = 50'000'000;  // 200 MB of states
constexpr std::size_t kArcsMax = 24'000'000;
constexpr std::size_t kReachBitsMax = 40'000'000;
constexpr std::int64_t kWorkMax = 200'000'000;
constexpr std::size_t kAncestorsMax = 2'000;
constexpr std::size_t kToldMax = 50;  // of one kind in one scope

}  // namespace

NetExplorer::NetExplorer(const WorkflowNet& net, std::size_t states_max)
    : net_(net),
      states_max_(states_max),
      join_reach_(net.nodes.size()),
      node_passed_(net.nodes.size(), false),
      choice_passed_(net.nodes.size()),
      stuck_noted_(net.nodes.size(), false),
      doubled_noted_(net.places.size(), false),
      cut_noted_(net.nodes.size(), false),
      seen_in_(net.nodes.size(), 0),
      work_left_(kWorkMax) {
  for (std::size_t i = 0; i < net.nodes.size(); ++i) {
    choice_passed_[i].resize(net.nodes[i].choices.size(), false);
  }
}

void NetExplorer::run() {
  find_join_reach();
  const NetNode& beginning = net_.nodes[0];
  for (std::uint32_t choice = 0; choice < beginning.choices.size(); ++choice) {
    fire(StateStore::kNone, {}, {StateStore::kNone, 0, choice, 0}, {});
  }
  for (std::uint32_t state = 0; state < store_.size(); ++state) {
    if (!decided_) break;
    expand(state);
  }
  if (decided_) find_trap();
}

// Source: OMG BPMN 2.0.2, 13.4.3: the ways to each incoming flow that do not pass the gateway.
void NetExplorer::find_join_reach() {
  std::size_t bits = 0;
  for (NetNodeIndex index = 0; index < net_.nodes.size(); ++index) {
    const NetNode& node = net_.nodes[index];
    if (node.gone || node.join != JoinMode::inclusive || node.in.size() < 2) continue;
    bits += node.in.size() * net_.places.size();
    if (bits > kReachBitsMax) {
      decided_ = false;
      return;
    }
    for (const PlaceIndex in : node.in) {
      std::vector<bool>& row = join_reach_[index].emplace_back(net_.places.size(), false);
      std::vector<PlaceIndex> open{in};
      row[in] = true;
      while (!open.empty()) {
        const PlaceIndex place = open.back();
        open.pop_back();
        const NetNodeIndex from = net_.places[place].from;
        if (from == index) continue;
        for (const PlaceIndex before : net_.nodes[from].in) {
          if (row[before]) continue;
          row[before] = true;
          open.push_back(before);
        }
      }
    }
  }
}

void NetExplorer::spend(std::size_t work) {
  work_left_ -= static_cast<std::int64_t>(work);
  if (work_left_ < 0) decided_ = false;
}

bool NetExplorer::is_full(const NetNode& node, const std::vector<PlaceIndex>& marking) const {
  return std::ranges::all_of(
      node.in, [&](PlaceIndex place) { return std::ranges::binary_search(marking, place); });
}

bool NetExplorer::must_wait(const std::vector<std::vector<bool>>& rows, const NetNode& node,
                            const std::vector<bool>& has_token, PlaceIndex token) const {
  bool reaches_empty = false;
  for (std::size_t i = 0; i < node.in.size(); ++i) {
    if (!rows[i][token]) continue;
    if (has_token[i]) return false;
    reaches_empty = true;
  }
  return reaches_empty;
}

bool NetExplorer::is_inclusive_enabled(NetNodeIndex index, const std::vector<PlaceIndex>& marking) {
  const NetNode& node = net_.nodes[index];
  spend(marking.size() * node.in.size());
  std::vector<bool> has_token(node.in.size(), false);
  for (std::size_t i = 0; i < node.in.size(); ++i) {
    has_token[i] = std::ranges::binary_search(marking, node.in[i]);
  }
  for (const PlaceIndex token : marking) {
    const NetPlace& place = net_.places[token];
    if (place.to == index) continue;
    if (node.in.size() > 1 && must_wait(join_reach_[index], node, has_token, token)) return false;
  }
  return true;
}

// As the engine does: what moves by itself moves first, in any order; then inclusive joins are
// judged; then something that was waited for happens.
void NetExplorer::expand(std::uint32_t state) {
  const std::span<const PlaceIndex> kept = store_.places(state);
  const std::vector<PlaceIndex> marking{kept.begin(), kept.end()};
  if (marking.empty()) return;
  spend(marking.size());
  std::vector<Enabled> at_once;
  std::vector<Enabled> later;
  std::vector<NetNodeIndex> inclusive;
  for (const PlaceIndex token : marking) {
    const NetPlace& place = net_.places[token];
    const NetNode& node = net_.nodes[place.to];
    const bool joins = node.join != JoinMode::any && node.in.size() > 1;
    if (!joins) {
      if (!node.choices.empty()) {
        (place.waits || node.waits ? later : at_once).push_back({place.to, {token}});
      }
      continue;
    }
    if (seen_in_[place.to] == state + 1) continue;
    seen_in_[place.to] = state + 1;
    if (node.join == JoinMode::inclusive) {
      inclusive.push_back(place.to);
    } else if (spend(node.in.size()); is_full(node, marking)) {
      const bool waits =
          std::ranges::any_of(node.in, [&](PlaceIndex in) { return net_.places[in].waits; });
      (waits ? later : at_once).push_back({place.to, node.in});
    }
  }
  if (!at_once.empty()) return fire_all(state, marking, at_once);
  std::vector<Enabled> joined;
  for (const NetNodeIndex index : inclusive) {
    if (!is_inclusive_enabled(index, marking)) continue;
    Enabled enabled{index, {}};
    bool waits = false;
    for (const PlaceIndex in : net_.nodes[index].in) {
      if (!std::ranges::binary_search(marking, in)) continue;
      enabled.taken.push_back(in);
      waits = waits || net_.places[in].waits;
    }
    (waits ? later : joined).push_back(std::move(enabled));
  }
  if (!joined.empty()) return fire_all(state, marking, joined);
  if (later.empty()) return note_stuck(state, marking);
  fire_all(state, marking, later);
}

void NetExplorer::fire_all(std::uint32_t state, const std::vector<PlaceIndex>& marking,
                           const std::vector<Enabled>& transitions) {
  for (const Enabled& enabled : transitions) {
    const auto choices = static_cast<std::uint32_t>(net_.nodes[enabled.node].choices.size());
    for (std::uint32_t choice = 0; choice < choices && decided_; ++choice) {
      fire(state, marking, {state, enabled.node, choice, enabled.taken[0]}, enabled.taken);
    }
  }
}

void NetExplorer::fire(std::uint32_t state, const std::vector<PlaceIndex>& marking,
                       const Firing& firing, std::span<const PlaceIndex> taken) {
  const NetNode& node = net_.nodes[firing.node];
  const NetChoice& choice = node.choices[firing.choice];
  spend(marking.size() * std::max<std::size_t>(taken.size(), 1) + choice.places.size() + 8);
  node_passed_[firing.node] = true;
  choice_passed_[firing.node][firing.choice] = true;
  std::vector<PlaceIndex> next;
  next.reserve(marking.size() + choice.places.size());
  for (const PlaceIndex place : marking) {
    if (std::ranges::find(taken, place) == taken.end()) next.push_back(place);
  }
  if (node.ends_scope) {
    if (!next.empty() && !cut_noted_[firing.node]) {
      cut_noted_[firing.node] = true;
      cuts_.push_back({firing, next});
    }
    next.clear();
  }
  PlaceIndex doubled = kNothing;
  for (const PlaceIndex place : choice.places) {
    const auto at = std::ranges::lower_bound(next, place);
    const bool again = at != next.end() && *at == place;
    if (again && net_.places[place].side) continue;
    if (again && doubled == kNothing) doubled = place;
    next.insert(at, place);
  }
  if (doubled != kNothing) {
    if (state != StateStore::kNone) excused_[state] = true;
    if (!doubled_noted_[doubled] && doubled_.size() < kToldMax) {
      doubled_noted_[doubled] = true;
      doubled_.push_back({firing, doubled, covers_ancestor(state, next)});
    }
    return;
  }
  if (next.empty() && !node.fails) completes_ = true;
  const StateStore::Added added = store_.add(next);
  if (added.is_new) {
    reached_by_.push_back(firing);
    ends_.push_back(next.empty());
    excused_.push_back(false);
    if (store_.size() > states_max_ || store_.cells() > kArenaCellsMax) decided_ = false;
  }
  if (state != StateStore::kNone && arcs_.size() < kArcsMax) {
    arcs_.push_back(state);
    arcs_.push_back(added.state);
  }
}

// Does `marking`, which has a token twice, hold everything that an earlier state on its way held?
bool NetExplorer::covers_ancestor(std::uint32_t state,
                                  const std::vector<PlaceIndex>& marking) const {
  std::size_t steps = 0;
  for (std::uint32_t at = state; at != StateStore::kNone && ++steps < kAncestorsMax;
       at = reached_by_[at].parent) {
    if (std::ranges::includes(marking, store_.places(at))) return true;
  }
  return false;
}

void NetExplorer::note_stuck(std::uint32_t state, const std::vector<PlaceIndex>& marking) {
  excused_[state] = true;
  for (const PlaceIndex place : marking) {
    const NetNodeIndex node = net_.places[place].to;
    if (stuck_noted_[node] || stuck_.size() >= kToldMax) continue;
    stuck_noted_[node] = true;
    stuck_.push_back({state, node});
  }
}

void NetExplorer::find_trap() {
  if (arcs_.size() >= kArcsMax) return;
  // Backwards from everything that ends, or that was told already.
  const std::size_t states = store_.size();
  std::vector<std::uint32_t> first(states + 1, 0);
  for (std::size_t i = 1; i < arcs_.size(); i += 2) ++first[arcs_[i] + 1];
  for (std::size_t i = 0; i < states; ++i) first[i + 1] += first[i];
  std::vector<std::uint32_t> before(arcs_.size() / 2);
  std::vector<std::uint32_t> fill{first.begin(), first.end() - 1};
  for (std::size_t i = 0; i < arcs_.size(); i += 2) before[fill[arcs_[i + 1]]++] = arcs_[i];
  std::vector<bool> good(states, false);
  std::vector<std::uint32_t> open;
  for (std::uint32_t state = 0; state < states; ++state) {
    if (!ends_[state] && !excused_[state]) continue;
    good[state] = true;
    open.push_back(state);
  }
  while (!open.empty()) {
    const std::uint32_t state = open.back();
    open.pop_back();
    for (std::uint32_t i = first[state]; i < first[state + 1]; ++i) {
      if (good[before[i]]) continue;
      good[before[i]] = true;
      open.push_back(before[i]);
    }
  }
  for (std::uint32_t state = 0; state < states; ++state) {
    if (good[state]) continue;
    trap_ = state;
    return;
  }
}

std::vector<Firing> NetExplorer::way_to(std::uint32_t state) const {
  std::vector<Firing> way;
  for (std::uint32_t at = state; at != StateStore::kNone; at = reached_by_[at].parent) {
    way.push_back(reached_by_[at]);
  }
  std::ranges::reverse(way);
  return way;
}

std::vector<PlaceIndex> NetExplorer::taken_by(const Firing& firing) const {
  const NetNode& node = net_.nodes[firing.node];
  if (firing.parent == StateStore::kNone) return {};
  if (node.in.size() < 2 || node.join == JoinMode::any) return {firing.taken};
  std::vector<PlaceIndex> taken;
  for (const PlaceIndex place : node.in) {
    if (std::ranges::binary_search(store_.places(firing.parent), place)) taken.push_back(place);
  }
  return taken;
}

bool NetExplorer::reaches(PlaceIndex from, PlaceIndex to) const {
  std::vector<bool> seen(net_.places.size(), false);
  std::vector<PlaceIndex> open{from};
  seen[from] = true;
  while (!open.empty()) {
    const PlaceIndex place = open.back();
    open.pop_back();
    if (place == to) return true;
    for (const NetChoice& choice : net_.nodes[net_.places[place].to].choices) {
      for (const PlaceIndex next : choice.places) {
        if (seen[next]) continue;
        seen[next] = true;
        open.push_back(next);
      }
    }
  }
  return false;
}

}  // namespace bpmn
