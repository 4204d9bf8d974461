#pragma once
// actions.h - what an officer, or the applicant with his receipt, does to a dossier: one function a
// command, each gated by party::may and decided by dossier::decide.
#include <map>
#include <string>

#include "casework/execute.h"

namespace casework {

// A task as the API names it ("3"); 0 for none or nonsense, which no dossier has.
[[nodiscard]] std::uint32_t task_number(const std::string& text);

[[nodiscard]] Answer<CommandDone> receive(Workplace&, const CommandRequest&, dossier::Receive);
[[nodiscard]] Answer<CommandDone> refuse(Workplace&, const CommandRequest&, dossier::Refuse);
[[nodiscard]] Answer<CommandDone> request_supplement(Workplace&, const CommandRequest&,
                                                     dossier::RequestSupplement);
[[nodiscard]] Answer<CommandDone> supplement(Workplace&, const CommandRequest&,
                                             dossier::Supplement);
[[nodiscard]] Answer<CommandDone> complete_task(Workplace&, const CommandRequest&,
                                                dossier::CompleteTask);
[[nodiscard]] Answer<CommandDone> assign(Workplace&, const CommandRequest&, dossier::Assign);
[[nodiscard]] Answer<CommandDone> recall(Workplace&, const CommandRequest&, dossier::Recall);
[[nodiscard]] Answer<CommandDone> send_back(Workplace&, const CommandRequest&, dossier::SendBack);
[[nodiscard]] Answer<CommandDone> correct(Workplace&, const CommandRequest&, dossier::Correct);
[[nodiscard]] Answer<CommandDone> attach_file(Workplace&, const CommandRequest&,
                                              dossier::AttachFile);
[[nodiscard]] Answer<CommandDone> issue_result(Workplace&, const CommandRequest&,
                                               dossier::IssueResult);
[[nodiscard]] Answer<CommandDone> return_result(Workplace&, const CommandRequest&,
                                                dossier::ReturnResult);
[[nodiscard]] Answer<CommandDone> withdraw(Workplace&, const CommandRequest&, dossier::Withdraw);
[[nodiscard]] Answer<CommandDone> stop(Workplace&, const CommandRequest&, dossier::Stop);
[[nodiscard]] Answer<CommandDone> record_payment(Workplace&, const CommandRequest&,
                                                 dossier::RecordPayment);
[[nodiscard]] Answer<CommandDone> record_refund(Workplace&, const CommandRequest&,
                                                dossier::RecordRefund);
[[nodiscard]] Answer<CommandDone> rate(Workplace&, const CommandRequest&, dossier::Rate);
[[nodiscard]] Answer<CommandDone> pause_clock(Workplace&, const CommandRequest&,
                                              dossier::PauseClock);
[[nodiscard]] Answer<CommandDone> resume_clock(Workplace&, const CommandRequest&,
                                               dossier::ResumeClock);
[[nodiscard]] Answer<CommandDone> draft_apology(Workplace&, const CommandRequest&,
                                                dossier::DraftApology);
// Signed by the officer in his position.
[[nodiscard]] Answer<CommandDone> sign_apology(Workplace&, const CommandRequest&,
                                               dossier::SignApology);
[[nodiscard]] Answer<CommandDone> answer_escalation(Workplace&, const CommandRequest&,
                                                    dossier::AnswerEscalation);
// By the counter that sends, and by the one that gets it.
[[nodiscard]] Answer<CommandDone> hand_over(Workplace&, const CommandRequest&, dossier::HandOver);
[[nodiscard]] Answer<CommandDone> take_over(Workplace&, const CommandRequest&, dossier::TakeOver);
// By either of them.
[[nodiscard]] Answer<CommandDone> close_transport(Workplace&, const CommandRequest&,
                                                  dossier::CloseTransport);
// By a counter that takes part, or the applicant himself.  An empty agency keeps the one there is;
// refused with `return-place-unknown` where results of the procedure are not handed out there.
[[nodiscard]] Answer<CommandDone> change_return(Workplace&, const CommandRequest&,
                                                dossier::ChangeReturn);
// Of a closed dossier; by an administrator above its agency or at it.
[[nodiscard]] Answer<CommandDone> erase_content(Workplace&, const CommandRequest&,
                                                dossier::EraseContent);

// What this officer could do now, with the reason where he cannot: the desk's action bar.  Asks the
// same gate and the same decisions as the actions themselves.
struct ActionOffer {
  std::string action;  // "receive", "complete-task" …: the last part of the operation's path
  std::uint32_t task = 0;
  bool allowed = false;
  Bilingual reason;  // why not
  // By which record it is allowed, or would be at another time; nothing: by his post, or not.
  std::optional<party::Mandate> basis{};
};
[[nodiscard]] std::vector<ActionOffer> offers(const procedure::Procedure& procedure,
                                              const dossier::Dossier& dossier,
                                              const party::Officer& officer, Instant at,
                                              const calendar::TimeRules& rules);

}  // namespace casework
