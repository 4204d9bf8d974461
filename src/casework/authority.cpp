#include "casework/authority.h"

#include <algorithm>
#include <map>
#include <optional>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "casework/authority_gate.h"
#include "casework/authority_json.h"
#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "party/standing.h"

namespace casework {

namespace {

using party::AuthorityEntry;
using party::AuthorityProblem;
using party::AuthorityProblems;

constexpr int kPage = 500;
constexpr int kAttempts = 5;
constexpr const char* kAll = "all";

// The same request makes the same record, whoever repeats it when.
std::string id_of(const RequestKey& request) {
  return "tq-" + base::to_hex(base::sha256(request.actor + '\n' + request.key)).substr(0, 20);
}

Failure failure_from(const AuthorityProblems& problems) {
  Failure failure{FailureKind::unprocessable,
                  "authority-not-valid",
                  {"Chưa ghi nhận được. Hãy sửa các mục được đánh dấu; chưa có gì thay đổi.",
                   "It was not recorded. Mend the marked members; nothing changed."},
                  {}};
  for (const AuthorityProblem& one : problems) {
    if (party::is_note(one.fault)) continue;
    failure.problems.push_back({.field = one.field,
                                .page = {},
                                .code = form::ProblemCode::bad_format,
                                .severity = form::Severity::error,
                                .message = one.message});
  }
  return failure;
}

DefinitionRow row_of(const AuthorityEntry& entry, std::int64_t version, Instant at,
                     const dossier::Actor& actor, const std::string& hash) {
  DefinitionRow row;
  row.kind = definition::kAuthority;
  row.key = entry.id;
  row.version = version;
  row.at = at;
  row.actor = actor;
  row.digest = hash;
  row.body = base::to_text(authority_json(entry));
  return row;
}

// The version that the next change of the record has.
base::Outcome<std::int64_t> next_version(Workplace& workplace, const std::string& id) {
  const auto last = TRY(workplace.store.find_definition(definition::kAuthority, id, 0));
  return last.has_value() ? last->version + 1 : 1;
}

// False: somebody else recorded something since `judged_by` was what is known.
base::Outcome<bool> append(Workplace& workplace, std::vector<DefinitionRow> rows,
                           const std::shared_ptr<const party::AuthorityRegister>& judged_by) {
  const auto last = TRY(workplace.store.find_definition(definition::kAuthorityChange, kAll, 0));
  DefinitionRow change;
  change.kind = definition::kAuthorityChange;
  change.key = kAll;
  change.version = last.has_value() ? last->version + 1 : 1;
  change.at = rows.front().at;
  change.actor = rows.front().actor;
  change.body = base::to_text(
      base::json::object{{"record", rows.front().key}, {"version", rows.front().version}});
  // What was recorded after we looked has to be seen before this is judged.
  TRY(workplace.authority->refresh(workplace.store));
  if (workplace.authority->now() != judged_by) return false;
  rows.push_back(std::move(change));
  const auto saved = workplace.store.save_definitions(rows);
  if (!saved && saved.error().code == base::FaultCode::conflict) return false;
  TRY(saved);
  TRY(workplace.authority->refresh(workplace.store));
  return true;
}

base::Failure<Failure> not_found() {
  return fail(FailureKind::not_found, "authority-not-found",
              {"Không có bản ghi phân quyền, ủy quyền này.",
               "There is no such grant, delegation or absence."});
}

// That version of it, when a request with this key made it before.
Answer<std::optional<RecordedAuthority>> made_before(Workplace& workplace, const std::string& id,
                                                     std::int64_t version,
                                                     const RequestKey& request) {
  const auto row =
      TRY_AS_FAILURE(workplace.store.find_definition(definition::kAuthority, id, version));
  if (!row.has_value()) return std::optional<RecordedAuthority>{};
  if (row->digest != request.key + '/' + request.hash) return key_reused_failure();
  return std::optional{
      RecordedAuthority{.entry = TRY_AS_FAILURE(read_authority(row->body)), .notes = {}}};
}

// A revocation that a request with this key recorded before.
Answer<std::optional<RecordedAuthority>> revoked_before(Workplace& workplace, const std::string& id,
                                                        const RequestKey& request) {
  for (const DefinitionRow& row :
       TRY_AS_FAILURE(workplace.store.definition_history(definition::kAuthority, id))) {
    // With another body the key is another request's: made_before() says so.
    const bool made = row.version > 1 && row.digest.starts_with(request.key + '/');
    if (made) return made_before(workplace, id, row.version, request);
  }
  return std::optional<RecordedAuthority>{};
}

// Without what its kind has nothing to do with: the gate judges what will be recorded.  Who names
// nobody speaks of his own absence.
AuthorityEntry normalised(AuthorityEntry draft, const party::Officer& by) {
  switch (draft.kind) {
    case party::AuthorityKind::grant:
      draft.from_officer = {};
      draft.from_agency.reset();
      break;
    case party::AuthorityKind::decentralisation:
      draft.from_officer = {};
      draft.to_officer = {};
      break;
    case party::AuthorityKind::absence:
      draft.from_agency.reset();
      if (draft.from_officer.text.empty()) draft.from_officer = by.id;
      break;
    case party::AuthorityKind::delegation:
      break;
  }
  return draft;
}

AuthorityProblems notes_of(AuthorityProblems problems) {
  std::erase_if(problems, [](const AuthorityProblem& one) { return !party::is_note(one.fault); });
  return problems;
}

base::Failure<Failure> too_many_rivals() {
  return base::Failure{
      casework::failure_from(base::Fault{base::FaultCode::conflict, "too many rivals"})};
}

}  // namespace

std::shared_ptr<const party::AuthorityRegister> AuthorityRecords::now() const {
  const std::scoped_lock lock(mutex_);
  return now_;
}

base::Outcome<bool> AuthorityRecords::refresh(Store& store) {
  const std::int64_t sequence = TRY(store.definitions_sequence());
  {
    const std::scoped_lock lock(mutex_);
    if (sequence == sequence_) return false;
  }
  const auto last = TRY(store.find_definition(definition::kAuthorityChange, kAll, 0));
  const std::int64_t changes = last.has_value() ? last->version : 0;
  {
    const std::scoped_lock lock(mutex_);
    if (changes <= changes_) {
      sequence_ = std::max(sequence_, sequence);
      return false;
    }
  }
  std::vector<AuthorityEntry> entries;
  for (std::string after;;) {
    const auto rows = TRY(store.definitions(
        {.kind = definition::kAuthority, .key_prefix = {}, .after_key = after, .limit = kPage}));
    for (const DefinitionRow& row : rows) entries.push_back(TRY(read_authority(row.body)));
    if (rows.size() < static_cast<std::size_t>(kPage)) break;
    after = rows.back().key;
  }
  auto fresh = std::make_shared<const party::AuthorityRegister>(
      party::AuthorityRegister::build(std::move(entries)));
  const std::scoped_lock lock(mutex_);
  // A slower reader does not put back what a faster one has seen.
  sequence_ = std::max(sequence_, sequence);
  if (changes > changes_) {
    changes_ = changes;
    now_ = std::move(fresh);
  }
  return true;
}

party::AuthorityWorld authority_world(const Workplace& workplace, Instant now) {
  // Whoever is asked for stays as he is as long as the world is used.
  auto asked = std::make_shared<std::map<std::string, std::optional<party::Officer>>>();
  return {
      .officer = [&workplace, asked](const party::OfficerId& id) -> const party::Officer* {
        const auto found = asked->find(id.text);
        if (found != asked->end()) return found->second ? &*found->second : nullptr;
        std::optional<party::Officer> officer;
        if (const OfficerAccountPtr account = workplace.officers.find(id.text)) {
          officer = workplace.officers.as_now(account->officer);
        }
        const auto& kept = asked->emplace(id.text, std::move(officer)).first->second;
        return kept ? &*kept : nullptr;
      },
      .agency = [&workplace](const party::AgencyId& id) { return workplace.organisation.find(id); },
      .field_of = [&workplace](std::string_view code) -> std::optional<std::string> {
        const auto revisions = workplace.publications.revisions(std::string{code});
        if (revisions.empty()) return std::nullopt;
        return revisions.back().card.field.vi;
      },
      // As it is looked for: in any case and with its marks composed or apart.
      .known_field = [&workplace](std::string_view said) -> std::optional<std::string> {
        const std::string wanted = base::to_nfc(base::to_one_line(said));
        const std::string folded = base::fold_for_search(wanted);
        std::optional<std::string> alike;
        for (const procedure::CardPtr& card : workplace.publications.all()) {
          if (card->field.vi == wanted) return wanted;
          if (base::fold_for_search(card->field.vi) == folded) alike = card->field.vi;
        }
        return alike;
      },
      .now = now};
}

Answer<RecordedAuthority> preview_authority(Workplace& workplace, const party::Officer& by,
                                            AuthorityEntry draft) {
  const Instant now = workplace.clock.now();
  draft = normalised(std::move(draft), by);
  TRY(may_record(workplace, by, draft, now));
  draft.passes_on_at = passes_on_at(workplace, by, draft, now);
  const auto entries = workplace.authority->now();
  auto checked = party::check(std::move(draft), *entries, authority_world(workplace, now));
  return RecordedAuthority{.entry = std::move(checked.entry), .notes = std::move(checked.problems)};
}

Answer<RecordedAuthority> record_authority(Workplace& workplace, const party::Officer& by,
                                           AuthorityEntry draft, const RequestKey& request) {
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  const std::string id = id_of(request);
  if (auto before = TRY(made_before(workplace, id, 1, request))) return *std::move(before);
  draft = normalised(std::move(draft), by);
  const std::scoped_lock lock(workplace.authority->changing());
  TRY_AS_FAILURE(workplace.authority->refresh(workplace.store));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const Instant now = TRY(workplace.clock.next());
    const party::Officer officer = workplace.officers.as_now(by);
    TRY(may_record(workplace, officer, draft, now));
    draft.passes_on_at = passes_on_at(workplace, officer, draft, now);
    const auto entries = workplace.authority->now();
    auto checked = party::check(draft, *entries, authority_world(workplace, now));
    if (party::has_errors(checked.problems)) {
      return base::Failure{failure_from(checked.problems)};
    }
    AuthorityEntry& entry = checked.entry;
    entry.id = id;
    entry.recorded_at = now;
    entry.recorded_by = by.id;
    entry.recorded_by_name = by.name;
    const std::string hash = request.key + '/' + request.hash;
    if (TRY_AS_FAILURE(append(workplace, {row_of(entry, 1, now, actor_of(by), hash)}, entries))) {
      return RecordedAuthority{.entry = std::move(entry),
                               .notes = notes_of(std::move(checked.problems))};
    }
  }
  return too_many_rivals();
}

Answer<RecordedAuthority> revoke_authority(Workplace& workplace, const party::Officer& by,
                                           const std::string& id, party::Revocation revocation,
                                           const RequestKey& request) {
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  const std::scoped_lock lock(workplace.authority->changing());
  TRY_AS_FAILURE(workplace.authority->refresh(workplace.store));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto entries = workplace.authority->now();
    const AuthorityEntry* found = entries->find(id);
    const Instant now = TRY(workplace.clock.next());
    const party::Officer officer = workplace.officers.as_now(by);
    if (found == nullptr || !may_see(workplace, officer, *found, now)) return not_found();
    TRY(may_revoke(workplace, officer, *found, now));
    if (auto before = TRY(revoked_before(workplace, id, request))) return *std::move(before);
    AuthorityEntry entry = *found;
    revocation.recorded_at = now;
    revocation.recorded_by = by.id;
    revocation.recorded_by_name = by.name;
    AuthorityProblems problems = party::check_revocation(entry, revocation, *entries);
    if (party::has_errors(problems)) return base::Failure{failure_from(problems)};
    entry.revocation = revocation;
    const std::string hash = request.key + '/' + request.hash;
    const std::int64_t version = TRY_AS_FAILURE(next_version(workplace, id));
    if (TRY_AS_FAILURE(
            append(workplace, {row_of(entry, version, now, actor_of(by), hash)}, entries))) {
      return RecordedAuthority{.entry = std::move(entry), .notes = notes_of(std::move(problems))};
    }
  }
  return too_many_rivals();
}

namespace {

// He left.  An account that was disabled for not being used is no reason: whoever it is of keeps
// his post.
bool has_left(const OfficerAccount& account, Instant now) {
  if (!account.active && !account.only_unused) return true;
  const std::optional<calendar::Date>& last = account.officer.active_to;
  return last.has_value() && *last < calendar::local_date(now);
}

// What its giver, as he stands now, still has of the roles that it is about.
std::vector<party::Role> what_stands(const Workplace& workplace,
                                     const party::AuthorityRegister& entries,
                                     const AuthorityEntry& entry, Instant now) {
  const OfficerAccountPtr account = workplace.officers.find(entry.from_officer.text);
  // An account that another program has made since this one started is no reason.
  if (account == nullptr) return entry.all_roles();
  if (has_left(*account, now)) return {};
  return party::roles_left(entry, account->officer, entries, now);
}

// Who is away and is one thing less stays away, and his deputy what he is: the same absence, about
// what is left.
AuthorityEntry reduced(const AuthorityEntry& absence, std::vector<party::Role> roles, Instant now) {
  AuthorityEntry entry = absence;
  entry.id = "tq-" + base::to_hex(base::sha256("reduced\n" + absence.id)).substr(0, 20);
  entry.roles = std::move(roles);
  entry.recorded_at = now;
  entry.recorded_by = {};
  entry.recorded_by_name.clear();
  return entry;
}

}  // namespace

namespace {

// True: what its giver no longer has was ended.
base::Outcome<bool> end_if_lost(Workplace& workplace, const std::string& id) {
  const auto entries = workplace.authority->now();
  const AuthorityEntry* one = entries->find(id);
  const Instant now = workplace.clock.now();
  const bool gives = one != nullptr && (one->kind == party::AuthorityKind::delegation ||
                                        one->kind == party::AuthorityKind::absence);
  if (!gives || one->from_officer.text.empty() || !one->agency.has_value()) return false;
  if (entries->effective(*one).until <= now) return false;
  std::vector<party::Role> left = what_stands(workplace, *entries, *one, now);
  if (left == one->all_roles()) return false;
  const bool some = one->kind == party::AuthorityKind::absence && !left.empty();
  AuthorityEntry entry = *one;
  entry.revocation = party::Revocation{
      .at = now,
      .act = {},
      .reason = some ? "Người nghỉ thôi giữ một phần vai trò; phần còn lại được ghi nhận lại"
                     : "Người giao quyền không còn giữ chức vụ này",
      .recorded_at = now,
      .recorded_by = {},
      .recorded_by_name = {}};
  // It may have been revoked for a later moment already.
  const std::int64_t version = TRY(next_version(workplace, id));
  std::vector<DefinitionRow> rows{row_of(entry, version, now, dossier::Actor{}, "post/" + one->id)};
  if (some) {
    AuthorityEntry rest = reduced(*one, std::move(left), now);
    // An end that was said of the whole is that of what is left.
    if (one->revocation.has_value()) {
      rest.period.until = std::min(rest.period.until, one->revocation->counts_from());
      rest.revocation.reset();
    }
    rows.push_back(row_of(rest, 1, now, dossier::Actor{}, "post/" + one->id));
  }
  return append(workplace, std::move(rows), entries);
}

}  // namespace

base::Outcome<int> end_what_lost_its_post(Workplace& workplace) {
  const std::scoped_lock lock(workplace.authority->changing());
  int ended = 0;
  const auto entries = workplace.authority->now();
  for (const AuthorityEntry& one : entries->entries()) {
    if (TRY(end_if_lost(workplace, one.id))) ++ended;
  }
  return ended;
}

}  // namespace casework
