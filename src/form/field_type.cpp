#include "form/field_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace form {
namespace {

constexpr std::array<std::pair<FieldType, std::string_view>, 17> kNames{{
    {FieldType::text, "text"},
    {FieldType::long_text, "long_text"},
    {FieldType::integer, "integer"},
    {FieldType::money, "money"},
    {FieldType::date, "date"},
    {FieldType::partial_date, "partial_date"},
    {FieldType::time, "time"},
    {FieldType::boolean, "boolean"},
    {FieldType::choice, "choice"},
    {FieldType::multi_choice, "multi_choice"},
    {FieldType::personal_id, "personal_id"},
    {FieldType::tax_code, "tax_code"},
    {FieldType::phone, "phone"},
    {FieldType::email, "email"},
    {FieldType::commune, "commune"},
    {FieldType::address_detail, "address_detail"},
    {FieldType::table, "table"},
}};

}  // namespace

std::string_view to_text(FieldType type) {
  return std::ranges::find(kNames, type, &std::pair<FieldType, std::string_view>::first)->second;
}

std::optional<FieldType> find_field_type(std::string_view text) {
  const auto* found =
      std::ranges::find(kNames, text, &std::pair<FieldType, std::string_view>::second);
  if (found == kNames.end()) return std::nullopt;
  return found->first;
}

}  // namespace form
