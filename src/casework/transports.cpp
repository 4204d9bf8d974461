#include "casework/transports.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/gate.h"
#include "casework/hand_over_slips.h"
#include "casework/lists.h"
#include "casework/projection.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using dossier::Transport;
using dossier::TransportState;

constexpr const char* state_name(TransportState state) {
  switch (state) {
    case TransportState::waiting:
      return "waiting";
    case TransportState::travelling:
      return "travelling";
    case TransportState::arrived:
      return "arrived";
    case TransportState::closed:
      return "closed";
  }
  return "";
}

array pieces_json(const std::vector<dossier::Piece>& pieces) {
  array all;
  for (const dossier::Piece& piece : pieces) {
    all.push_back(object{{"component", piece.component},
                         {"name", piece.name},
                         {"count", piece.count},
                         {"original", piece.original}});
  }
  return all;
}

object transport_json(const Workplace& workplace, const Transport& one, Instant now) {
  return {{"number", one.number},
          {"state", state_name(one.state)},
          {"cargo", one.cargo},
          {"from", agency_json(workplace, one.from)},
          {"to", agency_json(workplace, one.to)},
          {"pieces", pieces_json(one.pieces)},
          {"missing", pieces_json(one.missing)},
          {"opened_at", calendar::to_iso(one.opened_at)},
          {"due_at", instant_json(one.due_at)},
          {"late", one.is_open() && one.due_at.has_value() && now > *one.due_at},
          {"handed_at", instant_json(one.handed_at)},
          {"handed_by", one.handed_by},
          {"carrier", one.carrier},
          {"slip", one.slip},
          {"taken_at", instant_json(one.taken_at)},
          {"taken_by", one.taken_by},
          {"note", one.note}};
}

Bilingual name_of(const Workplace& workplace, const std::string& code) {
  const party::Agency* agency = workplace.organisation.find(code);
  if (agency == nullptr) return {code, code};
  return {agency->name.vi, agency->name.en.empty() ? agency->name.vi : agency->name.en};
}

Bilingual cargo_name(const std::string& cargo) {
  if (cargo == dossier::kResult) return {"Kết quả", "The result"};
  return {"Giấy tờ", "The papers"};
}

// "Giấy tờ đang ở A, chờ chuyển đến B."
Bilingual whereabouts_of(const Workplace& workplace, const Transport& one) {
  const Bilingual what = cargo_name(one.cargo);
  const Bilingual from = name_of(workplace, one.from);
  const Bilingual to = name_of(workplace, one.to);
  switch (one.state) {
    case TransportState::waiting:
      return {what.vi + " đang ở " + from.vi + ", chờ chuyển đến " + to.vi + ".",
              what.en + ": at " + from.en + ", to be sent to " + to.en + "."};
    case TransportState::travelling:
      return {what.vi + " đang trên đường từ " + from.vi + " đến " + to.vi + ".",
              what.en + ": on the way from " + from.en + " to " + to.en + "."};
    case TransportState::arrived:
      return {what.vi + " đã đến " + to.vi + ".", what.en + ": arrived at " + to.en + "."};
    case TransportState::closed:
      break;
  }
  return {};
}

}  // namespace

array transports_json(const Workplace& workplace, const dossier::Dossier& dossier) {
  const Instant now = workplace.clock.now();
  array all;
  for (const Transport& one : dossier.transports) {
    all.push_back(transport_json(workplace, one, now));
  }
  return all;
}

array whereabouts_json(const Workplace& workplace, const dossier::Dossier& dossier) {
  array all;
  for (const Transport& one : dossier.transports) {
    if (one.state == TransportState::closed) continue;
    const std::optional<Instant> since = one.state == TransportState::arrived ? one.taken_at
                                         : one.state == TransportState::travelling
                                             ? one.handed_at
                                             : std::optional{one.opened_at};
    all.push_back(object{{"cargo", one.cargo},
                         {"state", state_name(one.state)},
                         {"text", text_json(whereabouts_of(workplace, one))},
                         {"at", instant_json(since)}});
  }
  const bool result_here = dossier.stage == dossier::Stage::finished &&
                           dossier.return_method == "counter" &&
                           dossier.open_transport(dossier::kResult) == nullptr;
  if (result_here) {
    const Bilingual place = name_of(workplace, dossier::return_place(dossier));
    all.push_back(
        object{{"cargo", dossier::kResult},
               {"state", "ready"},
               {"text", text_json({"Kết quả đã có tại " + place.vi + ". Mời bạn đến nhận.",
                                   "The result is ready at " + place.en + "."})},
               {"at", instant_json(dossier.finished_at)}});
  }
  return all;
}

value competence_json(const dossier::Dossier& dossier) {
  if (!dossier.competence.has_value()) return nullptr;
  const dossier::CompetenceNote& note = *dossier.competence;
  return object{{"rule", note.rule},
                {"act", note.act},
                {"article", note.article},
                {"reason", text_json({note.reason.vi, note.reason.en})}};
}

// ------------------------------------------------------------------ lists

namespace {

// At his own counter, or at one where he stands in for somebody.
Answer<base::Done> may_carry(const party::Officer& officer, party::Action action,
                             const std::vector<InboxPlace>& places, Instant now) {
  const party::Verdict own =
      party::may(officer, action, party::Subject{.agency = officer.agency}, now);
  if (own.allowed) return base::Done{};
  for (const InboxPlace& place : places) {
    const auto agency = party::AgencyId::parse(place.agency);
    if (agency && party::may(officer, action, party::Subject{.agency = *agency}, now).allowed) {
      return base::Done{};
    }
  }
  return base::Failure{failure_from(own)};
}

}  // namespace

Answer<object> transport_list_json(Workplace& workplace, const party::Officer& officer,
                                   TransportSide side, const std::string& cursor, int limit) {
  const bool sends = side == TransportSide::to_hand_over;
  const Instant now = workplace.clock.now();
  InboxQuery query;
  query.places = places_of(workplace, officer, now);
  TRY(may_carry(officer, sends ? party::Action::hand_over : party::Action::take_over, query.places,
                now));
  query.officer = officer.id.text;
  query.agency = officer.agency.text();
  query.roles = {std::string{party::name(party::Role::reception)}};
  query.state = sends ? "to_hand_over" : "to_take_over";
  query.now = now;
  query.soon = now;
  query.cursor = cursor;
  query.limit = std::clamp(limit, 1, 100);
  const InboxPage page = TRY_AS_FAILURE(workplace.store.inbox(query));
  array items;
  for (const InboxRow& row : page.rows) {
    const auto open = open_dossier(workplace, row.dossier.id);
    if (!open) continue;
    const Transport* one =
        is_transport(row.task.activity)
            ? open->dossier.find_transport(row.task.activity - kTransportActivities)
            : nullptr;
    if (one == nullptr) continue;
    items.push_back(object{{"dossier", row_json(workplace, row.dossier, now)},
                           {"transport", transport_json(workplace, *one, now)}});
  }
  return object{
      {"items", std::move(items)},
      {"next_cursor", page.next_cursor.empty() ? value(nullptr) : value(page.next_cursor)}};
}

// ------------------------------------------------------------------ single deeds

namespace {

using party::Action;

party::Verdict at_counter(const party::Officer& officer, Action action,
                          const procedure::Procedure& procedure, const dossier::Dossier& dossier,
                          const std::string& agency, Instant at) {
  dossier::Task there;
  there.agency = agency;
  return may_act(officer, action, procedure, dossier, &there, at);
}

base::Failure<Failure> officers_only() {
  return fail(FailureKind::unauthenticated, "sign-in-required",
              {"Chỉ cán bộ đã đăng nhập mới thực hiện được việc này. Hãy đăng nhập.",
               "Only an officer who is signed in can do this. Sign in."});
}

// A command about one transport, where `gate` lets the officer give it; of a transport that is none
// the decision says so.
template <class Command, class Gate>
Answer<CommandDone> on_transport(Workplace& workplace, const CommandRequest& request,
                                 const Command& command, const Gate& gate) {
  if (request.officer == nullptr) return officers_only();
  return execute(
      workplace, request,
      [&](const dossier::Dossier& state,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        if (const Transport* one = state.find_transport(command.transport)) {
          const party::Officer officer = workplace.officers.as_now(*request.officer);
          const auto at = [&](Action action, const std::string& agency) {
            return at_counter(officer, action, around.procedure, state, agency, around.now);
          };
          TRY(require(gate(at, *one)));
        }
        return TRY_AS_FAILURE(dossier::decide(state, command, around));
      });
}

}  // namespace

Answer<CommandDone> hand_over(Workplace& workplace, const CommandRequest& request,
                              dossier::HandOver command) {
  return on_transport(workplace, request, command, [](const auto& at, const Transport& one) {
    return at(Action::hand_over, one.from);
  });
}

Answer<CommandDone> take_over(Workplace& workplace, const CommandRequest& request,
                              dossier::TakeOver command) {
  return on_transport(workplace, request, command, [](const auto& at, const Transport& one) {
    return at(Action::take_over, one.to);
  });
}

Answer<CommandDone> close_transport(Workplace& workplace, const CommandRequest& request,
                                    dossier::CloseTransport command) {
  return on_transport(workplace, request, command, [](const auto& at, const Transport& one) {
    const party::Verdict sender = at(Action::hand_over, one.from);
    return sender.allowed ? sender : at(Action::take_over, one.to);
  });
}

// ------------------------------------------------------------------ many at once

namespace {

base::Failure<Failure> bad_batch() {
  return fail(FailureKind::unprocessable, "batch-size",
              {"Hãy chọn từ 1 đến 100 lượt bàn giao.", "Choose 1 to 100 transports."});
}

object outcome_json(const TransportChoice& choice, const Answer<CommandDone>& done) {
  object json{{"dossier", choice.dossier}, {"transport", choice.transport}};
  json["done"] = done.has_value();
  if (done) {
    json["code"] = done->dossier.code;
    json["version"] = done->dossier.version;
    json["problem"] = nullptr;
  } else {
    json["problem"] =
        object{{"code", done.error().code}, {"detail", text_json(done.error().detail)}};
  }
  return json;
}

CommandRequest request_of(const TransportChoice& one, std::size_t n, const party::Officer& officer,
                          const RequestKey& request) {
  return {.dossier = one.dossier,
          .request = {.key = request.key + "/" + std::to_string(n),
                      .hash = request.hash + "/" + std::to_string(n),
                      .actor = request.actor},
          .if_match = std::nullopt,
          .officer = &officer};
}

// A dossier that the officer may not see does not exist for him.
Answer<dossier::Dossier> visible(Workplace& workplace, const party::Officer& officer,
                                 const std::string& id) {
  OpenDossier open = TRY(open_dossier(workplace, id));
  if (!may_at_any_part(officer, Action::view_dossier, *open.procedure, open.dossier,
                       workplace.clock.now())
           .allowed) {
    return fail(FailureKind::not_found, "dossier-not-found",
                {"Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ.",
                 "There is no such dossier. Check the code."});
  }
  return std::move(open.dossier);
}

// Asked before the right to carry, as everywhere: who may not see it learns nothing of it.
Answer<std::vector<dossier::Dossier>> all_visible(Workplace& workplace,
                                                  const party::Officer& officer,
                                                  const std::vector<TransportChoice>& items) {
  std::vector<dossier::Dossier> states;
  states.reserve(items.size());
  for (const TransportChoice& one : items) {
    states.push_back(TRY(visible(workplace, officer, one.dossier)));
  }
  return states;
}

}  // namespace

Answer<object> hand_over_all(Workplace& workplace, const party::Officer& officer,
                             const HandOverBatch& batch, const RequestKey& request) {
  if (batch.items.empty() || batch.items.size() > kBatchMax) return bad_batch();
  const Instant now = workplace.clock.now();
  const auto states = TRY(all_visible(workplace, officer, batch.items));
  TRY(may_carry(officer, Action::hand_over, places_of(workplace, officer, now), now));
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  std::optional<HandOverSlip> slip = TRY(slip_of(workplace, request));
  if (slip.has_value() && slip->hash != request.hash) return key_reused_failure();
  if (!slip.has_value()) {
    std::vector<std::string> receivers;
    for (std::size_t n = 0; n < batch.items.size(); ++n) {
      const Transport* there = states[n].find_transport(batch.items[n].transport);
      if (there != nullptr) receivers.push_back(there->to);
    }
    slip = TRY(new_slip(workplace, officer, batch, request, receivers));
  }
  array items;
  bool any = false;
  std::optional<Failure> refused;
  for (std::size_t n = 0; n < batch.items.size(); ++n) {
    const TransportChoice& one = batch.items[n];
    const auto done = hand_over(workplace, request_of(one, n, officer, request),
                                {.transport = one.transport,
                                 .pieces = one.pieces,
                                 .carrier = batch.carrier,
                                 .slip = slip->number,
                                 .note = one.note.empty() ? batch.note : one.note});
    any = any || done.has_value();
    if (!done) refused = done.error();
    items.push_back(outcome_json(one, done));
  }
  if (!any) {
    withdraw_slip(workplace, *slip);
    if (batch.items.size() == 1) return base::Failure{std::move(*refused)};
    return object{{"slip", nullptr}, {"items", std::move(items)}};
  }
  return object{{"slip", slip->number}, {"items", std::move(items)}};
}

Answer<object> take_over_all(Workplace& workplace, const party::Officer& officer,
                             const std::vector<TransportChoice>& items, const RequestKey& request) {
  if (items.empty() || items.size() > kBatchMax) return bad_batch();
  const Instant now = workplace.clock.now();
  TRY(all_visible(workplace, officer, items));
  TRY(may_carry(officer, Action::take_over, places_of(workplace, officer, now), now));
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  // All of them before the first is taken over: half a batch is not refused as a whole.
  for (const TransportChoice& one : items) TRY(visible(workplace, officer, one.dossier));
  array outcomes;
  for (std::size_t n = 0; n < items.size(); ++n) {
    const TransportChoice& one = items[n];
    const auto done =
        take_over(workplace, request_of(one, n, officer, request),
                  {.transport = one.transport, .missing = one.pieces, .note = one.note});
    if (!done && items.size() == 1) return base::Failure{done.error()};
    outcomes.push_back(outcome_json(one, done));
  }
  return object{{"items", std::move(outcomes)}};
}

}  // namespace casework
