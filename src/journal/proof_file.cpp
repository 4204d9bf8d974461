#include "journal/proof_file.h"

#include <array>

#include "journal/leaf_reader.h"
#include "journal/line_reader.h"
#include "journal/proof.h"

namespace journal {

namespace {

constexpr std::string_view kHeader = "motcua-proof-v1";
constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1";
// Kinds are few; the bound only keeps the number an int.
constexpr std::int64_t kActorKindMax = 999;

base::Failure<base::Fault> off(std::string_view what) {
  return base::fault(base::FaultCode::invalid, "proof: " + std::string{what});
}

std::string or_dash(std::string_view text) {
  return text.empty() ? "-" : to_base64(text);
}

std::string opening_text(const Opening& opening) {
  return "salt " + to_base64(opening.salt) + "\nactor " +
         or_dash(std::to_string(opening.actor_kind)) + " " + or_dash(opening.actor_id) + " " +
         or_dash(opening.actor_name) + " " + or_dash(opening.actor_agency) + "\npayload " +
         to_base64(opening.payload) + "\n";
}

// The four texts of the line "actor"; nullopt where they are not four.
std::optional<std::array<std::string, 4>> parse_actor(std::string_view line) {
  std::array<std::string, 4> texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::size_t space = line.find(' ');
    const bool last = i + 1 == texts.size();
    if (last != (space == std::string_view::npos)) return std::nullopt;
    const std::string_view word = line.substr(0, space);
    if (!last) line.remove_prefix(space + 1);
    if (word == "-") continue;
    auto text = from_base64(word);
    if (!text || text->empty()) return std::nullopt;
    texts[i] = *std::move(text);
  }
  return texts;
}

base::Outcome<Opening> parse_opening(LineReader& lines) {
  Opening opening;
  const auto salt_line = lines.next_after("salt ");
  auto salt = salt_line ? from_base64(*salt_line) : std::nullopt;
  if (!salt || salt->size() != kSaltSize) return off("line \"salt\"");
  opening.salt = *std::move(salt);
  const auto actor_line = lines.next_after("actor ");
  auto actor = actor_line ? parse_actor(*actor_line) : std::nullopt;
  const auto kind = actor ? parse_number((*actor)[0]) : std::nullopt;
  if (!kind || *kind > kActorKindMax) return off("line \"actor\"");
  opening.actor_kind = static_cast<int>(*kind);
  opening.actor_id = std::move((*actor)[1]);
  opening.actor_name = std::move((*actor)[2]);
  opening.actor_agency = std::move((*actor)[3]);
  const auto payload_line = lines.next_after("payload ");
  auto payload = payload_line ? from_base64(*payload_line) : std::nullopt;
  if (!payload) return off("line \"payload\"");
  opening.payload = *std::move(payload);
  return opening;
}

// The checkpoint, which ends where the text does or at its second empty line, and the rest.
base::Outcome<base::Done> parse_tail(std::string_view tail, ProofFile& proof) {
  const std::size_t body_end = tail.find("\n\n");
  const std::size_t end =
      body_end == std::string_view::npos ? body_end : tail.find("\n\n", body_end + 2);
  proof.checkpoint = std::string{end == std::string_view::npos ? tail : tail.substr(0, end + 1)};
  const auto parsed = parse_checkpoint(proof.checkpoint);
  if (!parsed) return base::Failure{parsed.error()};
  if (end == std::string_view::npos) return base::Done{};
  LineReader lines{tail.substr(end + 2)};
  const auto line = lines.next_after("timestamp ");
  auto token = line ? from_base64(*line) : std::nullopt;
  if (!token || token->empty() || token->size() > kTimestampBytesMax) {
    return off("line \"timestamp\"");
  }
  proof.timestamp = *std::move(token);
  if (!lines.at_end()) return off("goes on after its last line");
  return base::Done{};
}

}  // namespace

std::string proof_file_text(const ProofFile& proof) {
  std::string text{kHeader};
  text += '\n';
  if (proof.opening) text += opening_text(*proof.opening);
  text += '\n';
  text += proof.leaf;
  text += '\n';
  text += kProofHeader;
  text += "\nindex " + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.path) text += to_base64(bytes_of(hash)) + "\n";
  text += '\n';
  text += proof.checkpoint;
  if (!proof.timestamp.empty()) text += "\ntimestamp " + to_base64(proof.timestamp) + "\n";
  return text;
}

base::Outcome<ProofFile> parse_proof_file(std::string_view text) {
  if (text.size() > kProofBytesMax) return off("too long");
  LineReader lines{text};
  if (!lines.next_is(kHeader)) return off("does not begin with motcua-proof-v1");
  ProofFile proof;
  if (!lines.next_is("")) {
    proof.opening = TRY(parse_opening(lines));
    if (!lines.next_is("")) return off("no empty line before the leaf");
  }
  const std::size_t leaf_end = lines.rest().find("\n\n");
  if (leaf_end == std::string_view::npos) return off("no empty line after the leaf");
  proof.leaf = std::string{lines.rest().substr(0, leaf_end + 1)};
  const auto leaf = parse_leaf(proof.leaf);
  if (!leaf) return base::Failure{leaf.error()};
  lines = LineReader{lines.rest().substr(leaf_end + 2)};
  if (!lines.next_is(kProofHeader)) return off("no line c2sp.org/tlog-proof@v1");
  const auto index_line = lines.next_after("index ");
  const auto index = index_line ? parse_number(*index_line) : std::nullopt;
  if (!index) return off("line \"index\"");
  proof.index = *index;
  while (!lines.next_is("")) {
    const auto line = lines.next();
    const auto bytes = line && line->size() <= 44 ? from_base64(*line) : std::nullopt;
    const auto hash = bytes ? hash_from(*bytes) : std::nullopt;
    if (!hash || proof.path.size() == kPathMax) return off("a line of the path");
    proof.path.push_back(*hash);
  }
  TRY(parse_tail(lines.rest(), proof));
  return proof;
}

namespace {

std::string_view why(CheckpointRefusal refusal) {
  return refusal == CheckpointRefusal::bad_signature
             ? "a known key is named in the checkpoint, but did not sign it"
             : "no known key signed the checkpoint";
}

}  // namespace

ProofChecks check_proof(const ProofFile& proof, std::span<const VerifierKey> keys,
                        std::string_view ca) {
  ProofChecks checks;
  const auto fail = [&checks](Check& check, std::string_view problem) {
    check = Check::failed;
    if (checks.problem.empty()) checks.problem = problem;
  };
  if (proof.opening) checks.content = Check::unchecked;
  if (!proof.timestamp.empty()) checks.timestamp = Check::unchecked;

  const auto leaf = parse_leaf(proof.leaf);
  const auto checkpoint = parse_checkpoint(proof.checkpoint);
  if (!leaf || !checkpoint) {
    fail(checks.inclusion, leaf ? checkpoint.error().message : leaf.error().message);
    return checks;
  }
  checks.head = checkpoint->head;

  if (proof.opening) {
    const Opening& opening = *proof.opening;
    const Hash content = content_hash(opening.salt, {.actor_kind = opening.actor_kind,
                                                     .actor_id = opening.actor_id,
                                                     .actor_name = opening.actor_name,
                                                     .actor_agency = opening.actor_agency,
                                                     .payload = opening.payload});
    checks.content = Check::passed;
    if (content != leaf->content) fail(checks.content, "the content is not the leaf's");
  }

  checks.inclusion = Check::passed;
  if (!verify_inclusion(hash_leaf(proof.leaf), proof.index, checks.head.size, proof.path,
                        checks.head.root)) {
    fail(checks.inclusion, "the leaf is not in the checkpoint's tree at this place");
  }

  const auto signer = signer_of(*checkpoint, keys);
  if (signer) {
    checks.signature = Check::passed;
    checks.signed_by = signer->name;
  } else {
    fail(checks.signature, why(signer.error()));
    checks.refusal = signer.error();
  }

  if (!proof.timestamp.empty()) {
    const auto stamp = ca.empty() ? read_timestamp(proof.timestamp, proof.checkpoint)
                                  : verify_timestamp(proof.timestamp, proof.checkpoint, ca);
    if (!stamp) {
      fail(checks.timestamp, stamp.error().message);
    } else if (!ca.empty()) {
      checks.timestamp = Check::passed;
      checks.stamped = *stamp;
    }
  }
  return checks;
}

std::string_view judgement(const ProofChecks& checks) {
  if (checks.content == Check::failed) return "content-differs";
  if (checks.refusal == CheckpointRefusal::bad_signature) return "bad-signature";
  if (checks.refusal == CheckpointRefusal::no_known_key) return "unknown-key";
  if (checks.inclusion == Check::failed) return "not-in-tree";
  if (checks.timestamp == Check::failed) return "timestamp-differs";
  return "good";
}

}  // namespace journal
