// Every type of field, good and bad, as one table.
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

#include "form/test_form.h"

namespace form {
namespace {

struct Row {
  const char* field;
  const char* answer;  // JSON
  const char* codes;   // problems, empty: accepted
  const char* kept;    // JSON of the normalised answer, empty: nothing kept
};

const std::string kText = "type: text, label: {vi: A, en: A}";

class EveryType : public testing::TestWithParam<Row> {};

TEST_P(EveryType, IsAcceptedOrRefusedWithItsCode) {
  const Row& row = GetParam();
  const Form form = form_of_field(std::string{row.field} + ", label: {vi: Mục, en: Item}");
  const FormEvaluation seen =
      evaluate(form, answers_of(std::string{"{\"f\":"} + row.answer + "}"), day(2026, 8, 20));
  EXPECT_EQ(codes_of(seen), row.codes) << row.field << " " << row.answer;
  const auto* kept = seen.answers.if_contains("f");
  EXPECT_EQ(kept == nullptr ? "" : base::to_text(*kept), row.kept)
      << row.field << " " << row.answer;
  for (const FieldProblem& problem : seen.problems) {
    EXPECT_FALSE(problem.message.vi.empty());
    EXPECT_FALSE(problem.message.en.empty());
    EXPECT_EQ(problem.page, "p");
  }
}

constexpr const char* kChoice =
    "type: choice, options: [{value: a, label: {vi: A, en: A}}, {value: b, label: {vi: B, en: B}}]";
constexpr const char* kMulti =
    "type: multi_choice, options: [{value: a, label: {vi: A, en: A}}, {value: b, label: {vi: B, "
    "en: "
    "B}}]";

INSTANTIATE_TEST_SUITE_P(
    Table, EveryType,
    testing::Values(
        // text
        Row{"type: text", R"("  Nguyễn   Văn\tAn ")", "", R"("Nguyễn Văn An")"},
        Row{"type: text", R"("   ")", "", ""}, Row{"type: text", "null", "", ""},
        Row{"type: text", "5", "f:wrong_type", ""}, Row{"type: text", "[]", "f:wrong_type", ""},
        Row{"type: text, max_length: 3", R"("Huế")", "", R"("Huế")"},
        Row{"type: text, max_length: 3", R"("Vinh")", "f:too_long", ""},
        Row{"type: text, min_length: 2", R"("A")", "f:too_short", ""},
        Row{"type: text, pattern: '[0-9]+', pattern_message: {vi: Số, en: Digits}", R"("12")", "",
            R"("12")"},
        Row{"type: text, pattern: '[0-9]+', pattern_message: {vi: Số, en: Digits}", R"("12a")",
            "f:bad_format", ""},
        // long_text
        Row{"type: long_text", R"(" a\r\nb\n\n ")", "", R"("a\nb")"},
        Row{"type: long_text, max_length: 2", R"("abc")", "f:too_long", ""},
        // integer, money
        Row{"type: integer, min: 0, max: 9", "9", "", "9"},
        Row{"type: integer, min: 0, max: 9", "5.0", "", "5"},
        Row{"type: integer, min: 0, max: 9", "10", "f:too_large", ""},
        Row{"type: integer, min: 0, max: 9", "-1", "f:too_small", ""},
        Row{"type: integer", "1.5", "f:wrong_type", ""},
        Row{"type: integer", R"("5")", "f:wrong_type", ""}, Row{"type: integer", R"("")", "", ""},
        Row{"type: integer", "18446744073709551615", "f:too_large", ""},
        Row{"type: money", "200000", "", "200000"}, Row{"type: money", "-1", "f:too_small", ""},
        Row{"type: money", R"("200.000")", "f:wrong_type", ""},
        // date
        Row{"type: date", R"("2026-08-20")", "", R"("2026-08-20")"},
        Row{"type: date", R"("20/8/2026")", "", R"("2026-08-20")"},
        Row{"type: date", R"("2026-02-30")", "f:bad_format", ""},
        Row{"type: date", R"("hôm nay")", "f:bad_format", ""},
        Row{"type: date", "20260820", "f:wrong_type", ""},
        Row{"type: date, latest: today", R"("2026-08-20")", "", R"("2026-08-20")"},
        Row{"type: date, latest: today", R"("2026-08-21")", "f:too_late", ""},
        Row{"type: date, earliest: '2020-01-01'", R"("2019-12-31")", "f:too_early", ""},
        // partial_date
        Row{"type: partial_date", R"("1956")", "", R"("1956")"},
        Row{"type: partial_date", R"("05/1956")", "", R"("1956-05")"},
        Row{"type: partial_date", R"("1956-05-02")", "", R"("1956-05-02")"},
        Row{"type: partial_date", R"("1956-13")", "f:bad_format", ""},
        Row{"type: partial_date, latest: today", R"("2026")", "", R"("2026")"},
        Row{"type: partial_date, latest: today", R"("2027")", "f:too_late", ""},
        Row{"type: partial_date, earliest: '1900-01-01'", R"("1899")", "f:too_early", ""},
        // time
        Row{"type: time", R"("7:30")", "", R"("07:30")"},
        Row{"type: time", R"("24:00")", "f:bad_format", ""},
        Row{"type: time", R"("25:00")", "f:bad_format", ""},
        // boolean
        Row{"type: boolean", "true", "", "true"}, Row{"type: boolean", "false", "", "false"},
        Row{"type: boolean", R"("true")", "f:wrong_type", ""},
        Row{"type: boolean", "1", "f:wrong_type", ""},
        // choice, multi_choice
        Row{kChoice, R"("a")", "", R"("a")"}, Row{kChoice, R"("c")", "f:unknown_option", ""},
        Row{kChoice, R"("")", "", ""}, Row{kChoice, R"(["a"])", "f:wrong_type", ""},
        Row{kMulti, R"(["b","a","b"])", "", R"(["a","b"])"}, Row{kMulti, "[]", "", ""},
        Row{kMulti, R"(["c"])", "f:unknown_option", ""}, Row{kMulti, R"([1])", "f:wrong_type", ""},
        Row{kMulti, R"("a")", "f:wrong_type", ""},
        // numbers of people and organisations
        Row{"type: personal_id", R"("040 090 000123")", "", R"("040090000123")"},
        Row{"type: personal_id", R"("04009000012")", "f:bad_format", ""},
        Row{"type: personal_id", R"("04009000012a")", "f:bad_format", ""},
        Row{"type: personal_id", R"("182345678")", "f:bad_format", ""},
        Row{"type: personal_id", "40090000123", "f:wrong_type", ""},
        Row{"type: tax_code", R"("0100109106")", "", R"("0100109106")"},
        Row{"type: tax_code", R"("0100109107")", "f:bad_format", ""},
        Row{"type: phone", R"("+84 912 345 678")", "", R"("0912345678")"},
        Row{"type: phone", R"("0112345678")", "f:bad_format", ""},
        Row{"type: email", R"(" Lan@Vidu.VN ")", "", R"("Lan@vidu.vn")"},
        Row{"type: email", R"("lan@vidu")", "f:bad_format", ""},
        Row{"type: commune", R"("16681")", "", R"("16681")"},
        Row{"type: commune", R"("166811")", "f:bad_format", ""},
        Row{"type: commune", R"("Vinh1")", "f:bad_format", ""},
        Row{"type: address_detail", R"("16 Trường Thi")", "", R"("16 Trường Thi")"}));

TEST(Answer, OldIdNumberIsTakenWhereTheFieldAllowsItAndWarnedAbout) {
  const Form form =
      form_of_field("type: personal_id, old_id_allowed: true, label: {vi: Số, en: Number}");
  const FormEvaluation seen = evaluate(form, answers_of(R"({"f":"182345678"})"), day(2026, 8, 20));
  EXPECT_TRUE(seen.acceptable()) << codes_of(seen);
}

TEST(Answer, DecomposedAndComposedVietnameseAreTheSameAnswer) {
  const Form form = form_of_field(kText);
  const std::string composed = "\u0110\u1ED7 Th\u1ECB \u00C1nh";
  const std::string decomposed = "\u0110o\u0302\u0303 Thi\u0323 A\u0301nh";
  base::json::object a{{"f", composed}};
  base::json::object b{{"f", decomposed}};
  const auto one = evaluate(form, a, day(2026, 8, 20)).answers;
  const auto two = evaluate(form, b, day(2026, 8, 20)).answers;
  EXPECT_EQ(one, two);
  EXPECT_EQ(base::to_text(one.at("f")), "\"" + composed + "\"");
}

TEST(Answer, LengthCountsCharactersNotBytesAndNotCombiningMarks) {
  const Form form = form_of_field("type: text, max_length: 2, label: {vi: A, en: A}");
  base::json::object answers{{"f", "o\u0302\u0303a\u0301"}};
  EXPECT_TRUE(evaluate(form, answers, day(2026, 8, 20)).acceptable());
}

TEST(Answer, BrokenUtf8AndHugeTextsAreRefused) {
  const Form form = form_of_field(kText);
  base::json::object broken{{"f", std::string{"\xC3("}}};
  EXPECT_EQ(codes_of(evaluate(form, broken, day(2026, 8, 20))), "f:bad_format");
  base::json::object huge{{"f", std::string(2'000'000, 'a')}};
  EXPECT_EQ(codes_of(evaluate(form, huge, day(2026, 8, 20))), "f:too_long");
}

}  // namespace
}  // namespace form
