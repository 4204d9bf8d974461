#include "insight/duty.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "casework/execute.h"
#include "casework/projection.h"
#include "insight/entitlement.h"

namespace insight {

namespace {

using casework::DutyCall;

constexpr int kTasksAtOnce = 500;
constexpr std::size_t kCallsAtOnce = 100;

const dossier::Actor kSystem{
    .kind = dossier::ActorKind::system, .id = {}, .name = "Hệ thống", .agency = {}};

struct TaskAsked {
  std::string agency;
  std::optional<Ask> ask;
  std::string procedure;
  std::string field;
};

TaskAsked asked_of(const dossier::Task& task, const procedure::Procedure& procedure) {
  TaskAsked asked{
      .agency = task.agency, .ask = {}, .procedure = procedure.code, .field = procedure.field.vi};
  const procedure::Step* step = procedure.find_step(task.step);
  const auto role = party::parse_role(task.role);
  if (step != nullptr && role) asked.ask = Ask{step->action, *role};
  return asked;
}

// Where people are counted who may go on with the work of that agency: there, or where its work has
// passed to.  kNoAgency: to nobody.
AgencyIndex where_counted(const CoverageView& view, const TaskAsked& asked) {
  const AgencyIndex own = view.coverage->agencies().index_of(asked.agency);
  if (own != kNoAgency) return own;
  const party::Agency* heir = view.organisation->heir(asked.agency, asked.procedure, asked.field);
  return heir == nullptr ? kNoAgency : view.coverage->agencies().index_of(heir->id);
}

// Somebody could take the task if it were free.
bool somebody_for(const CoverageView& view, const TaskAsked& asked, Instant now) {
  const auto agency = party::AgencyId::parse(asked.agency);
  // What no gate knows is not a matter of people.
  if (!agency || !asked.ask) return true;
  const Coverage& coverage = *view.coverage;
  const Occasion occasion{*asked.ask, *agency, asked.procedure, asked.field};
  const auto could = [&](const StaffMemberPtr& one) { return is_available(*one, occasion, now); };
  const AgencyIndex index = where_counted(view, asked);
  if (index != kNoAgency && std::ranges::any_of(coverage.seats(index).members(), could)) {
    return true;
  }
  if (coverage.agencies().index_of(asked.agency) != kNoAgency) return false;
  // What was given at an agency that is no more is counted nowhere else.
  return std::ranges::any_of(coverage.staff(), [&](const auto& one) { return could(one.second); });
}

GapReason why_nobody(const CoverageView& view, const TaskAsked& asked, Instant now) {
  const AgencyIndex index = where_counted(view, asked);
  if (index == kNoAgency || !asked.ask) return GapReason::role_not_held;
  return diagnose(*view.coverage, index,
                  {*asked.ask, view.coverage->agencies()[index], asked.procedure, asked.field}, now)
      .reason;
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

std::string call_reason(GapReason why, const DutyCall* before, const StaffMemberPtr& holder) {
  if (holder == nullptr) {
    return "Người trực đã được báo không còn lo được việc này và chưa có ai khác để báo. " +
           explain(why).vi;
  }
  const bool another =
      before != nullptr && !before->officer.empty() && before->officer != holder->officer.id.text;
  const std::string from = another ? " (trước đó đã báo " + before->officer_name + ")" : "";
  return "Không ai nhận được bước này nên chuyển người trực của đơn vị" + from + ". " +
         explain(why).vi;
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
    const auto open = TRY_AS_FAILURE(workplace_.store.open_work());
    TRY(look_where_nobody_is(open));
    TRY(look_at_those_who_left(open));
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
    const TaskAsked asked = asked_of(*task, *open->procedure);
    if (!somebody_for(view_, asked, now_)) {
      TRY(follow(call, *open, *task, asked));
      return true;
    }
    if (task->assignee_name.empty()) return over(call);
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

  // Whoever was called may be gone, or somebody nearer may be there now, and there may be somebody
  // where there was nobody.
  Answer<base::Done> follow(const DutyCall& call, const casework::OpenDossier& open,
                            const dossier::Task& task, const TaskAsked& asked) {
    const StaffMemberPtr holder = duty_holder_of(view_, named_, task.agency, now_, call.officer);
    const bool as_it_was = call.officer == (holder == nullptr ? "" : holder->officer.id.text);
    const bool told = task.assignee_name == (holder == nullptr ? "" : holder->officer.name);
    if (as_it_was && told) return base::Done{};
    if (followed_ == kCallsAtOnce) {
      ++round_.postponed;
      return base::Done{};
    }
    ++followed_;
    return call_for(open, task, why_nobody(view_, asked, now_), &call);
  }

  // `before`: who was called for it until now.
  Answer<base::Done> call_for(const casework::OpenDossier& open, const dossier::Task& task,
                              GapReason why, const DutyCall* before = nullptr) {
    const StaffMemberPtr holder =
        duty_holder_of(view_, named_, task.agency, now_, before == nullptr ? "" : before->officer);
    DutyCall call{.dossier = open.id,
                  .code = open.dossier.code,
                  .activity = task.activity,
                  .step = task.step,
                  .agency = task.agency,
                  .role = task.role,
                  .procedure = open.dossier.procedure,
                  .reason = std::string{name(why)},
                  .since = now_,
                  .version = before == nullptr ? 0 : before->version};
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
    const bool tells =
        holder != nullptr || !task.assignee_id.empty() || !task.assignee_name.empty();
    if (tells && TRY(record(workplace_, open, task, holder, call_reason(why, before, holder))) ==
                     Recorded::changed_meanwhile) {
      TRY_AS_FAILURE(casework::end_call(workplace_.store, call));
      ++round_.postponed;
      return base::Done{};
    }
    known_.insert({call.dossier, call.activity});
    round_.called.push_back(std::move(call));
    return base::Done{};
  }

  // Free tasks that nobody could take, whatever is asked of new dossiers: of the revision they run
  // by, where they lie, also at agencies that are no more.
  Answer<base::Done> look_where_nobody_is(const std::vector<casework::OpenWork>& open) {
    std::map<std::string, std::set<std::string>> roles;  // by agency
    for (const casework::OpenWork& work : open) {
      if (!work.officer.empty()) continue;
      const TaskAsked asked = asked_of_listed(work.agency, work.role, work.action, work.procedure);
      if (!somebody_for(view_, asked, now_)) roles[work.agency].insert(work.role);
    }
    for (const auto& [agency, of] : roles) {
      casework::InboxQuery query;
      query.agency = agency;
      query.roles.assign(of.begin(), of.end());
      query.state = "unassigned";
      TRY(look_at(std::move(query)));
    }
    return base::Done{};
  }

  // As the list of work has it, without opening the dossier: of a procedure whose field is another
  // in the dossier's own revision it may be wrong, which the dossier then tells.
  TaskAsked asked_of_listed(const std::string& agency, const std::string& role,
                            const std::string& action, const std::string& code) {
    if (fields_.empty()) {
      for (const ProcedureDemandPtr& demand : coverage_.procedures()) {
        fields_.try_emplace(demand->code, demand->field);
      }
    }
    TaskAsked asked{.agency = agency, .ask = {}, .procedure = code, .field = fields_[code]};
    const auto known = procedure::find_step_action(action);
    const auto of = party::parse_role(role);
    if (known && of) asked.ask = Ask{*known, *of};
    return asked;
  }

  // What is in the hands of somebody who will not come back to it, or may not do it any more.
  Answer<base::Done> look_at_those_who_left(const std::vector<casework::OpenWork>& open) {
    std::set<std::pair<std::string, std::string>> concerned;  // officer and agency
    for (const casework::OpenWork& held : open) {
      if (held.officer.empty()) continue;
      const TaskAsked asked = asked_of_listed(held.agency, held.role, held.action, held.procedure);
      if (!keeps(held.officer, asked)) concerned.insert({held.officer, held.agency});
    }
    for (const auto& [officer, agency] : concerned) {
      casework::InboxQuery query;
      query.officer = officer;
      query.agency = agency;
      query.state = "mine";
      TRY(look_at(std::move(query)));
    }
    return base::Done{};
  }

  // Whether what he has in hand stays his: he is there, or away for a time, and may do it.
  bool keeps(const std::string& officer, const TaskAsked& asked) const {
    const StaffMemberPtr member = coverage_.find_member(officer);
    if (member == nullptr || !member->account_active ||
        !member->officer.is_active_on(calendar::local_date(now_))) {
      return false;
    }
    const auto agency = party::AgencyId::parse(asked.agency);
    if (!agency || !asked.ask) return true;
    return may_finish(member->officer, {*asked.ask, *agency, asked.procedure, asked.field}, now_);
  }

  // Every page of it: those that are called already stay on the first ones.
  Answer<base::Done> look_at(casework::InboxQuery query) {
    query.now = now_;
    query.soon = now_;
    query.limit = kTasksAtOnce;
    // Enough calls for one round; what is left is found by the next.
    const std::size_t most = round_.called.size() + kCallsAtOnce;
    for (;;) {
      const auto page = TRY_AS_FAILURE(workplace_.store.inbox(query));
      for (const casework::InboxRow& row : page.rows) {
        if (round_.called.size() >= most) return base::Done{};
        if (!known_.contains({row.dossier.id, row.task.activity})) TRY(look_at(row));
      }
      if (page.next_cursor.empty()) return base::Done{};
      query.cursor = page.next_cursor;
    }
  }

  Answer<base::Done> look_at(const casework::InboxRow& row) {
    if (row.task.assignee_id.empty() &&
        somebody_for(
            view_,
            asked_of_listed(row.task.agency, row.task.role, row.task.action, row.dossier.procedure),
            now_)) {
      return base::Done{};
    }
    const auto open = casework::open_dossier(workplace_, row.dossier.id);
    if (!open) return base::Done{};
    const dossier::Task* task = open->dossier.find_task(row.task.activity);
    if (task == nullptr) return base::Done{};
    const TaskAsked asked = asked_of(*task, *open->procedure);
    const bool held = !task->assignee_id.empty();
    if (held && keeps(task->assignee_id, asked)) return base::Done{};
    if (!somebody_for(view_, asked, now_)) {
      TRY(call_for(*open, *task, why_nobody(view_, asked, now_)));
    } else if (held) {
      // Somebody else can go on with it, once it is free.
      const Recorded freed = TRY(record(
          workplace_, *open, *task, nullptr,
          "Người được giao không còn làm việc hoặc không còn thẩm quyền; trả về danh sách việc "
          "chung của đơn vị."));
      if (freed == Recorded::changed_meanwhile) ++round_.postponed;
    }
    return base::Done{};
  }

  casework::Workplace& workplace_;
  const CoverageView& view_;
  const Coverage& coverage_;
  Instant now_;
  std::vector<casework::DutyHolder> named_;
  std::set<std::pair<std::string, std::uint32_t>> known_;
  std::map<std::string, std::string> fields_;  // by procedure
  std::size_t followed_ = 0;                   // calls that went to somebody else in this round
  DutyRound round_;
};

}  // namespace

Answer<DutyRound> stand_in(casework::Workplace& workplace, const CoverageView& view, Instant now) {
  return Round{workplace, view, now}.run();
}

StaffMemberPtr duty_holder_of(const CoverageView& view,
                              const std::vector<casework::DutyHolder>& named,
                              const std::string& agency, Instant now, const std::string& called) {
  const auto id = party::AgencyId::parse(agency);
  if (!id) return nullptr;
  std::vector<party::AgencyId> chain{*id};
  const party::Agency* nearest = view.organisation->find(*id);
  if (view.organisation->is_former(agency)) {
    // Whoever goes on with its work; of an agency whose work passed to nobody those above it.
    const party::Agency* heir = view.organisation->heir(agency);
    while (heir == nullptr && nearest != nullptr && nearest->parent.has_value()) {
      heir = view.organisation->heir(nearest->parent->text());
      nearest = view.organisation->find(*nearest->parent);
    }
    nearest = heir;
    if (nearest != nullptr) chain.push_back(nearest->id);
  }
  if (nearest != nullptr) {
    for (const party::Agency* above : view.organisation->ancestors(nearest->id)) {
      chain.push_back(above->id);
    }
  }
  const party::Subject subject{.agency = *id};
  const auto fits = [&](const StaffMemberPtr& member) {
    return member != nullptr && is_there(*member, now) &&
           party::may(member->officer, party::Action::view_dossier, subject, now).allowed;
  };
  // Its head, else its leader; whoever of them was called stays so.
  const auto at_the_head = [&](const party::AgencyId& at) -> StaffMemberPtr {
    const AgencyIndex index = view.coverage->agencies().index_of(at);
    if (index == kNoAgency) return nullptr;
    StaffMemberPtr first;
    for (const party::Role role : {party::Role::head, party::Role::leader}) {
      for (const StaffMemberPtr& one : view.coverage->seats(index).members()) {
        if (one->officer.agency != at || !one->officer.has_role(role) || !fits(one)) continue;
        if (one->officer.id.text == called) return one;
        if (first == nullptr) first = one;
      }
    }
    return first;
  };
  for (const party::AgencyId& at : chain) {
    const auto said = std::ranges::find(named, at.text(), &casework::DutyHolder::agency);
    if (said != named.end()) {
      const StaffMemberPtr member = view.coverage->find_member(said->officer);
      if (fits(member)) return member;
    }
    if (const StaffMemberPtr member = at_the_head(at)) return member;
  }
  return nullptr;
}

}  // namespace insight
