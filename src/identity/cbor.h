#pragma once
// cbor.h - what authenticators write, as a small tree.
//
// item := unsigned | negative | bytes | text | array | map | false | true | null
//
// Strict: definite lengths, every number in its shortest form, no tags, no floating point, no key
// twice, nothing deeper than kCborDepthMax and no more than kCborItemsMax items.  That is what
// CTAP2 has authenticators write; whatever else comes is hostile or broken.
//
// Source: RFC 8949; CTAP 2.1, section 8 (canonical form).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace identity {

inline constexpr int kCborDepthMax = 4;
inline constexpr std::size_t kCborItemsMax = 256;

enum class CborRefusal {
  cut_short,   // the text ends within an item
  not_strict,  // indefinite length, a longer form than needed, a tag, a float, an unknown value
  too_much,    // too deep, or too many items
  key_twice,   // a map says one thing twice
  not_text,    // a text that is not UTF-8
};

enum class CborKind { integer, bytes, text, array, map, boolean, null };

struct CborItem {
  CborKind kind = CborKind::null;
  std::int64_t integer = 0;  // also of boolean: 0, 1
  std::string bytes;         // also of text
  std::vector<CborItem> items;
  std::vector<std::pair<CborItem, CborItem>> members;

  [[nodiscard]] const CborItem* find(std::string_view key) const;
  [[nodiscard]] const CborItem* find(std::int64_t key) const;
  friend bool operator==(const CborItem&, const CborItem&) = default;
};

struct CborRead {
  CborItem item;
  std::size_t length = 0;  // bytes that it took; what follows was not looked at
};

[[nodiscard]] base::Result<CborRead, CborRefusal> read_cbor(std::string_view bytes);
// The only spelling that read_cbor takes.
[[nodiscard]] std::string write_cbor(const CborItem& item);

}  // namespace identity
