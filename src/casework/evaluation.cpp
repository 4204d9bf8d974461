#include "casework/evaluation.h"

#include <boost/json.hpp>

#include "casework/view.h"
#include "dossier/dossier_clock.h"
#include "form/validation.h"
#include "procedure/procedure_json.h"

namespace casework {

base::json::object evaluation_json(Workplace& workplace, const procedure::Procedure& procedure,
                                   const EvaluationRequest& request) {
  const Instant now = workplace.clock.now();
  const calendar::Date today = calendar::local_date(now);
  const auto page = procedure.form.find_page(request.page);
  form::FormEvaluation evaluation = form::evaluate(procedure.form, request.answers, today, page);
  const procedure::Channel channel =
      procedure::find_channel(request.channel).value_or(procedure::Channel::online);
  const procedure::Situation situation{
      .answers = evaluation.answers, .channel = channel, .on = today};
  const procedure::Case* chosen = procedure::select_case(procedure, situation);
  for (form::FieldProblem& problem : procedure::eligibility_problems(procedure, situation)) {
    evaluation.problems.push_back(std::move(problem));
  }
  base::json::object json = form::to_json(evaluation);
  json["today"] = calendar::to_iso(today);
  json["case"] = base::json::object{{"id", chosen->id}, {"name", text_json(chosen->name)}};
  base::json::array components;
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    components.push_back(procedure::to_json(needed));
  }
  json["components"] = std::move(components);
  // While an answer that the amount depends on is missing there is no fee to tell.
  if (const auto fees = procedure::fees_for(procedure, *chosen, situation)) {
    json["fee"] = procedure::to_json(*fees);
  } else {
    json["fee"] = nullptr;
  }
  json["due"] = nullptr;
  if (const auto limit = procedure::limit_for(procedure, *chosen, channel)) {
    dossier::AgreedLimits limits{.published = limit->published.text(), .internal = {}};
    if (limit->internal.has_value()) limits.internal = limit->internal->text();
    if (limit->cutoff.has_value()) limits.cutoff_minutes = limit->cutoff->minutes;
    const auto term =
        dossier::term_of(limits, now, {}, std::nullopt, workplace.calendar_of(request.agency));
    if (term.has_value()) {
      json["due"] = base::json::object{
          {"if_received_at", calendar::to_iso(now)},
          {"due_at", instant_json(term->promised.due)},
          {"limit", text_json(procedure::in_words(term->promised_limit))},
          {"published_limit", text_json(procedure::in_words(term->published_limit))}};
    }
  }
  return json;
}

}  // namespace casework
