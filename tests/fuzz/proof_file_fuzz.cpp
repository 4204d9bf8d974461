// proof_file_fuzz.cpp - any bytes as a proof file, a time-stamp or an authority's reply: they are
// refused, or mean exactly what is written again; none is believed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "journal/proof_file.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const journal::VerifierKey& key() {
  static const journal::VerifierKey kept = [] {
    base::SeededRandom random{1};
    return journal::SigningKey::generate("motcua.nghean.gov.vn/H41", random).verifier();
  }();
  return kept;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto proof = journal::parse_proof_file(text)) {
    must(journal::proof_file_text(*proof) == text);
    const journal::ProofChecks checks = journal::check_proof(*proof, {&key(), 1});
    must(!checks.ok());
    must(journal::judgement(checks) != "good");
  }
  must(!journal::verify_timestamp(text, "a text", "not PEM"));
  static_cast<void>(journal::read_timestamp(text, "a text"));
  must(!journal::token_of_reply(text, "a text", "12345678", "not PEM"));
  return 0;
}
