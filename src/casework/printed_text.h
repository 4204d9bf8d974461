#pragma once
// printed_text.h - answers, agencies and amounts as they stand on Vietnamese paper.  Pure.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "form/form.h"
#include "party/organisation.h"

namespace casework {

// An answer in words: the option's label, "Có", "20/08/2026", "12.000 đồng", "phường Vinh Phú".
// A table's rows one below the other.  "" without an answer.
[[nodiscard]] std::string printed_answer(const form::Field& field, const base::json::value& answer,
                                         const party::Organisation& organisation);

// {"title", "fields": [{"label", "value"}]} of each page with an answer; the pages are numbered.
[[nodiscard]] base::json::array printed_sections(const form::Form& form,
                                                 const base::json::object& answers,
                                                 const party::Organisation& organisation);

// "Ngày mùng hai tháng tám năm hai nghìn không trăm hai mươi sáu".
[[nodiscard]] std::string date_in_words(calendar::Date on);
// "hai nghìn không trăm hai mươi sáu"; 0 to 999,999.
[[nodiscard]] std::string number_in_words(std::int64_t number);
// "1.250.000 đồng".
[[nodiscard]] std::string dong(std::int64_t amount);
// "2,4 MB", "310 KB".
[[nodiscard]] std::string file_size(std::int64_t bytes);

// {"name", "parent", "place"} for the head of a document.
[[nodiscard]] base::json::object agency_head(const party::Organisation& organisation,
                                             const std::string& agency);
// "phường Vinh Phú, tỉnh Nghệ An", or the code where it is unknown.
[[nodiscard]] std::string commune_name(const party::Organisation& organisation,
                                       const std::string& unit_code);

}  // namespace casework
