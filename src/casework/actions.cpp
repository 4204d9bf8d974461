#include "casework/actions.h"

#include <charconv>

#include "casework/competence_book.h"
#include "casework/entitlement.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "dossier/transport.h"

namespace casework {

namespace {

using party::Action;

base::Failure<Failure> officers_only() {
  return fail(FailureKind::unauthenticated, "sign-in-required",
              {"Chỉ cán bộ đã đăng nhập mới thực hiện được việc này. Hãy đăng nhập.",
               "Only an officer who is signed in can do this. Sign in."});
}

// What the holder of the receipt may ask without an account.
bool is_open_to_applicants(Action action) {
  return action == Action::record_supplement || action == Action::withdraw ||
         action == Action::change_return;
}

using Gate = party::Verdict (*)(const party::Officer&, Action, const procedure::Procedure&,
                                const dossier::Dossier&, Instant);

// Writes down by what he was entitled: under what is signed always, under other work where it is
// not his by his post.
std::vector<dossier::NewEvent> with_signature(std::vector<dossier::NewEvent> events,
                                              const dossier::Signature& signature, Action action) {
  for (dossier::NewEvent& one : events) {
    if (auto* completed = std::get_if<dossier::TaskCompleted>(&one.event)) {
      if (action == Action::approve || !signature.mandate.empty()) {
        completed->signature = signature;
      }
    } else if (auto* issued = std::get_if<dossier::ResultIssued>(&one.event)) {
      issued->signature = signature;
    } else if (auto* apology = std::get_if<dossier::ApologySigned>(&one.event)) {
      apology->signature = signature;
    }
  }
  return events;
}

// To whom the command gives the next task.
template <class Command>
std::optional<dossier::Actor> chosen_by(const Command& command) {
  if constexpr (requires { command.next_assignee; }) {
    return command.next_assignee;
  } else {
    return std::nullopt;
  }
}

// Gate, then decision; the applicant with his receipt passes where his command is open to him.
template <class Command>
Answer<CommandDone> gated(Workplace& workplace, const CommandRequest& request, Action action,
                          const Command& command, Gate gate) {
  if (request.officer == nullptr && !is_open_to_applicants(action)) return officers_only();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        if (request.officer == nullptr) {
          return with_entitled(workplace, TRY_AS_FAILURE(dossier::decide(state, command, around)),
                               around, std::nullopt);
        }
        // As he stands at this moment: what was revoked since he asked counts.
        const party::Officer officer = workplace.officers.as_now(*request.officer);
        const party::Verdict verdict = gate(officer, action, around.procedure, state, around.now);
        TRY(require(verdict));
        auto events = TRY_AS_FAILURE(dossier::decide(state, command, around));
        events = TRY(with_entitled(workplace, std::move(events), around, chosen_by(command)));
        return with_signature(std::move(events),
                              signature_of(workplace, officer, verdict, action,
                                           subject_of(around.procedure, state, nullptr)),
                              action);
      });
}

// A command that concerns the dossier where the work lies just now.
template <class Command>
Answer<CommandDone> on_dossier(Workplace& workplace, const CommandRequest& request, Action action,
                               const Command& command) {
  return gated(workplace, request, action, command,
               [](const party::Officer& officer, Action asked,
                  const procedure::Procedure& procedure, const dossier::Dossier& dossier,
                  Instant at) { return may_act(officer, asked, procedure, dossier, nullptr, at); });
}

template <class Command>
Answer<CommandDone> at_any_part(Workplace& workplace, const CommandRequest& request, Action action,
                                const Command& command) {
  return gated(workplace, request, action, command, may_at_any_part);
}

// What the head of the competent agency does, wherever the work lies just now.
template <class Command>
Answer<CommandDone> by_head(Workplace& workplace, const CommandRequest& request, Action action,
                            const Command& command) {
  return gated(workplace, request, action, command, may_for_agency);
}

// Gate and decision of a command that completes or moves one task.
template <class Command>
Answer<CommandDone> on_task(Workplace& workplace, const CommandRequest& request, Action action,
                            const Command& command, std::uint32_t activity) {
  if (request.officer == nullptr) return officers_only();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        const dossier::Task* task = state.find_task(activity);
        if (task == nullptr) return TRY_AS_FAILURE(dossier::decide(state, command, around));
        Action asked = action;
        const procedure::Step* step = around.procedure.find_step(task->step);
        if (step != nullptr && action == Action::complete_task &&
            step->action == procedure::StepAction::approve) {
          asked = Action::approve;
        }
        const party::Officer officer = workplace.officers.as_now(*request.officer);
        const party::Verdict verdict =
            may_act(officer, asked, around.procedure, state, task, around.now);
        TRY(require(verdict));
        auto events = TRY_AS_FAILURE(dossier::decide(state, command, around));
        events = TRY(with_entitled(workplace, std::move(events), around, chosen_by(command)));
        return with_signature(std::move(events),
                              signature_of(workplace, officer, verdict, asked,
                                           subject_of(around.procedure, state, task)),
                              asked);
      });
}

}  // namespace

std::uint32_t task_number(const std::string& text) {
  if (text == "apology") return kApologyActivity;
  if (text == "escalation") return kEscalationActivity;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

// The counter stays a part of the dossier after its task has moved on, so that a second click is
// told "already received" and not "not yours".
Answer<CommandDone> receive(Workplace& workplace, const CommandRequest& request,
                            dossier::Receive command) {
  return gated(workplace, request, Action::receive, command, may_take_in);
}
Answer<CommandDone> refuse(Workplace& workplace, const CommandRequest& request,
                           dossier::Refuse command) {
  return gated(workplace, request, Action::refuse_reception, command, may_take_in);
}

Answer<CommandDone> request_supplement(Workplace& workplace, const CommandRequest& request,
                                       dossier::RequestSupplement command) {
  if (request.officer == nullptr) return officers_only();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        const party::Officer officer = workplace.officers.as_now(*request.officer);
        const auto again = may_act(officer, Action::request_supplement_again, around.procedure,
                                   state, nullptr, around.now);
        if (!again.allowed) {
          TRY(require(may_act(officer, Action::request_supplement, around.procedure, state, nullptr,
                              around.now)));
        }
        dossier::RequestSupplement asked = command;
        asked.by_supervisor = again.allowed;
        return TRY_AS_FAILURE(dossier::decide(state, asked, around));
      });
}

Answer<CommandDone> supplement(Workplace& workplace, const CommandRequest& request,
                               dossier::Supplement command) {
  return at_any_part(workplace, request, Action::record_supplement, command);
}
Answer<CommandDone> complete_task(Workplace& workplace, const CommandRequest& request,
                                  dossier::CompleteTask command) {
  return on_task(workplace, request, Action::complete_task, command, command.activity);
}

Answer<CommandDone> assign(Workplace& workplace, const CommandRequest& request,
                           dossier::Assign command) {
  if (request.officer == nullptr) return officers_only();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        const dossier::Task* task = state.find_task(command.activity);
        if (task != nullptr) {
          const bool claim =
              command.officer.id == request.officer->id.text && task->assignee_id.empty();
          TRY(require(may_act(workplace.officers.as_now(*request.officer),
                              claim ? Action::claim_task : Action::assign_task, around.procedure,
                              state, task, around.now)));
        }
        return TRY_AS_FAILURE(dossier::decide(state, command, around));
      });
}

// The decision itself asks whether the officer is the one who passed it on.
Answer<CommandDone> recall(Workplace& workplace, const CommandRequest& request,
                           dossier::Recall command) {
  return at_any_part(workplace, request, Action::recall_task, command);
}
Answer<CommandDone> send_back(Workplace& workplace, const CommandRequest& request,
                              dossier::SendBack command) {
  return on_task(workplace, request, Action::send_back_task, command, command.activity);
}
Answer<CommandDone> correct(Workplace& workplace, const CommandRequest& request,
                            dossier::Correct command) {
  return on_dossier(workplace, request, Action::correct_data, command);
}
Answer<CommandDone> attach_file(Workplace& workplace, const CommandRequest& request,
                                dossier::AttachFile command) {
  return at_any_part(workplace, request, Action::complete_task, command);
}
Answer<CommandDone> issue_result(Workplace& workplace, const CommandRequest& request,
                                 dossier::IssueResult command) {
  return on_task(workplace, request, Action::issue_result, command, command.activity);
}
Answer<CommandDone> return_result(Workplace& workplace, const CommandRequest& request,
                                  dossier::ReturnResult command) {
  return on_task(workplace, request, Action::return_result, command, command.activity);
}
Answer<CommandDone> withdraw(Workplace& workplace, const CommandRequest& request,
                             dossier::Withdraw command) {
  return at_any_part(workplace, request, Action::withdraw, command);
}
Answer<CommandDone> stop(Workplace& workplace, const CommandRequest& request,
                         dossier::Stop command) {
  return on_dossier(workplace, request, Action::stop, command);
}
Answer<CommandDone> record_payment(Workplace& workplace, const CommandRequest& request,
                                   dossier::RecordPayment command) {
  return at_any_part(workplace, request, Action::take_payment, command);
}
Answer<CommandDone> record_refund(Workplace& workplace, const CommandRequest& request,
                                  dossier::RecordRefund command) {
  return at_any_part(workplace, request, Action::refund_payment, command);
}
Answer<CommandDone> rate(Workplace& workplace, const CommandRequest& request,
                         dossier::Rate command) {
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        return TRY_AS_FAILURE(dossier::decide(state, command, around));
      });
}

Answer<CommandDone> pause_clock(Workplace& workplace, const CommandRequest& request,
                                dossier::PauseClock command) {
  return on_dossier(workplace, request, Action::pause_clock, command);
}
Answer<CommandDone> resume_clock(Workplace& workplace, const CommandRequest& request,
                                 dossier::ResumeClock command) {
  return on_dossier(workplace, request, Action::pause_clock, command);
}
Answer<CommandDone> draft_apology(Workplace& workplace, const CommandRequest& request,
                                  dossier::DraftApology command) {
  return at_any_part(workplace, request, Action::draft_apology, command);
}

Answer<CommandDone> sign_apology(Workplace& workplace, const CommandRequest& request,
                                 dossier::SignApology command) {
  if (request.officer != nullptr) command.position = request.officer->position.vi;
  return by_head(workplace, request, Action::apologise, command);
}

// Where results of its procedure may be handed out is asked of the table as it is today.
Answer<CommandDone> change_return(Workplace& workplace, const CommandRequest& request,
                                  dossier::ChangeReturn command) {
  const CompetenceModelPtr table = workplace.competence->model();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        if (request.officer != nullptr) {
          TRY(require(may_at_any_part(workplace.officers.as_now(*request.officer),
                                      Action::change_return, around.procedure, state, around.now)));
        }
        dossier::ChangeReturn wanted = command;
        if (wanted.agency.empty()) wanted.agency = dossier::return_place(state);
        if (wanted.method.empty()) wanted.method = state.return_method;
        const Date today = calendar::local_date(around.now);
        Competence about;
        about.agency = state.agency;
        about.receiving = state.receiving_agency;
        about.centre = dossier::home_centre(state);
        if (table != nullptr && !table->table().reception.empty()) {
          about.reception = table->reception_for(
              {.procedure = state.procedure, .field = around.procedure.field.vi, .on = today});
          about.anywhere =
              about.reception != nullptr && about.reception->where == Reception::anywhere;
        }
        const bool post =
            wanted.method == "post" && about.reception != nullptr && !about.reception->by_post;
        if (post || !may_return_at(about, workplace.organisation, wanted.agency, today)) {
          return fail(FailureKind::unprocessable, "return-place-unknown",
                      {"Không trả kết quả của thủ tục này tại nơi hoặc theo cách đã chọn. Hãy chọn "
                       "lại.",
                       "Results of this procedure are not handed out there, or not in this way. "
                       "Choose again."});
        }
        return TRY_AS_FAILURE(dossier::decide(state, wanted, around));
      });
}

Answer<CommandDone> answer_escalation(Workplace& workplace, const CommandRequest& request,
                                      dossier::AnswerEscalation command) {
  return by_head(workplace, request, Action::answer_escalation, command);
}
Answer<CommandDone> erase_content(Workplace& workplace, const CommandRequest& request,
                                  dossier::EraseContent command) {
  return by_head(workplace, request, Action::erase_content, command);
}

}  // namespace casework
