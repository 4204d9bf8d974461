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

}  // namespace journal
