#include "casework/calendar_changes.h"

#include <algorithm>
#include <unordered_map>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "casework/succession.h"
#include "casework/sweep.h"
#include "dossier/dossier_clock.h"

namespace casework {

namespace {

constexpr std::size_t kSampleMax = 100;
constexpr std::size_t kLookedAtMax = 100'000;  // of a recomputation, beyond those that cannot move

// The calendars of the agencies at and below an office, each built once.
class Calendars {
 public:
  Calendars(const Workplace& workplace, const std::string& office,
            const std::optional<calendar::OfficeSchedule>& proposed)
      : workplace_(workplace), office_(office), proposed_(proposed) {}

  base::Outcome<const calendar::OfficeCalendar*> of(std::string_view agency) {
    // Dossiers of one agency mostly follow one another.
    if (agency == last_agency_ && last_ != nullptr) return last_;
    last_agency_ = agency;
    const auto found = built_.find(last_agency_);
    if (found != built_.end()) {
      last_ = &found->second;
      return last_;
    }
    calendar::OfficeCalendar calendar =
        proposed_.has_value() ? TRY(workplace_.calendars.with(office_, *proposed_, last_agency_))
                              : workplace_.calendar_of(last_agency_);
    last_ = &built_.emplace(last_agency_, std::move(calendar)).first->second;
    return last_;
  }

 private:
  const Workplace& workplace_;
  const std::string& office_;
  const std::optional<calendar::OfficeSchedule>& proposed_;
  std::unordered_map<std::string, calendar::OfficeCalendar> built_;
  std::string last_agency_;
  const calendar::OfficeCalendar* last_ = nullptr;
};

// Visits every open dossier of the office whose date would be another one.
template <class Visit>
Answer<CalendarPreview> each_moved(Workplace& workplace, const std::string& office,
                                   const std::optional<calendar::OfficeSchedule>& proposed,
                                   Visit visit) {
  CalendarPreview preview;
  Calendars calendars(workplace, office, proposed);
  const Instant now = workplace.clock.now();
  base::Outcome<base::Done> trouble = base::Done{};
  const auto look = [&](const RunningRow& row) {
    const auto facts = dossier::read_clock_facts(row.clock);
    if (!row.due_at.has_value()) {
      ++preview.standing;
      return true;
    }
    ++preview.checked;
    if (!facts.has_value()) {
      ++preview.unreadable;
      return true;
    }
    const auto calendar = calendars.of(workplace.acting(std::string{row.agency}));
    if (!calendar) {
      trouble = base::Failure{calendar.error()};
      return false;
    }
    const auto due = dossier::due_of(*facts, **calendar);
    if (!due.has_value()) {
      ++preview.unreadable;
      return true;
    }
    if (*due == *row.due_at) return true;
    ++preview.moved;
    (*due < *row.due_at ? preview.earlier : preview.later) += 1;
    if (*due < now && *row.due_at >= now) ++preview.newly_overdue;
    visit(row, *due);
    return true;
  };
  for (const std::string& part : with_predecessors(workplace.organisation, office)) {
    TRY_AS_FAILURE(workplace.store.each_running(part, look));
    TRY_AS_FAILURE(trouble);
  }
  return preview;
}

}  // namespace

Answer<const party::Agency*> find_office(const Workplace& workplace, const std::string& office) {
  const party::Agency* agency = workplace.organisation.find(office);
  if (agency == nullptr) {
    return fail(FailureKind::not_found, "office-not-found",
                {"Không có cơ quan nào mang mã " + office + ".",
                 "There is no office with the code " + office + "."});
  }
  return agency;
}

Answer<base::Done> may_manage_calendar(const Workplace& workplace, const party::Officer& officer,
                                       const std::string& office, Instant at) {
  const party::Agency* agency = TRY(find_office(workplace, office));
  return require(party::may(officer, party::Action::manage_calendars,
                            party::Subject{.agency = agency->id}, at));
}

Answer<CalendarPreview> preview_calendar(Workplace& workplace, const std::string& office,
                                         const std::optional<calendar::OfficeSchedule>& proposed) {
  TRY(find_office(workplace, office));
  std::vector<MovedDate> sample;
  CalendarPreview preview =
      TRY(each_moved(workplace, office, proposed, [&](const RunningRow& row, Instant due) {
        if (sample.size() == kSampleMax) return;
        sample.push_back({.dossier = std::string{row.id},
                          .code = std::string{row.code},
                          .from = *row.due_at,
                          .to = due});
      }));
  preview.sample = std::move(sample);
  return preview;
}

Answer<std::int64_t> change_calendar(Workplace& workplace, const party::Officer& officer,
                                     const CalendarChange& change, const RequestKey& request) {
  const Instant now = TRY(workplace.clock.next());
  TRY(may_manage_calendar(workplace, officer, change.office, now));
  if (base::length_in_characters(base::to_one_line(change.reason)) < 5) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Hãy ghi lý do thay đổi lịch làm việc (ít nhất 5 ký tự).",
                 "Say why the calendar is changed (at least 5 characters)."});
  }
  TRY_AS_FAILURE(workplace.calendars.with(change.office, change.schedule, change.office));
  CalendarVersionRow row;
  row.office = change.office;
  row.at = now;
  row.actor = actor_of(officer);
  row.kind = "schedule";
  row.content = base::to_text(calendar::to_json(change.schedule));
  row.reason = change.reason;
  row.act = change.act;
  const auto saved = workplace.store.save_calendar(row, change.expected_version, request);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    const auto versions = workplace.calendars.versions(change.office);
    const std::string who = versions.empty() ? "" : versions.back().actor.name;
    Failure stale{FailureKind::stale,
                  "stale",
                  {"Lịch đã được " + (who.empty() ? "người khác" : who) +
                       " thay đổi sau khi bạn mở. Hãy tải lại để xem rồi lưu lại.",
                   "The calendar was changed by " + (who.empty() ? "somebody else" : who) +
                       " after you opened it. Reload to see the change, then save again."},
                  {}};
    stale.version = versions.empty() ? 0 : versions.back().version;
    return base::Failure{std::move(stale)};
  }
  const std::int64_t version = TRY_AS_FAILURE(saved);
  TRY_AS_FAILURE(workplace.calendars.remember(change.office, {.version = version,
                                                              .at = now,
                                                              .actor = row.actor,
                                                              .reason = change.reason,
                                                              .act = change.act,
                                                              .schedule = change.schedule}));
  TRY(look_again(workplace, change.office));
  return version;
}

Answer<DatesMoved> recompute_due_dates(Workplace& workplace, const party::Officer& officer,
                                       const std::string& office,
                                       const dossier::RecomputeDue& command, int limit,
                                       const RequestKey& request) {
  TRY(may_manage_calendar(workplace, officer, office, workplace.clock.now()));
  if (base::length_in_characters(base::to_one_line(command.reason)) < 5) {
    return base::Failure{failure_from(dossier::Objection{dossier::Refusal::reason_missing, {}})};
  }
  std::vector<std::string> ids;
  const CalendarPreview preview =
      TRY(each_moved(workplace, office, std::nullopt, [&](const RunningRow& row, Instant) {
        if (ids.size() < kLookedAtMax) ids.emplace_back(row.id);
      }));
  DatesMoved done;
  const Instant now = TRY(workplace.clock.next());
  std::vector<Commit> commits;
  std::int64_t refused = 0;
  for (const std::string& id : ids) {
    if (commits.size() == static_cast<std::size_t>(limit)) break;
    auto open = open_dossier(workplace, id);
    if (!open) {
      ++refused;
      if (done.failed.size() < kSampleMax) done.failed.push_back({id, open.error().detail});
      continue;
    }
    ResolvedCalendar counted_by =
        workplace.calendars.resolve(workplace.acting(open->dossier.agency));
    const dossier::Circumstances around{
        .procedure = *open->procedure,
        .calendar = std::move(counted_by.calendar),
        .actor = actor_of(officer),
        .now = now,
        .time_rules = workplace.time_rules.on(calendar::local_date(now)),
        .calendar_versions = std::move(counted_by.versions)};
    auto events = dossier::decide(open->dossier, command, around);
    if (!events) {
      const Failure failure = failure_from(events.error());
      if (events.error().why == dossier::Refusal::reason_missing) return base::Failure{failure};
      ++refused;
      if (done.failed.size() < kSampleMax) {
        done.failed.push_back({open->dossier.code, failure.detail});
      }
      continue;
    }
    if (events->empty()) continue;
    const RequestKey key{
        .key = request.key + "/" + id, .hash = request.hash, .actor = request.actor};
    const Decided decided{.before = std::move(open->dossier), .events = std::move(events).value()};
    commits.push_back(project(id, decided, around, key));
  }
  const auto results = workplace.store.commit_all(commits);
  for (const auto& result : results) {
    // Repeated: an earlier try with this key has moved it.  In conflict: the next call takes it.
    if (result || result.error().failure == CommitFailure::repeated) {
      ++done.moved;
    } else if (result.error().failure == CommitFailure::fault) {
      return base::Failure{failure_from(result.error().fault)};
    }
  }
  // Where nothing could be moved, asking again would move nothing either.
  done.remaining = done.moved == 0 && commits.empty() ? 0 : preview.moved - done.moved - refused;
  return done;
}

}  // namespace casework
