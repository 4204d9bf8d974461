#include "dossier/transport.h"

#include <algorithm>
#include <chrono>

#include "form/validation.h"

namespace dossier {

namespace {

using calendar::Date;

// Source: NĐ 118/2025/NĐ-CP, điều 18: handed on the same working day; what comes in after 15:00 at
// the start of the next one.
constexpr std::chrono::hours kTransferCutoff{15};
// Our reading of "at the start", see docs/decisions/0028.
constexpr std::chrono::hours kStartOfDay{1};

std::optional<Instant> hand_over_due(const Circumstances& around) {
  const Date today = calendar::local_date(around.now);
  const calendar::OfficeCalendar& office = around.calendar;
  const auto since_midnight = std::chrono::minutes{calendar::local_time(around.now).minutes};
  if (office.is_working_day(today) && since_midnight < kTransferCutoff) {
    const Instant end = office.end_of_last_interval(today);
    if (end > around.now) return end;
  }
  const auto next = office.next_working_day(today);
  if (!next.has_value()) return std::nullopt;
  return office.start_of_first_interval(*next) + kStartOfDay;
}

std::uint32_t next_number(const Dossier& dossier) {
  return static_cast<std::uint32_t>(dossier.transports.size()) + 1;
}

Piece piece_of(const procedure::Component& component) {
  return {.component = component.id,
          .name = component.name.vi,
          .count = std::max(1, component.originals + component.copies),
          .original = component.originals > 0};
}

std::vector<Piece> papers_of(const Dossier& dossier, const Circumstances& around) {
  const procedure::Procedure& procedure = around.procedure;
  const procedure::Situation situation{
      .answers = dossier.answers,
      .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
      .on = calendar::local_date(dossier.filed_at)};
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  if (chosen == nullptr) chosen = procedure::select_case(procedure, situation);
  std::vector<Piece> pieces;
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    const procedure::Component& component = *needed.component;
    if (component.kind != procedure::ComponentKind::submit) continue;
    const bool attached = std::ranges::any_of(dossier.attachments, [&](const Attachment& paper) {
      return paper.component == component.id;
    });
    const bool ticked =
        std::ranges::find(dossier.shown_components, component.id) != dossier.shown_components.end();
    if (attached || ticked) pieces.push_back(piece_of(component));
  }
  return pieces;
}

Transport* find(Dossier& dossier, std::uint32_t number) {
  const auto found = std::ranges::find(dossier.transports, number, &Transport::number);
  return found == dossier.transports.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Piece> without(const std::vector<Piece>& pieces, const std::vector<Piece>& those) {
  std::vector<Piece> rest;
  for (const Piece& piece : pieces) {
    if (std::ranges::find(those, piece.component, &Piece::component) == those.end()) {
      rest.push_back(piece);
    }
  }
  return rest;
}

TransportOpened opened(const Dossier& dossier, const Circumstances& around,
                       const std::string& cargo, std::string from, std::string to,
                       std::vector<Piece> pieces) {
  return {.transport = next_number(dossier),
          .cargo = cargo,
          .from = std::move(from),
          .to = std::move(to),
          .pieces = std::move(pieces),
          .due_at = hand_over_due(around)};
}

const std::string& home_centre(const Dossier& dossier) {
  const auto own = dossier.agencies.find(kHomeCentre);
  return own == dossier.agencies.end() ? dossier.receiving_agency : own->second;
}

const std::string& return_place(const Dossier& dossier) {
  return dossier.returning_agency.empty() ? dossier.receiving_agency : dossier.returning_agency;
}

std::optional<TransportOpened> papers_to_move(const Dossier& dossier, const Circumstances& around) {
  const std::string& home = home_centre(dossier);
  if (home == dossier.receiving_agency || dossier.channel == "online") return std::nullopt;
  std::vector<Piece> pieces = papers_of(dossier, around);
  if (pieces.empty()) return std::nullopt;
  return opened(dossier, around, kPapers, dossier.receiving_agency, home, std::move(pieces));
}

std::optional<TransportOpened> papers_to_move(const Dossier& dossier,
                                              const std::vector<Attachment>& brought,
                                              const Circumstances& around) {
  const std::string& home = home_centre(dossier);
  if (home == dossier.receiving_agency || around.actor.agency != dossier.receiving_agency) {
    return std::nullopt;
  }
  std::vector<Piece> pieces;
  for (const Attachment& one : brought) {
    const procedure::Component* component = around.procedure.find_component(one.component);
    if (component == nullptr ||
        std::ranges::find(pieces, one.component, &Piece::component) != pieces.end()) {
      continue;
    }
    pieces.push_back(piece_of(*component));
  }
  if (pieces.empty()) return std::nullopt;
  return opened(dossier, around, kPapers, dossier.receiving_agency, home, std::move(pieces));
}

std::optional<TransportOpened> result_to_move(const Dossier& dossier, const Circumstances& around) {
  const std::string& home = home_centre(dossier);
  const std::string& place = return_place(dossier);
  if (home == place || dossier.return_method != "counter") return std::nullopt;
  const std::string name = around.procedure.results.empty()
                               ? "Kết quả giải quyết thủ tục"
                               : around.procedure.results.front().name.vi;
  return opened(dossier, around, kResult, home, place,
                {{.component = kResult, .name = name, .count = 1, .original = true}});
}

std::vector<Event> papers_to_recover(const Dossier& dossier, const Circumstances& around) {
  std::vector<Event> events;
  std::vector<Piece> there;
  for (const Transport& one : dossier.transports) {
    if (one.state == TransportState::waiting) {
      events.emplace_back(
          TransportClosed{.transport = one.number,
                          .reason = "Hồ sơ đã kết thúc; giấy tờ trả lại tại nơi tiếp nhận"});
    } else if (one.state == TransportState::arrived && one.cargo == kPapers) {
      const std::vector<Piece> came = without(one.pieces, one.missing);
      there.insert(there.end(), came.begin(), came.end());
    }
  }
  const std::string& home = home_centre(dossier);
  if (!there.empty() && home != return_place(dossier)) {
    events.emplace_back(
        opened(dossier, around, kPapersBack, home, return_place(dossier), std::move(there)));
  }
  return events;
}

std::vector<HandOverLate> late_transports(const Dossier& dossier, Instant now) {
  std::vector<HandOverLate> late;
  for (const Transport& one : dossier.transports) {
    if (!one.is_open() || !one.due_at.has_value() || one.late_of == one.due_at) continue;
    if (now > *one.due_at) late.push_back({.transport = one.number, .due_at = one.due_at});
  }
  return late;
}

std::optional<Instant> next_late_transport(const Dossier& dossier) {
  std::optional<Instant> earliest;
  for (const Transport& one : dossier.transports) {
    if (!one.is_open() || !one.due_at.has_value() || one.late_of == one.due_at) continue;
    const Instant late = *one.due_at + std::chrono::milliseconds{1};
    if (!earliest.has_value() || late < *earliest) earliest = late;
  }
  return earliest;
}

void apply_transport(Dossier& dossier, const TransportOpened& event, const EventRecord& record) {
  Transport transport;
  transport.number = event.transport;
  transport.cargo = event.cargo;
  transport.from = event.from;
  transport.to = event.to;
  transport.pieces = event.pieces;
  transport.opened_at = record.at;
  transport.due_at = event.due_at;
  dossier.transports.push_back(std::move(transport));
}

void apply_transport(Dossier& dossier, const HandedOver& event, const EventRecord& record) {
  Transport* transport = find(dossier, event.transport);
  if (transport == nullptr) return;
  transport->state = TransportState::travelling;
  transport->pieces = event.pieces;
  transport->due_at = event.due_at;
  transport->late_of.reset();
  transport->handed_at = record.at;
  transport->handed_by = record.actor.name;
  transport->handed_by_id = record.actor.id;
  transport->carrier = event.carrier;
  transport->slip = event.slip;
  transport->note = event.note;
}

void apply_transport(Dossier& dossier, const TakenOver& event, const EventRecord& record) {
  Transport* transport = find(dossier, event.transport);
  if (transport == nullptr) return;
  transport->state = TransportState::arrived;
  transport->missing = event.missing;
  transport->due_at.reset();
  transport->taken_at = record.at;
  transport->taken_by = record.actor.name;
  transport->taken_by_id = record.actor.id;
  transport->note = event.note;
}

void apply_transport(Dossier& dossier, const TransportClosed& event,
                     const EventRecord& /*record*/) {
  Transport* transport = find(dossier, event.transport);
  if (transport == nullptr) return;
  transport->state = TransportState::closed;
  transport->due_at.reset();
  transport->note = event.reason;
}

void apply_transport(Dossier& dossier, const HandOverLate& event, const EventRecord& /*record*/) {
  Transport* transport = find(dossier, event.transport);
  if (transport != nullptr) transport->late_of = event.due_at;
}

}  // namespace dossier
