#pragma once
// spreadsheet_xml.h - the XML parts of an .xlsx file, read as they stream in.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "catalogue/spreadsheet_reader.h"

namespace catalogue {

// The part of the first sheet, as the relations of the workbook name it; empty: they do not.
[[nodiscard]] base::Outcome<std::string> sheet_target(const std::string& workbook,
                                                      const std::string& relations,
                                                      const SpreadsheetLimits& limits);

// xl/sharedStrings.xml.
class SharedStrings {
 public:
  explicit SharedStrings(const SpreadsheetLimits& limits);
  ~SharedStrings();
  // True: go on.
  [[nodiscard]] base::Outcome<bool> push(std::string_view piece);
  [[nodiscard]] std::vector<std::string> take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// xl/worksheets/sheet1.xml.
class SheetReader {
 public:
  SheetReader(const SpreadsheetLimits& limits, std::vector<std::string> strings,
              const std::function<bool(const SpreadsheetRow&)>& visit);
  ~SheetReader();
  // False: the visit wants no more rows.
  [[nodiscard]] base::Outcome<bool> push(std::string_view piece);
  [[nodiscard]] base::Outcome<base::Done> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace catalogue
