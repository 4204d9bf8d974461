#include "connect/inbound_delivery.h"

#include <algorithm>

#include "base/sha256.h"

namespace connectors {

namespace {

constexpr std::size_t kNameMax = 128;
constexpr std::size_t kSecretMin = 32;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameMax &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

// Subjects stand before "/inbound/" in the outbox.
bool is_subject(std::string_view text) {
  return is_name(text) && text.find('/') == std::string_view::npos;
}

// Takes as long for a wrong text as for a right one.
bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    different |= static_cast<unsigned>(static_cast<unsigned char>(a[i])) ^
                 static_cast<unsigned>(static_cast<unsigned char>(b[i]));
  }
  return different == 0;
}

base::Failure<InboundError> refuse(InboundRefusal refusal, base::Fault fault = {}) {
  return base::Failure{InboundError{refusal, std::move(fault)}};
}

}  // namespace

std::string inbound_signature(const InboundSource& source, std::string_view key,
                              std::string_view subject, std::string_view body) {
  std::string text = source.name;
  for (const std::string_view part : {key, subject, body}) {
    text += '\n';
    text += part;
  }
  return base::to_hex(base::hmac_sha256(source.secret, text));
}

base::Result<InboundReply, InboundError> accept_inbound(casework::Store& store,
                                                        const InboundSource& source,
                                                        const InboundRequest& request,
                                                        casework::Instant now) {
  if (request.body.size() > kInboundBytesMax) return refuse(InboundRefusal::malformed);
  const std::string right = inbound_signature(source, request.key, request.subject, request.body);
  if (source.secret.size() < kSecretMin || !is_same(right, request.signature)) {
    return refuse(InboundRefusal::forged);
  }
  if (!is_name(request.key) || !is_subject(request.subject)) {
    return refuse(InboundRefusal::malformed);
  }
  const std::string hash = base::to_hex(base::sha256(request.subject + "\n" + request.body));
  const auto kept = store.accept_inbound({.source = source.name,
                                          .key = request.key,
                                          .hash = hash,
                                          .subject = request.subject,
                                          .body = request.body,
                                          .at = now});
  if (!kept) return refuse(InboundRefusal::fault, kept.error());
  if (kept->hash != hash) return refuse(InboundRefusal::changed);
  if (kept->answer.has_value()) {
    return InboundReply{.state = InboundState::answered, .answer = *kept->answer};
  }
  return InboundReply{.state = kept->fresh ? InboundState::accepted : InboundState::in_flight,
                      .answer = {}};
}

base::Outcome<base::Done> InboundDelivery::deliver(const casework::OutboxRow& row) {
  const std::string before = kind() + "/";
  const std::string after = "/" + kind();
  if (!row.effect.starts_with(before) || !row.dossier_id.ends_with(after)) {
    return base::fault(base::FaultCode::invalid, "not a row of " + kind());
  }
  const std::string key = row.effect.substr(before.size());
  const auto known = TRY(store_.find_inbound(source_, key));
  // Answered, but the program ended before the row was marked.
  if (known.has_value() && known->answer.has_value()) return base::Done{};
  const std::string answer = TRY(handler_.handle(
      {.key = key,
       .subject = std::string_view{row.dossier_id}.substr(0, row.dossier_id.size() - after.size()),
       .body = row.payload}));
  return store_.answer_inbound(source_, key, answer);
}

}  // namespace connectors
