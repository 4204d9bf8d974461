#pragma once
// hash.h - the two hashes of the tree (RFC 6962, section 2.1).
#include <optional>
#include <string_view>

#include "base/sha256.h"

namespace journal {

using Hash = base::Digest;

// SHA-256 of 0x00 and the text.
[[nodiscard]] Hash hash_leaf(std::string_view leaf);
// SHA-256 of 0x01 and both.
[[nodiscard]] Hash hash_node(const Hash& left, const Hash& right);

// The 32 bytes, while the hash lives; and back, where there are 32.
[[nodiscard]] std::string_view bytes_of(const Hash& hash);
[[nodiscard]] std::optional<Hash> hash_from(std::string_view bytes);

}  // namespace journal
