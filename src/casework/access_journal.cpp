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

std::string ground_of(const party::Officer& officer, const dossier::Dossier& dossier, Instant at) {
  const dossier::Task* possible = nullptr;
  for (const dossier::Task& task : dossier.tasks) {
    const auto verdict = may_act(officer, party::Action::complete_task, dossier, &task, at);
    if (verdict.reason == party::Reason::by_assignment && verdict.allowed) {
      return "task:" + task.step;
    }
    if (verdict.allowed && possible == nullptr) possible = &task;
  }
  if (possible != nullptr) return "task:" + possible->step;
  return std::string{
      party::name(may_at_any_part(officer, party::Action::view_dossier, dossier, at).reason)};
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
  std::vector<AccessRow> rows;
  {
    const std::scoped_lock lock(mutex_);
    rows.swap(waiting_);
  }
  rows.push_back(std::move(row));
  const auto recorded = store.record_accesses(rows);
  if (recorded) return recorded;
  const std::scoped_lock lock(mutex_);
  const bool room = may_pass(recorded.error()) && waiting_.size() + rows.size() <= kWaitingMax;
  if (!room) rows.pop_back();
  waiting_.insert(waiting_.begin(), std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
  if (!room) return recorded;
  return base::Done{};
}

std::size_t AccessJournal::waiting() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

Answer<base::Done> record_reading(Workplace& workplace, const party::Officer& officer,
                                  const OpenDossier& open, const std::string& what) {
  return keep(workplace, officer, open.id, what,
              ground_of(officer, open.dossier, workplace.clock.now()));
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
