#include "filing_bodies.h"

#include <boost/json.hpp>

#include "calendar/clock.h"
#include "cli/demo_answers.h"
#include "cli/demo_people.h"
#include "figure.h"
#include "form/validation.h"
#include "procedure/assessment.h"

namespace bench {

namespace {

// Filing one form after the other by the rules is slow; filling other people into a form is not.
constexpr std::size_t kForms = 400;

struct FilledForm {
  std::string body;
  cli::DemoCitizen citizen;  // whose details stand in it
};

const procedure::Procedure& find_procedure(const cli::Definitions& definitions) {
  for (const auto& one : definitions.procedures) {
    if (one->code == kFiledProcedure) return *one;
  }
  give_up(std::string{"no procedure "} + kFiledProcedure);
}

// Empty where nothing speaks against it.
std::string why_not(const procedure::Procedure& procedure, const base::json::object& answers,
                    calendar::Date on) {
  for (const form::FieldProblem& one : form::evaluate(procedure.form, answers, on).problems) {
    if (one.severity == form::Severity::error) return one.field + ": " + one.message.en;
  }
  const procedure::Situation situation{
      .answers = answers, .channel = procedure::Channel::online, .on = on};
  const procedure::Case* chosen = procedure::select_case(procedure, situation);
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    if (needed.required && !needed.replaced &&
        needed.component->kind == procedure::ComponentKind::submit) {
      return needed.component->id + " has to be uploaded";
    }
  }
  return {};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::vector<std::string> make_filing_bodies(const cli::Definitions& definitions,
                                            const party::Organisation& organisation,
                                            std::size_t count, WithMail mail, std::uint64_t seed) {
  const procedure::Procedure& procedure = find_procedure(definitions);
  std::vector<const party::Agency*> communes;
  for (const party::Agency& one : organisation.agencies()) {
    if (one.kind == party::AgencyKind::commune_committee) communes.push_back(&one);
  }
  calendar::SystemClock clock;
  const calendar::Date today = calendar::local_date(clock.now());
  base::SeededRandom random(seed);
  std::vector<FilledForm> forms;
  std::string why;
  for (std::size_t tries = 0; forms.size() < kForms && tries < 50 * kForms; ++tries) {
    const cli::DemoCitizen citizen = cli::demo_citizen(random);
    const party::Agency& commune = *communes.at(random.below(communes.size()));
    base::json::object answers =
        cli::demo_answers(procedure.form, citizen, commune.unit_code, today, random);
    if (mail == WithMail::no) {
      for (auto& member : answers) {
        if (member.value().is_string() && member.value().get_string() == citizen.email)
          member.value() = nullptr;
      }
    }
    answers["reissue"] = false;  // the earlier certificate would have to be uploaded
    why = why_not(procedure, answers, today);
    if (!why.empty()) continue;
    base::json::object body{{"procedure", procedure.code},
                            {"agency", commune.id.text()},
                            {"channel", "online"},
                            {"answers", std::move(answers)}};
    forms.push_back({base::to_text(body), citizen});
  }
  if (forms.empty()) give_up("no invented filing is accepted: " + why);
  std::vector<std::string> bodies;
  bodies.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const FilledForm& form = forms[i % forms.size()];
    const cli::DemoCitizen citizen = cli::demo_citizen(random);
    std::string body = form.body;
    replace_all(body, form.citizen.name, citizen.name);
    replace_all(body, form.citizen.personal_id, citizen.personal_id);
    replace_all(body, form.citizen.phone, citizen.phone);
    replace_all(body, form.citizen.email, citizen.email);
    bodies.push_back(std::move(body));
  }
  return bodies;
}

}  // namespace bench
