#include "rehearsal/filing_data.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "rehearsal/line_reading.h"

namespace rehearsal {
namespace {

namespace json = base::json;

constexpr std::size_t kRowsMax = 200;

const form::Field* find_column(const form::Field& table, std::string_view id) {
  const auto found = std::ranges::find(table.columns, id, &form::Field::id);
  return found == table.columns.end() ? nullptr : &*found;
}

std::optional<bool> truth_in(const std::string& text) {
  const std::string folded = base::fold_for_search(text);
  if (folded == "yes" || folded == "true" || folded == "co") return true;
  if (folded == "no" || folded == "false" || folded == "khong") return false;
  return std::nullopt;
}

json::array list_in(const std::string& text) {
  json::array list;
  for (const std::string& one : split_outside_quotes(text, ',')) {
    if (!trimmed(one).empty()) list.emplace_back(trimmed(one));
  }
  return list;
}

json::value number_in(const std::string& text) {
  const bool negative = text.starts_with('-');
  const auto amount = amount_in(negative ? std::string_view{text}.substr(1) : text);
  if (!amount) return json::value(text);
  return negative ? -*amount : *amount;
}

void set_answer(FilingData& data, const form::Form& form, const Setting& setting) {
  const NamedField named = find_named(form, setting.name);
  if (named.field == nullptr) {
    data.answers[setting.name] = setting.value.text;
    return;
  }
  if (setting.table) {
    json::array rows;
    for (const std::vector<Written>& cells : setting.table->rows) {
      json::object row;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const form::Field* column = find_column(*named.field, setting.table->columns[i]);
        if (cells[i].nothing) continue;
        row[setting.table->columns[i]] =
            column == nullptr ? json::value(cells[i].text) : answer_of(*column, cells[i]);
      }
      rows.push_back(std::move(row));
    }
    data.answers[setting.name] = std::move(rows);
    return;
  }
  if (named.column != nullptr) {
    json::value& rows = data.answers[named.field->id];
    if (!rows.is_array()) rows = json::array{};
    while (rows.get_array().size() <= std::min(named.row, kRowsMax)) {
      rows.get_array().emplace_back(json::object{});
    }
    json::value& row = rows.get_array()[std::min(named.row, kRowsMax)];
    if (!row.is_object()) row = json::object{};
    row.get_object()[named.column->id] = answer_of(*named.column, setting.value);
    return;
  }
  json::value answer = answer_of(*named.field, setting.value);
  if (answer.is_null()) {
    data.answers.erase(setting.name);
  } else {
    data.answers[setting.name] = std::move(answer);
  }
}

void set_member(std::optional<dossier::Person>& person, const Setting& setting) {
  if (!person) person.emplace();
  const std::string& text = setting.value.text;
  if (setting.name == "name") person->name = text;
  if (setting.name == "personal_id") person->personal_id = text;
  if (setting.name == "tax_code") person->tax_code = text;
  if (setting.name == "phone") person->phone = text;
  if (setting.name == "email") person->email = text;
  if (setting.name == "address") person->address = text;
  if (setting.name == "language") person->language = text;
}

}  // namespace

NamedField find_named(const form::Form& form, const std::string& name) {
  const std::size_t open = name.find('[');
  if (open == std::string::npos) return {.field = form.find_field(name)};
  NamedField named{.field = form.find_field(name.substr(0, open))};
  const std::size_t close = name.find("].", open);
  if (named.field == nullptr || close == std::string::npos) return {};
  const char* const end = name.data() + close;
  const auto read = std::from_chars(name.data() + open + 1, end, named.row);
  if (read.ec != std::errc{} || read.ptr != end || named.row >= kRowsMax) return {};
  named.column = find_column(*named.field, name.substr(close + 2));
  return named.column == nullptr ? NamedField{} : named;
}

json::value answer_of(const form::Field& field, const Written& value) {
  if (value.nothing) return nullptr;
  if (field.type == form::FieldType::multi_choice) return list_in(value.text);
  if (value.quoted) return json::value(value.text);
  switch (field.type) {
    case form::FieldType::integer:
    case form::FieldType::money:
      return number_in(value.text);
    case form::FieldType::boolean:
      if (const auto truth = truth_in(value.text)) return *truth;
      break;
    case form::FieldType::date:
    case form::FieldType::partial_date:
      if (const auto day = day_in(value.text)) return json::value(calendar::to_iso(*day));
      break;
    default:
      break;
  }
  return json::value(value.text);
}

void add_to(FilingData& data, const std::vector<Setting>& settings, const form::Form& form) {
  for (const Setting& setting : settings) {
    switch (setting.kind) {
      case Setting::Kind::like:
        break;
      case Setting::Kind::answer:
        set_answer(data, form, setting);
        break;
      case Setting::Kind::applicant:
        set_member(data.applicant, setting);
        break;
      case Setting::Kind::on_behalf_of:
        set_member(data.on_behalf_of, setting);
        break;
      case Setting::Kind::agency:
        data.agency = setting.value.text;
        break;
      case Setting::Kind::papers:
        data.papers = setting.papers;
        break;
      case Setting::Kind::return_by:
        data.return_by = setting.value.text;
        break;
    }
  }
}

}  // namespace rehearsal
