#include "form/form_json.h"

#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace form {
namespace {

using base::json::array;
using base::json::object;

void put_bounds(const Field& field, object& json) {
  if (field.min_length) json["min_length"] = *field.min_length;
  if (field.max_length) json["max_length"] = *field.max_length;
  if (field.type == FieldType::integer || field.type == FieldType::money) {
    if (field.minimum) json["min"] = *field.minimum;
    if (field.maximum) json["max"] = *field.maximum;
  } else {
    if (field.earliest) json["min"] = *field.earliest;
    if (field.latest) json["max"] = *field.latest;
  }
}

}  // namespace

object to_json(const Bilingual& text) {
  return {{"vi", text.vi}, {"en", text.in(Language::english)}};
}

object to_json(const Field& field) {
  object json{{"id", field.id},
              {"type", to_text(field.type)},
              {"label", to_json(field.label)},
              {"required", field.required},
              {"conditional", field.conditional()}};
  if (field.visible_when) json["visible_when"] = field.visible_when->text();
  if (field.required_when) json["required_when"] = field.required_when->text();
  if (!is_empty(field.help)) json["help"] = to_json(field.help);
  if (!field.code.empty()) json["code"] = field.code;
  if (!field.options.empty()) {
    array options;
    for (const Option& option : field.options) {
      options.push_back(object{{"value", option.value}, {"label", to_json(option.label)}});
    }
    json["options"] = std::move(options);
  }
  put_bounds(field, json);
  if (!field.autocomplete.empty()) json["autocomplete"] = field.autocomplete;
  if (!field.columns.empty()) {
    array columns;
    for (const Field& column : field.columns) columns.push_back(to_json(column));
    json["columns"] = std::move(columns);
    json["max_rows"] = field.max_rows;
  }
  if (!is_empty(field.source)) json["source"] = to_json(field.source);
  if (!field.prefill.empty()) json["prefill"] = field.prefill;
  if (field.personal_data != PersonalData::no) {
    json["personal_data"] = field.personal_data == PersonalData::sensitive ? "sensitive" : "basic";
  }
  return json;
}

object to_json(const Form& form) {
  array pages;
  for (const Page& page : form.pages) {
    array fields;
    for (const Field& field : page.fields) fields.push_back(to_json(field));
    object json{{"id", page.id}, {"title", to_json(page.title)}};
    if (!is_empty(page.intro)) json["intro"] = to_json(page.intro);
    json["fields"] = std::move(fields);
    pages.push_back(std::move(json));
  }
  return {{"pages", std::move(pages)}};
}

}  // namespace form
