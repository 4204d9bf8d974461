#include "casework/access_journal.h"

#include <algorithm>
#include <iterator>

#include <boost/json.hpp>

#include "calendar/instant.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "casework/workplace.h"

namespace casework {

namespace {

constexpr int kShown = 200;

bool may_pass(const base::Fault& fault) {
  return fault.code == base::FaultCode::exhausted || fault.code == base::FaultCode::unavailable;
}

std::string ground_of(const party::Officer& officer, const OpenDossier& open, Instant at) {
  const dossier::Dossier& dossier = open.dossier;
  const dossier::Task* possible = nullptr;
  for (const dossier::Task& task : dossier.tasks) {
    const auto verdict =
        may_act(officer, party::Action::complete_task, *open.procedure, dossier, &task, at);
    if (verdict.reason == party::Reason::by_assignment && verdict.allowed) {
      return "task:" + task.step;
    }
    if (verdict.allowed && possible == nullptr) possible = &task;
  }
  if (possible != nullptr) return "task:" + possible->step;
  return std::string{party::name(
      may_at_any_part(officer, party::Action::view_dossier, *open.procedure, dossier, at).reason)};
}

Answer<base::Done> keep(Workplace& workplace, const party::Officer& officer, std::string dossier,
                        std::string what, std::string why) {
  // Addresses come from outside; a leaf is lines of text.
  std::ranges::replace_if(what, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  return TRY_AS_FAILURE(workplace.accesses->record(workplace.store, {.at = workplace.clock.now(),
                                                                     .actor = actor_of(officer),
                                                                     .dossier = std::move(dossier),
                                                                     .what = std::move(what),
                                                                     .why = std::move(why)}));
}

}  // namespace

base::Outcome<base::Done> AccessJournal::record(Store& store, AccessRow row) {
  if (waiting() > 0) [[maybe_unused]]
    const auto flushed = flush(store);
  std::vector<AccessRow> rows;
  rows.push_back(std::move(row));
  const auto recorded = store.record_accesses(rows);
  if (recorded || !may_pass(recorded.error())) return recorded;
  const std::scoped_lock lock(mutex_);
  if (waiting_.size() >= kWaitingMax) return recorded;
  waiting_.push_back(std::move(rows.front()));
  return base::Done{};
}

base::Outcome<base::Done> AccessJournal::flush(Store& store) {
  constexpr std::size_t kAtOnce = 500;
  for (;;) {
    std::vector<AccessRow> rows;
    {
      const std::scoped_lock lock(mutex_);
      const auto end =
          waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(kAtOnce, waiting_.size()));
      rows.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    if (rows.empty()) return base::Done{};
    const auto recorded = store.record_accesses(rows);
    if (!recorded) {
      put_back(std::move(rows));
      return recorded;
    }
  }
}

void AccessJournal::put_back(std::vector<AccessRow> rows) {
  const std::scoped_lock lock(mutex_);
  waiting_.insert(waiting_.begin(), std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
}

std::size_t AccessJournal::waiting() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

Answer<base::Done> record_reading(Workplace& workplace, const party::Officer& officer,
                                  const OpenDossier& open, const std::string& what) {
  return keep(workplace, officer, open.id, what, ground_of(officer, open, workplace.clock.now()));
}

Answer<base::Done> record_listing(Workplace& workplace, const party::Officer& officer,
                                  const std::string& what, const std::string& why) {
  return keep(workplace, officer, {}, what, why);
}

Answer<base::json::object> accesses_json(Workplace& workplace, const OpenDossier& open) {
  base::json::array items;
  const auto rows = TRY_AS_FAILURE(workplace.store.accesses(open.id, kShown));
  for (const AccessRow& row : rows) {
    items.push_back(base::json::object{{"at", calendar::to_iso(row.at)},
                                       {"officer", row.actor.name},
                                       {"agency", row.actor.agency},
                                       {"what", row.what},
                                       {"why", row.why}});
  }
  return base::json::object{{"items", std::move(items)}};
}

}  // namespace casework
