#include <boost/json.hpp>

#include "base/text.h"
#include "rules/type.h"
#include "rules/value.h"

namespace rules {

namespace json = base::json;

namespace {

// Digits a double gives back unchanged.
constexpr int kDoubleDigits = 15;

json::string tagged_text(const std::string& text) {
  return json::string{text.starts_with('@') ? "@" + text : text};
}

json::value number_json(const Decimal& number) {
  if (const std::optional<std::int64_t> integer = number.to_integer()) return *integer;
  if (number.significant_digits() <= kDoubleDigits) {
    const double binary = number.to_double();
    if (Decimal::from_double(binary) == number) return binary;
  }
  return json::string{number.to_text()};
}

Value temporal(std::string_view text) {
  if (const auto date = Date::parse(text)) return *date;
  if (const auto moment = DateTime::parse(text)) return *moment;
  if (const auto time = Time::parse(text)) return *time;
  if (const auto duration = parse_years_months(text)) return *duration;
  if (const auto duration = parse_days_time(text)) return *duration;
  return {};
}

Value text_value(std::string_view text, JsonForm form) {
  if (form == JsonForm::plain || !text.starts_with('@')) return text;
  if (text.size() >= 3 && text[1] == '"' && text.back() == '"') {
    if (Value value = temporal(text.substr(2, text.size() - 3)); !value.is_null()) return value;
  }
  return text.starts_with("@@") ? Value{text.substr(1)} : Value{text};
}

Value text_as(std::string_view text, const Type& type) {
  switch (type.kind) {
    case Type::Kind::number:
      if (const auto number = Decimal::parse(text)) return *number;
      break;
    case Type::Kind::date:
      if (const auto date = Date::parse(text)) return *date;
      break;
    case Type::Kind::time:
      if (const auto time = Time::parse(text)) return *time;
      break;
    case Type::Kind::date_time:
      if (const auto moment = DateTime::parse(text)) return *moment;
      break;
    case Type::Kind::years_months:
      if (const auto duration = parse_years_months(text)) return *duration;
      break;
    case Type::Kind::days_time:
      if (const auto duration = parse_days_time(text)) return *duration;
      break;
    case Type::Kind::duration:
      if (const auto duration = parse_years_months(text)) return *duration;
      if (const auto duration = parse_days_time(text)) return *duration;
      break;
    default:
      break;
  }
  return text;
}

}  // namespace

json::value to_json(const Value& value, JsonForm form) {
  switch (value.kind()) {
    case Kind::null:
    case Kind::function:
      return nullptr;
    case Kind::boolean:
      return value.is_true();
    case Kind::number:
      return number_json(*value.if_number());
    case Kind::string:
      return form == JsonForm::tagged ? tagged_text(*value.if_string())
                                      : json::string{*value.if_string()};
    case Kind::list: {
      json::array array;
      for (const Value& item : *value.if_list()) array.push_back(to_json(item, form));
      return array;
    }
    case Kind::context: {
      json::object object;
      for (const Context::Entry& entry : value.if_context()->entries()) {
        object[entry.name] = to_json(entry.value, form);
      }
      return object;
    }
    case Kind::range:
      return json::string{to_text(value)};
    default:
      return json::string{form == JsonForm::tagged ? "@\"" + to_text(value) + "\""
                                                   : to_text(value)};
  }
}

Value from_json(const json::value& value, JsonForm form) {
  switch (value.kind()) {
    case json::kind::null:
      return {};
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::int64:
      return value.get_int64();
    case json::kind::uint64: {
      const std::string digits = std::to_string(value.get_uint64());
      return *Decimal::parse(digits);
    }
    case json::kind::double_: {
      const std::optional<Decimal> number = Decimal::from_double(value.get_double());
      return number ? Value{*number} : Value{};
    }
    case json::kind::string:
      return text_value(std::string_view{value.get_string()}, form);
    case json::kind::array: {
      List list;
      list.reserve(value.get_array().size());
      for (const json::value& item : value.get_array()) list.push_back(from_json(item, form));
      return list;
    }
    case json::kind::object: {
      Context context;
      for (const auto& [key, item] : value.get_object()) {
        context.set(base::to_nfc(key), from_json(item, form));
      }
      return context;
    }
  }
  return {};
}

Value from_json(const json::value& value, const Type& type) {
  if (value.is_string()) return text_as(std::string_view{value.get_string()}, type);
  if (value.is_array() && type.kind == Type::Kind::list && !type.of.empty()) {
    List list;
    for (const json::value& item : value.get_array()) list.push_back(from_json(item, type.of[0]));
    return list;
  }
  if (value.is_object() && type.kind == Type::Kind::context) {
    Context context;
    for (const auto& [key, item] : value.get_object()) {
      const std::string name = base::to_nfc(key);
      const Type* field = nullptr;
      for (const auto& [field_name, field_type] : type.fields) {
        if (field_name == name) field = &field_type;
      }
      context.set(name, field == nullptr ? from_json(item) : from_json(item, *field));
    }
    return context;
  }
  return from_json(value);
}

}  // namespace rules
