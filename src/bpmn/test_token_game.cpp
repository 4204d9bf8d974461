#include "bpmn/test_token_game.h"

#include <algorithm>
#include <deque>

namespace bpmn {
namespace {

void take(TokenGame::Marking& marking, const std::string& flow) {
  if (--marking[flow] == 0) marking.erase(flow);
}

bool has(const TokenGame::Marking& marking, const std::string& flow) {
  return marking.contains(flow);
}

}  // namespace

const Node* TokenGame::find(const std::string& id) const {
  const auto found = std::ranges::find(process_.nodes, id, &Node::id);
  return found == process_.nodes.end() ? nullptr : &*found;
}

std::vector<const Flow*> TokenGame::in(const std::string& id) const {
  std::vector<const Flow*> flows;
  for (const Flow& flow : process_.flows) {
    if (flow.target == id) flows.push_back(&flow);
  }
  return flows;
}

std::vector<const Flow*> TokenGame::out(const std::string& id) const {
  std::vector<const Flow*> flows;
  for (const Flow& flow : process_.flows) {
    if (flow.source == id) flows.push_back(&flow);
  }
  return flows;
}

bool TokenGame::waits(const Node& node) const {
  return is_activity(node.kind) || node.kind == NodeKind::catch_event ||
         node.kind == NodeKind::event_based_gateway;
}

std::vector<std::vector<std::string>> TokenGame::ways_out(const Node& node) const {
  std::vector<std::vector<std::string>> ways;
  const std::vector<const Flow*> flows = out(node.id);
  if (flows.empty()) return {{}};
  if (node.kind == NodeKind::exclusive_gateway || node.kind == NodeKind::event_based_gateway) {
    for (const Flow* flow : flows) ways.push_back({flow->id});
    return ways;
  }
  for (std::uint32_t bits = 1; bits < (1U << flows.size()); ++bits) {
    std::vector<std::string> way;
    bool right = true;
    bool only_default = false;
    for (std::size_t i = 0; i < flows.size(); ++i) {
      const bool chosen = (bits >> i & 1U) != 0;
      if (chosen) way.push_back(flows[i]->id);
      const bool is_default = flows[i]->id == node.default_flow;
      const bool parallel = node.kind == NodeKind::parallel_gateway;
      if (!chosen && (parallel || (!is_default && !flows[i]->condition))) right = false;
      if (chosen && is_default && !parallel) only_default = true;
    }
    if (right && (!only_default || way.size() == 1)) ways.push_back(way);
  }
  return ways;
}

bool TokenGame::reaches(const std::string& node, const std::string& flow,
                        const std::string& without) const {
  std::set<std::string> seen;
  std::deque<std::string> open{node};
  while (!open.empty()) {
    const std::string at = open.front();
    open.pop_front();
    if (at == without || !seen.insert(at).second) continue;
    for (const Flow* next : out(at)) {
      if (next->id == flow) return true;
      open.push_back(next->target);
    }
    for (const Node& other : process_.nodes) {
      if (other.attached_to == at) open.push_back(other.id);
    }
  }
  return false;
}

bool TokenGame::may_join(const Node& gateway, const Marking& marking) const {
  const std::vector<const Flow*> ways_in = in(gateway.id);
  for (const auto& [flow, tokens] : marking) {
    const auto found = std::ranges::find(process_.flows, flow, &Flow::id);
    if (found->target == gateway.id) continue;
    bool to_empty = false;
    bool to_full = false;
    for (const Flow* way : ways_in) {
      if (!reaches(found->target, way->id, gateway.id)) continue;
      (has(marking, way->id) ? to_full : to_empty) = true;
    }
    if (to_empty && !to_full) return false;
  }
  return true;
}

void TokenGame::add_moves(const Node& node, const Marking& rest, std::vector<Move>& moves) const {
  const bool ends = node.kind == NodeKind::end_event && (node.event.kind == EventKind::terminate ||
                                                         node.event.kind == EventKind::error);
  for (const std::vector<std::string>& way : ways_out(node)) {
    Move move{node.id, way, ends ? Marking{} : rest};
    for (const std::string& flow : way) ++move.after[flow];
    moves.push_back(std::move(move));
  }
}

std::vector<TokenGame::Move> TokenGame::first_moves() const {
  std::vector<Move> moves;
  for (const Node& node : process_.nodes) {
    if (node.kind == NodeKind::start_event) add_moves(node, {}, moves);
  }
  return moves;
}

std::vector<TokenGame::Move> TokenGame::moves(const Marking& marking, Pace pace) const {
  std::vector<Move> at_once;
  std::vector<Move> joined;
  std::vector<Move> later;
  for (const Node& node : process_.nodes) {
    std::vector<const Flow*> full;
    const std::vector<const Flow*> ways_in = in(node.id);
    for (const Flow* way : ways_in) {
      if (has(marking, way->id)) full.push_back(way);
    }
    if (full.empty()) continue;
    const bool inclusive = node.kind == NodeKind::inclusive_gateway && ways_in.size() > 1;
    if (inclusive || node.kind == NodeKind::parallel_gateway) {
      if (inclusive ? !may_join(node, marking) : full.size() < ways_in.size()) continue;
      Marking rest = marking;
      for (const Flow* way : full) take(rest, way->id);
      add_moves(node, rest, inclusive ? joined : at_once);
      continue;
    }
    std::vector<Move>& moves = waits(node) ? later : at_once;
    for (const Flow* way : full) {
      Marking rest = marking;
      take(rest, way->id);
      add_moves(node, rest, moves);
      for (const Node& other : process_.nodes) {
        if (other.attached_to == node.id) add_moves(other, rest, moves);
      }
    }
  }
  if (pace == Pace::engine) return !at_once.empty() ? at_once : !joined.empty() ? joined : later;
  at_once.insert(at_once.end(), joined.begin(), joined.end());
  at_once.insert(at_once.end(), later.begin(), later.end());
  return at_once;
}

bool TokenGame::is_doubled(const Marking& marking) const {
  std::map<std::string, int> waiting;
  for (const auto& [flow, tokens] : marking) {
    if (tokens > 1) return true;
    const Node& target = *find(std::ranges::find(process_.flows, flow, &Flow::id)->target);
    if (waits(target) && ++waiting[target.id] > 1) return true;
  }
  return false;
}

bool TokenGame::is_stuck(const Marking& marking) const {
  return !marking.empty() && moves(marking, Pace::engine).empty();
}

TokenGame::Verdict TokenGame::play(Pace pace, std::size_t markings_max) const {
  Verdict verdict;
  std::map<Marking, std::set<Marking>> before;
  std::set<Marking> seen;
  std::deque<Marking> open;
  std::set<Marking> good;
  const auto arrive = [&](const Marking* from, const Marking& to) {
    if (is_doubled(to)) {
      verdict.doubled = true;
      if (from != nullptr) good.insert(*from);
      return;
    }
    if (from != nullptr) before[to].insert(*from);
    if (seen.insert(to).second) open.push_back(to);
  };
  for (const Move& move : first_moves()) arrive(nullptr, move.after);
  while (!open.empty()) {
    if (seen.size() > markings_max) {
      verdict.decided = false;
      return verdict;
    }
    const Marking marking = open.front();
    open.pop_front();
    if (marking.empty()) {
      good.insert(marking);
      continue;
    }
    const std::vector<Move> next = moves(marking, pace);
    if (next.empty()) {
      verdict.deadlock = true;
      good.insert(marking);
    }
    for (const Move& move : next) arrive(&marking, move.after);
  }
  std::deque<Marking> back{good.begin(), good.end()};
  while (!back.empty()) {
    const Marking marking = back.front();
    back.pop_front();
    for (const Marking& from : before[marking]) {
      if (good.insert(from).second) back.push_back(from);
    }
  }
  verdict.trapped =
      std::ranges::any_of(seen, [&](const Marking& marking) { return !good.contains(marking); });
  return verdict;
}

std::set<TokenGame::Marking> TokenGame::replay(const std::vector<RouteStep>& route) const {
  std::set<Marking> now;
  for (std::size_t i = 0; i < route.size(); ++i) {
    std::set<Marking> next;
    const auto follow = [&](const std::vector<Move>& moves) {
      for (const Move& move : moves) {
        std::vector<std::string> wanted = route[i].flows;
        std::vector<std::string> taken = move.flows;
        std::ranges::sort(wanted);
        std::ranges::sort(taken);
        if (move.node == route[i].node && wanted == taken) next.insert(move.after);
      }
    };
    if (i == 0) follow(first_moves());
    for (const Marking& marking : now) follow(moves(marking, Pace::any));
    now = std::move(next);
    if (now.empty()) return now;
  }
  return now;
}

}  // namespace bpmn
