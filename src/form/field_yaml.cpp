#include "form/field_yaml.h"

#include <set>
#include <string>
#include <utility>

#include "form/definition_keys.h"

namespace form {
namespace {

constexpr std::size_t kOptionsMax = 400;
constexpr std::size_t kRowsMax = 200;

void read_options(YamlReader& reader, const YAML::Node& node, Field& field) {
  field.options.clear();
  std::set<std::string> values;
  for (const YAML::Node& item : reader.list(node, "options", Need::optional, kOptionsMax)) {
    if (!reader.only_keys(item, keys::kOption)) continue;
    Option option{reader.text(item, "value", Need::required, 60),
                  reader.bilingual(item, "label", Need::required)};
    if (!option.value.empty() && !is_snake_case("v" + option.value)) {
      reader.problem(item, "`" + option.value + "` is no option value", "use a-z, 0-9 and _");
    }
    if (!option.value.empty() && !values.insert(option.value).second) {
      reader.problem(item, "the option `" + option.value + "` stands here twice",
                     "give every option a value of its own");
    }
    field.options.push_back(std::move(option));
  }
}

void read_lengths(YamlReader& reader, const YAML::Node& node, Field& field) {
  for (const auto& [key, target] :
       {std::pair{"min_length", &field.min_length}, std::pair{"max_length", &field.max_length}}) {
    const auto length = reader.integer(node, key);
    if (!length) continue;
    if (*length < 0 || *length > 20'000) {
      reader.problem(reader.at(node, key), "a length outside 0 to 20,000", "choose a smaller one");
      continue;
    }
    *target = static_cast<std::size_t>(*length);
  }
}

void read_days(YamlReader& reader, const YAML::Node& node, Field& field) {
  for (const auto& [key, target] :
       {std::pair{"earliest", &field.earliest}, std::pair{"latest", &field.latest}}) {
    const std::string day = reader.text(node, key);
    if (day.empty()) continue;
    if (day != "today" && !calendar::parse_date(day)) {
      reader.problem(reader.at(node, key), "`" + day + "` is no day",
                     "write today, or a day such as 2026-01-31");
      continue;
    }
    *target = day;
  }
}

void read_pattern(YamlReader& reader, const YAML::Node& node, Field& field) {
  const std::string pattern = reader.text(node, "pattern");
  if (pattern.empty()) return;
  auto parsed = Pattern::parse(pattern);
  if (!parsed) {
    reader.problem(reader.at(node, "pattern"), parsed.error(), "correct the pattern (RE2)");
    return;
  }
  field.pattern = std::move(parsed).value();
}

void read_personal_data(YamlReader& reader, const YAML::Node& node, Field& field) {
  const std::string text = reader.text(node, "personal_data");
  if (text.empty()) return;
  if (text == "true") {
    field.personal_data = PersonalData::basic;
  } else if (text == "sensitive") {
    field.personal_data = PersonalData::sensitive;
  } else if (text == "false") {
    field.personal_data = PersonalData::no;
  } else {
    reader.problem(reader.at(node, "personal_data"), "`" + text + "` is no kind of personal data",
                   "write true, sensitive or false");
  }
}

void fill_in_bounds(Field& field) {
  const auto at_most = [&field](std::size_t length) {
    if (!field.max_length) field.max_length = length;
  };
  switch (field.type) {
    case FieldType::text:
      at_most(200);
      break;
    case FieldType::long_text:
      at_most(4000);
      break;
    case FieldType::address_detail:
      at_most(300);
      break;
    case FieldType::email:
      at_most(254);
      break;
    case FieldType::money:
      if (!field.minimum) field.minimum = 0;
      if (!field.maximum) field.maximum = 1'000'000'000'000'000;  // more than any budget
      break;
    case FieldType::integer:
      if (!field.minimum) field.minimum = -1'000'000'000'000'000;
      if (!field.maximum) field.maximum = 1'000'000'000'000'000;
      break;
    case FieldType::table:
      if (field.max_rows == 0) field.max_rows = 20;
      break;
    case FieldType::date:
    case FieldType::partial_date:
    case FieldType::time:
    case FieldType::boolean:
    case FieldType::choice:
    case FieldType::multi_choice:
    case FieldType::personal_id:
    case FieldType::tax_code:
    case FieldType::phone:
    case FieldType::commune:
      break;
  }
}

}  // namespace

void read_field_body(YamlReader& reader, const YAML::Node& node, Field& field) {
  if (reader.has(node, "type")) {
    const std::string type = reader.text(node, "type");
    if (const auto found = find_field_type(type)) {
      field.type = *found;
    } else {
      reader.problem(reader.at(node, "type"), "`" + type + "` is no type of field",
                     "use one of the types in docs/formats/procedure.md");
    }
  }
  if (reader.has(node, "label")) field.label = reader.bilingual(node, "label");
  if (reader.has(node, "help")) field.help = reader.bilingual(node, "help");
  if (reader.has(node, "source")) field.source = reader.bilingual(node, "source");
  if (reader.has(node, "pattern_message")) {
    field.pattern_message = reader.bilingual(node, "pattern_message");
  }
  if (const auto required = reader.boolean(node, "required")) field.required = *required;
  if (reader.has(node, "required_when")) {
    field.required_when = reader.condition(node, "required_when");
  }
  if (reader.has(node, "visible_when")) field.visible_when = reader.condition(node, "visible_when");
  read_lengths(reader, node, field);
  if (const auto minimum = reader.integer(node, "min")) field.minimum = minimum;
  if (const auto maximum = reader.integer(node, "max")) field.maximum = maximum;
  read_days(reader, node, field);
  read_pattern(reader, node, field);
  if (const auto old = reader.boolean(node, "old_id_allowed")) field.old_id_allowed = *old;
  if (reader.has(node, "birth_date_field")) {
    field.birth_date_field = reader.id(node, "birth_date_field");
  }
  if (reader.has(node, "sex_field")) field.sex_field = reader.id(node, "sex_field");
  if (reader.has(node, "options")) read_options(reader, node, field);
  if (const auto rows = reader.integer(node, "max_rows")) {
    if (*rows < 1 || *rows > static_cast<std::int64_t>(kRowsMax)) {
      reader.problem(reader.at(node, "max_rows"), "a table has 1 to 200 rows",
                     "write such a number");
    } else {
      field.max_rows = static_cast<std::size_t>(*rows);
    }
  }
  if (reader.has(node, "autocomplete")) {
    field.autocomplete = reader.text(node, "autocomplete", Need::optional, 60);
  }
  if (reader.has(node, "prefill")) {
    field.prefill = reader.text(node, "prefill", Need::optional, 60);
  }
  read_personal_data(reader, node, field);
  fill_in_bounds(field);
}

void check_field(YamlReader& reader, const YAML::Node& node, const Field& field) {
  const bool chooses = field.type == FieldType::choice || field.type == FieldType::multi_choice;
  if (field.label.vi.empty()) {
    reader.problem(node, "the field has no label", "add `label: {vi: ..., en: ...}`");
  }
  if (chooses == field.options.empty()) {
    reader.problem(node, chooses ? "a choice without options" : "options without a choice",
                   chooses ? "add `options:`" : "remove `options:`, or use the type choice");
  }
  if ((field.type == FieldType::table) == field.columns.empty()) {
    reader.problem(node, "columns belong to a table, and a table needs columns",
                   "add or remove `columns:`");
  }
  if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
    reader.problem(node, "the smallest number is above the largest", "exchange min and max");
  }
  if (field.min_length && field.max_length && *field.min_length > *field.max_length) {
    reader.problem(node, "the smallest length is above the largest",
                   "exchange min_length and max_length");
  }
  if (field.pattern && is_empty(field.pattern_message)) {
    reader.problem(node, "a pattern without a message leaves people guessing",
                   "add `pattern_message: {vi: ..., en: ...}` that says what to write");
  }
}

}  // namespace form
