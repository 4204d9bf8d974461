#include "rules/type.h"

#include <algorithm>
#include <array>

#include "rules/function.h"

namespace rules {

namespace {

struct Named {
  std::string_view name;
  Type::Kind kind;
};

constexpr std::array<Named, 17> kNamed{{
    {"Any", Type::Kind::any},
    {"any", Type::Kind::any},
    {"Null", Type::Kind::null},
    {"boolean", Type::Kind::boolean},
    {"number", Type::Kind::number},
    {"string", Type::Kind::string},
    {"date", Type::Kind::date},
    {"time", Type::Kind::time},
    {"date and time", Type::Kind::date_time},
    {"dateTime", Type::Kind::date_time},
    {"years and months duration", Type::Kind::years_months},
    {"yearMonthDuration", Type::Kind::years_months},
    {"days and time duration", Type::Kind::days_time},
    {"dayTimeDuration", Type::Kind::days_time},
    {"duration", Type::Kind::duration},
    {"list", Type::Kind::list},
    {"context", Type::Kind::context},
}};

bool is_list_of(const List& list, const Type& type, const ConstraintCheck& check) {
  if (type.of.empty() || type.of[0].kind == Type::Kind::any) return true;
  return std::ranges::all_of(list, [&](const Value& item) {
    return is_instance(item, type.of[0], check) || item.is_null();
  });
}

bool is_context_of(const Context& context, const Type& type, const ConstraintCheck& check) {
  return std::ranges::all_of(type.fields, [&](const auto& field) {
    const Value* entry = context.find(field.name);
    return entry != nullptr && (entry->is_null() || is_instance(*entry, field.type, check));
  });
}

bool is_range_of(const Range& range, const Type& type, const ConstraintCheck& check) {
  if (type.of.empty()) return true;
  return (range.low.is_null() || is_instance(range.low, type.of[0], check)) &&
         (range.high.is_null() || is_instance(range.high, type.of[0], check));
}

// Whether everything of type `a` is of type `b`.
bool conforms(const Type& a, const Type& b) {
  if (b.kind == Type::Kind::any) return true;
  if (a.kind == Type::Kind::null) return true;
  if (a.kind != b.kind) return false;
  if (b.kind == Type::Kind::list || b.kind == Type::Kind::range) {
    return b.of.empty() || (!a.of.empty() && conforms(a.of[0], b.of[0]));
  }
  if (b.kind == Type::Kind::context) {
    return std::ranges::all_of(b.fields, [&](const auto& field) {
      return std::ranges::any_of(a.fields, [&](const auto& own) {
        return own.name == field.name && conforms(own.type, field.type);
      });
    });
  }
  return true;
}

// Parameters against the direction of the result, as functions conform.
bool is_function_of(const Function& function, const Type& type) {
  if (type.of.empty()) return true;
  const std::size_t parameters = type.of.size() - 1;
  if (function.parameters.size() != parameters) {
    return parameters == 0 && type.of.back().kind == Type::Kind::any;
  }
  for (std::size_t i = 0; i < parameters && i < function.parameter_types.size(); ++i) {
    const Type& declared = function.parameter_types[i];
    if (declared.kind != Type::Kind::any && !conforms(type.of[i], declared)) return false;
  }
  return function.result.kind == Type::Kind::any || conforms(function.result, type.of.back());
}

bool has_shape(const Value& value, const Type& type, const ConstraintCheck& check) {
  switch (type.kind) {
    case Type::Kind::any:
      return true;
    case Type::Kind::null:
      return value.is_null();
    case Type::Kind::boolean:
      return value.kind() == Kind::boolean;
    case Type::Kind::number:
      return value.kind() == Kind::number;
    case Type::Kind::string:
      return value.kind() == Kind::string;
    case Type::Kind::date:
      return value.kind() == Kind::date;
    case Type::Kind::time:
      return value.kind() == Kind::time;
    case Type::Kind::date_time:
      return value.kind() == Kind::date_time;
    case Type::Kind::years_months:
      return value.kind() == Kind::years_months;
    case Type::Kind::days_time:
      return value.kind() == Kind::days_time;
    case Type::Kind::duration:
      return value.kind() == Kind::days_time || value.kind() == Kind::years_months;
    case Type::Kind::list:
      return value.if_list() != nullptr && is_list_of(*value.if_list(), type, check);
    case Type::Kind::context:
      return value.if_context() != nullptr && is_context_of(*value.if_context(), type, check);
    case Type::Kind::range:
      return value.if_range() != nullptr && is_range_of(*value.if_range(), type, check);
    case Type::Kind::function:
      return value.if_function() != nullptr && is_function_of(*value.if_function(), type);
    case Type::Kind::unknown:
      return false;
  }
  return false;
}

}  // namespace

std::optional<Type> Type::named(std::string_view name) {
  const auto* found = std::ranges::find(kNamed, name, &Named::name);
  if (found == kNamed.end()) return std::nullopt;
  return simple(found->kind);
}

bool is_instance(const Value& value, const Type& type, const ConstraintCheck& check) {
  if (value.is_null()) return type.kind == Type::Kind::null;
  if (!has_shape(value, type, check)) return false;
  return type.constraint == nullptr || !check || check(*type.constraint, value);
}

std::optional<Value> coerced(const Value& value, const Type& type, const ConstraintCheck& check) {
  if (value.is_null() || type.kind == Type::Kind::unknown) return value;
  if (is_instance(value, type, check)) return value;
  if (const List* list = value.if_list(); list != nullptr && list->size() == 1 &&
                                          type.kind != Type::Kind::list &&
                                          is_instance(list->front(), type, check)) {
    return list->front();
  }
  if (type.kind == Type::Kind::list && value.if_list() == nullptr) {
    Value wrapped{List{value}};
    if (is_instance(wrapped, type, check)) return wrapped;
  }
  if (type.kind == Type::Kind::date_time && value.if_date() != nullptr) {
    Value midnight{DateTime{*value.if_date(), Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, {}}}}};
    if (is_instance(midnight, type, check)) return midnight;
  }
  return std::nullopt;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "boolean";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::date_time:
      return "date and time";
    case Kind::years_months:
      return "years and months duration";
    case Kind::days_time:
      return "days and time duration";
    case Kind::list:
      return "list";
    case Kind::context:
      return "context";
    case Kind::range:
      return "range";
    case Kind::function:
      return "function";
  }
  return "null";
}

}  // namespace rules
