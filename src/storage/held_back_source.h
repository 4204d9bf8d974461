#pragma once
// held_back_source.h - a casework::FileSource over any reader: hashes what passes and holds the
// last piece back until the hash is right.  Private to the file stores.
#include <memory>
#include <string>

#include "casework/file_store.h"

namespace storage {

class Pieces {
 public:
  virtual ~Pieces() = default;
  // Up to `most` bytes; empty: the end.
  [[nodiscard]] virtual base::Outcome<std::string> read(std::size_t most) = 0;
};

[[nodiscard]] std::unique_ptr<casework::FileSource> held_back_source(std::string address,
                                                                     std::int64_t size,
                                                                     std::unique_ptr<Pieces> from);

}  // namespace storage
