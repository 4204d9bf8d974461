#include "journal/compact_range.h"

#include <bit>

#include "journal/line_reader.h"
#include "journal/proof.h"

namespace journal {

std::optional<CompactRange> CompactRange::restore(std::int64_t size, std::vector<Hash> edge) {
  if (size < 0 ||
      static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size))) != edge.size()) {
    return std::nullopt;
  }
  CompactRange range;
  range.size_ = size;
  range.edge_ = std::move(edge);
  return range;
}

void CompactRange::append(const Hash& leaf) {
  // Each bit that carries joins two subtrees of equal size.
  const int joined = std::countr_one(static_cast<std::uint64_t>(size_));
  Hash hash = leaf;
  for (int i = 0; i < joined; ++i) {
    hash = hash_node(edge_.back(), hash);
    edge_.pop_back();
  }
  edge_.push_back(hash);
  ++size_;
}

Hash CompactRange::root() const {
  if (edge_.empty()) return empty_root();
  Hash hash = edge_.back();
  for (std::size_t i = edge_.size() - 1; i-- > 0;) hash = hash_node(edge_[i], hash);
  return hash;
}

std::string CompactRange::to_text() const {
  std::string text = std::to_string(size_) + "\n";
  for (const Hash& hash : edge_) text += base::to_hex(hash);
  return text;
}

std::optional<CompactRange> CompactRange::parse(std::string_view text) {
  LineReader lines{text};
  const auto line = lines.next();
  const auto size = line ? parse_number(*line) : std::nullopt;
  const auto bytes = from_hex(lines.rest());
  if (!size || !bytes || bytes->size() % sizeof(Hash) != 0) return std::nullopt;
  std::vector<Hash> edge;
  for (std::size_t i = 0; i < bytes->size(); i += sizeof(Hash)) {
    edge.push_back(*hash_from(std::string_view{*bytes}.substr(i, sizeof(Hash))));
  }
  return restore(*size, std::move(edge));
}

}  // namespace journal
