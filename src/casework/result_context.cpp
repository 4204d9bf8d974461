// result_context.cpp - the fields of a result document: what every result has, then what the
// package's result.yaml makes of the answers.
#include <boost/json.hpp>

#include "casework/gate.h"
#include "casework/printed_text.h"
#include "casework/printing_context.h"
#include "casework/succession.h"
#include "form/validation.h"
#include "procedure/assessment.h"
#include "rules/expression.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

// For results that no package lays out.
constexpr const char* kGenericTemplate = "ket-qua";

struct Signers {
  std::string head;      // who signed
  std::string position;  // his position
  std::string officer;   // who prepared it
  std::string agency;    // the agency that decided
};

Signers signers_of(const Printing& printing) {
  Signers signers{.head = {}, .position = {}, .officer = {}, .agency = printing.dossier().agency};
  for (const dossier::TrailEntry& entry : printing.dossier().trail) {
    const procedure::Step* step = printing.procedure().find_step(entry.step);
    if (step == nullptr) continue;
    if (step->action == procedure::StepAction::process) signers.officer = entry.officer_name;
    if (step->action != procedure::StepAction::approve) continue;
    signers.head = entry.officer_name;
    signers.position = entry.signature.has_value()
                           ? printed_position(*entry.signature)
                           : position_of(printing.workplace, entry.officer_id);
    // Whoever signs for another agency signs with its head.
    const std::string& agency =
        entry.signature.has_value() ? entry.signature->agency : entry.agency;
    if (printing.workplace.organisation.find(agency) != nullptr) signers.agency = agency;
  }
  return signers;
}

std::string result_name(const Printing& printing) {
  for (const procedure::ResultDocument& one : printing.procedure().results) {
    if (one.code == printing.dossier().result->code) return one.name.vi;
  }
  return "Kết quả: " + printing.procedure().name.vi;
}

// An answer in words where that makes sense: dates and whole numbers.
rules::Value words_of(const form::Field& field, const value& answer) {
  if (field.type == form::FieldType::date || field.type == form::FieldType::partial_date) {
    if (!answer.is_string()) return {};
    const auto on = calendar::parse_date(std::string{answer.get_string()});
    return on.has_value() ? rules::Value{date_in_words(*on)} : rules::Value{};
  }
  if (field.type == form::FieldType::integer && answer.is_int64()) {
    return rules::Value{number_in_words(answer.get_int64())};
  }
  return {};
}

// An answer as it is printed; of a table, the rows with their cells.
rules::Value shown_value(const form::Field& field, const value& answer,
                         const party::Organisation& organisation) {
  if (field.type != form::FieldType::table || !answer.is_array()) {
    const std::string text = printed_answer(field, answer, organisation);
    return text.empty() ? rules::Value{} : rules::Value{text};
  }
  rules::List rows;
  for (const value& row : answer.get_array()) {
    rules::Context cells;
    for (const form::Field& column : field.columns) {
      const value* cell = row.is_object() ? row.get_object().if_contains(column.id) : nullptr;
      if (cell != nullptr) cells.set(column.id, shown_value(column, *cell, organisation));
    }
    rows.emplace_back(std::move(cells));
  }
  return rows;
}

// What the expressions of result.yaml may read, see procedure/result_layout.h.
rules::Context facts_of(const Printing& printing, const Signers& signers, const object& head) {
  const dossier::Dossier& dossier = printing.dossier();
  const procedure::Procedure& procedure = printing.procedure();
  const procedure::Situation situation{
      .answers = dossier.answers,
      .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
      .on = calendar::local_date(dossier.filed_at)};
  rules::Context facts =
      procedure::variables_of(procedure, situation, procedure.find_case(dossier.case_id));
  rules::Context shown;
  rules::Context words;
  for (const form::Page& page : procedure.form.pages) {
    for (const form::Field& field : page.fields) {
      const value* answer = dossier.answers.if_contains(field.id);
      if (answer == nullptr) continue;
      rules::Value printed = shown_value(field, *answer, printing.workplace.organisation);
      if (!printed.is_null()) shown.set(field.id, std::move(printed));
      if (rules::Value in_words = words_of(field, *answer); !in_words.is_null()) {
        words.set(field.id, std::move(in_words));
      }
    }
  }
  const auto set = [&](std::string_view name, const std::string& text) {
    // A question of the form keeps its name.
    if (procedure.form.find_field(name) != nullptr) return;
    facts.set(name, text.empty() ? rules::Value{} : rules::Value{text});
  };
  const auto date = [](calendar::Date on) {
    const auto day = rules::Date::from_day_number(on.time_since_epoch().count());
    return day.has_value() ? rules::Value{*day} : rules::Value{};
  };
  facts.set("shown", rules::Value{std::move(shown)});
  facts.set("in_words", rules::Value{std::move(words)});
  facts.set("issued_on", date(calendar::local_date(dossier.result->issued_at)));
  facts.set("received_on", dossier.received_at.has_value()
                               ? date(calendar::local_date(*dossier.received_at))
                               : rules::Value{});
  set("issued_at", calendar::to_iso(dossier.result->issued_at));
  set("result_number", dossier.result->number);
  set("result_name", result_name(printing));
  set("agency_name", base::string_or(head, "name"));
  set("agency_parent", base::string_or(head, "parent"));
  set("agency_place", base::string_or(head, "place"));
  set("signer", signers.head);
  set("signer_title", signers.position);
  set("officer", signers.officer);
  const dossier::Person& owner =
      dossier.on_behalf_of.has_value() ? *dossier.on_behalf_of : dossier.applicant;
  set("applicant_name", owner.name);
  set("applicant_id", owner.personal_id.empty() ? owner.tax_code : owner.personal_id);
  set("applicant_address", owner.address);
  set("dossier_code", dossier.code);
  set("procedure_name", procedure.name.vi);
  return facts;
}

// Puts a value where the path says; whatever stands in the way is replaced.
void put_at(object& target, std::string_view path, value placed) {
  const std::size_t point = path.find('.');
  if (point == std::string_view::npos) {
    target[path] = std::move(placed);
    return;
  }
  value& inner = target[path.substr(0, point)];
  if (!inner.is_object()) inner = object{};
  put_at(inner.get_object(), path.substr(point + 1), std::move(placed));
}

}  // namespace

DocumentContext result_context(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  const dossier::IssuedResult& result = *dossier.result;
  const Signers signers = signers_of(printing);
  const calendar::Date on = calendar::local_date(result.issued_at);
  const auto organisation = organisation_on(printing.workplace, on);
  const object head = agency_head(*organisation, issuer_on(*organisation, signers.agency));
  const procedure::ResultLayout* layout =
      procedure::find_layout(printing.procedure().result_layouts, result.code);
  DocumentContext context{.template_id = kGenericTemplate, .on = on, .fields = {}};
  if (layout != nullptr) {
    context.template_id = layout->template_id;
  } else if (!result.template_id.empty()) {
    context.template_id = result.template_id;
  }
  object& fields = context.fields;
  fields["agency"] = head;
  fields["number"] = result.number;
  fields["issued_on"] = calendar::to_iso(on);
  fields["dossier"] = object{{"code", dossier.code}, {"procedure", printing.procedure().name.vi}};
  fields["signers"] =
      object{{"officer", signers.officer},
             {"position", signers.position.empty() ? std::string{"Người ký"} : signers.position},
             {"head", signers.head}};
  // Results are shown to others: the code opens the tracking page, the secret stays with its owner.
  fields["qr"] = printing.workplace.public_url + "/theo-doi#" + dossier.code;
  if (layout == nullptr) {
    fields["result"] = object{{"name", result_name(printing)}};
    fields["applicant"] = printed_person(dossier.on_behalf_of.has_value() ? *dossier.on_behalf_of
                                                                          : dossier.applicant);
    fields["sections"] =
        printed_sections(printing.procedure().form, dossier.answers, *organisation);
    return context;
  }
  const rules::Value facts{facts_of(printing, signers, head)};
  for (const procedure::ResultField& field : layout->fields) {
    const rules::Evaluation evaluation = rules::evaluate(*field.value, facts);
    if (evaluation.value.is_null()) continue;
    put_at(fields, field.path, rules::to_json(evaluation.value));
  }
  return context;
}

}  // namespace casework
