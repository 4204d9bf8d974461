#pragma once
// result.h - a value, or the reason there is none.
//
// The names follow std::expected (C++23), so that this header becomes an alias once the project's
// compilers ship it whole.  Result is for outcomes that a caller is expected to handle: refusals
// (the rules say no) and faults (the world failed).  A broken invariant is an ENSURE, never a
// Result.
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace base {

// Wraps an error on its way into a Result: `return Failure{Refusal::already_closed};`
template <class E>
struct [[nodiscard]] Failure {
  E error;
};
template <class E>
Failure(E) -> Failure<E>;

template <class T, class E>
class [[nodiscard]] Result {
  static_assert(!std::is_reference_v<T>, "Result holds values; use a pointer for a reference.");

 public:
  using value_type = T;
  using error_type = E;

  // Implicit on purpose: `return value;` and `return Failure{...};` read like plain returns.
  Result(T value)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<0>, std::move(value)) {}
  template <class F>
    requires std::is_convertible_v<F, E>
  Result(Failure<F> failure)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(failure.error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Requires: has_value().
  [[nodiscard]] const T& value() const& { return *std::get_if<0>(&state_); }
  [[nodiscard]] T& value() & { return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  template <class U>
  [[nodiscard]] T value_or(U&& otherwise) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(otherwise));
  }

  // Requires: !has_value().
  [[nodiscard]] const E& error() const& { return *std::get_if<1>(&state_); }
  [[nodiscard]] E&& error() && { return std::move(*std::get_if<1>(&state_)); }

  template <class F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
    if (!has_value()) return Failure{std::move(*this).error()};
    return std::invoke(std::forward<F>(f), std::move(*this).value());
  }
  template <class F>
  auto transform(F&& f) && -> Result<std::invoke_result_t<F, T&&>, E> {
    if (!has_value()) return Failure{std::move(*this).error()};
    return std::invoke(std::forward<F>(f), std::move(*this).value());
  }

  friend bool operator==(const Result&, const Result&) = default;

 private:
  std::variant<T, E> state_;
};

// The value of an operation that succeeds without one.
struct Done {
  friend bool operator==(Done, Done) = default;
};

}  // namespace base

// Evaluates to the value of a Result, or returns its error from the enclosing function.
// Not for use inside coroutines, nor nested in another TRY (name the inner value).
#define TRY(expression)                                                                 \
  __extension__({                                                                       \
    auto&& try_result = (expression);                                                   \
    if (!try_result.has_value()) return ::base::Failure{std::move(try_result).error()}; \
    std::move(try_result).value();                                                      \
  })
