#pragma once
// type.h - the types of FEEL and DMN: what a variable, a parameter or an item definition admits.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/value.h"

namespace rules {

struct Constraint;  // program.h, internal

// A pair of a name and a Type would have to be whole within Type, says clang.
struct TypeField;

struct Type {
  enum class Kind {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    years_months,
    days_time,
    duration,  // either of the two
    list,
    context,
    range,
    function,
    unknown,  // a name nothing defines
  };
  Kind kind = Kind::any;
  std::vector<Type> of;           // element, or parameters then result
  std::vector<TypeField> fields;  // of a context
  // Further tests of the value beyond its kind (allowed values); empty: none.
  std::shared_ptr<const Constraint> constraint;

  [[nodiscard]] static Type simple(Kind kind);
  // A type of FEEL by its name: "number", "string", "date and time" ...
  [[nodiscard]] static std::optional<Type> named(std::string_view name);
};
struct TypeField {
  std::string name;
  Type type;
};
inline Type Type::simple(Kind kind) {
  return Type{kind, {}, {}, {}};
}

// Whether the value passes the tests of a constraint.
using ConstraintCheck = std::function<bool(const Constraint&, const Value&)>;
// `instance of`: null is only of type Null and Any.  Without `check` constraints are not looked at.
[[nodiscard]] bool is_instance(const Value& value, const Type& type,
                               const ConstraintCheck& check = {});
// The value as `type` admits it: itself, unwrapped from or wrapped in a list of one, a date as its
// midnight; nothing where it does not conform.  Null conforms to everything.
[[nodiscard]] std::optional<Value> coerced(const Value& value, const Type& type,
                                           const ConstraintCheck& check = {});
// FEEL's name of the kind of a value, for messages.
[[nodiscard]] std::string_view name_of(Kind kind);

}  // namespace rules
