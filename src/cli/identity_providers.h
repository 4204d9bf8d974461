#pragma once
// identity_providers.h - the file that --identity-providers names, with the secrets it points to.
#include <filesystem>
#include <vector>

#include "base/fault.h"
#include "identity/federation.h"

namespace cli {

// YAML (docs/formats/identity-providers.md).  Paths of secrets are taken from the file's own
// folder.  Faults name file, provider and member, never what a secret says.
[[nodiscard]] base::Outcome<std::vector<identity::ConfiguredProvider>> load_identity_providers(
    const std::filesystem::path& file);

}  // namespace cli
