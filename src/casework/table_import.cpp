#include "casework/table_import.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "casework/organisation_columns.h"
#include "casework/organisation_json.h"
#include "casework/staff_accounts.h"

namespace casework {

using calendar::Date;

namespace {

constexpr std::array<std::string_view, 4> kEffects{"added", "changed", "ended", "refused"};

// Days since 30 December 1899, as spreadsheet programs count.
std::optional<Date> serial_date(const std::string& text) {
  int days = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, days);
  if (error != std::errc{} || stop != end || days < 20'000 || days > 80'000) return std::nullopt;
  return Date{std::chrono::year{1899} / 12 / 30} + std::chrono::days{days};
}

std::string digest_of(const ImportPreview& preview) {
  std::string text = std::to_string(preview.version) + "\n";
  for (const ImportLine& one : preview.lines) {
    text += std::to_string(one.line) + " " + std::string{name(one.effect)} + " " + one.item + "\n";
    if (one.account) text += one.what.vi + "\n";
  }
  text += base::to_text(batch_json(preview.batch));
  return base::to_hex(base::sha256(text));
}

// What is wrong with all of it together, each at the line that says it.
void hold_against_register(const OrganisationRegister& organisations, ImportWork& work) {
  if (work.preview.batch.is_empty()) return;
  const auto made = organisations.with(work.preview.batch);
  if (made) return;
  for (const party::OrganisationProblem& problem : made.error()) {
    auto found = work.lines.find(problem.subject);
    if (found == work.lines.end()) found = work.lines.find(problem.item);
    work.preview.lines.push_back({.line = found == work.lines.end() ? 0 : found->second,
                                  .effect = ImportEffect::refused,
                                  .item = problem.subject.empty() ? problem.item : problem.subject,
                                  .what = problem.message});
  }
}

void finish(ImportWork& work) {
  std::ranges::stable_sort(work.preview.lines, {}, &ImportLine::line);
  work.preview.digest = digest_of(work.preview);
}

}  // namespace

std::string_view name(ImportEffect effect) {
  return kEffects[static_cast<std::size_t>(effect)];
}

int ImportPreview::count(ImportEffect effect) const {
  return static_cast<int>(std::ranges::count(lines, effect, &ImportLine::effect));
}

const std::string& NamedRow::operator[](std::string_view column) const {
  static const std::string kNone;
  const auto found = columns_.find(column);
  return found == columns_.end() || found->second >= row_.cells.size() ? kNone
                                                                       : row_.cells[found->second];
}

base::Result<std::optional<Date>, Bilingual> NamedRow::date(std::string_view column) const {
  const std::string& text = (*this)[column];
  if (text.empty()) return std::optional<Date>{};
  auto date = calendar::parse_date(text);
  if (!date) date = calendar::parse_vietnamese_date(text);
  if (!date) date = serial_date(text);
  if (date) return std::optional{*date};
  return base::Failure{Bilingual{
      "Cột " + std::string{column} + ": “" + text + "” không phải ngày, ví dụ 2027-01-01.",
      "Column " + std::string{column} + ": “" + text + "” is no day such as 2027-01-01."}};
}

base::Result<int, Bilingual> NamedRow::number(std::string_view column) const {
  const std::string& text = (*this)[column];
  int number = 0;
  if (text.empty()) return number;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && stop == end && number >= 0) return number;
  return base::Failure{
      Bilingual{"Cột " + std::string{column} + ": “" + text + "” không phải số nguyên.",
                "Column " + std::string{column} + ": “" + text + "” is no whole number."}};
}

bool NamedRow::flag(std::string_view column) const {
  static constexpr std::array<std::string_view, 6> kYes{"yes", "x", "1", "co", "true", "dung"};
  return std::ranges::find(kYes, base::fold_for_search((*this)[column])) != kYes.end();
}

std::vector<std::string> NamedRow::list(std::string_view column) const {
  std::vector<std::string> parts;
  std::string_view rest = (*this)[column];
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string part = base::to_one_line(rest.substr(0, end));
    if (!part.empty()) parts.push_back(std::move(part));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parts;
}

base::Result<party::LegalAct, Bilingual> NamedRow::act(const party::LegalAct& otherwise) const {
  if ((*this)["act_number"].empty()) return otherwise;
  return party::LegalAct{.number = (*this)["act_number"],
                         .issuer = (*this)["act_issuer"],
                         .issued_on = TRY(date("act_issued_on")),
                         .title = (*this)["act_title"]};
}

void ImportWork::note(int line, ImportEffect effect, const std::string& item, Bilingual what) {
  lines.emplace(item, line);
  preview.lines.push_back({.line = line, .effect = effect, .item = item, .what = std::move(what)});
}

void ImportWork::refuse(int line, const std::string& item, Bilingual why) {
  preview.lines.push_back(
      {.line = line, .effect = ImportEffect::refused, .item = item, .what = std::move(why)});
}

Answer<ImportPreview> preview_import(const OrganisationRegister& organisations,
                                     const ImportRequest& request, std::string_view bytes) {
  const auto rows = read_table(bytes);
  if (!rows) {
    return fail(
        FailureKind::unprocessable, "table-unreadable",
        {"Không đọc được bảng: hãy gửi tệp .xlsx hoặc .csv (UTF-8). " + rows.error().message,
         "The table cannot be read: send an .xlsx or a .csv (UTF-8). " + rows.error().message});
  }
  std::map<std::string, std::size_t, std::less<>> columns;
  if (!rows->empty()) {
    const std::vector<std::string>& head = rows->front().cells;
    for (std::size_t i = 0; i < head.size(); ++i) columns.emplace(base::to_lower(head[i]), i);
  }
  for (const std::string_view needed : needed_columns(request.table)) {
    if (columns.contains(needed)) continue;
    return fail(FailureKind::unprocessable, "column-missing",
                {"Thiếu cột " + std::string{needed} + ". Hãy xuất bảng hiện có rồi sửa trên đó.",
                 "Column " + std::string{needed} + " is missing. Export the table and edit that."});
  }
  const OrganisationStatePtr state = organisations.state();
  ImportWork work{.state = *state, .request = request};
  work.preview.version = state->version;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const NamedRow row((*rows)[i], columns);
    switch (request.table) {
      case OrganisationTable::agencies:
        import_agency(work, row);
        break;
      case OrganisationTable::counters:
        import_counter(work, row);
        break;
      case OrganisationTable::positions:
        import_position(work, row);
        break;
      case OrganisationTable::officers:
        import_officer(work, row);
        break;
    }
  }
  finish_agencies(work);
  hold_against_accounts(organisations, work);
  hold_against_register(organisations, work);
  finish(work);
  return std::move(work.preview);
}

ImportPreview preview_batch(const OrganisationRegister& organisations,
                            const party::OrganisationBatch& batch, const Officers* accounts,
                            Store* store) {
  const OrganisationStatePtr state = organisations.state();
  const ImportRequest request{.accounts = accounts, .store = store};
  ImportWork work{.state = *state, .request = request};
  work.preview.version = state->version;
  work.preview.batch = batch;
  int line = 0;
  for (const party::OrganisationChange& one : batch.changes) {
    work.note(++line, ImportEffect::changed, one.id, party::title(one.kind));
  }
  for (const std::string& one : batch.withdrawn) {
    work.note(++line, ImportEffect::ended, one, {"Rút thay đổi chưa có hiệu lực", "Withdrawn"});
  }
  for (const party::Position& one : batch.staff.positions) {
    work.note(++line, ImportEffect::changed, one.code, one.title);
  }
  for (const party::StaffMember& one : batch.staff.people) {
    work.note(++line, ImportEffect::changed, one.identity, {one.name, one.name});
  }
  for (const party::Appointment& one : batch.staff.appointments) {
    work.note(++line, ImportEffect::changed, one.identity,
              {one.position + ", " + one.agency.text(), one.position + ", " + one.agency.text()});
  }
  for (const party::ServiceCounter& one : batch.staff.counters) {
    work.note(++line, ImportEffect::changed, one.centre.text() + "/" + std::to_string(one.number),
              one.name);
  }
  hold_against_accounts(organisations, work);
  hold_against_register(organisations, work);
  finish(work);
  return std::move(work.preview);
}

}  // namespace casework
