// workflow_net_reduce.cpp - structural reductions of a net.
//
// Source: T. Murata, Petri nets: properties, analysis and applications (1989), section IV.E: fusion
// of series places and transitions, of parallel places and transitions, and of self-loops.  Each
// keeps what is asked of the net: deadlocks, a second token on a place, the reach of tokens towards
// inclusive joins, and an expandable way back to the drawing.
#include <algorithm>
#include <deque>
#include <map>

#include "bpmn/workflow_net.h"

namespace bpmn {
namespace {

class NetReducer {
 public:
  explicit NetReducer(WorkflowNet& net) : net_(net) {}

  void run() {
    queued_.resize(net_.nodes.size(), false);
    for (NetNodeIndex index = 0; index < net_.nodes.size(); ++index) look_at(index);
    // Each success takes a place or a choice away, so that this ends.
    while (!open_.empty()) {
      const NetNodeIndex index = open_.front();
      open_.pop_front();
      queued_[index] = false;
      if (net_.nodes[index].gone) continue;
      if (fuse_sequence(index) || drop_simple_loop(index) || merge_branches(index)) look_at(index);
    }
  }

 private:
  static bool holds(const NetChoice& choice, PlaceIndex place) {
    return std::ranges::binary_search(choice.places, place);
  }

  void look_at(NetNodeIndex index) {
    if (queued_[index]) return;
    queued_[index] = true;
    open_.push_back(index);
  }

  void drop_place(PlaceIndex index) {
    NetPlace& place = net_.places[index];
    place.gone = true;
    std::erase(net_.nodes[place.to].in, index);
    look_at(place.to);
    look_at(place.from);
  }

  std::uint32_t step_of(const NetChoice& choice) {
    return choice.element == kNothing ? TraceArena::kEmpty
                                      : net_.traces.step(choice.element, choice.flows);
  }

  // place -> node -> place, with nothing to wait for and nothing to choose.
  bool fuse_sequence(NetNodeIndex index) {
    NetNode& node = net_.nodes[index];
    if (index == 0 || node.in.size() != 1 || node.ends_scope || node.choices.size() != 1 ||
        node.choices[0].places.size() != 1) {
      return false;
    }
    const PlaceIndex before = node.in[0];
    const PlaceIndex after = node.choices[0].places[0];
    if (before == after || net_.places[before].side != net_.places[after].side) return false;
    NetPlace& kept = net_.places[before];
    NetPlace& taken = net_.places[after];
    kept.trace =
        net_.traces.join(net_.traces.join(kept.trace, step_of(node.choices[0])), taken.trace);
    kept.covers = net_.traces.join(kept.covers, taken.covers);
    kept.waits = kept.waits || node.waits || taken.waits;
    kept.to = taken.to;
    taken.gone = true;
    node.gone = true;
    std::ranges::replace(net_.nodes[kept.to].in, after, before);
    look_at(kept.to);
    look_at(kept.from);
    return true;
  }

  // A merge, then a split that may go straight back to it: the way back changes nothing.
  bool drop_simple_loop(NetNodeIndex index) {
    const NetNode& merge = net_.nodes[index];
    if (merge.join != JoinMode::any || merge.ends_scope || merge.choices.size() != 1 ||
        merge.choices[0].places.size() != 1 || merge.in.size() < 2) {
      return false;
    }
    const PlaceIndex forward = merge.choices[0].places[0];
    const NetNodeIndex other = net_.places[forward].to;
    NetNode& split = net_.nodes[other];
    if (other == index || split.in.size() != 1 || split.ends_scope || split.choices.size() < 2) {
      return false;
    }
    for (std::size_t i = 0; i < split.choices.size(); ++i) {
      const NetChoice& choice = split.choices[i];
      if (choice.places.size() != 1) continue;
      const PlaceIndex back = choice.places[0];
      if (net_.places[back].to != index || net_.places[back].side != net_.places[forward].side) {
        continue;
      }
      // A token may rest on the way back only if it may rest on the way forward, too.
      if (net_.places[back].waits && !net_.places[forward].waits) continue;
      const auto uses =
          std::ranges::count_if(split.choices, [&](const NetChoice& c) { return holds(c, back); });
      if (uses != 1) continue;
      NetPlace& kept = net_.places[forward];
      kept.covers = net_.traces.join(kept.covers, step_of(choice));
      kept.covers = net_.traces.join(kept.covers, net_.places[back].trace);
      kept.covers = net_.traces.join(kept.covers, net_.places[back].covers);
      split.choices.erase(split.choices.begin() + static_cast<std::ptrdiff_t>(i));
      drop_place(back);
      return true;
    }
    return false;
  }

  // Two ways from this split to the same join.
  bool merge_branches(NetNodeIndex index) {
    std::map<NetNodeIndex, std::vector<PlaceIndex>> by_target;
    for (const NetChoice& choice : net_.nodes[index].choices) {
      for (const PlaceIndex place : choice.places) {
        std::vector<PlaceIndex>& places = by_target[net_.places[place].to];
        if (std::ranges::find(places, place) == places.end()) places.push_back(place);
      }
    }
    bool merged = false;
    for (const auto& [target, places] : by_target) {
      std::vector<PlaceIndex> kept;
      for (const PlaceIndex place : places) {
        // Comparing a thousand with a thousand is not worth it: a few settle blocks.
        const std::size_t tried = std::min<std::size_t>(kept.size(), 16);
        bool gone = false;
        for (std::size_t i = 0; i < tried && !gone; ++i) {
          gone = merge(index, target, kept[i], place);
          // Of two alternatives it may be the other one that is needless.
          if (!gone && merge(index, target, place, kept[i])) {
            kept[i] = place;
            gone = true;
          }
        }
        if (gone) {
          merged = true;
        } else {
          kept.push_back(place);
        }
      }
    }
    return merged;
  }

  bool merge(NetNodeIndex split, NetNodeIndex join, PlaceIndex kept, PlaceIndex dropped) {
    if (net_.places[kept].side != net_.places[dropped].side) return false;
    return merge_together(split, join, kept, dropped) ||
           merge_alternatives(split, join, kept, dropped);
  }

  // Tokens always go both ways, and the join waits for both.
  bool merge_together(NetNodeIndex split, NetNodeIndex join, PlaceIndex kept, PlaceIndex dropped) {
    if (net_.nodes[join].join == JoinMode::any) return false;
    std::vector<NetChoice>& choices = net_.nodes[split].choices;
    const bool always = std::ranges::all_of(
        choices, [&](const NetChoice& c) { return holds(c, kept) == holds(c, dropped); });
    if (!always) return false;
    for (NetChoice& choice : choices) std::erase(choice.places, dropped);
    NetPlace& place = net_.places[kept];
    const NetPlace& other = net_.places[dropped];
    place.trace = net_.traces.join(place.trace, other.trace);
    place.covers = net_.traces.join(place.covers, other.covers);
    place.waits = place.waits || other.waits;
    drop_place(dropped);
    return true;
  }

  // A token goes one way or the other (or, before an inclusive join, both) to the same effect.
  bool merge_alternatives(NetNodeIndex split, NetNodeIndex join, PlaceIndex kept,
                          PlaceIndex dropped) {
    const JoinMode mode = net_.nodes[join].join;
    // What moves at once and what waits is told apart when the states are explored.
    if (mode == JoinMode::all || net_.places[kept].waits != net_.places[dropped].waits)
      return false;
    std::vector<NetChoice>& choices = net_.nodes[split].choices;
    std::vector<std::size_t> needless;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (!holds(choices[i], dropped)) continue;
      if (holds(choices[i], kept) && mode == JoinMode::any) return false;
      std::vector<PlaceIndex> wanted = choices[i].places;
      std::erase(wanted, dropped);
      if (!holds(choices[i], kept)) wanted.insert(std::ranges::upper_bound(wanted, kept), kept);
      const auto same = std::ranges::find_if(
          choices, [&](const NetChoice& c) { return c.places == wanted && !holds(c, dropped); });
      if (same == choices.end()) return false;
      needless.push_back(i);
    }
    NetPlace& place = net_.places[kept];
    for (auto i = needless.rbegin(); i != needless.rend(); ++i) {
      place.covers = net_.traces.join(place.covers, step_of(choices[*i]));
      choices.erase(choices.begin() + static_cast<std::ptrdiff_t>(*i));
    }
    place.covers = net_.traces.join(place.covers, net_.places[dropped].trace);
    place.covers = net_.traces.join(place.covers, net_.places[dropped].covers);
    drop_place(dropped);
    return true;
  }

  WorkflowNet& net_;
  std::deque<NetNodeIndex> open_;
  std::vector<bool> queued_;
};

}  // namespace

void reduce(WorkflowNet& net) {
  NetReducer(net).run();
}

}  // namespace bpmn
