#pragma once
// test_journal.h - trees that lie in memory, and records of no real person, for tests.
#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "journal/leaf.h"
#include "journal/note.h"
#include "journal/proof_file.h"
#include "journal/tree.h"

namespace journal::test {

// RFC 6962, section 2.1, word by word.
inline Hash slow_root(const std::vector<Hash>& leaves, std::size_t from, std::size_t to) {
  if (from == to) return base::sha256("");
  if (to - from == 1) return leaves[from];
  const std::size_t split = std::bit_floor(to - from - 1);
  return hash_node(slow_root(leaves, from, from + split), slow_root(leaves, from + split, to));
}

// Section 2.1.1.
inline std::vector<Hash> slow_path(std::size_t index, const std::vector<Hash>& leaves,
                                   std::size_t from, std::size_t to) {
  if (to - from == 1) return {};
  const std::size_t split = std::bit_floor(to - from - 1);
  const bool left = index < split;
  auto path = left ? slow_path(index, leaves, from, from + split)
                   : slow_path(index - split, leaves, from + split, to);
  path.push_back(left ? slow_root(leaves, from + split, to)
                      : slow_root(leaves, from, from + split));
  return path;
}

// Section 2.1.2: SUBPROOF(m, D[from:to], known).
inline std::vector<Hash> slow_consistency(std::size_t m, const std::vector<Hash>& leaves,
                                          std::size_t from, std::size_t to, bool known) {
  if (m == to - from) {
    if (known) return {};
    return {slow_root(leaves, from, to)};
  }
  const std::size_t split = std::bit_floor(to - from - 1);
  const bool left = m <= split;
  auto path = left ? slow_consistency(m, leaves, from, from + split, known)
                   : slow_consistency(m - split, leaves, from + split, to, false);
  path.push_back(left ? slow_root(leaves, from + split, to)
                      : slow_root(leaves, from, from + split));
  return path;
}

// A store of leaves and complete tiles that counts what is read of it.
class MemoryTree {
 public:
  explicit MemoryTree(std::vector<Hash> leaf_hashes = {}) { append(leaf_hashes); }

  void append(const std::vector<Hash>& more) {
    for (const Hash& leaf : more) {
      leaves.push_back(leaf);
      builder.append(leaf);
    }
    for (Tile& tile : builder.take_completed()) {
      tiles.insert_or_assign({tile.level, tile.number}, std::move(tile.hashes));
    }
  }

  [[nodiscard]] TreeSource source() {
    return {
        .tile = [this](int level,
                       std::int64_t number) -> base::Outcome<std::optional<std::string>> {
          ++tiles_asked;
          const auto found = tiles.find({level, number});
          if (found == tiles.end()) return std::optional<std::string>{};
          ++tiles_read;
          return std::optional{found->second};
        },
        .leaf_hashes = [this](std::int64_t from, std::int64_t count) -> base::Outcome<std::string> {
          ++leaf_reads;
          std::string bytes;
          for (std::int64_t i = from;
               i < from + count && i < static_cast<std::int64_t>(leaves.size()); ++i) {
            bytes += bytes_of(leaves[static_cast<std::size_t>(i)]);
          }
          return bytes;
        }};
  }

  std::vector<Hash> leaves;
  std::map<std::pair<int, std::int64_t>, std::string> tiles;
  TileBuilder builder;
  int tiles_asked = 0;
  int tiles_read = 0;
  int leaf_reads = 0;
};

inline std::vector<Hash> numbered_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  leaves.reserve(count);
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(hash_leaf("leaf " + std::to_string(i)));
  return leaves;
}

inline SigningKey key_of(std::string_view name, std::uint64_t seed) {
  base::SeededRandom random{seed};
  return SigningKey::generate(name, random);
}

// Record number `i` of an invented office: what it says, and its leaf.
struct Record {
  Opening opening;
  std::string subject;
  std::string type;
  std::string number;
  Leaf leaf;  // points into the members above

  explicit Record(std::int64_t i) {
    base::SeededRandom random{static_cast<std::uint64_t>(i) + 1};
    std::array<std::byte, kSaltSize> salt{};
    random.fill(salt);
    for (const std::byte b : salt) {
      opening.salt += static_cast<char>(std::to_integer<unsigned char>(b));
    }
    const bool by_officer = i % 2 == 1;
    opening.actor_kind = by_officer ? 1 : 0;
    opening.actor_id = by_officer ? "cb-" + std::to_string(i % 7) : "";
    // Composed and decomposed marks are different bytes, and stay so.
    opening.actor_name = i % 3 == 0 ? "Nguyễn Thị Đào" : "Trâ\xCC\x80n Văn Đức";
    opening.actor_agency = by_officer ? "H41.5.11" : "";
    opening.payload = R"({"type":"filed","ghi_chú":"Hồ sơ số )" + std::to_string(i) + R"("})";
    subject = i % 5 == 4   ? "access/d" + std::to_string(i)
              : i % 7 == 6 ? "calendar/H41"
                           : "d" + std::to_string(i / 2);
    type = i % 5 == 4 ? "dossier" : i % 7 == 6 ? "schedule" : "filed";
    number = i % 4 == 0 ? "H41.5.11-261122-" + std::to_string(1'000 + i) : "";
    leaf = {.tenant = "H41",
            .kind = i % 5 == 4   ? "access"
                    : i % 7 == 6 ? "calendar"
                                 : "event",
            .subject = subject,
            .sequence = i % 2 + 1,
            .at = 1'795'000'000'000 + i * 1'000,
            .type = type,
            .number = number,
            .content = content()};
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  [[nodiscard]] Hash content() const {
    return content_hash(opening.salt, {.actor_kind = opening.actor_kind,
                                       .actor_id = opening.actor_id,
                                       .actor_name = opening.actor_name,
                                       .actor_agency = opening.actor_agency,
                                       .payload = opening.payload});
  }
};

inline std::vector<Hash> record_leaves(std::int64_t count) {
  std::vector<Hash> leaves;
  leaves.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(Record{i}.leaf));
  return leaves;
}

// The proof of record `index` in the tree of the first `size` records.
inline ProofFile proof_of(MemoryTree& tree, std::int64_t index, std::int64_t size, bool opened,
                          const SigningKey& key) {
  const Record record{index};
  StoredTree stored{tree.source()};
  ProofFile proof;
  if (opened) proof.opening = record.opening;
  proof.leaf = leaf_text(record.leaf);
  proof.index = index;
  proof.path = stored.inclusion_proof(index, size).value();
  proof.checkpoint = sign_checkpoint(
      {.origin = key.verifier().name, .size = size, .root = stored.root_at(size).value()}, key);
  return proof;
}

}  // namespace journal::test
