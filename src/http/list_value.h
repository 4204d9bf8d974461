#pragma once
// list_value.h - comma-separated header values with weights: "gzip;q=0.8, br".
#include <string_view>
#include <vector>

namespace http {

struct WeightedItem {
  std::string_view name;
  int weight = 1000;  // q in thousandths; 0 means "not this one"
};

// The views point into `text`.  At most 32 items; a malformed weight counts as 1.
[[nodiscard]] std::vector<WeightedItem> parse_weighted_list(std::string_view text);

[[nodiscard]] std::string_view trim_spaces(std::string_view text);  // spaces and tabs

}  // namespace http
