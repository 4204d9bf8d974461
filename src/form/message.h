#pragma once
// message.h - what is said when an answer cannot be taken: what happened, and what to do.
// Internal to form.
#include <cstddef>

#include "calendar/instant.h"
#include "form/field.h"

namespace form::message {

[[nodiscard]] Bilingual required(const Field& field);
[[nodiscard]] Bilingual unknown_field(std::string_view id);
[[nodiscard]] Bilingual too_many_fields();
[[nodiscard]] Bilingual wrong_type(const Field& field);
[[nodiscard]] Bilingual whole_number(const Field& field);
[[nodiscard]] Bilingual yes_or_no(const Field& field);
[[nodiscard]] Bilingual list_of_options(const Field& field);
[[nodiscard]] Bilingual unknown_option(const Field& field);
[[nodiscard]] Bilingual too_long(const Field& field, std::size_t length);
[[nodiscard]] Bilingual too_short(const Field& field);
[[nodiscard]] Bilingual too_small(const Field& field);
[[nodiscard]] Bilingual too_large(const Field& field);
[[nodiscard]] Bilingual too_early(calendar::Date earliest);
[[nodiscard]] Bilingual too_late(calendar::Date latest);
[[nodiscard]] Bilingual twelve_digits();
[[nodiscard]] Bilingual email();
[[nodiscard]] Bilingual commune();
[[nodiscard]] Bilingual date();
[[nodiscard]] Bilingual partial_date();
[[nodiscard]] Bilingual time();
[[nodiscard]] Bilingual rows(const Field& field);
[[nodiscard]] Bilingual too_many_rows(const Field& field);

}  // namespace form::message
