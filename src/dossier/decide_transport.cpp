// decide_transport.cpp - papers and results are handed over and taken over; the applicant chooses
// where he fetches his result.
#include <algorithm>

#include "dossier/transport.h"
#include "dossier/work.h"

namespace dossier {

namespace {

// A day for the way: by the end of the next working day.
std::optional<Instant> arrival_due(const Circumstances& around) {
  const auto next = around.calendar.next_working_day(calendar::local_date(around.now));
  if (!next.has_value()) return std::nullopt;
  return around.calendar.end_of_last_interval(*next);
}

// What of `pieces` is named by `named`; nothing when one is named that is not there.
std::optional<std::vector<Piece>> picked(const std::vector<Piece>& pieces,
                                         const std::vector<std::string>& named) {
  std::vector<Piece> found;
  for (const std::string& component : named) {
    const auto piece = std::ranges::find(pieces, component, &Piece::component);
    if (piece == pieces.end()) return std::nullopt;
    if (std::ranges::find(found, component, &Piece::component) == found.end()) {
      found.push_back(*piece);
    }
  }
  return found;
}

}  // namespace

Decision decide(const Dossier& dossier, const HandOver& command, const Circumstances& around) {
  const Transport* transport = dossier.find_transport(command.transport);
  if (transport == nullptr) return refuse(Refusal::no_such_transport);
  if (transport->state != TransportState::waiting) {
    return refuse(Refusal::not_to_hand_over);
  }
  if (command.carrier.empty()) return refuse(Refusal::carrier_missing);
  std::vector<Piece> handed = transport->pieces;
  if (!command.pieces.empty()) {
    auto named = picked(transport->pieces, command.pieces);
    if (!named.has_value()) return refuse(Refusal::piece_unknown);
    handed = std::move(*named);
  }
  std::vector<Piece> left = without(transport->pieces, handed);
  if (!left.empty() && command.note.empty()) {
    return refuse(Refusal::piece_left_behind);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = HandedOver{.transport = transport->number,
                                        .pieces = std::move(handed),
                                        .carrier = command.carrier,
                                        .slip = command.slip,
                                        .note = command.note,
                                        .due_at = arrival_due(around)}});
  if (!left.empty()) {
    events.push_back({.event = opened(dossier, around, transport->cargo, transport->from,
                                      transport->to, std::move(left))});
  }
  return events;
}

Decision decide(const Dossier& dossier, const TakeOver& command, const Circumstances& around) {
  const Transport* transport = dossier.find_transport(command.transport);
  if (transport == nullptr) return refuse(Refusal::no_such_transport);
  if (transport->state != TransportState::travelling) {
    return refuse(Refusal::not_on_its_way);
  }
  auto missing = picked(transport->pieces, command.missing);
  if (!missing.has_value()) return refuse(Refusal::piece_unknown);
  if (!missing->empty() && command.note.empty()) {
    return refuse(Refusal::discrepancy_untold);
  }
  const std::vector<Piece> came = without(transport->pieces, *missing);
  std::vector<NewEvent> events;
  Dossier state = dossier;
  const auto add = [&](Event event) {
    state = after(state, event, around);
    events.push_back({.event = std::move(event)});
  };
  add(TakenOver{.transport = transport->number, .missing = *missing, .note = command.note});
  // What is missing stays on the list of who has to send it, until it is found or given up.
  if (!missing->empty()) {
    add(opened(state, around, transport->cargo, transport->from, transport->to, *missing));
  }
  // Nobody works on it any more: the papers go straight back.
  if (state.is_closed() && transport->cargo == kPapers && !came.empty() &&
      transport->to != return_place(state)) {
    add(opened(state, around, kPapersBack, transport->to, return_place(state), came));
  }
  return events;
}

Decision decide(const Dossier& dossier, const CloseTransport& command,
                const Circumstances& /*around*/) {
  const Transport* transport = dossier.find_transport(command.transport);
  if (transport == nullptr) return refuse(Refusal::no_such_transport);
  if (!transport->is_open()) return refuse(Refusal::not_to_hand_over);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  std::vector<NewEvent> events;
  events.push_back(
      {.event = TransportClosed{.transport = transport->number, .reason = command.reason}});
  return events;
}

Decision decide(const Dossier& dossier, const ChangeReturn& command,
                const Circumstances& /*around*/) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.result.has_value()) return refuse(Refusal::result_already_issued);
  if (command.method != "counter" && command.method != "online" && command.method != "post") {
    return refuse(Refusal::bad_method);
  }
  if (command.method == dossier.return_method && command.agency == return_place(dossier)) {
    return refuse(Refusal::nothing_changed);
  }
  std::vector<NewEvent> events;
  events.push_back(
      {.event = ReturnPlaceChanged{
           .agency = command.agency, .method = command.method, .reason = command.reason}});
  return events;
}

}  // namespace dossier
