#pragma once
// printed_derivation.h - why a due date is what it is, in the few lines that a receipt has room
// for.  Pure.
#include <string>
#include <vector>

#include "calendar/deadline.h"

namespace casework {

// The steps of the derivation as sentences with their articles, in their order.  Days counted one
// after the other are one line, weekly rest is one line, so is each holiday: 21 working days take
// about six.
[[nodiscard]] std::vector<std::string> printed_derivation(const calendar::Deadline& deadline,
                                                          calendar::Language language);

}  // namespace casework
