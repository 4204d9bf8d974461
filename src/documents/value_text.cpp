#include "documents/value_text.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "base/text.h"
#include "documents/text_block.h"

namespace documents::internal {
namespace {

constexpr std::size_t kCharactersMax = 20'000;
constexpr auto kVietnamOffset = std::chrono::hours{7};

// Two digits or four, at `at`; -1 where something else stands.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::chrono::year_month_day> date_of(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

struct CivilMoment {
  std::chrono::year_month_day date;
  int hour = 0, minute = 0;
};

// 2026-08-20T10:05[:30[.123]][Z|+07:00]
std::optional<CivilMoment> moment_of(std::string_view text) {
  const auto date = date_of(text);
  if (!date || text.size() < 16 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':') {
    return std::nullopt;
  }
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  std::string_view rest = text.substr(16);
  while (!rest.empty() &&
         (rest[0] == ':' || rest[0] == '.' || (rest[0] >= '0' && rest[0] <= '9'))) {
    rest.remove_prefix(1);
  }
  if (rest.empty()) return CivilMoment{*date, hour, minute};
  std::chrono::minutes offset{0};
  if (rest != "Z") {
    const int hours = digits(rest, 1, 2), minutes = digits(rest, 4, 2);
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':' || hours < 0 ||
        minutes < 0) {
      return std::nullopt;
    }
    offset = std::chrono::minutes{hours * 60 + minutes};
    if (rest[0] == '-') offset = -offset;
  }
  const auto local = std::chrono::sys_days{*date} + std::chrono::hours{hour} +
                     std::chrono::minutes{minute} - offset + kVietnamOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return CivilMoment{std::chrono::year_month_day{day}, static_cast<int>(minutes / 60),
                     static_cast<int>(minutes % 60)};
}

std::string padded(int number) {
  return number < 10 ? "0" + std::to_string(number) : std::to_string(number);
}

std::string short_date(std::chrono::year_month_day date) {
  return padded(static_cast<int>(static_cast<unsigned>(date.day()))) + "/" +
         padded(static_cast<int>(static_cast<unsigned>(date.month()))) + "/" +
         std::to_string(static_cast<int>(date.year()));
}

// Days below 10 and the months 1 and 2 take a zero, so that nothing can be written in front.
// Source: Decree 30/2020/NĐ-CP, annex I, part I, 4.
std::string long_date(std::chrono::year_month_day date) {
  const unsigned month = static_cast<unsigned>(date.month());
  return "ngày " + padded(static_cast<int>(static_cast<unsigned>(date.day()))) + " tháng " +
         (month <= 2 ? "0" : "") + std::to_string(month) + " năm " +
         std::to_string(static_cast<int>(date.year()));
}

std::string plain_of(const base::json::value& value) {
  switch (value.kind()) {
    case base::json::kind::null:
      return "";
    case base::json::kind::string:
      return printable(std::string_view(value.get_string()), kCharactersMax);
    case base::json::kind::bool_:
      return value.get_bool() ? "Có" : "Không";
    case base::json::kind::object:
      return "";
    case base::json::kind::array: {
      std::string result;
      for (const auto& item : value.get_array()) {
        const std::string text = plain_of(item);
        if (text.empty()) continue;
        if (!result.empty()) result += ", ";
        result += text;
        if (result.size() > kCharactersMax) break;
      }
      return printable(result, kCharactersMax);
    }
    default:
      return base::to_text(value);
  }
}

std::optional<std::int64_t> integer_of(const base::json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_uint64() && value.get_uint64() <= INT64_MAX) {
    return static_cast<std::int64_t>(value.get_uint64());
  }
  if (value.is_string()) {
    const std::string_view text = value.get_string();
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    return number;
  }
  return std::nullopt;
}

constexpr std::array kDigitWords = {"không", "một", "hai", "ba",  "bốn",
                                    "năm",   "sáu", "bảy", "tám", "chín"};

// Three digits; `full` says that larger groups stand before, so that hundreds and "linh" are
// spoken.
std::string group_in_words(int group, bool full) {
  const auto hundreds = static_cast<std::size_t>(group / 100);
  const auto tens = static_cast<std::size_t>(group / 10 % 10);
  const auto units = static_cast<std::size_t>(group % 10);
  std::string result;
  const auto say = [&](std::string_view word) {
    if (!result.empty()) result += ' ';
    result += word;
  };
  if (hundreds > 0 || full) {
    say(kDigitWords[hundreds]);
    say("trăm");
  }
  if (tens == 0) {
    if (units > 0 && !result.empty()) say("linh");
  } else if (tens == 1) {
    say("mười");
  } else {
    say(kDigitWords[tens]);
    say("mươi");
  }
  if (units == 1 && tens > 1) {
    say("mốt");
  } else if (units == 5 && tens > 0) {
    say("lăm");
  } else if (units > 0) {
    say(kDigitWords[units]);
  }
  return result;
}

std::string with_capital(std::string text) {
  std::size_t first = 1;
  while (first < text.size() && (static_cast<unsigned char>(text[first]) & 0xc0U) == 0x80U) ++first;
  return base::to_upper(text.substr(0, first)) + text.substr(first);
}

}  // namespace

std::optional<Filter> filter_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Filter>, 13> kFilters = {{
      {"plain", Filter::plain},
      {"upper", Filter::upper},
      {"date", Filter::date},
      {"long_date", Filter::long_date},
      {"moment", Filter::moment},
      {"stamp", Filter::stamp},
      {"clock", Filter::clock},
      {"number", Filter::number},
      {"money", Filter::money},
      {"words", Filter::words},
      {"two", Filter::two},
      {"brief", Filter::brief},
      {"yes_no", Filter::yes_no},
  }};
  for (const auto& [known, filter] : kFilters) {
    if (known == name) return filter;
  }
  return std::nullopt;
}

std::string text_of(const base::json::value* value, Filter filter) {
  if (value == nullptr || value->is_null()) return "";
  std::string plain = plain_of(*value);
  if (plain.empty()) return "";
  switch (filter) {
    case Filter::plain:
    case Filter::yes_no:
      return plain;
    case Filter::upper:
      return base::to_upper(plain);
    case Filter::date:
    case Filter::long_date: {
      auto date = plain.size() == 10 ? date_of(plain) : std::nullopt;
      if (const auto moment = moment_of(plain)) date = moment->date;
      if (!date) return plain;
      return filter == Filter::date ? short_date(*date) : long_date(*date);
    }
    case Filter::moment:
    case Filter::stamp:
    case Filter::clock: {
      if (const auto moment = moment_of(plain)) {
        const std::string hour = padded(moment->hour), minute = padded(moment->minute);
        if (filter == Filter::clock) return hour + ":" + minute + " " + short_date(moment->date);
        return hour + " giờ " + minute + " phút, " +
               (filter == Filter::moment ? long_date(moment->date) : short_date(moment->date));
      }
      const auto date = plain.size() == 10 ? date_of(plain) : std::nullopt;
      return date ? long_date(*date) : plain;
    }
    case Filter::number:
    case Filter::money:
    case Filter::words: {
      const auto number = integer_of(*value);
      if (!number) return plain;
      if (filter == Filter::number) return grouped(*number);
      if (filter == Filter::money) return grouped(*number) + " đồng";
      return with_capital(number_in_words(*number)) + " đồng";
    }
    case Filter::two: {
      const auto number = integer_of(*value);
      return number && *number >= 0 && *number < 10 ? padded(static_cast<int>(*number)) : plain;
    }
    case Filter::brief: {
      if (base::length_in_characters(plain) <= 16) return plain;
      return printable(plain, 16).substr(0, 16);
    }
  }
  return plain;
}

std::string number_in_words(std::int64_t number) {
  if (number == 0) return kDigitWords[0];
  if (number < 0) {
    return number == INT64_MIN ? std::to_string(number) : "âm " + number_in_words(-number);
  }
  if (number > 999'999'999'999'999) return grouped(number);
  // Groups of three digits from the right; after "tỷ" the names start over.
  constexpr std::array kScales = {"", " nghìn", " triệu", " tỷ", " nghìn tỷ"};
  std::array<int, 5> groups{};
  for (auto& group : groups) {
    group = static_cast<int>(number % 1000);
    number /= 1000;
  }
  std::string result;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (groups[i] == 0) continue;
    const bool full = !result.empty();
    if (full) result += ' ';
    result += group_in_words(groups[i], full);
    // "một nghìn hai trăm tỷ": the word for 10^9 is spoken once, with its last group.
    result += (i == 4 && groups[3] != 0) ? " nghìn" : kScales[i];
  }
  return result;
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3;) {
    i -= 3;
    text.insert(i, ".");
  }
  return text;
}

}  // namespace documents::internal
