// checkpoint_fuzz.cpp - any bytes as a checkpoint, a note, a key, a leaf: they are refused, or mean
// exactly what is written again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/leaf_reader.h"
#include "journal/tiles_export.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const journal::SigningKey& key() {
  static const journal::SigningKey kept = [] {
    base::SeededRandom random{1};
    return journal::SigningKey::generate("fuzz.example/log", random);
  }();
  return kept;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto note = journal::parse_note(text)) must(journal::note_text(*note) == text);
  if (const auto checkpoint = journal::parse_checkpoint(text)) {
    // Nobody has this key but the fuzzer.
    must(!journal::signer_of(*checkpoint, {&key().verifier(), 1}));
    journal::TreeHead head = checkpoint->head;
    head.origin = key().verifier().name;
    const auto again =
        journal::open_checkpoint(journal::sign_checkpoint(head, key()), {&key().verifier(), 1});
    must(again && *again == head);
  }
  if (const auto parsed = journal::VerifierKey::parse(text)) must(parsed->text() == text);
  static_cast<void>(journal::SigningKey::parse(text));
  static_cast<void>(journal::parse_keys(text));
  if (const auto leaf = journal::parse_leaf(text)) must(journal::leaf_text(*leaf) == text);
  if (const auto range = journal::CompactRange::parse(text)) must(range->to_text() == text);
  static_cast<void>(journal::parse_entries(text));
  return 0;
}
