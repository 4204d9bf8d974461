#include "storage/sqlite/erasure.h"

#include <vector>

#include "casework/journal_record.h"

namespace storage::sqlite {

namespace {

struct Erased {
  std::int64_t sequence = 0;
  std::string content_hash;
};

base::Outcome<std::vector<Erased>> hashes_of(Database& database, const std::string& tenant,
                                             const std::string& dossier,
                                             std::int64_t through_version) {
  Statement find = TRY(database.prepare(
      "SELECT sequence, salt, actor_kind, actor_id, actor_name, actor_agency, payload FROM event "
      "WHERE tenant = ?1 AND dossier = ?2 AND sequence <= ?3 AND salt IS NOT NULL"));
  find.bind(tenant).bind(dossier).bind(through_version);
  std::vector<Erased> all;
  while (TRY(find.step())) {
    const journal::Hash hash =
        journal::content_hash(find.text_view(1), {.actor_kind = static_cast<int>(find.number(2)),
                                                  .actor_id = find.text_view(3),
                                                  .actor_name = find.text_view(4),
                                                  .actor_agency = find.text_view(5),
                                                  .payload = find.text_view(6)});
    all.push_back({.sequence = find.number(0), .content_hash = casework::bytes_of(hash)});
  }
  return all;
}

}  // namespace

base::Outcome<base::Done> erase_content(Database& database, const std::string& tenant,
                                        const std::string& dossier, std::int64_t through_version) {
  const std::vector<Erased> all = TRY(hashes_of(database, tenant, dossier, through_version));
  for (const Erased& one : all) {
    Statement erase = TRY(database.prepare(
        "UPDATE event SET actor_id = '', actor_name = '', payload = '', salt = NULL, content = ?4 "
        "WHERE tenant = ?1 AND dossier = ?2 AND sequence = ?3"));
    erase.bind(tenant).bind(dossier).bind(one.sequence).bind_blob(one.content_hash);
    TRY(erase.run());
  }
  const std::string owner = "dossier:" + dossier;
  Statement files = TRY(database.prepare("DELETE FROM file WHERE tenant = ?1 AND owner = ?2"));
  files.bind(tenant).bind(owner);
  TRY(files.run());
  Statement payments =
      TRY(database.prepare("UPDATE payment SET reason = '' WHERE tenant = ?1 AND dossier = ?2"));
  payments.bind(tenant).bind(dossier);
  return payments.run();
}

}  // namespace storage::sqlite
