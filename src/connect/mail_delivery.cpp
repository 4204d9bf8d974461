#include "connect/mail_delivery.h"

#include "base/json.h"
#include "casework/execute.h"
#include "casework/printing.h"

namespace connectors {

namespace {

using calendar::Language;

base::Failure<base::Fault> as_fault(const casework::Failure& failure) {
  const auto code = failure.kind == casework::FailureKind::not_found ? base::FaultCode::not_found
                                                                     : base::FaultCode::unavailable;
  return base::fault(code, "the dossier cannot be opened: " + failure.code);
}

std::string moment(calendar::Instant at, Language language) {
  if (language == Language::vietnamese) return calendar::to_vietnamese(at);
  return calendar::to_text(calendar::local_time(at)) + " on " +
         calendar::to_vietnamese(calendar::local_date(at));
}

std::string agency_name(const casework::Workplace& workplace, const std::string& code,
                        Language language) {
  const party::Agency* agency = workplace.organisation.find(code);
  return agency == nullptr ? code : agency->name.in(language);
}

MessageValues values_of(const casework::Workplace& workplace, const casework::OpenDossier& open,
                        Language language) {
  const dossier::Dossier& dossier = open.dossier;
  MessageValues values;
  values["code"] = dossier.code;
  values["applicant"] = dossier.applicant.name;
  values["procedure"] = open.procedure->name.in(language);
  values["agency"] = agency_name(workplace, dossier.agency, language);
  values["tracking_link"] = casework::tracking_link(workplace, open);
  values["reason"] = dossier.end_reason;
  auto due = dossier.appointed_at();
  if (!due.has_value() && !dossier.received_at.has_value()) due = dossier.expected_due_at;
  if (due.has_value()) values["due"] = moment(*due, language);
  if (dossier.apology.has_value()) {
    values["apology_reason"] = dossier.apology->reason;
    if (dossier.apology->due_at.has_value()) {
      values["old_due"] = moment(*dossier.apology->due_at, language);
    }
  }
  if (dossier.pause.has_value()) {
    values["reason"] = dossier.pause->note.empty() ? dossier.pause->basis : dossier.pause->note;
  }
  if (dossier.supplement.has_value()) {
    std::string items;
    for (const dossier::SupplementItem& item : dossier.supplement->items) {
      if (!items.empty()) items += '\n';
      items += "- " + item.what;
    }
    values["items"] = std::move(items);
    values["reason"] = dossier.supplement->reason;
  }
  return values;
}

std::string repetition_note(const std::string& language) {
  return language == "en"
             ? "\n--\nThis message may reach you twice, because of a fault of our machine. If you "
               "have it already, please disregard this one.\n"
             : "\n--\nThư này có thể đến hai lần do sự cố của hệ thống. Nếu đã nhận được rồi, xin "
               "bỏ "
               "qua.\n";
}

}  // namespace

base::Outcome<base::Done> MailDelivery::deliver(const casework::OutboxRow& row) {
  const base::json::value payload = TRY(base::parse_json(row.payload));
  const std::string name = base::string_or(payload, "template");
  const std::string language = base::string_or(payload, "language", "vi");
  const auto open = casework::open_dossier(workplace_, row.dossier_id);
  if (!open) return as_fault(open.error());
  // What was asked for is there already: nobody is asked twice.
  if (name == "supplement" && !open->dossier.supplement.has_value()) return base::Done{};
  if (name == "paused" && !open->dossier.pause.has_value()) return base::Done{};
  auto values =
      values_of(workplace_, *open, language == "en" ? Language::english : Language::vietnamese);
  const std::string recipient = base::string_or(payload, "recipient");
  if (!recipient.empty()) {
    values["recipient"] = recipient;
    values["desk_link"] = workplace_.public_url + "/desk/dossiers/" + open->dossier.code;
  }
  MessageText text = TRY(texts_.write(name, language, values));
  if (row.in_doubt) text.body += repetition_note(language);
  return mailer_.send({.from_name = sender_.name,
                       .from = sender_.address,
                       .to = base::string_or(payload, "to"),
                       .subject = std::move(text.subject),
                       .text = std::move(text.body),
                       .language = language,
                       .effect = row.effect,
                       .at = workplace_.clock.now(),
                       .repeated = row.in_doubt});
}

}  // namespace connectors
