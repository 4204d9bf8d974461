#include <algorithm>

#include "journal/compact_range.h"
#include "journal/subtree.h"
#include "journal/tree.h"

namespace journal {

namespace {

constexpr std::size_t kTileBytes = static_cast<std::size_t>(kTileWidth) * sizeof(Hash);

}  // namespace

base::Outcome<TileBuilder> TileBuilder::resume(StoredTree& tree, std::int64_t size) {
  if (size < 0) return base::fault(base::FaultCode::invalid, "no tree has such a size");
  TileBuilder builder;
  builder.size_ = size;
  for (int level = 0; size >> (8 * level) > 0 && level < 8; ++level) {
    const std::int64_t end = size >> (8 * level);
    std::string& hashes = builder.partial_.emplace_back();
    const std::int64_t count = end % kTileWidth;
    if (count > 0) hashes = TRY(tree.hashes(level, end - count, count));
  }
  return builder;
}

void TileBuilder::append(const Hash& leaf) {
  Hash hash = leaf;
  std::int64_t number = size_;
  for (std::size_t level = 0;; ++level) {
    if (level == partial_.size()) partial_.emplace_back();
    partial_[level] += bytes_of(hash);
    if (partial_[level].size() < kTileBytes) break;
    number /= kTileWidth;
    hash = complete_root(partial_[level]);
    completed_.push_back(
        {.level = static_cast<int>(level), .number = number, .hashes = std::move(partial_[level])});
    partial_[level].clear();
  }
  ++size_;
}

std::vector<Hash> TileBuilder::edge() const {
  // From the last leaf leftwards: every level ends in complete subtrees of 1, 2, 4 ... hashes.
  std::vector<Hash> edge;
  for (const std::string& hashes : partial_) {
    std::size_t end = hashes.size() / sizeof(Hash);
    while (end > 0) {
      const std::size_t count = end & (~end + 1);
      edge.push_back(
          complete_root(hashes.substr((end - count) * sizeof(Hash), count * sizeof(Hash))));
      end -= count;
    }
  }
  std::ranges::reverse(edge);
  return edge;
}

Hash TileBuilder::root() const {
  return CompactRange::restore(size_, edge()).value_or(CompactRange{}).root();
}

std::vector<Tile> TileBuilder::take_completed() {
  return std::exchange(completed_, {});
}

const std::string& TileBuilder::partial(int level) const {
  static const std::string none;
  const auto at = static_cast<std::size_t>(level);
  return level >= 0 && at < partial_.size() ? partial_[at] : none;
}

}  // namespace journal
