#include "casework/execute.h"

#include <algorithm>

#include "casework/projection.h"
#include "casework/succession.h"

namespace casework {

namespace {

constexpr int kAttempts = 5;

RevisionOf revisions_of(Workplace& workplace) {
  return [&workplace](const std::string& pin) { return workplace.publications.pinned(pin); };
}

// The revision that the dossier pins once these have happened.
Answer<ProcedurePtr> revision_after(Workplace& workplace, const ProcedurePtr& before,
                                    const std::vector<dossier::NewEvent>& events) {
  for (const dossier::NewEvent& one : events) {
    const auto* changed = std::get_if<dossier::RevisionChanged>(&one.event);
    if (changed != nullptr) return TRY_AS_FAILURE(workplace.publications.pinned(changed->to));
  }
  return before;
}

// The answer that the first request with this key got: the dossier as it was then.
Answer<CommandDone> repeat(Workplace& workplace, const RequestRecord& record,
                           const RequestKey& request) {
  if (record.hash != request.hash) return key_reused_failure();
  auto loaded = TRY_AS_FAILURE(workplace.store.load(record.dossier_id));
  if (!loaded.has_value()) return key_reused_failure();
  ProcedurePtr procedure = TRY_AS_FAILURE(workplace.publications.pinned(loaded->row.digest));
  const auto events = TRY_AS_FAILURE(workplace.store.events(record.dossier_id, record.version));
  // What it was then is gone where its content was erased: then the answer is what it is now.
  const bool erased = std::ranges::any_of(events, is_erased);
  CommandDone done{.id = record.dossier_id,
                   .dossier = TRY_AS_FAILURE(erased ? read_loaded(*procedure, *loaded)
                                                    : fold(revisions_of(workplace), events)),
                   .procedure = procedure,
                   .number = {}};
  done.procedure = TRY_AS_FAILURE(workplace.publications.pinned(done.dossier.digest));
  if (!events.empty()) done.number = events.back().number;
  return done;
}

// Nothing has happened since that version but time itself: a warning or a mark of the system is no
// reason to refuse what somebody has just typed.
Answer<bool> only_time_passed(Workplace& workplace, const OpenDossier& open, std::int64_t version) {
  if (version > open.dossier.version || version < 1) return false;
  const auto events = TRY_AS_FAILURE(workplace.store.events(open.id, open.dossier.version));
  for (const StoredEvent& one : events) {
    if (one.sequence <= version) continue;
    const bool mark =
        one.actor.kind == dossier::ActorKind::system &&
        (one.type == "due_soon" || one.type == "due_passed" || one.type == "pause_overran" ||
         one.type == "apology_drafted" || one.type == "hand_over_late" ||
         one.type == "silence_took_effect" || one.type == "task_assigned");
    if (!mark) return false;
  }
  return true;
}

struct Stored {
  CommandDone done;
  bool retry = false;
};

Answer<Stored> store(Workplace& workplace, const std::string& id, const ProcedurePtr& procedure,
                     const Decided& decided, const dossier::Circumstances& around,
                     const RequestKey& request) {
  const dossier::Actor& actor = around.actor;
  const Instant at = around.now;
  const Commit commit = project(id, decided, around, request);
  auto committed = workplace.store.commit(commit);
  if (committed) {
    CommandDone done{.id = id, .dossier = decided.before, .procedure = procedure, .number = {}};
    std::size_t numbers = 0;
    for (const dossier::NewEvent& one : decided.events) {
      dossier::EventRecord record{.sequence = done.dossier.version + 1,
                                  .at = at,
                                  .actor = actor,
                                  .number = {},
                                  .event = one.event};
      if (one.number.has_value()) record.number = committed->numbers.at(numbers++);
      done.number = record.number;
      dossier::apply(*procedure, done.dossier, record);
    }
    return Stored{std::move(done), false};
  }
  switch (committed.error().failure) {
    case CommitFailure::conflict:
      return Stored{{}, true};
    case CommitFailure::repeated: {
      const auto record = TRY_AS_FAILURE(workplace.store.find_request(request));
      if (!record.has_value()) return key_reused_failure();
      return Stored{TRY(repeat(workplace, *record, request)), false};
    }
    case CommitFailure::backwards:
      return fail(FailureKind::unavailable, "clock-went-backwards",
                  {"Đồng hồ của máy chủ đang sớm hơn thời điểm ghi nhận gần nhất. Hãy báo quản trị "
                   "viên chỉnh lại giờ.",
                   "The server's clock is before the last recorded moment. Tell the administrator "
                   "to set the right time."});
    case CommitFailure::fault:
      break;
  }
  return base::Failure{failure_from(committed.error().fault)};
}

}  // namespace

namespace {

// The moment in milliseconds, then 80 random bits: rows of one time lie side by side in the store.
std::string new_dossier_id(Workplace& workplace, Instant now) {
  constexpr char kHex[] = "0123456789abcdef";
  const auto since = static_cast<std::uint64_t>(now.time_since_epoch().count());
  std::string id;
  for (unsigned shift = 44;; shift -= 4) {
    id += kHex[(since >> shift) & 0xFU];
    if (shift == 0) break;
  }
  return id + base::random_hex(workplace.random, 10);
}

}  // namespace

base::Failure<Failure> in_flight_failure() {
  return fail(FailureKind::key_in_flight, "request-in-flight",
              {"Yêu cầu này đang được xử lý. Hãy chờ giây lát rồi gửi lại cùng khóa.",
               "This request is being worked on. Wait a moment and send it again with the same "
               "key."});
}

base::Failure<Failure> key_reused_failure() {
  return fail(FailureKind::key_reused, "idempotency-key-reused",
              {"Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.",
               "This Idempotency-Key was used for another request. Use a new key."});
}

InFlight::InFlight(RequestsInFlight& requests, RequestKey request)
    : requests_(requests), request_(std::move(request)), mine_(requests_.begin(request_)) {}
InFlight::~InFlight() {
  if (mine_) requests_.end(request_);
}

dossier::Actor actor_of(const party::Officer& officer) {
  return {.kind = dossier::ActorKind::officer,
          .id = officer.id.text,
          .name = officer.name,
          .agency = officer.agency.text()};
}

dossier::Actor actor_of(const party::Officer* officer, const dossier::Dossier& dossier) {
  if (officer != nullptr) return actor_of(*officer);
  return {
      .kind = dossier::ActorKind::citizen, .id = {}, .name = dossier.applicant.name, .agency = {}};
}

Answer<OpenDossier> open_dossier(Workplace& workplace, const std::string& id_or_code) {
  auto loaded = TRY_AS_FAILURE(workplace.store.load(id_or_code));
  if (!loaded.has_value()) {
    const auto id = TRY_AS_FAILURE(workplace.store.find_by_code(id_or_code));
    if (id.has_value()) loaded = TRY_AS_FAILURE(workplace.store.load(*id));
  }
  if (!loaded.has_value()) {
    return fail(FailureKind::not_found, "dossier-not-found",
                {"Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ.",
                 "There is no such dossier. Check the code."});
  }
  ProcedurePtr procedure = TRY_AS_FAILURE(workplace.publications.pinned(loaded->row.digest));
  return OpenDossier{.id = loaded->row.id,
                     .dossier = TRY_AS_FAILURE(read_loaded(*procedure, *loaded)),
                     .procedure = procedure};
}

Answer<CommandDone> execute(Workplace& workplace, const CommandRequest& command,
                            const Decider& decide) {
  const InFlight in_flight(workplace.in_flight, command.request);
  if (!in_flight.mine()) return in_flight_failure();
  if (const auto before = TRY_AS_FAILURE(workplace.store.find_request(command.request))) {
    return repeat(workplace, *before, command.request);
  }
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    OpenDossier open = TRY(open_dossier(workplace, command.dossier));
    if (command.if_match.has_value() && *command.if_match != open.dossier.version &&
        !TRY(only_time_passed(workplace, open, *command.if_match))) {
      Failure stale{
          FailureKind::stale,
          "stale",
          {"Hồ sơ đã được người khác thay đổi sau khi bạn mở. Hãy tải lại để xem thay đổi "
           "rồi thực hiện lại.",
           "Somebody changed the dossier after you opened it. Reload to see the change, "
           "then do it again."},
          {}};
      stale.version = open.dossier.version;
      return base::Failure{std::move(stale)};
    }
    // What is said of it now would stay for ever: content is erased once.
    if (open.dossier.erased) {
      return base::Failure{failure_from(dossier::Objection{dossier::Refusal::already_erased, {}})};
    }
    const Instant now = TRY(workplace.clock.next());
    ResolvedCalendar counted_by =
        workplace.calendars.resolve(workplace.acting(open.dossier.agency));
    const dossier::Circumstances around{
        .procedure = *open.procedure,
        .calendar = std::move(counted_by.calendar),
        .actor = actor_of(command.officer, open.dossier),
        .now = now,
        .time_rules = workplace.time_rules.on(calendar::local_date(now)),
        .calendar_versions = std::move(counted_by.versions)};
    Decided decided{.before = std::move(open.dossier), .events = {}};
    decided.events = TRY(decide(decided.before, around));
    count_under_heirs(workplace.organisation, decided.events);
    const ProcedurePtr after = TRY(revision_after(workplace, open.procedure, decided.events));
    const dossier::Circumstances then{.procedure = *after,
                                      .calendar = around.calendar,
                                      .actor = around.actor,
                                      .now = around.now,
                                      .time_rules = around.time_rules,
                                      .calendar_versions = around.calendar_versions};
    Stored stored = TRY(store(workplace, open.id, after, decided, then, command.request));
    if (!stored.retry) return std::move(stored.done);
  }
  return base::Failure{failure_from(base::Fault{base::FaultCode::conflict, "too many rivals"})};
}

Answer<CommandDone> execute_new(Workplace& workplace, const RequestKey& request,
                                ProcedurePtr procedure, const dossier::Actor& actor,
                                const std::string& agency, const Decider& decide) {
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  if (const auto before = TRY_AS_FAILURE(workplace.store.find_request(request))) {
    return repeat(workplace, *before, request);
  }
  const Instant now = TRY(workplace.clock.next());
  ResolvedCalendar counted_by = workplace.calendars.resolve(agency);
  const dossier::Circumstances around{
      .procedure = *procedure,
      .calendar = std::move(counted_by.calendar),
      .actor = actor,
      .now = now,
      .time_rules = workplace.time_rules.on(calendar::local_date(now)),
      .calendar_versions = std::move(counted_by.versions)};
  Decided decided;
  decided.events = TRY(decide(decided.before, around));
  const std::string id = new_dossier_id(workplace, now);
  Stored stored = TRY(store(workplace, id, procedure, decided, around, request));
  if (stored.retry) {
    return base::Failure{failure_from(base::Fault{base::FaultCode::conflict, "an id came twice"})};
  }
  return std::move(stored.done);
}

}  // namespace casework
