#pragma once
// page_reader.h - a procedure page of the national portal, as one JSON record, to an Entry.
//
// The texts of these pages have lost the borders between their columns and lines
// ("Trực tuyến5 Ngày làm việc100,000 VNĐ(Phí ...)Dịch vụ bưu chính5 Ngày..."); the *_text.h files
// beside this one give them back.  What is not of the published shape is kept as it stands and
// marked as not understood; no text makes the reader fail.
#include "base/fault.h"
#include "base/json.h"
#include "catalogue/entry.h"

namespace catalogue {

inline constexpr std::size_t kPageFieldBytesMax = 1024 * 1024;

// Fault `invalid` when it is not an object, names no procedure, or a field is absurdly long.
[[nodiscard]] base::Outcome<Entry> read_page(const base::json::value& record, const Source& source);
// The same from JSON text.
[[nodiscard]] base::Outcome<Entry> read_page(std::string_view json, const Source& source);

}  // namespace catalogue
