#include "catalogue/spreadsheet_reader.h"

#include <map>

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include "catalogue/list_reader.h"

namespace catalogue {
namespace {

// A zip archive of these parts.
std::string zip(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string out(std::size_t{4} << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  EXPECT_EQ(archive_write_set_format_zip(writer), ARCHIVE_OK);
  EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK);
  for (const auto& [name, bytes] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK);
    EXPECT_EQ(archive_write_data(writer, bytes.data(), bytes.size()),
              static_cast<la_ssize_t>(bytes.size()));
    archive_entry_free(entry);
  }
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

const std::string kWorkbook =
    R"(<workbook xmlns:r="x"><sheets><sheet name="a" r:id="rId4"/></sheets></workbook>)";
const std::string kRelations =
    R"(<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId4" Target="worksheets/one.xml"/></Relationships>)";

std::string book(const std::string& sheet, const std::string& strings = "<sst/>") {
  return zip({{"xl/workbook.xml", kWorkbook},
              {"xl/_rels/workbook.xml.rels", kRelations},
              {"xl/worksheets/one.xml", sheet},
              {"xl/sharedStrings.xml", strings}});
}

base::Outcome<std::vector<SpreadsheetRow>> rows_of(const std::string& bytes,
                                                   const SpreadsheetLimits& limits = {}) {
  std::vector<SpreadsheetRow> rows;
  TRY(read_spreadsheet(
      bytes,
      [&rows](const SpreadsheetRow& row) {
        rows.push_back(row);
        return true;
      },
      limits));
  return rows;
}

TEST(SpreadsheetReader, ReadsSharedInlineAndPlainCells) {
  const auto rows = rows_of(book(
      R"(<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" t="inlineStr"><is><t>Tên</t></is></c><c r="D3"><v>12</v></c></row></sheetData></worksheet>)",
      R"(<sst><si><t>không</t></si><si><r><t>Mã </t></r><rPh><t>x</t></rPh><r><t>số</t></r></si></sst>)"));
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().number, 3);
  EXPECT_EQ(rows->front().cells, (std::vector<std::string>{"Mã số", "", "Tên", "12"}));
}

TEST(SpreadsheetReader, ReferencesBeyondTheTextsAreEmpty) {
  const auto rows = rows_of(book(
      R"(<worksheet><sheetData><row><c r="A1" t="s"><v>99</v></c><c r="ZZZZ1"><v>1</v></c><c t="s"><v>-1</v></c></row></sheetData></worksheet>)"));
  ASSERT_TRUE(rows);
  EXPECT_TRUE(rows->front().cells.empty());
}

TEST(SpreadsheetReader, RefusesABomb) {
  const std::string bomb =
      book("<worksheet>" + std::string(std::size_t{100} << 20, ' ') + "</worksheet>");
  ASSERT_LT(bomb.size(), 300'000U);
  const auto rows = rows_of(bomb);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, base::FaultCode::exhausted);
}

TEST(SpreadsheetReader, RefusesABombOfOneText) {
  SpreadsheetLimits limits;
  limits.ratio = 1'000'000;
  const auto rows = rows_of(
      book("<worksheet/>", "<sst><si><t>" + std::string(1 << 20, 'x') + "</t></si></sst>"), limits);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, base::FaultCode::exhausted);
}

TEST(SpreadsheetReader, RefusesTooManyRowsAndCells) {
  std::string sheet = "<worksheet><sheetData>";
  for (int i = 0; i < 20; ++i) sheet += "<row><c><v>1</v></c><c><v>2</v></c></row>";
  sheet += "</sheetData></worksheet>";
  EXPECT_TRUE(rows_of(book(sheet)));
  SpreadsheetLimits few;
  few.rows = 10;
  EXPECT_FALSE(rows_of(book(sheet), few));
  SpreadsheetLimits cells;
  cells.cells = 10;
  EXPECT_FALSE(rows_of(book(sheet), cells));
}

TEST(SpreadsheetReader, RefusesDocumentTypesAndDeepXml) {
  const auto entity = rows_of(book(
      R"(<!DOCTYPE a [<!ENTITY x "y">]><worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>)"));
  ASSERT_FALSE(entity);
  EXPECT_EQ(entity.error().code, base::FaultCode::invalid);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  EXPECT_FALSE(rows_of(book(deep)));
}

TEST(SpreadsheetReader, RefusesWhatIsNoSpreadsheet) {
  EXPECT_FALSE(rows_of(""));
  EXPECT_FALSE(rows_of("PK"));
  EXPECT_FALSE(rows_of("PK\x03\x04 nothing"));
  EXPECT_FALSE(rows_of(zip({{"hello.txt", "hello"}})));
  EXPECT_FALSE(rows_of(book("<worksheet><sheetData><row>")));
  const std::string whole = book("<worksheet/>");
  for (std::size_t size = 2; size < whole.size(); size += 37) {
    (void)rows_of(whole.substr(0, size));  // no crash
  }
}

std::string sheet_of(const std::vector<std::vector<std::string>>& rows) {
  std::string sheet = "<worksheet><sheetData>";
  int number = 0;
  for (const auto& row : rows) {
    sheet += "<row r=\"" + std::to_string(++number) + "\">";
    for (const std::string& cell : row) {
      sheet += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    }
    sheet += "</row>";
  }
  return sheet + "</sheetData></worksheet>";
}

TEST(ListReader, ReadsColumnsInAnyOrderBelowATitle) {
  const auto list = read_list(
      book(sheet_of({{"DANH SÁCH"},
                     {"Lĩnh vực", "Tên", "Mã số", "Cơ quan thực hiện", "Cơ quan ban hành"},
                     {"Hộ tịch", "Cấp thẻ ", "1.000001", "Sở A\nSở B", "Bộ C"},
                     {"Hộ tịch", "Không mã", "", "", ""}})),
      "ds.xlsx");
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->rows.size(), 1U);
  EXPECT_EQ(list->rows[0].code, "1.000001");
  EXPECT_EQ(list->rows[0].name, "Cấp thẻ");
  EXPECT_EQ(list->rows[0].agencies, (std::vector<std::string>{"Sở A", "Sở B"}));
  EXPECT_EQ(list->rows[0].source.row, 3);
  ASSERT_EQ(list->findings.size(), 1U);
  EXPECT_EQ(list->findings[0].source.row, 4);
  EXPECT_EQ(list->findings[0].source.file, "ds.xlsx");
}

TEST(ListReader, RefusesASheetWithoutTheColumns) {
  const auto list = read_list(book(sheet_of({{"a"}, {"b", "c"}})), "x.xlsx");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, base::FaultCode::invalid);
}

TEST(ListReader, ThePageWinsAndTheListAddsWhatItLacks) {
  const ListRow row{"1.000001", "Tên theo danh sách", "Bộ C", {"Sở A"}, "Hộ tịch", {"ds.xlsx", 3}};
  Entry page;
  page.code = "1.000001";
  page.name = "Tên theo trang";
  const Entry both = joined(page, row);
  EXPECT_EQ(both.name, "Tên theo trang");
  EXPECT_EQ(both.field, "Hộ tịch");
  EXPECT_EQ(both.agencies, std::vector<std::string>{"Sở A"});
  EXPECT_TRUE(both.listed);
  EXPECT_TRUE(entry_of(row).list_only);
}

}  // namespace
}  // namespace catalogue
