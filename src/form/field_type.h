#pragma once
// field_type.h - the kinds of answer a field can take, and the name of each in YAML and JSON.
#include <optional>
#include <string_view>

namespace form {

enum class FieldType {
  text,          // one line
  long_text,     // several lines
  integer,       // a whole number
  money,         // whole dong
  date,          // a day: "2026-08-20"
  partial_date,  // a day, a month or a year, as far as it is known: "1987", "1987-05", "1987-05-02"
  time,          // "07:30"
  boolean,       // true or false
  choice,        // the value of one option
  multi_choice,  // an array of option values
  personal_id,   // 12 digits (or an old card's 9 where the field allows it)
  tax_code,      // 10 digits, 13 digits, or a personal ID
  phone,         // Vietnamese telephone number
  email,         // electronic mail address
  commune,       // code of a commune-level unit, 5 digits
  address_detail,  // house, street, hamlet: the part below the commune
  table,           // an array of rows, each an object of the columns' answers
};

[[nodiscard]] std::string_view to_text(FieldType type);
[[nodiscard]] std::optional<FieldType> find_field_type(std::string_view text);

}  // namespace form
