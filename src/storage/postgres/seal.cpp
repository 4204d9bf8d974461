#include "storage/postgres/seal.h"

#include <span>

#include "base/random.h"
#include "casework/journal_record.h"
#include "journal/leaf.h"

namespace storage::postgres {

Sealed seal(const dossier::Actor& actor, std::string_view payload) {
  Sealed sealed{.salt = std::string(journal::kSaltSize, '\0'), .content = {}};
  base::system_random().fill(std::as_writable_bytes(std::span{sealed.salt}));
  sealed.content = casework::bytes_of(
      journal::content_hash(sealed.salt, {.actor_kind = static_cast<int>(actor.kind),
                                          .actor_id = actor.id,
                                          .actor_name = actor.name,
                                          .actor_agency = actor.agency,
                                          .payload = payload}));
  return sealed;
}

}  // namespace storage::postgres
