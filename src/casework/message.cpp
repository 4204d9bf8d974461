#include "casework/message.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "dossier/transport.h"

namespace casework {

namespace {

const char* template_for(const dossier::Event& event) {
  if (std::holds_alternative<dossier::Filed>(event)) return "filed";
  if (std::holds_alternative<dossier::Received>(event)) return "received";
  if (std::holds_alternative<dossier::Refused>(event)) return "refused";
  if (std::holds_alternative<dossier::SupplementRequested>(event)) return "supplement";
  if (std::holds_alternative<dossier::ResultIssued>(event)) return "ready";
  if (std::holds_alternative<dossier::Stopped>(event)) return "stopped";
  if (std::holds_alternative<dossier::ApologySigned>(event)) return "apology";
  if (std::holds_alternative<dossier::DueRecomputed>(event)) return "moved";
  if (std::holds_alternative<dossier::ClockPaused>(event)) return "paused";
  if (std::holds_alternative<dossier::ClockResumed>(event)) return "resumed";
  return nullptr;
}

// The result is where the applicant fetches it.
bool has_arrived(const dossier::Dossier& state, const dossier::Event& event) {
  const auto* taken = std::get_if<dossier::TakenOver>(&event);
  if (taken == nullptr || !taken->missing.empty()) return false;
  const dossier::Transport* transport = state.find_transport(taken->transport);
  return transport != nullptr && transport->cargo == dossier::kResult && !state.is_closed();
}

}  // namespace

std::optional<OutgoingMessage> message_for(const dossier::Dossier& state,
                                           const dossier::Event& event) {
  const char* name = has_arrived(state, event) ? "arrived" : template_for(event);
  if (name == nullptr || state.applicant.email.empty()) return std::nullopt;
  base::json::object payload;
  payload["template"] = name;
  payload["to"] = state.applicant.email;
  payload["language"] = state.applicant.language == "en" ? "en" : "vi";
  return OutgoingMessage{base::to_text(payload)};
}

}  // namespace casework
