#include "bpmn/analysis_timer_text.h"

#include <algorithm>

#include "rules/expression.h"

namespace bpmn {
namespace {

using Verdict = TimerText::Verdict;

constexpr std::int64_t kAmountMax = 1'000'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed_view(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// P1Y2M3W4DT5H6M7.5S with an optional sign.
std::optional<TimerText> read_duration(std::string_view text) {
  TimerText out;
  out.verdict = Verdict::fixed;
  out.relative = true;
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  constexpr std::string_view kDateUnits = "YMWD";
  constexpr std::string_view kTimeUnits = "HMS";
  bool in_time = false;
  bool any = false;
  std::size_t unit_from = 0;
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time) {
      in_time = true;
      unit_from = 0;
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;
      continue;
    }
    std::int64_t amount = 0;
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) {
      amount = std::min(amount * 10 + (text[digits] - '0'), kAmountMax);
      ++digits;
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
      text.remove_prefix(1);
      while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
      // A broken part counts as begun.
      if (text.empty()) return std::nullopt;
      ++amount;
    }
    const std::string_view units = in_time ? kTimeUnits : kDateUnits;
    const std::size_t unit =
        text.empty() ? std::string_view::npos : units.find(text.front(), unit_from);
    if (unit == std::string_view::npos) return std::nullopt;
    unit_from = unit + 1;
    switch (in_time ? text.front() + 0 : text.front() + 256) {
      case 'Y' + 256:
        out.months += amount * 12;
        break;
      case 'M' + 256:
        out.months += amount;
        break;
      case 'W' + 256:
        out.seconds += amount * 7 * 86'400;
        break;
      case 'D' + 256:
        out.seconds += amount * 86'400;
        break;
      case 'H':
        out.seconds += amount * 3'600;
        break;
      case 'M':
        out.seconds += amount * 60;
        break;
      default:
        out.seconds += amount;
        break;
    }
    text.remove_prefix(1);
    any = true;
  }
  if (!any) return std::nullopt;
  out.negative = negative && (out.months != 0 || out.seconds != 0);
  return out;
}

bool is_moment(std::string_view text) {
  if (rules::DateTime::parse(text)) return true;
  // ISO 8601 admits times without seconds, and offsets without a colon.
  if (text.size() < 16 || text[10] != 'T' || text[13] != ':') return false;
  std::string whole{text.substr(0, 16)};
  whole += ":00";
  std::string_view rest = text.substr(16);
  if (rest.starts_with(':') && rest.size() >= 3) rest = rest.substr(3);
  const bool offset = rest.empty() || rest == "Z" ||
                      (rest.size() == 5 && (rest[0] == '+' || rest[0] == '-') &&
                       std::ranges::all_of(rest.substr(1), is_digit)) ||
                      (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':');
  return offset && rules::DateTime::parse(whole).has_value();
}

// R3/PT1H, R/2026-01-01T08:00:00/P1D, PT1H
std::optional<TimerText> read_cycle(std::string_view text) {
  std::optional<std::uint64_t> repetitions;
  if (text.starts_with('R')) {
    text.remove_prefix(1);
    std::uint64_t times = 0;
    bool counted = false;
    while (!text.empty() && is_digit(text.front())) {
      times = std::min<std::uint64_t>(times * 10 + static_cast<std::uint64_t>(text.front() - '0'),
                                      1'000'000'000);
      counted = true;
      text.remove_prefix(1);
    }
    // R-1 is how some editors write "without end".
    if (text.starts_with("-1")) text.remove_prefix(2);
    if (counted) repetitions = times;
    if (!text.starts_with('/')) return std::nullopt;
    text.remove_prefix(1);
  }
  std::optional<TimerText> out;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    out = read_duration(text);
  } else {
    const std::string_view first = text.substr(0, slash);
    const std::string_view second = text.substr(slash + 1);
    // A start or an end beside the interval: when it fires depends on the clock.
    if (is_moment(first)) {
      out = read_duration(second);
      if (out) out->relative = false;
    } else if (is_moment(second)) {
      out = read_duration(first);
    }
  }
  if (out) out->repetitions = repetitions;
  return out;
}

bool is_schedule(std::string_view text) {
  int fields = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') {
      if (text[i - 1] != ' ') ++fields;
    } else if (!is_digit(c) && c != '*' && c != '/' && c != '?' && c != ',' && c != '-' &&
               c != 'L' && c != 'W' && c != '#' && !(c >= 'A' && c <= 'Z')) {
      return false;
    }
  }
  return fields >= 5 && fields <= 7;
}

// Begins like ISO 8601, so that it is not a FEEL name or a difference of numbers.
bool looks_like_iso(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.size() >= 2 && text[0] == 'P') {
    return is_digit(text[1]) || (text[1] == 'T' && text.size() >= 3 && is_digit(text[2])) ||
           text == "PT";
  }
  if (text.size() >= 2 && text[0] == 'R') return is_digit(text[1]) || text[1] == '/';
  return text.size() >= 5 && std::ranges::all_of(text.substr(0, 4), is_digit) && text[4] == '-';
}

std::optional<TimerText> read_iso(TimerKind kind, std::string_view text) {
  TimerText moment;
  moment.verdict = Verdict::fixed;
  const std::optional<TimerText> duration = read_duration(text);
  const std::optional<TimerText> cycle = duration ? duration : read_cycle(text);
  TimerText wrong;
  wrong.verdict = Verdict::wrong_kind;
  if (is_moment(text)) return kind == TimerKind::date ? moment : wrong;
  if (duration) return kind == TimerKind::date ? wrong : *duration;
  if (cycle) return kind == TimerKind::cycle ? *cycle : wrong;
  return std::nullopt;
}

TimerText read_feel(TimerKind kind, std::string_view text) {
  TimerText out;
  out.verdict = Verdict::unreadable;
  const auto parsed = rules::Expression::parse(text);
  if (!parsed) return out;
  out.verdict = Verdict::depends;
  if (!parsed->names().empty()) return out;
  const rules::Value value = rules::evaluate(*parsed, {}).value;
  switch (value.kind()) {
    case rules::Kind::string: {
      const auto iso = read_iso(kind, *value.if_string());
      out.verdict = Verdict::unreadable;
      return iso ? *iso : out;
    }
    case rules::Kind::days_time:
    case rules::Kind::years_months: {
      const std::int64_t months =
          value.if_years_months() == nullptr ? 0 : value.if_years_months()->months;
      const std::int64_t seconds =
          value.if_days_time() == nullptr ? 0 : value.if_days_time()->seconds;
      out.verdict = kind == TimerKind::date ? Verdict::wrong_kind : Verdict::fixed;
      out.relative = true;
      out.negative = months < 0 || seconds < 0;
      out.months = std::clamp(months, -kAmountMax, kAmountMax);
      out.seconds = std::clamp(seconds, -kAmountMax * 1'000, kAmountMax * 1'000);
      return out;
    }
    case rules::Kind::date:
    case rules::Kind::date_time:
      out.verdict = kind == TimerKind::date ? Verdict::fixed : Verdict::wrong_kind;
      return out;
    case rules::Kind::null:
      // now() and the like are null here, and something at run time.
      return out;
    default:
      out.verdict = Verdict::unreadable;
      return out;
  }
}

}  // namespace

TimerText read_timer(TimerKind kind, std::string_view text) {
  text = trimmed_view(text);
  TimerText out;
  if (text.empty() || kind == TimerKind::none) return out;
  const bool marked = text.starts_with('=');
  if (marked) return read_feel(kind, trimmed_view(text.substr(1)));
  if (const auto iso = read_iso(kind, text)) return *iso;
  out.verdict = Verdict::unreadable;
  if (looks_like_iso(text)) return out;
  if (is_schedule(text)) {
    out.verdict = Verdict::schedule;
    return out;
  }
  return read_feel(kind, text);
}

}  // namespace bpmn
