#pragma once
// proof.h - is this leaf in the tree with that root, and is one tree the beginning of another.
//
// Total: whatever is handed in, the answer is true or false.
// Source: RFC 6962, sections 2.1.1 and 2.1.2 (the checks as RFC 9162, 2.1.3.2 and 2.1.4.2 spell
// them).
#include <cstdint>
#include <span>

#include "journal/hash.h"

namespace journal {

// Longest path that a tree of less than 2^63 leaves can need.
inline constexpr std::size_t kPathMax = 63;

[[nodiscard]] Hash empty_root();

// `path` from the leaf up.  False for an index outside the tree.
[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                                    std::span<const Hash> path, const Hash& root);

// The tree of `old_size` leaves is the beginning of that of `new_size`.  Everything begins with the
// empty tree; equal sizes need equal roots; the path of either is empty.
[[nodiscard]] bool verify_consistency(std::int64_t old_size, std::int64_t new_size,
                                      std::span<const Hash> path, const Hash& old_root,
                                      const Hash& new_root);

}  // namespace journal
