#include "bpmn/instance_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include <boost/json.hpp>

#include "base/json.h"

namespace bpmn {
namespace {

using base::json::array;
using base::json::value;

constexpr std::size_t kEntriesMax = 100'000;
constexpr std::uint32_t kDepthMax = 2'048;

array row(std::string_view element, std::initializer_list<std::uint32_t> numbers) {
  array cells{element};
  std::size_t said = 0;
  std::size_t place = 0;
  for (const std::uint32_t number : numbers) {
    ++place;
    if (number != 0) said = place;
  }
  place = 0;
  for (const std::uint32_t number : numbers) {
    if (place++ < said) cells.emplace_back(number);
  }
  return cells;
}

// A row's name and its numbers, missing ones 0; false when it is no such row.
template <std::size_t N>
bool read_row(const value& cells, std::string& name, std::array<std::uint32_t, N>& numbers) {
  if (!cells.is_array()) return false;
  const array& list = cells.get_array();
  if (list.empty() || list.size() > N + 1 || !list[0].is_string()) return false;
  name = std::string{list[0].get_string()};
  numbers.fill(0);
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (!list[i].is_int64()) return false;
    const std::int64_t number = list[i].get_int64();
    if (number < 0 || number > std::numeric_limits<std::int32_t>::max()) return false;
    numbers[i - 1] = static_cast<std::uint32_t>(number);
  }
  return true;
}

array remembered(const Process& process, const std::vector<Completed>& activities) {
  array rows;
  for (const Completed& a : activities) {
    rows.push_back(row(process.node(a.node).id, {a.id, a.scope, a.count, a.by}));
  }
  return rows;
}

std::optional<InstanceState> read_state(std::string_view text) {
  for (const InstanceState state :
       {InstanceState::created, InstanceState::running, InstanceState::completed,
        InstanceState::terminated, InstanceState::failed}) {
    if (to_string(state) == text) return state;
  }
  return std::nullopt;
}

base::Failure<base::Fault> invalid() {
  return base::fault(base::FaultCode::invalid, "not a process instance");
}

base::Failure<base::Fault> corrupt(const std::string& what) {
  return base::fault(base::FaultCode::corrupt, "process instance: " + what);
}

// The rows of one member; nullptr when it is not there.
base::Outcome<const array*> rows_of(const value& in, std::string_view key) {
  const value* rows = base::find(in, key);
  if (rows == nullptr) return nullptr;
  if (!rows->is_array() || rows->get_array().size() > kEntriesMax) return invalid();
  return &rows->get_array();
}

base::Outcome<base::Done> read_activities(const Process& process, const value& in,
                                          Instance& instance) {
  const array* rows = TRY(rows_of(in, "a"));
  if (rows == nullptr) return base::Done{};
  std::string name;
  for (const value& cells : *rows) {
    std::array<std::uint32_t, 7> n{};
    if (!read_row(cells, name, n)) return invalid();
    const NodeIndex node = process.index_of(name);
    if (node == kNone) return corrupt("no node " + name);
    const ActivityId before = instance.activities.empty() ? 0 : instance.activities.back().id;
    if (n[0] <= before || n[0] > instance.last_activity) {
      return corrupt("activities out of order");
    }
    instance.activities.push_back({n[0], node, n[1], n[2], n[3], n[4], n[5], n[6]});
  }
  return base::Done{};
}

base::Outcome<base::Done> read_arrivals(const Process& process, const value& in,
                                        Instance& instance) {
  const array* rows = TRY(rows_of(in, "j"));
  if (rows == nullptr) return base::Done{};
  std::string name;
  for (const value& cells : *rows) {
    std::array<std::uint32_t, 2> n{};
    if (!read_row(cells, name, n)) return invalid();
    const FlowIndex flow = process.flow_index_of(name);
    if (flow == kNone) return corrupt("no flow " + name);
    if (n[1] == 0) return corrupt("a waiting flow without a token");
    const ProcessNode& target = process.node(process.flow(flow).target);
    const bool joins =
        (target.kind == NodeKind::parallel_gateway || target.kind == NodeKind::inclusive_gateway) &&
        target.incoming.size() > 1;
    if (!joins) return corrupt("a token waits at no join");
    if (n[0] != 0 && instance.find(n[0]) == nullptr) return corrupt("a scope is missing");
    instance.arrivals.push_back({flow, n[0], n[1]});
  }
  // Stored by ids: the flows may have another order in the diagram now.
  const auto place_of = [](const Arrival& arrival) {
    return std::pair{arrival.scope, arrival.flow};
  };
  std::ranges::sort(instance.arrivals, {}, place_of);
  if (std::ranges::adjacent_find(instance.arrivals, {}, place_of) != instance.arrivals.end()) {
    return corrupt("a waiting flow twice");
  }
  return base::Done{};
}

base::Outcome<base::Done> read_remembered(const Process& process, const value& in,
                                          std::string_view key, ActivityId last,
                                          std::vector<Completed>& activities) {
  const array* rows = TRY(rows_of(in, key));
  if (rows == nullptr) return base::Done{};
  std::string name;
  for (const value& cells : *rows) {
    std::array<std::uint32_t, 4> n{};
    if (!read_row(cells, name, n)) return invalid();
    const NodeIndex node = process.index_of(name);
    if (node == kNone) return corrupt("no node " + name);
    if (n[0] == 0 || n[0] > last || n[1] >= n[0] || n[3] > last) {
      return corrupt("completed activities out of order");
    }
    activities.push_back({n[0], node, n[1], n[2], n[3]});
  }
  return base::Done{};
}

// What encloses an activity, or carries it, is open and older than the activity; and nothing lies
// deeper than elements can be nested, so that walking outwards and inwards is bounded.
base::Outcome<base::Done> check(const Process& process, const Instance& instance) {
  std::vector<std::uint32_t> depths;
  const auto depth_of = [&](ActivityId id) {
    if (id == 0) return 0U;
    return depths[static_cast<std::size_t>(instance.find(id) - instance.activities.data())];
  };
  for (const Activity& a : instance.activities) {
    if (a.scope >= a.id || a.host >= a.id) return corrupt("activities out of order");
    if (a.scope != 0 && instance.find(a.scope) == nullptr) return corrupt("a scope is missing");
    if (a.host != 0 && instance.find(a.host) == nullptr) return corrupt("a host is missing");
    if (a.part > process.node(a.node).events.size()) return corrupt("a part is missing");
    depths.push_back(std::max(depth_of(a.scope), depth_of(a.host)) + 1);
    if (depths.back() > kDepthMax) return corrupt("nested too deeply");
  }
  return base::Done{};
}

}  // namespace

std::string to_json_text(const Process& process, const Instance& instance) {
  base::json::object out;
  out["s"] = to_string(instance.state);
  if (instance.last_activity != 0) out["n"] = instance.last_activity;
  if (!instance.activities.empty()) {
    array& rows = out["a"].emplace_array();
    for (const Activity& a : instance.activities) {
      rows.push_back(row(process.node(a.node).id,
                         {a.id, a.scope, a.host, a.loop, a.count, a.part, a.compensates}));
    }
  }
  if (!instance.arrivals.empty()) {
    array& rows = out["j"].emplace_array();
    for (const Arrival& a : instance.arrivals) {
      rows.push_back(row(process.flow(a.flow).id, {a.scope, a.tokens}));
    }
  }
  if (!instance.completed.empty()) {
    out["c"] = remembered(process, instance.completed);
  }
  if (!instance.compensating.empty()) {
    out["q"] = remembered(process, instance.compensating);
  }
  return base::to_text(out);
}

base::Outcome<Instance> read_instance(const Process& process, std::string_view text) {
  const value in = TRY(base::parse_json(text));
  const std::optional<InstanceState> state = read_state(base::string_or(in, "s"));
  const std::int64_t last = base::int_or(in, "n");
  if (!state || last < 0 || last > std::numeric_limits<std::int32_t>::max()) return invalid();
  Instance instance;
  instance.state = *state;
  instance.last_activity = static_cast<ActivityId>(last);
  TRY(read_activities(process, in, instance));
  TRY(read_arrivals(process, in, instance));
  TRY(read_remembered(process, in, "c", instance.last_activity, instance.completed));
  TRY(read_remembered(process, in, "q", instance.last_activity, instance.compensating));
  TRY(check(process, instance));
  return instance;
}

}  // namespace bpmn
