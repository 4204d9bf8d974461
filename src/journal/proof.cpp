#include "journal/proof.h"

namespace journal {

namespace {

// Where a node stands at its level, and where the last one of that level does.
struct Position {
  std::int64_t node = 0;
  std::int64_t last = 0;

  void climb() {
    node >>= 1;
    last >>= 1;
  }
  [[nodiscard]] bool is_right() const { return (node & 1) != 0; }
};

}  // namespace

Hash empty_root() {
  return base::sha256("");
}

bool verify_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                      std::span<const Hash> path, const Hash& root) {
  if (index < 0 || index >= size || path.size() > kPathMax) return false;
  Position at{index, size - 1};
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (at.last == 0) return false;
    if (at.is_right() || at.node == at.last) {
      hash = hash_node(sibling, hash);
      // A last node without a sibling to its right is carried up unchanged.
      while (!at.is_right() && at.node != 0) at.climb();
    } else {
      hash = hash_node(hash, sibling);
    }
    at.climb();
  }
  return at.last == 0 && hash == root;
}

bool verify_consistency(std::int64_t old_size, std::int64_t new_size, std::span<const Hash> path,
                        const Hash& old_root, const Hash& new_root) {
  if (old_size < 0 || old_size > new_size || path.size() > kPathMax + 1) return false;
  if (old_size == new_size) return path.empty() && old_root == new_root;
  if (old_size == 0) return path.empty() && old_root == empty_root();

  Position at{old_size - 1, new_size - 1};
  while (at.is_right()) at.climb();
  // Where the old tree is one complete subtree, its root is known and not in the path.
  const bool complete = at.node == 0;
  if (!complete && path.empty()) return false;
  Hash old_hash = complete ? old_root : path.front();
  Hash new_hash = old_hash;
  for (const Hash& sibling : path.subspan(complete ? 0 : 1)) {
    if (at.last == 0) return false;
    if (at.is_right() || at.node == at.last) {
      old_hash = hash_node(sibling, old_hash);
      new_hash = hash_node(sibling, new_hash);
      while (!at.is_right() && at.node != 0) at.climb();
    } else {
      new_hash = hash_node(new_hash, sibling);
    }
    at.climb();
  }
  return at.last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace journal
