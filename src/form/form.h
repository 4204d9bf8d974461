#pragma once
// form.h - a form as an immutable value: pages in the order a person would tell it, fields, checks.
//
// Read from YAML by form_yaml.h, shown by form_json.h, answered through validation.h.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/bilingual.h"
#include "form/condition.h"
#include "form/field.h"

namespace form {

enum class Severity {
  error,    // the answers cannot be filed like this
  warning,  // worth a second look; never blocks
};

// One question group.
struct Page {
  std::string id;
  Bilingual title;
  Bilingual intro;  // may be empty
  std::vector<Field> fields;
};

// A rule across fields.  The problem is shown at `field` when the condition does not hold although
// it could be decided (a null result is silence, the missing answers speak for themselves).
struct Check {
  std::string id;
  std::string field;
  Condition holds;
  Severity severity = Severity::error;
  Bilingual message;
};

struct Form {
  std::vector<Page> pages;
  std::vector<Check> checks;

  // nullptr when no field of the form (columns of tables not counted) has this id.
  [[nodiscard]] const Field* find_field(std::string_view id) const;
  // Index of the page with this id.
  [[nodiscard]] std::optional<std::size_t> find_page(std::string_view id) const;
};

}  // namespace form
