#include "bpmn/soundness.h"

#include <algorithm>
#include <map>

#include "bpmn/soundness_explorer.h"

namespace bpmn {
namespace {

class SoundnessCheck {
 public:
  SoundnessCheck(const AnalysisGraph& graph, const WorkflowNet& net, NetExplorer& explorer)
      : graph_(graph), net_(net), explorer_(explorer) {}

  std::vector<Violation> run() {
    for (const NetExplorer::Stuck& stuck : explorer_.stuck()) add_deadlock(stuck);
    for (const NetExplorer::Doubled& doubled : explorer_.doubled()) add_doubled(doubled);
    if (const auto trap = explorer_.trap()) add_trap(*trap);
    // Behind a deadlock much is dead; the deadlock says it all.
    if (explorer_.decided() && violations_.empty()) add_dead();
    for (const NetExplorer::Cut& cut : explorer_.cuts()) add_cut(cut);
    return std::move(violations_);
  }

 private:
  using Step = TraceArena::Step;

  [[nodiscard]] const std::string& id_of(std::uint32_t element) const {
    return graph_.node(element).node->id;
  }

  void append(const std::vector<Firing>& way, std::vector<Step>& steps) const {
    for (const Firing& firing : way) {
      for (const PlaceIndex place : explorer_.taken_by(firing)) {
        net_.traces.append_steps(net_.places[place].trace, steps);
      }
      const NetChoice& choice = net_.nodes[firing.node].choices[firing.choice];
      if (choice.element != kNothing) steps.push_back({choice.element, choice.flows});
    }
  }

  // Tokens that still lie on the way go as far as they can.
  void advance(std::span<const PlaceIndex> places, std::vector<Step>& steps) const {
    for (const PlaceIndex place : places) {
      net_.traces.append_steps(net_.places[place].trace, steps);
    }
  }

  [[nodiscard]] std::vector<RouteStep> route_of(const std::vector<Step>& steps) const {
    std::vector<RouteStep> route;
    for (const Step& step : steps) {
      RouteStep& added = route.emplace_back();
      added.node = id_of(step.element);
      for (const std::uint32_t flow : step.flows) {
        added.flows.push_back(graph_.flow(flow).flow->id);
      }
    }
    return route;
  }

  void add_deadlock(const NetExplorer::Stuck& stuck) {
    const NetNode& node = net_.nodes[stuck.node];
    // Where there is no way on at all, a sub-process never completes, and that is told inside it.
    if (node.element == kNothing || node.choices.empty()) return;
    Violation violation;
    violation.kind = FindingKind::deadlock;
    violation.element = id_of(node.element);
    const std::vector<PlaceIndex> marking{explorer_.places(stuck.state).begin(),
                                          explorer_.places(stuck.state).end()};
    std::vector<Step> steps;
    const std::vector<Firing> way = explorer_.way_to(stuck.state);
    append(way, steps);
    advance(marking, steps);
    violation.route = route_of(steps);
    std::vector<PlaceIndex> lacking;
    for (const PlaceIndex in : node.in) {
      if (!std::ranges::binary_search(marking, in)) lacking.push_back(in);
    }
    violation.related = chooser_of(way, lacking);
    lacking_flows(node.element, steps, violation.flows);
    violations_.push_back(std::move(violation));
  }

  // The last choice on the way whose other ways could have led to where a token is lacking.
  [[nodiscard]] std::string chooser_of(const std::vector<Firing>& way,
                                       const std::vector<PlaceIndex>& lacking) const {
    for (auto firing = way.rbegin(); firing != way.rend(); ++firing) {
      const NetNode& node = net_.nodes[firing->node];
      for (std::size_t i = 0; i < node.choices.size(); ++i) {
        if (i == firing->choice) continue;
        for (const PlaceIndex place : node.choices[i].places) {
          const bool taken = std::ranges::binary_search(node.choices[firing->choice].places, place);
          if (taken) continue;
          const bool leads =
              std::ranges::any_of(lacking, [&](PlaceIndex in) { return reaches(place, in); });
          if (!leads) continue;
          const bool at_host = node.choices[i].element == kNothing;
          return at_host ? first_element_behind(node.choices[i]) : id_of(node.element);
        }
      }
    }
    return {};
  }

  void lacking_flows(std::uint32_t join, const std::vector<Step>& steps,
                     std::vector<std::string>& out) const {
    std::map<std::uint32_t, int> tokens;
    for (const Step& step : steps) {
      for (const std::uint32_t flow : step.flows) ++tokens[flow];
      if (step.element == join) {
        for (const std::uint32_t flow : graph_.node(join).in) --tokens[flow];
      }
    }
    for (const std::uint32_t flow : graph_.node(join).in) {
      if (tokens[flow] <= 0) out.push_back(graph_.flow(flow).flow->id);
    }
  }

  void add_doubled(const NetExplorer::Doubled& doubled) {
    Violation violation;
    violation.kind = doubled.grows ? FindingKind::unbounded : FindingKind::lack_of_synchronisation;
    std::vector<Firing> way = doubled.firing.parent == StateStore::kNone
                                  ? std::vector<Firing>{}
                                  : explorer_.way_to(doubled.firing.parent);
    way.push_back(doubled.firing);
    std::vector<Step> steps;
    append(way, steps);
    violation.route = route_of(steps);
    const NetNode& node = net_.nodes[doubled.firing.node];
    const std::uint32_t element =
        node.element == kNothing ? net_.nodes[net_.places[doubled.place].to].element : node.element;
    if (element == kNothing) return;
    violation.element = id_of(element);
    violation.related = splitter_of(way, doubled.firing.node);
    violations_.push_back(std::move(violation));
  }

  // The last element on the way that sent out two tokens which both could come to `node`.
  [[nodiscard]] std::string splitter_of(const std::vector<Firing>& way, NetNodeIndex node) const {
    for (auto firing = way.rbegin() + 1; firing < way.rend(); ++firing) {
      const NetNode& split = net_.nodes[firing->node];
      const NetChoice& choice = split.choices[firing->choice];
      const auto leading = std::ranges::count_if(choice.places, [&](PlaceIndex place) {
        return std::ranges::any_of(net_.nodes[node].in,
                                   [&](PlaceIndex in) { return reaches(place, in); });
      });
      if (leading < 2) continue;
      if (choice.element != kNothing) return id_of(choice.element);
      return first_element_behind(choice);
    }
    return {};
  }

  // A host with a non-interrupting boundary event: the boundary event.
  [[nodiscard]] std::string first_element_behind(const NetChoice& choice) const {
    for (const PlaceIndex place : choice.places) {
      std::vector<Step> steps;
      net_.traces.append_steps(net_.places[place].trace, steps);
      const std::uint32_t element =
          steps.empty() ? net_.nodes[net_.places[place].to].element : steps[0].element;
      if (element != kNothing && graph_.node(element).kind() == NodeKind::boundary_event) {
        return id_of(element);
      }
    }
    return {};
  }

  // Bounded: to name the split of a pair is worth some looking, not minutes of it.
  [[nodiscard]] bool reaches(PlaceIndex from, PlaceIndex to) const {
    return looks_left_ > 0 && --looks_left_ > 0 && explorer_.reaches(from, to);
  }

  void add_trap(std::uint32_t state) {
    Violation violation;
    violation.kind = FindingKind::never_completes;
    const std::vector<Firing> way = explorer_.way_to(state);
    std::vector<Step> steps;
    append(way, steps);
    violation.route = route_of(steps);
    for (auto firing = way.rbegin(); firing != way.rend() && violation.element.empty(); ++firing) {
      const std::uint32_t element = net_.nodes[firing->node].choices[firing->choice].element;
      if (element != kNothing) violation.element = id_of(element);
    }
    violations_.push_back(std::move(violation));
  }

  void add_cut(const NetExplorer::Cut& cut) {
    const std::uint32_t element = net_.nodes[cut.firing.node].element;
    if (element == kNothing || net_.nodes[cut.firing.node].fails) return;
    // Tokens of side work that a terminate event ends are as it should be.
    const bool main_work =
        std::ranges::any_of(cut.left, [&](PlaceIndex place) { return !net_.places[place].side; });
    if (!main_work) return;
    Violation violation;
    violation.kind = FindingKind::cut_short;
    violation.element = id_of(element);
    std::vector<Firing> way = explorer_.way_to(cut.firing.parent);
    way.push_back(cut.firing);
    std::vector<Step> steps;
    append(way, steps);
    violation.route = route_of(steps);
    violations_.push_back(std::move(violation));
  }

  // Connected to the beginning, but never passed in any state.
  void add_dead() {
    std::vector<bool> passed(graph_.nodes().size(), false);
    std::vector<Step> steps;
    for (NetNodeIndex index = 0; index < net_.nodes.size(); ++index) {
      const NetNode& node = net_.nodes[index];
      if (node.gone || !explorer_.passed_nodes()[index]) continue;
      if (node.element != kNothing) passed[node.element] = true;
      for (std::size_t i = 0; i < node.choices.size(); ++i) {
        if (!explorer_.passed_choices()[index][i]) continue;
        if (node.choices[i].element != kNothing) passed[node.choices[i].element] = true;
        for (const PlaceIndex place : node.choices[i].places) {
          net_.traces.append_steps(net_.places[place].trace, steps);
          net_.traces.append_steps(net_.places[place].covers, steps);
        }
      }
    }
    for (const Step& step : steps) passed[step.element] = true;
    for (NetNodeIndex index = 0; index < net_.nodes.size(); ++index) {
      const NetNode& node = net_.nodes[index];
      // The first dead one of a row: tokens come to one of its ways in, but not to all.
      if (node.gone || node.element == kNothing || passed[node.element]) continue;
      if (node.choices.empty()) continue;  // a sub-process that never completes: told inside it
      const bool is_first = std::ranges::any_of(node.in, [&](PlaceIndex place) {
        return explorer_.passed_nodes()[net_.places[place].from];
      });
      if (!is_first) continue;
      Violation violation;
      violation.kind = FindingKind::dead_element;
      violation.element = id_of(node.element);
      violations_.push_back(std::move(violation));
    }
  }

  const AnalysisGraph& graph_;
  const WorkflowNet& net_;
  NetExplorer& explorer_;
  std::vector<Violation> violations_;
  mutable int looks_left_ = 3'000;
};

}  // namespace

bool Soundness::is_sound() const {
  return decided && analysed && std::ranges::all_of(violations, [](const Violation& violation) {
           return violation.kind == FindingKind::cut_short;
         });
}

Soundness check_soundness(const AnalysisGraph& graph, std::uint32_t scope,
                          const std::set<std::uint32_t>& never_completing,
                          const SoundnessOptions& options) {
  Soundness result;
  WorkflowNet net = make_net(graph, scope, never_completing);
  for (const std::uint32_t element : net.outside) {
    result.outside.push_back(graph.node(element).node->id);
  }
  if (net.outside_flow) {
    result.analysed = false;
    return result;
  }
  if (options.reduces) reduce(net);
  NetExplorer explorer(net, options.states_max);
  explorer.run();
  result.states = explorer.states();
  result.decided = explorer.decided() && !net.too_wide;
  result.violations = SoundnessCheck(graph, net, explorer).run();
  // What was not seen to the end is not claimed.
  result.completes = explorer.completes() || !result.decided || !explorer.doubled().empty();
  if (!result.decided) {
    std::erase_if(result.violations, [](const Violation& violation) {
      return violation.kind == FindingKind::dead_element ||
             violation.kind == FindingKind::never_completes;
    });
  }
  return result;
}

}  // namespace bpmn
