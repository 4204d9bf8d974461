// action_offers.cpp - the table of what may be done in which state, asked through the same gate.
#include "casework/actions.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "dossier/passing_time.h"

namespace casework {

namespace {

using dossier::Stage;
using party::Action;

const Bilingual kPaused{"Hồ sơ đang chờ người dân bổ sung.",
                        "The dossier waits for the applicant's supplement."};
const Bilingual kTaken{"Người tiếp theo đã xử lý nên không thu hồi được.",
                       "The next officer has begun, so it cannot be recalled."};
const Bilingual kFeeOpen{"Phí, lệ phí chưa nộp đủ.", "The fee has not been paid in full."};
const Bilingual kOnceOnly{"Hồ sơ đã được yêu cầu bổ sung một lần; lần nữa cần người giám sát.",
                          "A supplement was requested before; again needs a supervisor."};

const Bilingual kPutOffBefore{"Đã xin lỗi và hẹn lại một lần; không được hẹn lại lần nữa.",
                              "The date was put off once with an apology; not a second time."};

const Bilingual kStands{"Thời hạn đang tạm dừng; hãy cho tính tiếp trước.",
                        "The time stands; let it go on first."};

struct Asking {
  const procedure::Procedure& procedure;
  const dossier::Dossier& dossier;
  const party::Officer& officer;
  Instant at;
  const calendar::TimeRules& rules;
  std::vector<ActionOffer> offers{};

  void add(const char* action, std::uint32_t task, const party::Verdict& verdict,
           const Bilingual* obstacle = nullptr) {
    // What no role of the officer covers is not his business: it is not shown at all.
    if (!verdict.allowed && verdict.reason == party::Reason::no_role_for_action) return;
    ActionOffer offer{.action = action, .task = task, .allowed = verdict.allowed, .reason = {}};
    if (verdict.mandate != nullptr) offer.basis = *verdict.mandate;
    if (!verdict.allowed) {
      offer.reason = {party::explain(verdict.reason, calendar::Language::vietnamese),
                      party::explain(verdict.reason, calendar::Language::english)};
    } else if (obstacle != nullptr) {
      offer.allowed = false;
      offer.reason = *obstacle;
    }
    offers.push_back(std::move(offer));
  }
  [[nodiscard]] party::Verdict whole(Action action) const {
    return may_act(officer, action, procedure, dossier, nullptr, at);
  }
  [[nodiscard]] party::Verdict part(Action action) const {
    return may_at_any_part(officer, action, procedure, dossier, at);
  }
};

void offer_task(Asking& asking, const dossier::Task& task) {
  using procedure::StepAction;
  const procedure::Step* step = asking.procedure.find_step(task.step);
  if (step == nullptr) return;
  const auto may = [&](Action action) {
    return may_act(asking.officer, action, asking.procedure, asking.dossier, &task, asking.at);
  };
  const Bilingual* obstacle =
      asking.dossier.stage == Stage::awaiting_supplement ? &kPaused : nullptr;
  switch (step->action) {
    case StepAction::receive:
      asking.add("receive", task.activity, may(Action::receive), obstacle);
      if (asking.dossier.stage == Stage::filed) {
        asking.add("refuse", task.activity,
                   may_take_in(asking.officer, Action::refuse_reception, asking.procedure,
                               asking.dossier, asking.at),
                   obstacle);
      }
      break;
    case StepAction::assign:
    case StepAction::process:
    case StepAction::consult:
      asking.add("complete-task", task.activity, may(Action::complete_task), obstacle);
      break;
    case StepAction::approve:
      asking.add("approve", task.activity, may(Action::approve), obstacle);
      break;
    case StepAction::issue:
      asking.add("issue-result", task.activity, may(Action::issue_result),
                 asking.dossier.pause.has_value() ? &kStands : obstacle);
      break;
    case StepAction::return_result: {
      const bool owes = asking.dossier.fee_total() > asking.dossier.paid();
      asking.add("return", task.activity, may(Action::return_result),
                 obstacle != nullptr ? obstacle : (owes ? &kFeeOpen : nullptr));
      break;
    }
  }
  if (task.assignee_id.empty()) {
    asking.add("claim", task.activity, may(Action::claim_task));
  }
  asking.add("assign", task.activity, may(Action::assign_task));
  if (!asking.dossier.trail.empty() && asking.dossier.stage == Stage::processing) {
    asking.add("send-back", task.activity, may(Action::send_back_task), obstacle);
  }
}

// Pauses, the apology, and what silence of the office has brought about.
void offer_time(Asking& asking) {
  const dossier::Dossier& dossier = asking.dossier;
  if (dossier.is_closed() || dossier.stage == Stage::finished) return;
  const auto for_agency = [&](Action action) {
    return may_for_agency(asking.officer, action, asking.procedure, dossier, asking.at);
  };
  if (dossier.received_at.has_value() && !dossier.is_paused()) {
    asking.add("pause", 0, asking.whole(Action::pause_clock));
    const bool spent = dossier.extensions >= asking.rules.extensions_max;
    asking.add("draft-apology", 0, asking.part(Action::draft_apology),
               spent ? &kPutOffBefore : nullptr);
    if (dossier::pending_apology(dossier) != nullptr && !spent) {
      asking.add("sign-apology", kApologyActivity, for_agency(Action::apologise));
    }
  }
  if (dossier.pause.has_value()) asking.add("resume", 0, asking.whole(Action::pause_clock));
  if (dossier.time.escalated) {
    asking.add("answer-escalation", kEscalationActivity, for_agency(Action::answer_escalation));
  }
}

// What has to be carried, at the counter that sends it and the one that gets it.
void offer_transports(Asking& asking) {
  for (const dossier::Transport& one : asking.dossier.transports) {
    if (!one.is_open()) continue;
    const bool waits = one.state == dossier::TransportState::waiting;
    const auto at = [&](Action action, const std::string& agency) {
      dossier::Task there;
      there.agency = agency;
      return may_act(asking.officer, action, asking.procedure, asking.dossier, &there, asking.at);
    };
    const std::uint32_t activity = kTransportActivities + one.number;
    const party::Verdict verdict =
        waits ? at(Action::hand_over, one.from) : at(Action::take_over, one.to);
    // At another counter it is nobody's business: the list of transports says where it is.
    if (!verdict.allowed) continue;
    asking.add(waits ? "hand-over" : "take-over", activity, verdict);
    asking.add("close-transport", activity, verdict);
  }
  if (!asking.dossier.is_closed() && asking.dossier.stage != Stage::none &&
      !asking.dossier.result.has_value()) {
    const party::Verdict verdict = asking.part(Action::change_return);
    if (verdict.allowed) asking.add("change-return", 0, verdict);
  }
}

}  // namespace

std::vector<ActionOffer> offers(const procedure::Procedure& procedure,
                                const dossier::Dossier& dossier, const party::Officer& officer,
                                Instant at, const calendar::TimeRules& rules) {
  Asking asking{procedure, dossier, officer, at, rules};
  const Stage stage = dossier.stage;
  if (!dossier.is_closed()) {
    for (const dossier::Task& task : dossier.tasks) offer_task(asking, task);
    const bool before_result = stage == Stage::filed || stage == Stage::processing;
    if (before_result) {
      const bool again = dossier.supplements_requested > 0;
      const party::Verdict supervisor = asking.whole(Action::request_supplement_again);
      const party::Verdict first = asking.whole(Action::request_supplement);
      const Bilingual* obstacle = again && !supervisor.allowed ? &kOnceOnly : nullptr;
      if (asking.dossier.pause.has_value()) obstacle = &kStands;
      asking.add("request-supplement", 0, supervisor.allowed ? supervisor : first, obstacle);
      asking.add("correct", 0, asking.whole(Action::correct_data));
      asking.add("withdraw", 0, asking.part(Action::withdraw));
      if (dossier.received_at.has_value()) asking.add("stop", 0, asking.whole(Action::stop));
    }
    if (stage == Stage::awaiting_supplement) {
      asking.add("supplement", 0, asking.part(Action::record_supplement));
      asking.add("withdraw", 0, asking.part(Action::withdraw));
    }
    if (stage == Stage::processing && !dossier.trail.empty() &&
        dossier.trail.back().officer_id == officer.id.text) {
      asking.add("recall", 0, asking.part(Action::recall_task),
                 dossier.version == dossier.trail.back().moved_at ? nullptr : &kTaken);
    }
    if (dossier.fee_total() > dossier.paid()) {
      asking.add("payments", 0, asking.part(Action::take_payment));
    }
  }
  offer_time(asking);
  offer_transports(asking);
  if (dossier.paid() > 0) asking.add("refunds", 0, asking.part(Action::refund_payment));
  return asking.offers;
}

}  // namespace casework
