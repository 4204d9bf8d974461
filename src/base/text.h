#pragma once
// text.h - Vietnamese text: normal form, folding for search, and what counts as text at all.
//
// Source of the folding: Unicode NFD without combining marks does not turn the letter d with stroke
// into d, so that one is mapped by hand; the same function feeds the index and the query.
#include <cstddef>
#include <string>
#include <string_view>

namespace base {

[[nodiscard]] bool is_utf8(std::string_view text);

// Unicode NFC, so that composed and decomposed input is the same text.  Invalid UTF-8 is returned
// as it is.
[[nodiscard]] std::string to_nfc(std::string_view text);

// NFC without what nobody sees: control characters but line breaks and tabs, zero-width characters,
// and marks that turn the direction of writing.  For texts of several lines.
[[nodiscard]] std::string to_plain_text(std::string_view text);

// NFC, control characters removed (line breaks and tabs become one space), spaces trimmed and
// collapsed: what a name or one-line answer is stored as.
[[nodiscard]] std::string to_one_line(std::string_view text);

// Lower case without diacritics (d with stroke becomes d), every run of other characters than
// letters and digits one space: "Đăng ký khai-sinh" -> "dang ky khai sinh".
[[nodiscard]] std::string fold_for_search(std::string_view text);

// Lower and upper case by the Vietnamese locale.
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);

// Number of code points (what people count as characters in NFC Vietnamese).
[[nodiscard]] std::size_t length_in_characters(std::string_view text);

}  // namespace base
