#pragma once
// builtin.h - the functions FEEL brings along, by name and parameters.  Internal to the module.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rules/value.h"

namespace rules {

class Evaluator;

// The arguments of a call in the order of the parameters.  An optional one that was not given is
// null, and `given` tells the two apart.
struct Arguments {
  std::span<const Value> values;
  std::uint64_t given = 0;

  [[nodiscard]] const Value& operator[](std::size_t i) const { return values[i]; }
  [[nodiscard]] bool has(std::size_t i) const { return ((given >> i) & 1U) != 0; }
  [[nodiscard]] std::size_t size() const { return values.size(); }
};

struct Builtin {
  std::string_view name;
  // Comma-separated; `?` ends an optional one, `...` the last one that may come any number of
  // times.
  std::string_view parameters;
  Value (*run)(Evaluator& evaluator, const Arguments& arguments);
};

// All of them; those of one name lie together and are tried in turn.
[[nodiscard]] std::span<const Builtin> builtins();
// The first of that name.
[[nodiscard]] std::optional<std::uint32_t> find_builtin(std::string_view name);

[[nodiscard]] std::span<const Builtin> number_builtins();
[[nodiscard]] std::span<const Builtin> string_builtins();
[[nodiscard]] std::span<const Builtin> list_builtins();
[[nodiscard]] std::span<const Builtin> context_builtins();
[[nodiscard]] std::span<const Builtin> temporal_builtins();
[[nodiscard]] std::span<const Builtin> conversion_builtins();
[[nodiscard]] std::span<const Builtin> range_builtins();

}  // namespace rules
