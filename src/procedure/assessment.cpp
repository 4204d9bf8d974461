#include "procedure/assessment.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "form/validation.h"
#include "rules/dmn_model.h"

namespace procedure {
namespace {

using calendar::Limit;
using calendar::LimitUnit;

base::Outcome<std::string> text_entry(const rules::Value& line, std::string_view name) {
  const std::string* text = line[name].if_string();
  if (text == nullptr || text->empty()) {
    return base::fault(base::FaultCode::invalid, "a fee line without `" + std::string{name} + "`");
  }
  return *text;
}

base::Outcome<FeeLine> read_line(const rules::Value& line) {
  const auto amount = line["amount"].if_integer();
  if (!amount || *amount < 0) {
    return base::fault(base::FaultCode::invalid,
                       "a fee line whose amount is no whole number of dong");
  }
  FeeLine read;
  read.code = TRY(text_entry(line, "code"));
  read.name.vi = TRY(text_entry(line, "name_vi"));
  read.name.en = TRY(text_entry(line, "name_en"));
  read.reason.vi = TRY(text_entry(line, "reason_vi"));
  read.reason.en = TRY(text_entry(line, "reason_en"));
  read.amount = *amount;
  read.example_value = line["example_value"].is_true();
  return read;
}

}  // namespace

rules::Context variables_of(const Procedure& procedure, const Situation& situation,
                            const Case* chosen) {
  const rules::Value answers = form::feel_context(procedure.form, situation.answers, situation.on);
  rules::Context variables = *answers.if_context();
  variables.set("channel", to_text(situation.channel));
  if (chosen != nullptr) variables.set("case_id", chosen->id);
  return variables;
}

const Case* select_case(const Procedure& procedure, const Situation& situation) {
  ENSURE(!procedure.cases.empty(), "a loaded procedure has a case");
  const rules::Value variables{variables_of(procedure, situation)};
  for (const Case& one : procedure.cases) {
    if (!one.when || one.when->holds(variables)) return &one;
  }
  return &procedure.cases.back();
}

std::vector<const Eligibility*> unmet_eligibility(const Procedure& procedure,
                                                  const Situation& situation) {
  std::vector<const Eligibility*> unmet;
  if (procedure.eligibility.empty()) return unmet;
  const rules::Value variables{
      variables_of(procedure, situation, select_case(procedure, situation))};
  for (const Eligibility& one : procedure.eligibility) {
    if (one.holds.fails(variables)) unmet.push_back(&one);
  }
  return unmet;
}

std::vector<form::FieldProblem> eligibility_problems(const Procedure& procedure,
                                                     const Situation& situation) {
  std::vector<form::FieldProblem> problems;
  for (const Eligibility* one : unmet_eligibility(procedure, situation)) {
    form::FieldProblem problem{.field = one->field,
                               .page = {},
                               .code = form::ProblemCode::check_failed,
                               .severity = one->severity,
                               .message = one->message};
    problem.message.vi += " (" + one->basis + ")";
    problem.message.en += " (" + one->basis + ")";
    for (const form::Page& page : procedure.form.pages) {
      if (std::ranges::find(page.fields, one->field, &form::Field::id) != page.fields.end()) {
        problem.page = page.id;
      }
    }
    problems.push_back(std::move(problem));
  }
  return problems;
}

base::Outcome<std::string> decided_authority(const Procedure& procedure,
                                             const Situation& situation) {
  if (procedure.authority.rule != Authority::Rule::decision) return std::string{};
  ENSURE(procedure.rules != nullptr, "a loaded procedure has the decisions it names");
  const rules::Value variables{
      variables_of(procedure, situation, select_case(procedure, situation))};
  const auto decided = rules::decide(*procedure.rules, procedure.authority.decision, variables);
  if (!decided) return base::fault(base::FaultCode::invalid, decided.error().message);
  const std::string* code = decided->if_string();
  if (code == nullptr || code->empty()) {
    return base::fault(base::FaultCode::invalid,
                       "the answers do not say yet which agency is competent");
  }
  return *code;
}

std::vector<NeededComponent> components_for(const Procedure& procedure, const Case& chosen,
                                            const Situation& situation) {
  const rules::Value variables{variables_of(procedure, situation, &chosen)};
  std::vector<NeededComponent> needed;
  for (const Component& component : procedure.components) {
    if (component.applies_when && !component.applies_when->holds(variables)) continue;
    const DataInstead* data = component.replacement_on(situation.on);
    const bool replaced = data != nullptr;
    needed.push_back({&component, component.required && !replaced, replaced, data});
  }
  return needed;
}

base::Outcome<Fees> fees_for(const Procedure& procedure, const Case& chosen,
                             const Situation& situation) {
  Fees fees;
  if (procedure.fee_decision.empty()) return fees;
  ENSURE(procedure.rules != nullptr, "a loaded procedure with a fee decision has its rules");
  const auto decided = rules::decide(*procedure.rules, procedure.fee_decision,
                                     rules::Value{variables_of(procedure, situation, &chosen)});
  if (!decided) return base::fault(base::FaultCode::invalid, decided.error().message);
  const rules::List* lines = decided->if_list();
  if (lines == nullptr || lines->empty() || lines->size() > 100) {
    return base::fault(base::FaultCode::invalid,
                       "the fee cannot be computed from the answers given so far");
  }
  for (const rules::Value& line : *lines) {
    FeeLine read = TRY(read_line(line));
    fees.example_value = fees.example_value || read.example_value;
    if (__builtin_add_overflow(fees.total, read.amount, &fees.total)) {
      return base::fault(base::FaultCode::invalid, "the fees add up to more than can be paid");
    }
    fees.lines.push_back(std::move(read));
  }
  return fees;
}

std::optional<LimitOffer> limit_for(const Procedure& procedure, const Case& chosen,
                                    Channel channel) {
  if (!procedure.takes(channel)) return std::nullopt;
  const auto found = std::ranges::find(chosen.limits, channel, &ChannelLimit::channel);
  if (found == chosen.limits.end()) return std::nullopt;
  const bool internal = found->internal && nominal_working_minutes(*found->internal) <
                                               nominal_working_minutes(found->published);
  return LimitOffer{found->published, found->internal, found->cutoff,
                    internal ? *found->internal : found->published, internal};
}

std::int64_t nominal_working_minutes(const Limit& limit) {
  constexpr std::int64_t kDay = std::int64_t{60} * calendar::kWorkingHoursPerDay;
  switch (limit.unit()) {
    case LimitUnit::working_days:
    case LimitUnit::working_hours:
      return limit.working_minutes();
    case LimitUnit::calendar_days:
      return limit.halves() * kDay * 5 / 14;
    case LimitUnit::months:
      return limit.halves() * kDay * 11;  // 22 working days
    case LimitUnit::years:
      return limit.halves() * kDay * 125;
    case LimitUnit::same_day:
      return kDay;
  }
  return kDay;
}

}  // namespace procedure
