#pragma once
// fee_text.h - the column of fees: "100,000 VNĐ(Phí thẩm định)", "Miễn phí", "Không có thông tin".
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

// What a fee begins with, at the beginning of a text.
struct FeeHead {
  FeeKind kind = FeeKind::unstated;
  std::string_view number;    // "100,000"
  std::string_view currency;  // "VNĐ"
  std::size_t size = 0;       // bytes
};
[[nodiscard]] std::optional<FeeHead> fee_head(std::string_view text);

// Whether the number is written as the portal writes amounts: no leading zero, commas between
// groups of three.
[[nodiscard]] bool is_amount(std::string_view number);
[[nodiscard]] std::int64_t amount_of(std::string_view number);  // requires is_amount

// All fees at the beginning of `cell` with their notes in brackets; `rest` is what follows them.
[[nodiscard]] std::vector<StatedFee> read_fees(std::string_view cell, std::string_view& rest);

// Amounts of dong that a sentence names: "400.000đ/trường hợp", "32.000.000 đồng/lần".
[[nodiscard]] std::vector<std::int64_t> amounts_in_words(std::string_view text);

// A note that says that there is a fee after all, or that it follows from a tariff.
[[nodiscard]] bool names_a_tariff(std::string_view note);

}  // namespace catalogue
