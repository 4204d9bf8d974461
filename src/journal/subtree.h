#pragma once
// subtree.h - hashes that lie one after the other in a text, and the root of those that are a
// complete subtree.
#include <string>
#include <string_view>

#include "journal/hash.h"

namespace journal {

// Requires: the text holds a hash at `i`.
[[nodiscard]] Hash hash_at(std::string_view hashes, std::size_t i);
// Requires: 1, 2, 4 ... hashes.
[[nodiscard]] Hash complete_root(std::string hashes);

}  // namespace journal
