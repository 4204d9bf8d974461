#include "journal/checkpoint.h"

#include <algorithm>

#include "base/ensure.h"
#include "journal/line_reader.h"

namespace journal {

namespace {

base::Failure<base::Fault> off(std::string_view what) {
  return base::fault(base::FaultCode::invalid, "checkpoint: " + std::string{what});
}

}  // namespace

std::string sign_checkpoint(const TreeHead& head, const SigningKey& key) {
  ENSURE(head.origin == key.verifier().name, "a log's key bears the name of its origin");
  return note_text(sign_note(
      head.origin + "\n" + std::to_string(head.size) + "\n" + to_base64(bytes_of(head.root)) + "\n",
      key));
}

base::Outcome<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint{.head = {}, .note = TRY(parse_note(text))};
  LineReader lines{checkpoint.note.text};
  const auto origin = lines.next();
  if (!origin || !is_text(*origin)) return off("line of the origin");
  const auto size_line = lines.next();
  const auto size = size_line ? parse_number(*size_line) : std::nullopt;
  if (!size) return off("line of the size");
  const auto root_line = lines.next();
  const auto bytes = root_line ? from_base64(*root_line) : std::nullopt;
  const auto root = bytes ? hash_from(*bytes) : std::nullopt;
  if (!root) return off("line of the root");
  if (!lines.at_end()) return off("more than three lines");
  checkpoint.head = {.origin = std::string{*origin}, .size = *size, .root = *root};
  return checkpoint;
}

base::Result<VerifierKey, CheckpointRefusal> signer_of(const Checkpoint& checkpoint,
                                                       std::span<const VerifierKey> known) {
  const Signers signers = signers_of(checkpoint.note, known);
  if (!signers.bad.empty()) return base::Failure{CheckpointRefusal::bad_signature};
  const auto own = std::ranges::find(signers.good, checkpoint.head.origin, &VerifierKey::name);
  if (own == signers.good.end()) return base::Failure{CheckpointRefusal::no_known_key};
  return *own;
}

base::Outcome<TreeHead> open_checkpoint(std::string_view text, std::span<const VerifierKey> known) {
  Checkpoint checkpoint = TRY(parse_checkpoint(text));
  const auto signer = signer_of(checkpoint, known);
  if (signer) return std::move(checkpoint.head);
  return signer.error() == CheckpointRefusal::bad_signature
             ? off("a known key is named, but did not sign this")
             : off("signed by no key that is known");
}

}  // namespace journal
