#include "casework/printed_text.h"

#include <array>
#include <optional>

#include <boost/json.hpp>

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using party::Agency;
using party::AgencyKind;

constexpr std::string_view kCommittee = "Ủy ban nhân dân ";

std::string text_of(const value& answer) {
  if (answer.is_string()) return std::string{answer.get_string()};
  if (answer.is_int64()) return std::to_string(answer.get_int64());
  if (answer.is_bool()) return answer.get_bool() ? "Có" : "Không";
  if (answer.is_null()) return {};
  return base::to_text(answer);
}

std::string label_of(const form::Field& field, const value& answer) {
  const std::string text = text_of(answer);
  for (const form::Option& option : field.options) {
    if (option.value == text) return option.label.vi;
  }
  return text;
}

// "1987", "05/1987", "02/05/1987".
std::string partial_date(const std::string& text) {
  if (const auto day = calendar::parse_date(text)) return calendar::to_vietnamese(*day);
  if (text.size() == 7 && text[4] == '-') return text.substr(5) + "/" + text.substr(0, 4);
  return text;
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::ptrdiff_t first = number < 0 ? 1 : 0;
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > first; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ".");
  }
  return digits;
}

std::string printed_row(const form::Field& table, const value& row,
                        const party::Organisation& organisation) {
  std::string text;
  if (!row.is_object()) return text;
  for (const form::Field& column : table.columns) {
    const value* cell = row.get_object().if_contains(column.id);
    if (cell == nullptr) continue;
    const std::string shown = printed_answer(column, *cell, organisation);
    if (shown.empty()) continue;
    if (!text.empty()) text += "; ";
    text += column.label.vi + ": " + shown;
  }
  return text;
}

void add_field(array& fields, const std::string& label, const std::string& shown) {
  if (!shown.empty()) fields.push_back(object{{"label", label}, {"value", shown}});
}

constexpr std::array<std::string_view, 10> kDigits{"không", "một", "hai", "ba",  "bốn",
                                                   "năm",   "sáu", "bảy", "tám", "chín"};

void say(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

// 0 to 999; with `full` the hundreds are said even when they are none.
void say_group(std::string& text, int number, bool full) {
  const int hundreds = number / 100;
  const int tens = number / 10 % 10;
  const int units = number % 10;
  if (hundreds > 0 || full) {
    say(text, kDigits[static_cast<std::size_t>(hundreds)]);
    say(text, "trăm");
    if (tens == 0 && units > 0) say(text, "linh");
  }
  if (tens == 1) say(text, "mười");
  if (tens > 1) {
    say(text, kDigits[static_cast<std::size_t>(tens)]);
    say(text, "mươi");
  }
  if (units == 0) return;
  if (units == 1 && tens > 1) {
    say(text, "mốt");
  } else if (units == 5 && tens > 0) {
    say(text, "lăm");
  } else {
    say(text, kDigits[static_cast<std::size_t>(units)]);
  }
}

// "tỉnh Nghệ An" of "Ủy ban nhân dân tỉnh Nghệ An".
std::string without_committee(const std::string& name) {
  return name.starts_with(kCommittee) ? name.substr(kCommittee.size()) : name;
}

// "Nghệ An" of "tỉnh Nghệ An".
std::string without_kind(const std::string& name) {
  for (const std::string_view kind : {"tỉnh ", "thành phố ", "phường ", "xã ", "đặc khu "}) {
    if (name.starts_with(kind)) return name.substr(kind.size());
  }
  return name;
}

std::string capitalised(std::string name) {
  if (name.starts_with("tỉnh ") || name.starts_with("thành phố ")) name[0] = 'T';
  return name;
}

const Agency* parent_of(const party::Organisation& organisation, const Agency& agency) {
  return agency.parent.has_value() ? organisation.find(*agency.parent) : nullptr;
}

}  // namespace

std::string printed_answer(const form::Field& field, const value& answer,
                           const party::Organisation& organisation) {
  using form::FieldType;
  switch (field.type) {
    case FieldType::money:
      return answer.is_int64() ? dong(answer.get_int64()) : text_of(answer);
    case FieldType::date:
    case FieldType::partial_date:
      return partial_date(text_of(answer));
    case FieldType::choice:
      return label_of(field, answer);
    case FieldType::multi_choice: {
      std::string text;
      if (!answer.is_array()) return label_of(field, answer);
      for (const value& one : answer.get_array()) {
        if (!text.empty()) text += ", ";
        text += label_of(field, one);
      }
      return text;
    }
    case FieldType::commune:
      return commune_name(organisation, text_of(answer));
    case FieldType::table: {
      std::string text;
      if (!answer.is_array()) return text;
      for (const value& row : answer.get_array()) {
        if (!text.empty()) text += '\n';
        text += printed_row(field, row, organisation);
      }
      return text;
    }
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::integer:
    case FieldType::time:
    case FieldType::boolean:
    case FieldType::personal_id:
    case FieldType::tax_code:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::address_detail:
      return text_of(answer);
  }
  return text_of(answer);
}

array printed_sections(const form::Form& form, const object& answers,
                       const party::Organisation& organisation) {
  array sections;
  for (const form::Page& page : form.pages) {
    array fields;
    for (const form::Field& field : page.fields) {
      const value* answer = answers.if_contains(field.id);
      if (answer == nullptr) continue;
      if (field.type == form::FieldType::table && answer->is_array()) {
        const array& rows = answer->get_array();
        for (std::size_t i = 0; i < rows.size(); ++i) {
          const std::string nth = rows.size() > 1 ? " (" + std::to_string(i + 1) + ")" : "";
          add_field(fields, field.label.vi + nth, printed_row(field, rows[i], organisation));
        }
        continue;
      }
      add_field(fields, field.label.vi, printed_answer(field, *answer, organisation));
    }
    if (fields.empty()) continue;
    sections.push_back(object{{"title", std::to_string(sections.size() + 1) + ". " + page.title.vi},
                              {"fields", std::move(fields)}});
  }
  return sections;
}

std::string number_in_words(std::int64_t number) {
  if (number < 0 || number > 999'999) return std::to_string(number);
  if (number == 0) return "không";
  std::string text;
  const int thousands = static_cast<int>(number / 1000);
  const int rest = static_cast<int>(number % 1000);
  if (thousands > 0) {
    say_group(text, thousands, false);
    say(text, "nghìn");
  }
  if (rest > 0) say_group(text, rest, thousands > 0);
  return text;
}

std::string date_in_words(calendar::Date on) {
  const std::chrono::year_month_day ymd{on};
  const auto day = static_cast<unsigned>(ymd.day());
  const auto month = static_cast<unsigned>(ymd.month());
  std::string text = "Ngày ";
  if (day <= 10) text += "mùng ";
  text += number_in_words(day);
  // The fourth month has a name of its own.
  text += " tháng " + (month == 4 ? std::string{"tư"} : number_in_words(month));
  return text + " năm " + number_in_words(static_cast<int>(ymd.year()));
}

std::string dong(std::int64_t amount) {
  return grouped(amount) + " đồng";
}

std::string file_size(std::int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  const std::int64_t kib = (bytes + 512) / 1024;
  if (kib < 1000) return std::to_string(kib) + " KB";
  const std::int64_t tenths = (bytes * 10 + (1 << 19)) / (1 << 20);
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

object agency_head(const party::Organisation& organisation, const std::string& code) {
  const Agency* agency = organisation.find(code);
  if (agency == nullptr) return {{"name", code}, {"parent", ""}, {"place", ""}};
  object head{{"name", agency->name.vi}};
  const Agency* parent = parent_of(organisation, *agency);
  std::string above = parent == nullptr ? "" : parent->name.vi;
  // A committee stands under no office; its province tells where it is.
  if (agency->kind == AgencyKind::commune_committee) above = capitalised(without_committee(above));
  if (agency->kind == AgencyKind::commune_centre && above.starts_with(kCommittee)) {
    above = "UBND " + without_committee(above);
  }
  head["parent"] = above;
  std::string place;
  const Agency* from = agency;
  if (agency->kind == AgencyKind::commune_police) {
    if (const Agency* commune = organisation.commune_of_name(agency->unit_code)) from = commune;
  }
  for (const Agency* at = from; at != nullptr; at = parent_of(organisation, *at)) {
    if (at->kind != AgencyKind::commune_committee && at->kind != AgencyKind::province_committee) {
      continue;
    }
    place = without_kind(without_committee(at->name.vi));
    break;
  }
  head["place"] = place;
  return head;
}

std::string commune_name(const party::Organisation& organisation, const std::string& unit_code) {
  const Agency* commune = organisation.commune_of_name(unit_code);
  if (commune == nullptr) return unit_code;
  std::string name = without_committee(commune->name.vi);
  if (const Agency* province = parent_of(organisation, *commune)) {
    name += ", " + without_committee(province->name.vi);
  }
  return name;
}

}  // namespace casework
