#include "casework/view.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
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

Bilingual words(const calendar::Limit& limit) {
  return procedure::in_words(limit);
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

object task_json(Workplace& workplace, const procedure::Procedure& procedure,
                 const dossier::Task& task, bool paused, Instant now) {
  const procedure::Step* step = procedure.find_step(task.step);
  object json{{"id", std::to_string(task.activity)},
              {"step", task.step},
              {"title", text_json(step == nullptr ? Bilingual{task.step, task.step} : step->title)},
              {"action", step == nullptr ? "" : std::string{procedure::to_text(step->action)}},
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

object clock_json(Workplace& workplace, const dossier::Dossier& dossier, Instant now) {
  const calendar::OfficeCalendar& office = workplace.calendar_of(dossier.agency);
  const dossier::DueState state = dossier::due_state(dossier, now, office);
  object json{{"started_at", instant_json(dossier.received_at)},
              {"due_at", instant_json(dossier.due_at)},
              {"due_state", dossier::to_text(state)},
              {"remaining_minutes", nullptr}};
  const char* run = "running";
  if (dossier.finished_at.has_value()) {
    run = "ended";
  } else if (dossier.stage == dossier::Stage::awaiting_supplement) {
    run = "paused";
  } else if (!dossier.received_at.has_value()) {
    run = "not_started";
  }
  json["state"] = run;
  const auto term =
      dossier.received_at.has_value()
          ? dossier::term_of(dossier, office)
          : dossier::term_of(dossier.limits, dossier.filed_at, {}, std::nullopt, office);
  array explanation;
  if (term.has_value()) {
    json["limit"] = text_json(words(term->promised_limit));
    json["published_limit"] = text_json(words(term->published_limit));
    json["promised_is_internal"] = term->promised_is_internal;
    if (dossier.due_at.has_value() && !dossier.finished_at.has_value()) {
      json["remaining_minutes"] =
          *dossier.due_at > now ? calendar::working_minutes_between(now, *dossier.due_at, office)
                                : -calendar::working_minutes_between(*dossier.due_at, now, office);
    }
    for (const calendar::DerivationStep& step : term->promised.steps) {
      explanation.push_back(
          object{{"text", text_json({calendar::explain(step, calendar::Language::vietnamese),
                                     calendar::explain(step, calendar::Language::english)})},
                 {"article", calendar::citation(step)}});
    }
  }
  // Two limits ran: say where the other one ends, and that the earlier counts.
  if (term.has_value() && term->promised_is_internal && term->published_due.has_value()) {
    const calendar::Instant due = *term->published_due;
    const Bilingual published = words(term->published_limit);
    explanation.push_back(object{
        {"text",
         text_json(
             {"Thời hạn công bố " + published.vi + " kết thúc " +
                  calendar::to_text(calendar::local_time(due)) + " " +
                  calendar::day_in_words(calendar::local_date(due),
                                         calendar::Language::vietnamese) +
                  "; hẹn trả theo ngày sớm hơn.",
              "The published limit of " + published.in(calendar::Language::english) + " ends at " +
                  calendar::to_text(calendar::local_time(due)) + " on " +
                  calendar::day_in_words(calendar::local_date(due), calendar::Language::english) +
                  "; the earlier date is promised."})},
        {"article", ""}});
  }
  json["explanation"] = std::move(explanation);
  return json;
}

}  // namespace casework
