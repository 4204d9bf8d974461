#pragma once
// inbound_delivery.h - messages of other systems: known by their key, kept before they are
// acknowledged, done in order per subject by the outbox runner, answered alike for ever.
//
// Whoever takes messages in (a route, a poller) calls accept_inbound() and then tells the runner.
// A source is told apart by a secret that both sides keep in a file: every message carries
// hex(HMAC-SHA256(secret, source LF key LF subject LF body)), which is looked at before anything is
// written.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "casework/store.h"
#include "connect/outbox_runner.h"

namespace connectors {

// A system outside that may send us messages.
struct InboundSource {
  std::string name;    // of [a-z0-9-]
  std::string secret;  // at least 32 bytes
};

struct InboundRequest {
  std::string key;        // of the source; 1 to 128 printable ASCII characters
  std::string subject;    // likewise; its messages are done in the order in which they came
  std::string body;       // at most kInboundBytesMax
  std::string signature;  // hexadecimal
};
inline constexpr std::size_t kInboundBytesMax = std::size_t{256} * 1024;

enum class InboundState {
  accepted,   // kept now; it is not done yet
  in_flight,  // kept before, and not done yet: ask again later
  answered,   // done; see `answer`
};
enum class InboundRefusal {
  forged,     // the signature is not of this source and message; nothing was looked at
  malformed,  // a key, subject or body that cannot be
  changed,    // the key came before with another content
  fault,      // nothing was kept; see `fault`
};
struct InboundReply {
  InboundState state = InboundState::accepted;
  std::string answer;  // byte for byte the same each time
};
struct InboundError {
  InboundRefusal refusal = InboundRefusal::fault;
  base::Fault fault{};
};

[[nodiscard]] std::string inbound_signature(const InboundSource& source, std::string_view key,
                                            std::string_view subject, std::string_view body);
// Durable when it returns a reply.
[[nodiscard]] base::Result<InboundReply, InboundError> accept_inbound(casework::Store& store,
                                                                      const InboundSource& source,
                                                                      const InboundRequest& request,
                                                                      casework::Instant now);

struct InboundMessageView {
  std::string_view key;
  std::string_view subject;
  std::string_view body;
};
// Does the messages of one source.  Called by several threads, for different subjects.
class InboundHandler {
 public:
  virtual ~InboundHandler() = default;
  // The answer that the source gets, now and whenever it repeats the message: it must hold nothing
  // that the law may want erased.  Handling the same key again does no harm and answers the same,
  // for the program may end between the two.  Faults as of a Deliverer.
  [[nodiscard]] virtual base::Outcome<std::string> handle(const InboundMessageView& message) = 0;
};

// Rows of kind "inbound/SOURCE".
class InboundDelivery final : public Deliverer {
 public:
  InboundDelivery(casework::Store& store, std::string source, InboundHandler& handler)
      : store_(store), source_(std::move(source)), handler_(handler) {}

  [[nodiscard]] std::string kind() const { return "inbound/" + source_; }
  [[nodiscard]] base::Outcome<base::Done> deliver(const casework::OutboxRow& row) override;

 private:
  casework::Store& store_;
  std::string source_;
  InboundHandler& handler_;
};

}  // namespace connectors
