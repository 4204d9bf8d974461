#pragma once
// seal.h - the secret half of a leaf: salt and hash of a content, made before the database is
// asked.
#include <string>
#include <string_view>

#include "dossier/actor.h"

namespace storage::postgres {

struct Sealed {
  std::string salt;     // 16 random bytes
  std::string content;  // hash, 32 bytes
};
[[nodiscard]] Sealed seal(const dossier::Actor& actor, std::string_view payload);

}  // namespace storage::postgres
