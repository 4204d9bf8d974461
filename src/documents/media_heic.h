#pragma once
// media_heic.h - the primary picture of a HEIC file: opened, not decoded.
#include "documents/media_facts.h"

namespace documents::internal {

[[nodiscard]] base::Result<ImageFacts, FileRefusal> inspect_heic(std::string_view bytes);

}  // namespace documents::internal
