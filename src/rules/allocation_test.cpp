// What an evaluation costs in memory: plain arithmetic and comparison allocate nothing.
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "rules/expression.h"
#include "rules/unary_tests.h"

namespace {

// Counted only while a test asks for it, in its own thread.
thread_local bool counting = false;
thread_local std::size_t allocations = 0;

}  // namespace

// Those of the whole program of the module's tests, which do not mind.
// Not inlined, so that the compiler does not take malloc and free for two that do not belong
// together.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (counting) ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace rules {
namespace {

template <class Work>
std::size_t allocations_of(Work work) {
  work();  // what is set up at the first use
  allocations = 0;
  counting = true;
  work();
  counting = false;
  return allocations;
}

const Value& form() {
  static const Value kept{Context{{"age", 17},
                                  {"amount", 120},
                                  {"rate", *Decimal::parse("0.075")},
                                  {"họ tên", "Nguyễn Văn Đức, một cái tên dài hơn bộ đệm"},
                                  {"online", true},
                                  {"born", *Date::parse("2009-03-01")},
                                  {"fee", Context{{"page", 2000}}}}};
  return kept;
}

class PlainExpression : public testing::TestWithParam<const char*> {};

TEST_P(PlainExpression, AllocatesNothing) {
  const auto expression = Expression::parse(GetParam());
  ASSERT_TRUE(expression) << expression.error().message;
  ASSERT_TRUE(evaluate(*expression, form()).problems.empty());
  EXPECT_EQ(allocations_of([&] { static_cast<void>(evaluate(*expression, form())); }), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Arithmetic, PlainExpression,
    testing::Values("age + 1", "-age * 2 - amount / 4", "(amount + 1) ** 2", "amount * rate",
                    "1234567890123456789 * 9876543210.123456789", "amount / 7", "fee.page * 3",
                    "if age > 2 then 4000 + 1000 * (age - 2) else 2000 * age"));

INSTANTIATE_TEST_SUITE_P(Comparison, PlainExpression,
                         testing::Values("age < 18 and amount > 100", "age >= 18 or online = true",
                                         "rate = 0.0750",
                                         "họ tên = \"Nguyễn Văn Đức, một cái tên dài hơn bộ đệm\"",
                                         "họ tên != \"An\"", "age between 16 and 18",
                                         "age in [16..18)", "age in (1, 17, < 0)", "amount = null",
                                         "online"));

TEST(Allocation, IsCounted) {
  const auto expression = Expression::parse("[age, amount]");
  ASSERT_TRUE(expression);
  EXPECT_GT(allocations_of([&] { static_cast<void>(evaluate(*expression, form())); }), 0U);
}

TEST(Allocation, IsNotNeededForUnaryTests) {
  for (const char* text : {"-", "< 18", "[10..20), > 100", "not(1, 2, 3)", "? > 10 and ? < 20"}) {
    const auto tests = UnaryTests::parse(text);
    ASSERT_TRUE(tests) << text;
    const Value age{17};
    EXPECT_EQ(allocations_of([&] { static_cast<void>(tests->matches(age)); }), 0U) << text;
  }
}

}  // namespace
}  // namespace rules
