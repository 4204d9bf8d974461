#include "casework/sweep.h"

#include <algorithm>
#include <chrono>

#include <boost/json.hpp>

#include "casework/execute.h"
#include "casework/projection.h"
#include "casework/succession.h"
#include "dossier/passing_time.h"

namespace casework {

namespace {

// A dossier that woke and has nothing to say must not wake again at once.
constexpr std::chrono::hours kBackOff{1};

const dossier::Actor kTime{
    .kind = dossier::ActorKind::system, .id = {}, .name = "Hệ thống", .agency = {}};

void count(SweepDone& done, const std::vector<dossier::NewEvent>& events) {
  for (const dossier::NewEvent& one : events) {
    done.warnings += std::holds_alternative<dossier::DueSoon>(one.event) ? 1 : 0;
    done.apologies += std::holds_alternative<dossier::ApologyDrafted>(one.event) ? 1 : 0;
    done.overdue += std::holds_alternative<dossier::DuePassed>(one.event) ? 1 : 0;
    done.silences += std::holds_alternative<dossier::SilenceTookEffect>(one.event) ? 1 : 0;
    done.reminders += std::holds_alternative<dossier::PauseOverran>(one.event) ? 1 : 0;
  }
}

// Who has the open task is told by mail, where he has an address.
void tell_holder(Workplace& workplace, const dossier::Dossier& dossier, Commit& commit) {
  if (dossier.tasks.empty() || dossier.tasks.front().assignee_id.empty()) return;
  const OfficerAccountPtr holder = workplace.officers.find(dossier.tasks.front().assignee_id);
  if (holder == nullptr || !holder->active || holder->officer.email.empty()) return;
  for (std::size_t i = 0; i < commit.events.size(); ++i) {
    const std::string& type = commit.events[i].type;
    if (type != "due_soon" && type != "due_passed") continue;
    commit.outbox.push_back(
        {.kind = "mail",
         .payload = base::to_text(base::json::object{{"template", "officer_" + type},
                                                     {"to", holder->officer.email},
                                                     {"recipient", holder->officer.name},
                                                     {"language", "vi"}}),
         .effect = commit.row.id + "/" +
                   std::to_string(commit.expected_version + static_cast<std::int64_t>(i) + 1) +
                   "/holder"});
  }
}

}  // namespace

Answer<SweepDone> sweep(Workplace& workplace, int limit) {
  SweepDone done;
  const auto wakes = TRY_AS_FAILURE(workplace.store.wakes_due(workplace.clock.now(), limit));
  if (wakes.empty()) return done;
  done.woken = static_cast<int>(wakes.size());
  done.more = done.woken == limit;
  const Instant now = TRY(workplace.clock.next());
  const calendar::TimeRules& rules = workplace.time_rules.on(calendar::local_date(now));
  std::vector<Commit> commits;
  std::vector<WakeRow> later;
  std::vector<std::vector<dossier::NewEvent>> said;
  for (const WakeRow& wake : wakes) {
    auto open = open_dossier(workplace, wake.dossier);
    // One dossier that cannot be read must not keep time from passing for the others.
    if (!open) {
      ++done.postponed;
      later.push_back({.dossier = wake.dossier, .at = now + kBackOff, .version = wake.version});
      continue;
    }
    const dossier::Circumstances around{.procedure = *open->procedure,
                                        .calendar = workplace.calendar_of(open->dossier.agency),
                                        .actor = kTime,
                                        .now = now,
                                        .time_rules = rules};
    auto events = dossier::decide(open->dossier, dossier::PassTime{}, around);
    if (!events) {
      ++done.postponed;
      later.push_back({.dossier = wake.dossier, .at = now + kBackOff, .version = wake.version});
      continue;
    }
    if (events->empty()) {
      Instant next = dossier::next_wake(open->dossier, around).value_or(kNever);
      if (next <= now) next = now + kBackOff;
      later.push_back({.dossier = wake.dossier,
                       .at = next,
                       .version = open->dossier.version,
                       .clock = clock_text(open->dossier)});
      continue;
    }
    count_under_heirs(workplace.organisation, *events);
    Decided decided{.before = std::move(open->dossier), .events = std::move(events).value()};
    const RequestKey request{
        .key = "time/" + open->id + "/" + std::to_string(decided.before.version),
        .hash = {},
        .actor = "system"};
    commits.push_back(project(open->id, decided, around, request));
    tell_holder(workplace, decided.before, commits.back());
    said.push_back(std::move(decided.events));
  }
  // First, so that what cannot be stored below does not wake these again.
  if (!later.empty()) TRY_AS_FAILURE(workplace.store.move_wakes(later));
  const auto results = workplace.store.commit_all(commits);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i]) {
      count(done, said[i]);
    } else if (results[i].error().failure == CommitFailure::fault) {
      return base::Failure{failure_from(results[i].error().fault)};
    } else {
      ++done.postponed;
    }
  }
  return done;
}

Answer<base::Done> look_again(Workplace& workplace, const std::string& office) {
  constexpr std::size_t kAtOnce = 2000;
  const Instant now = workplace.clock.now();
  std::vector<WakeRow> rows;
  base::Outcome<base::Done> moved = base::Done{};
  const auto move = [&] {
    moved = workplace.store.move_wakes(rows);
    rows.clear();
    return moved.has_value();
  };
  TRY_AS_FAILURE(workplace.store.each_running(office, [&](const RunningRow& row) {
    rows.push_back(
        {.dossier = std::string{row.id}, .at = now, .version = row.version, .clock = std::nullopt});
    return rows.size() < kAtOnce || move();
  }));
  TRY_AS_FAILURE(moved);
  move();
  TRY_AS_FAILURE(moved);
  return base::Done{};
}

}  // namespace casework
