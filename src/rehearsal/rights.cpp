// rights.cpp - who may do what, asked as the desk asks it.
#include "rehearsal/story.h"

namespace rehearsal {
namespace {

// The name by which the desk offers an action.
std::string offer_of(Deed deed, const procedure::Step* step) {
  using procedure::StepAction;
  switch (deed) {
    case Deed::receive:
      return "receive";
    case Deed::refuse:
      return "refuse";
    case Deed::complete:
      if (step == nullptr) return "complete-task";
      if (step->action == StepAction::approve) return "approve";
      if (step->action == StepAction::receive) return "receive";
      if (step->action == StepAction::issue) return "issue-result";
      if (step->action == StepAction::return_result) return "return";
      return "complete-task";
    case Deed::assign:
      return "assign";
    case Deed::send_back:
      return "send-back";
    case Deed::recall:
      return "recall";
    case Deed::request_supplement:
      return "request-supplement";
    case Deed::supply:
      return "supplement";
    case Deed::correct:
      return "correct";
    case Deed::pay:
      return "payments";
    case Deed::refund:
      return "refunds";
    case Deed::issue:
      return "issue-result";
    case Deed::return_result:
      return "return";
    case Deed::withdraw:
      return "withdraw";
    case Deed::stop:
      return "stop";
    case Deed::pause:
      return "pause";
    case Deed::resume:
      return "resume";
    case Deed::draft_apology:
      return "draft-apology";
    case Deed::apologise:
      return "sign-apology";
    case Deed::answer_escalation:
      return "answer-escalation";
    default:
      return "";
  }
}

}  // namespace

std::optional<std::string> Story::about_rights(const Expectation& hope) {
  if (!state_) return "there is no dossier yet";
  const std::string wanted = hope.names.empty() ? "" : hope.names[0];
  const dossier::Task* task = wanted.empty() ? nullptr : task_at(wanted);
  bool allowed = false;
  std::string why = "this is not offered";
  if (!wanted.empty() && task == nullptr) {
    why = "`" + wanted + "` is not open";
  } else if (hope.who.citizen) {
    // What the holder of the receipt can ask.
    const bool waits = state_->stage == dossier::Stage::awaiting_supplement;
    const bool early = waits || state_->stage == dossier::Stage::filed ||
                       state_->stage == dossier::Stage::processing;
    allowed = (hope.deed == Deed::supply && waits) || (hope.deed == Deed::withdraw && early);
  } else {
    const party::Officer* by = officer(hope.who, task);
    if (by == nullptr) return "there is no agency `" + agency_of(hope.who, task) + "`";
    const std::string action =
        offer_of(hope.deed, wanted.empty() ? nullptr : procedure_.find_step(wanted));
    const auto now = setup_.clock.now();
    for (const casework::ActionOffer& offer : casework::offers(
             procedure_, *state_, *by, now, work_.time_rules.on(calendar::local_date(now)))) {
      if (offer.action != action) continue;
      if (task != nullptr && offer.task != 0 && offer.task != task->activity) continue;
      allowed = allowed || offer.allowed;
      if (!offer.allowed) why = offer.reason.vi + " / " + offer.reason.en;
    }
  }
  if (allowed != hope.no) return std::nullopt;
  return allowed ? "may" : "may not: " + why;
}

}  // namespace rehearsal
