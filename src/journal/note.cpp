#include "journal/note.h"

#include <algorithm>

#include "base/ensure.h"
#include "journal/line_reader.h"

namespace journal {

namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";
constexpr std::size_t kKeyHashBytes = 4;
// A post-quantum signature would have some thousands.
constexpr std::size_t kSignatureBytesMax = 16'384;

base::Failure<base::Fault> off(std::string_view what) {
  return base::fault(base::FaultCode::invalid, std::string{what});
}

std::uint32_t key_hash_from(std::string_view bytes) {
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < kKeyHashBytes; ++i) {
    hash = (hash << 8U) | static_cast<unsigned char>(bytes[i]);
  }
  return hash;
}

std::string key_hash_bytes(std::uint32_t hash) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    bytes += static_cast<char>(static_cast<unsigned char>((hash >> shift) & 0xFFU));
  }
  return bytes;
}

base::Outcome<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return off("note: a signature begins with a dash and a space");
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
    return off("note: a signature without the name of its key");
  }
  const auto bytes =
      line.size() <= 2 * kSignatureBytesMax ? from_base64(line.substr(space + 1)) : std::nullopt;
  if (!bytes || bytes->size() <= kKeyHashBytes) return off("note: a signature that is not base64");
  return NoteSignature{.name = std::string{line.substr(0, space)},
                       .key_hash = key_hash_from(*bytes),
                       .bytes = bytes->substr(kKeyHashBytes)};
}

bool is_note_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\n'; };
  std::string lines{text};
  std::ranges::replace(lines, '\n', ' ');
  return std::ranges::none_of(text, is_control) && is_text(lines);
}

}  // namespace

base::Outcome<Note> parse_note(std::string_view note) {
  if (note.size() > kNoteBytesMax) return off("note: too long");
  if (!is_note_text(note)) return off("note: not plain UTF-8 text");
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos) return off("note: no empty line before the signatures");
  Note parsed{.text = std::string{note.substr(0, split + 1)}, .signatures = {}};
  LineReader lines{note.substr(split + 2)};
  while (!lines.at_end()) {
    const auto line = lines.next();
    if (!line) return off("note: the last line has no end");
    if (parsed.signatures.size() == kNoteSignaturesMax) return off("note: too many signatures");
    parsed.signatures.push_back(TRY(parse_signature(*line)));
  }
  if (parsed.signatures.empty()) return off("note: not signed");
  return parsed;
}

std::string note_text(const Note& note) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    text += kDash;
    text += signature.name;
    text += ' ';
    text += to_base64(key_hash_bytes(signature.key_hash) + signature.bytes);
    text += '\n';
  }
  return text;
}

Note sign_note(std::string text, const SigningKey& key) {
  ENSURE(text.ends_with('\n') && !text.ends_with("\n\n"), "a note's text ends with one line feed");
  Note note{.text = std::move(text), .signatures = {}};
  add_signature(note, key);
  return note;
}

void add_signature(Note& note, const SigningKey& key) {
  note.signatures.push_back({.name = key.verifier().name,
                             .key_hash = key.verifier().hash(),
                             .bytes = key.sign(note.text)});
}

Signers signers_of(const Note& note, std::span<const VerifierKey> known) {
  Signers signers;
  for (const NoteSignature& signature : note.signatures) {
    for (const VerifierKey& key : known) {
      if (key.name != signature.name || key.hash() != signature.key_hash) continue;
      auto& list = key.verifies(note.text, signature.bytes) ? signers.good : signers.bad;
      if (std::ranges::find(list, key) == list.end()) list.push_back(key);
    }
  }
  return signers;
}

}  // namespace journal
