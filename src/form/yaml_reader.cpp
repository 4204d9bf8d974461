#include "form/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/text.h"

namespace form {
namespace {

constexpr int kDepthMax = 24;
constexpr std::size_t kNodesMax = 50'000;

int line_of(const YAML::Node& node) {
  return node.IsDefined() ? std::max(node.Mark().line, 0) + 1 : 0;
}

}  // namespace

bool is_snake_case(std::string_view text) {
  if (text.empty() || text.size() > 60 || text.front() < 'a' || text.front() > 'z') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::optional<YAML::Node> YamlReader::parse(std::string_view text) {
  if (text.size() > kYamlBytesMax) {
    problem_in_file("the file is larger than 1 MiB", "split it, or shorten its texts");
    return std::nullopt;
  }
  if (!base::is_utf8(text)) {
    problem_in_file("the file is not UTF-8 text", "save it with the encoding UTF-8");
    return std::nullopt;
  }
  try {
    YAML::Node root = YAML::Load(std::string{text});
    std::size_t count = 0;
    if (!examine(root, 0, count)) return std::nullopt;
    if (!root.IsMap()) {
      problem_in_file("the file does not hold keys and values", "begin it with `key: value` lines");
      return std::nullopt;
    }
    return root;
  } catch (const YAML::Exception& error) {
    problems_.push_back({file_, std::max(error.mark.line, 0) + 1, "not YAML: " + error.msg,
                         "check indentation, colons and quotes at this line"});
  }
  return std::nullopt;
}

bool YamlReader::examine(const YAML::Node& node, int depth, std::size_t& count) {
  if (depth > kDepthMax || ++count > kNodesMax) {
    problem_in_file("the file is nested too deep, or has too many parts",
                    "write it without aliases, at most 24 levels deep");
    return false;
  }
  if (node.IsSequence()) {
    for (const auto& item : node) {
      if (!examine(item, depth + 1, count)) return false;
    }
  } else if (node.IsMap()) {
    std::set<std::string> keys;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar() || !keys.insert(entry.first.Scalar()).second) {
        problem(entry.first, "a key that is no plain word, or stands here twice",
                "give every key a name of its own");
        return false;
      }
      if (!examine(entry.second, depth + 1, count)) return false;
    }
  }
  return true;
}

void YamlReader::problem(const YAML::Node& at, std::string message, std::string remedy) {
  problems_.push_back({file_, line_of(at), std::move(message), std::move(remedy)});
}

void YamlReader::problem_in_file(std::string message, std::string remedy) {
  problems_.push_back({file_, 0, std::move(message), std::move(remedy)});
}

bool YamlReader::only_keys(const YAML::Node& map, std::span<const std::string_view> keys) {
  if (!map.IsMap()) {
    problem(map, "keys and values are expected here", "write `key: value` lines");
    return false;
  }
  for (const auto& entry : map) {
    const std::string& key = entry.first.Scalar();
    if (std::ranges::find(keys, key) != keys.end()) continue;
    std::string known;
    for (const std::string_view one : keys) known.append(known.empty() ? "" : ", ").append(one);
    problem(entry.first, "unknown key `" + key + "`", "use one of: " + known);
  }
  return true;
}

bool YamlReader::has(const YAML::Node& map, const char* key) const {
  if (!map.IsMap()) return false;
  const YAML::Node value = map[key];
  return value.IsDefined() && !value.IsNull();
}

YAML::Node YamlReader::at(const YAML::Node& map, const char* key) const {
  return map[key];
}

std::optional<std::string> YamlReader::scalar(const YAML::Node& map, const char* key, Need need) {
  if (!has(map, key)) {
    if (need == Need::required) {
      problem(map, std::string{"`"} + key + "` is missing", std::string{"add `"} + key + ":` here");
    }
    return std::nullopt;
  }
  const YAML::Node value = at(map, key);
  if (!value.IsScalar()) {
    problem(value, std::string{"`"} + key + "` takes one plain value", "write a single value");
    return std::nullopt;
  }
  return value.Scalar();
}

std::string YamlReader::text(const YAML::Node& map, const char* key, Need need,
                             std::size_t length_max) {
  const auto raw = scalar(map, key, need);
  if (!raw) return {};
  std::string value = base::to_one_line(*raw);
  if (value.empty() && need == Need::required) {
    problem(at(map, key), std::string{"`"} + key + "` is empty", "write its text");
  }
  if (base::length_in_characters(value) > length_max) {
    problem(
        at(map, key),
        std::string{"`"} + key + "` is longer than " + std::to_string(length_max) + " characters",
        "shorten it");
    return {};
  }
  return value;
}

std::string YamlReader::id(const YAML::Node& map, const char* key, Need need) {
  std::string value = text(map, key, need, 60);
  if (!value.empty() && !is_snake_case(value)) {
    problem(at(map, key), "`" + value + "` cannot be a name in conditions",
            "use a-z, 0-9 and _, beginning with a letter, at most 60");
    return {};
  }
  return value;
}

Bilingual YamlReader::bilingual_at(const YAML::Node& node) {
  if (!only_keys(node, {"vi", "en"})) return {};
  return {text(node, "vi", Need::required), text(node, "en", Need::required)};
}

Bilingual YamlReader::bilingual(const YAML::Node& map, const char* key, Need need) {
  if (!has(map, key)) {
    if (need == Need::required) {
      problem(map, std::string{"`"} + key + "` is missing",
              std::string{"add `"} + key + ": {vi: ..., en: ...}`");
    }
    return {};
  }
  return bilingual_at(at(map, key));
}

std::optional<std::int64_t> YamlReader::integer(const YAML::Node& map, const char* key) {
  const auto raw = scalar(map, key, Need::optional);
  if (!raw) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(raw->data(), raw->data() + raw->size(), value);
  if (error != std::errc{} || end != raw->data() + raw->size()) {
    problem(at(map, key), std::string{"`"} + key + "` is not a whole number",
            "write digits only, such as 200000");
    return std::nullopt;
  }
  return value;
}

std::optional<bool> YamlReader::boolean(const YAML::Node& map, const char* key) {
  const auto raw = scalar(map, key, Need::optional);
  if (!raw) return std::nullopt;
  if (*raw == "true") return true;
  if (*raw == "false") return false;
  problem(at(map, key), std::string{"`"} + key + "` is neither true nor false",
          "write true or false");
  return std::nullopt;
}

std::optional<calendar::Date> YamlReader::date(const YAML::Node& map, const char* key) {
  const auto raw = scalar(map, key, Need::optional);
  if (!raw) return std::nullopt;
  auto value = calendar::parse_date(*raw);
  if (!value) {
    problem(at(map, key), std::string{"`"} + key + "` is not a day", "write it as 2026-01-31");
  }
  return value;
}

std::optional<Condition> YamlReader::condition(const YAML::Node& map, const char* key) {
  const auto raw = scalar(map, key, Need::optional);
  if (!raw) return std::nullopt;
  auto parsed = Condition::parse(*raw);
  if (!parsed) {
    problem(at(map, key), std::string{"`"} + key + "`: " + parsed.error(),
            "write a FEEL condition over the answers, such as `age >= 18`");
    return std::nullopt;
  }
  return std::move(parsed).value();
}

std::vector<YAML::Node> YamlReader::list(const YAML::Node& map, const char* key, Need need,
                                         std::size_t count_max) {
  std::vector<YAML::Node> items;
  if (!has(map, key)) {
    if (need == Need::required) {
      problem(map, std::string{"`"} + key + "` is missing",
              std::string{"add a list `"} + key + ":`");
    }
    return items;
  }
  const YAML::Node value = at(map, key);
  if (!value.IsSequence() || value.size() > count_max) {
    problem(value, std::string{"`"} + key + "` is no list, or too long",
            "write at most " + std::to_string(count_max) + " lines that begin with `- `");
    return items;
  }
  for (const auto& item : value) items.push_back(item);
  if (items.empty() && need == Need::required) {
    problem(value, std::string{"`"} + key + "` is empty", "write at least one entry");
  }
  return items;
}

std::vector<std::string> YamlReader::texts(const YAML::Node& map, const char* key) {
  std::vector<std::string> result;
  for (const YAML::Node& item : list(map, key)) {
    if (!item.IsScalar() || item.Scalar().size() > 500) {
      problem(item, std::string{"`"} + key + "` takes a list of short texts",
              "write one text a line");
      continue;
    }
    result.push_back(base::to_one_line(item.Scalar()));
  }
  return result;
}

}  // namespace form
