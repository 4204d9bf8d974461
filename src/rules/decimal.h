#pragma once
// decimal.h - numbers of FEEL: IEEE 754 decimal128, 34 significant digits, never binary floating
// point.
//
// Always finite: an operation whose result is not a number, or too large, has no result.  Integers
// below 2^62 are added, multiplied and compared in one machine instruction each: the encoding of a
// decimal128 with exponent zero holds the integer as it is, so no second representation is needed.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rules {

// How a digit that has to go is treated; the names are those of FEEL's rounding functions.
enum class Rounding { half_even, up, down, half_up, half_down, floor, ceiling };

class Decimal {
 public:
  constexpr Decimal() = default;
  explicit constexpr Decimal(std::int64_t integer)
      : low_(integer < 0 ? 0 - static_cast<std::uint64_t>(integer)
                         : static_cast<std::uint64_t>(integer)),
        high_(integer < 0 ? kNegative : kPositive) {}

  // "12", "-0.5", ".5", "1e-3".  Nothing for any other text, more than 6,000 characters, or
  // overflow.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);
  // The shortest decimal that reads back as `binary`: what a JSON number meant.
  [[nodiscard]] static std::optional<Decimal> from_double(double binary);

  // Without exponent and without trailing zeros after the point: "1.5", "-12", "0.001".
  [[nodiscard]] std::string to_text() const;
  // The integer, where this is one and fits.
  [[nodiscard]] std::optional<std::int64_t> to_integer() const;
  [[nodiscard]] double to_double() const;
  [[nodiscard]] bool is_integer() const;
  [[nodiscard]] bool is_negative() const;
  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] int significant_digits() const;
  // About how many zeros to_text() needs for the exponent: none for 12.5, 6,000 for 1e-6000.
  [[nodiscard]] std::uint32_t zeros_written() const {
    const auto exponent = static_cast<int>((high_ >> 49U) & 0x3FFFU) - 6'176;
    return static_cast<std::uint32_t>(exponent < 0 ? -exponent : exponent);
  }

  [[nodiscard]] static std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
  // The sign of the divisor, as FEEL's modulo has it.
  [[nodiscard]] static std::optional<Decimal> modulo(const Decimal& a, const Decimal& divisor);
  [[nodiscard]] static std::optional<Decimal> square_root(const Decimal& a);
  [[nodiscard]] static std::optional<Decimal> natural_log(const Decimal& a);
  [[nodiscard]] static std::optional<Decimal> exponential(const Decimal& a);
  // To `scale` digits after the point (negative: tens, hundreds ...).
  [[nodiscard]] static std::optional<Decimal> round(const Decimal& a, std::int64_t scale,
                                                    Rounding rounding);
  [[nodiscard]] Decimal negated() const;
  [[nodiscard]] Decimal magnitude() const;

  // By value: 1.0 equals 1.
  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    return compare(a, b) <=> 0;
  }

 private:
  static constexpr std::uint64_t kPositive = 0x3040000000000000ULL;  // exponent zero
  static constexpr std::uint64_t kNegative = 0xB040000000000000ULL;
  static constexpr std::uint64_t kSmall = 1ULL << 62U;

  friend struct DecimalBits;

  [[nodiscard]] bool is_small() const {
    return (high_ | (1ULL << 63U)) == kNegative && low_ < kSmall;
  }
  [[nodiscard]] std::int64_t small() const {
    return high_ == kPositive ? static_cast<std::int64_t>(low_) : -static_cast<std::int64_t>(low_);
  }
  static int compare(const Decimal& a, const Decimal& b) {
    if (a.is_small() && b.is_small()) {
      const std::int64_t left = a.small();
      const std::int64_t right = b.small();
      return left < right ? -1 : left > right ? 1 : 0;
    }
    return compare_wide(a, b);
  }
  static int compare_wide(const Decimal& a, const Decimal& b);

  std::uint64_t low_ = 0;
  std::uint64_t high_ = kPositive;
};

}  // namespace rules
