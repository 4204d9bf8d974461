#pragma once
// limit_text.h - how long something takes, as pages say it: in a column, and in sentences.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/limit.h"

namespace catalogue {

// "3 Ngày làm việc" -> 3wd; "1 Giờ" -> 1h.  Nothing for other units (minutes) and for zero.
[[nodiscard]] std::optional<calendar::Limit> limit_of(std::string_view number,
                                                      std::string_view unit);

// One place where a sentence says how long something takes.
struct LimitInWords {
  calendar::Limit limit;
  std::int64_t number = 0;  // as written; 0 for "trong ngày"
  std::size_t at = 0;
  bool whole = false;         // said to be the time for the whole procedure
  bool bound = false;         // "trong thời hạn", "không quá", or the text begins with it
  bool from_receipt = false;  // counted from the receipt of a complete dossier
};

// In order.  Dates, times of day and numbers of articles are none.
[[nodiscard]] std::vector<LimitInWords> limits_in_words(std::string_view text);

// What a channel's description says the procedure takes: the one limit that is said to be the
// whole, or the only one there is.  Nothing when it names several.
[[nodiscard]] std::optional<LimitInWords> limit_in_description(std::string_view text);

// What the steps say the procedure takes; steps name many periods, so only one that is said to be
// the whole counts.
[[nodiscard]] std::optional<LimitInWords> limit_in_steps(std::string_view text);

}  // namespace catalogue
