#include "form/answer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/json/array.hpp>

#include "base/text.h"
#include "form/message.h"
#include "party/email.h"
#include "party/partial_date.h"
#include "party/personal_id.h"
#include "party/phone.h"
#include "party/tax_code.h"

namespace form {
namespace {

using base::json::value;

// More bytes than any answer may have characters: refused before any work is done on them.
constexpr std::size_t kBytesMax = 100'000;

CheckedAnswer wrong(ProblemCode code, Bilingual message) {
  return {std::nullopt, {{code, std::move(message)}}};
}

std::optional<std::string_view> text_of(const value& answer) {
  if (!answer.is_string()) return std::nullopt;
  return std::string_view(answer.get_string().data(), answer.get_string().size());
}

std::string to_paragraphs(std::string_view text) {
  const std::string normal = base::to_nfc(text);
  std::string kept;
  kept.reserve(normal.size());
  for (std::size_t i = 0; i < normal.size(); ++i) {
    const char c = normal[i];
    if (c == '\r') {
      kept.push_back('\n');
      if (i + 1 < normal.size() && normal[i + 1] == '\n') ++i;
    } else if (c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20) {
      if (c != '\x7F') kept.push_back(c);
    }
  }
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  while (!kept.empty() && blank(kept.back())) kept.pop_back();
  kept.erase(kept.begin(), std::ranges::find_if_not(kept, blank));
  return kept;
}

CheckedAnswer check_text(const Field& field, std::string_view raw) {
  std::string text =
      field.type == FieldType::long_text ? to_paragraphs(raw) : base::to_one_line(raw);
  if (text.empty()) return {};
  const std::size_t length = base::length_in_characters(text);
  if (field.max_length && length > *field.max_length) {
    return wrong(ProblemCode::too_long, message::too_long(field, length));
  }
  if (field.min_length && length < *field.min_length) {
    return wrong(ProblemCode::too_short, message::too_short(field));
  }
  if (field.pattern && !field.pattern->matches(text)) {
    return wrong(ProblemCode::bad_format, field.pattern_message);
  }
  return {value(text), {}};
}

CheckedAnswer check_email(const Field& field, std::string_view raw) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  if (field.max_length && text.size() > *field.max_length) {
    return wrong(ProblemCode::too_long, message::too_long(field, text.size()));
  }
  const auto email = party::parse_email(text);
  if (!email) return wrong(ProblemCode::bad_format, message::email());
  return {value(*email), {}};
}

// Reads with a parser of party, whose refusals explain themselves.
template <class Parsed, class Text>
CheckedAnswer check_number_text(std::string_view raw, Text normal_text) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  const auto parsed = Parsed::parse(text);
  if (!parsed) {
    return wrong(ProblemCode::bad_format, {explain(parsed.error(), Language::vietnamese),
                                           explain(parsed.error(), Language::english)});
  }
  return {value(normal_text(*parsed)), {}};
}

CheckedAnswer check_personal_id(const Field& field, std::string_view raw) {
  CheckedAnswer checked = check_number_text<party::PersonalId>(
      raw, [](const party::PersonalId& id) { return id.digits(); });
  if (checked.value && !field.old_id_allowed && checked.value->get_string().size() != 12) {
    return wrong(ProblemCode::bad_format, message::twelve_digits());
  }
  return checked;
}

CheckedAnswer check_commune(std::string_view raw) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  if (text.size() != 5 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return wrong(ProblemCode::bad_format, message::commune());
  }
  return {value(text), {}};
}

std::optional<std::int64_t> whole_number(const value& answer) {
  if (const auto* integer = answer.if_int64()) return *integer;
  // Browsers write 5 as 5, but a computed 5 may arrive as 5.0.
  if (const auto* real = answer.if_double();
      real != nullptr && std::abs(*real) < 9e15 && std::floor(*real) == *real) {
    return static_cast<std::int64_t>(*real);
  }
  return std::nullopt;
}

CheckedAnswer check_integer(const Field& field, const value& answer) {
  const auto number = whole_number(answer);
  if (!number) {
    if (answer.is_uint64()) return wrong(ProblemCode::too_large, message::too_large(field));
    return wrong(ProblemCode::wrong_type, message::whole_number(field));
  }
  if (field.minimum && *number < *field.minimum) {
    return wrong(ProblemCode::too_small, message::too_small(field));
  }
  if (field.maximum && *number > *field.maximum) {
    return wrong(ProblemCode::too_large, message::too_large(field));
  }
  return {value(*number), {}};
}

calendar::Date bound_day(const std::string& text, calendar::Date today) {
  return text == "today" ? today : calendar::parse_date(text).value_or(today);
}

CheckedAnswer check_days(const Field& field, std::string text, DayRange range,
                         calendar::Date today) {
  if (field.latest && range.first > bound_day(*field.latest, today)) {
    return wrong(ProblemCode::too_late, message::too_late(bound_day(*field.latest, today)));
  }
  if (field.earliest && range.last < bound_day(*field.earliest, today)) {
    return wrong(ProblemCode::too_early, message::too_early(bound_day(*field.earliest, today)));
  }
  return {value(std::move(text)), {}};
}

CheckedAnswer check_date(const Field& field, std::string_view raw, calendar::Date today) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  auto day = calendar::parse_date(text);
  if (!day) day = calendar::parse_vietnamese_date(text);
  if (!day) return wrong(ProblemCode::bad_format, message::date());
  return check_days(field, calendar::to_iso(*day), {*day, *day}, today);
}

CheckedAnswer check_partial_date(const Field& field, std::string_view raw, calendar::Date today) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  const auto date = party::parse_partial_date(text);
  if (!date) return wrong(ProblemCode::bad_format, message::partial_date());
  const std::string normal = party::to_iso(*date);
  const auto range = range_of(normal);
  if (!range) return wrong(ProblemCode::bad_format, message::partial_date());
  return check_days(field, normal, *range, today);
}

CheckedAnswer check_time(std::string_view raw) {
  const std::string text = base::to_one_line(raw);
  if (text.empty()) return {};
  const auto time = calendar::parse_time_of_day(text);
  if (!time || time->minutes >= 24 * 60) return wrong(ProblemCode::bad_format, message::time());
  return {value(calendar::to_text(*time)), {}};
}

bool has_option(const Field& field, std::string_view option) {
  return std::ranges::find(field.options, option, &Option::value) != field.options.end();
}

CheckedAnswer check_choice(const Field& field, std::string_view raw) {
  if (raw.empty()) return {};
  if (!has_option(field, raw))
    return wrong(ProblemCode::unknown_option, message::unknown_option(field));
  return {value(raw), {}};
}

CheckedAnswer check_multi_choice(const Field& field, const value& answer) {
  if (!answer.is_array()) return wrong(ProblemCode::wrong_type, message::list_of_options(field));
  const auto& chosen = answer.get_array();
  if (chosen.size() > 1000) return wrong(ProblemCode::too_long, message::unknown_option(field));
  for (const value& one : chosen) {
    const auto text = text_of(one);
    if (!text) return wrong(ProblemCode::wrong_type, message::list_of_options(field));
    if (!has_option(field, *text)) {
      return wrong(ProblemCode::unknown_option, message::unknown_option(field));
    }
  }
  base::json::array kept;  // in the order of the form, each once
  for (const Option& option : field.options) {
    if (std::ranges::any_of(chosen,
                            [&](const value& one) { return text_of(one) == option.value; })) {
      kept.emplace_back(option.value);
    }
  }
  if (kept.empty()) return {};
  return {value(std::move(kept)), {}};
}

CheckedAnswer check_text_answer(const Field& field, std::string_view raw, calendar::Date today) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::address_detail:
      return check_text(field, raw);
    case FieldType::date:
      return check_date(field, raw, today);
    case FieldType::partial_date:
      return check_partial_date(field, raw, today);
    case FieldType::time:
      return check_time(raw);
    case FieldType::choice:
      return check_choice(field, raw);
    case FieldType::personal_id:
      return check_personal_id(field, raw);
    case FieldType::tax_code:
      return check_number_text<party::TaxCode>(
          raw, [](const party::TaxCode& code) { return code.text(); });
    case FieldType::phone:
      return check_number_text<party::Phone>(
          raw, [](const party::Phone& phone) { return phone.national(); });
    case FieldType::email:
      return check_email(field, raw);
    case FieldType::commune:
      return check_commune(raw);
    case FieldType::integer:
    case FieldType::money:
    case FieldType::boolean:
    case FieldType::multi_choice:
    case FieldType::table:
      break;
  }
  return wrong(ProblemCode::wrong_type, message::wrong_type(field));
}

}  // namespace

CheckedAnswer check_answer(const Field& field, const value& answer, calendar::Date today) {
  if (answer.is_null()) return {};
  if (const auto raw = text_of(answer)) {
    const bool takes_text = field.type != FieldType::integer && field.type != FieldType::money &&
                            field.type != FieldType::boolean &&
                            field.type != FieldType::multi_choice;
    if (!takes_text && raw->empty()) return {};
    if (raw->size() > kBytesMax) {
      return wrong(ProblemCode::too_long, message::too_long(field, raw->size()));
    }
    if (!base::is_utf8(*raw)) return wrong(ProblemCode::bad_format, message::wrong_type(field));
    if (takes_text) return check_text_answer(field, *raw, today);
  }
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money:
      return check_integer(field, answer);
    case FieldType::boolean:
      if (!answer.is_bool()) return wrong(ProblemCode::wrong_type, message::yes_or_no(field));
      return {answer, {}};
    case FieldType::multi_choice:
      return check_multi_choice(field, answer);
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::address_detail:
    case FieldType::date:
    case FieldType::partial_date:
    case FieldType::time:
    case FieldType::choice:
    case FieldType::personal_id:
    case FieldType::tax_code:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::commune:
    case FieldType::table:
      break;
  }
  return wrong(ProblemCode::wrong_type, message::wrong_type(field));
}

std::optional<DayRange> range_of(std::string_view partial_date) {
  const auto date = party::parse_partial_date(partial_date);
  if (!date) return std::nullopt;
  if (const auto day = party::full_date(*date)) return DayRange{*day, *day};
  const auto first = calendar::make_date(date->year, date->month.value_or(1), 1);
  if (!first) return std::nullopt;
  const std::chrono::year_month_day begin{*first};
  const auto last =
      std::chrono::sys_days{date->month ? begin.year() / begin.month() / std::chrono::last
                                        : begin.year() / std::chrono::December / std::chrono::last};
  return DayRange{*first, last};
}

}  // namespace form
