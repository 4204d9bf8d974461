#include "rules/function.h"
#include "rules/value.h"

namespace rules {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// Whether a context key may stand without quotation marks.
bool is_plain_name(const std::string& name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    if (!word) return false;
  }
  return true;
}

std::string nested_text(const Value& value) {
  return value.if_string() != nullptr ? quoted(*value.if_string()) : to_text(value);
}

std::string range_text(const Range& range) {
  if (range.comparison) {
    if (range.low.is_null()) {
      return (range.high_closed ? "(<= " : "(< ") + nested_text(range.high) + ")";
    }
    if (range.high.is_null()) {
      return (range.low_closed ? "(>= " : "(> ") + nested_text(range.low) + ")";
    }
    return "(= " + nested_text(range.low) + ")";
  }
  std::string text = range.low_closed ? "[" : "(";
  text += nested_text(range.low) + ".." + nested_text(range.high);
  return text + (range.high_closed ? "]" : ")");
}

}  // namespace

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return value.is_true() ? "true" : "false";
    case Kind::number:
      return value.if_number()->to_text();
    case Kind::string:
      return *value.if_string();
    case Kind::date:
      return value.if_date()->to_text();
    case Kind::time:
      return value.if_time()->to_text();
    case Kind::date_time:
      return value.if_date_time()->to_text();
    case Kind::years_months:
      return value.if_years_months()->to_text();
    case Kind::days_time:
      return value.if_days_time()->to_text();
    case Kind::list: {
      std::string text = "[";
      for (const Value& item : *value.if_list()) {
        if (text.size() > 1) text += ", ";
        text += nested_text(item);
      }
      return text + "]";
    }
    case Kind::context: {
      std::string text = "{";
      for (const Context::Entry& entry : value.if_context()->entries()) {
        if (text.size() > 1) text += ", ";
        text += is_plain_name(entry.name) ? entry.name : quoted(entry.name);
        text += ": " + nested_text(entry.value);
      }
      return text + "}";
    }
    case Kind::range:
      return range_text(*value.if_range());
    case Kind::function: {
      std::string text = "function(";
      for (const std::string& parameter : value.if_function()->parameters) {
        if (text.back() != '(') text += ", ";
        text += parameter;
      }
      return text + ")";
    }
  }
  return "null";
}

}  // namespace rules
