#pragma once
// table_import.h - what the importers of all four tables share: named cells, what is said of a
// line. Internal to casework.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "casework/organisation_tables.h"

namespace casework {

using calendar::Bilingual;

// A row by the names of its columns.
class NamedRow {
 public:
  NamedRow(const TableRow& row, const std::map<std::string, std::size_t, std::less<>>& columns)
      : row_(row), columns_(columns) {}

  [[nodiscard]] int line() const { return row_.line; }
  // Empty where the column or the cell is absent.
  [[nodiscard]] const std::string& operator[](std::string_view column) const;
  [[nodiscard]] bool has(std::string_view column) const { return columns_.contains(column); }
  // "2027-01-01", "1/1/2027", or the day's number as spreadsheet programs keep it.
  [[nodiscard]] base::Result<std::optional<calendar::Date>, Bilingual> date(
      std::string_view column) const;
  [[nodiscard]] base::Result<int, Bilingual> number(std::string_view column) const;
  // "yes", "x", "1", "có", "true".
  [[nodiscard]] bool flag(std::string_view column) const;
  // Parts between semicolons.
  [[nodiscard]] std::vector<std::string> list(std::string_view column) const;
  // The row's own decision, else what the request names.
  [[nodiscard]] base::Result<party::LegalAct, Bilingual> act(
      const party::LegalAct& otherwise) const;

 private:
  const TableRow& row_;
  const std::map<std::string, std::size_t, std::less<>>& columns_;
};

// Collects the preview while the rows are read.
struct ImportWork {
  const OrganisationState& state;
  const ImportRequest& request;
  ImportPreview preview{};
  // Where a problem of the whole belongs: by item, or by agency code.
  std::map<std::string, int, std::less<>> lines{};
  // Of the file, so that six thousand rows are not held against each other.
  std::map<std::string, party::StaffMember, std::less<>> people{};
  std::set<std::string> posts{};

  void note(int line, ImportEffect effect, const std::string& item, Bilingual what);
  void refuse(int line, const std::string& item, Bilingual why);
};

void import_agency(ImportWork& work, const NamedRow& row);
// After the last agency: changes of one day, kind and decision become one.
void finish_agencies(ImportWork& work);
void import_counter(ImportWork& work, const NamedRow& row);
void import_position(ImportWork& work, const NamedRow& row);
void import_officer(ImportWork& work, const NamedRow& row);

}  // namespace casework
