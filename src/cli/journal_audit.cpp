#include "cli/journal_audit.h"

#include "casework/journal_record.h"
#include "storage/sqlite/store_image.h"

namespace cli {

namespace {

constexpr std::int64_t kProgressStep = 4'096;
constexpr std::int64_t kJournalSince = 3;

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
  journal::AuditSubject subject{.tenant = tenant,
                                .size = TRY(image.leaves(tenant)),
                                .source = image.tree(tenant),
                                .keys = request.keys,
                                .heads = request.kept,
                                .ca = request.ca};
  for (casework::HeadRow& head : TRY(image.heads(tenant))) {
    subject.heads.push_back({.name = "head " + std::to_string(head.size),
                             .checkpoint = std::move(head.checkpoint),
                             .size = head.size,
                             .timestamp = std::move(head.timestamp)});
  }
  const std::int64_t all = subject.size;
  journal::Audit audit(std::move(subject));
  base::Outcome<base::Done> added = base::Done{};
  std::int64_t done = 0;
  TRY(image.each_record(tenant, [&](const casework::JournalRecord& record) {
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
