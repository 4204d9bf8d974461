#pragma once
// yaml_reader.h - reads a definition written in YAML, key by key, gathering every problem with its
// line and remedy.  Internal to form and procedure.
//
// Bounded: 1 MiB, 24 levels, 50,000 nodes (aliases count each time they are followed).  A key that
// nobody asked for, or that stands twice, is a problem: a slip of the pen must not be silence.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "calendar/instant.h"
#include "form/bilingual.h"
#include "form/condition.h"
#include "form/definition_problem.h"

namespace form {

enum class Need { optional, required };

inline constexpr std::size_t kYamlBytesMax = std::size_t{1} << 20U;

// A name that FEEL reads without quotes: a-z first, then a-z, 0-9 and _, at most 60.
[[nodiscard]] bool is_snake_case(std::string_view text);

class YamlReader {
 public:
  YamlReader(std::string file, DefinitionProblems& problems)
      : file_(std::move(file)), problems_(problems) {}

  // A map, or nothing and a problem.
  [[nodiscard]] std::optional<YAML::Node> parse(std::string_view text);

  void problem(const YAML::Node& at, std::string message, std::string remedy);
  void problem_in_file(std::string message, std::string remedy);

  // Tells every key of `map` that is not among `keys`.  False when it is no map at all.
  bool only_keys(const YAML::Node& map, std::span<const std::string_view> keys);
  bool only_keys(const YAML::Node& map, std::initializer_list<std::string_view> keys) {
    return only_keys(map, std::span{keys.begin(), keys.size()});
  }

  // The readers below answer the empty value when the key is absent; when it is needed, or when
  // what stands there is of another kind, there is a problem too.
  [[nodiscard]] std::string text(const YAML::Node& map, const char* key, Need need = Need::optional,
                                 std::size_t length_max = 2000);
  [[nodiscard]] std::string id(const YAML::Node& map, const char* key, Need need = Need::required);
  [[nodiscard]] Bilingual bilingual(const YAML::Node& map, const char* key,
                                    Need need = Need::optional);
  [[nodiscard]] std::optional<std::int64_t> integer(const YAML::Node& map, const char* key);
  [[nodiscard]] std::optional<bool> boolean(const YAML::Node& map, const char* key);
  [[nodiscard]] std::optional<calendar::Date> date(const YAML::Node& map, const char* key);
  [[nodiscard]] std::optional<Condition> condition(const YAML::Node& map, const char* key);
  // The entries of a list; none when it is absent.
  [[nodiscard]] std::vector<YAML::Node> list(const YAML::Node& map, const char* key,
                                             Need need = Need::optional,
                                             std::size_t count_max = 500);
  [[nodiscard]] std::vector<std::string> texts(const YAML::Node& map, const char* key);
  // {vi: ..., en: ...} in `node` itself.
  [[nodiscard]] Bilingual bilingual_at(const YAML::Node& node);

  [[nodiscard]] bool has(const YAML::Node& map, const char* key) const;
  // Requires: has(map, key).
  [[nodiscard]] YAML::Node at(const YAML::Node& map, const char* key) const;

 private:
  // Walks everything once: bounds, and keys that stand twice.
  bool examine(const YAML::Node& node, int depth, std::size_t& count);
  [[nodiscard]] std::optional<std::string> scalar(const YAML::Node& map, const char* key,
                                                  Need need);

  std::string file_;
  DefinitionProblems& problems_;
};

}  // namespace form
