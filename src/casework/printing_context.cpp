#include "casework/printing_context.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/gate.h"
#include "casework/printed_text.h"
#include "casework/succession.h"
#include "form/validation.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

std::string channel_name(const std::string& channel) {
  if (channel == "online") return "Trực tuyến";
  if (channel == "post") return "Qua bưu chính";
  return "Trực tiếp tại quầy";
}

std::string money_story(const dossier::Dossier& dossier) {
  std::int64_t taken = 0;
  std::int64_t given_back = 0;
  for (const dossier::Payment& one : dossier.payments) {
    (one.refund ? given_back : taken) += one.amount;
  }
  if (taken == 0) return "Chưa thu phí, lệ phí";
  return "Đã nộp " + dong(taken) +
         (given_back > 0 ? ", đã hoàn trả " + dong(given_back) : std::string{});
}

void add_files(array& files, const Printing& printing,
               const std::vector<dossier::Attachment>& attachments) {
  for (const dossier::Attachment& one : attachments) {
    const procedure::Component* component = printing.procedure().find_component(one.component);
    files.push_back(object{{"component", component == nullptr ? "Khác" : component->name.vi},
                           {"name", one.name},
                           {"size", file_size(one.size)},
                           {"sha256", one.sha256}});
  }
}

}  // namespace

void put_text(object& target, const char* key, const std::string& text) {
  if (!text.empty()) target[key] = text;
}

DocumentContext begin_document(const Printing& printing, std::string template_id,
                               const std::string& agency, Instant at) {
  const calendar::Date on = calendar::local_date(at);
  DocumentContext context{.template_id = std::move(template_id), .on = on, .fields = {}};
  // As things were that day: what was issued before a merger keeps the old name.
  const auto organisation = organisation_on(printing.workplace, on);
  context.fields["agency"] = agency_head(*organisation, issuer_on(*organisation, agency));
  context.fields["issued_on"] = calendar::to_iso(on);
  context.fields["dossier"] =
      object{{"code", printing.dossier().code}, {"request", printing.procedure().name.vi}};
  context.fields["qr"] = printing.sight == PrintedSight::whole
                             ? receipt_link(printing.workplace, printing.open)
                             : printing.workplace.public_url + "/theo-doi";
  return context;
}

std::string number_or_dots(const std::string& number, std::string_view symbol) {
  return number.empty() ? "............/" + std::string{symbol} : number;
}

const dossier::Person& owner_of(const dossier::Dossier& dossier) {
  return dossier.on_behalf_of.has_value() ? *dossier.on_behalf_of : dossier.applicant;
}

std::string agency_name(const Printing& printing, const std::string& code) {
  const party::Agency* agency = printing.workplace.organisation.find(code);
  return agency == nullptr ? code : agency->name.vi;
}

std::string tracking_page(const Workplace& workplace) {
  const std::string& url = workplace.public_url;
  const std::size_t at = url.find("://");
  return (at == std::string::npos ? url : url.substr(at + 3)) + "/theo-doi";
}

object printed_person(const dossier::Person& person) {
  object printed;
  put_text(printed, "name", person.name);
  put_text(printed, "id_number", person.personal_id.empty() ? person.tax_code : person.personal_id);
  put_text(printed, "address", person.address);
  put_text(printed, "phone", person.phone);
  put_text(printed, "email", person.email);
  return printed;
}

std::string position_of(const Workplace& workplace, const std::string& officer_id) {
  const OfficerAccountPtr account = workplace.officers.find(officer_id);
  return account == nullptr ? std::string{} : account->officer.position.vi;
}

DocumentContext supplement_context(const Printing& printing, const dossier::EventRecord& asked) {
  const auto& request = std::get<dossier::SupplementRequested>(asked.event);
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context = begin_document(printing, "mau-02", dossier.receiving_agency, asked.at);
  context.fields["number"] = number_or_dots(asked.number, "PBS-TTPVHCC");
  context.fields["applicant"] = printed_person(owner_of(dossier));
  array items;
  for (const dossier::SupplementItem& item : request.items) {
    std::string what = item.what;
    if (const auto* component = printing.procedure().find_component(item.component)) {
      if (component->name.vi != what) what = component->name.vi + ": " + what;
    } else if (const auto* field = printing.procedure().form.find_field(item.field)) {
      if (field->label.vi != what) what = field->label.vi + ": " + what;
    }
    items.push_back(value(what));
  }
  std::string reason = request.reason;
  if (!request.repeat_reason.empty()) {
    reason += " (Lý do yêu cầu bổ sung lần nữa: " + request.repeat_reason + ")";
  }
  context.fields["supplement"] = object{{"items", std::move(items)}, {"reason", reason}};
  object contact;
  put_text(contact, "name", asked.actor.name);
  if (const auto account = printing.workplace.officers.find(asked.actor.id)) {
    put_text(contact, "phone", account->officer.phone);
  }
  context.fields["contact"] = std::move(contact);
  context.fields["signers"] = object{{"officer", asked.actor.name}};
  return context;
}

DocumentContext refusal_context(const Printing& printing, const dossier::EventRecord& refused) {
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context =
      begin_document(printing, "mau-03", dossier.receiving_agency, refused.at);
  context.fields["number"] = number_or_dots(refused.number, "PTC-TTPVHCC");
  context.fields["applicant"] = printed_person(owner_of(dossier));
  context.fields["refusal"] = object{{"reason", std::get<dossier::Refused>(refused.event).reason}};
  context.fields["signers"] =
      object{{"submitter", dossier.applicant.name}, {"receiver", refused.actor.name}};
  return context;
}

DocumentContext apology_context(const Printing& printing, const dossier::EventRecord* signed_one) {
  const dossier::Dossier& dossier = printing.dossier();
  const Instant at = signed_one != nullptr ? signed_one->at : dossier.apology->drafted_at;
  DocumentContext context = begin_document(printing, "mau-04", dossier.agency, at);
  object about = context.fields["dossier"].get_object();
  if (dossier.received_at.has_value()) {
    about["received_at"] = calendar::to_iso(*dossier.received_at);
  }
  context.fields["dossier"] = std::move(about);
  context.fields["applicant"] = printed_person(owner_of(dossier));
  context.fields["tracking"] = object{{"url", tracking_page(printing.workplace)}};
  dossier::ApologySigned text;
  object signers{{"position", "Thủ trưởng cơ quan"}};
  if (signed_one != nullptr) {
    text = std::get<dossier::ApologySigned>(signed_one->event);
    put_text(signers, "position", position_of(printing.workplace, signed_one->actor.id));
    put_text(signers, "position",
             text.signature.has_value() ? printed_position(*text.signature) : text.position);
    put_text(signers, "head", signed_one->actor.name);
  } else {
    text = {.due_at = dossier.apology->due_at,
            .new_due_at = dossier.apology->new_due_at,
            .reason = dossier.apology->reason,
            .position = {},
            .in_time = true};
    context.fields["draft"] = "DỰ THẢO";
    context.fields.erase("issued_on");
  }
  context.fields["number"] =
      number_or_dots(signed_one != nullptr ? signed_one->number : std::string{}, "PXL");
  object apology;
  if (text.due_at.has_value()) apology["due_at"] = calendar::to_iso(*text.due_at);
  if (text.new_due_at.has_value()) apology["new_due_at"] = calendar::to_iso(*text.new_due_at);
  put_text(apology, "reason", text.reason);
  if (!text.in_time) {
    apology["late_note"] =
        "Phiếu được ký sau thời điểm phải thông báo (chậm nhất 01 ngày trước khi hết hạn): thời "
        "hạn "
        "giải quyết không thay đổi và hồ sơ được ghi nhận là quá hạn.";
  }
  context.fields["apology"] = std::move(apology);
  context.fields["signers"] = std::move(signers);
  return context;
}

DocumentContext stop_context(const Printing& printing, const dossier::EventRecord& ended) {
  const dossier::Dossier& dossier = printing.dossier();
  const auto* stopped = std::get_if<dossier::Stopped>(&ended.event);
  DocumentContext context = begin_document(printing, "mau-05", dossier.receiving_agency, ended.at);
  context.fields["number"] = number_or_dots(ended.number, "TB-TTPVHCC");
  object about = context.fields["dossier"].get_object();
  if (dossier.received_at.has_value()) {
    about["received_at"] = calendar::to_iso(*dossier.received_at);
  }
  context.fields["dossier"] = std::move(about);
  context.fields["applicant"] = printed_person(owner_of(dossier));
  std::string stage = dossier.received_at.has_value() ? "Đã tiếp nhận" : "Chưa tiếp nhận";
  if (!dossier.trail.empty()) {
    if (const auto* step = printing.procedure().find_step(dossier.trail.back().step)) {
      stage += ", đã xong bước: " + step->title.vi;
    }
  }
  object stop{{"at", calendar::to_iso(ended.at)}, {"stage", stage}};
  stop["requested_by"] =
      ended.actor.name +
      (ended.actor.kind == dossier::ActorKind::citizen ? " (người nộp hồ sơ)" : "");
  stop["reason"] =
      stopped != nullptr ? stopped->reason : std::get<dossier::Withdrawn>(ended.event).reason;
  stop["decision"] = stopped != nullptr ? "Dừng giải quyết hồ sơ, trả lại giấy tờ bản chính"
                                        : "Cho rút hồ sơ, trả lại giấy tờ bản chính";
  stop["fees"] = money_story(dossier);
  context.fields["stop"] = std::move(stop);
  object signers{{"position", "Người giải quyết hồ sơ"}};
  if (ended.actor.kind == dossier::ActorKind::officer) {
    signers["head"] = ended.actor.name;
    put_text(signers, "position", position_of(printing.workplace, ended.actor.id));
  }
  context.fields["signers"] = std::move(signers);
  return context;
}

DocumentContext filing_context(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  const Instant now = printing.workplace.clock.now();
  DocumentContext context =
      begin_document(printing, "ban-sao-ho-so", dossier.receiving_agency, now);
  context.fields["printed_on"] = context.fields["issued_on"];
  context.fields["printed_at"] = calendar::to_iso(now);
  object about = context.fields["dossier"].get_object();
  about["procedure"] = printing.procedure().name.vi;
  about["procedure_code"] = dossier.procedure;
  about["channel"] = channel_name(dossier.channel);
  about["filed_at"] = calendar::to_iso(dossier.filed_at);
  context.fields["dossier"] = std::move(about);
  context.fields["applicant"] = object{{"name", dossier.applicant.name}};
  // What was sent, not what officers corrected or added since.
  object answers;
  array files;
  for (const dossier::EventRecord& record : printing.records) {
    if (const auto* filed = std::get_if<dossier::Filed>(&record.event)) {
      answers = filed->answers;
      add_files(files, printing, filed->attachments);
    } else if (const auto* more = std::get_if<dossier::Supplemented>(&record.event)) {
      for (const auto& answer : more->answers) answers[answer.key()] = answer.value();
      add_files(files, printing, more->attachments);
    }
  }
  const form::FormEvaluation evaluation =
      form::evaluate(printing.procedure().form, answers, calendar::local_date(dossier.filed_at));
  context.fields["sections"] = printed_sections(
      printing.procedure().form, evaluation.answers,
      *organisation_on(printing.workplace, calendar::local_date(dossier.filed_at)));
  if (!files.empty()) context.fields["files"] = std::move(files);
  return context;
}

DocumentContext payment_context(const Printing& printing, const dossier::Payment& paid) {
  const dossier::Dossier& dossier = printing.dossier();
  std::string agency = dossier.receiving_agency;
  for (const dossier::EventRecord& record : printing.records) {
    if (std::holds_alternative<dossier::PaymentRecorded>(record.event) &&
        record.number == paid.receipt && !record.actor.agency.empty()) {
      agency = record.actor.agency;
    }
  }
  DocumentContext context = begin_document(printing, "bien-lai", agency, paid.at);
  context.fields["number"] = paid.receipt;
  context.fields["paid_at"] = calendar::to_iso(paid.at);
  object about = context.fields["dossier"].get_object();
  about["procedure"] = printing.procedure().name.vi;
  context.fields["dossier"] = std::move(about);
  context.fields["payer"] = printed_person(dossier.applicant);
  array items;
  if (paid.amount == dossier.fee_total()) {
    for (const procedure::FeeLine& line : dossier.fees) {
      if (line.amount == 0) {
        put_text(context.fields, "exemption", line.reason.vi);
        continue;
      }
      items.push_back(object{
          {"name", line.name.vi + (line.reason.vi.empty() ? "" : " (" + line.reason.vi + ")")},
          {"quantity", "1"},
          {"amount", line.amount}});
    }
  } else {
    items.push_back(object{
        {"name", "Một phần phí, lệ phí của hồ sơ"}, {"quantity", "1"}, {"amount", paid.amount}});
  }
  context.fields["items"] = std::move(items);
  context.fields["total"] = paid.amount;
  context.fields["method"] = std::string{paid.method == "transfer" ? "Chuyển khoản" : "Tiền mặt"} +
                             (paid.reference.empty() ? "" : " (" + paid.reference + ")");
  std::int64_t given_back = 0;
  const dossier::Payment* refund = nullptr;
  for (const dossier::Payment& one : dossier.payments) {
    if (!one.refund || one.refunded_receipt != paid.receipt) continue;
    given_back += one.amount;
    refund = &one;
  }
  if (refund != nullptr) {
    context.fields["refund"] =
        object{{"amount", given_back},
               {"at", calendar::to_iso(refund->at)},
               {"reason", refund->reason + " (phiếu " + refund->receipt + ")"}};
  }
  context.fields["signers"] = object{{"cashier", paid.officer_name}};
  return context;
}

}  // namespace casework
