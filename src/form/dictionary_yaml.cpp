// dictionary file := {entries: [entry]}
// entry           := {code: group.name, type, label, help?, …}   (keys of a field, see
// field_yaml.h)
#include "form/dictionary_yaml.h"

#include <utility>

#include "form/definition_keys.h"
#include "form/field_yaml.h"
#include "form/yaml_reader.h"

namespace form {
namespace {

bool is_code(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && is_snake_case(text.substr(0, dot)) &&
         is_snake_case(text.substr(dot + 1));
}

void read_entry(YamlReader& reader, const YAML::Node& node, Dictionary& dictionary) {
  if (!reader.only_keys(node, keys::kEntry)) {
    return;
  }
  Field entry;
  entry.code = reader.text(node, "code", Need::required, 121);
  if (!is_code(entry.code)) {
    reader.problem(node, "`" + entry.code + "` is no code of the dictionary",
                   "write it as person.full_name");
    return;
  }
  if (!reader.has(node, "type")) {
    reader.problem(node, "`type` is missing", "add `type: text`, or another type");
  }
  read_field_body(reader, node, entry);
  if (entry.type == FieldType::table) {
    reader.problem(node, "the dictionary holds no tables", "define the table in the form");
    return;
  }
  check_field(reader, node, entry);
  const std::string code = entry.code;
  if (!dictionary.add(std::move(entry))) {
    reader.problem(node, "`" + code + "` is defined twice", "remove one of them");
  }
}

}  // namespace

Defined<Dictionary> read_dictionary(const std::map<std::string, std::string>& files) {
  DefinitionProblems problems;
  Dictionary dictionary;
  for (const auto& [name, text] : files) {
    YamlReader reader(name, problems);
    const auto root = reader.parse(text);
    if (!root || !reader.only_keys(*root, keys::kDictionary)) continue;
    for (const YAML::Node& node : reader.list(*root, "entries", Need::required, 1000)) {
      read_entry(reader, node, dictionary);
    }
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return dictionary;
}

}  // namespace form
