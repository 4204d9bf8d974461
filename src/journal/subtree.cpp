#include "journal/subtree.h"

#include <cstring>

namespace journal {

Hash hash_at(std::string_view hashes, std::size_t i) {
  Hash hash{};
  std::memcpy(hash.data(), hashes.data() + i * sizeof(Hash), sizeof(Hash));
  return hash;
}

Hash complete_root(std::string hashes) {
  for (std::size_t count = hashes.size() / sizeof(Hash); count > 1; count /= 2) {
    for (std::size_t i = 0; i < count / 2; ++i) {
      const Hash joined = hash_node(hash_at(hashes, 2 * i), hash_at(hashes, 2 * i + 1));
      std::memcpy(hashes.data() + i * sizeof(Hash), joined.data(), sizeof(Hash));
    }
  }
  return hash_at(hashes, 0);
}

}  // namespace journal
