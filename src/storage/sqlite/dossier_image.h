#pragma once
// dossier_image.h - every dossier of a store with its events, read without changing anything, for
// whoever holds the one against the other.  A server may be at work.
#include <functional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "casework/store.h"

namespace storage::sqlite {

struct DossierImage {
  casework::LoadedDossier loaded;
  std::vector<casework::StoredEvent> events;
  std::int64_t erased_through = 0;  // the last event whose content was erased by law; 0: none
};

// In order of id, as they are at one moment.  Ends when `visit` says false.
[[nodiscard]] base::Outcome<base::Done> each_dossier(
    const std::string& path, const std::string& tenant,
    const std::function<bool(const DossierImage&)>& visit);
[[nodiscard]] base::Outcome<std::optional<std::string>> find_revision(const std::string& path,
                                                                      const std::string& tenant,
                                                                      const std::string& digest);

}  // namespace storage::sqlite
