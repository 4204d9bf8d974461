#include "cli/journal_audit.h"

#include <algorithm>

#include "casework/journal_record.h"
#include "casework/sealing.h"
#include "storage/sqlite/store_image.h"

namespace cli {

namespace {

constexpr std::int64_t kProgressStep = 4'096;
constexpr std::int64_t kJournalSince = 3;
constexpr int kHeadsAtOnce = 10'000;

bool is_erased(const casework::JournalRecord& record) {
  return record.salt.empty() && !record.content_hash.empty();
}

// Where the law had the content erased, only its hash is there to go by: then nothing of the
// content may be left, or anybody could put something there.
journal::Leaf leaf_to_hold(const std::string& tenant, const casework::JournalRecord& record) {
  journal::Leaf leaf = casework::leaf_of(tenant, record);
  const bool left =
      !record.payload.empty() || !record.actor.id.empty() || !record.actor.name.empty();
  if (is_erased(record) && left) leaf.content = {};
  return leaf;
}

using Visit = std::function<bool(const casework::JournalRecord&)>;

// What a journal is made of, wherever it is kept.
struct Parts {
  std::vector<casework::HeadRow> heads;
  std::int64_t size = 0;
  journal::TreeSource tree;
  std::function<base::Outcome<base::Done>(const Visit&)> each_record;
};

base::Outcome<journal::AuditReport> hold(const JournalAuditRequest& request, Parts parts) {
  const std::string& tenant = request.tenant;
  journal::AuditSubject subject{.tenant = tenant,
                                .size = parts.size,
                                .source = std::move(parts.tree),
                                .keys = request.keys,
                                .heads = request.kept,
                                .ca = request.ca};
  for (casework::HeadRow& head : parts.heads) {
    subject.heads.push_back({.name = "head " + std::to_string(head.size),
                             .checkpoint = std::move(head.checkpoint),
                             .size = head.size,
                             .timestamp = std::move(head.timestamp)});
  }
  const std::int64_t all = subject.size;
  journal::Audit audit(std::move(subject));
  base::Outcome<base::Done> added = base::Done{};
  std::int64_t done = 0;
  TRY(parts.each_record([&](const casework::JournalRecord& record) {
    added = audit.add({.index = record.index,
                       .leaf = leaf_to_hold(tenant, record),
                       .erased = is_erased(record),
                       .leaf_hash = record.leaf_hash});
    if (request.progress && ++done % kProgressStep == 0) request.progress(done, all);
    return added.has_value();
  }));
  TRY(added);
  return audit.finish();
}

}  // namespace

base::Outcome<journal::AuditReport> audit_journal(const JournalAuditRequest& request) {
  const auto image = TRY(
      storage::sqlite::StoreImage::open(request.store, storage::sqlite::StoreImage::Kind::live));
  if (image.schema() < kJournalSince) {
    return base::fault(base::FaultCode::invalid,
                       request.store + " has no journal yet: start the server once");
  }
  return audit_journal(image, request);
}

base::Outcome<journal::AuditReport> audit_journal(const storage::sqlite::StoreImage& image,
                                                  const JournalAuditRequest& request) {
  const std::string& tenant = request.tenant;
  return hold(request, {.heads = TRY(image.heads(tenant)),
                        .size = TRY(image.leaves(tenant)),
                        .tree = image.tree(tenant),
                        .each_record = [&](const Visit& visit) {
                          return image.each_record(tenant, visit);
                        }});
}

base::Outcome<journal::AuditReport> audit_journal(casework::Store& store,
                                                  const JournalAuditRequest& request) {
  // Heads first: of a tree that grows meanwhile, those that are read are not longer than it.
  std::vector<casework::HeadRow> heads;
  for (std::int64_t from = 0;;) {
    std::vector<casework::HeadRow> some = TRY(store.heads(from, kHeadsAtOnce));
    if (some.empty()) break;
    from = some.back().size + 1;
    std::ranges::move(some, std::back_inserter(heads));
  }
  return hold(request,
              {.heads = std::move(heads),
               .size = TRY(store.journal_size()),
               .tree = casework::tree_source(store),
               .each_record = [&](const Visit& visit) { return store.each_record(visit); }});
}

calendar::Bilingual explain(journal::Damage damage) {
  using journal::Damage;
  switch (damage) {
    case Damage::record_changed:
      return {"bản ghi không còn như lúc ghi", "the record is not what was recorded"};
    case Damage::record_missing:
      return {"bản ghi đã mất", "the record is gone"};
    case Damage::record_out_of_place:
      return {"hai bản ghi ở một chỗ", "two records in one place"};
    case Damage::leaf_changed:
      return {"lá của cây không đúng với bản ghi và đầu cây đã ký",
              "the leaf is neither its record's nor the one under the signed head"};
    case Damage::leaf_missing:
      return {"cây thiếu lá này", "the tree lacks this leaf"};
    case Damage::tile_damaged:
      return {"mảnh cây đã lưu không khớp với các lá", "a stored tile is not made of these leaves"};
    case Damage::head_malformed:
      return {"đầu cây không đọc được", "the head cannot be read"};
    case Damage::head_signature_bad:
      return {"đầu cây không do khóa đã biết ký", "no known key signed the head"};
    case Damage::head_not_of_this_tree:
      return {"đầu cây đã ký không phải của cây này", "the signed head is not of this tree"};
    case Damage::tree_too_short:
      return {"cây ngắn hơn đầu cây đã ký", "the tree is shorter than the signed head"};
    case Damage::timestamp_bad:
      return {"dấu thời gian không hợp lệ", "the time-stamp does not hold"};
  }
  return {};
}

}  // namespace cli
