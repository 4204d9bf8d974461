// builtin_conversion.cpp - from one kind of value to another.
#include <algorithm>
#include <array>

#include "rules/argument.h"
#include "rules/operation.h"
#include "rules/parser.h"

namespace rules {

namespace {

constexpr std::int64_t kBillion = 1'000'000'000;

Value date_from(Evaluator& evaluator, const Arguments& arguments) {
  const Value& from = single(arguments[0]);
  if (from.if_string() != nullptr) {
    return value_or_null(evaluator, Date::parse(*from.if_string()), "not a date");
  }
  if (from.if_date() != nullptr) return from;
  if (from.if_date_time() != nullptr) return from.if_date_time()->date;
  return wrong_kind(evaluator, "a text or a date is expected");
}

std::optional<std::int64_t> integer_in(const Value& value) {
  const Decimal* number = number_in(value);
  return number == nullptr ? std::nullopt : number->to_integer();
}

Value date_of(Evaluator& evaluator, const Arguments& arguments) {
  const auto year = integer_in(arguments[0]);
  const auto month = integer_in(arguments[1]);
  const auto day = integer_in(arguments[2]);
  if (!year || !month || !day) return wrong_kind(evaluator, "whole numbers are expected");
  return value_or_null(evaluator, Date::of(*year, *month, *day), "no such day");
}

// Hour, minute and second, the last with its fraction.
std::optional<Time> clock_of(const Value& hour_value, const Value& minute_value,
                             const Value& second_value) {
  const auto hour = integer_in(hour_value);
  const auto minute = integer_in(minute_value);
  const Decimal* second = number_in(second_value);
  if (!hour || !minute || second == nullptr || *hour < 0 || *hour > 23 || *minute < 0 ||
      *minute > 59 || second->is_negative()) {
    return std::nullopt;
  }
  const auto whole = Decimal::round(*second, 0, Rounding::down);
  const auto integer = whole ? whole->to_integer() : std::nullopt;
  if (!integer || *integer > 59) return std::nullopt;
  const auto rest = Decimal::subtract(*second, *whole);
  const auto nanos = rest ? Decimal::multiply(*rest, Decimal{kBillion}) : std::nullopt;
  const auto whole_nanos = nanos ? Decimal::round(*nanos, 0, Rounding::down) : std::nullopt;
  if (!whole_nanos) return std::nullopt;
  return Time{static_cast<std::uint8_t>(*hour),
              static_cast<std::uint8_t>(*minute),
              static_cast<std::uint8_t>(*integer),
              static_cast<std::uint32_t>(whole_nanos->to_integer().value_or(0)),
              {}};
}

// An offset as a duration of at most 18 hours, or a zone by name; null is no zone.
std::optional<Zone> zone_in(const Value& value) {
  if (value.is_null()) return Zone{};
  if (const DaysTime* offset = single(value).if_days_time()) {
    if (offset->seconds > 64'800 || offset->seconds < -64'800) return std::nullopt;
    return Zone{Zone::Kind::offset, static_cast<std::int32_t>(offset->seconds), {}};
  }
  if (const std::string* name = string_in(value); name != nullptr && is_zone_name(*name)) {
    return Zone{Zone::Kind::named, 0, *name};
  }
  return std::nullopt;
}

Value time_from(Evaluator& evaluator, const Arguments& arguments) {
  const Value& from = single(arguments[0]);
  if (from.if_string() != nullptr) {
    std::string_view text = *from.if_string();
    if (text.starts_with('T')) text.remove_prefix(1);
    return value_or_null(evaluator, Time::parse(text), "not a time");
  }
  if (from.if_time() != nullptr) return from;
  if (from.if_date_time() != nullptr) return from.if_date_time()->time;
  if (from.if_date() != nullptr) return Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, {}}};
  return wrong_kind(evaluator, "a text or a time is expected");
}

Value time_of(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<Time> time = clock_of(arguments[0], arguments[1], arguments[2]);
  std::optional<Zone> zone = zone_in(arguments[3]);
  if (!time || !zone || zone->kind == Zone::Kind::named) {
    return no_result(evaluator, "no such time");
  }
  time->zone = *std::move(zone);
  return *std::move(time);
}

Value moment_from(Evaluator& evaluator, const Arguments& arguments) {
  const Value& from = single(arguments[0]);
  if (from.if_string() != nullptr) {
    return value_or_null(evaluator, DateTime::parse(*from.if_string()), "not a date and time");
  }
  if (from.if_date_time() != nullptr) return from;
  if (from.if_date() != nullptr) {
    return DateTime{*from.if_date(), Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, {}}}};
  }
  return wrong_kind(evaluator, "a text or a date is expected");
}

Value moment_of_date_and_time(Evaluator& evaluator, const Arguments& arguments) {
  const Value& date = single(arguments[0]);
  const Time* time = single(arguments[1]).if_time();
  const Date* day = date.if_date_time() != nullptr ? &date.if_date_time()->date : date.if_date();
  if (day == nullptr || time == nullptr) return wrong_kind(evaluator, "a date and a time");
  return DateTime{*day, *time};
}

Value moment_of(Evaluator& evaluator, const Arguments& arguments) {
  const Value date = date_of(evaluator, arguments);
  std::optional<Time> time = clock_of(arguments[3], arguments[4], arguments[5]);
  std::optional<Zone> zone =
      arguments.size() > 6 ? zone_in(arguments[6]) : std::optional<Zone>{Zone{}};
  if (date.is_null() || !time || !zone) return no_result(evaluator, "no such date and time");
  time->zone = *std::move(zone);
  return DateTime{*date.if_date(), *std::move(time)};
}

Value duration_from(Evaluator& evaluator, const Arguments& arguments) {
  const Value& from = single(arguments[0]);
  if (from.if_days_time() != nullptr || from.if_years_months() != nullptr) return from;
  if (from.if_string() == nullptr) return wrong_kind(evaluator, "a text is expected");
  if (const auto duration = parse_years_months(*from.if_string())) return *duration;
  return value_or_null(evaluator, parse_days_time(*from.if_string()), "not a duration");
}

Value number_from(Evaluator& evaluator, const Arguments& arguments) {
  const Value& from = single(arguments[0]);
  if (from.if_number() != nullptr && arguments.size() == 1) return from;
  if (from.if_string() == nullptr) return wrong_kind(evaluator, "a text is expected");
  std::string text = *from.if_string();
  std::string grouping;
  std::string point = ".";
  if (arguments.size() == 3) {
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
      const std::string* given = string_in(arguments[i]);
      if (arguments[i].is_null()) continue;
      if (given == nullptr) return wrong_kind(evaluator, "a separator is a text");
      (i == 1 ? grouping : point) = *given;
    }
    const bool grouping_known =
        arguments[1].is_null() || grouping == " " || grouping == "," || grouping == ".";
    if (!grouping_known || (point != "." && point != ",") || grouping == point) {
      return no_result(evaluator, "not a separator, or twice the same");
    }
  }
  if (!grouping.empty()) std::erase(text, grouping[0]);
  if (point == ",") {
    if (text.find('.') != std::string::npos) return no_result(evaluator, "not a number");
    std::ranges::replace(text, ',', '.');
  }
  return value_or_null(evaluator, Decimal::parse(text), "not a number");
}

Value string_from(Evaluator& evaluator, const Arguments& arguments) {
  if (arguments[0].is_null()) return {};
  std::string text = to_text(arguments[0]);
  if (!evaluator.spend_memory(text.size()) || !evaluator.spend(text.size() / 16)) return {};
  return text;
}

Value negation(Evaluator& evaluator, const Arguments& arguments) {
  const Value& value = single(arguments[0]);
  if (value.if_boolean() != nullptr) return !*value.if_boolean();
  return value.is_null() ? Value{} : wrong_kind(evaluator, "a boolean is expected");
}

// Only literals, so that a text cannot run anything.
bool is_literal(const Program& program, NodeId id) {
  if (id == kNoNode) return true;
  const Node& node = program.nodes[id];
  if (node.op == Op::constant) return true;
  if (node.op == Op::negate) return program.nodes[node.a].op == Op::constant;
  if (node.op != Op::call || node.d != 0 || program.nodes[node.a].op != Op::name) return false;
  const std::string& name = program.names[program.nodes[node.a].a];
  if (name != "date" && name != "time" && name != "date and time" && name != "duration") {
    return false;
  }
  for (std::uint32_t i = 0; i < node.c; ++i) {
    if (program.nodes[program.links[node.b + i]].op != Op::constant) return false;
  }
  return true;
}

Value range_from(Evaluator& evaluator, const Arguments& arguments) {
  const std::string* given = string_in(arguments[0]);
  if (given == nullptr) return wrong_kind(evaluator, "a text is expected");
  if (given->size() > 1'000 || !evaluator.spend(200)) return no_result(evaluator, "too long");
  // An end that is left out is unbounded.
  std::string text = *given;
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return no_result(evaluator, "not a range");
  const std::size_t first = text.find_first_not_of(' ');
  const std::size_t last = text.find_last_not_of(' ');
  const auto is_missing = [&](std::size_t from, std::size_t to) {
    return text.find_first_not_of(' ', from) == to;
  };
  const bool no_low = is_missing(first + 1, dots);
  const bool no_high = is_missing(dots + 2, last);
  if ((no_low && text[first] == '[') || (no_high && text[last] == ']')) {
    return no_result(evaluator, "an end that is closed cannot be left out");
  }
  if (no_high) text.insert(dots + 2, "null");
  if (no_low) text.insert(dots, "null");
  auto program = std::make_shared<Program>();
  NameTable names;
  names.add("date and time");
  Parser parser{*program, names};
  const auto parsed = parser.expression(text);
  if (!parsed || program->nodes[*parsed].op != Op::range) {
    return no_result(evaluator, "not a range");
  }
  const Node& node = program->nodes[*parsed];
  if (!is_literal(*program, node.a) || !is_literal(*program, node.b)) {
    return no_result(evaluator, "the ends of a range in a text are literals");
  }
  const std::shared_ptr<const Program> shared = program;
  const Value result = evaluator.run(shared, *parsed, nullptr);
  if (result.if_range() == nullptr) return {};
  Range made = *result.if_range();
  made.comparison = no_low || no_high;
  const Range* range = &made;
  const std::optional<int> order = compare(range->low, range->high);
  if (order && *order > 0) return no_result(evaluator, "the range ends before it starts");
  return made;
}

constexpr std::array kFunctions{
    Builtin{"date", "from", date_from},
    Builtin{"date", "year,month,day", date_of},
    Builtin{"time", "from", time_from},
    Builtin{"time", "hour,minute,second,offset?", time_of},
    Builtin{"date and time", "from", moment_from},
    Builtin{"date and time", "date,time", moment_of_date_and_time},
    Builtin{"date and time", "year,month,day,hour,minute,second", moment_of},
    Builtin{"date and time", "year,month,day,hour,minute,second,offset", moment_of},
    Builtin{"date and time", "year,month,day,hour,minute,second,timezone", moment_of},
    Builtin{"duration", "from", duration_from},
    Builtin{"number", "from", number_from},
    Builtin{"number", "from,grouping separator,decimal separator", number_from},
    Builtin{"string", "from", string_from},
    Builtin{"range", "from", range_from},
    Builtin{"not", "negand", negation},
};

}  // namespace

std::span<const Builtin> conversion_builtins() {
  return kFunctions;
}

}  // namespace rules
