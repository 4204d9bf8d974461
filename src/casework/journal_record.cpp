#include "casework/journal_record.h"

#include <cstring>

#include "base/json.h"

namespace casework {

std::string access_subject(const AccessRow& row) {
  return "access/" + (row.dossier.empty() ? row.actor.id : row.dossier);
}

std::string calendar_subject(const std::string& office) {
  return "calendar/" + office;
}

std::string calendar_payload(const CalendarVersionRow& row) {
  return base::to_text(
      base::json::object{{"content", row.content}, {"reason", row.reason}, {"act", row.act}});
}

journal::Hash content_hash_of(const JournalRecord& record) {
  if (record.salt.empty() && !record.content_hash.empty()) return hash_from(record.content_hash);
  return journal::content_hash(record.salt, {.actor_kind = static_cast<int>(record.actor.kind),
                                             .actor_id = record.actor.id,
                                             .actor_name = record.actor.name,
                                             .actor_agency = record.actor.agency,
                                             .payload = record.payload});
}

journal::Leaf leaf_of(const std::string& tenant, const JournalRecord& record) {
  return {.tenant = tenant,
          .kind = record.kind,
          .subject = record.subject,
          .sequence = record.sequence,
          .at = record.at.time_since_epoch().count(),
          .type = record.type,
          .number = record.number,
          .content = content_hash_of(record)};
}

std::string bytes_of(const journal::Hash& hash) {
  std::string bytes(hash.size(), '\0');
  std::memcpy(bytes.data(), hash.data(), hash.size());
  return bytes;
}

journal::Hash hash_from(std::string_view bytes) {
  journal::Hash hash{};
  if (bytes.size() == hash.size()) std::memcpy(hash.data(), bytes.data(), bytes.size());
  return hash;
}

}  // namespace casework
