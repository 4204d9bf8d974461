#include "form/answer_value.h"

#include <utility>

#include "form/form.h"
#include "form/validation.h"

namespace form {

rules::Value feel_date(calendar::Date on) {
  const auto date = rules::Date::from_day_number(on.time_since_epoch().count());
  return date ? rules::Value{*date} : rules::Value{};
}

rules::Value feel_value(const Field& field, const base::json::value& answer) {
  const bool dated = field.type == FieldType::date || field.type == FieldType::partial_date;
  if (dated && answer.is_string()) {
    // A partial date stays a text until all of it is known.
    const auto& text = answer.get_string();
    if (const auto date = calendar::parse_date({text.data(), text.size()})) return feel_date(*date);
  }
  if (field.type == FieldType::table && answer.is_array()) {
    rules::List rows;
    for (const base::json::value& row : answer.get_array()) {
      rules::Context context;
      for (const Field& column : field.columns) {
        const base::json::value* cell =
            row.is_object() ? row.get_object().if_contains(column.id) : nullptr;
        context.set(column.id, cell == nullptr ? rules::Value{} : feel_value(column, *cell));
      }
      rows.emplace_back(std::move(context));
    }
    return rows;
  }
  return rules::from_json(answer);
}

rules::Value feel_context(const Form& form, const base::json::object& answers,
                          calendar::Date today) {
  rules::Context context;
  for (const Page& page : form.pages) {
    for (const Field& field : page.fields) {
      const base::json::value* answer = answers.if_contains(field.id);
      context.set(field.id, answer == nullptr ? rules::Value{} : feel_value(field, *answer));
    }
  }
  context.set("today", feel_date(today));
  return context;
}

}  // namespace form
