#include "procedure/example_yaml.h"

#include <charconv>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "procedure/package_keys.h"

namespace procedure {
namespace {

using base::json::value;

// Plain true, false and whole numbers are what they look like; everything else is text.
value scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return value(text);  // quoted
  if (text == "true") return value(true);
  if (text == "false") return value(false);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return value(number);
  return value(text);
}

// Depth is bounded by YamlReader::parse.
value to_json(const YAML::Node& node) {
  if (node.IsMap()) {
    base::json::object object;
    for (const auto& entry : node) object[entry.first.Scalar()] = to_json(entry.second);
    return object;
  }
  if (node.IsSequence()) {
    base::json::array array;
    for (const auto& item : node) array.push_back(to_json(item));
    return array;
  }
  if (node.IsScalar()) return scalar(node);
  return nullptr;
}

}  // namespace

std::optional<Example> read_example(form::YamlReader& reader, const YAML::Node& node) {
  if (!reader.only_keys(node, keys::kExample)) {
    return std::nullopt;
  }
  Example example;
  example.name = reader.text(node, "name", form::Need::required);
  example.case_id = reader.id(node, "case");
  example.fee = reader.integer(node, "fee").value_or(0);
  example.components = reader.texts(node, "components");
  const auto on = reader.date(node, "on");
  if (!on) {
    reader.problem(node, "the example needs its day", "add on: 2026-08-20");
    return std::nullopt;
  }
  example.on = *on;
  if (const std::string text = reader.text(node, "channel"); !text.empty()) {
    const auto channel = find_channel(text);
    if (!channel) {
      reader.problem(node, "`" + text + "` is no channel", "write online, counter or post");
      return std::nullopt;
    }
    example.channel = *channel;
  }
  if (reader.has(node, "answers")) {
    value answers = to_json(reader.at(node, "answers"));
    if (!answers.is_object()) {
      reader.problem(node, "the answers of an example are keys and values",
                     "write field: answer lines");
      return std::nullopt;
    }
    example.answers = std::move(answers.get_object());
  }
  return example;
}

}  // namespace procedure
