// deed.cpp - what a step does: the use case behind each deed, asked as the office asks it.
#include <algorithm>

#include <boost/json.hpp>

#include "casework/competence.h"
#include "rehearsal/story.h"

namespace rehearsal {

Story::Failed Story::file(const Step& step) {
  const procedure::Channel channel = channel_of(step);
  look(data_.answers, channel, step.on);
  casework::Filing filing;
  filing.procedure = procedure_.code;
  filing.agency = data_.agency;
  filing.answers = data_.answers;
  filing.applicant = data_.applicant;
  filing.on_behalf_of = data_.on_behalf_of;
  filing.channel = procedure::to_text(channel);
  filing.receive = step.receives;
  filing.return_method = data_.return_by;
  filing.duplicate_confirmed = step.another;
  const auto give = [&](const procedure::Component& component) {
    if (component.kind == procedure::ComponentKind::show && channel != procedure::Channel::online) {
      filing.shown_components.push_back(component.id);
    } else {
      filing.attachments.push_back(paper(component.id));
    }
  };
  const PapersGiven& papers = data_.papers;
  const auto named = [&](const std::string& id) {
    return std::ranges::find(papers.names, id) != papers.names.end();
  };
  if (papers.which == PapersGiven::Which::only) {
    for (const procedure::Component& component : procedure_.components) {
      if (named(component.id)) give(component);
    }
  } else if (papers.which != PapersGiven::Which::none) {
    for (const procedure::NeededComponent& one : look_->needed) {
      if (!one.replaced &&
          !(papers.which == PapersGiven::Which::all_but && named(one.component->id))) {
        give(*one.component);
      }
    }
  }

  const party::Officer* by = nullptr;
  if (channel != procedure::Channel::online || !step.who.citizen) {
    // Whoever brings or sends it meets an officer who enters it.
    std::string counter = step.who.of;
    if (counter.empty()) {
      const auto competence = casework::competence_for(procedure_, work_.organisation,
                                                       look_->situation, data_.agency, {});
      if (!competence) return competence.error();
      counter = competence->receiving;
    }
    by = officer(step.who.citizen ? party::Role::reception : step.who.role, step.who.name, counter);
    if (by == nullptr) return not_so("agency-unknown", "there is no agency `" + counter + "`");
  }
  auto filed =
      casework::file_dossier(work_, filing, by, next_key(by == nullptr ? "" : by->id.text));
  if (!filed) return std::move(filed).error();
  dossiers_.push_back(filed->done.id);
  seen_ = 0;
  return std::nullopt;
}

Story::Failed Story::complete(const Step& step) {
  using procedure::StepAction;
  const procedure::Step* known = procedure_.find_step(step.step);
  const dossier::Task* task = task_at(step.step);
  const std::uint32_t activity = task == nullptr ? 0 : task->activity;
  const auto by = request(step, task);
  std::optional<dossier::Actor> next;
  if (!step.name.empty()) {
    next = named_officer(step.name, party::Role::specialist, agency_of(step.who, task));
  }
  casework::Answer<casework::CommandDone> done = [&] {
    switch (known == nullptr ? StepAction::process : known->action) {
      case StepAction::receive:
        return casework::receive(
            work_, by, {.note = step.reason, .checked_components = {}, .next_assignee = next});
      case StepAction::issue:
        return casework::issue_result(
            work_, by, {.activity = activity, .file = {}, .number = {}, .note = step.reason});
      case StepAction::return_result:
        return casework::return_result(work_, by,
                                       {.activity = activity,
                                        .method = "counter",
                                        .received_by = state_->applicant.name,
                                        .note = step.reason});
      default:
        return casework::complete_task(work_, by,
                                       {.activity = activity,
                                        .outcome = step.code,
                                        .note = step.reason,
                                        .data = {},
                                        .next_assignee = next});
    }
  }();
  return done ? Failed{} : Failed{std::move(done).error()};
}

Story::Failed Story::supply(const Step& step) {
  FilingData changed;
  changed.answers = state_->answers;
  add_to(changed, step.changes, procedure_.form);
  dossier::Supplement command;
  command.note = step.reason;
  for (const Setting& change : step.changes) {
    if (change.kind == Setting::Kind::papers) {
      std::vector<std::string> names = change.papers.names;
      if (change.papers.which == PapersGiven::Which::all && look_) names = look_->to_bring();
      for (const std::string& name : names) command.attachments.push_back(paper(name));
      continue;
    }
    const std::string field = change.name.substr(0, change.name.find('['));
    const auto* answer = changed.answers.if_contains(field);
    command.answers[field] = answer == nullptr ? base::json::value{} : *answer;
  }
  const auto done = casework::supplement(work_, request(step, nullptr), command);
  if (!done) return done.error();
  look(done->dossier.answers, look_->situation.channel,
       calendar::local_date(done->dossier.filed_at));
  return std::nullopt;
}

Story::Failed Story::perform(const Step& step) {
  if (dossiers_.empty()) return not_so("nothing-filed", "no dossier has been filed yet");
  const auto ended = [](const casework::Answer<casework::CommandDone>& done) {
    return done ? Failed{} : Failed{done.error()};
  };
  Step asked = step;
  switch (step.deed) {
    case Deed::pass_time:
    case Deed::suppose:
    case Deed::file:
      return std::nullopt;
    case Deed::receive: {
      const auto* task = task_of(procedure::StepAction::receive);
      return ended(casework::receive(work_, request(step, task),
                                     {.note = step.reason, .checked_components = {}}));
    }
    case Deed::refuse:
      return ended(casework::refuse(work_, request(step, nullptr), {.reason = step.reason}));
    case Deed::complete:
      return complete(step);
    case Deed::assign: {
      const auto* task = task_at(step.step);
      const procedure::Step* known = procedure_.find_step(step.step);
      const auto holder =
          named_officer(step.name, known == nullptr ? party::Role::specialist : known->role,
                        task == nullptr ? state_->agency : task->agency);
      return ended(casework::assign(work_, request(step, task),
                                    {.activity = task == nullptr ? 0 : task->activity,
                                     .officer = holder,
                                     .reason = step.reason}));
    }
    case Deed::send_back: {
      const auto* task = !step.step.empty()      ? task_at(step.step)
                         : state_->tasks.empty() ? nullptr
                                                 : &state_->tasks.front();
      return ended(casework::send_back(
          work_, request(step, task),
          {.activity = task == nullptr ? 0 : task->activity, .reason = step.reason}));
    }
    case Deed::recall:
      if (step.who.of.empty() && step.who.name.empty() && !state_->trail.empty()) {
        asked.who.of = state_->trail.back().agency;
      }
      return ended(casework::recall(work_, request(asked, nullptr), {.reason = step.reason}));
    case Deed::request_supplement: {
      dossier::RequestSupplement command{
          .items = {}, .reason = step.reason, .repeat_reason = step.again};
      for (const Wish& wish : step.wishes) {
        const bool is_paper = procedure_.find_component(wish.about) != nullptr;
        command.items.push_back({.component = is_paper ? wish.about : "",
                                 .field = is_paper ? "" : wish.about,
                                 .what = wish.what});
      }
      return ended(casework::request_supplement(work_, request(step, nullptr), command));
    }
    case Deed::supply:
      return supply(step);
    case Deed::correct: {
      FilingData changed;
      changed.answers = state_->answers;
      add_to(changed, step.changes, procedure_.form);
      const std::string field = step.step.substr(0, step.step.find('['));
      const auto* answer = changed.answers.if_contains(field);
      const auto done =
          casework::correct(work_, request(step, nullptr),
                            {.field = field,
                             .value = answer == nullptr ? base::json::value{} : *answer,
                             .reason = step.reason});
      if (done) {
        look(done->dossier.answers, look_->situation.channel,
             calendar::local_date(done->dossier.filed_at));
      }
      return ended(done);
    }
    case Deed::attach:
      return ended(casework::attach_file(work_, request(step, nullptr), {paper(step.step)}));
    case Deed::pay: {
      // Whoever pays meets a cashier.
      if (step.who.citizen) asked.who = {.citizen = false, .role = party::Role::cashier};
      const std::int64_t owed = state_->fee_total() - state_->paid();
      return ended(casework::record_payment(work_, request(asked, nullptr),
                                            {.amount = step.amount.value_or(owed),
                                             .method = step.code,
                                             .reference = {},
                                             .reason = {}}));
    }
    case Deed::refund: {
      std::string receipt;
      for (const dossier::Payment& one : state_->payments) {
        if (!one.refund) receipt = one.receipt;
      }
      return ended(casework::record_refund(
          work_, request(step, nullptr),
          {.receipt = receipt, .amount = *step.amount, .reason = step.reason}));
    }
    case Deed::issue: {
      const auto* task =
          step.step.empty() ? task_of(procedure::StepAction::issue) : task_at(step.step);
      return ended(casework::issue_result(work_, request(step, task),
                                          {.activity = task == nullptr ? 0 : task->activity,
                                           .file = {},
                                           .number = step.name,
                                           .note = {}}));
    }
    case Deed::return_result: {
      const auto* task =
          step.step.empty() ? task_of(procedure::StepAction::return_result) : task_at(step.step);
      return ended(casework::return_result(
          work_, request(step, task),
          {.activity = task == nullptr ? 0 : task->activity,
           .method = step.code.empty() ? "counter" : step.code,
           .received_by = step.name.empty() ? state_->applicant.name : step.name,
           .note = {}}));
    }
    case Deed::withdraw:
      return ended(casework::withdraw(work_, request(step, nullptr), {.reason = step.reason}));
    case Deed::stop:
      return ended(casework::stop(work_, request(step, nullptr), {.reason = step.reason}));
    case Deed::pause: {
      dossier::PauseClock command{
          .basis = step.basis, .note = step.reason, .expected_until = step.until};
      for (const auto cause : {calendar::PauseReason::financial_obligation,
                               calendar::PauseReason::outside_consultation,
                               calendar::PauseReason::citizen_confirmation}) {
        if (calendar::name(cause) == step.code) command.cause = cause;
      }
      return ended(casework::pause_clock(work_, request(step, nullptr), command));
    }
    case Deed::resume:
      return ended(casework::resume_clock(work_, request(step, nullptr), {.note = step.reason}));
    case Deed::draft_apology:
      return ended(casework::draft_apology(work_, request(step, nullptr),
                                           {.reason = step.reason, .new_due_on = step.until}));
    case Deed::apologise:
      return ended(casework::sign_apology(
          work_, request(step, nullptr),
          {.reason = step.reason, .new_due_on = step.until, .position = {}}));
    case Deed::answer_escalation:
      return ended(
          casework::answer_escalation(work_, request(step, nullptr), {.note = step.reason}));
    case Deed::rate:
      asked.who = {};
      return ended(
          casework::rate(work_, request(asked, nullptr),
                         {.score = static_cast<int>(std::min<std::int64_t>(*step.amount, 1'000)),
                          .comment = step.reason}));
  }
  return std::nullopt;
}

}  // namespace rehearsal
