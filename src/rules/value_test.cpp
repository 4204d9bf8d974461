#include "rules/value.h"

#include <gtest/gtest.h>

#include "rules/type.h"

namespace rules {
namespace {

TEST(Decimal, KeepsThirtyFourDigits) {
  const auto number = Decimal::parse("1234567890123456789012345678901234");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->to_text(), "1234567890123456789012345678901234");
  EXPECT_EQ(Decimal::add(*number, Decimal{1})->to_text(), "1234567890123456789012345678901235");
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "1.", "--1", "1e", "NaN", "Infinity", "0x10", "1 ", "1e9999"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

TEST(Decimal, RoundsEachWay) {
  const Decimal half = *Decimal::parse("-2.5");
  EXPECT_EQ(Decimal::round(half, 0, Rounding::half_even)->to_text(), "-2");
  EXPECT_EQ(Decimal::round(half, 0, Rounding::half_up)->to_text(), "-3");
  EXPECT_EQ(Decimal::round(half, 0, Rounding::half_down)->to_text(), "-2");
  EXPECT_EQ(Decimal::round(half, 0, Rounding::up)->to_text(), "-3");
  EXPECT_EQ(Decimal::round(half, 0, Rounding::down)->to_text(), "-2");
  EXPECT_EQ(Decimal::round(Decimal{1234}, -2, Rounding::ceiling)->to_text(), "1300");
}

// Against values worked out with 80 digits.
TEST(Decimal, ComputesPowersAndRootsToTheLastDigit) {
  const auto power = [](const char* base, const char* exponent) {
    return Decimal::power(*Decimal::parse(base), *Decimal::parse(exponent))->to_text();
  };
  EXPECT_EQ(power("1.1", "1000"), "246993291800582633412408838508522100000000");
  EXPECT_EQ(power("1.0001", "1024"), "1.107820842039993613899215811078814");
  EXPECT_EQ(power("1.0075", "360"), "14.73057612304011140261613272318893");
  EXPECT_EQ(power("1.1", "-50"), "0.008518551279500640612110176241233278");
  EXPECT_EQ(power("-3", "3"), "-27");
  EXPECT_EQ(power("0.1", "34"), "0.0000000000000000000000000000000001");
  EXPECT_EQ(power("10", "6144"), "1" + std::string(6144, '0'));
  EXPECT_FALSE(Decimal::power(Decimal{10}, Decimal{6145}));
  EXPECT_FALSE(Decimal::power(Decimal{}, Decimal{-1}));
  EXPECT_EQ(Decimal::square_root(Decimal{2})->to_text(), "1.414213562373095048801688724209698");
  EXPECT_EQ(Decimal::natural_log(Decimal{10})->to_text(), "2.302585092994045684017991454684364");
  EXPECT_EQ(Decimal::exponential(Decimal{1})->to_text(), "2.718281828459045235360287471352662");
}

TEST(Value, WeighsWhatItTakesToWriteIt) {
  const std::string text(1'000, 'a');
  EXPECT_GE(Value{text}.weight(), 1'000U);
  EXPECT_GE(Value{*Decimal::parse("1e6000")}.weight(), 6'000U);
  Value list{List{text}};
  for (int i = 0; i < 70; ++i) list = Value{List{list, list}};
  EXPECT_GE(list.weight(), std::uint64_t{1} << 60U);
  EXPECT_EQ(Value{5}.weight(), Value{true}.weight());
}

TEST(Value, SurvivesTaggedJson) {
  const Value value{Context{{"số", *Decimal::parse("0.1")},
                            {"ngày", *Date::parse("2026-08-20")},
                            {"lúc", *DateTime::parse("2026-08-20T07:30:00+07:00")},
                            {"hạn", *parse_days_time("P3DT4H")},
                            {"a", "@b"},
                            {"list", List{Value{}, true, 5, "x"}},
                            {"dài", *Decimal::parse("9223372036854775807")}}};
  const auto text = base::to_text(to_json(value, JsonForm::tagged));
  const auto parsed = base::parse_json(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(from_json(*parsed, JsonForm::tagged), value) << text;
}

TEST(Value, KeepsAllDigitsInJson) {
  const Value long_number{*Decimal::parse("0.12345678901234567890")};
  EXPECT_EQ(base::to_text(to_json(long_number)), "\"0.1234567890123456789\"");
  EXPECT_EQ(base::to_text(to_json(Value{12})), "12");
}

TEST(Value, ReadsJsonAsATypeAsks) {
  Type person = Type::simple(Type::Kind::context);
  person.fields.emplace_back("born", Type::simple(Type::Kind::date));
  const auto json = base::parse_json(R"({"born": "2020-02-29", "name": "2020-02-29"})");
  ASSERT_TRUE(json);
  const Value value = from_json(*json, person);
  EXPECT_NE(value["born"].if_date(), nullptr);
  EXPECT_NE(value["name"].if_string(), nullptr);
}

}  // namespace
}  // namespace rules
