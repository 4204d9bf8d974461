#pragma once
// file_store.h - the port for the bytes of papers and results: addressed by their SHA-256.
#include <string>
#include <string_view>

#include "base/fault.h"

namespace casework {

class FileStore {
 public:
  virtual ~FileStore() = default;
  // Durable when it returns.  Putting the same bytes twice is one file.  Returns the SHA-256 in
  // hex.
  [[nodiscard]] virtual base::Outcome<std::string> put(std::string_view bytes) = 0;
  // Checked against the address: fault `corrupt` when the bytes changed, `not_found` when gone.
  [[nodiscard]] virtual base::Outcome<std::string> get(const std::string& sha256) = 0;
};

}  // namespace casework
