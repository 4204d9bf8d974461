#include "bpmn/model.h"

#include <algorithm>

namespace bpmn {

std::string_view to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::start_event:
      return "startEvent";
    case NodeKind::end_event:
      return "endEvent";
    case NodeKind::catch_event:
      return "intermediateCatchEvent";
    case NodeKind::throw_event:
      return "intermediateThrowEvent";
    case NodeKind::boundary_event:
      return "boundaryEvent";
    case NodeKind::task:
      return "task";
    case NodeKind::user_task:
      return "userTask";
    case NodeKind::manual_task:
      return "manualTask";
    case NodeKind::service_task:
      return "serviceTask";
    case NodeKind::send_task:
      return "sendTask";
    case NodeKind::receive_task:
      return "receiveTask";
    case NodeKind::business_rule_task:
      return "businessRuleTask";
    case NodeKind::script_task:
      return "scriptTask";
    case NodeKind::sub_process:
      return "subProcess";
    case NodeKind::transaction:
      return "transaction";
    case NodeKind::ad_hoc_sub_process:
      return "adHocSubProcess";
    case NodeKind::call_activity:
      return "callActivity";
    case NodeKind::exclusive_gateway:
      return "exclusiveGateway";
    case NodeKind::parallel_gateway:
      return "parallelGateway";
    case NodeKind::inclusive_gateway:
      return "inclusiveGateway";
    case NodeKind::event_based_gateway:
      return "eventBasedGateway";
    case NodeKind::complex_gateway:
      return "complexGateway";
  }
  return "";
}

bool is_task(NodeKind kind) {
  return kind >= NodeKind::task && kind <= NodeKind::script_task;
}

bool is_activity(NodeKind kind) {
  return kind >= NodeKind::task && kind <= NodeKind::call_activity;
}

bool is_gateway(NodeKind kind) {
  return kind >= NodeKind::exclusive_gateway;
}

bool is_sub_process(NodeKind kind) {
  return kind >= NodeKind::sub_process && kind <= NodeKind::ad_hoc_sub_process;
}

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::none:
      return "none";
    case EventKind::timer:
      return "timer";
    case EventKind::message:
      return "message";
    case EventKind::signal:
      return "signal";
    case EventKind::error:
      return "error";
    case EventKind::escalation:
      return "escalation";
    case EventKind::conditional:
      return "conditional";
    case EventKind::link:
      return "link";
    case EventKind::terminate:
      return "terminate";
    case EventKind::cancel:
      return "cancel";
    case EventKind::compensation:
      return "compensation";
    case EventKind::multiple:
      return "multiple";
  }
  return "";
}

std::string_view to_string(TimerKind kind) {
  switch (kind) {
    case TimerKind::none:
      return "none";
    case TimerKind::date:
      return "date";
    case TimerKind::duration:
      return "duration";
    case TimerKind::cycle:
      return "cycle";
  }
  return "";
}

const std::string* find_extension(const Extensions& extensions, std::string_view uri,
                                  std::string_view name) {
  const auto found = std::ranges::find_if(
      extensions, [&](const Extension& e) { return e.name == name && e.uri == uri; });
  return found == extensions.end() ? nullptr : &found->value;
}

const std::string* find_extension(const Extensions& extensions, std::string_view name) {
  return find_extension(extensions, kExtensionNamespace, name);
}

const ProcessModel* Model::find_process(std::string_view process_id) const {
  const auto found = std::ranges::find(processes, process_id, &ProcessModel::id);
  return found == processes.end() ? nullptr : &*found;
}

}  // namespace bpmn
