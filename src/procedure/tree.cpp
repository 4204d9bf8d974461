#include "procedure/tree.h"

#include <algorithm>
#include <array>

namespace procedure {

Tree Tree::scalar(std::string text, bool quoted) {
  Tree tree;
  tree.kind = Kind::scalar;
  tree.text = std::move(text);
  tree.quoted = quoted;
  return tree;
}

Tree Tree::list() {
  Tree tree;
  tree.kind = Kind::list;
  return tree;
}

Tree Tree::map() {
  Tree tree;
  tree.kind = Kind::map;
  return tree;
}

const Tree* Tree::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) return nullptr;
  return &items[static_cast<std::size_t>(found - keys.begin())];
}

Tree* Tree::find(std::string_view key) {
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) return nullptr;
  return &items[static_cast<std::size_t>(found - keys.begin())];
}

std::string_view Tree::text_of(std::string_view key) const {
  const Tree* value = find(key);
  return value != nullptr && value->is_scalar() ? std::string_view{value->text}
                                                : std::string_view{};
}

Tree& Tree::put(std::string key, Tree value) {
  kind = Kind::map;
  if (Tree* known = find(key); known != nullptr) {
    *known = std::move(value);
    return *known;
  }
  keys.push_back(std::move(key));
  items.push_back(std::move(value));
  return items.back();
}

bool Tree::erase(std::string_view key) {
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) return false;
  items.erase(items.begin() + (found - keys.begin()));
  keys.erase(found);
  return true;
}

void Tree::set_origin(std::uint16_t origin_of_all) {
  origin = origin_of_all;
  for (Tree& item : items) item.set_origin(origin_of_all);
}

bool says_the_same(const Tree& a, const Tree& b) {
  if (a.kind != b.kind || a.items.size() != b.items.size()) return false;
  if (a.is_scalar()) return a.text == b.text;
  if (!a.is_map()) return std::ranges::equal(a.items, b.items, says_the_same);
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    const bool in_place = a.keys[i] == b.keys[i];
    const Tree* other = in_place ? &b.items[i] : b.find(a.keys[i]);
    if (other == nullptr || !says_the_same(a.items[i], *other)) return false;
  }
  return true;
}

namespace {

void append(const Tree& tree, std::string& line, std::size_t length) {
  if (line.size() > length) return;
  if (tree.is_scalar()) {
    for (const char c : tree.text) {
      if (line.size() > length) return;
      line.push_back(c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
    }
    return;
  }
  if (tree.kind == Tree::Kind::null) return;
  line += tree.is_map() ? "{" : "[";
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    if (i > 0) line += ", ";
    if (tree.is_map()) line += tree.keys[i] + ": ";
    append(tree.items[i], line, length);
  }
  line += tree.is_map() ? "}" : "]";
}

}  // namespace

std::string in_one_line(const Tree& tree, std::size_t length) {
  std::string line;
  append(tree, line, length);
  if (line.size() <= length) return line;
  // Not in the middle of a character.
  std::size_t end = length;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

std::string_view identity_of(const Tree& item) {
  if (item.is_scalar()) return item.text;
  if (!item.is_map()) return {};
  for (const std::string_view key : {"id", "code", "act", "value", "name"}) {
    if (const std::string_view text = item.text_of(key); !text.empty()) return text;
  }
  const Tree* channels = item.find("channels");
  if (channels != nullptr && channels->is_list() && channels->items.size() == 1) {
    return channels->items.front().text;
  }
  return {};
}

}  // namespace procedure
