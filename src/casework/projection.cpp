#include "casework/projection.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "base/text.h"
#include "calendar/working_time.h"
#include "casework/file_address.h"
#include "casework/message.h"
#include "dossier/dossier_clock.h"
#include "dossier/dossier_json.h"
#include "dossier/event_json.h"
#include "dossier/passing_time.h"
#include "dossier/status.h"

namespace casework {

namespace {

std::string searchable(const procedure::Procedure& procedure, const dossier::Dossier& dossier) {
  const dossier::Person& one = dossier.applicant;
  std::string text = one.name + ' ' + one.phone + ' ' + one.personal_id + ' ' + one.tax_code;
  if (dossier.on_behalf_of.has_value()) {
    text += ' ' + dossier.on_behalf_of->name + ' ' + dossier.on_behalf_of->personal_id;
  }
  text += ' ' + procedure.name.vi + ' ' + procedure.code;
  // Names in the form (the child, the spouse, the household's name) are what people ask for.
  for (const form::Page& page : procedure.form.pages) {
    for (const form::Field& field : page.fields) {
      const bool name_like =
          field.type == form::FieldType::text && field.personal_data != form::PersonalData::no;
      if (!name_like && field.type != form::FieldType::personal_id) continue;
      const auto* answer = dossier.answers.if_contains(field.id);
      if (answer != nullptr && answer->is_string()) {
        text += ' ';
        text.append(answer->get_string().data(), answer->get_string().size());
      }
    }
  }
  return base::fold_for_search(text);
}

bool changes_search(const dossier::Event& event) {
  return std::holds_alternative<dossier::Filed>(event) ||
         std::holds_alternative<dossier::Corrected>(event) ||
         std::holds_alternative<dossier::Supplemented>(event) ||
         std::holds_alternative<dossier::ReturnPlaceChanged>(event);
}

std::optional<PaymentRow> payment_of(const dossier::Dossier& dossier, const dossier::Event& event,
                                     const dossier::Actor& actor) {
  const bool refund = std::holds_alternative<dossier::RefundRecorded>(event);
  if (!refund && !std::holds_alternative<dossier::PaymentRecorded>(event)) return std::nullopt;
  const dossier::Payment& payment = dossier.payments.back();
  return PaymentRow{.receipt = payment.receipt,
                    .kind = refund ? "refund" : "payment",
                    .amount = payment.amount,
                    .method = payment.method,
                    .reason = payment.reason,
                    .cashier_id = actor.id,
                    .cashier_name = actor.name,
                    .agency = actor.agency,
                    .at = payment.at};
}

void fill_row(DossierRow& row, const procedure::Procedure& procedure,
              const dossier::Dossier& dossier) {
  row.version = dossier.version;
  row.procedure = dossier.procedure;
  row.digest = dossier.digest;
  row.agency = dossier.agency;
  row.receiving_agency = dossier.receiving_agency;
  row.returning_agency = dossier.returning_agency;
  row.status = static_cast<int>(dossier::status_of(procedure, dossier));
  row.channel = dossier.channel;
  row.applicant = dossier.applicant.name;
  row.applicant_id = !dossier.applicant.personal_id.empty() ? dossier.applicant.personal_id
                                                            : dossier.applicant.tax_code;
  row.filed_at = dossier.filed_at;
  row.received_at = dossier.received_at;
  row.due_at = dossier.due_at;
  row.finished_at = dossier.finished_at;
  row.paused = dossier.is_paused();
  row.closed = dossier.is_closed();
  if (!dossier.tasks.empty()) {
    row.step = dossier.tasks.front().step;
    row.holder = dossier.tasks.front().assignee_name;
  }
}

// Papers and results to be handed over or taken over, in the inbox of the counter that has to.
void add_transports(Commit& commit, const dossier::Dossier& state) {
  for (const dossier::Transport& one : state.transports) {
    if (!one.is_open() || one.number >= kTransportsMax) continue;
    const bool waits = one.state == dossier::TransportState::waiting;
    commit.tasks.push_back(
        {.activity = kTransportActivities + one.number,
         .step = waits ? "hand_over" : "take_over",
         .action = waits ? "hand_over" : "take_over",
         .agency = waits ? one.from : one.to,
         .role = std::string{party::name(party::Role::reception)},
         .assignee_id = {},
         .assignee_name = {},
         .opened_at = waits ? one.opened_at : one.handed_at.value_or(one.opened_at),
         .due_at = one.due_at});
  }
}

// What the agency's leader has to do about time, in his inbox like any other task.
void add_duties(Commit& commit, const dossier::Dossier& state,
                const dossier::Circumstances& around) {
  const auto add = [&](std::uint32_t activity, const char* step, const char* action, Instant since,
                       std::optional<Instant> due) {
    commit.tasks.push_back({.activity = activity,
                            .step = step,
                            .action = action,
                            .agency = state.agency,
                            .role = std::string{party::name(party::Role::leader)},
                            .assignee_id = {},
                            .assignee_name = {},
                            .opened_at = since,
                            .due_at = due});
  };
  if (const dossier::Apology* draft = dossier::pending_apology(state)) {
    add(kApologyActivity, "apology", "sign_apology", draft->drafted_at,
        calendar::notice_due(*state.due_at, around.time_rules.apology_days, around.calendar));
  }
  if (state.time.escalated && !state.is_closed() && !state.finished_at.has_value()) {
    add(kEscalationActivity, "escalation", "answer_escalation",
        state.time.silence_at.value_or(around.now), std::nullopt);
  }
}

}  // namespace

std::string number_placeholder(const std::string& dossier_id, std::size_t n) {
  return "{{number:" + std::to_string(n) + ":" + dossier_id + "}}";
}

Commit project(const std::string& id, const Decided& decided, const dossier::Circumstances& around,
               const RequestKey& request) {
  const procedure::Procedure& procedure = around.procedure;
  const dossier::Actor& actor = around.actor;
  const Instant at = around.now;
  Commit commit;
  commit.request = request;
  commit.at = at;
  commit.actor = actor;
  commit.expected_version = decided.before.version;
  dossier::Dossier state = decided.before;
  std::size_t numbers = 0;
  bool search_changed = false;
  for (const dossier::NewEvent& one : decided.events) {
    dossier::EventRecord record{
        .sequence = state.version + 1, .at = at, .actor = actor, .number = {}, .event = one.event};
    if (one.number.has_value()) record.number = number_placeholder(id, numbers++);
    dossier::apply(procedure, state, record);
    const base::json::value payload = dossier::payload_of(one.event);
    add_addresses_in(payload, commit.addresses);
    commit.events.push_back({.type = dossier::type_of(one.event),
                             .payload = base::to_text(payload),
                             .number = one.number});
    search_changed = search_changed || changes_search(one.event);
    commit.erases = commit.erases || std::holds_alternative<dossier::ContentErased>(one.event);
    if (auto payment = payment_of(state, one.event, actor)) commit.payments.push_back(*payment);
    if (auto message = message_for(state, one.event)) {
      commit.outbox.push_back({.kind = "mail",
                               .payload = message->payload,
                               .effect = id + "/" + std::to_string(record.sequence)});
    }
  }
  commit.row.id = id;
  commit.row.code = state.code;
  fill_row(commit.row, procedure, state);
  commit.state = dossier::state_text(procedure, state);
  commit.slip_number = state.slip_number;
  for (const dossier::Task& task : state.tasks) {
    const procedure::Step* step = procedure.find_step(task.step);
    commit.tasks.push_back(
        {.activity = task.activity,
         .step = task.step,
         .action = step == nullptr ? "" : std::string{procedure::to_text(step->action)},
         .agency = task.agency,
         .role = task.role,
         .assignee_id = task.assignee_id,
         .assignee_name = task.assignee_name,
         .opened_at = task.opened_at,
         .due_at = task.due_at});
  }
  add_duties(commit, state, around);
  add_transports(commit, state);
  commit.clock = clock_text(state);
  commit.wake_at = dossier::next_wake(state, around);
  std::set<std::string> agencies{state.agency, state.receiving_agency};
  for (const auto& [part, agency] : state.agencies) agencies.insert(agency);
  commit.agencies.assign(agencies.begin(), agencies.end());
  if (search_changed) commit.search_text = searchable(procedure, state);
  if (commit.erases) {
    commit.search_text = base::fold_for_search(procedure.name.vi + ' ' + procedure.code);
  }
  return commit;
}

std::string clock_text(const dossier::Dossier& dossier) {
  const bool runs =
      dossier.received_at.has_value() && !dossier.finished_at.has_value() && !dossier.is_closed();
  return runs ? dossier::to_text(dossier::clock_facts_of(dossier)) : std::string{};
}

base::Outcome<dossier::Dossier> read_loaded(const procedure::Procedure& procedure,
                                            const LoadedDossier& loaded) {
  dossier::Dossier state = TRY(dossier::read_state(procedure, loaded.state));
  state.code = loaded.row.code;
  state.slip_number = loaded.slip_number;
  return state;
}

base::Outcome<dossier::EventRecord> read_record(const StoredEvent& stored) {
  if (is_erased(stored)) {
    return base::fault(base::FaultCode::not_found, "what this event said is erased");
  }
  const base::json::value payload = TRY(base::parse_json(stored.payload));
  dossier::Event event = TRY(dossier::read_event(stored.type, payload));
  return dossier::EventRecord{.sequence = stored.sequence,
                              .at = stored.at,
                              .actor = stored.actor,
                              .number = stored.number,
                              .event = std::move(event)};
}

base::Outcome<dossier::Dossier> fold(const RevisionOf& revisions,
                                     const std::vector<StoredEvent>& events) {
  dossier::Dossier state;
  std::shared_ptr<const procedure::Procedure> procedure;
  for (const StoredEvent& stored : events) {
    const dossier::EventRecord record = TRY(read_record(stored));
    if (const auto* filed = std::get_if<dossier::Filed>(&record.event)) {
      procedure = TRY(revisions(filed->digest));
    } else if (const auto* changed = std::get_if<dossier::RevisionChanged>(&record.event)) {
      procedure = TRY(revisions(changed->to));
    }
    if (procedure == nullptr) {
      return base::fault(base::FaultCode::corrupt, "a dossier whose first event is no filing");
    }
    dossier::apply(*procedure, state, record);
  }
  return state;
}

base::Outcome<dossier::Dossier> fold(const procedure::Procedure& procedure,
                                     const std::vector<StoredEvent>& events) {
  dossier::Dossier state;
  for (const StoredEvent& stored : events) {
    dossier::apply(procedure, state, TRY(read_record(stored)));
  }
  return state;
}

}  // namespace casework
