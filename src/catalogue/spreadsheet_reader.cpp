#include "catalogue/spreadsheet_reader.h"

#include <array>
#include <memory>
#include <optional>

#include <archive.h>
#include <archive_entry.h>

#include "catalogue/spreadsheet_xml.h"

namespace catalogue {
namespace {

using base::FaultCode;

struct CloseArchive {
  void operator()(archive* open) const { archive_read_free(open); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

base::Outcome<Archive> opened(std::string_view bytes) {
  Archive zip{archive_read_new()};
  if (!zip) return base::fault(FaultCode::internal, "the reader of archives cannot start");
  archive_read_support_format_zip_seekable(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return base::fault(FaultCode::invalid, "the file is no .xlsx file");
  }
  return zip;
}

// What has been unpacked of all parts so far.
struct Budget {
  const SpreadsheetLimits& limits;
  std::size_t packed;
  std::size_t unpacked = 0;

  base::Outcome<base::Done> spend(std::size_t bytes) {
    unpacked += bytes;
    if (unpacked > limits.unpacked_bytes) {
      return base::fault(FaultCode::exhausted, "the .xlsx file unpacks to more than " +
                                                   std::to_string(limits.unpacked_bytes) +
                                                   " bytes");
    }
    if (unpacked > (std::size_t{1} << 20) && unpacked / limits.ratio > packed) {
      return base::fault(FaultCode::exhausted, "the .xlsx file unpacks to more than " +
                                                   std::to_string(limits.ratio) +
                                                   " times its size");
    }
    return base::Done{};
  }
};

// Gives the bytes of the part called `name` to `take` until it says false.  False: no such part.
template <class Take>
base::Outcome<bool> read_part(std::string_view bytes, std::string_view name, Budget& budget,
                              Take take) {
  const Archive zip = TRY(opened(bytes));
  archive_entry* entry = nullptr;
  std::size_t entries = 0;
  while (true) {
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status == ARCHIVE_EOF) return false;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
      return base::fault(FaultCode::invalid, "the file is no .xlsx file, or a damaged one");
    }
    if (++entries > budget.limits.entries) {
      return base::fault(
          FaultCode::exhausted,
          "the .xlsx file has more than " + std::to_string(budget.limits.entries) + " parts");
    }
    if (archive_entry_is_encrypted(entry) != 0) {
      return base::fault(FaultCode::invalid, "the .xlsx file is encrypted");
    }
    const char* path = archive_entry_pathname(entry);
    if (path != nullptr && name == path) break;
  }
  std::array<char, 64 * 1024> buffer;
  while (true) {
    const la_ssize_t size = archive_read_data(zip.get(), buffer.data(), buffer.size());
    if (size < 0) return base::fault(FaultCode::invalid, "the .xlsx file is damaged");
    if (size == 0) return true;
    TRY(budget.spend(static_cast<std::size_t>(size)));
    if (!TRY(take(std::string_view{buffer.data(), static_cast<std::size_t>(size)}))) return true;
  }
}

// The whole of a small part.
base::Outcome<std::optional<std::string>> whole_part(std::string_view bytes, std::string_view name,
                                                     Budget& budget) {
  std::string text;
  const bool there =
      TRY(read_part(bytes, name, budget, [&text](std::string_view piece) -> base::Outcome<bool> {
        text += piece;
        if (text.size() > (std::size_t{1} << 20)) {
          return base::fault(FaultCode::exhausted, "a part of the .xlsx file is larger than 1 MiB");
        }
        return true;
      }));
  if (!there) return std::optional<std::string>{};
  return std::optional<std::string>{std::move(text)};
}

// Where the first sheet is: the workbook names its relation, the relations name the part.
base::Outcome<std::string> first_sheet(std::string_view bytes, Budget& budget) {
  const auto workbook = TRY(whole_part(bytes, "xl/workbook.xml", budget));
  const auto relations = TRY(whole_part(bytes, "xl/_rels/workbook.xml.rels", budget));
  if (!workbook) {
    return base::fault(FaultCode::invalid, "the file holds no workbook: it is no .xlsx file");
  }
  std::string target =
      TRY(sheet_target(*workbook, relations ? *relations : std::string{}, budget.limits));
  if (target.empty()) return std::string{"xl/worksheets/sheet1.xml"};
  if (target.starts_with('/')) return target.substr(1);
  return "xl/" + target;
}

}  // namespace

base::Outcome<base::Done> read_spreadsheet(std::string_view bytes,
                                           const std::function<bool(const SpreadsheetRow&)>& visit,
                                           const SpreadsheetLimits& limits) {
  if (bytes.size() > limits.packed_bytes) {
    return base::fault(FaultCode::exhausted, "the .xlsx file is larger than " +
                                                 std::to_string(limits.packed_bytes) + " bytes");
  }
  if (!bytes.starts_with("PK")) {
    return base::fault(FaultCode::invalid, "the file is no .xlsx file");
  }
  Budget budget{limits, bytes.size()};
  const std::string sheet = TRY(first_sheet(bytes, budget));

  SharedStrings strings(limits);
  TRY(read_part(bytes, "xl/sharedStrings.xml", budget,
                [&strings](std::string_view piece) { return strings.push(piece); }));
  SheetReader rows(limits, strings.take(), visit);
  if (!TRY(read_part(bytes, sheet, budget,
                     [&rows](std::string_view piece) { return rows.push(piece); }))) {
    return base::fault(FaultCode::invalid, "the .xlsx file has no sheet");
  }
  return rows.finish();
}

}  // namespace catalogue
