#include "rehearsal/look.h"

#include <algorithm>

namespace rehearsal {
namespace {

// On line nothing can be shown.
bool takes(procedure::Channel channel, const procedure::Component& component) {
  return channel != procedure::Channel::online ||
         component.kind == procedure::ComponentKind::submit;
}

}  // namespace

std::vector<std::string> Look::to_bring() const {
  std::vector<std::string> ids;
  for (const procedure::NeededComponent& one : needed) {
    if (one.required && !one.replaced && takes(situation.channel, *one.component)) {
      ids.push_back(one.component->id);
    }
  }
  return ids;
}

bool Look::asks(const std::string& component) const {
  return std::ranges::any_of(needed, [&](const procedure::NeededComponent& one) {
    return one.component->id == component && !one.replaced &&
           takes(situation.channel, *one.component);
  });
}

bool Look::is_replaced(const std::string& component) const {
  return std::ranges::any_of(needed, [&](const procedure::NeededComponent& one) {
    return one.component->id == component && one.replaced;
  });
}

Look look_at(const procedure::Procedure& procedure, const base::json::object& answers,
             procedure::Channel channel, calendar::Date on) {
  Look look;
  look.evaluation = form::evaluate(procedure.form, answers, on);
  look.situation = {.answers = look.evaluation.answers, .channel = channel, .on = on};
  look.chosen = procedure::select_case(procedure, look.situation);
  look.needed = procedure::components_for(procedure, *look.chosen, look.situation);
  if (auto fees = procedure::fees_for(procedure, *look.chosen, look.situation)) {
    look.fees = std::move(fees).value();
  }
  return look;
}

}  // namespace rehearsal
