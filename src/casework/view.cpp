#include "casework/view.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/projection.h"
#include "casework/timeline.h"
#include "dossier/dossier_clock.h"
#include "dossier/status.h"
#include "form/form_json.h"
#include "form/validation.h"
#include "party/officer.h"
#include "procedure/procedure_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

const char* due_text(bool paused, bool closed, std::optional<Instant> due,
                     std::optional<Instant> finished, Instant now,
                     const calendar::OfficeCalendar& office) {
  using dossier::DueState;
  DueState state = DueState::on_track;
  if (finished.has_value() || closed) {
    state = due.has_value() && finished.has_value() && *finished > *due ? DueState::overdue
                                                                        : DueState::done;
  } else if (paused) {
    state = DueState::paused;
  } else if (!due.has_value()) {
    state = DueState::none;
  } else if (now > *due) {
    state = DueState::overdue;
  } else if (*due - now < std::chrono::hours(24 * 7) &&
             calendar::working_minutes_between(now, *due, office) <= 8 * 60) {
    state = DueState::soon;
  }
  return dossier::to_text(state);
}

}  // namespace

object procedure_ref(const procedure::Procedure& procedure) {
  return {{"code", procedure.code}, {"name", text_json(procedure.name)}};
}

array attachments_json(const dossier::Dossier& dossier) {
  array all;
  for (const dossier::Attachment& one : dossier.attachments) all.push_back(attachment_json(one));
  return all;
}

object text_json(const Bilingual& text) {
  return {{"vi", text.vi}, {"en", text.en.empty() ? text.vi : text.en}};
}

value instant_json(const std::optional<Instant>& at) {
  if (!at.has_value()) return nullptr;
  return value(calendar::to_iso(*at));
}

object status_json(int national) {
  const auto status = static_cast<dossier::NationalStatus>(national);
  return {{"national", national},
          {"key", std::string{dossier::key_of(status)}},
          {"label", text_json(dossier::label_of(status))}};
}

object attachment_json(const dossier::Attachment& attachment) {
  return {{"id", attachment.id},
          {"component", attachment.component},
          {"name", attachment.name},
          {"size", attachment.size},
          {"media_type", attachment.media_type},
          {"sha256", attachment.sha256},
          {"converted_from", attachment.converted_from},
          {"uploaded_at", calendar::to_iso(attachment.uploaded_at)}};
}

object person_json(const dossier::Person& person) {
  return {{"name", person.name},         {"personal_id", person.personal_id},
          {"tax_code", person.tax_code}, {"phone", person.phone},
          {"email", person.email},       {"address", person.address},
          {"language", person.language}};
}

object fee_json(const std::vector<procedure::FeeLine>& lines) {
  procedure::Fees fees;
  fees.lines = lines;
  for (const procedure::FeeLine& line : lines) {
    fees.total += line.amount;
    fees.example_value = fees.example_value || line.example_value;
  }
  return procedure::to_json(fees);
}

object agency_json(const Workplace& workplace, const std::string& id) {
  const party::Agency* agency = workplace.organisation.find(id);
  return {{"id", id}, {"name", text_json(agency == nullptr ? Bilingual{id, id} : agency->name)}};
}

object command_json(const CommandDone& done) {
  const dossier::Dossier& dossier = done.dossier;
  object json{
      {"id", done.id},
      {"code", dossier.code},
      {"version", dossier.version},
      {"status", status_json(static_cast<int>(dossier::status_of(*done.procedure, dossier)))},
      {"due_at", instant_json(dossier.due_at)}};
  if (!done.number.empty()) json["receipt"] = done.number;
  return json;
}

object filed_json(const Workplace& workplace, const CommandDone& done,
                  const std::vector<DossierRow>& twins) {
  const dossier::Dossier& dossier = done.dossier;
  object json = command_json(done);
  json.erase("receipt");
  const std::string secret = workplace.secrets.of_dossier(done.id);
  json["secret"] = secret;
  json["tracking_url"] = workplace.public_url + "/theo-doi#" + dossier.code + "." + secret;
  json["filed_at"] = calendar::to_iso(dossier.filed_at);
  json["received_at"] = instant_json(dossier.received_at);
  json["expected_due_at"] = instant_json(dossier.expected_due_at);
  json["fee"] = fee_json(dossier.fees);
  json["attachments"] = attachments_json(dossier);
  json["agency"] = agency_json(workplace, dossier.agency);
  array warnings;
  for (const DossierRow& twin : twins) {
    if (twin.id == done.id) continue;
    if (dossier.channel == "online") {
      // Whoever files has shown nothing but that he knows a number: codes of others are not his.
      warnings.push_back(
          text_json({"Người này đang có hồ sơ cùng thủ tục chưa giải quyết xong. Nếu là hồ sơ của "
                     "bạn, hãy xem lại giấy hẹn trước khi nộp thêm.",
                     "This person has an open dossier for the same procedure. If it is yours, see "
                     "your receipt before you file another."}));
      break;
    }
    warnings.push_back(
        text_json({"Bạn đang có hồ sơ " + twin.code + " cùng thủ tục chưa giải quyết xong.",
                   "You have an open dossier " + twin.code + " for the same procedure."}));
  }
  json["warnings"] = std::move(warnings);
  return json;
}

object row_json(Workplace& workplace, const DossierRow& row, Instant now) {
  const auto pinned = workplace.publications.pinned(row.digest);
  object json{{"id", row.id},
              {"code", row.code},
              {"version", row.version},
              {"applicant", row.applicant},
              {"agency", agency_json(workplace, row.agency)},
              {"status", status_json(row.status)},
              {"channel", row.channel},
              {"filed_at", calendar::to_iso(row.filed_at)},
              {"received_at", instant_json(row.received_at)},
              {"due_at", instant_json(row.due_at)},
              {"finished_at", instant_json(row.finished_at)},
              {"due_state", due_text(row.paused, row.closed, row.due_at, row.finished_at, now,
                                     workplace.calendar_of(row.agency))}};
  json["holder"] = row.holder.empty() ? value(nullptr) : value(row.holder);
  if (pinned) {
    json["procedure"] = procedure_ref(**pinned);
    const procedure::Step* step = (*pinned)->find_step(row.step);
    json["step"] = text_json(step == nullptr ? Bilingual{} : step->title);
  } else {
    json["procedure"] =
        object{{"code", row.procedure}, {"name", text_json({row.procedure, row.procedure})}};
    json["step"] = text_json({});
  }
  return json;
}

namespace {

// What waits for somebody without being a step of the process.
struct Duty {
  std::uint32_t activity;
  const char* id;
  const char* action;
  Bilingual title;
};
const Duty* find_duty(std::uint32_t activity) {
  static const std::array<Duty, 2> kDuties{{
      {kApologyActivity,
       "apology",
       "sign_apology",
       {"Ký phiếu xin lỗi và hẹn lại ngày trả", "Sign the apology with the new date"}},
      {kEscalationActivity,
       "escalation",
       "answer_escalation",
       {"Xử lý hồ sơ quá hạn đã báo lên lãnh đạo", "Answer for the overdue dossier"}},
  }};
  const auto found = std::ranges::find(kDuties, activity, &Duty::activity);
  return found == kDuties.end() ? nullptr : &*found;
}

}  // namespace

std::string task_id(std::uint32_t activity) {
  if (is_transport(activity)) {
    return "transport-" + std::to_string(activity - kTransportActivities);
  }
  const Duty* duty = find_duty(activity);
  return duty == nullptr ? std::to_string(activity) : duty->id;
}

object task_json(Workplace& workplace, const procedure::Procedure& procedure,
                 const dossier::Task& task, bool paused, Instant now) {
  const procedure::Step* step = procedure.find_step(task.step);
  const Duty* duty = find_duty(task.activity);
  Bilingual title{task.step, task.step};
  if (duty != nullptr) title = duty->title;
  if (step != nullptr) title = step->title;
  std::string action = step == nullptr ? "" : std::string{procedure::to_text(step->action)};
  if (duty != nullptr) action = duty->action;
  if (is_transport(task.activity)) {
    const bool waits = task.step == "hand_over";
    title = waits ? Bilingual{"Bàn giao giấy tờ, kết quả", "Hand over papers or a result"}
                  : Bilingual{"Nhận bàn giao giấy tờ, kết quả", "Take over papers or a result"};
    action = task.step;
  }
  object json{{"id", task_id(task.activity)},
              {"step", task.step},
              {"title", text_json(title)},
              {"action", action},
              {"role", task.role},
              {"agency", agency_json(workplace, task.agency)},
              {"opened_at", calendar::to_iso(task.opened_at)},
              {"due_at", instant_json(task.due_at)},
              {"due_state", due_text(paused, false, task.due_at, std::nullopt, now,
                                     workplace.calendar_of(task.agency))}};
  if (const auto role = party::parse_role(task.role)) {
    json["role_title"] = text_json(party::title(*role));
  }
  if (task.assignee_id.empty()) {
    json["assignee"] = nullptr;
  } else {
    json["assignee"] = object{{"id", task.assignee_id}, {"name", task.assignee_name}};
  }
  array outcomes;
  if (step != nullptr) {
    for (const procedure::Outcome& outcome : step->outcomes) {
      outcomes.push_back(object{{"value", outcome.code},
                                {"label", text_json(outcome.label)},
                                {"needs_reason", outcome.needs_reason}});
    }
  }
  json["outcomes"] = std::move(outcomes);
  return json;
}

}  // namespace casework
