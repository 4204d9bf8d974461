// grammar: header line of column names, then one row a line; fields separated by one tab; no
// quotes.
#include "catalogue/replacement.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/draft_text.h"

namespace catalogue {
namespace {

constexpr std::size_t kBytesMax = std::size_t{16} << 20U;
constexpr int kLinesMax = 100'000;
constexpr std::size_t kFieldMax = 4000;

constexpr std::array<std::string_view, 8> kColumns{"tt",   "ma_tthc", "ten_tthc", "giay_to",
                                                   "csdl", "co_quan", "van_ban",  "dieu_khoan"};

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t end = line.find('\t');
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

bool is_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 8 && digit(code[0]) && code[1] == '.' &&
         std::ranges::all_of(code.substr(2), digit);
}

std::optional<calendar::Date> date_in(const base::json::value& json, std::string_view key) {
  const std::string text = base::string_or(json, key);
  return text.empty() ? std::nullopt : calendar::parse_date(text);
}

}  // namespace

base::Outcome<ReplacementList> read_replacements(std::string_view text,
                                                 const ReplacementTerms& terms) {
  if (text.size() > kBytesMax) {
    return base::fault(base::FaultCode::invalid, "the list is larger than 16 MiB");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  ReplacementList list;
  std::map<int, int> numbers;
  std::array<std::size_t, kColumns.size()> at{};
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (++number > kLinesMax) {
      return base::fault(base::FaultCode::invalid, "the list has more than 100,000 lines");
    }
    if (line.empty()) continue;
    const std::vector<std::string_view> fields = fields_of(line);
    if (number == 1) {
      for (std::size_t i = 0; i < kColumns.size(); ++i) {
        const auto found = std::ranges::find(fields, kColumns[i]);
        if (found == fields.end()) {
          return base::fault(base::FaultCode::invalid,
                             "line 1 does not name the column " + std::string{kColumns[i]});
        }
        at[i] = static_cast<std::size_t>(found - fields.begin());
      }
      continue;
    }
    const auto problem = [&](std::string message) {
      list.problems.push_back({number, std::move(message)});
    };
    const std::size_t wanted = *std::ranges::max_element(at);
    if (fields.size() <= wanted) {
      problem("the line has too few fields");
      continue;
    }
    if (std::ranges::any_of(fields, [](std::string_view one) { return one.size() > kFieldMax; }) ||
        !base::is_utf8(line)) {
      problem("a field is too long, or no text");
      continue;
    }
    const auto field = [&](std::size_t column) { return base::to_one_line(fields[at[column]]); };
    Replacement row;
    const std::string place = field(0);
    const auto [stop, error] = std::from_chars(place.data(), place.data() + place.size(), row.row);
    if (error != std::errc{} || stop != place.data() + place.size() || row.row < 1) {
      problem("`" + fitted(place, 20) + "` is no row number");
      continue;
    }
    row.procedure = field(1);
    if (!is_code(row.procedure)) {
      problem("`" + fitted(row.procedure, 20) + "` is no procedure code");
      continue;
    }
    row.procedure_name = field(2);
    row.paper = field(3);
    row.database = field(4);
    row.owner = field(5);
    row.act = field(6);
    row.article = field(7);
    if (row.paper.empty()) {
      problem("the line names no paper");
      continue;
    }
    row.repeat = ++numbers[row.row];
    row.by_act = terms.by_act;
    row.from = terms.from;
    row.to = terms.to;
    list.rows.push_back(std::move(row));
  }
  if (number == 0) return base::fault(base::FaultCode::invalid, "the list is empty");
  return list;
}

std::string key_of(const Replacement& row) {
  const std::string key = row.by_act + "/" + std::to_string(row.row);
  return row.repeat > 1 ? key + "." + std::to_string(row.repeat) : key;
}

base::json::object to_json(const Replacement& row) {
  base::json::object json{
      {"row", row.row},     {"procedure", row.procedure}, {"name", row.procedure_name},
      {"paper", row.paper}, {"database", row.database},   {"owner", row.owner},
      {"act", row.act},     {"article", row.article},     {"by_act", row.by_act}};
  if (row.repeat > 1) json["repeat"] = row.repeat;
  if (row.from) json["from"] = calendar::to_iso(*row.from);
  if (row.to) json["to"] = calendar::to_iso(*row.to);
  return json;
}

base::Outcome<Replacement> read_replacement(const base::json::value& json) {
  Replacement row;
  row.row = static_cast<int>(std::clamp<std::int64_t>(base::int_or(json, "row"), 0, kLinesMax));
  row.repeat =
      static_cast<int>(std::clamp<std::int64_t>(base::int_or(json, "repeat", 1), 1, kLinesMax));
  row.procedure = base::string_or(json, "procedure");
  row.procedure_name = base::string_or(json, "name");
  row.paper = base::string_or(json, "paper");
  row.database = base::string_or(json, "database");
  row.owner = base::string_or(json, "owner");
  row.act = base::string_or(json, "act");
  row.article = base::string_or(json, "article");
  row.by_act = base::string_or(json, "by_act");
  row.from = date_in(json, "from");
  row.to = date_in(json, "to");
  if (row.procedure.empty() || row.paper.empty()) {
    return base::fault(base::FaultCode::corrupt,
                       "a row of replaced papers without procedure or paper");
  }
  return row;
}

}  // namespace catalogue
