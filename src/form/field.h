#pragma once
// field.h - one question of a form: what is asked, of which kind, and what counts as an answer.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "form/bilingual.h"
#include "form/condition.h"
#include "form/field_type.h"
#include "form/pattern.h"

namespace form {

// How closely an answer describes a person; decides masking, journalling of reads and retention.
//
// Source: Law on the protection of personal data 91/2025/QH15 (basic and sensitive personal data).
enum class PersonalData { no, basic, sensitive };

struct Option {
  std::string value;  // a-z, 0-9 and _: what is stored
  Bilingual label;
};

struct Field {
  std::string id;    // snake_case ASCII, unique in the form: the key of the answer
  std::string code;  // of the dictionary entry it comes from ("person.full_name"), or empty
  FieldType type = FieldType::text;
  Bilingual label;
  Bilingual help;  // may be empty

  bool required = false;  // always, while the field is visible
  std::optional<Condition> required_when;
  std::optional<Condition> visible_when;

  // Validation.  Lengths are in characters (NFC), bounds inclusive.
  std::optional<std::size_t> min_length;
  std::optional<std::size_t> max_length;
  std::optional<std::int64_t> minimum;  // integer, money
  std::optional<std::int64_t> maximum;
  std::optional<std::string> earliest;  // date, partial_date: ISO text, or "today"
  std::optional<std::string> latest;
  std::optional<Pattern> pattern;  // matches the whole answer
  Bilingual pattern_message;       // what to write instead
  bool old_id_allowed = false;     // personal_id: the 9 digits of the old card count too
  // personal_id: fields of the same person that the digits of the ID should agree with, or empty.
  std::string birth_date_field;
  std::string sex_field;

  std::vector<Option> options;  // choice, multi_choice
  std::vector<Field> columns;   // table
  std::size_t max_rows = 0;     // table

  std::string autocomplete;  // token of the HTML autocomplete attribute, may be empty
  Bilingual source;          // the database that holds the truth, may be empty
  std::string prefill;       // datum that fills it: "id_card.full_name", "applicant.phone", …
  PersonalData personal_data = PersonalData::no;

  // Whether the field may be absent, or optional, depending on other answers.
  [[nodiscard]] bool conditional() const {
    return required_when.has_value() || visible_when.has_value();
  }
};

}  // namespace form
