#include "insight/duty.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "casework/execute.h"
#include "casework/projection.h"
#include "insight/entitlement.h"

namespace insight {

namespace {

using casework::DutyCall;

constexpr int kTasksAtOnce = 100;

const dossier::Actor kSystem{
    .kind = dossier::ActorKind::system, .id = {}, .name = "Hệ thống", .agency = {}};

struct TaskAsked {
  const dossier::Task& task;
  const procedure::Procedure& procedure;
};

std::optional<Ask> ask_of(const TaskAsked& asked) {
  const procedure::Step* step = asked.procedure.find_step(asked.task.step);
  const auto role = party::parse_role(asked.task.role);
  if (step == nullptr || !role) return std::nullopt;
  return Ask{step->action, *role};
}

// Somebody could take the task if it were free.
bool somebody_for(const Coverage& coverage, const TaskAsked& asked, Instant now) {
  const AgencyIndex index = coverage.agencies().index_of(asked.task.agency);
  const auto ask = ask_of(asked);
  // An agency that is none today is the organisation's to mend, not a duty holder's.
  if (index == kNoAgency || !ask) return true;
  const Occasion occasion{*ask, coverage.agencies()[index], asked.procedure.code,
                          asked.procedure.field.vi};
  return std::ranges::any_of(coverage.seats(index).members(), [&](const StaffMemberPtr& one) {
    return is_available(*one, occasion, now);
  });
}

GapReason why_nobody(const Coverage& coverage, const TaskAsked& asked, Instant now) {
  const AgencyIndex index = coverage.agencies().index_of(asked.task.agency);
  const auto ask = ask_of(asked);
  if (index == kNoAgency || !ask) return GapReason::role_not_held;
  return diagnose(
             coverage, index,
             {*ask, coverage.agencies()[index], asked.procedure.code, asked.procedure.field.vi},
             now)
      .reason;
}

bool is_there(const StaffMember& member, Instant now) {
  return member.account_active && member.officer.is_active_on(calendar::local_date(now)) &&
         !member.officer.is_absent_at(now);
}

enum class Recorded { done, changed_meanwhile };

// Records at the dossier who is called, or (null) nobody any more.  The task is free either way:
// whoever could take it need not wait for anybody.
Answer<Recorded> record(casework::Workplace& workplace, const casework::OpenDossier& open,
                        const dossier::Task& task, const StaffMemberPtr& to,
                        const std::string& reason) {
  const Instant now = TRY(workplace.clock.next());
  const dossier::Circumstances around{
      .procedure = *open.procedure,
      .calendar = workplace.calendar_of(open.dossier.agency),
      .actor = kSystem,
      .now = now,
      .time_rules = workplace.time_rules.on(calendar::local_date(now))};
  casework::Decided decided{.before = open.dossier, .events = {}};
  decided.events.push_back(
      {.event = dossier::TaskAssigned{.activity = task.activity,
                                      .step = task.step,
                                      .officer_id = {},
                                      .officer_name = to == nullptr ? "" : to->officer.name,
                                      .reason = reason}});
  const std::string version = std::to_string(open.dossier.version);
  casework::Commit commit =
      casework::project(open.id, decided, around,
                        {.key = "duty/" + open.id + "/" + version, .hash = {}, .actor = "system"});
  if (to != nullptr && !to->officer.email.empty()) {
    commit.outbox.push_back(
        {.kind = "mail",
         .payload = base::to_text(base::json::object{{"template", "officer_duty"},
                                                     {"to", to->officer.email},
                                                     {"recipient", to->officer.name},
                                                     {"language", "vi"}}),
         .effect = open.id + "/" + std::to_string(open.dossier.version + 1) + "/duty"});
  }
  const auto committed = workplace.store.commit(commit);
  if (committed) return Recorded::done;
  if (committed.error().failure == casework::CommitFailure::fault) {
    return base::Failure{casework::failure_from(committed.error().fault)};
  }
  return Recorded::changed_meanwhile;
}

std::string call_reason(GapReason why) {
  return "Không ai nhận được bước này nên chuyển người trực của đơn vị. " + explain(why).vi;
}

class Round {
 public:
  Round(casework::Workplace& workplace, const CoverageView& view, Instant now)
      : workplace_(workplace), view_(view), coverage_(*view.coverage), now_(now) {}

  Answer<DutyRound> run() {
    named_ = TRY_AS_FAILURE(casework::duty_holders(workplace_.store));
    for (const DutyCall& call : TRY_AS_FAILURE(casework::duty_calls(workplace_.store))) {
      if (TRY(still_called(call))) known_.insert({call.dossier, call.activity});
    }
    TRY(look_where_nobody_is());
    TRY(look_at_those_who_left());
    return std::move(round_);
  }

 private:
  // False: the call is over.
  Answer<bool> still_called(const DutyCall& call) {
    const auto open = casework::open_dossier(workplace_, call.dossier);
    if (!open) {
      if (open.error().kind == casework::FailureKind::not_found) return over(call);
      ++round_.postponed;
      return true;
    }
    const dossier::Task* task = open->dossier.find_task(call.activity);
    if (task == nullptr || task->step != call.step || !task->assignee_id.empty()) {
      return over(call);
    }
    if (!somebody_for(coverage_, {*task, *open->procedure}, now_)) {
      if (call.officer.empty()) return call_again(call, *open, *task);
      return true;
    }
    if (call.officer.empty() || task->assignee_name != call.officer_name) return over(call);
    if (TRY(record(workplace_, *open, *task, nullptr,
                   "Đã có người nhận được bước này; người trực không phải lo nữa.")) ==
        Recorded::changed_meanwhile) {
      ++round_.postponed;
      return true;
    }
    return over(call);
  }

  Answer<bool> over(const DutyCall& call) {
    TRY_AS_FAILURE(casework::end_call(workplace_.store, call));
    round_.released.push_back(call);
    return false;
  }

  // There was nobody to call; now there may be.
  Answer<bool> call_again(const DutyCall& call, const casework::OpenDossier& open,
                          const dossier::Task& task) {
    const StaffMemberPtr holder = duty_holder_of(view_, named_, task.agency, now_);
    if (holder == nullptr) return true;
    TRY(call_for(open, task, GapReason::role_not_held, call.version));
    return true;
  }

  Answer<base::Done> call_for(const casework::OpenDossier& open, const dossier::Task& task,
                              GapReason why, std::int64_t version = 0) {
    const StaffMemberPtr holder = duty_holder_of(view_, named_, task.agency, now_);
    DutyCall call{.dossier = open.id,
                  .code = open.dossier.code,
                  .activity = task.activity,
                  .step = task.step,
                  .agency = task.agency,
                  .role = task.role,
                  .procedure = open.dossier.procedure,
                  .reason = std::string{name(why)},
                  .since = now_,
                  .version = version};
    if (holder != nullptr) {
      call.officer = holder->officer.id.text;
      call.officer_name = holder->officer.name;
    }
    // First the entry: should the program end here, the call stands and only the dossier does not
    // tell of it.
    const auto kept = casework::keep_call(workplace_.store, call, now_);
    if (!kept) {
      if (kept.error().code != base::FaultCode::conflict) {
        return base::Failure{casework::failure_from(kept.error())};
      }
      ++round_.postponed;
      return base::Done{};
    }
    const bool tells = holder != nullptr || !task.assignee_id.empty();
    if (tells && TRY(record(workplace_, open, task, holder, call_reason(why))) ==
                     Recorded::changed_meanwhile) {
      TRY_AS_FAILURE(casework::end_call(workplace_.store, call));
      ++round_.postponed;
      return base::Done{};
    }
    known_.insert({call.dossier, call.activity});
    round_.called.push_back(std::move(call));
    return base::Done{};
  }

  // Free tasks of the roles that nobody has somewhere.
  Answer<base::Done> look_where_nobody_is() {
    const Period moment{now_, now_ + std::chrono::milliseconds{1}};
    std::map<AgencyIndex, std::set<std::string>> roles;
    for (const Gap& gap : gaps(coverage_, {.within = moment, .cells_max = 1})) {
      roles[gap.agency].insert(std::string{party::name(gap.ask.role)});
    }
    for (const auto& [agency, of] : roles) {
      casework::InboxQuery query;
      query.agency = coverage_.agencies()[agency].text();
      query.roles.assign(of.begin(), of.end());
      query.state = "unassigned";
      TRY(look_at(std::move(query)));
    }
    return base::Done{};
  }

  // What is in the hands of somebody who will not come back to it.
  Answer<base::Done> look_at_those_who_left() {
    for (const auto& [id, member] : coverage_.staff()) {
      if (member->account_active && member->officer.is_active_on(calendar::local_date(now_))) {
        continue;
      }
      casework::InboxQuery query;
      query.officer = id;
      query.agency = member->officer.agency.text();
      query.state = "mine";
      TRY(look_at(std::move(query)));
    }
    return base::Done{};
  }

  Answer<base::Done> look_at(casework::InboxQuery query) {
    // Enough for one round; what is left is found by the next.
    query.now = now_;
    query.soon = now_;
    query.limit = kTasksAtOnce;
    const auto page = TRY_AS_FAILURE(workplace_.store.inbox(query));
    for (const casework::InboxRow& row : page.rows) {
      if (known_.contains({row.dossier.id, row.task.activity})) continue;
      const auto open = casework::open_dossier(workplace_, row.dossier.id);
      if (!open) continue;
      const dossier::Task* task = open->dossier.find_task(row.task.activity);
      if (task == nullptr) continue;
      const TaskAsked asked{*task, *open->procedure};
      if (!somebody_for(coverage_, asked, now_)) {
        TRY(call_for(*open, *task, why_nobody(coverage_, asked, now_)));
      } else if (!task->assignee_id.empty()) {
        // Somebody else can go on with it, once it is free.
        if (TRY(record(workplace_, *open, *task, nullptr,
                       "Người được giao không còn làm việc; trả về danh sách việc chung của đơn "
                       "vị.")) == Recorded::changed_meanwhile) {
          ++round_.postponed;
        }
      }
    }
    return base::Done{};
  }

  casework::Workplace& workplace_;
  const CoverageView& view_;
  const Coverage& coverage_;
  Instant now_;
  std::vector<casework::DutyHolder> named_;
  std::set<std::pair<std::string, std::uint32_t>> known_;
  DutyRound round_;
};

}  // namespace

Answer<DutyRound> stand_in(casework::Workplace& workplace, const CoverageView& view, Instant now) {
  return Round{workplace, view, now}.run();
}

StaffMemberPtr duty_holder_of(const CoverageView& view,
                              const std::vector<casework::DutyHolder>& named,
                              const std::string& agency, Instant now) {
  const auto id = party::AgencyId::parse(agency);
  if (!id) return nullptr;
  std::vector<party::AgencyId> chain{*id};
  for (const party::Agency* above : view.organisation->ancestors(*id)) chain.push_back(above->id);
  const party::Subject subject{.agency = *id};
  const auto fits = [&](const StaffMemberPtr& member) {
    return member != nullptr && is_there(*member, now) &&
           party::may(member->officer, party::Action::view_dossier, subject, now).allowed;
  };
  const auto in_role = [&](const party::AgencyId& at, party::Role role) -> StaffMemberPtr {
    const AgencyIndex index = view.coverage->agencies().index_of(at);
    if (index == kNoAgency) return nullptr;
    for (const StaffMemberPtr& one : view.coverage->seats(index).members()) {
      if (one->officer.agency == at && one->officer.has_role(role) && fits(one)) return one;
    }
    return nullptr;
  };
  for (const party::AgencyId& at : chain) {
    const auto said = std::ranges::find(named, at.text(), &casework::DutyHolder::agency);
    if (said != named.end()) {
      const StaffMemberPtr member = view.coverage->find_member(said->officer);
      if (fits(member)) return member;
    }
    for (const party::Role role : {party::Role::head, party::Role::leader}) {
      if (const StaffMemberPtr member = in_role(at, role)) return member;
    }
  }
  return nullptr;
}

}  // namespace insight
