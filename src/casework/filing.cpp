#include "casework/filing.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/acting.h"
#include "casework/competence_book.h"
#include "casework/drafts.h"
#include "casework/gate.h"
#include "casework/lists.h"
#include "dossier/work.h"
#include "party/email.h"
#include "party/personal_id.h"
#include "party/phone.h"

namespace casework {

namespace {

form::FieldProblem applicant_problem(const char* field, const char* vi, const char* en) {
  return {.field = field,
          .page = {},
          .code = form::ProblemCode::bad_format,
          .severity = form::Severity::error,
          .message = {vi, en}};
}

// Normalises in place and names what cannot be right.
std::vector<form::FieldProblem> check(dossier::Person& person) {
  std::vector<form::FieldProblem> problems;
  person.name = base::to_one_line(person.name);
  person.address = base::to_one_line(person.address);
  person.language = person.language == "en" ? "en" : "vi";
  if (person.name.empty()) {
    problems.push_back(
        {.field = "applicant.name",
         .page = {},
         .code = form::ProblemCode::required,
         .severity = form::Severity::error,
         .message = {"Nhập họ và tên người nộp hồ sơ.", "Enter the applicant's name."}});
  }
  if (base::length_in_characters(person.name) > 200 ||
      base::length_in_characters(person.address) > 500) {
    problems.push_back(applicant_problem("applicant.name", "Tên hoặc địa chỉ quá dài.",
                                         "The name or address is too long."));
  }
  if (!person.personal_id.empty()) {
    if (const auto id = party::PersonalId::parse(person.personal_id)) {
      person.personal_id = id->digits();
    } else {
      problems.push_back(applicant_problem("applicant.personal_id",
                                           "Số định danh cá nhân gồm 12 chữ số. Hãy kiểm tra lại.",
                                           "A personal ID has 12 digits. Check it."));
    }
  }
  if (!person.phone.empty()) {
    if (const auto phone = party::Phone::parse(person.phone)) {
      person.phone = phone->national();
    } else {
      problems.push_back(applicant_problem("applicant.phone",
                                           "Số điện thoại chưa đúng, ví dụ 0912345678.",
                                           "The phone number is not right, e.g. 0912345678."));
    }
  }
  if (!person.email.empty()) {
    if (const auto email = party::parse_email(person.email)) {
      person.email = *email;
    } else {
      problems.push_back(applicant_problem(
          "applicant.email", "Địa chỉ thư điện tử chưa đúng, ví dụ ten@example.vn.",
          "The e-mail address is not right, e.g. name@example.vn."));
    }
  }
  return problems;
}

}  // namespace

dossier::Person applicant_from(const procedure::Procedure& procedure,
                               const base::json::object& answers) {
  dossier::Person person;
  const auto take = [&](const form::Field& field, std::string& into) {
    const auto* answer = answers.if_contains(field.id);
    if (into.empty() && answer != nullptr && answer->is_string()) {
      into.assign(answer->get_string().data(), answer->get_string().size());
    }
  };
  for (const form::Page& page : procedure.form.pages) {
    for (const form::Field& field : page.fields) {
      const std::string& hint = field.prefill;
      if (hint == "applicant.full_name" || hint == "applicant.name") take(field, person.name);
      if (hint == "applicant.personal_id") take(field, person.personal_id);
      if (hint == "applicant.tax_code") take(field, person.tax_code);
      if (hint == "applicant.phone") take(field, person.phone);
      if (hint == "applicant.email") take(field, person.email);
      if (hint == "applicant.address") take(field, person.address);
    }
  }
  return person;
}

Answer<FiledDossier> file_dossier(Workplace& workplace, const Filing& filing,
                                  const party::Officer* officer, const RequestKey& request) {
  ProcedurePtr procedure = TRY_AS_FAILURE(workplace.publications.find_here(filing.procedure));
  if (procedure == nullptr) {
    return fail(FailureKind::not_found, "procedure-not-found",
                {"Không có thủ tục mang mã " + filing.procedure + ". Hãy tìm lại trong danh mục.",
                 "There is no procedure " + filing.procedure + ". Look it up in the list."});
  }
  const auto channel = procedure::find_channel(filing.channel);
  if (!channel.has_value()) {
    return base::Failure{
        failure_from(dossier::Objection{dossier::Refusal::channel_not_offered, {}})};
  }
  if (*channel != procedure::Channel::online && officer == nullptr) {
    return fail(FailureKind::unauthenticated, "sign-in-required",
                {"Chỉ cán bộ đã đăng nhập mới tiếp nhận hồ sơ tại quầy. Hãy đăng nhập.",
                 "Only an officer who is signed in takes in dossiers at the counter. Sign in."});
  }

  dossier::Person applicant = applicant_from(*procedure, filing.answers);
  if (filing.applicant.has_value()) {
    // What was said of the applicant himself goes before what the form suggests.
    const dossier::Person& said = *filing.applicant;
    const auto prefer = [](std::string& into, const std::string& value) {
      if (!value.empty()) into = value;
    };
    prefer(applicant.name, said.name);
    prefer(applicant.personal_id, said.personal_id);
    prefer(applicant.tax_code, said.tax_code);
    prefer(applicant.phone, said.phone);
    prefer(applicant.email, said.email);
    prefer(applicant.address, said.address);
    applicant.language = said.language;
  }
  std::vector<form::FieldProblem> person_problems = check(applicant);
  // What the form was asked for, the form tells; only what was said beside it is told here.
  std::erase_if(person_problems, [&](const form::FieldProblem& problem) {
    if (problem.code == form::ProblemCode::required) return false;
    const dossier::Person said = filing.applicant.value_or(dossier::Person{});
    return (problem.field == "applicant.personal_id" && said.personal_id.empty()) ||
           (problem.field == "applicant.phone" && said.phone.empty()) ||
           (problem.field == "applicant.email" && said.email.empty());
  });

  const Acting acting = TRY(check_acting(workplace, filing, applicant, *procedure, officer));
  person_problems.insert(person_problems.end(), acting.problems.begin(), acting.problems.end());

  const CompetenceModelPtr table = workplace.competence->model();
  CompetenceQuery who;
  who.situation = {.answers = filing.answers,
                   .channel = *channel,
                   .on = calendar::local_date(workplace.clock.now())};
  who.chosen = filing.agency;
  who.received_at = officer == nullptr ? "" : officer->agency.text();
  who.return_at = filing.return_at;
  who.model = table.get();
  who.applicant = &applicant;
  who.moved = moved_by_decisions(workplace);
  auto competence = competence_for(*procedure, workplace.organisation, who);
  const bool agency_known = competence.has_value();
  if (!agency_known && competence.error().kind != FailureKind::unprocessable) {
    return base::Failure{std::move(competence).error()};
  }

  // What the commune itself, or whoever stands above it, has laid over the procedure.
  if (agency_known) {
    const auto own = TRY_AS_FAILURE(workplace.publications.find(
        filing.procedure, competence->agency, calendar::local_date(workplace.clock.now())));
    if (own != nullptr) procedure = own;
  }

  FiledDossier filed;
  filed.twins = TRY_AS_FAILURE(workplace.store.open_twins(
      procedure->code, applicant.personal_id.empty() ? applicant.tax_code : applicant.personal_id,
      applicant.name));
  // Of a neighbour's dossiers an officer learns nothing by filing one here.
  if (officer != nullptr) {
    std::erase_if(filed.twins, [&](const DossierRow& twin) {
      return !may_see(workplace, *officer, twin, workplace.clock.now());
    });
  }
  const dossier::Actor actor = officer != nullptr
                                   ? actor_of(*officer)
                                   : dossier::Actor{.kind = dossier::ActorKind::citizen,
                                                    .id = {},
                                                    .name = applicant.name,
                                                    .agency = {}};
  const dossier::File file{
      .agency = agency_known ? competence->agency : "",
      .receiving_agency = agency_known ? competence->receiving : "",
      .agencies = agency_known ? competence->parts : std::map<std::string, std::string>{},
      .channel = *channel,
      .applicant = applicant,
      .on_behalf_of = filing.on_behalf_of,
      .acting = acting.acting,
      .assistance = acting.assistance,
      .answers = filing.answers,
      .attachments = filing.attachments,
      .shown_components = filing.shown_components,
      .return_method = filing.return_method,
      .returning_agency = agency_known ? competence->returning : "",
      .competence = agency_known ? competence->moved : std::nullopt,
      .work_waits_for_papers = agency_known && competence->reception != nullptr &&
                               competence->reception->work_waits_for_papers};
  if (agency_known && filing.return_method == "post" && competence->reception != nullptr &&
      !competence->reception->by_post) {
    return fail(FailureKind::unprocessable, "return-not-by-post",
                {"Kết quả của thủ tục này không gửi qua bưu chính. Hãy chọn cách nhận khác.",
                 "Results of this procedure are not sent by post. Choose another way."});
  }

  filed.done = TRY(execute_new(
      workplace, request, procedure, actor, file.agency,
      [&](const dossier::Dossier& empty,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        auto decision = dossier::decide(empty, file, around);
        // All problems at once: the form's, the papers', the applicant's and the agency's.
        if (!decision || !person_problems.empty() || !agency_known) {
          Failure failure =
              decision ? failure_from(dossier::Objection{dossier::Refusal::answers_incomplete, {}})
                       : failure_from(decision.error());
          failure.problems.insert(failure.problems.end(), person_problems.begin(),
                                  person_problems.end());
          if (!agency_known) {
            const auto& more = competence.error().problems;
            failure.problems.insert(failure.problems.end(), more.begin(), more.end());
          }
          return base::Failure{std::move(failure)};
        }
        std::vector<dossier::NewEvent> events = std::move(decision).value();
        dossier::Dossier begun = empty;
        for (const dossier::NewEvent& one : events)
          begun = dossier::after(begun, one.event, around);
        if (officer != nullptr) {
          const dossier::Task* task = begun.tasks.empty() ? nullptr : &begun.tasks.front();
          const auto verdict =
              may_act(*officer, party::Action::receive, around.procedure, begun, task, around.now);
          if (!verdict.allowed) return base::Failure{failure_from(verdict)};
          if (!filed.twins.empty() && !filing.duplicate_confirmed) {
            return fail(FailureKind::not_allowed_now, "duplicate",
                        {"Người này đang có hồ sơ " + filed.twins.front().code +
                             " cùng thủ tục chưa giải quyết xong. Hãy kiểm tra và xác nhận nếu vẫn "
                             "tiếp nhận.",
                         "This person has an open dossier " + filed.twins.front().code +
                             " for the same procedure. Check it, and confirm to receive anyway."});
          }
          if (filing.receive) {
            auto received = TRY_AS_FAILURE(dossier::decide(
                begun, dossier::Receive{.note = {}, .checked_components = {}}, around));
            for (dossier::NewEvent& one : received) events.push_back(std::move(one));
          }
        }
        return events;
      }));
  if (officer != nullptr) remember_people(workplace, *officer, filed.done.id, filed.done.dossier);
  // A repeated request finds itself, and what came after it.
  std::erase_if(filed.twins, [&](const DossierRow& twin) {
    return twin.id == filed.done.id || twin.filed_at > filed.done.dossier.filed_at;
  });
  if (!filing.delete_draft.empty()) {
    // The filing stands whatever becomes of the draft; it expires by itself.
    [[maybe_unused]] const auto gone = drop_draft(workplace.store, filing.delete_draft);
  }
  return filed;
}

}  // namespace casework
