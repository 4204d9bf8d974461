#pragma once
// message.h - which events tell the applicant something by e-mail, and what the outbox keeps of it.
//
// The text is written at delivery (connect), when the dossier's number is known.
#include <optional>
#include <string>

#include "dossier/dossier.h"

namespace casework {

struct OutgoingMessage {
  std::string payload;  // JSON text: {"template", "to", "language"}
};

// Nothing when the event is not told, or the applicant left no address.
[[nodiscard]] std::optional<OutgoingMessage> message_for(const dossier::Dossier& state,
                                                         const dossier::Event& event);

}  // namespace casework
