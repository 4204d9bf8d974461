#pragma once
// attribute_path.h - where an attribute of a package stands: "cases[late].limits[post].published".
//
//   path     := name part*
//   part     := "." name | "[" selector "]"
//   name     := a-z A-Z 0-9 _ -
//   selector := the id of an item of a list (its id, code, act, value, name or channel; a text is
//               its own id), or "#n" for the n-th, or the key of a map whose keys are no names
//             | "*", every item
//
// `form.fields[x]` stands for the field wherever its page is.
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/tree.h"

namespace procedure {

struct PathPart {
  std::string text;
  bool selector = false;
  [[nodiscard]] bool is_star() const { return selector && text == "*"; }
  friend bool operator==(const PathPart&, const PathPart&) = default;
};

class AttributePath {
 public:
  AttributePath() = default;  // the root
  explicit AttributePath(std::vector<PathPart> parts) : parts_(std::move(parts)) {}
  // At most 12 parts and 400 bytes.
  [[nodiscard]] static std::optional<AttributePath> parse(std::string_view text);

  [[nodiscard]] const std::vector<PathPart>& parts() const { return parts_; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool empty() const { return parts_.empty(); }
  [[nodiscard]] bool has_star() const;
  [[nodiscard]] AttributePath parent() const;  // Requires: not empty
  [[nodiscard]] AttributePath name(std::string_view key) const;
  [[nodiscard]] AttributePath item(std::string_view selector) const;
  // The root is above everything, and everything above itself.
  [[nodiscard]] bool is_above(const AttributePath& other) const;
  // Are these two the same, or one above the other?
  [[nodiscard]] bool touches(const AttributePath& other) const;

  friend bool operator==(const AttributePath&, const AttributePath&) = default;

 private:
  std::vector<PathPart> parts_;
};

// nullptr when nothing stands there.  A selector that fits several items finds nothing.
[[nodiscard]] const Tree* find_attribute(const Tree& root, const AttributePath& path);
[[nodiscard]] Tree* find_attribute(Tree& root, const AttributePath& path);

// The path with its stars replaced by every item there is, `form.fields` by the page, and items by
// their identities; the last part need not exist yet.  At most 2,000 paths.
[[nodiscard]] std::vector<AttributePath> expanded(const Tree& root, const AttributePath& path);

// The selector of the i-th item of a list: its identity, or "#n" where it has none of its own.
[[nodiscard]] std::string selector_of(const Tree& list, std::size_t index);

struct Leaf {
  AttributePath path;
  const Tree* value = nullptr;  // a scalar, a null, an empty list or map
};
// Every value below `tree`, in its order.
[[nodiscard]] std::vector<Leaf> leaves_of(const Tree& tree, const AttributePath& at = {});

}  // namespace procedure
