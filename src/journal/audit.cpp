#include "journal/audit.h"

#include <algorithm>

#include "journal/subtree.h"
#include "journal/timestamp.h"

namespace journal {

namespace {

std::string name_of(const Leaf& leaf) {
  return std::string{leaf.kind} + " " + std::string{leaf.subject} + " " +
         std::to_string(leaf.sequence);
}

// Leaves under one hash of a level.
std::int64_t leaves_under(int level) {
  return std::int64_t{1} << (8 * level);
}

}  // namespace

std::string_view to_text(Damage damage) {
  switch (damage) {
    case Damage::record_changed:
      return "record_changed";
    case Damage::record_missing:
      return "record_missing";
    case Damage::record_out_of_place:
      return "record_out_of_place";
    case Damage::leaf_changed:
      return "leaf_changed";
    case Damage::leaf_missing:
      return "leaf_missing";
    case Damage::tile_damaged:
      return "tile_damaged";
    case Damage::head_malformed:
      return "head_malformed";
    case Damage::head_signature_bad:
      return "head_signature_bad";
    case Damage::head_not_of_this_tree:
      return "head_not_of_this_tree";
    case Damage::tree_too_short:
      return "tree_too_short";
    case Damage::timestamp_bad:
      return "timestamp_bad";
  }
  return "";
}

Audit::Audit(AuditSubject subject) : subject_(std::move(subject)) {
  read_heads(std::exchange(subject_.heads, {}));
  compare_heads();
}

void Audit::find(Damage damage, std::int64_t index, std::string detail) {
  ++report_.findings_in_all;
  if (report_.findings.size() < kFindingsKept) {
    report_.findings.push_back({damage, index, std::move(detail)});
  }
}

void Audit::read_heads(std::vector<AuditHead> heads) {
  for (const AuditHead& head : heads) read_head(head);
  std::ranges::stable_sort(heads_, {}, [](const Expected& expected) { return expected.head.size; });
}

void Audit::read_head(const AuditHead& head) {
  const auto checkpoint = parse_checkpoint(head.checkpoint);
  if (!checkpoint) return find(Damage::head_malformed, -1, head.name);
  if (head.size != -1 && head.size != checkpoint->head.size) {
    find(Damage::head_malformed, -1, head.name + ": kept under another size");
  }
  if (!subject_.keys.empty() && !signer_of(*checkpoint, subject_.keys)) {
    // Of who knows whom: its root is not worth a look.
    return find(Damage::head_signature_bad, -1, head.name);
  }
  if (!head.timestamp.empty()) {
    const auto stamp = subject_.ca.empty()
                           ? read_timestamp(head.timestamp, head.checkpoint)
                           : verify_timestamp(head.timestamp, head.checkpoint, subject_.ca);
    if (!stamp) find(Damage::timestamp_bad, -1, head.name + ": " + stamp.error().message);
  }
  if (head.size != -1) tiles_end_ = std::max(tiles_end_, checkpoint->head.size);
  heads_.push_back({.name = head.name, .head = checkpoint->head, .of_store = head.size != -1});
}

base::Outcome<base::Done> Audit::add(const AuditRecord& record) {
  if (record.erased) ++report_.records_erased;
  if (record.index < 0) {
    ++report_.records_waiting;
    return base::Done{};
  }
  if (record.index < next_) {
    find(Damage::record_out_of_place, record.index, name_of(record.leaf));
    return base::Done{};
  }
  const auto stored = hash_from(record.leaf_hash);
  if (!stored && record.index >= subject_.size) {
    // Beyond the end: an index that was never given, or leaves cut off.
    find(Damage::leaf_missing, record.index, name_of(record.leaf));
    return base::Done{};
  }
  TRY(fill_to(record.index));
  const Hash made = leaf_hash(record.leaf);
  if (!stored) {
    find(Damage::leaf_missing, record.index, name_of(record.leaf));
  } else if (made != *stored || record.leaf.tenant != subject_.tenant) {
    if (report_.findings.size() < kFindingsKept) undecided_.push_back(report_.findings.size());
    find(Damage::record_changed, record.index, name_of(record.leaf));
  }
  return append(stored.value_or(made), made);
}

// Leaves up to `index` that have no record.
base::Outcome<base::Done> Audit::fill_to(std::int64_t index) {
  while (next_ < index) {
    const std::string bytes = TRY(subject_.source.leaf_hashes(next_, 1));
    const auto leaf = hash_from(bytes);
    if (!leaf) {
      find(Damage::leaf_missing, next_, "neither leaf nor record");
      broken_ = true;
      next_ = index;
      return base::Done{};
    }
    find(Damage::record_missing, next_, "");
    TRY(append(*leaf, *leaf));
  }
  return base::Done{};
}

base::Outcome<base::Done> Audit::append(const Hash& leaf, const Hash& record) {
  ++next_;
  if (broken_) return base::Done{};
  if (leaf != record && !records_) records_ = leaves_;
  leaves_.append(leaf);
  if (records_) {
    records_->append(record);
    static_cast<void>(records_->take_completed());
  }
  if (next_ % kTileWidth == 0) TRY(compare_tiles());
  compare_heads();
  return base::Done{};
}

base::Outcome<base::Done> Audit::compare_tiles() {
  for (const Tile& tile : leaves_.take_completed()) {
    const auto stored = TRY(subject_.source.tile(tile.level, tile.number));
    const std::int64_t under = leaves_under(tile.level);
    const std::int64_t first = tile.number * kTileWidth * under;
    const std::string name =
        "tile " + std::to_string(tile.number) + " of level " + std::to_string(tile.level);
    if (!stored) {
      // Those of level 0 need not be stored; the others are with the head after them.
      if (tile.level > 0 && next_ <= tiles_end_) find(Damage::tile_damaged, first, name + ": gone");
      continue;
    }
    if (*stored == tile.hashes) continue;
    const auto differs = std::ranges::mismatch(*stored, tile.hashes).in2 - tile.hashes.begin();
    const auto hash =
        std::min<std::int64_t>(differs / static_cast<std::int64_t>(sizeof(Hash)), kTileWidth - 1);
    find(Damage::tile_damaged, first + hash * under, name);
  }
  return base::Done{};
}

void Audit::compare_heads() {
  while (next_head_ < heads_.size() && heads_[next_head_].head.size == next_ && !broken_) {
    const Expected& expected = heads_[next_head_++];
    if (records_ && leaves_.root() != expected.head.root &&
        records_->root() == expected.head.root) {
      // The records are what was signed: it is the leaves that somebody changed.
      for (const std::size_t i : undecided_) report_.findings[i].damage = Damage::leaf_changed;
      leaves_ = *records_;
    }
    if (leaves_.root() != expected.head.root) {
      misfit(expected, Damage::head_not_of_this_tree);
      continue;
    }
    records_.reset();
    undecided_.clear();
    ++report_.heads_held;
    report_.covered = next_;
    if (!expected.of_store) vouched_ = next_;
  }
}

void Audit::misfit(const Expected& expected, Damage damage) {
  // What is surely gone begins where the leaves end.  Where a head that was kept elsewhere does not
  // fit, those of the store may be as false as its leaves.
  const std::int64_t from = damage == Damage::tree_too_short ? next_
                            : expected.of_store              ? report_.covered
                                                             : vouched_;
  misfits_.push_back({.finding = report_.findings.size(), .from = from, .to = expected.head.size});
  find(damage, from, expected.name);
}

base::Outcome<AuditReport> Audit::finish() {
  TRY(fill_to(subject_.size));
  for (; next_head_ < heads_.size(); ++next_head_) {
    misfit(heads_[next_head_], broken_ ? Damage::head_not_of_this_tree : Damage::tree_too_short);
  }
  report_.leaves = next_;
  report_.root = leaves_.root();
  name_first_bad_index();
  return std::move(report_);
}

void Audit::name_first_bad_index() {
  // A head that does not fit says only between which leaves the reason lies; where another finding
  // lies there, that one is meant.
  std::vector<bool> vague(report_.findings.size());
  for (const Misfit& misfit : misfits_) {
    if (misfit.finding < vague.size()) vague[misfit.finding] = true;
  }
  std::vector<std::int64_t> exact;
  for (std::size_t i = 0; i < vague.size(); ++i) {
    if (!vague[i] && report_.findings[i].index >= 0) exact.push_back(report_.findings[i].index);
  }
  std::optional<std::int64_t> first;
  const auto take = [&first](std::int64_t index) {
    first = std::min(first.value_or(index), index);
  };
  std::ranges::for_each(exact, take);
  for (const Misfit& misfit : misfits_) {
    const bool explained = std::ranges::any_of(
        exact, [&](std::int64_t at) { return at >= misfit.from && at < misfit.to; });
    if (!explained) take(misfit.from);
  }
  report_.first_bad_index = first.value_or(-1);
}

}  // namespace journal
