#pragma once
// note.h - signed notes and their keys, as C2SP signed-note has them: a text, an empty line, and
// lines with a name and an Ed25519 signature each.
//
// docs/formats/journal.md has the grammar; what deviates from it is refused, so that one note has
// one spelling.
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/random.h"

namespace journal {

inline constexpr std::size_t kNoteBytesMax = 65'536;
inline constexpr std::size_t kNoteSignaturesMax = 64;
inline constexpr std::size_t kKeyNameBytesMax = 255;

// Visible ASCII but "+", neither empty nor too long.
[[nodiscard]] bool is_key_name(std::string_view name);

// Public half of a key.  Its text is "name+hash+base64", one line without an end.
struct VerifierKey {
  std::string name;
  std::array<std::byte, 32> public_key{};

  // First four bytes of SHA-256(name LF 0x01 public_key).
  [[nodiscard]] std::uint32_t hash() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static base::Outcome<VerifierKey> parse(std::string_view text);
  // Whether `signature` is 64 bytes with which this key has signed `message`.
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
// A file of keys, one a line; empty lines and those that begin with "#" are passed over.  At
// most 64.
[[nodiscard]] base::Outcome<std::vector<VerifierKey>> parse_keys(std::string_view text);

// Secret half.  Its text is "PRIVATE+KEY+name+hash+base64" and belongs into a file for its owner
// only.  Wiped from memory when it goes.
class SigningKey {
 public:
  // Requires: is_key_name(name).
  [[nodiscard]] static SigningKey generate(std::string_view name, base::RandomSource& random);
  // Takes a line feed at the end.
  [[nodiscard]] static base::Outcome<SigningKey> parse(std::string_view text);

  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  [[nodiscard]] std::string text() const;
  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
  // 64 bytes.
  [[nodiscard]] std::string sign(std::string_view message) const;

 private:
  using Seed = std::array<unsigned char, 32>;
  SigningKey(std::string_view name, const Seed& seed);

  Seed seed_{};
  VerifierKey verifier_;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_hash = 0;
  std::string bytes;  // 64 of an Ed25519 signature; of an algorithm that we do not know any number
};

struct Note {
  std::string text;  // ends with a line feed
  std::vector<NoteSignature> signatures;
};

[[nodiscard]] base::Outcome<Note> parse_note(std::string_view note);
[[nodiscard]] std::string note_text(const Note& note);

// Requires: `text` ends with a line feed, and has no empty line at its end.
[[nodiscard]] Note sign_note(std::string text, const SigningKey& key);
void add_signature(Note& note, const SigningKey& key);

// What signatures of known keys say.  Signatures of other keys count for nothing.
struct Signers {
  std::vector<VerifierKey> good;
  std::vector<VerifierKey> bad;  // known, but it has not signed this
};
[[nodiscard]] Signers signers_of(const Note& note, std::span<const VerifierKey> known);

}  // namespace journal
