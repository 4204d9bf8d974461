#include "casework/organisation_register.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "casework/definition_kinds.h"
#include "casework/organisation_json.h"
#include "party/organisation_csv.h"
#include "party/standing.h"

namespace casework {

namespace {

using calendar::Date;

constexpr const char* kKey = "register";
constexpr std::size_t kOtherDaysMax = 8;
constexpr std::size_t kEarlierMax = 8;

bool covers(const party::DaySpan& span, Date on) {
  return (!span.from || *span.from <= on) && (!span.to || on <= *span.to);
}

base::Outcome<Registration> read_registration(const DefinitionRow& row,
                                              const base::json::value& body) {
  Registration registration{.version = row.version, .at = row.at, .actor = row.actor};
  registration.reason = base::string_or(body, "reason");
  registration.preview = base::string_or(body, "preview");
  if (const auto* batch = base::find(body, "batch")) registration.batch = TRY(read_batch(*batch));
  return registration;
}

base::Result<OrganisationState, party::OrganisationProblems> built(
    const party::Organisation& founding, OrganisationState state) {
  auto history = party::OrganisationHistory::build(founding, state.record.changes);
  if (!history) return base::Failure{std::move(history).error()};
  state.history = std::move(history).value();
  auto roster = party::StaffRoster::build(state.history, state.record.staff);
  if (!roster) return base::Failure{std::move(roster).error()};
  state.roster = std::move(roster).value();
  return state;
}

// By which act the work of each agency passed that had passed by that day.
std::map<std::string, party::LegalAct> passing_acts_by(const party::OrganisationHistory& history,
                                                       Date day) {
  std::map<std::string, party::LegalAct> acts;
  for (const party::OrganisationChange& change : history.changes()) {
    if (change.on > day) break;
    for (const party::Passing& one : change.passes) acts[one.from.text()] = change.act;
  }
  return acts;
}

}  // namespace

base::Outcome<std::unique_ptr<OrganisationRegister>> OrganisationRegister::open(
    Store& store, party::Organisation founding, Today today) {
  std::unique_ptr<OrganisationRegister> made(
      new OrganisationRegister(std::move(founding), std::move(today)));
  made->seen_ = TRY(store.definitions_sequence());
  TRY(made->read(store));
  made->turned_ = false;
  return made;
}

base::Outcome<base::Done> OrganisationRegister::read(Store& store) {
  OrganisationState state;
  for (const DefinitionRow& row : TRY(store.definition_history(definition::kOrganisation, kKey))) {
    const base::json::value body = TRY(base::parse_json(row.body));
    if (const auto founding = base::find_string(body, "founding"); founding && row.version == 1) {
      founding_ = TRY(party::parse_organisation_csv(*founding));
    }
    Registration one = TRY(read_registration(row, body));
    party::add(state.record, one.batch);
    state.version = one.version;
    state.registrations.push_back(std::move(one));
  }
  auto whole = built(founding_, std::move(state));
  if (!whole) {
    return base::fault(base::FaultCode::corrupt,
                       "the registered organisation: " + whole.error().front().message.en);
  }
  put(std::make_shared<const OrganisationState>(std::move(whole).value()));
  return base::Done{};
}

void OrganisationRegister::put(OrganisationStatePtr state) const {
  const Date day = today_();
  auto next = std::make_unique<Snapshot>();
  next->organisation = std::make_shared<const party::Organisation>(state->history.at(day));
  next->span = state->history.span_of(day);
  next->passing_acts = passing_acts_by(state->history, day);
  next->state = std::move(state);
  const std::scoped_lock lock(mutex_);
  // Whoever asked for one a moment before it was replaced has a whole day to be done with it.
  std::erase_if(retired_, [&](const Retired& one) { return one.on + std::chrono::days{1} < day; });
  if (snapshot_ != nullptr) retired_.push_back({std::move(snapshot_), day});
  snapshot_ = std::move(next);
  current_.store(snapshot_.get(), std::memory_order_release);
  turned_ = true;
}

// A day that brings a change takes effect with the first question that is asked on it.
const OrganisationRegister::Snapshot& OrganisationRegister::current() const {
  const Snapshot* now = current_.load(std::memory_order_acquire);
  if (covers(now->span, today_())) return *now;
  put(now->state);
  return *current_.load(std::memory_order_acquire);
}

const party::Organisation& OrganisationRegister::today() const {
  return *current().organisation;
}

OrganisationStatePtr OrganisationRegister::state() const {
  return current().state;
}

OrganisationPtr OrganisationRegister::on(Date on) const {
  const Snapshot& now = current();
  if (covers(now.span, on)) return now.organisation;
  const party::DaySpan span = now.state->history.span_of(on);
  const std::string key = span.from ? calendar::to_iso(*span.from) : std::string{};
  {
    const std::scoped_lock lock(mutex_);
    const auto found = other_days_.find(key);
    if (found != other_days_.end() && found->second.first == now.state->version) {
      return found->second.second;
    }
  }
  auto made = std::make_shared<const party::Organisation>(now.state->history.at(on));
  const std::scoped_lock lock(mutex_);
  if (other_days_.size() >= kOtherDaysMax) other_days_.clear();
  other_days_[key] = {now.state->version, made};
  return made;
}

OrganisationStatePtr OrganisationRegister::as_registered(Instant at) const {
  const OrganisationStatePtr now = state();
  if (now->registrations.empty() || now->registrations.back().at <= at) return now;
  OrganisationState then;
  for (const Registration& one : now->registrations) {
    if (one.at > at) break;
    then.version = one.version;
    party::add(then.record, one.batch);
    then.registrations.push_back(one);
  }
  {
    const std::scoped_lock lock(mutex_);
    const auto found = earlier_.find(then.version);
    if (found != earlier_.end()) return found->second;
  }
  const std::int64_t version = then.version;
  auto whole = built(founding_, std::move(then));
  // Every version was whole when it was registered; a release that asks for more tells by today's.
  if (!whole.has_value()) return now;
  auto made = std::make_shared<const OrganisationState>(std::move(whole).value());
  const std::scoped_lock lock(mutex_);
  if (earlier_.size() >= kEarlierMax) earlier_.clear();
  earlier_[version] = made;
  return made;
}

base::Outcome<bool> OrganisationRegister::refresh(Store& store) {
  const std::int64_t sequence = TRY(store.definitions_sequence());
  const Snapshot& before = current();
  if (seen_ != sequence) {
    const auto newest = TRY(store.find_definition(definition::kOrganisation, kKey, 0));
    const std::int64_t version = newest.has_value() ? newest->version : 0;
    if (version != before.state->version) TRY(read(store));
    seen_ = sequence;
  }
  return turned_.exchange(false);
}

base::Result<OrganisationState, party::OrganisationProblems> OrganisationRegister::with(
    const party::OrganisationBatch& batch) const {
  const OrganisationStatePtr before = state();
  OrganisationState next;
  next.version = before->version + 1;
  next.record = before->record;
  const Date today = today_();
  party::OrganisationProblems problems;
  for (const std::string& id : batch.withdrawn) {
    const auto found = std::ranges::find(next.record.changes, id, &party::OrganisationChange::id);
    // What has taken effect is history.
    if (found == next.record.changes.end() || found->on <= today) {
      problems.push_back(party::problem_of(party::OrganisationTrouble::shape, id, id));
    }
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  party::add(next.record, batch);
  return built(founding_, std::move(next));
}

base::Outcome<std::int64_t> OrganisationRegister::save(Store& store, Registration registration,
                                                       std::int64_t expected_version) {
  const auto next = with(registration.batch);
  if (!next) {
    return base::fault(base::FaultCode::invalid, next.error().front().message.en);
  }
  base::json::object said{{"reason", registration.reason},
                          {"preview", registration.preview},
                          {"batch", batch_json(registration.batch)}};
  if (expected_version == 0) said["founding"] = party::to_csv(founding_);
  const std::string body = base::to_text(said);
  TRY(store.save_definitions({{.kind = definition::kOrganisation,
                               .key = kKey,
                               .version = expected_version + 1,
                               .at = registration.at,
                               .actor = registration.actor,
                               .digest = base::to_hex(base::sha256(body)),
                               .body = body}}));
  TRY(refresh(store));
  return expected_version + 1;
}

namespace {

// Signing for an agency ends with the agency: who shall sign for the successor is appointed there.
void end_signing(party::Officer& officer) {
  std::erase(officer.roles, party::Role::leader);
}

Instant begin_of(Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// A second post: his roles there, as long as he has it.
void add_second_post(party::Officer& officer, const party::Post& post) {
  const party::Appointment& one = *post.appointment;
  for (const party::Role role : post.position->roles) {
    officer.mandates.push_back(
        {.id = std::string{party::kSecondPost} + one.agency.text() + "/" + one.position + "/" +
               calendar::to_iso(one.from),
         .kind = party::MandateKind::grant,
         .role = role,
         .agency = one.agency,
         .from = begin_of(one.from),
         .until = post.until ? begin_of(*post.until + std::chrono::days{1}) : Instant::max(),
         .act = one.act});
  }
}

void appoint(party::Officer& officer, const party::StaffRoster& roster, Date day) {
  std::optional<party::Post> main;
  for (const party::Post& post : roster.posts_of(officer.identity_number)) {
    const bool begun = post.appointment->from <= day;
    if (begun && !post.appointment->concurrent) main = post;  // the newest that has begun
  }
  if (!main) return;
  const bool over = main->until && *main->until < day;
  const std::optional<Date>& to = main->appointment->to;
  if (over && to && *to < day) {
    // He left; he did not lose his agency.
    officer.active_to = officer.active_to ? std::min(*officer.active_to, *to) : *to;
  }
  officer.agency = main->appointment->agency;
  officer.position = main->position->title;
  if (!main->position->roles.empty()) officer.roles = main->position->roles;
}

// What he holds at an agency that is no more he holds at its heir as well: of what runs there under
// the old name, and of what comes.
void follow_mandates(party::Officer& officer, const party::Organisation& organisation) {
  const std::size_t held = officer.mandates.size();
  for (std::size_t i = 0; i < held; ++i) {
    if (!organisation.is_former(officer.mandates[i].agency.text())) continue;
    const party::Agency* heir = organisation.heir(officer.mandates[i].agency.text());
    if (heir == nullptr) continue;
    party::Mandate there = officer.mandates[i];
    there.agency = heir->id;
    officer.mandates.push_back(std::move(there));
  }
}

bool reaches_down(party::Role role) {
  return role == party::Role::head || role == party::Role::leader ||
         role == party::Role::supervisor || role == party::Role::administrator;
}

// Who answers for an agency answers for what was below those whose work came to it; and where a
// split named the procedures, their heir has those of the work.
void add_inherited(party::Officer& officer, const party::Organisation& organisation,
                   const std::map<std::string, party::LegalAct>& acts) {
  const auto add = [&](const party::AgencyId& from, party::Role role,
                       const party::ProcedureScope& procedures) {
    const auto act = acts.find(from.text());
    officer.mandates.push_back({.id = "succession/" + from.text(),
                                .kind = party::MandateKind::grant,
                                .role = role,
                                .agency = from,
                                .procedures = procedures,
                                .act = act == acts.end() ? party::LegalAct{} : act->second});
  };
  for (const party::AgencyId& from : officer.takes_over) {
    for (const party::Role role : officer.roles) {
      if (reaches_down(role)) add(from, role, {});
    }
  }
  for (const party::PassedWork& part : organisation.shares(officer.agency)) {
    for (const party::Role role : officer.roles) add(part.from, role, part.procedures);
  }
}

}  // namespace

namespace {

// An organisation of one day, and who holds which post on it.
struct Day {
  const party::Organisation& organisation;
  const party::StaffRoster& roster;
  const std::map<std::string, party::LegalAct>& acts;
  Date date;
};

void place_on(party::Officer& officer, const Day& day) {
  if (!officer.identity_number.empty()) appoint(officer, day.roster, day.date);
  if (day.organisation.is_former(officer.agency.text())) {
    end_signing(officer);
    if (const party::Agency* heir = day.organisation.heir(officer.agency.text())) {
      officer.agency = heir->id;
    }
  }
  officer.takes_over = day.organisation.takes_over(officer.agency);
}

void add_mandates_on(party::Officer& officer, const Day& day) {
  if (!officer.identity_number.empty()) {
    for (const party::Post& post : day.roster.posts_of(officer.identity_number)) {
      if (post.appointment->concurrent) add_second_post(officer, post);
    }
  }
  follow_mandates(officer, day.organisation);
  add_inherited(officer, day.organisation, day.acts);
}

}  // namespace

void OrganisationRegister::place(party::Officer& officer) const {
  const Snapshot& now = current();
  place_on(officer, {*now.organisation, now.state->roster, now.passing_acts, today_()});
}

void OrganisationRegister::add_mandates(party::Officer& officer) const {
  const Snapshot& now = current();
  add_mandates_on(officer, {*now.organisation, now.state->roster, now.passing_acts, today_()});
}

void OrganisationRegister::dress_at(party::Officer& officer, Instant at,
                                    const std::function<void(party::Officer&)>& entrust) const {
  const Date date = calendar::local_date(at);
  const OrganisationStatePtr state = as_registered(at);
  const party::Organisation organisation = state->history.at(date);
  const std::map<std::string, party::LegalAct> acts = passing_acts_by(state->history, date);
  const Day day{organisation, state->roster, acts, date};
  place_on(officer, day);
  entrust(officer);
  add_mandates_on(officer, day);
}

}  // namespace casework
