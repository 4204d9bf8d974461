#include "casework/sealing.h"

#include <algorithm>

#include "casework/journal_record.h"
#include "journal/checkpoint.h"

namespace casework {

namespace {

constexpr std::int64_t kChunk = 16 * journal::kTileWidth;
constexpr std::size_t kHashSize = sizeof(journal::Hash);

base::Failure<base::Fault> too_few_leaves() {
  return base::fault(base::FaultCode::corrupt, "the journal lacks leaves that it has counted");
}

base::Failure<base::Fault> refused(const std::string& why) {
  return base::fault(base::FaultCode::corrupt,
                     why + "; nothing more is signed: run motcua journal verify");
}

}  // namespace

Sealing::Sealing(Store& store, std::string tenant, journal::SigningKey key, SealingTrust trust)
    : store_(store), tenant_(std::move(tenant)), key_(std::move(key)), trust_(std::move(trust)) {
  if (std::ranges::find(trust_.keys, key_.verifier()) == trust_.keys.end()) {
    trust_.keys.push_back(key_.verifier());
  }
}

journal::TreeSource tree_source(Store& store) {
  return {.tile = [&store](int level, std::int64_t number) { return store.tile(level, number); },
          .leaf_hashes = [&store](std::int64_t from,
                                  std::int64_t count) { return store.leaf_hashes(from, count); }};
}

base::Outcome<base::Done> Sealing::hold_against(const std::string& remembered,
                                                const journal::TileBuilder& built) const {
  const journal::TreeHead head = TRY(journal::parse_checkpoint(remembered)).head;
  const std::string size = std::to_string(head.size);
  if (head.size > built.size()) {
    return refused("the store does not have the head of size " + size +
                   " that was signed here: it was set back");
  }
  journal::StoredTree tree(tree_source(store_));
  const journal::Hash root =
      head.size == built.size() ? built.root() : TRY(tree.root_at(head.size));
  if (root == head.root) return base::Done{};
  return refused("the journal is not the one whose head of size " + size + " was signed here");
}

base::Outcome<base::Done> Sealing::catch_up(const std::optional<HeadRow>& last) {
  const std::int64_t sealed = last.has_value() ? last->size : 0;
  if (built_.has_value() && built_->size() == sealed) return base::Done{};
  built_.reset();
  journal::StoredTree tree(tree_source(store_));
  journal::TileBuilder built = TRY(journal::TileBuilder::resume(tree, sealed));
  if (last.has_value()) {
    const std::string size = std::to_string(sealed);
    const journal::Checkpoint head = TRY(journal::parse_checkpoint(last->checkpoint));
    if (head.head.size != sealed || head.head.root != built.root()) {
      return refused("the journal is not the one whose head of size " + size + " was signed");
    }
    const journal::Note note = TRY(journal::parse_note(last->checkpoint));
    if (journal::signers_of(note, trust_.keys).good.empty()) {
      return refused("no key of journal.keys has signed the head of size " + size +
                     " (where another server signs, both need the same journal.key)");
    }
  }
  if (trust_.last_signed) {
    const std::optional<std::string> remembered = TRY(trust_.last_signed());
    if (remembered.has_value()) TRY(hold_against(*remembered, built));
  }
  built_ = std::move(built);
  return base::Done{};
}

base::Outcome<std::optional<HeadRow>> Sealing::seal(Instant now) {
  const std::int64_t size = TRY(store_.integrate_journal());
  const std::optional<HeadRow> last = TRY(store_.last_head());
  if (last.has_value() && size < last->size) return too_few_leaves();
  if (size <= (last.has_value() ? last->size : 0)) return std::optional<HeadRow>{};
  TRY(catch_up(last));
  journal::TileBuilder next = *built_;
  std::vector<TileRow> tiles;
  while (next.size() < size) {
    const std::int64_t count = std::min(kChunk, size - next.size());
    const std::string hashes = TRY(store_.leaf_hashes(next.size(), count));
    if (hashes.size() != static_cast<std::size_t>(count) * kHashSize) return too_few_leaves();
    for (std::size_t at = 0; at < hashes.size(); at += kHashSize) {
      next.append(hash_from(std::string_view{hashes}.substr(at, kHashSize)));
    }
    for (journal::Tile& tile : next.take_completed()) {
      if (tile.level == 0) continue;
      tiles.push_back(
          {.level = tile.level, .number = tile.number, .hashes = std::move(tile.hashes)});
    }
  }
  HeadRow head{.size = size,
               .checkpoint = journal::sign_checkpoint(
                   {.origin = key_.verifier().name, .size = size, .root = next.root()}, key_),
               .at = now,
               .timestamp = {}};
  const auto saved = store_.save_head(head, tiles);
  if (!saved) {
    built_.reset();
    // Another server was faster: its head serves as well.
    if (saved.error().code == base::FaultCode::conflict) return std::optional<HeadRow>{};
    return base::Failure{saved.error()};
  }
  built_ = std::move(next);
  if (trust_.remember) TRY(trust_.remember(head.checkpoint));
  return std::optional{std::move(head)};
}

base::Outcome<std::optional<journal::ProofFile>> prove(Store& store, const std::string& tenant,
                                                       const std::string& subject,
                                                       std::int64_t sequence, bool opened) {
  const std::optional<JournalLeaf> leaf = TRY(store.find_leaf(subject, sequence));
  if (!leaf.has_value()) {
    return base::fault(base::FaultCode::not_found, "the journal has no such record");
  }
  const std::optional<HeadRow> head = TRY(store.last_head());
  if (!leaf->index.has_value() || !head.has_value() || head->size <= *leaf->index) {
    return std::optional<journal::ProofFile>{};
  }
  const std::optional<JournalRecord> record = TRY(store.find_record(*leaf->index));
  if (!record.has_value()) return too_few_leaves();
  journal::StoredTree tree(tree_source(store));
  journal::ProofFile proof;
  proof.leaf = journal::leaf_text(leaf_of(tenant, *record));
  proof.index = *leaf->index;
  proof.path = TRY(tree.inclusion_proof(*leaf->index, head->size));
  proof.checkpoint = head->checkpoint;
  proof.timestamp = head->timestamp;
  if (opened && !record->salt.empty()) {
    proof.opening = journal::Opening{.salt = record->salt,
                                     .actor_kind = static_cast<int>(record->actor.kind),
                                     .actor_id = record->actor.id,
                                     .actor_name = record->actor.name,
                                     .actor_agency = record->actor.agency,
                                     .payload = record->payload};
  }
  return std::optional{std::move(proof)};
}

}  // namespace casework
