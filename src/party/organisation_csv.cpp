// file   := (comment | line)*     the first line that is no comment names the columns
// comment := "#" ...
// line   := field ("," field)*    field as in RFC 4180: in double quotes if it holds , or "
#include "party/organisation_csv.h"

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace party {
namespace {

constexpr std::size_t kBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kFieldsMax = 64;

constexpr std::array<std::string_view, 10> kColumns{
    "code",      "kind",    "parent",     "name_vi",  "name_en",
    "unit_code", "address", "valid_from", "valid_to", "code_status"};
enum Column : std::size_t {
  code,
  kind,
  parent,
  name_vi,
  name_en,
  unit_code,
  address,
  valid_from,
  valid_to,
  code_status
};

// One record; nullopt where quotes do not match or there are too many fields.
std::optional<std::vector<std::string>> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      if (fields.size() == kFieldsMax) return std::nullopt;
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return fields;
}

std::string quoted(std::string_view field) {
  if (field.find_first_of(",\"#") == std::string_view::npos) return std::string(field);
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

using Row = std::array<std::string, kColumns.size()>;

// The agency of a row, or what is wrong with it.
base::Result<Agency, std::string> agency_of(const Row& row) {
  const auto id = AgencyId::parse(row[code]);
  if (!id) return base::Failure{"code " + row[code] + " is no agency code"};
  const auto agency_kind = parse_agency_kind(row[kind]);
  if (!agency_kind) return base::Failure{"kind " + row[kind] + " is unknown"};
  Agency agency{.id = *id, .kind = *agency_kind};
  if (!row[parent].empty()) {
    agency.parent = AgencyId::parse(row[parent]);
    if (!agency.parent) return base::Failure{"parent " + row[parent] + " is no agency code"};
  }
  agency.name = {row[name_vi], row[name_en]};
  if (agency.name.vi.empty()) return base::Failure{std::string("name_vi is empty")};
  agency.unit_code = row[unit_code];
  if (agency.unit_code.find_first_not_of("0123456789") != std::string::npos) {
    return base::Failure{"unit_code " + agency.unit_code + " is not digits"};
  }
  agency.address = row[address];
  for (const Column column : {valid_from, valid_to}) {
    if (row[column].empty()) continue;
    const auto on = calendar::parse_date(row[column]);
    if (!on) return base::Failure{std::string(kColumns[column]) + " is not a date like 2025-07-01"};
    (column == valid_from ? agency.valid_from : agency.valid_to) = on;
  }
  if (!row[code_status].empty() && row[code_status] != "official" &&
      row[code_status] != "example") {
    return base::Failure{std::string("code_status must be official or example")};
  }
  agency.code_is_example = row[code_status] == "example";
  return agency;
}

}  // namespace

base::Outcome<Organisation> parse_organisation_csv(std::string_view text) {
  if (text.size() > kBytesMax) {
    return base::fault(base::FaultCode::invalid, "the text is longer than 16 MiB");
  }
  if (!base::is_utf8(text)) return base::fault(base::FaultCode::invalid, "the text is not UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);

  std::vector<Agency> agencies;
  std::vector<std::optional<std::size_t>> place_of_field;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const auto refuse = [&](const std::string& why) {
      return base::fault(base::FaultCode::invalid, "line " + std::to_string(number) + ": " + why);
    };
    const auto fields = fields_of(line);
    if (!fields) return refuse("quotes do not match, or more than 64 fields");
    if (place_of_field.empty()) {
      std::array<bool, kColumns.size()> seen{};
      for (const std::string& name : *fields) {
        place_of_field.emplace_back();
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
          if (kColumns[i] != name) continue;
          if (seen[i]) return refuse("column " + name + " is given twice");
          seen[i] = true;
          place_of_field.back() = i;
        }
      }
      for (const Column column : {code, kind, parent, name_vi}) {
        if (!seen[column]) return refuse("column " + std::string(kColumns[column]) + " is missing");
      }
      continue;
    }
    if (fields->size() != place_of_field.size())
      return refuse("another number of fields than columns");
    Row row;
    for (std::size_t i = 0; i < fields->size(); ++i) {
      if (place_of_field[i]) row[*place_of_field[i]] = base::to_one_line((*fields)[i]);
    }
    auto agency = agency_of(row);
    if (!agency) return refuse(agency.error());
    agencies.push_back(std::move(agency).value());
  }
  if (place_of_field.empty()) return base::fault(base::FaultCode::invalid, "there are no columns");
  return Organisation::build(std::move(agencies));
}

std::string to_csv(const Organisation& organisation) {
  std::string text;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    text += (i == 0 ? "" : ",") + std::string(kColumns[i]);
  }
  text += "\n";
  for (const Agency& agency : organisation.agencies()) {
    const Row row{agency.id.text(),
                  std::string(name(agency.kind)),
                  agency.parent ? agency.parent->text() : "",
                  agency.name.vi,
                  agency.name.en,
                  agency.unit_code,
                  agency.address,
                  agency.valid_from ? calendar::to_iso(*agency.valid_from) : "",
                  agency.valid_to ? calendar::to_iso(*agency.valid_to) : "",
                  agency.code_is_example ? "example" : "official"};
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + quoted(row[i]);
    text += "\n";
  }
  return text;
}

}  // namespace party
