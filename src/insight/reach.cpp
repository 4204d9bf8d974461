#include "insight/reach.h"

#include "bpmn/process.h"

namespace insight {

namespace {

class Walk {
 public:
  explicit Walk(const bpmn::Process& process)
      : process_(process), seen_(process.nodes().size(), false) {
    for (const bpmn::NodeIndex node : process.starts()) visit(node);
    for (const bpmn::NodeIndex node : process.instantiating()) visit(node);
    for (const bpmn::NodeIndex node : process.event_subs()) visit(node);
    while (!open_.empty()) {
      const bpmn::NodeIndex node = open_.back();
      open_.pop_back();
      go_on_from(process_.node(node));
    }
  }

  [[nodiscard]] bool reached(std::string_view id) const {
    const bpmn::NodeIndex node = process_.index_of(id);
    return node != bpmn::kNone && seen_[node];
  }

 private:
  void visit(bpmn::NodeIndex node) {
    if (node == bpmn::kNone || seen_[node]) return;
    seen_[node] = true;
    open_.push_back(node);
  }

  void go_on_from(const bpmn::ProcessNode& node) {
    for (const bpmn::FlowIndex flow : node.outgoing) visit(process_.flow(flow).target);
    for (const bpmn::NodeIndex event : node.boundary) visit(event);
    for (const bpmn::NodeIndex event : node.event_subs) visit(event);
    visit(node.link_target);
    visit(node.start);
    visit(node.handler);
    visit(node.compensation_sub);
    if (node.kind != bpmn::NodeKind::ad_hoc_sub_process) return;
    for (const bpmn::NodeIndex child : node.children) visit(child);
  }

  const bpmn::Process& process_;
  std::vector<bool> seen_;
  std::vector<bpmn::NodeIndex> open_;
};

}  // namespace

std::vector<const procedure::Step*> reachable_steps(const procedure::Procedure& procedure) {
  std::vector<const procedure::Step*> steps;
  if (procedure.process == nullptr) return steps;
  const Walk walk(*procedure.process);
  for (const procedure::Step& step : procedure.steps) {
    if (walk.reached(step.id)) steps.push_back(&step);
  }
  return steps;
}

}  // namespace insight
