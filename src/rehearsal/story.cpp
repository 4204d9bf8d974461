#include "rehearsal/story.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/competence.h"
#include "casework/projection.h"
#include "casework/sweep.h"

namespace rehearsal {
namespace {

constexpr int kSweepsMax = 5'000;

}  // namespace

Story::Story(const Scenario& scenario, const Setup& setup)
    : scenario_(scenario), setup_(setup), procedure_(*setup.procedure), work_(setup.workplace) {
  add_to(data_, scenario.data, procedure_.form);
}

std::optional<casework::Failure> Story::act(const Step& step) {
  events_.clear();
  messages_.clear();
  supposing_ = false;
  seen_ = state_ ? state_->version : 0;
  if (auto failed = pass_time(calendar::at_local(step.on, step.at))) return failed;
  if (auto failed = refresh()) return failed;
  if (step.deed == Deed::pass_time) return std::nullopt;
  if (step.deed == Deed::suppose) return suppose(step);
  auto failed = step.deed == Deed::file ? file(step) : perform(step);
  if (auto also = refresh(); also && !failed) failed = also;
  return failed;
}

Story::Failed Story::pass_time(calendar::Instant to) {
  for (int i = 0; i < kSweepsMax; ++i) {
    const auto next = work_.store.next_wake_at();
    if (!next) return casework::failure_from(next.error());
    const bool more = next->has_value() && **next <= to;
    const calendar::Instant stop = more ? std::max(**next, setup_.clock.now()) : to;
    setup_.clock.set(stop);
    const auto swept = casework::sweep(work_);
    if (!swept) return swept.error();
    if (!more) return std::nullopt;
  }
  return not_so("time-stands", "time does not pass: the same moment comes again and again");
}

Story::Failed Story::refresh() {
  if (!dossiers_.empty()) {
    const auto open = casework::open_dossier(work_, dossiers_.back());
    if (!open) return open.error();
    state_ = open->dossier;
    const auto stored = work_.store.events(dossiers_.back(), state_->version);
    if (!stored) return casework::failure_from(stored.error());
    events_.clear();
    for (const casework::StoredEvent& one : *stored) {
      if (one.sequence > seen_) events_.push_back(one.type);
    }
  }
  return take_messages();
}

Story::Failed Story::take_messages() {
  for (;;) {
    const auto due = work_.store.outbox_due(setup_.clock.now(), 100);
    if (!due) return casework::failure_from(due.error());
    if (due->empty()) return std::nullopt;
    for (const casework::OutboxRow& row : *due) {
      const auto payload = base::parse_json(row.payload);
      if (payload && row.kind == "mail") {
        messages_.push_back({.kind = base::string_or(*payload, "template"),
                             .to = base::string_or(*payload, "to"),
                             .words = setup_.words ? setup_.words(work_, row) : row.payload});
      }
      if (const auto done = work_.store.outbox_done(row.id, setup_.clock.now()); !done) {
        return casework::failure_from(done.error());
      }
    }
  }
}

void Story::look(const base::json::object& answers, procedure::Channel channel, calendar::Date on) {
  look_ = look_at(procedure_, answers, channel, on);
  note_situation(procedure_, look_->situation, taken_);
}

procedure::Channel Story::channel_of(const Step& step) const {
  std::string named = step.code;
  for (const Step& other : scenario_.steps) {
    if (named.empty() && other.deed == Deed::file) named = other.code;
  }
  if (const auto channel = procedure::find_channel(named)) return *channel;
  return procedure_.channels.empty() ? procedure::Channel::counter : procedure_.channels.front();
}

Story::Failed Story::suppose(const Step& step) {
  supposing_ = true;
  FilingData data = data_;
  add_to(data, step.changes, procedure_.form);
  look(data.answers, channel_of(step), step.on);
  const auto unmet = procedure::eligibility_problems(procedure_, look_->situation);
  const bool eligible = std::ranges::none_of(
      unmet, [](const auto& one) { return one.severity == form::Severity::error; });
  const bool complete = look_->evaluation.acceptable();
  if (complete && eligible) return std::nullopt;
  dossier::Objection objection{
      complete ? dossier::Refusal::not_eligible : dossier::Refusal::answers_incomplete,
      look_->evaluation.problems};
  objection.problems.insert(objection.problems.end(), unmet.begin(), unmet.end());
  return casework::failure_from(objection);
}

dossier::Attachment Story::paper(const std::string& component) {
  return {.id = "paper-" + std::to_string(++papers_),
          .component = component,
          .name = component + ".pdf",
          .size = 1'200,
          .media_type = "application/pdf",
          .sha256 = std::string(64, 'a'),
          .converted_from = {},
          .uploaded_at = setup_.clock.now()};
}

casework::RequestKey Story::next_key(const std::string& actor) {
  const std::string number = std::to_string(++keys_);
  return {.key = "step-" + number, .hash = number, .actor = actor.empty() ? "citizen" : actor};
}

const party::Officer* Story::officer(party::Role role, const std::string& name,
                                     const std::string& agency) {
  const party::Agency* at = work_.organisation.find(agency);
  if (at == nullptr) return nullptr;
  const std::string id =
      std::string{party::name(role)} + (name.empty() ? "" : ":" + name) + "@" + at->id.text();
  const auto known = people_.find(id);
  if (known != people_.end()) return &known->second;
  party::Officer made{.id = {id}, .agency = at->id};
  made.name = name.empty() ? party::title(role).vi + " " + at->id.text() : name;
  made.position = party::title(role);
  made.roles = {role};
  if (!name.empty()) known_.emplace(name, id);
  return &people_.emplace(id, std::move(made)).first->second;
}

std::string Story::agency_of(const Who& who, const dossier::Task* task) const {
  if (!who.of.empty()) {
    if (state_) {
      const auto part = state_->agencies.find(who.of);
      if (part != state_->agencies.end()) return part->second;
    }
    return who.of;
  }
  if (task != nullptr) return task->agency;
  if (!state_) return data_.agency;
  if (who.role == party::Role::reception || who.role == party::Role::cashier) {
    return state_->receiving_agency;
  }
  // The agency where such a person has something to do; else the competent one.
  for (const dossier::Task& open : state_->tasks) {
    if (open.role == party::name(who.role)) return open.agency;
  }
  return state_->agency;
}

const party::Officer* Story::officer(const Who& who, const dossier::Task* task) {
  return who.citizen ? nullptr : officer(who.role, who.name, agency_of(who, task));
}

dossier::Actor Story::named_officer(const std::string& name, party::Role role,
                                    const std::string& agency) {
  const auto known = known_.find(name);
  if (known != known_.end()) return casework::actor_of(people_.at(known->second));
  const party::Officer* made = officer(role, name, agency);
  return made == nullptr ? dossier::Actor{} : casework::actor_of(*made);
}

const dossier::Task* Story::task_at(const std::string& step) const {
  if (!state_) return nullptr;
  const auto found = std::ranges::find(state_->tasks, step, &dossier::Task::step);
  return found == state_->tasks.end() ? nullptr : &*found;
}

const dossier::Task* Story::task_of(procedure::StepAction action) const {
  if (!state_) return nullptr;
  for (const dossier::Task& open : state_->tasks) {
    const procedure::Step* step = procedure_.find_step(open.step);
    if (step != nullptr && step->action == action) return &open;
  }
  return nullptr;
}

casework::CommandRequest Story::request(const Step& step, const dossier::Task* task) {
  const party::Officer* by = officer(step.who, task);
  return {.dossier = dossiers_.back(),
          .request = next_key(by == nullptr ? "" : by->id.text),
          .if_match = std::nullopt,
          .officer = by};
}

void Story::note(Taken& taken) {
  taken.insert(taken_.begin(), taken_.end());
  for (const std::string& id : dossiers_) {
    const auto stored = work_.store.events(id, 0);
    if (!stored) continue;
    for (const casework::StoredEvent& one : *stored) {
      const auto record = casework::read_record(one);
      if (record) note_event(record->event, taken);
    }
  }
}

}  // namespace rehearsal
