#include "casework/printing_context.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/printed_text.h"
#include "form/validation.h"
#include "procedure/assessment.h"
#include "procedure/procedure_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

// These documents get their number in the agency's book of outgoing documents, by hand.
constexpr std::string_view kNumberToFill = "............/";

void put(object& target, const char* key, const std::string& text) {
  if (!text.empty()) target[key] = text;
}

DocumentContext begin(const Printing& printing, std::string template_id, const std::string& agency,
                      Instant at) {
  const calendar::Date on = calendar::local_date(at);
  DocumentContext context{.template_id = std::move(template_id), .on = on, .fields = {}};
  context.fields["agency"] = agency_head(printing.workplace.organisation, agency);
  context.fields["issued_on"] = calendar::to_iso(on);
  context.fields["dossier"] =
      object{{"code", printing.dossier().code}, {"request", printing.procedure().name.vi}};
  context.fields["qr"] = tracking_link(printing.workplace, printing.open);
  return context;
}

// The owner of the matter: who is acted for, else the applicant.
const dossier::Person& owner_of(const dossier::Dossier& dossier) {
  return dossier.on_behalf_of.has_value() ? *dossier.on_behalf_of : dossier.applicant;
}

std::string agency_name(const Printing& printing, const std::string& code) {
  const party::Agency* agency = printing.workplace.organisation.find(code);
  return agency == nullptr ? code : agency->name.vi;
}

procedure::Situation situation_of(const dossier::Dossier& dossier) {
  return {.answers = dossier.answers,
          .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
          .on = calendar::local_date(dossier.filed_at)};
}

std::int64_t files_for(const dossier::Dossier& dossier, const std::string& component) {
  return std::ranges::count(dossier.attachments, component, &dossier::Attachment::component);
}

void list(array& papers, std::string name) {
  papers.push_back(object{{"name", std::move(name)}});
}

// What was handed in, shown, or replaced by data; the application itself comes first.
array papers_of(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  const procedure::Procedure& procedure = printing.procedure();
  array papers;
  list(papers, "Tờ khai (bản điện tử)");
  const procedure::Situation situation = situation_of(dossier);
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  if (chosen == nullptr) chosen = procedure::select_case(procedure, situation);
  std::int64_t listed = 0;
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    const procedure::Component& component = *needed.component;
    const std::int64_t files = files_for(dossier, component.id);
    listed += files;
    const bool shown =
        std::ranges::find(dossier.shown_components, component.id) != dossier.shown_components.end();
    if (files > 0) {
      list(papers, component.name.vi + " (" + std::to_string(files) + " tệp điện tử" +
                       (shown ? ", đã xuất trình bản chính)" : ")"));
    } else if (shown) {
      list(papers, component.name.vi + (component.kind == procedure::ComponentKind::show
                                            ? " (đã xuất trình)"
                                            : " (bản giấy)"));
    } else if (needed.replaced) {
      list(papers,
           component.name.vi + ": thay bằng dữ liệu, " + component.replaced_by->database.vi);
    }
  }
  const auto others = static_cast<std::int64_t>(dossier.attachments.size()) - listed;
  if (others > 0) list(papers, "Giấy tờ khác (" + std::to_string(others) + " tệp điện tử)");
  return papers;
}

std::string delivery_of(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  if (dossier.return_method == "online") return "Nhận bản điện tử trên hệ thống";
  if (dossier.return_method == "post") {
    const std::string& address = owner_of(dossier).address;
    return "Gửi qua dịch vụ bưu chính" + (address.empty() ? "" : ", địa chỉ: " + address);
  }
  return agency_name(printing, dossier.receiving_agency) + " (nhận trực tiếp)";
}

std::string without_scheme(const std::string& url) {
  const std::size_t at = url.find("://");
  return at == std::string::npos ? url : url.substr(at + 3);
}

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

object printed_person(const dossier::Person& person) {
  object printed;
  put(printed, "name", person.name);
  put(printed, "id_number", person.personal_id.empty() ? person.tax_code : person.personal_id);
  put(printed, "address", person.address);
  put(printed, "phone", person.phone);
  put(printed, "email", person.email);
  return printed;
}

std::string position_of(const Workplace& workplace, const std::string& officer_id) {
  const OfficerAccountPtr account = workplace.officers.find(officer_id);
  return account == nullptr ? std::string{} : account->officer.position.vi;
}

DocumentContext slip_context(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context =
      begin(printing, "mau-01", dossier.receiving_agency, *dossier.received_at);
  context.fields["number"] = dossier.slip_number;
  object about = context.fields["dossier"].get_object();
  about["components"] = papers_of(printing);
  about["sets"] = 1;
  if (const auto limit = calendar::Limit::parse(dossier.limits.published)) {
    about["time_limit"] = procedure::in_words(*limit).vi;
  }
  about["received_at"] = calendar::to_iso(*dossier.received_at);
  // While the clock stands, what was promised when it was received.
  std::optional<Instant> due = dossier.due_at;
  if (!due.has_value()) {
    if (const auto* received = printing.last<dossier::Received>()) {
      due = std::get<dossier::Received>(received->event).due_at;
    }
  }
  if (due.has_value()) about["due_at"] = calendar::to_iso(*due);
  about["delivery"] = delivery_of(printing);
  context.fields["dossier"] = std::move(about);
  context.fields["applicant"] = printed_person(owner_of(dossier));
  if (dossier.on_behalf_of.has_value()) {
    context.fields["authorised"] = printed_person(dossier.applicant);
  }
  context.fields["signers"] =
      object{{"submitter", dossier.applicant.name}, {"receiver", dossier.received_by}};
  std::string secret = printing.workplace.secrets.of_dossier(printing.open.id);
  if (secret.size() == 10) secret.insert(5, "-");
  context.fields["tracking"] = object{
      {"url", without_scheme(printing.workplace.public_url) + "/theo-doi"}, {"secret", secret}};
  return context;
}

DocumentContext supplement_context(const Printing& printing, const dossier::EventRecord& asked) {
  const auto& request = std::get<dossier::SupplementRequested>(asked.event);
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context = begin(printing, "mau-02", dossier.receiving_agency, asked.at);
  context.fields["number"] = std::string{kNumberToFill} + "PBS-TTPVHCC";
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
  put(contact, "name", asked.actor.name);
  if (const auto account = printing.workplace.officers.find(asked.actor.id)) {
    put(contact, "phone", account->officer.phone);
  }
  context.fields["contact"] = std::move(contact);
  context.fields["signers"] = object{{"officer", asked.actor.name}};
  return context;
}

DocumentContext refusal_context(const Printing& printing, const dossier::EventRecord& refused) {
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context = begin(printing, "mau-03", dossier.receiving_agency, refused.at);
  context.fields["number"] = std::string{kNumberToFill} + "PTC-TTPVHCC";
  context.fields["applicant"] = printed_person(owner_of(dossier));
  context.fields["refusal"] = object{{"reason", std::get<dossier::Refused>(refused.event).reason}};
  context.fields["signers"] =
      object{{"submitter", dossier.applicant.name}, {"receiver", refused.actor.name}};
  return context;
}

DocumentContext stop_context(const Printing& printing, const dossier::EventRecord& ended) {
  const dossier::Dossier& dossier = printing.dossier();
  const auto* stopped = std::get_if<dossier::Stopped>(&ended.event);
  DocumentContext context = begin(printing, "mau-05", dossier.receiving_agency, ended.at);
  context.fields["number"] = std::string{kNumberToFill} + "TB-TTPVHCC";
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
    put(signers, "position", position_of(printing.workplace, ended.actor.id));
  }
  context.fields["signers"] = std::move(signers);
  return context;
}

DocumentContext filing_context(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  const Instant now = printing.workplace.clock.now();
  DocumentContext context = begin(printing, "ban-sao-ho-so", dossier.receiving_agency, now);
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
  context.fields["sections"] = printed_sections(printing.procedure().form, evaluation.answers,
                                                printing.workplace.organisation);
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
  DocumentContext context = begin(printing, "bien-lai", agency, paid.at);
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
        put(context.fields, "exemption", line.reason.vi);
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
