// decide_result.cpp - the result is issued, handed over and rated; or the dossier ends without one.
#include <algorithm>
#include <array>

#include "dossier/form_numbers.h"
#include "dossier/transport.h"
#include "dossier/work.h"

namespace dossier {

namespace {

constexpr std::array<const char*, 3> kMethods{"counter", "online", "post"};

// The open task if it is completed by `action`.
base::Result<const Task*, Objection> task_for(const Dossier& dossier, const Circumstances& around,
                                              std::uint32_t activity,
                                              procedure::StepAction action) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::awaiting_supplement) return refuse(Refusal::awaiting_supplement);
  const Task* task = dossier.find_task(activity);
  if (task == nullptr) return refuse(Refusal::task_not_open);
  const procedure::Step* step = around.procedure.find_step(task->step);
  if (step == nullptr || step->action != action) return refuse(Refusal::wrong_action);
  return task;
}

// `first` happened; then the task is complete and the work moves on.
Decision complete_with(const Dossier& dossier, const Circumstances& around, const Task& task,
                       NewEvent first, const std::string& note, std::vector<Event> further = {}) {
  const procedure::Step* step = around.procedure.find_step(task.step);
  TaskCompleted completed{.activity = task.activity,
                          .step = task.step,
                          .outcome = step->outcomes.front().code,
                          .note = note,
                          .data = {}};
  Dossier state = after(dossier, first.event, around);
  for (const Event& one : further) state = after(state, one, around);
  state = after(state, completed, around);
  WorkMoved moved = TRY(move_work(state, around, bpmn::CompleteTask{task.activity}));
  std::vector<NewEvent> events;
  events.push_back(std::move(first));
  for (Event& one : further) events.push_back({.event = std::move(one)});
  events.push_back({.event = std::move(completed)});
  events.push_back({.event = std::move(moved)});
  return events;
}

Decision end_with(const Dossier& dossier, const Circumstances& around, Event event) {
  std::vector<NewEvent> events;
  WorkMoved moved = TRY(move_work(dossier, around, bpmn::Terminate{}));
  events.push_back({.event = std::move(event),
                    .number = series_of(OfficialForm::stop, dossier.receiving_agency, around.now)});
  for (Event& one : papers_to_recover(dossier, around)) events.push_back({.event = std::move(one)});
  events.push_back({.event = std::move(moved)});
  return events;
}

}  // namespace

Decision decide(const Dossier& dossier, const IssueResult& command, const Circumstances& around) {
  const Task* task = TRY(task_for(dossier, around, command.activity, procedure::StepAction::issue));
  if (dossier.result.has_value()) return refuse(Refusal::result_already_issued);
  if (dossier.pause.has_value()) return refuse(Refusal::clock_already_paused);
  ResultIssued issued;
  if (!around.procedure.results.empty()) {
    issued.code = around.procedure.results.front().code;
    issued.template_id = around.procedure.results.front().template_id;
  }
  issued.number = command.number;
  issued.file = command.file;
  issued.note = command.note;
  const std::string year = calendar::to_iso(calendar::local_date(around.now)).substr(0, 4);
  NewEvent first{.event = std::move(issued)};
  if (command.number.empty()) {
    // One book per agency, procedure and year.
    first.number =
        NumberSeries{.key = "result/" + task->agency + "/" + around.procedure.code + "/" + year,
                     .prefix = {},
                     .width = 1,
                     .suffix = "/" + year};
  }
  std::vector<Event> further;
  if (auto travels = result_to_move(dossier, around)) further.emplace_back(std::move(*travels));
  return complete_with(dossier, around, *task, std::move(first), command.note, std::move(further));
}

Decision decide(const Dossier& dossier, const ReturnResult& command, const Circumstances& around) {
  const Task* task =
      TRY(task_for(dossier, around, command.activity, procedure::StepAction::return_result));
  if (!dossier.result.has_value()) return refuse(Refusal::no_result_yet);
  if (std::ranges::find(kMethods, command.method) == kMethods.end()) {
    return refuse(Refusal::bad_method);
  }
  if (dossier.fee_total() > dossier.paid()) return refuse(Refusal::fee_outstanding);
  std::vector<Event> further;
  if (const Transport* travels = dossier.open_transport(kResult)) {
    // What nobody has sent yet need not be sent when it is returned in another way.
    if (travels->state == TransportState::travelling || command.method == "counter") {
      return refuse(Refusal::result_on_its_way);
    }
    further.emplace_back(TransportClosed{.transport = travels->number,
                                         .reason = "Đã trả kết quả bằng hình thức khác"});
  }
  return complete_with(dossier, around, *task,
                       {.event = ResultReturned{.method = command.method,
                                                .received_by = command.received_by,
                                                .note = command.note}},
                       command.note, std::move(further));
}

// Source: NĐ 118/2025/NĐ-CP, điều 21; TT 03/2025/TT-VPCP, điều 7: on request while there is no
// decision yet.
Decision decide(const Dossier& dossier, const Withdraw& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  return end_with(dossier, around, Withdrawn{.reason = command.reason});
}

Decision decide(const Dossier& dossier, const Stop& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (!dossier.received_at.has_value()) return refuse(Refusal::not_yet_received);
  if (dossier.time.silence == "accept") return refuse(Refusal::deemed_accepted);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  return end_with(dossier, around, Stopped{.reason = command.reason});
}

Decision decide(const Dossier& dossier, const Rate& command, const Circumstances& /*around*/) {
  if (command.score < 1 || command.score > 5) return refuse(Refusal::bad_score);
  if (dossier.rating.has_value()) return refuse(Refusal::already_rated);
  if (!dossier.is_closed()) return refuse(Refusal::not_rateable_yet);
  std::vector<NewEvent> events;
  events.push_back({.event = Rated{.score = command.score, .comment = command.comment}});
  return events;
}

}  // namespace dossier
