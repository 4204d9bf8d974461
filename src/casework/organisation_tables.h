#pragma once
// organisation_tables.h - the organisation as four tables, for people who keep it in a spreadsheet:
// out as rows, in as rows with a preview.  docs/formats/organisation-tables.md.
//
// Importing says how things are from a day on; what the file does not name stays as it is.  Nothing
// is applied but what a preview has shown: its digest goes with the order to apply.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/document_ports.h"
#include "casework/failure.h"
#include "casework/officers.h"
#include "casework/organisation_register.h"

namespace casework {

enum class OrganisationTable { agencies, counters, positions, officers };
[[nodiscard]] std::string_view name(OrganisationTable table);
[[nodiscard]] std::optional<OrganisationTable> parse_organisation_table(std::string_view text);

// Officers are listed with their identity numbers only where that is asked for; else the numbers
// are masked, and the file cannot be imported.
enum class IdentityNumbers { shown, masked };

// As it is on that day: what exists, who is appointed, which counters serve.
[[nodiscard]] SheetTable organisation_sheet(const OrganisationState& state, OrganisationTable table,
                                            calendar::Date on,
                                            IdentityNumbers identities = IdentityNumbers::shown);

// A row of a file; `line` as spreadsheet programs count.
struct TableRow {
  int line = 0;
  std::vector<std::string> cells;
};
// CSV (RFC 4180, also with semicolons) or XLSX, by what the bytes are.  The apostrophe that made a
// cell harmless is taken off.  Faults `invalid`, `exhausted`.
[[nodiscard]] base::Outcome<std::vector<TableRow>> read_table(std::string_view bytes);

enum class ImportEffect { added, changed, ended, refused };
[[nodiscard]] std::string_view name(ImportEffect effect);

struct ImportLine {
  int line = 0;
  ImportEffect effect = ImportEffect::added;
  std::string item;  // code, identity number or "centre/number"
  calendar::Bilingual what{};
  bool account = false;  // tells of an account that was there before and gets posts
};

struct ImportRequest {
  OrganisationTable table = OrganisationTable::agencies;
  calendar::Date on{};                 // from which day changes count that say none of their own
  party::LegalAct act{};               // on which they rest that name none of their own
  const Officers* accounts = nullptr;  // against which the people of the rows are held
  Store* store = nullptr;              // which knows since when there are accounts
};

struct ImportPreview {
  std::int64_t version = 0;       // of the register it was made from
  std::vector<ImportLine> lines;  // in order; what stays as it is has none
  int unchanged = 0;
  party::OrganisationBatch batch;
  std::string digest;  // of all of this

  [[nodiscard]] int count(ImportEffect effect) const;
};

// Failure `unprocessable`: the file is no such table at all.
[[nodiscard]] Answer<ImportPreview> preview_import(const OrganisationRegister& organisations,
                                                   const ImportRequest& request,
                                                   std::string_view bytes);
// The same of a batch that somebody typed.
[[nodiscard]] ImportPreview preview_batch(const OrganisationRegister& organisations,
                                          const party::OrganisationBatch& batch,
                                          const Officers* accounts = nullptr,
                                          Store* store = nullptr);

}  // namespace casework
