#pragma once
// component_text.h - the column "thành phần hồ sơ": groups of papers with how many of each.
//
//   text  := group*
//   group := heading "Tên giấy tờMẫu đơn, tờ khaiSố lượng" paper*
//   paper := name file* count            file := a name that ends in .docx, .pdf …
//   count := number " bản chính" ["," number " bản sao"]
//
// Nothing stands between these parts, so a heading is what follows the last count of the group
// before it, and a digit before " bản chính" may belong to the name ("… theo Mẫu số 181 bản chính":
// form 18, one original).
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

struct ComponentTable {
  std::vector<StatedComponent> components;
  std::vector<StatedCase> cases;
};

// `text` as legible() gives it.
[[nodiscard]] ComponentTable read_components(std::string_view text);

// A count at the end of a paper's name.
struct Count {
  std::size_t at = 0;   // where it begins
  std::size_t end = 0;  // behind it
  int originals = 0;
  int copies = 0;
};
// Counts in one group, in order; numbers that belong to a sentence ("nộp 01 bản chính") are none.
[[nodiscard]] std::vector<Count> counts_in(std::string_view group);

}  // namespace catalogue
