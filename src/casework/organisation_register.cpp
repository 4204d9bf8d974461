#include "casework/organisation_register.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "casework/definition_kinds.h"
#include "casework/organisation_json.h"
#include "party/organisation_csv.h"

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

void OrganisationRegister::put(const OrganisationStatePtr& state) const {
  const Date day = today_();
  auto next = std::make_unique<const Snapshot>(Snapshot{
      .day = {std::make_shared<const party::Organisation>(state->history.at(day)), state, day},
      .state = state,
      .span = state->history.span_of(day)});
  const std::scoped_lock lock(mutex_);
  // A slower reader does not put back what a faster one has seen.
  if (snapshot_ != nullptr && state->version < snapshot_->state->version) return;
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
  return *current().day.organisation();
}

OrganisationStatePtr OrganisationRegister::state() const {
  return current().state;
}

OrganisationPtr OrganisationRegister::on(Date on) const {
  const Snapshot& now = current();
  if (covers(now.span, on)) return now.day.organisation();
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

void OrganisationRegister::place(party::Officer& officer) const {
  current().day.place(officer, today_());
}

void OrganisationRegister::add_mandates(party::Officer& officer) const {
  current().day.add_mandates(officer);
}

OrganisationDay OrganisationRegister::day(Date on) const {
  const OrganisationStatePtr now = state();
  return {this->on(on), now, on};
}

void OrganisationRegister::dress_at(party::Officer& officer, Instant at,
                                    const Entrust& entrust) const {
  const Date date = calendar::local_date(at);
  const OrganisationStatePtr then = as_registered(at);
  const OrganisationDay day(std::make_shared<const party::Organisation>(then->history.at(date)),
                            then, date);
  day.dress(officer, date, entrust);
}

}  // namespace casework
