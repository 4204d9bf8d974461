#include "rules/decimal.h"

// The order matters: bid_conf.h renames the functions to those of the archive that is linked.
#include <bid_conf.h>
// clang-format off
#include <bid_functions.h>
// clang-format on
#include <array>
#include <charconv>
#include <cmath>

namespace rules {

// The only place that knows both sides.
struct DecimalBits {
  static BID_UINT128 of(const Decimal& number) {
    BID_UINT128 bits{};
    bits.w[0] = number.low_;
    bits.w[1] = number.high_;
    return bits;
  }
  // Nothing where the operation left the numbers; minus zero becomes zero.
  static std::optional<Decimal> result(const BID_UINT128& bits) {
    if (bid128_isFinite(bits) == 0) return std::nullopt;
    if (bid128_isZero(bits) != 0) return Decimal{};
    return raw(bits);
  }
  static Decimal raw(const BID_UINT128& bits) {
    Decimal number;
    number.low_ = bits.w[0];
    number.high_ = bits.w[1];
    return number;
  }
};

namespace {

constexpr unsigned kHalfEven = BID_ROUNDING_TO_NEAREST;
constexpr std::size_t kTextLengthMax = 6'000;
constexpr std::int64_t kScaleMin = -6'111;
constexpr std::int64_t kScaleMax = 6'176;
// Integer powers up to here are multiplied out, which is exact where the result is.
constexpr std::int64_t kPowerByMultiplication = 1'024;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_numeric(std::string_view text) {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::size_t digits = 0;
  while (i < text.size() && is_digit(text[i])) ++i, ++digits;
  if (i < text.size() && text[i] == '.') {
    ++i;
    const std::size_t before = i;
    while (i < text.size() && is_digit(text[i])) ++i, ++digits;
    if (i == before) return false;
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t before = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == before) return false;
  }
  return i == text.size();
}

// Sign, digits and exponent as the library writes them: "+1234E-3".
struct Parts {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Parts parts_of(const Decimal& number) {
  std::array<char, 64> buffer{};
  unsigned flags = 0;
  bid128_to_string(buffer.data(), DecimalBits::of(number), &flags);
  const std::string_view text{buffer.data()};
  Parts parts;
  parts.negative = text.front() == '-';
  const std::size_t e = text.find('E');
  parts.digits = std::string{text.substr(1, e - 1)};
  const char* first = text.data() + e + 1;
  if (*first == '+') ++first;
  std::from_chars(first, text.data() + text.size(), parts.exponent);
  while (parts.digits.size() > 1 && parts.digits.back() == '0') {
    parts.digits.pop_back();
    ++parts.exponent;
  }
  return parts;
}

// A number of up to 68 digits: what rounding took from `high` is in `low`, so that many
// multiplications lose no digit of the result.
struct Pair {
  BID_UINT128 high;
  BID_UINT128 low;
};

Pair product(const Pair& a, const Pair& b) {
  unsigned flags = 0;
  const BID_UINT128 high = bid128_mul(a.high, b.high, kHalfEven, &flags);
  BID_UINT128 low = bid128_fma(a.high, b.high, bid128_negate(high), kHalfEven, &flags);
  low = bid128_fma(a.high, b.low, low, kHalfEven, &flags);
  low = bid128_fma(a.low, b.high, low, kHalfEven, &flags);
  const BID_UINT128 sum = bid128_add(high, low, kHalfEven, &flags);
  const BID_UINT128 taken = bid128_sub(sum, high, kHalfEven, &flags);
  return {sum, bid128_sub(low, taken, kHalfEven, &flags)};
}

BID_UINT128 reciprocal(const Pair& a) {
  unsigned flags = 0;
  const BID_UINT128 one = DecimalBits::of(Decimal{1});
  const BID_UINT128 first = bid128_div(one, a.high, kHalfEven, &flags);
  BID_UINT128 rest = bid128_fma(bid128_negate(first), a.high, one, kHalfEven, &flags);
  rest = bid128_fma(bid128_negate(first), a.low, rest, kHalfEven, &flags);
  return bid128_add(first, bid128_div(rest, a.high, kHalfEven, &flags), kHalfEven, &flags);
}

Decimal half() {
  return *Decimal::parse("0.5");
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (text.size() > kTextLengthMax || !is_numeric(text)) return std::nullopt;
  if (text.size() <= 18) {
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc{} && end == text.data() + text.size()) return Decimal{integer};
  }
  std::string terminated{text};
  unsigned flags = 0;
  return DecimalBits::result(bid128_from_string(terminated.data(), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::from_double(double binary) {
  if (!std::isfinite(binary)) return std::nullopt;
  std::array<char, 40> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), binary);
  if (error != std::errc{}) return std::nullopt;
  return parse(std::string_view{buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

std::string Decimal::to_text() const {
  if (is_small()) return std::to_string(small());
  const Parts parts = parts_of(*this);
  std::string text = parts.negative ? "-" : "";
  const auto count = static_cast<int>(parts.digits.size());
  if (parts.exponent >= 0) {
    text += parts.digits;
    text.append(static_cast<std::size_t>(parts.exponent), '0');
  } else if (count + parts.exponent > 0) {
    const auto whole = static_cast<std::size_t>(count + parts.exponent);
    text += parts.digits.substr(0, whole) + "." + parts.digits.substr(whole);
  } else {
    text += "0.";
    text.append(static_cast<std::size_t>(-parts.exponent - count), '0');
    text += parts.digits;
  }
  return text;
}

std::optional<std::int64_t> Decimal::to_integer() const {
  if (is_small()) return small();
  if (!is_integer()) return std::nullopt;
  unsigned flags = 0;
  const BID_SINT64 integer = bid128_to_int64_int(DecimalBits::of(*this), &flags);
  if (flags != 0) return std::nullopt;
  return integer;
}

double Decimal::to_double() const {
  double binary = 0;
  const std::string text = to_text();
  std::from_chars(text.data(), text.data() + text.size(), binary);
  return binary;
}

bool Decimal::is_integer() const {
  if (is_small()) return true;
  unsigned flags = 0;
  const BID_UINT128 bits = DecimalBits::of(*this);
  return bid128_quiet_equal(bits, bid128_round_integral_zero(bits, &flags), &flags) != 0;
}

bool Decimal::is_negative() const {
  return *this < Decimal{};
}
bool Decimal::is_zero() const {
  return *this == Decimal{};
}
int Decimal::significant_digits() const {
  return static_cast<int>(parts_of(*this).digits.size());
}

std::optional<Decimal> Decimal::add(const Decimal& a, const Decimal& b) {
  if (a.is_small() && b.is_small()) return Decimal{a.small() + b.small()};
  unsigned flags = 0;
  return DecimalBits::result(bid128_add(DecimalBits::of(a), DecimalBits::of(b), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b) {
  if (a.is_small() && b.is_small()) return Decimal{a.small() - b.small()};
  unsigned flags = 0;
  return DecimalBits::result(bid128_sub(DecimalBits::of(a), DecimalBits::of(b), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::multiply(const Decimal& a, const Decimal& b) {
  std::int64_t product = 0;
  if (a.is_small() && b.is_small() && !__builtin_mul_overflow(a.small(), b.small(), &product)) {
    return Decimal{product};
  }
  unsigned flags = 0;
  return DecimalBits::result(bid128_mul(DecimalBits::of(a), DecimalBits::of(b), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  if (a.is_small() && b.is_small() && a.small() % b.small() == 0) {
    return Decimal{a.small() / b.small()};
  }
  unsigned flags = 0;
  return DecimalBits::result(bid128_div(DecimalBits::of(a), DecimalBits::of(b), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::power(const Decimal& base, const Decimal& exponent) {
  const std::optional<std::int64_t> integer = exponent.to_integer();
  if (integer && std::abs(*integer) <= kPowerByMultiplication) {
    Pair result{DecimalBits::of(Decimal{1}), DecimalBits::of(Decimal{})};
    Pair square{DecimalBits::of(base), DecimalBits::of(Decimal{})};
    for (auto left = static_cast<std::uint64_t>(std::abs(*integer)); left != 0;) {
      if ((left & 1U) != 0) result = product(result, square);
      left >>= 1U;
      if (left != 0) square = product(square, square);
    }
    return DecimalBits::result(*integer < 0 ? reciprocal(result) : result.high);
  }
  unsigned flags = 0;
  return DecimalBits::result(
      bid128_pow(DecimalBits::of(base), DecimalBits::of(exponent), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::modulo(const Decimal& a, const Decimal& divisor) {
  if (divisor.is_zero()) return std::nullopt;
  unsigned flags = 0;
  std::optional<Decimal> rest =
      DecimalBits::result(bid128_fmod(DecimalBits::of(a), DecimalBits::of(divisor), &flags));
  if (rest && !rest->is_zero() && rest->is_negative() != divisor.is_negative()) {
    return add(*rest, divisor);
  }
  return rest;
}

std::optional<Decimal> Decimal::square_root(const Decimal& a) {
  if (a.is_negative()) return std::nullopt;
  unsigned flags = 0;
  return DecimalBits::result(bid128_sqrt(DecimalBits::of(a), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::natural_log(const Decimal& a) {
  if (a.is_negative() || a.is_zero()) return std::nullopt;
  unsigned flags = 0;
  return DecimalBits::result(bid128_log(DecimalBits::of(a), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::exponential(const Decimal& a) {
  unsigned flags = 0;
  return DecimalBits::result(bid128_exp(DecimalBits::of(a), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::round(const Decimal& a, std::int64_t scale, Rounding rounding) {
  if (scale < kScaleMin || scale > kScaleMax) return std::nullopt;
  if (scale >= 0 && a.is_small()) return a;
  unsigned flags = 0;
  const BID_UINT128 shifted =
      bid128_scalbn(DecimalBits::of(a), static_cast<int>(scale), kHalfEven, &flags);
  if (bid128_isFinite(shifted) == 0) return a;  // so large that it has no digits to round
  const bool negative = a.is_negative();
  BID_UINT128 whole{};
  switch (rounding) {
    case Rounding::half_even:
      whole = bid128_round_integral_nearest_even(shifted, &flags);
      break;
    case Rounding::half_up:
      whole = bid128_round_integral_nearest_away(shifted, &flags);
      break;
    case Rounding::floor:
      whole = bid128_round_integral_negative(shifted, &flags);
      break;
    case Rounding::ceiling:
      whole = bid128_round_integral_positive(shifted, &flags);
      break;
    case Rounding::down:
      whole = bid128_round_integral_zero(shifted, &flags);
      break;
    case Rounding::up:
      whole = negative ? bid128_round_integral_negative(shifted, &flags)
                       : bid128_round_integral_positive(shifted, &flags);
      break;
    case Rounding::half_down: {
      whole = bid128_round_integral_zero(shifted, &flags);
      const BID_UINT128 rest = bid128_abs(bid128_sub(shifted, whole, kHalfEven, &flags));
      if (bid128_quiet_greater(rest, DecimalBits::of(half()), &flags) != 0) {
        whole = bid128_round_integral_nearest_away(shifted, &flags);
      }
      break;
    }
  }
  return DecimalBits::result(bid128_scalbn(whole, -static_cast<int>(scale), kHalfEven, &flags));
}

Decimal Decimal::negated() const {
  if (is_zero()) return Decimal{};
  return DecimalBits::raw(bid128_negate(DecimalBits::of(*this)));
}

Decimal Decimal::magnitude() const {
  return is_negative() ? negated() : *this;
}

int Decimal::compare_wide(const Decimal& a, const Decimal& b) {
  unsigned flags = 0;
  const BID_UINT128 left = DecimalBits::of(a);
  const BID_UINT128 right = DecimalBits::of(b);
  if (bid128_quiet_equal(left, right, &flags) != 0) return 0;
  return bid128_quiet_less(left, right, &flags) != 0 ? -1 : 1;
}

}  // namespace rules
