#include "bpmn/instance.h"

#include <algorithm>

namespace bpmn {

const Activity* Instance::find(ActivityId id) const {
  const auto found = std::ranges::lower_bound(activities, id, {}, &Activity::id);
  return found == activities.end() || found->id != id ? nullptr : &*found;
}

bool Instance::is_over() const {
  return state == InstanceState::completed || state == InstanceState::terminated ||
         state == InstanceState::failed;
}

std::string_view to_string(InstanceState state) {
  switch (state) {
    case InstanceState::created:
      return "created";
    case InstanceState::running:
      return "running";
    case InstanceState::completed:
      return "completed";
    case InstanceState::terminated:
      return "terminated";
    case InstanceState::failed:
      return "failed";
  }
  return "";
}

Role role_of(const Process& process, const Activity& activity) {
  const ProcessNode& node = process.node(activity.node);
  if (activity.count > 0) return Role::scope;
  if (activity.host != 0 || !is_activity(node.kind)) {
    return definition_of(process, activity).kind == EventKind::timer ? Role::timer : Role::wait;
  }
  return node.waits ? Role::task : Role::scope;
}

const EventDefinition& definition_of(const Process& process, const Activity& activity) {
  const ProcessNode& node = process.node(activity.node);
  const bool is_part = activity.part > 0 && activity.part <= node.events.size();
  return is_part ? node.events[activity.part - 1] : node.event;
}

std::vector<Activity> open_tasks(const Process& process, const Instance& instance) {
  std::vector<Activity> tasks;
  for (const Activity& activity : instance.activities) {
    if (role_of(process, activity) == Role::task) tasks.push_back(activity);
  }
  return tasks;
}

}  // namespace bpmn
