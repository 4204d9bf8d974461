#include "calendar/deadline_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace calendar {

namespace json = base::json;

namespace {

void add_moment(json::object& object, std::string_view key, Instant at) {
  if (at != Instant{}) object.emplace(key, to_iso(at));
}

}  // namespace

json::value to_json(const DerivationStep& step) {
  json::object object;
  object.emplace("kind", calendar::name(step.kind));
  object.emplace("text", json::object{{"vi", explain(step, Language::vietnamese)},
                                      {"en", explain(step, Language::english)}});
  if (const std::string article = citation(step); !article.empty()) {
    object.emplace("article", article);
  }
  if (step.last != Date{}) {
    object.emplace("first", to_iso(step.first));
    object.emplace("last", to_iso(step.last));
  }
  add_moment(object, "from", step.from);
  add_moment(object, "to", step.to);
  if (step.halves != 0) object.emplace("half_days", step.halves);
  if (step.minutes != 0) object.emplace("minutes", step.minutes);
  if (step.make_up) {
    object.emplace("instead_of", to_iso(step.make_up->instead_of));
    object.emplace("act", step.make_up->act);
  } else if (step.extra_day) {
    object.emplace("reason", json::object{{"vi", step.extra_day->reason.vi},
                                          {"en", step.extra_day->reason.in(Language::english)}});
    object.emplace("act", step.extra_day->act);
  }
  if (step.kind == StepKind::skipped_paused) {
    object.emplace("reason", calendar::name(step.pause));
  } else if (step.kind == StepKind::skipped_off || step.kind == StepKind::moved) {
    object.emplace("reason", calendar::name(step.off));
  }
  return object;
}

json::value to_json(const Deadline& deadline) {
  json::object object;
  object.emplace("due", deadline.due ? json::value(to_iso(*deadline.due)) : json::value(nullptr));
  object.emplace("provisional", deadline.provisional);
  if (!deadline.due) {
    object.emplace("remaining", json::object{{"half_days", deadline.remaining_halves},
                                             {"minutes", deadline.remaining_minutes}});
  }
  json::array steps;
  steps.reserve(deadline.steps.size());
  for (const DerivationStep& step : deadline.steps) steps.push_back(to_json(step));
  object.emplace("steps", std::move(steps));
  return object;
}

}  // namespace calendar
