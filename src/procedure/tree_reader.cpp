#include "procedure/tree_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace procedure {

using form::Need;

void TreeReader::problem(const Tree& at, std::string message, std::string remedy) {
  problems_.push_back({file_, at.line, std::move(message), std::move(remedy)});
}

bool TreeReader::only_keys(const Tree& map, std::initializer_list<std::string_view> keys) {
  if (!map.is_map()) {
    problem(map, "keys and values are expected here", "write `key: value` lines");
    return false;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (std::ranges::find(keys, map.keys[i]) != keys.end()) continue;
    std::string known;
    for (const std::string_view one : keys) known.append(known.empty() ? "" : ", ").append(one);
    problem(map.items[i], "unknown key `" + map.keys[i] + "`", "use one of: " + known);
  }
  return true;
}

std::string TreeReader::text(const Tree& map, std::string_view key, Need need,
                             std::size_t length_max) {
  const Tree* value = map.find(key);
  const std::string name{key};
  if (value == nullptr || value->kind == Tree::Kind::null) {
    if (need == Need::required) {
      problem(map, "`" + name + "` is missing", "add `" + name + ":` here");
    }
    return {};
  }
  if (!value->is_scalar()) {
    problem(*value, "`" + name + "` takes one plain value", "write a single value");
    return {};
  }
  std::string line = base::to_one_line(value->text);
  if (line.empty() && need == Need::required) {
    problem(*value, "`" + name + "` is empty", "write its text");
  }
  if (base::length_in_characters(line) > length_max) {
    problem(*value, "`" + name + "` is longer than " + std::to_string(length_max) + " characters",
            "shorten it");
    return {};
  }
  return line;
}

form::Bilingual TreeReader::bilingual(const Tree& map, std::string_view key, Need need) {
  const Tree* value = map.find(key);
  if (value == nullptr || value->kind == Tree::Kind::null) {
    if (need == Need::required) {
      problem(map, "`" + std::string{key} + "` is missing",
              "add `" + std::string{key} + ": {vi: ..., en: ...}`");
    }
    return {};
  }
  if (!only_keys(*value, {"vi", "en"})) return {};
  return {text(*value, "vi", Need::required), text(*value, "en", Need::required)};
}

std::optional<std::int64_t> TreeReader::integer(const Tree& map, std::string_view key) {
  const std::string digits = text(map, key);
  if (digits.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    problem(*map.find(key), "`" + std::string{key} + "` is not a whole number",
            "write digits only, such as 2");
    return std::nullopt;
  }
  return value;
}

std::optional<calendar::Date> TreeReader::date(const Tree& map, std::string_view key, Need need) {
  const std::string day = text(map, key, need);
  if (day.empty()) return std::nullopt;
  auto value = calendar::parse_date(day);
  if (!value) {
    problem(*map.find(key), "`" + std::string{key} + "` is not a day", "write it as 2026-01-31");
  }
  return value;
}

LegalBasis TreeReader::legal_basis(const Tree& map) {
  LegalBasis basis;
  if (!only_keys(map, {"act", "article", "title", "from", "to"})) return basis;
  basis.act = text(map, "act", Need::required, 60);
  basis.article = text(map, "article");
  basis.title = bilingual(map, "title", Need::required);
  basis.from = date(map, "from");
  basis.to = date(map, "to");
  if (basis.from && basis.to && *basis.to < *basis.from) {
    problem(map, "the provision ends before it begins", "correct `from` or `to`");
  }
  return basis;
}

Tree legal_basis_tree(const LegalBasis& basis) {
  Tree tree = Tree::map();
  tree.put("act", Tree::scalar(basis.act));
  if (!basis.article.empty()) tree.put("article", Tree::scalar(basis.article));
  Tree title = Tree::map();
  title.put("vi", Tree::scalar(basis.title.vi));
  title.put("en", Tree::scalar(basis.title.en));
  tree.put("title", std::move(title));
  if (basis.from) tree.put("from", Tree::scalar(calendar::to_iso(*basis.from), false));
  if (basis.to) tree.put("to", Tree::scalar(calendar::to_iso(*basis.to), false));
  return tree;
}

}  // namespace procedure
