#pragma once
// tree.h - a definition as a tree of plain values, each knowing where it came from.
//
// Overlays change packages attribute by attribute, whatever file an attribute stands in; on this
// tree every attribute has a path (attribute_path.h) and an origin.  It knows nothing of what the
// values mean: that is the business of the readers, once the tree is files again.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace procedure {

struct Tree {
  enum class Kind : std::uint8_t { null, scalar, list, map };

  Kind kind = Kind::null;
  bool quoted = false;            // a scalar that is text whatever it looks like
  std::uint16_t origin = 0;       // 0: the base package; 1, 2 …: the overlays in the order applied
  int line = 0;                   // in the file it was read from; 0: none
  std::string text;               // of a scalar
  std::vector<std::string> keys;  // of a map, beside `items`
  std::vector<Tree> items;        // of a list or a map

  [[nodiscard]] static Tree scalar(std::string text, bool quoted = true);
  [[nodiscard]] static Tree list();
  [[nodiscard]] static Tree map();

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }

  // nullptr when this is no map, or has no such key.
  [[nodiscard]] const Tree* find(std::string_view key) const;
  [[nodiscard]] Tree* find(std::string_view key);
  // The scalar under a key; empty when there is none.
  [[nodiscard]] std::string_view text_of(std::string_view key) const;
  // Puts a value under a key, at the end if the key is new.  Requires: a map, or null.
  Tree& put(std::string key, Tree value);
  // False when there is no such key.
  bool erase(std::string_view key);

  void set_origin(std::uint16_t origin_of_all);
};

// The same values, whatever their lines, origins and quotes, and in whatever order the keys stand.
[[nodiscard]] bool says_the_same(const Tree& a, const Tree& b);
// In one line, for a person: scalars as they are, the rest as in a list of parts; cut at `length`.
[[nodiscard]] std::string in_one_line(const Tree& tree, std::size_t length = 200);

// By what an item of a list is recognised: its `id`, `code`, `act`, `value` or `name`, its only
// channel, or itself where it is a scalar.  Empty: by its place only.
[[nodiscard]] std::string_view identity_of(const Tree& item);

}  // namespace procedure
