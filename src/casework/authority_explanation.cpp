// authority_explanation.cpp - step by step: who asks, what the action needs, what he holds, and why
// each of it covers the action or not.  The answer itself is party::may's.
#include <algorithm>

#include <boost/json.hpp>

#include "casework/authority_view.h"
#include "casework/gate.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using party::Action;

// Where the use case asks the gate (casework/actions.cpp).
bool is_for_any_part(Action action) {
  switch (action) {
    case Action::view_dossier:
    case Action::record_supplement:
    case Action::recall_task:
    case Action::withdraw:
    case Action::draft_apology:
    case Action::take_payment:
    case Action::refund_payment:
      return true;
    default:
      return false;
  }
}
bool is_for_reception(Action action) {
  return action == Action::receive || action == Action::refuse_reception;
}
bool is_for_the_head(Action action) {
  return action == Action::apologise || action == Action::answer_escalation ||
         action == Action::erase_content;
}

struct Question {
  party::Officer officer;
  Action action{};
  std::vector<party::Subject> subjects;  // any of them will do
  Instant at{};

  // The first that allows, else the last word on the first.
  [[nodiscard]] party::Verdict ask(const party::Officer& as) const {
    party::Verdict verdict = party::may(as, action, subjects.front(), at);
    for (const party::Subject& subject : subjects) {
      if (verdict.allowed) break;
      const party::Verdict other = party::may(as, action, subject, at);
      if (other.allowed) verdict = other;
    }
    return verdict;
  }
};

Bilingual told(party::Reason reason) {
  return {party::explain(reason, calendar::Language::vietnamese),
          party::explain(reason, calendar::Language::english)};
}

object step(const char* what, bool ok, const Bilingual& text) {
  return {{"step", what}, {"ok", ok}, {"text", text_json(text)}};
}

std::string agency_name(const Workplace& workplace, const std::string& code, bool vi) {
  const party::Agency* agency = workplace.organisation.find(code);
  if (agency == nullptr) return code;
  return (vi ? agency->name.vi : agency->name.in(calendar::Language::english)) + " (" + code + ")";
}

std::string roles_text(const std::vector<party::Role>& roles, calendar::Language language) {
  std::string text;
  for (const party::Role role : roles) {
    text += (text.empty() ? "" : ", ") + party::title(role).in(language);
  }
  return text.empty() ? "-" : text;
}

std::string scope_text(const party::ProcedureScope& scope, bool vi) {
  if (scope.all) return vi ? "mọi thủ tục" : "all procedures";
  std::string text;
  for (const std::string& field : scope.fields) {
    text += (text.empty() ? "" : ", ") + (vi ? "lĩnh vực " + field : "field " + field);
  }
  for (const std::string& code : scope.codes) text += (text.empty() ? "" : ", ") + code;
  return text;
}

std::string moment_text(Instant at, bool vi) {
  if (at == Instant::min()) return vi ? "từ đầu" : "the beginning";
  if (at == Instant::max()) return vi ? "không thời hạn" : "without end";
  return vi ? calendar::to_vietnamese(at) : calendar::to_iso(at);
}

std::string mandate_text(const Workplace& workplace, const party::Mandate& one, bool vi) {
  const auto language = vi ? calendar::Language::vietnamese : calendar::Language::english;
  std::string text;
  switch (one.kind) {
    case party::MandateKind::grant:
      text = vi ? "Được phân quyền" : "Granted";
      break;
    case party::MandateKind::delegation:
      text = (vi ? "Được ủy quyền (TUQ.) của " : "Delegated by ") + one.on_behalf_of_name;
      break;
    case party::MandateKind::deputy:
      text = (vi ? "Làm thay (KT.) " : "Deputy of ") + one.on_behalf_of_name;
      break;
    case party::MandateKind::duty:
      text = vi ? "Trực xử lý hồ sơ chưa có người nhận" : "Duty holder";
      break;
  }
  text += ": " + party::title(one.role).in(language) + (vi ? " tại " : " at ") +
          agency_name(workplace, one.agency.text(), vi) + ", " + scope_text(one.procedures, vi) +
          (vi ? ", từ " : ", from ") + moment_text(one.from, vi) +
          (vi ? " đến trước " : " until ") + moment_text(one.until, vi);
  if (one.act.is_named()) text += (vi ? ", theo " : ", by ") + one.act.number;
  return text;
}

Answer<Question> question_of(Workplace& workplace, const MayAsked& asked, object& json) {
  OfficerAccountPtr account = workplace.officers.find(asked.officer);
  if (account == nullptr) account = workplace.officers.find_username(asked.officer);
  if (account == nullptr) {
    return fail(FailureKind::not_found, "officer-not-found",
                {"Không có cán bộ này.", "There is no such officer."});
  }
  Question question{.officer = workplace.officers.as_now(account->officer),
                    .action = asked.action,
                    .subjects = {},
                    .at = asked.at.value_or(workplace.clock.now())};
  if (asked.dossier.empty()) {
    const auto agency = asked.agency.empty() ? std::optional{question.officer.agency}
                                             : party::AgencyId::parse(asked.agency);
    if (!agency.has_value()) {
      return fail(FailureKind::unprocessable, "agency-unknown",
                  {"Mã cơ quan không hợp lệ.", "This is no agency code."});
    }
    question.subjects.push_back({.agency = *agency});
    return question;
  }
  const OpenDossier open = TRY(open_dossier(workplace, asked.dossier));
  json["dossier"] = open.dossier.code;
  json["procedure"] = procedure_ref(*open.procedure);
  party::Subject subject = subject_of(*open.procedure, open.dossier, nullptr);
  if (is_for_reception(asked.action)) {
    for (const std::string& code : agencies_that_take_in(*open.procedure, open.dossier)) {
      if (const auto agency = party::AgencyId::parse(code)) {
        subject.agency = *agency;
        question.subjects.push_back(subject);
      }
    }
    return question;
  }
  if (is_for_any_part(asked.action) || is_for_the_head(asked.action)) {
    if (const auto agency = party::AgencyId::parse(open.dossier.agency)) subject.agency = *agency;
    question.subjects.push_back(subject);
    if (is_for_the_head(asked.action)) return question;
    for (const auto& [part, code] : open.dossier.agencies) {
      if (const auto agency = party::AgencyId::parse(code)) {
        subject.agency = *agency;
        question.subjects.push_back(subject);
      }
    }
    return question;
  }
  const dossier::Task* task = open.dossier.find_task(asked.task);
  if (task == nullptr && !open.dossier.tasks.empty()) task = &open.dossier.tasks.front();
  const bool concerns_task =
      party::is_on_task(asked.action) || asked.action == Action::assign_task || asked.task != 0;
  question.subjects.push_back(
      subject_of(*open.procedure, open.dossier, concerns_task ? task : nullptr));
  if (concerns_task && task != nullptr) json["task"] = task_id(task->activity);
  return question;
}

}  // namespace

Answer<object> explain_may(Workplace& workplace, const MayAsked& asked) {
  object json;
  const Question question = TRY(question_of(workplace, asked, json));
  const party::Officer& officer = question.officer;
  const party::Subject& subject = question.subjects.front();
  const party::Verdict verdict = question.ask(officer);
  using calendar::Language;
  array steps;
  const bool in_service = officer.is_active_on(calendar::local_date(question.at));
  steps.push_back(step("service", in_service,
                       in_service ? Bilingual{officer.name + " đang công tác vào ngày này.",
                                              officer.name + " is in service on that day."}
                                  : told(party::Reason::not_active)));
  const std::vector<party::Role> needed = party::roles_for(question.action);
  Bilingual needs{"Việc này cần một trong các vai trò: " + roles_text(needed, Language::vietnamese),
                  "The action needs one of the roles: " + roles_text(needed, Language::english)};
  if (subject.role.has_value()) {
    needs.vi += "; bước này dành cho: " + party::title(*subject.role).vi;
    needs.en += "; the task asks for: " + party::title(*subject.role).in(Language::english);
  }
  steps.push_back(step("needs", true, needs));
  std::string places_vi;
  std::string places_en;
  for (const party::Subject& one : question.subjects) {
    places_vi += (places_vi.empty() ? "" : "; ") + agency_name(workplace, one.agency.text(), true);
    places_en += (places_en.empty() ? "" : "; ") + agency_name(workplace, one.agency.text(), false);
  }
  steps.push_back(
      step("place", true, {"Việc đang ở: " + places_vi, "The matter lies at: " + places_en}));
  party::Officer by_post = officer;
  by_post.mandates.clear();
  const party::Verdict post = question.ask(by_post);
  const Bilingual why = told(post.reason);
  steps.push_back(
      step("post", post.allowed,
           {"Theo chức vụ: " + roles_text(officer.roles, Language::vietnamese) + " tại " +
                agency_name(workplace, officer.agency.text(), true) + " – " + why.vi,
            "By his post: " + roles_text(officer.roles, Language::english) + " at " +
                agency_name(workplace, officer.agency.text(), false) + " - " + why.en}));
  for (const party::Mandate& one : officer.mandates) {
    party::Officer by_this = officer;
    by_this.roles.clear();
    by_this.mandates = {one};
    const party::Verdict this_one = question.ask(by_this);
    const bool about_it = std::ranges::any_of(question.subjects, [&](const party::Subject& s) {
      return one.procedures.covers(s.procedure, s.field);
    });
    const Bilingual verdict_text =
        about_it ? told(this_one.reason)
                 : Bilingual{"Không bao gồm thủ tục này.", "It does not cover this procedure."};
    object told_step = step("mandate", this_one.allowed,
                            {mandate_text(workplace, one, true) + " – " + verdict_text.vi,
                             mandate_text(workplace, one, false) + " - " + verdict_text.en});
    told_step["record"] = one.id;
    steps.push_back(std::move(told_step));
  }
  json["at"] = calendar::to_iso(question.at);
  json["officer"] = object{{"id", officer.id.text}, {"name", officer.name}};
  json["action"] = party::name(question.action);
  json["allowed"] = verdict.allowed;
  json["reason"] =
      object{{"code", party::name(verdict.reason)}, {"text", text_json(told(verdict.reason))}};
  json["basis"] = verdict.mandate == nullptr ? value(nullptr) : value(basis_json(*verdict.mandate));
  json["steps"] = std::move(steps);
  return json;
}

}  // namespace casework
