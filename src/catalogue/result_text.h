#pragma once
// result_text.h - the column "kết quả xử lý": result documents and their codes.
//
//   text   := (name "Mã: " code)* ["Từ khóa" words "Mô tả" words menu]
//
// Code forms that occur: KQ.G15.000031, KQ-G10.000123, 000.00.00.G09-KQ002269, KQ0.00.00.G12-0011,
// five to seven digits; and what people typed to get past the form.
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

[[nodiscard]] std::vector<StatedResult> read_results(std::string_view text);
// One of the known forms, and nothing else.
[[nodiscard]] bool is_result_code(std::string_view code);
// Without what the page's own menu left behind the text of its last column.
[[nodiscard]] std::string_view without_menu(std::string_view text);

}  // namespace catalogue
