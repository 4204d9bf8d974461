// dossier_view.cpp - one dossier whole: for the officer's page and for the applicant's tracking.
#include <algorithm>

#include <boost/json.hpp>

#include "casework/authority_json.h"
#include "casework/file_inspection.h"
#include "casework/timeline.h"
#include "casework/transports.h"
#include "casework/view.h"
#include "dossier/status.h"
#include "form/form_json.h"
#include "form/validation.h"
#include "party/representation.h"
#include "procedure/procedure_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

array visible_fields(const form::FormEvaluation& evaluation) {
  array visible;
  for (const std::string& id : evaluation.visible) visible.push_back(value(id));
  return visible;
}

object result_json(const procedure::Procedure& procedure, const dossier::IssuedResult& result) {
  object json{{"code", result.code},
              {"number", result.number},
              {"issued_at", calendar::to_iso(result.issued_at)},
              {"issued_by", result.issued_by},
              {"file", result.file.has_value() ? result.file->id : std::string{"result"}},
              {"generated", !result.file.has_value()},
              {"returned_at", instant_json(result.returned_at)},
              {"method", result.method},
              {"received_by", result.received_by}};
  const auto kind =
      std::ranges::find(procedure.results, result.code, &procedure::ResultDocument::code);
  json["name"] = text_json(kind != procedure.results.end() ? kind->name : procedure.name);
  return json;
}

object supplement_json(const dossier::Dossier& dossier) {
  object json{{"requested_at", calendar::to_iso(dossier.supplement->requested_at)},
              {"reason", dossier.supplement->reason},
              {"count", dossier.supplements_requested}};
  array items;
  for (const dossier::SupplementItem& item : dossier.supplement->items) {
    items.push_back(
        object{{"component", item.component}, {"field", item.field}, {"what", item.what}});
  }
  json["items"] = std::move(items);
  return json;
}

array components_json(const OpenDossier& open) {
  const procedure::Procedure& procedure = *open.procedure;
  const dossier::Dossier& dossier = open.dossier;
  const procedure::Situation situation{
      .answers = dossier.answers,
      .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
      .on = calendar::local_date(dossier.filed_at)};
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  if (chosen == nullptr) chosen = procedure::select_case(procedure, situation);
  array all;
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    object one = procedure::to_json(needed);
    array attached;
    for (const dossier::Attachment& paper : dossier.attachments) {
      if (paper.component == needed.component->id) attached.push_back(value(paper.id));
    }
    one["attachments"] = std::move(attached);
    one["shown"] = std::ranges::find(dossier.shown_components, needed.component->id) !=
                   dossier.shown_components.end();
    all.push_back(std::move(one));
  }
  return all;
}

object applicant_fee_json(const dossier::Dossier& dossier) {
  object fee = fee_json(dossier.fees);
  fee["paid"] = dossier.paid();
  fee["outstanding"] = dossier.fee_total() - dossier.paid();
  array payments;
  for (const dossier::Payment& payment : dossier.payments) {
    payments.push_back(
        object{{"receipt", payment.receipt},
               {"kind", payment.refund ? "refund" : "payment"},
               {"amount", payment.amount},
               {"method", payment.method},
               {"at", calendar::to_iso(payment.at)},
               {"by", payment.officer_name},
               {"reason", payment.reason},
               {"reference", payment.refund ? payment.refunded_receipt : payment.reference}});
  }
  fee["payments"] = std::move(payments);
  return fee;
}

}  // namespace

std::string masked_name(const std::string& name) {
  std::string masked;
  bool first_of_word = true;
  bool first_word = true;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at + 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
    if (name[at] == ' ') {
      masked += ' ';
      first_of_word = true;
      first_word = false;
    } else {
      if (first_of_word || first_word) {
        masked.append(name, at, end - at);
      } else {
        masked += '*';
      }
      first_of_word = false;
    }
    at = end;
  }
  return masked;
}

object acting_json(const dossier::ActingFor& acting) {
  const auto kind = party::parse_representation_kind(acting.kind);
  object json{
      {"kind", acting.kind},     {"number", acting.number},       {"title", acting.title},
      {"issuer", acting.issuer}, {"issued_on", acting.issued_on}, {"recorded", acting.recorded},
      {"seen", acting.seen}};
  json["as"] = text_json(kind.has_value() ? party::title(*kind) : calendar::Bilingual{});
  return json;
}

Answer<object> dossier_json(Workplace& workplace, const OpenDossier& open,
                            const party::Officer& officer) {
  const Instant now = workplace.clock.now();
  const procedure::Procedure& procedure = *open.procedure;
  const dossier::Dossier& dossier = open.dossier;
  auto loaded = TRY_AS_FAILURE(workplace.store.load(open.id));
  if (!loaded.has_value()) return fail(FailureKind::not_found, "dossier-not-found", {});
  object json = row_json(workplace, loaded->row, now);
  json["version"] = dossier.version;
  json["receiving_agency"] = agency_json(workplace, dossier.receiving_agency);
  json["returning_agency"] = agency_json(workplace, dossier::return_place(dossier));
  json["competence"] = competence_json(dossier);
  json["transports"] = transports_json(workplace, dossier);
  json["applicant_detail"] = person_json(dossier.applicant);
  json["on_behalf_of"] =
      dossier.on_behalf_of.has_value() ? value(person_json(*dossier.on_behalf_of)) : value(nullptr);
  json["acting"] =
      dossier.acting.has_value() ? value(acting_json(*dossier.acting)) : value(nullptr);
  json["assistance"] = dossier.assistance.has_value()
                           ? value(object{{"consent", dossier.assistance->consent},
                                          {"witness", dossier.assistance->witness},
                                          {"note", dossier.assistance->note}})
                           : value(nullptr);
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  json["case"] = object{{"id", dossier.case_id},
                        {"name", text_json(chosen == nullptr ? Bilingual{} : chosen->name)}};
  json["form"] = form::to_json(procedure.form);
  json["answers"] = dossier.answers;
  json["visible"] = visible_fields(
      form::evaluate(procedure.form, dossier.answers, calendar::local_date(dossier.filed_at)));
  array corrections;
  for (const dossier::Correction& one : dossier.corrections) {
    corrections.push_back(object{{"field", one.field},
                                 {"before", one.before},
                                 {"after", one.after},
                                 {"reason", one.reason},
                                 {"by", one.by},
                                 {"at", calendar::to_iso(one.at)}});
  }
  json["corrections"] = std::move(corrections);
  json["components"] = components_json(open);
  array papers = attachments_json(dossier);
  TRY(add_inspections(workplace, papers));
  json["attachments"] = std::move(papers);
  json["return_method"] = dossier.return_method;
  json["clock"] = clock_json(workplace, procedure, dossier, now);
  json["fee"] = applicant_fee_json(dossier);
  array tasks;
  for (const dossier::Task& task : dossier.tasks) {
    tasks.push_back(task_json(workplace, procedure, task, dossier.is_paused(), now));
  }
  json["tasks"] = std::move(tasks);
  json["apology"] = apology_json(workplace, dossier);
  json["numbers"] = object{{"slip", dossier.slip_number},
                           {"control", dossier.control_number},
                           {"book", dossier.book},
                           {"book_year", dossier.book_year},
                           {"book_number", dossier.book_number},
                           {"supplement", dossier.supplement_number},
                           {"end", dossier.end_number}};
  array actions;
  for (const ActionOffer& offer : offers(procedure, dossier, officer, now,
                                         workplace.time_rules.on(calendar::local_date(now)))) {
    object one{{"action", offer.action}, {"allowed", offer.allowed}};
    if (offer.task != 0) one["task"] = task_id(offer.task);
    if (!offer.allowed) one["reason"] = text_json(offer.reason);
    if (offer.basis.has_value()) one["basis"] = basis_json(*offer.basis);
    actions.push_back(std::move(one));
  }
  json["actions"] = std::move(actions);
  json["supplement"] =
      dossier.supplement.has_value() ? value(supplement_json(dossier)) : value(nullptr);
  json["supplements_requested"] = dossier.supplements_requested;
  json["result"] =
      dossier.result.has_value() ? value(result_json(procedure, *dossier.result)) : value(nullptr);
  json["end_reason"] = dossier.end_reason;
  if (dossier.rating.has_value()) {
    json["rating"] = object{{"score", dossier.rating->score}, {"comment", dossier.rating->comment}};
  } else {
    json["rating"] = nullptr;
  }
  json["timeline"] = TRY(timeline_json(workplace, open, Audience::officer));
  return json;
}

Answer<object> tracking_json(Workplace& workplace, const OpenDossier& open) {
  const Instant now = workplace.clock.now();
  const procedure::Procedure& procedure = *open.procedure;
  const dossier::Dossier& dossier = open.dossier;
  array papers = attachments_json(dossier);
  TRY(add_inspections(workplace, papers));
  object json{{"code", dossier.code},
              {"procedure", procedure_ref(procedure)},
              {"agency", agency_json(workplace, dossier.agency)["name"]},
              // The name of an organisation is public.
              {"applicant", dossier.applicant.tax_code.empty() ? masked_name(dossier.applicant.name)
                                                               : dossier.applicant.name},
              {"status", status_json(static_cast<int>(dossier::status_of(procedure, dossier)))},
              {"filed_at", calendar::to_iso(dossier.filed_at)},
              {"received_at", instant_json(dossier.received_at)},
              {"due_at", instant_json(dossier.due_at)},
              {"expected_due_at", instant_json(dossier.expected_due_at)},
              {"finished_at", instant_json(dossier.finished_at)},
              {"clock", clock_json(workplace, procedure, dossier, now)},
              {"components", components_json(open)},
              {"fee", applicant_fee_json(dossier)},
              {"attachments", std::move(papers)},
              {"return_method", dossier.return_method},
              {"receiving_agency", agency_json(workplace, dossier.receiving_agency)},
              {"returning_agency", agency_json(workplace, dossier::return_place(dossier))},
              {"whereabouts", whereabouts_json(workplace, dossier)}};
  // What the national index makes of it is the office's affair.
  json["clock"].get_object().erase("scored");
  // The applicant hears of an apology once it is signed.
  const bool apologised = dossier.apology.has_value() && dossier.apology->signed_at.has_value();
  json["apology"] = apologised ? apology_json(workplace, dossier) : value(nullptr);
  if (apologised) {
    // Who wrote it when is the office's affair.
    for (const char* internal : {"drafted_by", "drafted_at", "sign_by", "in_time"}) {
      json["apology"].as_object().erase(internal);
    }
  }
  Bilingual holder;
  if (!dossier.tasks.empty() && dossier.stage != dossier::Stage::awaiting_supplement) {
    const party::Agency* agency = workplace.organisation.find(dossier.tasks.front().agency);
    if (agency != nullptr) holder = agency->name;
  }
  json["holder"] = text_json(holder);
  json["supplement"] =
      dossier.supplement.has_value() ? value(supplement_json(dossier)) : value(nullptr);
  json["form"] =
      dossier.supplement.has_value() ? value(form::to_json(procedure.form)) : value(nullptr);
  json["answers"] = dossier.supplement.has_value() ? value(dossier.answers) : value(nullptr);
  json["result"] =
      dossier.result.has_value() ? value(result_json(procedure, *dossier.result)) : value(nullptr);
  json["refusal_reason"] = dossier.end_reason.empty() ? value(nullptr) : value(dossier.end_reason);
  array can;
  if (dossier.stage == dossier::Stage::awaiting_supplement) can.push_back("supplement");
  if (!dossier.is_closed() && dossier.stage != dossier::Stage::finished) {
    can.push_back("withdraw");
    can.push_back("change_return");
  }
  if (dossier.is_closed() && !dossier.rating.has_value()) can.push_back("rate");
  json["can"] = std::move(can);
  if (dossier.rating.has_value()) {
    json["rating"] = object{{"score", dossier.rating->score}, {"comment", dossier.rating->comment}};
  } else {
    json["rating"] = nullptr;
  }
  json["timeline"] = TRY(timeline_json(workplace, open, Audience::applicant));
  return json;
}

}  // namespace casework
