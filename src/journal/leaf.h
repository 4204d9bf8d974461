#pragma once
// leaf.h - what one leaf of the journal's tree commits to, and how its hash is made.
//
// A leaf names a record (of which subject, which in the row, when, of what type) and holds the
// salted hash of its content, so that the content can be erased by law and the tree still verifies.
// docs/formats/journal.md has the grammar.  Everything here is pure and total.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "journal/hash.h"

namespace journal {

inline constexpr std::size_t kSaltSize = 16;

// What a record says: erasable.  `salt` is kSaltSize random bytes.
struct Content {
  int actor_kind = 0;
  std::string_view actor_id;
  std::string_view actor_name;
  std::string_view actor_agency;
  std::string_view payload;
};
[[nodiscard]] Hash content_hash(std::string_view salt, const Content& content);

// Nothing in it is personal.  Its texts hold no control characters.
struct Leaf {
  std::string_view tenant;
  std::string_view kind;  // "event", "access", "calendar"
  std::string_view subject;
  std::int64_t sequence = 0;
  std::int64_t at = 0;  // milliseconds since 1970 UTC
  std::string_view type;
  std::string_view number;  // or empty
  Hash content{};
};
[[nodiscard]] std::string leaf_text(const Leaf& leaf);
[[nodiscard]] inline Hash leaf_hash(const Leaf& leaf) {
  return hash_leaf(leaf_text(leaf));
}

}  // namespace journal
