#include "casework/retention.h"

#include <algorithm>
#include <chrono>

#include "casework/execute.h"
#include "casework/projection.h"
#include "dossier/decide.h"
#include "dossier/erasure.h"

namespace casework {

namespace {

const dossier::Actor kSchedule{
    .kind = dossier::ActorKind::system, .id = {}, .name = "Thời hạn bảo quản", .agency = {}};

// The latest end that a dossier of this procedure may have had to be erasable at `now`.
Instant ended_by(const procedure::Retention& retention, Instant now) {
  const std::chrono::year_month_day today{calendar::local_date(now)};
  const std::chrono::year_month_day then{today.year() - std::chrono::years{retention.years},
                                         today.month(), today.day()};
  return now + (calendar::Date{then} - calendar::local_date(now)) + std::chrono::days{1};
}

// The revision that a dossier pins is what it is kept by: where that is longer than today's, those
// behind it are looked for with a larger reach.
Answer<base::Done> add_due(Workplace& workplace, const procedure::Procedure& procedure, Instant now,
                           std::size_t limit, std::vector<DueErasure>& due) {
  constexpr std::size_t kReachMax = 1'000'000;
  std::size_t seen = 0;
  for (std::size_t reach = std::max<std::size_t>(limit, 100); due.size() < limit; reach *= 4) {
    const auto rows = TRY_AS_FAILURE(workplace.store.ended_before(
        procedure.code, ended_by(*procedure.retention, now), static_cast<int>(reach)));
    for (; seen < rows.size() && due.size() < limit; ++seen) {
      const DossierRow& row = rows[seen];
      const auto open = open_dossier(workplace, row.id);
      if (!open) continue;
      const auto from = dossier::erasable_from(*open->procedure, open->dossier);
      if (!from.has_value() || now < *from) continue;
      due.push_back({.id = row.id,
                     .code = row.code,
                     .procedure = row.procedure,
                     .ended_at = row.finished_at.value_or(row.filed_at),
                     .erasable_from = *from,
                     .basis = open->procedure->retention->basis});
    }
    if (rows.size() < reach || reach >= kReachMax) break;
  }
  return base::Done{};
}

}  // namespace

Answer<std::vector<DueErasure>> due_erasures(Workplace& workplace, std::size_t limit) {
  const Instant now = workplace.clock.now();
  std::vector<DueErasure> due;
  for (const procedure::CardPtr& card : workplace.publications.all()) {
    if (!card->erased_by_schedule) continue;
    const ProcedurePtr procedure = workplace.publications.find(card->code);
    if (procedure == nullptr) continue;
    const auto& retention = procedure->retention;
    if (!retention.has_value() || retention->permanent) continue;
    TRY(add_due(workplace, *procedure, now, limit, due));
    if (due.size() >= limit) break;
  }
  return due;
}

Answer<std::int64_t> erase_due(Workplace& workplace, const std::vector<DueErasure>& due,
                               const std::function<void(std::int64_t)>& told) {
  std::int64_t erased = 0;
  for (const DueErasure& one : due) {
    OpenDossier open = TRY(open_dossier(workplace, one.id));
    const Instant now = TRY(workplace.clock.next());
    const dossier::Circumstances around{
        .procedure = *open.procedure,
        .calendar = workplace.calendar_of(open.dossier.agency),
        .actor = kSchedule,
        .now = now,
        .time_rules = workplace.time_rules.on(calendar::local_date(now))};
    auto events = dossier::decide(open.dossier, dossier::EraseContent{.basis = one.basis}, around);
    if (!events) continue;
    const Decided decided{.before = std::move(open.dossier), .events = std::move(events).value()};
    const RequestKey request{.key = "retention/" + open.id, .hash = {}, .actor = "system"};
    const auto committed = workplace.store.commit(project(open.id, decided, around, request));
    if (committed) {
      ++erased;
    } else if (committed.error().failure == CommitFailure::fault) {
      return base::Failure{failure_from(committed.error().fault)};
    }
    if (told) told(erased);
  }
  return erased;
}

}  // namespace casework
