#include "procedure/attribute_path.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/text.h"

namespace procedure {
namespace {

constexpr std::size_t kPartsMax = 12;
constexpr std::size_t kBytesMax = 400;
constexpr std::size_t kPathsMax = 2'000;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_name_character);
}

// One keyboard writes letters and their marks apart, another together.
bool is_same(std::string_view identity, std::string_view selector) {
  if (identity == selector) return true;
  const auto plain = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  if (plain(identity) || plain(selector)) return false;
  return base::to_nfc(identity) == base::to_nfc(selector);
}

// The place an item of a list has, if exactly one fits.
std::optional<std::size_t> place_in(const Tree& list, std::string_view selector) {
  if (selector.size() > 1 && selector.front() == '#') {
    std::size_t number = 0;
    const char* end = selector.data() + selector.size();
    const auto [stop, error] = std::from_chars(selector.data() + 1, end, number);
    if (error == std::errc{} && stop == end) {
      if (number == 0 || number > list.items.size()) return std::nullopt;
      return number - 1;
    }
  }
  std::optional<std::size_t> place;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (!is_same(identity_of(list.items[i]), selector)) continue;
    if (place) return std::nullopt;
    place = i;
  }
  return place;
}

const Tree* step_down(const Tree& at, const PathPart& part) {
  if (at.is_map()) return at.find(part.text);
  if (!at.is_list() || !part.selector) return nullptr;
  const auto place = place_in(at, part.text);
  return place ? &at.items[*place] : nullptr;
}

class Expansion {
 public:
  explicit Expansion(const std::vector<PathPart>& parts) : parts_(parts) {}

  void run(const Tree* at, std::size_t next, const AttributePath& done) {
    if (paths.size() >= kPathsMax) return;
    if (next == parts_.size()) {
      paths.push_back(done);
      return;
    }
    const PathPart& part = parts_[next];
    if (at == nullptr || at->kind == Tree::Kind::null || at->is_scalar()) {
      // Nothing is there yet: only the last part may be new.
      if (next + 1 == parts_.size() && !part.is_star()) go_on(nullptr, next, done, part);
      return;
    }
    if (at->is_list() && part.selector) {
      if (!part.is_star()) {
        const auto place = place_in(*at, part.text);
        if (!place && next + 1 != parts_.size()) return;
        if (!place) return go_on(nullptr, next, done, part);
        return go_on(&at->items[*place], next, done, {selector_of(*at, *place), true});
      }
      for (std::size_t i = 0; i < at->items.size(); ++i) {
        go_on(&at->items[i], next, done, {selector_of(*at, i), true});
      }
      return;
    }
    if (at->is_map() && part.is_star()) {
      for (std::size_t i = 0; i < at->keys.size(); ++i) {
        go_on(&at->items[i], next, done, {at->keys[i], true});
      }
      return;
    }
    if (at->is_list()) return;
    const Tree* below = at->find(part.text);
    if (below == nullptr && next + 1 != parts_.size()) return;
    go_on(below, next, done, {part.text, !is_name(part.text)});
  }

  std::vector<AttributePath> paths;

 private:
  void go_on(const Tree* at, std::size_t next, const AttributePath& done, PathPart part) {
    std::vector<PathPart> longer = done.parts();
    longer.push_back(std::move(part));
    run(at, next + 1, AttributePath(std::move(longer)));
  }

  const std::vector<PathPart>& parts_;
};

// `form.fields[x]…` as `form.pages[p].fields[x]…`; `[*]` as `pages[*].fields[*]`.
std::vector<PathPart> with_page(const Tree& root, const std::vector<PathPart>& parts) {
  if (parts.size() < 3 || parts[0].text != "form" || parts[1] != PathPart{"fields", false} ||
      !parts[2].selector) {
    return parts;
  }
  std::vector<PathPart> longer{parts[0], {"pages", false}, {"*", true}};
  const Tree* form = root.find("form");
  const Tree* pages = form == nullptr ? nullptr : form->find("pages");
  if (!parts[2].is_star() && pages != nullptr) {
    for (std::size_t i = 0; i < pages->items.size(); ++i) {
      const Tree* fields = pages->items[i].find("fields");
      if (fields == nullptr || !place_in(*fields, parts[2].text)) continue;
      longer.back().text = selector_of(*pages, i);
      break;
    }
    // In no page: the path leads nowhere.
    if (longer.back().is_star()) longer.back().text = "";
  }
  longer.insert(longer.end(), parts.begin() + 1, parts.end());
  return longer;
}

void gather(const Tree& tree, const AttributePath& at, std::vector<Leaf>& leaves) {
  if ((!tree.is_list() && !tree.is_map()) || tree.items.empty()) {
    leaves.push_back({at, &tree});
    return;
  }
  if (tree.is_map()) {
    for (std::size_t i = 0; i < tree.keys.size(); ++i) {
      gather(tree.items[i], is_name(tree.keys[i]) ? at.name(tree.keys[i]) : at.item(tree.keys[i]),
             leaves);
    }
    return;
  }
  std::unordered_map<std::string_view, int> seen;
  for (const Tree& item : tree.items) ++seen[identity_of(item)];
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    const std::string_view identity = identity_of(tree.items[i]);
    const bool own =
        !identity.empty() && seen[identity] == 1 && identity.find(']') == identity.npos;
    gather(tree.items[i], at.item(own ? std::string{identity} : "#" + std::to_string(i + 1)),
           leaves);
  }
}

}  // namespace

std::optional<AttributePath> AttributePath::parse(std::string_view text) {
  if (text.empty() || text.size() > kBytesMax) return std::nullopt;
  std::vector<PathPart> parts;
  std::size_t at = 0;
  bool name_next = true;
  while (at < text.size()) {
    if (parts.size() == kPartsMax) return std::nullopt;
    if (name_next) {
      std::size_t end = at;
      while (end < text.size() && is_name_character(text[end])) ++end;
      if (end == at) return std::nullopt;
      parts.push_back({std::string{text.substr(at, end - at)}, false});
      at = end;
      name_next = false;
    } else if (text[at] == '.') {
      ++at;
      name_next = true;
    } else if (text[at] == '[') {
      const std::size_t end = text.find(']', at);
      if (end == std::string_view::npos || end == at + 1) return std::nullopt;
      parts.push_back({std::string{text.substr(at + 1, end - at - 1)}, true});
      at = end + 1;
    } else {
      return std::nullopt;
    }
  }
  if (name_next) return std::nullopt;
  return AttributePath(std::move(parts));
}

std::string AttributePath::text() const {
  std::string text;
  for (const PathPart& part : parts_) {
    if (part.selector) {
      text.append("[").append(part.text).append("]");
    } else {
      text.append(text.empty() ? "" : ".").append(part.text);
    }
  }
  return text;
}

bool AttributePath::has_star() const {
  return std::ranges::any_of(parts_, &PathPart::is_star);
}

AttributePath AttributePath::parent() const {
  return AttributePath(std::vector<PathPart>(parts_.begin(), parts_.end() - 1));
}

AttributePath AttributePath::name(std::string_view key) const {
  std::vector<PathPart> parts = parts_;
  parts.push_back({std::string{key}, false});
  return AttributePath(std::move(parts));
}

AttributePath AttributePath::item(std::string_view selector) const {
  std::vector<PathPart> parts = parts_;
  parts.push_back({std::string{selector}, true});
  return AttributePath(std::move(parts));
}

bool AttributePath::is_above(const AttributePath& other) const {
  if (parts_.size() > other.parts_.size()) return false;
  return std::equal(parts_.begin(), parts_.end(), other.parts_.begin(),
                    [](const PathPart& a, const PathPart& b) { return a.text == b.text; });
}

bool AttributePath::touches(const AttributePath& other) const {
  return is_above(other) || other.is_above(*this);
}

const Tree* find_attribute(const Tree& root, const AttributePath& path) {
  const Tree* at = &root;
  for (const PathPart& part : path.parts()) {
    at = step_down(*at, part);
    if (at == nullptr) return nullptr;
  }
  return at;
}

Tree* find_attribute(Tree& root, const AttributePath& path) {
  Tree* at = &root;
  for (const PathPart& part : path.parts()) {
    if (at->is_map()) {
      at = at->find(part.text);
    } else {
      const auto place = at->is_list() && part.selector ? place_in(*at, part.text) : std::nullopt;
      at = place ? &at->items[*place] : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::vector<AttributePath> expanded(const Tree& root, const AttributePath& path) {
  const std::vector<PathPart> parts = with_page(root, path.parts());
  Expansion expansion(parts);
  expansion.run(&root, 0, {});
  return std::move(expansion.paths);
}

std::string selector_of(const Tree& list, std::size_t index) {
  const std::string_view identity = identity_of(list.items[index]);
  const bool own = !identity.empty() && identity.find(']') == std::string_view::npos &&
                   std::ranges::count_if(list.items, [&](const Tree& item) {
                     return identity_of(item) == identity;
                   }) == 1;
  return own ? std::string{identity} : "#" + std::to_string(index + 1);
}

std::vector<Leaf> leaves_of(const Tree& tree, const AttributePath& at) {
  std::vector<Leaf> leaves;
  gather(tree, at, leaves);
  return leaves;
}

}  // namespace procedure
