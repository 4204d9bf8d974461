// catalogue_fuzz.cpp - any bytes as a page, as lines of a page file or as a published list: nothing
// crashes, nothing is held twice, what was read is the same after a way through JSON.
//
// The first byte says what the rest is taken for: 'l' lines, 'x' a list, 'r' a record as JSON; all
// others the text of every column of a page.
#include <cstdint>
#include <string_view>

#include "base/text.h"
#include "catalogue/entry_json.h"
#include "catalogue/line_reader.h"
#include "catalogue/lint.h"
#include "catalogue/list_reader.h"
#include "catalogue/page_reader.h"
#include "catalogue/tally.h"
#include "unit_clock.h"

namespace {

using fuzz::must;

void judge(const catalogue::Entry& entry) {
  const auto json = catalogue::to_json(entry);
  const auto back = catalogue::read_entry(json);
  must(back.has_value(), "an entry that was written can be read");
  must(base::to_text(catalogue::to_json(*back)) == base::to_text(json), "and is the same");
  const catalogue::Tally sum = catalogue::tally(entry);
  must(sum.components.structured <= sum.components.stated, "no more is understood than stated");
  must(sum.limits.structured <= sum.limits.stated, "no more limits than stated");
  std::vector<catalogue::Decision> decisions;
  for (const catalogue::Finding& finding : catalogue::lint(entry)) {
    if (finding.mending) (void)catalogue::apply_mending(entry, finding);
    decisions.push_back({finding.key(), true, "fuzz"});
  }
  const catalogue::Entry changed = catalogue::mended(entry, decisions);
  for (const catalogue::StatedComponent& component : changed.components) {
    must(component.case_index < static_cast<int>(changed.cases.size()),
         "a component's case exists");
  }
}

void read_record(std::string_view json) {
  if (const auto entry = catalogue::read_page(json, {"fuzz", 1})) judge(*entry);
}

void read_columns(std::string_view text) {
  base::json::object record{{"ma_thu_tuc", "1.000001"}, {"ten_thu_tuc", "x"}};
  for (const char* key : {"cap_thuc_hien", "doi_tuong_thuc_hien", "co_quan_thuc_hien",
                          "trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "thanh_phan_ho_so",
                          "can_cu_phap_ly", "yeu_cau_dieu_kien", "ket_qua_xu_ly"}) {
    record[key] = base::json::string(text);
  }
  if (const auto entry = catalogue::read_page(base::json::value(record), {"fuzz", 1})) {
    judge(*entry);
  }
}

void read_lines(std::string_view bytes) {
  int last = 0;
  catalogue::LineReader reader(
      [&last](const catalogue::Line& line) {
        must(line.number == last + 1, "lines are counted one by one");
        last = line.number;
        return true;
      },
      {.line_bytes = 256, .unpacked_bytes = 1 << 20});
  bool whole = true;
  for (std::size_t at = 0; whole && at < bytes.size(); at += 7) {
    whole = reader.push(bytes.substr(at, 7)).has_value();
  }
  if (whole) (void)reader.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  if (input.empty()) return 0;
  const std::string_view rest = input.substr(1);
  switch (input.front()) {
    case 'l':
      read_lines(rest);
      break;
    case 'x':
      (void)catalogue::read_list(rest, "fuzz");
      break;
    case 'r':
      read_record(rest);
      break;
    default:
      // Columns come out of JSON, which is never anything but UTF-8.
      if (base::is_utf8(rest)) read_columns(rest);
  }
  return 0;
}
