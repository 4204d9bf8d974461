#pragma once
// leaf_reader.h - reads the text of a leaf that somebody hands in.
#include <string_view>

#include "base/fault.h"
#include "journal/leaf.h"

namespace journal {

inline constexpr std::size_t kLeafBytesMax = 4'096;

// Exactly the grammar: what is read gives the same text again.  The views of the answer point into
// `text`.
[[nodiscard]] base::Outcome<Leaf> parse_leaf(std::string_view text);

}  // namespace journal
