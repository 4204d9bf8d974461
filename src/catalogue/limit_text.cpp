#include "catalogue/limit_text.h"

#include <algorithm>
#include <charconv>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

using calendar::Limit;
using calendar::LimitUnit;

// Halves of a number as published: "3", "03", "1.5", "0,5".
std::optional<std::int64_t> halves_of(std::string_view number) {
  std::int64_t whole = 0;
  const char* end = number.data() + number.size();
  const auto [rest, error] = std::from_chars(number.data(), end, whole);
  if (error != std::errc{} || whole > 100'000) return std::nullopt;
  if (rest == end) return whole * 2;
  const std::string_view fraction{rest, static_cast<std::size_t>(end - rest)};
  if (fraction == ".5" || fraction == ",5") return whole * 2 + 1;
  if (fraction == ".0" || fraction == ",0") return whole * 2;
  return std::nullopt;
}

std::optional<Limit> made(LimitUnit unit, std::int64_t halves) {
  const auto limit = Limit::of_halves(unit, halves);
  if (!limit) return std::nullopt;
  return *limit;
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

bool finds(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(piece(text), pattern);
}

// The part of the sentence before `at`, at most `bytes` of it.
std::string_view lead(std::string_view text, std::size_t at, std::size_t bytes) {
  std::size_t start = at > bytes ? at - bytes : 0;
  while (start < at && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  std::string_view before = text.substr(start, at - start);
  const std::size_t line = before.find_last_of(";\n");
  if (line != std::string_view::npos) before.remove_prefix(line + 1);
  const std::size_t stop = before.rfind(". ");
  if (stop != std::string_view::npos) before.remove_prefix(stop + 2);
  return before;
}

std::string_view follow(std::string_view text, std::size_t at, std::size_t bytes) {
  std::size_t end = std::min(text.size(), at + bytes);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  std::string_view after = text.substr(at, end - at);
  const std::size_t line = after.find_first_of(";\n");
  if (line != std::string_view::npos) after = after.substr(0, line);
  return after;
}

const RE2& amount_and_unit() {
  static const RE2 pattern(
      R"((?i)(\d{1,4}(?:[.,]5)?)\s*(?:\([^()\n]{1,40}\)\s*)?(ngày làm việc|ngày|giờ làm việc|giờ|tháng|năm)(?:[^\pL]|$))");
  return pattern;
}

// What stands before a number that is no period: a date, a time of day, an article, a range.
bool stands_in_a_date(std::string_view before, std::string_view unit, std::string_view after) {
  static const RE2 date(
      R"((?i)(?:ngày|tháng|năm|số|khoản|điều|điểm|mục|quý|lần|độ|từ đủ|\d[/.,\-–])\s*$)");
  static const RE2 clock(R"((?i)(?:lúc|sau|trước|từ|đến|hồi|khoảng)\s*$)");
  static const RE2 minutes(R"(^\s*(?:\d{1,2}\b|phút|trở|cùng))");
  static const RE2 year_or_month(R"((?i)^\s*(?:\d{1,4}\b|năm\s*\d))");
  if (finds(before, date)) return true;
  if (unit.starts_with("giờ") && (finds(before, clock) || finds(after, minutes))) return true;
  return (unit == "tháng" || unit == "năm") && finds(after, year_or_month);
}

LimitInWords placed(Limit limit, std::string_view text, std::size_t at, std::size_t end) {
  static const RE2 whole(
      R"((?i)(?:tổng (?:thời gian|thời hạn)|(?:thời hạn|thời gian)(?: để)? (?:giải quyết|thực hiện|xử lý)(?: (?:thủ tục|hồ sơ|tthc)(?: hành chính)?)?)[^.;\n\d]{0,60}$)");
  static const RE2 bound(
      R"((?i)(?:trong thời hạn|trong thời gian|trong vòng|thời hạn|thời gian|không quá|không vượt quá|tối đa|chậm nhất|muộn nhất|là|trong|:)[^.;\n\d]{0,40}$)");
  static const RE2 receipt(
      R"((?i)^[^.\n;]{0,25}(?:kể từ|tính từ|từ|sau|khi)[^.\n;]{0,30}nhận(?: được)?(?: đủ| đầy đủ)?[^.\n;]{0,40}hồ sơ)");
  const std::string_view before = lead(text, at, 140);
  LimitInWords found{.limit = limit, .at = at};
  found.whole = finds(before, whole);
  found.bound = found.whole || without_bullet(before).empty() || finds(before, bound);
  found.from_receipt = finds(follow(text, end, 160), receipt);
  return found;
}

// The single limit among those that `wanted` picks; nothing when they differ.
template <class Wanted>
std::optional<LimitInWords> only(const std::vector<LimitInWords>& all, Wanted wanted) {
  std::optional<LimitInWords> found;
  for (const LimitInWords& each : all) {
    if (!wanted(each)) continue;
    if (found && found->limit != each.limit) return std::nullopt;
    if (!found) found = each;
  }
  return found;
}

}  // namespace

std::optional<Limit> limit_of(std::string_view number, std::string_view unit) {
  const auto halves = halves_of(number);
  if (!halves || *halves == 0) return std::nullopt;
  const std::string name = base::fold_for_search(unit);
  if (name == "ngay lam viec") return made(LimitUnit::working_days, *halves);
  if (name == "ngay") return made(LimitUnit::calendar_days, *halves);
  if (name == "gio" || name == "gio lam viec") return made(LimitUnit::working_hours, *halves);
  if (name == "tuan") return made(LimitUnit::calendar_days, *halves * 7);
  if (name == "thang") return made(LimitUnit::months, *halves);
  if (name == "quy") return made(LimitUnit::months, *halves * 3);
  if (name == "nam") return made(LimitUnit::years, *halves);
  return std::nullopt;
}

std::vector<LimitInWords> limits_in_words(std::string_view text) {
  static const RE2 same_day(
      R"((?i)((?:ngay )?trong ngày làm việc(?: nhận| tiếp nhận|[.,;\n]|$)|ngay trong ngày|sau 15 ?(?:giờ|h)[^.;\n]{0,120}ngày làm việc tiếp theo))");
  // Of whoever answers the applicant, not of a check on the way there.
  static const RE2 answers(R"((?i)giải quyết|trả kết quả|cấp|đăng ký|xác nhận|chứng thực|sau 15)");
  std::vector<LimitInWords> found;
  re2::StringPiece rest = piece(text);
  re2::StringPiece number;
  re2::StringPiece unit;
  while (found.size() < 200 && RE2::FindAndConsume(&rest, amount_and_unit(), &number, &unit)) {
    const auto at = static_cast<std::size_t>(number.data() - text.data());
    const auto end = static_cast<std::size_t>(unit.data() - text.data()) + unit.size();
    if (at > 0 && (is_digit(static_cast<unsigned char>(text[at - 1])))) continue;
    const std::string_view n{number.data(), number.size()};
    const std::string u = base::to_lower(std::string_view{unit.data(), unit.size()});
    if (stands_in_a_date(lead(text, at, 40), u, follow(text, end, 12))) continue;
    const auto limit = limit_of(n, u);
    if (!limit) continue;
    LimitInWords each = placed(*limit, text, at, end);
    each.number = limit->halves() / 2;
    // Hours and years are named for many other things than how long an office takes.
    if ((u == "giờ" || u == "năm" || u == "tháng") && !each.bound) continue;
    found.push_back(each);
  }
  rest = piece(text);
  re2::StringPiece phrase;
  while (found.size() < 200 && RE2::FindAndConsume(&rest, same_day, &phrase)) {
    const auto limit = made(LimitUnit::same_day, 0);
    if (!limit) break;
    const auto at = static_cast<std::size_t>(phrase.data() - text.data());
    if (!finds(lead(text, at, 100), answers) && !finds({phrase.data(), phrase.size()}, answers)) {
      continue;
    }
    LimitInWords each{.limit = *limit, .at = at};
    each.bound = true;
    found.push_back(each);
  }
  std::ranges::sort(found, {}, &LimitInWords::at);
  return found;
}

std::optional<LimitInWords> limit_in_description(std::string_view text) {
  const auto all = limits_in_words(text);
  if (const auto whole = only(all, [](const LimitInWords& each) { return each.whole; })) {
    return whole;
  }
  if (std::ranges::any_of(all, &LimitInWords::whole)) return std::nullopt;
  const auto single = only(all, [](const LimitInWords&) { return true; });
  if (single && single->bound) return single;
  return std::nullopt;
}

std::optional<LimitInWords> limit_in_steps(std::string_view text) {
  const auto all = limits_in_words(text);
  return only(all, [](const LimitInWords& each) { return each.whole; });
}

}  // namespace catalogue
