#pragma once
// finding_text.h - findings with their words in both languages.
#include <string>
#include <string_view>

#include "catalogue/finding.h"

namespace catalogue {

// A finding of this kind about `published`, with id, severity, and why it is a fault.
[[nodiscard]] Finding finding_about(const Entry& entry, FindingKind kind, std::string where,
                                    std::string_view published);

// A line or row that is no record; `reason` is for a person, in English.
[[nodiscard]] Finding unreadable(const Source& source, std::string_view reason,
                                 std::string_view published);
// Two records of one import with this code differ; the first was taken.
[[nodiscard]] Finding record_twice_in(const Source& second, const Entry& first);

}  // namespace catalogue
