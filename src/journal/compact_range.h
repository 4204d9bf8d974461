#pragma once
// compact_range.h - the tree as it grows, in a few dozen hashes: append a leaf, ask for the root.
//
// Keeps the roots of the complete subtrees that make up the tree, largest first: one for each bit
// that is set in the size.  They are what has to be stored to go on later.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/hash.h"

namespace journal {

class CompactRange {
 public:
  CompactRange() = default;

  // nullopt where `size` is negative or `edge` has not one hash for each bit set in it.
  [[nodiscard]] static std::optional<CompactRange> restore(std::int64_t size,
                                                           std::vector<Hash> edge);
  // Reverses to_text().
  [[nodiscard]] static std::optional<CompactRange> parse(std::string_view text);

  void append(const Hash& leaf);

  [[nodiscard]] std::int64_t size() const { return size_; }
  // Of the empty tree: the SHA-256 of the empty text.
  [[nodiscard]] Hash root() const;
  [[nodiscard]] const std::vector<Hash>& edge() const { return edge_; }
  // The size in decimal, a line feed, the edge in hexadecimal: at most 4 KiB.
  [[nodiscard]] std::string to_text() const;

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> edge_;
};

}  // namespace journal
