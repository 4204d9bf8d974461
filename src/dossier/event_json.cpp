#include "dossier/event_json.h"

#include <utility>

#include <boost/json.hpp>

#include "bpmn/event_json.h"
#include "dossier/event_fields.h"

namespace dossier {

namespace {

struct Named {
  const char* name;
  base::Outcome<Event> (*read)(const base::json::object&);
};

template <class E>
base::Outcome<Event> read_as(const base::json::object& payload) {
  E event{};
  JsonReader reader{payload};
  describe(reader, event);
  if (!reader.ok()) {
    return base::fault(base::FaultCode::corrupt, "an event's payload has members of other types");
  }
  return Event{std::move(event)};
}

// In the order of the variant.
constexpr Named kNames[] = {
    {"filed", read_as<Filed>},
    {"received", read_as<Received>},
    {"refused", read_as<Refused>},
    {"work_moved", nullptr},  // its moves are the engine's own codec
    {"task_completed", read_as<TaskCompleted>},
    {"task_assigned", read_as<TaskAssigned>},
    {"task_sent_back", read_as<TaskSentBack>},
    {"task_recalled", read_as<TaskRecalled>},
    {"supplement_requested", read_as<SupplementRequested>},
    {"supplemented", read_as<Supplemented>},
    {"corrected", read_as<Corrected>},
    {"fee_assessed", read_as<FeeAssessed>},
    {"file_attached", read_as<FileAttached>},
    {"result_issued", read_as<ResultIssued>},
    {"result_returned", read_as<ResultReturned>},
    {"withdrawn", read_as<Withdrawn>},
    {"stopped", read_as<Stopped>},
    {"payment_recorded", read_as<PaymentRecorded>},
    {"refund_recorded", read_as<RefundRecorded>},
    {"rated", read_as<Rated>},
    {"control_slip_opened", read_as<ControlSlipOpened>},
    {"book_entered", read_as<BookEntered>},
    {"clock_paused", read_as<ClockPaused>},
    {"clock_resumed", read_as<ClockResumed>},
    {"apology_drafted", read_as<ApologyDrafted>},
    {"apology_signed", read_as<ApologySigned>},
    {"due_soon", read_as<DueSoon>},
    {"due_passed", read_as<DuePassed>},
    {"pause_overran", read_as<PauseOverran>},
    {"silence_took_effect", read_as<SilenceTookEffect>},
    {"escalation_answered", read_as<EscalationAnswered>},
    {"due_recomputed", read_as<DueRecomputed>},
    {"content_erased", read_as<ContentErased>},
    {"revision_changed", read_as<RevisionChanged>},
    {"return_place_changed", read_as<ReturnPlaceChanged>},
    {"transport_opened", read_as<TransportOpened>},
    {"handed_over", read_as<HandedOver>},
    {"taken_over", read_as<TakenOver>},
    {"transport_closed", read_as<TransportClosed>},
    {"hand_over_late", read_as<HandOverLate>},
};
static_assert(std::size(kNames) == std::variant_size_v<Event>);

base::Outcome<Event> read_work_moved(const base::json::object& payload) {
  WorkMoved event;
  if (const auto* moves = payload.if_contains("moves"); moves != nullptr) {
    if (!moves->is_array()) {
      return base::fault(base::FaultCode::corrupt, "the moves of the work are not a list");
    }
    for (const base::json::value& move : moves->get_array()) {
      auto read = bpmn::read_event(move);
      if (!read) return base::fault(base::FaultCode::corrupt, read.error().message);
      event.moves.push_back(std::move(read).value());
    }
  }
  if (const auto* opened = payload.if_contains("opened"); opened != nullptr) {
    if (!JsonReader::read(*opened, event.opened)) {
      return base::fault(base::FaultCode::corrupt, "an opened task is of the wrong form");
    }
  }
  return Event{std::move(event)};
}

}  // namespace

const char* type_of(const Event& event) {
  return kNames[event.index()].name;
}

base::json::object payload_of(const Event& event) {
  if (const auto* moved = std::get_if<WorkMoved>(&event)) {
    base::json::array moves;
    for (const bpmn::Event& move : moved->moves) moves.push_back(bpmn::to_json(move));
    base::json::object object;
    object["moves"] = std::move(moves);
    std::vector<TaskOpening> opened = moved->opened;
    if (!opened.empty()) object["opened"] = JsonWriter::value_of(opened);
    return object;
  }
  return std::visit(
      [](auto copy) -> base::json::object {
        if constexpr (std::is_same_v<decltype(copy), WorkMoved>) {
          return {};  // handled above
        } else {
          JsonWriter writer;
          describe(writer, copy);
          return writer.take();
        }
      },
      event);
}

base::Outcome<Event> read_event(std::string_view type, const base::json::value& payload) {
  if (!payload.is_object()) {
    return base::fault(base::FaultCode::corrupt, "an event's payload is not an object");
  }
  for (const Named& named : kNames) {
    if (type != named.name) continue;
    return named.read == nullptr ? read_work_moved(payload.get_object())
                                 : named.read(payload.get_object());
  }
  return base::fault(base::FaultCode::corrupt, "unknown event type " + std::string{type});
}

}  // namespace dossier
