#pragma once
// process_compiler.h - from a model to tables.  Internal to the module; see process.h.
//
// In order: the nodes of the process and of the processes it calls, the flows between them, what
// each element needs to run, and then what follows from the graph as a whole.
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bpmn/process.h"

namespace bpmn {

class ProcessCompiler {
 public:
  ProcessCompiler(const Model& model, const CompileOptions& options)
      : model_(model), options_(options) {}
  [[nodiscard]] base::Result<Process, std::vector<Finding>> compile(std::string_view process_id);

 private:
  using Condition = std::shared_ptr<const rules::Expression>;

  // process_compiler.cpp
  [[nodiscard]] const ProcessModel* choose(std::string_view process_id);
  [[nodiscard]] const ProcessModel* find_called(std::string_view process_id);
  void add_process(const ProcessModel& source, const std::string& prefix, NodeIndex scope);
  void add_nodes(const ProcessModel& source, const std::string& prefix, NodeIndex scope);
  void add_node(const Node& source, const std::string& prefix);
  void add_event(EventDefinition& event, const Node& source, const std::string& prefix,
                 ProcessNode& node);
  void add_loop(ProcessNode& node, const Loop& loop);
  void add_handler(NodeIndex boundary, const std::string& id, bool is_missing);
  void add_flows(const ProcessModel& source, const std::string& prefix);
  void add_flow(const Flow& source, const std::string& prefix);
  void add_calls(const ProcessModel& source, const std::string& prefix);
  void attach_boundaries(const ProcessModel& source, const std::string& prefix);
  void link_events();
  void note(Severity severity, const ProcessNode& node, std::string message);
  void note(Severity severity, std::string element, int line, std::string message);
  [[nodiscard]] Condition parse(const std::string& text, std::string_view language,
                                const std::string& element, int line);

  // process_check.cpp: one element at a time
  void check_nodes();
  void check_support(const ProcessNode& node);
  void check_event(const ProcessNode& node);
  void check_definition(const ProcessNode& node, const EventDefinition& event, bool is_part);
  void check_start(const ProcessNode& node);
  void check_compensation(const ProcessNode& node, const EventDefinition& event);
  [[nodiscard]] bool is_in_transaction(const ProcessNode& node) const;
  void check_flows_of(const ProcessNode& node);
  void check_gateway(const ProcessNode& node);
  void find_starts();
  void find_instantiating();
  void find_event_subs();
  void find_compensable();

  // process_graph.cpp: the drawing as a whole
  void check_reachable();
  void find_branches();
  void find_join_reach();

  const Model& model_;
  const CompileOptions& options_;
  Process process_;
  std::vector<std::string_view> calls_;  // the processes being added, outermost first
  std::unordered_map<std::string_view, const ProcessModel*> callable_;
  bool too_large_ = false;
  bool compensates_ = false;  // something throws a compensation or cancels a transaction
};

}  // namespace bpmn
