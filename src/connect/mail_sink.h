#pragma once
// mail_sink.h - the port through which messages leave as e-mail.
#include <string>

#include "base/fault.h"
#include "calendar/instant.h"

// Not `connect`: that is a function of the sockets API.
namespace connectors {

struct Mail {
  std::string from_name;  // shown to the reader
  std::string from;       // address
  std::string to;         // address
  std::string subject;    // UTF-8; line breaks become blanks
  std::string text;       // UTF-8, plain
  std::string language;   // "vi" or "en"
  std::string effect;     // idempotency key: the same effect is the same message
  calendar::Instant at{};
  bool repeated = false;  // it may have been sent before: an attempt ended nobody knows how
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  // Fault `invalid`: not an address; `unavailable`: may work later.
  [[nodiscard]] virtual base::Outcome<base::Done> send(const Mail& mail) = 0;
};

}  // namespace connectors
