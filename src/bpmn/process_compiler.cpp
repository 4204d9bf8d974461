#include "bpmn/process_compiler.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "bpmn/condition_dialect.h"
#include "bpmn/step.h"
#include "rules/expression.h"

namespace bpmn {
namespace {

constexpr std::size_t kNodesMax = 20'000;
constexpr std::size_t kCallDepthMax = 8;

// "=age > 17" is how some editors mark FEEL.
std::string_view without_equals_sign(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  if (text.starts_with('=')) text.remove_prefix(1);
  return text;
}

}  // namespace

void ProcessCompiler::note(Severity severity, const ProcessNode& node, std::string message) {
  note(severity, node.id, node.line, std::move(message));
}

void ProcessCompiler::note(Severity severity, std::string element, int line, std::string message) {
  if (process_.findings_.size() >= 1'000 && severity != Severity::error) return;
  process_.findings_.push_back({severity, std::move(element), line, std::move(message)});
}

base::Result<Process, std::vector<Finding>> ProcessCompiler::compile(std::string_view process_id) {
  const ProcessModel* source = choose(process_id);
  if (source != nullptr) {
    process_.id_ = source->id;
    process_.name_ = source->name;
    process_.extensions_ = source->extensions;
    add_process(*source, {}, kNone);
    link_events();
    find_starts();
    find_event_subs();
    find_compensable();
    check_nodes();
    if (!has_error(process_.findings_)) {
      check_reachable();
      find_branches();
      find_join_reach();
    }
  }
  if (has_error(process_.findings_)) return base::Failure{std::move(process_.findings_)};
  return std::move(process_);
}

const ProcessModel* ProcessCompiler::choose(std::string_view process_id) {
  if (!process_id.empty()) {
    const ProcessModel* found = model_.find_process(process_id);
    if (found == nullptr) {
      note(Severity::error, std::string{process_id}, 0, "no process of this id");
    }
    return found;
  }
  const ProcessModel* chosen = nullptr;
  for (const bool executable_only : {true, false}) {
    for (const ProcessModel& process : model_.processes) {
      if (executable_only && !process.executable) continue;
      if (!executable_only && process.nodes.empty()) continue;
      if (chosen != nullptr) {
        note(Severity::error, process.id, process.line, "more than one process: name one");
        return nullptr;
      }
      chosen = &process;
    }
    if (chosen != nullptr) return chosen;
  }
  note(Severity::error, {}, 0, "no process in the model");
  return nullptr;
}

// The model's own processes come before those of the library.
const ProcessModel* ProcessCompiler::find_called(std::string_view process_id) {
  if (callable_.empty()) {
    for (const ProcessModel& process : model_.processes) callable_.emplace(process.id, &process);
    for (const Model* model : options_.library) {
      for (const ProcessModel& process : model->processes) callable_.emplace(process.id, &process);
    }
  }
  const auto found = callable_.find(process_id);
  return found == callable_.end() ? nullptr : found->second;
}

void ProcessCompiler::add_process(const ProcessModel& source, const std::string& prefix,
                                  NodeIndex scope) {
  calls_.push_back(source.id);
  add_nodes(source, prefix, scope);
  if (!too_large_) {
    attach_boundaries(source, prefix);
    add_flows(source, prefix);
    add_calls(source, prefix);
  }
  calls_.pop_back();
}

void ProcessCompiler::add_nodes(const ProcessModel& source, const std::string& prefix,
                                NodeIndex scope) {
  std::unordered_map<std::string_view, std::string_view> lane_of;
  for (const Lane& lane : source.lanes) {
    for (const std::string& node : lane.nodes) lane_of[node] = lane.name;  // inner lanes come later
  }
  for (const Node& node : source.nodes) {
    if (node.id.empty()) {
      note(Severity::error, {}, node.line, std::string{to_string(node.kind)} + " without an id");
      continue;
    }
    if (process_.node_index_.contains(prefix + node.id)) {
      note(Severity::error, prefix + node.id, node.line, "the id is used twice");
      continue;
    }
    if (process_.nodes_.size() >= kNodesMax) {
      if (!too_large_) note(Severity::error, prefix + node.id, node.line, "more than 20,000 nodes");
      too_large_ = true;
      return;
    }
    add_node(node, prefix);
    ProcessNode& added = process_.nodes_.back();
    const auto index = static_cast<NodeIndex>(process_.nodes_.size() - 1);
    if (const auto lane = lane_of.find(node.id); lane != lane_of.end()) added.lane = lane->second;
    // A sub-process stands before its content in a model that was read; be strict with others.
    added.scope = node.scope.empty() ? scope : process_.index_of(prefix + node.scope);
    if (!node.scope.empty() &&
        (added.scope == kNone || !is_sub_process(process_.nodes_[added.scope].kind) ||
         added.scope == index)) {
      note(Severity::error, added, "the sub-process around it does not exist");
      added.scope = kNone;
    }
    if (added.scope == kNone) {
      process_.top_level_.push_back(index);
    } else {
      process_.nodes_[added.scope].children.push_back(index);
    }
  }
}

void ProcessCompiler::add_node(const Node& source, const std::string& prefix) {
  ProcessNode node;
  node.id = prefix + source.id;
  node.name = source.name;
  node.kind = source.kind;
  node.line = source.line;
  node.event = source.event;
  node.events = source.events;
  if (node.event.kind == EventKind::multiple && node.events.size() == 1) {
    node.event = node.events.front();
  }
  if (node.event.kind != EventKind::multiple) node.events.clear();
  if (node.kind == NodeKind::receive_task) node.event.kind = EventKind::message;
  add_event(node.event, source, prefix, node);
  for (EventDefinition& event : node.events) add_event(event, source, prefix, node);
  node.parallel_multiple = source.parallel_multiple;
  node.instantiate = source.instantiate;
  node.for_compensation = source.for_compensation;
  const bool may_run_beside =
      source.kind == NodeKind::boundary_event || source.kind == NodeKind::start_event;
  node.interrupting = source.interrupting || !may_run_beside;
  node.triggered_by_event = source.triggered_by_event;
  node.waits = is_task(source.kind) || source.kind == NodeKind::call_activity;
  node.documentation = source.documentation;
  node.extensions = source.extensions;
  add_loop(node, source.loop);
  process_.node_index_.emplace(node.id, static_cast<NodeIndex>(process_.nodes_.size()));
  process_.nodes_.push_back(std::move(node));
}

// What carries no name of its own is known by the element's id.
void ProcessCompiler::add_event(EventDefinition& event, const Node& source,
                                const std::string& prefix, ProcessNode& node) {
  const bool named = event.kind == EventKind::message || event.kind == EventKind::signal;
  if (named && event.name.empty()) event.name = source.id;
  if (!event.activity.empty()) event.activity = prefix + event.activity;
  const bool is_part = &event != &node.event;
  if (node.event.kind == EventKind::multiple && !is_part) return;
  Condition condition;
  if (event.kind == EventKind::conditional) {
    if (event.text.empty()) {
      note(Severity::error, node, "the conditional event has no condition");
    } else {
      condition = parse(event.text, {}, node.id, node.line);
    }
  }
  if (is_part || condition) node.conditions.push_back(std::move(condition));
  compensates_ = compensates_ || event.kind == EventKind::cancel ||
                 (event.kind == EventKind::compensation &&
                  (node.kind == NodeKind::throw_event || node.kind == NodeKind::end_event));
}

void ProcessCompiler::add_loop(ProcessNode& node, const Loop& loop) {
  node.loop = loop.kind;
  if (loop.kind == Loop::Kind::none) return;
  process_.has_loops_ = true;
  if (!loop.completion_condition.empty()) {
    node.completion_condition = parse(loop.completion_condition, {}, node.id, node.line);
  }
  if (loop.kind != Loop::Kind::standard) {
    if (loop.cardinality.empty()) {
      note(Severity::error, node, "the multi-instance activity does not say how many");
    } else {
      node.cardinality = parse(loop.cardinality, {}, node.id, node.line);
    }
    node.item = loop.item;
    return;
  }
  node.test_before = loop.test_before;
  const char* const end = loop.maximum.data() + loop.maximum.size();
  const auto read = std::from_chars(loop.maximum.data(), end, node.maximum);
  if (!loop.maximum.empty() && (read.ec != std::errc{} || read.ptr != end)) {
    note(Severity::error, node, "its loopMaximum '" + loop.maximum + "' is no number");
  }
  if (loop.completion_condition.empty() && node.maximum == 0) {
    note(Severity::error, node, "the loop has neither a condition nor a maximum");
  }
  if (node.maximum > kRepetitionsMax) {
    note(Severity::error, node, "loops of more than 1,000 runs are not executed");
  }
}

void ProcessCompiler::attach_boundaries(const ProcessModel& source, const std::string& prefix) {
  for (const Node& node : source.nodes) {
    if (node.kind != NodeKind::boundary_event) continue;
    const NodeIndex index = process_.index_of(prefix + node.id);
    if (index == kNone) continue;
    ProcessNode& boundary = process_.nodes_[index];
    const NodeIndex host = process_.index_of(prefix + node.attached_to);
    if (host == kNone || !is_activity(process_.nodes_[host].kind) ||
        process_.nodes_[host].scope != boundary.scope) {
      note(Severity::error, boundary,
           "is attached to '" + node.attached_to + "', which is no activity beside it");
      continue;
    }
    boundary.attached_to = host;
    process_.nodes_[host].boundary.push_back(index);
    if (boundary.event.kind == EventKind::compensation) {
      add_handler(index, prefix + node.compensated_by, node.compensated_by.empty());
    }
  }
}

// Source: OMG BPMN 2.0.2, 10.7 (compensation): an association leads from the boundary event to the
// activity that compensates.
void ProcessCompiler::add_handler(NodeIndex boundary, const std::string& id, bool is_missing) {
  const ProcessNode& event = process_.nodes_[boundary];
  const NodeIndex handler = is_missing ? kNone : process_.index_of(id);
  if (handler == kNone) {
    note(Severity::warning, event, "no association names the activity that compensates");
    return;
  }
  const ProcessNode& activity = process_.nodes_[handler];
  if (!is_activity(activity.kind) || activity.scope != event.scope ||
      handler == event.attached_to || activity.triggered_by_event) {
    note(Severity::error, event, "'" + id + "' is no activity beside it that could compensate");
    return;
  }
  process_.nodes_[handler].for_compensation = true;
  process_.nodes_[event.attached_to].handler = handler;
}

void ProcessCompiler::add_flows(const ProcessModel& source, const std::string& prefix) {
  for (const Flow& flow : source.flows) add_flow(flow, prefix);
  for (const Node& node : source.nodes) {
    if (node.default_flow.empty()) continue;
    const NodeIndex index = process_.index_of(prefix + node.id);
    if (index == kNone) continue;
    ProcessNode& compiled = process_.nodes_[index];
    const FlowIndex flow = process_.flow_index_of(prefix + node.default_flow);
    if (flow == kNone || process_.flows_[flow].source != index) {
      note(Severity::error, compiled,
           "its default flow '" + node.default_flow + "' is not one of its outgoing flows");
      continue;
    }
    compiled.default_flow = flow;
    process_.flows_[flow].is_default = true;
  }
}

void ProcessCompiler::add_flow(const Flow& source, const std::string& prefix) {
  ProcessFlow flow;
  flow.id = prefix + source.id;
  flow.name = source.name;
  if (source.id.empty() || process_.flow_index_.contains(flow.id) ||
      process_.node_index_.contains(flow.id)) {
    note(Severity::error, flow.id, source.line,
         source.id.empty() ? "a sequence flow without an id" : "the id is used twice");
    return;
  }
  flow.source = process_.index_of(prefix + source.source);
  flow.target = process_.index_of(prefix + source.target);
  if (flow.source == kNone || flow.target == kNone) {
    const std::string& missing = flow.source == kNone ? source.source : source.target;
    note(Severity::error, flow.id, source.line,
         "leads from or to '" + missing + "', which is no flow node of this process");
    return;
  }
  if (process_.nodes_[flow.source].scope != process_.nodes_[flow.target].scope) {
    note(Severity::error, flow.id, source.line, "crosses the border of a sub-process");
    return;
  }
  if (source.condition)
    flow.condition = parse(*source.condition, source.language, flow.id, source.line);
  const auto index = static_cast<FlowIndex>(process_.flows_.size());
  process_.nodes_[flow.source].outgoing.push_back(index);
  process_.nodes_[flow.target].incoming.push_back(index);
  process_.flow_index_.emplace(flow.id, index);
  process_.flows_.push_back(std::move(flow));
}

void ProcessCompiler::add_calls(const ProcessModel& source, const std::string& prefix) {
  for (const Node& node : source.nodes) {
    if (node.kind != NodeKind::call_activity || too_large_) continue;
    const NodeIndex index = process_.index_of(prefix + node.id);
    if (index == kNone) continue;
    const ProcessModel* called = find_called(node.called_element);
    if (called == nullptr) {
      note(Severity::note, process_.nodes_[index],
           "the called element is not here: the caller completes it as a task");
      continue;
    }
    if (std::ranges::find(calls_, called->id) != calls_.end()) {
      note(Severity::error, process_.nodes_[index], "calls a process that calls it");
      continue;
    }
    if (calls_.size() >= kCallDepthMax) {
      note(Severity::error, process_.nodes_[index], "calls are nested deeper than 8");
      continue;
    }
    process_.nodes_[index].waits = false;
    const std::string inner = process_.nodes_[index].id + "/";
    add_process(*called, inner, index);
  }
}

// A throwing link event continues at the catching one of the same name in the same scope.
void ProcessCompiler::link_events() {
  std::map<std::pair<NodeIndex, std::string_view>, NodeIndex> catching;
  for (NodeIndex index = 0; index < process_.nodes_.size(); ++index) {
    const ProcessNode& node = process_.nodes_[index];
    if (node.kind == NodeKind::catch_event && node.event.kind == EventKind::link) {
      if (!catching.emplace(std::pair{node.scope, std::string_view{node.event.name}}, index)
               .second) {
        note(Severity::error, node, "a second catching link '" + node.event.name + "' beside it");
      }
    }
  }
  for (ProcessNode& node : process_.nodes_) {
    if (node.kind != NodeKind::throw_event || node.event.kind != EventKind::link) continue;
    const auto found = catching.find({node.scope, node.event.name});
    if (found != catching.end()) {
      node.link_target = found->second;
    } else {
      note(Severity::error, node, "no catching link '" + node.event.name + "' beside it");
    }
  }
}

ProcessCompiler::Condition ProcessCompiler::parse(const std::string& text,
                                                  std::string_view language,
                                                  const std::string& element, int line) {
  const std::string_view stated =
      language.empty() ? std::string_view{model_.expression_language} : language;
  base::Result<rules::Expression, rules::SyntaxError> parsed =
      rules::Expression::parse(without_equals_sign(text), options_.names);
  if (parsed) return std::make_shared<const rules::Expression>(std::move(parsed).value());
  if (const std::optional<std::string> feel = feel_of_condition(text)) {
    base::Result<rules::Expression, rules::SyntaxError> said =
        rules::Expression::parse(*feel, options_.names);
    if (said) {
      note(Severity::note, element, line, "'" + text.substr(0, 100) + "' is read as " + *feel);
      return std::make_shared<const rules::Expression>(std::move(said).value());
    }
  }
  const rules::SyntaxError& error = parsed.error();
  std::string message = "'" + text.substr(0, 100) + "' is not FEEL (" + std::to_string(error.line) +
                        ":" + std::to_string(error.column) + " " + error.message + ")";
  if (!stated.empty() && stated.find("FEEL") == std::string_view::npos &&
      stated.find("feel") == std::string_view::npos) {
    message += "; its language is " + std::string{stated};
  }
  note(Severity::error, element, line, std::move(message));
  return nullptr;
}

base::Result<Process, std::vector<Finding>> compile(const Model& model, std::string_view process_id,
                                                    const CompileOptions& options) {
  return ProcessCompiler(model, options).compile(process_id);
}

}  // namespace bpmn
