#include "journal/hash.h"

#include <cstring>
#include <string>

namespace journal {

Hash hash_leaf(std::string_view leaf) {
  std::string bytes;
  bytes.reserve(leaf.size() + 1);
  bytes += '\0';
  bytes += leaf;
  return base::sha256(bytes);
}

Hash hash_node(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * sizeof(Hash)> bytes{};
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.data(), left.size());
  std::memcpy(bytes.data() + 1 + left.size(), right.data(), right.size());
  return base::sha256({bytes.data(), bytes.size()});
}

std::string_view bytes_of(const Hash& hash) {
  return {static_cast<const char*>(static_cast<const void*>(hash.data())), hash.size()};
}

std::optional<Hash> hash_from(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes.data(), bytes.size());
  return hash;
}

}  // namespace journal
